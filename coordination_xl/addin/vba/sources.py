"""The modules that lie beside this file as text: the ribbon's callback with its cases, the runner, the workbook's own."""

from __future__ import annotations

from importlib import resources

from coordination_xl.addin.buttons import BUTTONS

__all__ = ["WITHOUT_WORKBOOK", "click_source", "ribbon_source", "workbook_source"]

WITHOUT_WORKBOOK = frozenset({"doctor", "handbook"})
"""Macros that make sense while no workbook is open, so that a click is not refused then."""

_PLACE = "        '{cases}\n"


def ribbon_source() -> str:
    """The source of ``CxlRibbon`` with a case for every button, lines ended by a bare newline."""
    cases = "".join(
        f'        Case "{button.id}"\n'
        f'            CxlClick.Start "{button.id}", "{button.command}", {button.macro not in WITHOUT_WORKBOOK}\n'
        for button in BUTTONS
    )
    return _text("CxlRibbon.bas").replace(_PLACE, cases)


def click_source() -> str:
    """The source of ``CxlClick``, lines ended by a bare newline."""
    return _text("CxlClick.bas")


def workbook_source() -> str:
    """The source of ``ThisWorkbook``, lines ended by a bare newline."""
    return _text("ThisWorkbook.cls")


def _text(name: str) -> str:
    # Read as bytes, then cut: a checkout on Windows may have turned the line ends.
    return resources.files(__package__).joinpath(name).read_bytes().decode("ascii").replace("\r\n", "\n")
