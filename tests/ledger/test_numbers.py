import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.ledger.numbers import read_numbers

HOURS = {"小时": 1, "分钟": 1 / 60}


def read(value, units=None):
    column = np.empty(1, dtype=object)
    column[0] = value
    number, is_unreadable, was_text = read_numbers(column, units=units)
    return (None if np.isnan(number[0]) else number[0], is_unreadable[0], was_text[0])


@pytest.mark.parametrize(
    ("value", "number", "was_text"),
    [
        (2.5, 2.5, False),
        (1, 1, False),
        ("１２", 12, True),
        ("1,234.5", 1234.5, True),
        ("１，２３４", 1234, True),
        (" -3 ", -3, True),
        ("−3", -3, True),
        (".5", 0.5, True),
        ("50%", 0.5, True),
        ("５０％", 0.5, True),
    ],
)
def test_numbers_are_read_from_cells_and_texts(value, number, was_text):
    assert read(value) == (number, False, was_text)


@pytest.mark.parametrize(
    "value",
    [
        True,
        "两",
        "1,23",
        "1 234",
        "1e5",
        "2小时",
        "abc",
        "#N/A",
        float("inf"),
        "9" * 400,
        dt.date(2023, 1, 1),
        "1.2.3",
        "--1",
    ],
)
def test_what_is_no_number_is_unreadable(value):
    assert read(value)[:2] == (None, True)


@pytest.mark.parametrize("value", [None, "", " ", float("nan")])
def test_nothing_is_blank_and_not_unreadable(value):
    assert read(value) == (None, False, False)


@pytest.mark.parametrize(
    ("text", "number"), [("2小时", 2), ("90 分钟", 1.5), ("1小时30分钟", 1.5), ("2", 2), ("1.5小时", 1.5)]
)
def test_units_are_read_when_they_are_asked_for(text, number):
    assert read(text, HOURS) == (number, False, True)


@pytest.mark.parametrize("text", ["2小时2小时", "30分钟1小时", "2天", "小时", "2小时左右"])
def test_units_that_do_not_add_up_are_unreadable(text):
    assert read(text, HOURS)[:2] == (None, True)


def test_true_and_one_in_one_column_stay_apart():
    column = np.array([1, True, 1.0, "1"], dtype=object)
    assert list(read_numbers(column).is_unreadable) == [False, True, False, False]


@given(st.integers(-(10**12), 10**12))
def test_thousands_separators_change_nothing(number):
    assert read(f"{number:,}")[0] == read(str(number))[0] == number
