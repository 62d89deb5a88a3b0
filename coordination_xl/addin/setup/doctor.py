"""Looking over the installation: what is as it should be, what is not, and how to mend it.

Source: SPEC section 5, ``addin doctor`` and the button 环境检查.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.package import build_addin
from coordination_xl.addin.setup.checks import WARNING, Check, excel, files, python
from coordination_xl.addin.setup.machine import this_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordination_xl.addin.setup.machine import Machine

__all__ = ["doctor_report", "examine"]

CHECKS: tuple[Callable[[Machine], Check | None], ...] = (
    python.program,
    excel.excel,
    lambda machine: files.addin_file(machine, build_addin),
    excel.origin,
    excel.disabled,
    excel.trust,
    files.conf_file,
    python.interpreter,
    python.xlwings,
    python.companions,
    files.applescript,
    files.shipped_files,
    files.write_access,
)
"""In the order in which a click meets them; a check that is no matter on a system gives nothing."""


def examine(machine: Machine) -> tuple[Check, ...]:
    """Every check that is a matter on a machine's system."""
    done = tuple(outcome for check in CHECKS if (outcome := check(machine)) is not None)
    if machine.has_excel:
        return done
    found = "这个系统没有 Excel，这里只查得到程序本身"
    here = Check("Excel", WARNING, found, "加载项到装有 Excel 的电脑上检查；这里用命令行")
    return (done[0], here, *done[1:])


def doctor_report() -> tuple[Check, ...]:
    """Every check on the machine we run on."""
    return examine(this_machine())
