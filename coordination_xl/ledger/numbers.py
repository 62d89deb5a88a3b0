"""A column of numbers as people type them: full-width digits, thousands separators, percent, units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.uniques import parse_unique

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_PLAIN: Final = re.compile(rf"(?P<sign>[+-]?)\s*(?P<number>{_NUMBER})\s*(?P<percent>%?)")


class NumbersRead(NamedTuple):
    """A column of numbers, three arrays of one length.

    Attributes:
        number: ``float64``; NaN where the cell is blank or unreadable. Percent is a fraction (``50%`` is 0.5).
        is_unreadable: something was typed that is no number.
        was_text: the number was read out of a text, and could be fixed to a real one.
    """

    number: NDArray[np.float64]
    is_unreadable: NDArray[np.bool_]
    was_text: NDArray[np.bool_]


def read_numbers(values: NDArray[np.object_], *, units: Mapping[str, float] | None = None) -> NumbersRead:
    """Understand a column of numbers.

    Args:
        values: 1-D object array of cells; None, NaN and white space are blank.
        units: the units a text may carry and what one of each is worth: ``{"小时": 1, "分钟": 1 / 60}`` reads
            ``1小时30分钟`` as 1.5. A number without a unit is taken as it stands. Without this argument no unit is
            read.

    Returns:
        Arrays in the order of ``values``. Booleans, dates, infinities, ``1 234``, ``1,23`` and ``1e5`` are unreadable.

    Source: SPEC 5 (``check`` fixes full-width digits), SPEC 6.
    """
    worth = {fold(unit).strip(): value for unit, value in (units or {}).items()}
    measured = _measure_pattern(worth)

    def read(value: Any) -> tuple[float, bool, bool]:  # noqa: ANN401 - a cell holds anything
        if value is None or value is pd.NaT:
            return (np.nan, False, False)
        if isinstance(value, str):
            return _read_text(fold(value).strip(), worth, measured)
        if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
            number = float(value)
            return (np.nan, True, False) if np.isinf(number) else (number, False, False)
        return (np.nan, True, False)

    codes, readings = parse_unique(values, read)
    table = np.array(readings, dtype=np.float64).reshape(-1, 3)[codes]
    return NumbersRead(table[:, 0], table[:, 1].astype(np.bool_), table[:, 2].astype(np.bool_))


def _measure_pattern(worth: Mapping[str, float]) -> re.Pattern[str] | None:
    if not worth:
        return None
    names = "|".join(re.escape(unit) for unit in sorted(worth, key=len, reverse=True))
    return re.compile(rf"({_NUMBER})\s*({names})\s*")


def _read_text(text: str, worth: Mapping[str, float], measured: re.Pattern[str] | None) -> tuple[float, bool, bool]:
    if not text:
        return (np.nan, False, False)
    plain = _PLAIN.fullmatch(text)
    if plain:
        number = _value(plain["number"]) / (100 if plain["percent"] else 1)
        total: float | None = -number if plain["sign"] == "-" else number
    else:
        total = _read_measures(text, worth, measured) if measured else None
    return (np.nan, True, False) if total is None or np.isinf(total) else (total, False, True)


def _read_measures(text: str, worth: Mapping[str, float], measured: re.Pattern[str]) -> float | None:
    """Sum ``1小时30分钟``; None where a unit repeats, grows, or anything is left over."""
    sign, text = (-1.0, text[1:].lstrip()) if text.startswith("-") else (1.0, text.removeprefix("+").lstrip())
    total, position, last = 0.0, 0, np.inf
    while position < len(text):
        match = measured.match(text, position)
        if match is None or worth[match[2]] >= last:
            return None
        last = worth[match[2]]
        total += _value(match[1]) * last
        position = match.end()
    return sign * total if position else None


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))
