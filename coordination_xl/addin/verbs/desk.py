"""环境检查 and 使用手册: whatever workbook is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.clicking.log import log_here
from coordination_xl.addin.handbook import open_handbook
from coordination_xl.addin.setup.doctor import doctor_report
from coordination_xl.addin.summaries.desk import told_doctor

if TYPE_CHECKING:
    from coordination_xl.addin.clicking.click import Click


def doctor(click: Click) -> str:
    """Look over the installation."""
    click.step("检查")
    return told_doctor(doctor_report(), str(log_here()))


def handbook(click: Click) -> str:
    """Show the handbook in the browser; that it shows says enough."""
    click.step("打开手册")
    open_handbook()
    return ""
