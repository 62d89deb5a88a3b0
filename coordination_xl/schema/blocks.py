"""Which sheet a named block of the program's is on: the forms' cells and those of 看板."""

from __future__ import annotations

from coordination_xl.schema import dashboard
from coordination_xl.schema.forms import FORMS

_FORM_SHEETS = {form.name: form.sheet for form in FORMS}


def sheet_of(name: str) -> str:
    """The sheet of a defined name: ``CoordinationForm_title`` is on 协调表; whatever is no form's is on 看板."""
    return _FORM_SHEETS.get(name.partition("_")[0], dashboard.SHEET)
