"""``docs/findings.md``: every fault that a verb can report, from the two catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema import faults, refusals
from docs.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.schema.faults import Fault

HEAD = """\
# Findings

<!-- Written by `python -m docs.build` from coordination_xl/schema/faults.py and refusals.py. Do not edit by hand. -->

A finding is one thing that is wrong in one cell. Findings are reported, never raised: `check` lists all of them at once,
on the terminal, in `--json` and on the sheet 校验结果. What the other verbs find is [further below](#what-other-verbs-refuse).

- **错误** must be mended. **提醒** is worth a look and never blocks anything.
- The code is stable: scripts may rely on it.
- In the texts, `{header}` is the column's header and `{value}` what stands in the cell; the other names are filled in by
  the check.
- The source is the clause of [SPEC.md](SPEC.md) that the check protects.
"""
REFUSALS = """\
## What other verbs refuse

`register`, `load`, `split`, `extend`, `recur`, `archive`, `report` and `calendar import` leave a row or a form alone where
they cannot do it right, and say why and what is allowed. An **错误** says what was not done, a **提醒** what is
worth a look. They also report kinds of the two lists above, where those stand in the way; `refresh` reports one of these,
`calendar-missing-year`.
"""
SEVERITIES = (faults.ERROR, faults.REMINDER)
HEADERS = ("Title", "Message", "Suggestion", "Source")


def findings_page() -> str:
    """The whole page."""
    lines = [HEAD]
    lines += table(("Severity", "Kinds"), ((severity, str(len(_of(severity)))) for severity in SEVERITIES))
    for severity in SEVERITIES:
        lines += [f"## {severity}", ""]
        lines += table(("Code", *HEADERS), ((code(fault.code), *_told(fault)) for fault in _of(severity)))
    lines += [REFUSALS]
    lines += table(
        ("Code", "Severity", *HEADERS),
        ((code(fault.code), fault.severity, *_told(fault)) for fault in refusals.REFUSALS),
    )
    return "\n".join(lines).rstrip() + "\n"


def _of(severity: str) -> list[Fault]:
    return [fault for fault in faults.FAULTS if fault.severity == severity]


def _told(fault: Fault) -> Iterable[str]:
    return fault.title, fault.message, fault.suggestion, fault.source.replace("SPEC ", "")
