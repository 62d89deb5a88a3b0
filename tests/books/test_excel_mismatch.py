"""What people are told when a live workbook was not written as meant: cells as they know them, and Excel's own sentence."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from coordination_xl.books.excel.mismatch import legible, meant, sentence_of
from coordination_xl.books.excel.values import entry


class com_error(Exception):  # noqa: N801 as pywin32 calls it
    def __init__(self, hresult, excepinfo=None):
        super().__init__(hresult, "发生意外。", excepinfo, None)
        self.excepinfo = excepinfo


class CommandError(Exception):
    """As appscript calls it."""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "空白"),
        ("", "空白"),
        (" \n ", "空白"),
        (5.0, "5"),
        ("5", "“5”"),
        (True, "是"),
        (dt.datetime(2026, 3, 12, 18, 0), "2026-03-12 18:00"),
        (dt.date(2026, 3, 12), "2026-03-12"),
        ("第一行\n第二行", "“第一行 第二行”"),
    ],
)
def test_a_value_is_told_as_people_write_it(value, words):
    assert legible(value) == words


def test_a_long_text_is_cut():
    assert len(legible("很" * 30_000)) <= 42


@pytest.mark.parametrize("date1904", [False, True])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.datetime(2026, 3, 12, 18, 0), "2026-03-12 18:00"),
        (np.datetime64("2026-03-12"), "2026-03-12"),
        (dt.datetime(2026, 3, 12, 9, 59, 59), "2026-03-12 09:59"),
    ],
)
def test_a_moment_is_told_as_a_date_and_not_as_the_number_that_excel_holds(value, words, date1904):
    assert legible(meant(entry(value, date1904=date1904), date1904=date1904)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(46_066.5, "46066.5"), ("46066", "“46066”"), (None, "空白"), (True, "是")]
)
def test_what_is_no_moment_stays_what_it_is(value, words):
    assert legible(meant(entry(value, date1904=False), date1904=False)) == words


def test_excels_own_sentence_is_told():
    error = com_error(-2147352567, (0, "Microsoft Excel", "内存不足，\n无法继续。", "xlmain11.chm", 0, -2146827284))
    assert sentence_of(error) == "（内存不足， 无法继续。）"


@pytest.mark.parametrize(
    "error",
    [
        com_error(-2147352567),
        com_error(-2147352567, (0, None, None, None, 0, -2146827284)),
        CommandError("Command failed: OSERROR: -50 COMMAND: app(...)"),
        ValueError("could not convert string to float"),
        KeyboardInterrupt(),
    ],
)
def test_numbers_and_types_are_not_told(error):
    assert sentence_of(error) == ""
