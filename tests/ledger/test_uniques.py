import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.ledger.folding import fold, trim
from coordination_xl.ledger.uniques import distinct, parse_unique

CELLS = (
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.dates()
    | st.datetimes()
    | st.just(float("nan"))
)


@given(st.lists(CELLS, max_size=40))
def test_every_row_finds_its_own_value_and_type_again(values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    codes, uniques = distinct(column)
    for value, unique in zip(values, uniques[codes], strict=True):
        assert type(value) is type(unique)
        assert value == unique or (value != value and unique != unique)


def test_a_value_is_parsed_once_however_often_it_stands():
    seen = []
    column = np.array(["a", "b", "a", None, 1, True, None], dtype=object)
    codes, parsed = parse_unique(column, lambda value: seen.append(value) or repr(value))
    assert [parsed[code] for code in codes] == ["'a'", "'b'", "'a'", "None", "1", "True", "None"]
    assert len(seen) == 5


def test_a_date_and_the_midnight_of_it_stay_apart():
    column = np.empty(2, dtype=object)
    column[:] = [dt.date(2023, 10, 20), dt.datetime(2023, 10, 20)]
    assert len(distinct(column)[1]) == 2


@given(st.text())
def test_folding_keeps_every_position(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_circled_numbers_are_not_folded_into_digits():
    assert fold("①１０月：（Ａ）") == "①10月:(A)"


def test_trimming_takes_invisible_blanks_too():
    assert trim("\u200b\u3000市场部\ufeff") == "市场部"
    assert trim("\u200b ") == trim("") == ""
