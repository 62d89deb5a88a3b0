"""Values between Excel and a grid, as Excel's object model hands them over on Windows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.books.changes import Link
from coordination_xl.books.excel.runs import runs, true_runs
from coordination_xl.books.excel.values import BLANK, Kind, entry, from_host, is_same, serial_number, standing
from coordination_xl.books.xlsx.cells import Unwritable

UTC = dt.UTC


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (None, None),
        ("", None),
        ("文", "文"),
        (True, True),
        (7.0, 7.0),
        (Decimal("12.3400"), 12.34),
        (-2146826246, "#N/A"),
        (-2146826281, "#DIV/0!"),
        (-2146826243, "#SPILL!"),
        (-2146826238, "#CALC!"),
        (dt.datetime(2026, 11, 20, tzinfo=UTC), dt.date(2026, 11, 20)),
        (dt.datetime(2026, 11, 20, 18, 0, tzinfo=UTC), dt.datetime(2026, 11, 20, 18, 0)),
        (dt.datetime(2026, 11, 20, 17, 59, 59, 999_000), dt.datetime(2026, 11, 20, 18, 0)),
        (dt.datetime(2026, 11, 19, 23, 59, 59, 999_999), dt.date(2026, 11, 20)),
        (dt.datetime(2026, 11, 20, 8, 0, 0, 1_000), dt.datetime(2026, 11, 20, 8, 0)),
        (dt.datetime(2026, 11, 20, 8, 0, 0, 500_000), dt.datetime(2026, 11, 20, 8, 0, 0, 500_000)),
        (dt.datetime(1899, 12, 30, 9, 30), dt.time(9, 30)),
        (dt.datetime(1904, 1, 1, 9, 30), dt.time(9, 30)),
        (dt.datetime(1899, 12, 31), dt.date(1900, 1, 1)),
        (dt.datetime(1900, 2, 27, 6, 0), dt.datetime(1900, 2, 28, 6, 0)),
        (dt.datetime(1900, 3, 1), dt.date(1900, 3, 1)),
    ],
)
def test_what_comes_out_of_a_cell(given, held):
    found = from_host(given)
    assert found == held
    assert type(found) is type(held)


def test_the_days_before_march_1900_have_the_numbers_that_excel_counts():
    assert serial_number(dt.date(1900, 1, 1), date1904=False) == 1
    assert serial_number(dt.date(1900, 2, 28), date1904=False) == 59
    assert serial_number(dt.date(1900, 3, 1), date1904=False) == 61
    assert serial_number(dt.date(1904, 1, 2), date1904=True) == 1


@given(st.datetimes(dt.datetime(1904, 1, 2), dt.datetime(9999, 12, 30)), st.booleans())
def test_a_moment_is_written_as_the_number_that_stands_for_it(moment, date1904):
    epoch = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 30)
    made = entry(moment, date1904=date1904)
    assert made.kind is Kind.MOMENT
    back = epoch + dt.timedelta(days=made.value)
    assert abs(back - moment) <= dt.timedelta(seconds=0.51)
    assert (
        is_same(made.expected, from_host(moment.replace(microsecond=0)), date1904=date1904)
        or moment.microsecond >= 500_000
    )


@pytest.mark.parametrize("value", ["", None, float("nan"), np.float64("nan"), np.datetime64("NaT")])
def test_nothing_is_a_blank(value):
    assert entry(value, date1904=False).expected is None


@pytest.mark.parametrize("value", [float("inf"), object(), dt.date(1800, 1, 1), "长" * 32_768, 10**400])
def test_what_no_cell_holds_is_unwritable(value):
    with pytest.raises(Unwritable):
        entry(value, date1904=False)


def test_a_link_is_a_formula_that_shows_its_text():
    made = entry(Link("'台账'!C5", '看"这里"'), date1904=False)
    assert (made.kind, made.value) == (Kind.FORMULA, '=HYPERLINK("#\'台账\'!C5","看""这里""")')
    assert made.expected == '看"这里"'


def test_a_long_link_is_joined_from_pieces_that_excel_takes():
    made = entry(Link("A!B1", "长" * 600), date1904=False)
    pieces = made.value.removeprefix('=HYPERLINK("#A!B1",').removesuffix(")").split("&")
    assert [len(piece) - 2 for piece in pieces] == [255, 255, 90]


def test_a_link_without_text_is_a_blank():
    assert entry(Link("A!B1", ""), date1904=False) is BLANK


def test_what_stands_goes_back_to_the_fraction_of_a_second():
    moment = dt.datetime(2026, 11, 20, 8, 0, 0, 250_000)
    assert standing(moment, date1904=False).value == serial_number(moment, date1904=False)
    assert standing(moment, date1904=False).value != entry(moment, date1904=False).value


@pytest.mark.parametrize(
    ("meant", "found", "same"),
    [
        (1.0, 1.0, True),
        (1.0, True, False),
        (True, True, True),
        (None, None, True),
        ("", None, True),
        ("1", 1.0, False),
        ("一\x01二", "一二", True),
        ("一\r\n二", "一\n二", True),
        ("一 二", "一二", False),
        (46_346.0, dt.date(2026, 11, 20), True),
        (46_346.0, dt.date(2026, 11, 21), False),
        (0.5, dt.time(12), True),
        (None, "x", False),
    ],
)
def test_read_back_is_what_was_meant(meant, found, same):
    assert is_same(meant, found, date1904=False) is same


@given(st.lists(st.integers(1, 400), unique=True))
def test_runs_cover_every_row_once_and_never_a_gap(rows):
    ordered = np.array(sorted(rows), dtype=np.int64)
    stretches = [ordered[run].tolist() for run in runs(ordered)]
    assert list(chain.from_iterable(stretches)) == ordered.tolist()
    assert all(stretch == list(range(stretch[0], stretch[-1] + 1)) for stretch in stretches)
    assert all(after[0] > before[-1] + 1 for before, after in pairwise(stretches))


def test_marked_cells_are_written_by_stretches():
    assert list(true_runs(np.array([0, 1, 1, 0, 1], dtype=bool))) == [slice(1, 3), slice(4, 5)]
