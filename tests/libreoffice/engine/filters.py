"""Filters of tables and ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.uno_bridge import load_uno
from tests.libreoffice.values import cells

if TYPE_CHECKING:
    from tests.libreoffice.engine.cells import Range
    from tests.libreoffice.engine.tables import Table

EMPTY, NOT_EMPTY, EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL = range(8)  # FilterOperator2
STRING = 1  # FilterFieldType; without it a text is compared as the number 0
_OPERATORS = {
    "equal_to": EQUAL,
    "not_equal_to": NOT_EQUAL,
    "greater_than": GREATER,
    "less_than": LESS,
    "greater_than_or_equal": GREATER_EQUAL,
    "less_than_or_equal": LESS_EQUAL,
}
_NAMES = {number: name for name, number in _OPERATORS.items()}


class AutoFilter(Counted, base_classes.AutoFilter):
    """The filter of a table, or of a range that is one."""

    def __init__(self, parent: Range | Table) -> None:
        self._office = parent._office
        self._parent = parent

    @property
    def _table(self) -> Table:
        from tests.libreoffice.engine.tables import Table, table_at  # tables know their filters

        table = self._parent if isinstance(self._parent, Table) else table_at(self._parent.sheet, self._parent.box)
        if table is None:
            raise NotImplementedError("the live test host filters tables only")
        return table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        source = self._table.uno
        area = source.DataArea
        snapshots = [
            base_classes.empty_autofilter_criteria(n + 1) for n in range(area.EndColumn - area.StartColumn + 1)
        ]
        for field in source.getFilterDescriptor().getFilterFields3():
            snapshots[field.Field] = _snapshot(field)
        return snapshots

    def apply_values(self, field: int, values: list[str]) -> None:
        self._apply(field, [self._field(field, EQUAL, list(values))])

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        if value1 is None:
            self._apply(field, [self._field(field, EMPTY if operator == "equal_to" else NOT_EMPTY, [""])])
        elif operator == "between":
            self._apply(field, [self._field(field, GREATER_EQUAL, [value1]), self._field(field, LESS_EQUAL, [value2])])
        else:
            self._apply(field, [self._field(field, _OPERATORS[operator], [value1])])

    def clear(self, field: int | None) -> None:
        self._apply(field, [])

    def _field(self, field: int, operator: int, values: list[Any]) -> Any:
        uno = load_uno()
        made = uno.createUnoStruct("com.sun.star.sheet.TableFilterField3")
        made.Connection = uno.Enum("com.sun.star.sheet.FilterConnection", "AND")
        made.Field, made.Operator = field - 1, operator
        parts = []
        for value in values:
            part = uno.createUnoStruct("com.sun.star.sheet.FilterFieldValue")
            text = str(value)
            try:
                part.IsNumeric, part.NumericValue, part.StringValue = True, float(text), text
            except ValueError:
                part.IsNumeric, part.StringValue, part.FilterType = False, text, STRING
            parts.append(part)
        made.Values = tuple(parts)
        return made

    def _apply(self, field: int | None, fields: list[Any]) -> None:
        source = self._table.uno
        descriptor = source.getFilterDescriptor()
        kept = [] if field is None else [each for each in descriptor.getFilterFields3() if each.Field != field - 1]
        descriptor.ContainsHeader = True
        descriptor.setFilterFields3(tuple(kept + fields))
        source.AutoFilter = True
        source.refresh()
        if not kept + fields:  # an empty filter is not applied by a refresh
            table = self._table
            plain = cells(table.parent.uno, table.box)
            descriptor = plain.createFilterDescriptor(True)
            descriptor.ContainsHeader = True
            plain.filter(descriptor)


def _snapshot(field: Any) -> dict[str, Any]:
    values = [each.StringValue for each in field.Values]
    if field.Operator == EQUAL:
        return base_classes.empty_autofilter_criteria(field.Field + 1, "values") | {"values": values}
    snapshot = base_classes.empty_autofilter_criteria(field.Field + 1, "comparison")
    if field.Operator in (EMPTY, NOT_EMPTY):
        return snapshot | {"operator": "equal_to" if field.Operator == EMPTY else "not_equal_to"}
    if field.Operator not in _NAMES:
        return base_classes.empty_autofilter_criteria(field.Field + 1, "unknown")
    return snapshot | {"operator": _NAMES[field.Operator], "value1": values[0]}
