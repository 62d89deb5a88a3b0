"""Putting one value into one cell: text stays text, whatever it looks like."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_FORMULA_SIGNS = ("=", "+", "-", "@")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Cell, value: object) -> None:
    """Write a value: text, number, truth, day or moment; what is null leaves the cell empty.

    Text that begins like a formula is kept as text, and carries Excel's mark for it, so that editing it does not turn it
    into one. Source: SPEC section 6.
    """
    if isinstance(value, str):
        if value:
            text = value.replace("\r\n", "\n")
            cell.value = _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULA_SIGNS)
        return
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return
    cell.value = _plain(value)


def _plain(value: object) -> float | bool | dt.datetime:
    if isinstance(value, np.datetime64 | pd.Timestamp):
        return pd.Timestamp(value).to_pydatetime(warn=False)
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int | float):
        return value
    msg = f"a cell cannot hold {type(value).__name__}"
    raise TypeError(msg)
