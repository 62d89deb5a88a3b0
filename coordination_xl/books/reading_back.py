"""A value as a workbook would give it back after writing: what a book without a file must do by itself."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.changes import Link
from coordination_xl.errors import WriteRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAX_TEXT = 32_767


def read_back(values: NDArray[np.object_], where: str) -> NDArray[np.object_]:
    """The values as a workbook would give them back after writing.

    Raises:
        WriteRefused: a value that no cell can hold; ``where`` says in which sheet.
    """
    read = np.full(len(values), None, dtype=object)
    for at, value in enumerate(values.tolist()):
        read[at] = _as_read(value, where)
    return read


def _as_read(value: object, where: str) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    match value:
        case Link():
            return _legible(value.text) or None
        case str():
            if len(value.encode("utf-16-le", "surrogatepass")) // 2 > _MAX_TEXT:
                raise WriteRefused(
                    where, f"文字有 {len(value)} 个字，超过单元格上限 {_MAX_TEXT} 个字", "请改短或更正后再试"
                )
            return _legible(value) or None
        case bool() | None:
            return value
        case int() | float():
            if math.isinf(value):
                raise WriteRefused(where, "数字是无穷大", "请改短或更正后再试")
            return None if math.isnan(value) else float(value)
        case dt.datetime() if value == value:
            moment = value.replace(microsecond=0, tzinfo=None) + dt.timedelta(seconds=value.microsecond >= 500_000)
            moment = dt.datetime.combine(moment.date(), moment.time())
            return moment.date() if moment.time() == dt.time() else moment
        case dt.date() | dt.time() | dt.timedelta() if value == value:
            return value
        case _ if type(value).__name__ in ("NaTType", "NAType"):
            return None
        case _:
            raise WriteRefused(where, f"不认识的值类型 {type(value).__name__}", "请改短或更正后再试")


def _legible(text: str) -> str:
    """Half characters and non-characters, which no workbook can hold, are replaced."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
