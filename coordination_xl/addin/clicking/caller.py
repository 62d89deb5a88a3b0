"""Whose click it is: what Excel put on the command line, and the Excel and workbook that it names."""

from __future__ import annotations

import sys

import xlwings as xw

from coordination_xl.addin.excel_processes import spare_other_excels

spare_other_excels()


def caller() -> tuple[xw.App | None, xw.Book | None]:
    """Excel and the workbook that was active at the click; neither where none was, or where it has gone since.

    A blank name is never looked up: on macOS xlwings would make a new workbook for it, on Windows look for a window.
    """
    if given("wb") == "":
        return None, None
    try:
        workbook = xw.Book.caller()
        app = workbook.app
    except (AttributeError, KeyError, OSError):  # said where a workbook is needed
        return None, None
    return app, workbook


def window() -> int:
    """The window of Excel on Windows, the owner of message boxes; 0 where none is known."""
    number = given("hwnd") or ""
    return int(number) if number.isdecimal() else 0


def given(name: str) -> str | None:
    """What stands on the command line after ``--name=``; ``None`` where the name does not."""
    start = f"--{name}="
    return next((each.removeprefix(start).strip() for each in sys.argv[1:] if each.startswith(start)), None)
