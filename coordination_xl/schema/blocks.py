"""Where a named block of the program's is, and what people call it: the forms' cells and those of 看板."""

from __future__ import annotations

from coordination_xl.schema import dashboard
from coordination_xl.schema.forms import FORMS, LOADED, TASK_CELLS, Form
from coordination_xl.schema.tables import BY_NAME

_FORMS = {form.name: form for form in FORMS}


def sheet_of(name: str) -> str:
    """The sheet of a defined name: ``CoordinationForm_title`` is on 协调表; whatever is no form's is on 看板."""
    form = _FORMS.get(name.partition("_")[0])
    return form.sheet if form else dashboard.SHEET


def label_of(name: str) -> str:
    """What people call the block: ``CoordinationForm_who3`` is 责任部门/人（第 3 行）; a block of 看板 has its name alone."""
    owner, _, cell = name.partition("_")
    return cell_label(_FORMS[owner], cell) if owner in _FORMS else cell


def cell_label(form: Form, cell: str) -> str:
    """What a form calls one of its cells, by the last part of the cell's name."""
    if cell == LOADED:
        return "载入标记"
    column = BY_NAME[form.table].by_identifier.get(cell)
    if column is not None:
        return form.label(cell) or column.header
    part = cell.rstrip("0123456789")
    headings = dict(zip((name for name, *_ in TASK_CELLS), form.grid.heading[1:], strict=True)) if form.grid else {}
    return f"{headings.get(part, part)}（第 {cell[len(part) :]} 行）"
