"""What Excel calls: one decorated function for each worksheet function.

xlwings' decorators mean something on Windows only; elsewhere they leave the functions as they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import xlwings as xw

from coordination_xl.addin.excel_processes import spare_other_excels
from coordination_xl.addin.functions import columns, described
from coordination_xl.addin.functions.cells import Cells, block, meet
from coordination_xl.addin.functions.terms import terms_of
from coordination_xl.errors import CoordinationError
from coordination_xl.rules.timing.timers import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from coordination_xl.addin.functions.terms import Terms

spare_other_excels()

F = TypeVar("F", bound="Callable[..., Any]")


def _worksheet(function: described.Function) -> Callable[[F], F]:
    """Decorate for xlwings: every argument as rows of cells, Excel's error values as text."""

    def decorate(code: F) -> F:
        code.__annotations__ = {}  # xlwings would take them for converters
        for argument in function.arguments:
            code = xw.arg(argument.name, ndim=2, err_to_str=True, doc=argument.help)(code)
        return xw.func(category=described.CATEGORY)(code)

    return decorate


@_worksheet(described.DUE)
def due(
    start: Cells, n: Cells, unit: Cells = None, holidays: Cells = None, settings: Cells = None
) -> list[list[object]]:
    """``CXL.DUE``: the due time so many units after each start. Source: SPEC section 4."""
    unit = Unit.WORKDAYS.value if unit is None else unit
    return _answered(columns.due, holidays, settings, start, n, unit)


@_worksheet(described.WORKDAYS)
def workdays(first_day: Cells, last_day: Cells, holidays: Cells = None, settings: Cells = None) -> list[list[object]]:
    """``CXL.WORKDAYS``: working days after the first day up to the last. Source: SPEC section 4."""
    return _answered(columns.workdays, holidays, settings, first_day, last_day)


@_worksheet(described.IS_WORKDAY)
def is_workday(on_day: Cells, holidays: Cells = None, settings: Cells = None) -> list[list[object]]:
    """``CXL.ISWORKDAY``: whether each day is worked. Source: SPEC section 4."""
    return _answered(columns.is_workday, holidays, settings, on_day)


@_worksheet(described.LIGHT)
def light(
    due_at: Cells, done_at: Cells = None, as_of: Cells = None, holidays: Cells = None, settings: Cells = None
) -> list[list[object]]:
    """``CXL.LIGHT``: the light that due time, completion and the moment tell. Source: SPEC section 4."""
    as_of = datetime.now() if as_of is None else as_of
    return _answered(columns.light, holidays, settings, due_at, done_at, as_of)


def _answered(
    question: Callable[..., NDArray[np.object_]], holidays: Cells, settings: Cells, *arguments: Cells
) -> list[list[object]]:
    """The answer as rows of cells, of the size of the largest argument; or one cell that says why there is none."""
    try:
        terms: Terms = terms_of(holidays, settings)
        blocks = meet(*map(block, arguments))
    except CoordinationError as error:
        return [[str(error)]]
    answer: list[list[object]] = (
        question(*(each.reshape(-1) for each in blocks), terms).reshape(blocks[0].shape).tolist()
    )
    return answer
