from __future__ import annotations

import datetime as dt
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from coordination_xl.books.build import build_workbook
from coordination_xl.books.build.cells import put


@pytest.fixture
def cell():
    return openpyxl.Workbook().worksheets[0]["A1"]


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-3", "@全体", "=cmd|'/c calc'!A1"])
def test_text_that_looks_like_a_formula_stays_text(cell, text):
    put(cell, text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_it_stays_text_in_the_file():
    package = build_workbook({"Tasks": [{"title": "=1+1", "remarks": "提供样例"}]})
    row = openpyxl.load_workbook(io.BytesIO(package))["任务跟踪表"][5]
    title, remarks = (next(cell for cell in row if cell.value == text) for text in ("=1+1", "提供样例"))
    assert (title.data_type, title.quotePrefix) == ("s", True)
    assert not remarks.quotePrefix


@pytest.mark.parametrize("null", [None, "", float("nan"), pd.NaT, np.datetime64("NaT")])
def test_what_is_null_leaves_the_cell_empty(cell, null):
    put(cell, null)
    assert cell.value is None


@pytest.mark.parametrize(
    "moment",
    [dt.datetime(2026, 3, 20, 18), pd.Timestamp("2026-03-20 18:00"), np.datetime64("2026-03-20T18:00", "s")],
)
def test_moments_of_every_make_become_date_cells(cell, moment):
    put(cell, moment)
    assert cell.value == dt.datetime(2026, 3, 20, 18)
    assert cell.data_type == "d"


def test_a_plain_date_is_its_midnight(cell):
    put(cell, dt.date(2026, 3, 20))
    assert cell.value == dt.datetime(2026, 3, 20)


@pytest.mark.parametrize(("value", "kept"), [(True, True), (np.bool_(False), False), (2, 2), (np.float64(1.5), 1.5)])
def test_numbers_and_truths_stay_what_they_are(cell, value, kept):
    put(cell, value)
    assert cell.value == kept
    assert type(cell.value) is type(kept)


def test_control_characters_and_their_look_alikes_survive(cell):
    put(cell, "a\x07b\r\nc _x0041_")
    assert cell.value == "a_x0007_b\nc _x005F_x0041_"


def test_a_value_that_no_cell_can_hold_is_an_error(cell):
    with pytest.raises(TypeError, match="cannot hold"):
        put(cell, object())


@pytest.mark.parametrize("rows", [{"Nowhere": []}, {"Tasks": [{"nothing": 1}]}])
def test_an_unknown_table_or_column_is_an_error(rows):
    with pytest.raises(KeyError):
        build_workbook(rows)


def test_long_text_makes_its_row_grow_but_not_without_end():
    long = {"title": "事", "background": "很长的背景" * 200}
    book = openpyxl.load_workbook(io.BytesIO(build_workbook({"Coordination": [{"title": "短"}, long]})))
    heights = [book["协调台账"].row_dimensions[row].height for row in (5, 6)]
    assert heights == [48, 90]
