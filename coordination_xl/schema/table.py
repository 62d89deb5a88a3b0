"""One ledger, as data: its sheet, its Excel table, its columns, its life."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from coordination_xl.schema.column import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.schema.column import Column
    from coordination_xl.schema.states import StateMachine


class Family(StrEnum):
    """What a table is for; decides the colour of its tab and how it is kept."""

    LEDGER = "ledger"
    """Matters with a life of their own."""
    RECORD = "record"
    """Append-only: what happened."""
    BASE = "base"
    """What everything else rests on: contacts, rules, calendar, settings."""
    RESULT = "result"
    """Written by the program alone."""


@dataclass(frozen=True)
class Table:
    """One Excel table.

    Attributes:
        name: ASCII name of the Excel table.
        sheet: name of its sheet.
        family: what it is for.
        columns: in the order a new workbook shows them.
        note: the sentence above the table.
        source: the clause it comes from.
        prefix: of its ids (``XT`` in ``XT-2026-0001``); ``""`` where rows have none.
        life: its state machine, if it has one.
        opened_by: identifier of the column that says when a matter began.
        closed_by: identifier of the column that says when it was finished.
        committed_from: the state from which on its due time is a promise, kept as 原定时限; ``""`` is from the beginning.
    """

    name: str
    sheet: str
    family: Family
    columns: tuple[Column, ...]
    note: str
    source: str
    prefix: str = ""
    life: StateMachine | None = None
    opened_by: str = ""
    closed_by: str = ""
    committed_from: str = ""

    @cached_property
    def by_identifier(self) -> Mapping[str, Column]:
        """Column by identifier."""
        return {column.identifier: column for column in self.columns}

    @cached_property
    def by_header(self) -> Mapping[str, Column]:
        """Column by its exact header."""
        return {column.header: column for column in self.columns}

    def column(self, identifier: str) -> Column:
        """The column of this identifier.

        Raises:
            KeyError: there is none.
        """
        return self.by_identifier[identifier]

    @cached_property
    def id_column(self) -> Column | None:
        """The column that holds the row's own id."""
        return next((column for column in self.columns if column.kind is Kind.ID), None)

    @cached_property
    def name_column(self) -> Column | None:
        """The column that holds the row's name."""
        return next((column for column in self.columns if column.kind is Kind.NAME), None)

    @cached_property
    def computed_columns(self) -> tuple[Column, ...]:
        """The columns ``refresh`` owns."""
        return tuple(column for column in self.columns if column.is_computed)
