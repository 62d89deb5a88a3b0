"""What the workbook is, as data: one source for building, reading, checking and documenting it."""

from __future__ import annotations

from coordination_xl.schema.column import Column, Dtype, Kind, Owner
from coordination_xl.schema.forms import FORMS, Form
from coordination_xl.schema.states import StateMachine
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import BY_NAME, BY_SHEET, MATTERS, TABLES
from coordination_xl.schema.vocabulary import Vocabulary

__all__ = [
    "BY_NAME",
    "BY_SHEET",
    "FORMS",
    "MATTERS",
    "TABLES",
    "Column",
    "Dtype",
    "Family",
    "Form",
    "Kind",
    "Owner",
    "StateMachine",
    "Table",
    "Vocabulary",
]
