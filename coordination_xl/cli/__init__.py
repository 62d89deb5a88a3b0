"""The command-line face."""

from __future__ import annotations

import sys
import traceback

from coordination_xl.cli import verbs
from coordination_xl.cli.app import FAILED, app
from coordination_xl.cli.documents import failure_document
from coordination_xl.cli.screen import Screen
from coordination_xl.errors import CoordinationError

__all__ = ["main", "verbs"]


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; what a person sees of an error is one line, never a traceback.

    Args:
        arguments: without the program's name; ``None`` means those of the process.

    Returns:
        The exit status: 0 clean, 1 findings were reported, 2 it could not be done.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    is_json = "--json" in (sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=arguments, prog_name="coordination-xl", standalone_mode=True)
    except CoordinationError as fault:
        screen = Screen(is_json=is_json)
        screen.complain(fault)
        screen.document(failure_document, fault)
        return FAILED
    except Exception as fault:  # noqa: BLE001 - the rim: what nobody foresaw must not look like "findings" to a timetable
        traceback.print_exc()
        Screen().complain(
            CoordinationError("程序内部错误", f"{type(fault).__name__}：{fault}", "请把以上内容发给维护者")
        )
        return FAILED
    except SystemExit as end:  # how the option parser ends: 2 for a call it does not understand
        return end.code if isinstance(end.code, int) else FAILED
    return 0
