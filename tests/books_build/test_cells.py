from __future__ import annotations

import datetime as dt
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from coordination_xl.books.build import build_workbook


def first_row(values):
    book = openpyxl.load_workbook(io.BytesIO(build_workbook({"Tasks": [values]})))
    return {book["任务跟踪表"].cell(4, cell.column).value: cell for cell in book["任务跟踪表"][5]}


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-3", "@全体", "=cmd|'/c calc'!A1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = first_row({"title": text})["任务"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_ordinary_text_bears_no_quote_mark():
    assert not first_row({"title": "提供样例"})["任务"].quotePrefix


@pytest.mark.parametrize("null", [None, "", float("nan"), pd.NaT, np.datetime64("NaT")])
def test_what_is_null_leaves_the_cell_empty(null):
    assert first_row({"deadline": null})["完成时限"].value is None


@pytest.mark.parametrize(
    "moment",
    [dt.datetime(2026, 3, 20, 18), pd.Timestamp("2026-03-20 18:00"), np.datetime64("2026-03-20T18:00", "s")],
)
def test_moments_of_every_make_become_date_cells(moment):
    cell = first_row({"deadline": moment})["完成时限"]
    assert cell.value == dt.datetime(2026, 3, 20, 18)
    assert cell.number_format == "yyyy-mm-dd hh:mm"


def test_a_plain_date_is_its_midnight():
    assert first_row({"deadline": dt.date(2026, 3, 20)})["完成时限"].value == dt.datetime(2026, 3, 20)


def test_control_characters_and_their_look_alikes_survive():
    cell = first_row({"title": "a\x07b", "remarks": "_x0041_"})
    assert cell["任务"].value == "a_x0007_b"
    assert cell["备注"].value == "_x005F_x0041_"


@pytest.mark.parametrize("rows", [{"Nowhere": []}, {"Tasks": [{"nothing": 1}]}])
def test_an_unknown_table_or_column_is_an_error(rows):
    with pytest.raises(KeyError):
        build_workbook(rows)


def test_a_value_that_no_cell_can_hold_is_an_error():
    with pytest.raises(TypeError, match="cannot hold"):
        build_workbook({"Tasks": [{"title": object()}]})


def test_long_text_makes_its_row_grow_but_not_without_end():
    long = {"title": "事", "background": "很长的背景" * 200}
    book = openpyxl.load_workbook(io.BytesIO(build_workbook({"Coordination": [{"title": "短"}, long]})))
    heights = [book["协调台账"].row_dimensions[row].height for row in (5, 6)]
    assert heights == [48, 90]
