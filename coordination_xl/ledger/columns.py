"""One column of cells, read by the type that the schema gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.dates import DateStatus, read_dates
from coordination_xl.ledger.error_values import ERROR_TEXTS
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold, fold_name
from coordination_xl.ledger.numbers import read_numbers
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.schema import Dtype, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from coordination_xl.schema import Column, Vocabulary

    Objects = NDArray[np.object_]
    Bools = NDArray[np.bool_]

_FOLDED = frozenset({Kind.ID, Kind.LIGHT, Kind.STATE, Kind.CHOICE, Kind.DEPARTMENT, Kind.WORD, Kind.PERSON})
"""Kinds whose words are compared with other words, so that full width and stray spaces must not matter."""
_UNITS = {
    Kind.HOURS: {"小时": 1.0, "h": 1.0, "分钟": 1 / 60},
    Kind.WORKDAYS: {"天": 1.0, "个工作日": 1.0, "工作日": 1.0},
}
_WITHOUT_TEXT = frozenset({"datetime", "datetime64", "floating", "integer", "boolean", "empty", "date"})


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column as typed values, and which of its cells were not read or not read whole.

    Attributes:
        content: ``object`` of ``str``, ``float64`` or ``datetime64[s]``, blanks as :class:`~coordination_xl.schema.Dtype`
            says; what could not be read is blank here and flagged below.
        is_error: Excel's own error values.
        is_unreadable: something else that is no date or number.
        is_yearless: dates whose year was taken from the row's anchor.
    """

    content: NDArray[np.generic]
    is_error: Bools
    is_unreadable: Bools
    is_yearless: Bools


def read_column(
    column: Column, values: Objects, *, anchors: NDArray[np.datetime64] | None = None, date1904: bool = False
) -> ColumnRead:
    """Read one column.

    Args:
        column: what the schema says of it.
        values: its cells, as :class:`~coordination_xl.ledger.grid.Grid` holds them.
        anchors: for each row the date that a date without a year is near to.
        date1904: whether bare numbers that mean dates count from 1904.
    """
    nothing = np.zeros(len(values), dtype=bool)
    is_error = is_cell_error(values)
    if is_error.any():
        values = values.copy()
        values[is_error] = None
    if column.dtype is Dtype.MOMENT:
        dates = read_dates(values, anchors=anchors, date1904=date1904)
        return ColumnRead(dates.when, is_error, dates.is_unreadable, dates.status == DateStatus.YEARLESS)
    if column.dtype is Dtype.NUMBER:
        numbers = read_numbers(values, units=_UNITS.get(column.kind))
        return ColumnRead(numbers.number, is_error, numbers.is_unreadable, nothing)
    return ColumnRead(_texts(column, values), is_error, nothing, nothing)


def is_cell_error(values: Objects) -> Bools:
    """Which cells hold one of Excel's error values."""
    if pd.api.types.infer_dtype(values, skipna=True) in _WITHOUT_TEXT:
        return np.zeros(len(values), dtype=bool)
    return np.asarray(pd.Series(values, dtype=object).isin(ERROR_TEXTS))


def is_blank(values: Objects) -> Bools:
    """Which cells hold nothing, or white space."""
    return np.fromiter(
        (value is None or value is pd.NaT or (isinstance(value, str) and not value.strip()) for value in values),
        dtype=bool,
        count=len(values),
    )


def _texts(column: Column, values: Objects) -> Objects:
    """Cells as text: ``""`` for blank, edge blanks gone, words that are compared also folded in width.

    A word of a list is read as the word that is meant (高 as 紧急), so that rules know one word for one thing; a word that
    the list does not know stays as it is.
    """
    is_folded, vocabulary = column.kind in _FOLDED, column.vocabulary

    def read(value: object) -> str:
        text = value if isinstance(value, str) else shown(value)
        text = fold(text).strip() if is_folded else text.strip()
        return (meant(vocabulary, text) or text) if vocabulary and text else text

    codes, texts = parse_unique(values, read)
    return np.array(texts, dtype=object)[codes]


def meant(vocabulary: Vocabulary, typed: str) -> str | None:
    """The word of the list that was meant, stray spaces and width left out; ``None`` where it is anybody's guess."""
    if (word := vocabulary.meaning(typed)) is not None:
        return word
    spellings = {fold_name(synonym): word for synonym, word in vocabulary.synonyms.items()}
    spellings |= {fold_name(word): word for word in vocabulary.words}
    return spellings.get(fold_name(typed))
