"""Structured references: formulas that name tables and columns, so that they hold however a ledger grows or is reordered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.schema import BY_NAME, Table

if TYPE_CHECKING:
    from coordination_xl.schema.settings import Setting

_NEEDS_BRACKETS = re.compile(r"[^\w]")


def column_of(table: Table, identifier: str) -> str:
    """``Tasks[预警灯]``; a header with a sign in it stands in double brackets, as Excel asks."""
    header = table.column(identifier).header
    return f"{table.name}[[{header}]]" if _NEEDS_BRACKETS.search(header) else f"{table.name}[{header}]"


def setting(wanted: Setting) -> str:
    """The value of a row of 参数, as an expression; empty where the row is gone."""
    table = BY_NAME["Settings"]
    key, value = column_of(table, "key"), column_of(table, "value")
    return f'IFERROR(INDEX({value},MATCH("{wanted.key}",{key},0)),"")'
