"""The verbs of the command line, one file each; importing them makes them commands."""

from __future__ import annotations

from coordination_xl.cli.verbs import (
    addin,
    archive,
    calendar,
    cases,
    check,
    explain,
    extend,
    init,
    load,
    notice,
    receipts,
    recur,
    refresh,
    register,
    remind,
    report,
    run,
    send,
    split,
    upgrade,
)

__all__ = [
    "addin",
    "archive",
    "calendar",
    "cases",
    "check",
    "explain",
    "extend",
    "init",
    "load",
    "notice",
    "receipts",
    "recur",
    "refresh",
    "register",
    "remind",
    "report",
    "run",
    "send",
    "split",
    "upgrade",
]
