"""``docs/findings.md``: every fault that ``check`` and ``refresh`` can report, from the catalogue."""

from __future__ import annotations

from coordination_xl.schema import faults
from docs.markdown import code, table

HEAD = """\
# Findings

<!-- Written by `python -m docs.build` from coordination_xl/schema/faults.py. Do not edit by hand. -->

A finding is one thing that is wrong in one cell. Findings are reported, never raised: `check` lists all of them at once,
on the terminal, in `--json` and on the sheet 校验结果. `refresh` reports one kind, `calendar-missing-year`.

- **错误** must be mended. **提醒** is worth a look and never blocks anything.
- The code is stable: scripts may rely on it.
- In the texts, `{header}` is the column's header and `{value}` what stands in the cell; the other names are filled in by
  the check.
- The source is the clause of [SPEC.md](SPEC.md) that the check protects.
"""
SEVERITIES = (faults.ERROR, faults.REMINDER)


def findings_page() -> str:
    """The whole page."""
    lines = [HEAD]
    lines += table(
        ("Severity", "Kinds"),
        ((severity, str(sum(fault.severity == severity for fault in faults.FAULTS))) for severity in SEVERITIES),
    )
    for severity in SEVERITIES:
        lines += [f"## {severity}", ""]
        lines += table(
            ("Code", "Title", "Message", "Suggestion", "Source"),
            (
                (code(fault.code), fault.title, fault.message, fault.suggestion, fault.source.removeprefix("SPEC "))
                for fault in faults.FAULTS
                if fault.severity == severity
            ),
        )
    return "\n".join(lines).rstrip() + "\n"
