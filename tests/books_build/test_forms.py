from __future__ import annotations

import pytest
from openpyxl.utils import range_boundaries

from coordination_xl.schema import FORMS
from coordination_xl.schema.blocks import label_of
from coordination_xl.schema.forms import TaskGrid
from coordination_xl.schema.tables import BY_NAME

EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


def fields(form):
    """The identifiers of every value cell of a form, the head's among them."""
    yield from ("id", "confidentiality", form.date)
    if form.has_version:
        yield "version"
    for stage in form.stages:
        for line in stage.lines:
            if isinstance(line, TaskGrid):
                yield from (
                    f"{part}{n}" for n in range(1, line.lines + 1) for part in ("task", "who", "by", "standard")
                )
            else:
                yield from (field.identifier for field in line.fields)


def cell_of(book, form, identifier):
    (place,) = book.defined_names[f"{form.name}_{identifier}"].destinations
    sheet, address = place
    assert sheet == form.sheet
    return book[sheet][address.replace("$", "")]


@EACH
def test_every_field_has_its_name_at_the_head_of_one_merged_area(book, form):
    for identifier in fields(form):
        cell = cell_of(book, form, identifier)
        areas = [area for area in book[form.sheet].merged_cells.ranges if cell.coordinate in area]
        assert len(areas) == 1, identifier
        assert areas[0].start_cell.coordinate == cell.coordinate, identifier


@EACH
def test_no_two_fields_share_a_cell(book, form):
    cells = [cell_of(book, form, identifier).coordinate for identifier in fields(form)]
    assert len(set(cells)) == len(cells)


@EACH
def test_every_field_is_validated_as_its_column(book, form):
    table = BY_NAME[form.table]
    rules = {str(rule.sqref): rule for rule in book[form.sheet].data_validations.dataValidation}
    for identifier in fields(form):
        rule = rules[cell_of(book, form, identifier).coordinate]
        column = table.by_identifier.get(identifier)
        if column is not None and column.vocabulary is not None and not column.is_computed:
            assert rule.formula1.strip('"').split(",") == list(column.vocabulary.words)
        if column is not None and column.is_computed:
            assert rule.promptTitle == "程序计算列"
            assert cell_of(book, form, identifier).font.i


@EACH
def test_a_new_form_holds_only_its_defaults(book, form):
    defaults = {"urgency": "一般", "confidentiality": "内部", "version": 1}
    for identifier in fields(form):
        assert cell_of(book, form, identifier).value == defaults.get(identifier), identifier


@pytest.mark.parametrize("form", [form for form in FORMS if "urgency" in fields(form)], ids=lambda form: form.name)
def test_the_urgency_is_printed_as_three_boxes(book, form):
    cell = cell_of(book, form, "urgency")
    codes = [
        rule.dxf.numFmt.formatCode
        for area in book[form.sheet].conditional_formatting
        for rule in area.rules
        if cell.coordinate in area.sqref
    ]
    assert codes == [
        ';;;"■紧急  □一般  □低优先级"',
        ';;;"□紧急  ■一般  □低优先级"',
        ';;;"□紧急  □一般  ■低优先级"',
    ]


@EACH
def test_the_page_is_high_enough_for_its_rows(book, form):
    """760 points fit on A4 at full size; what is beyond, the small print, costs less than a twentieth of the scale."""
    sheet = book[form.sheet]
    _, _, right, bottom = range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))
    heights = [sheet.row_dimensions[row].height for row in range(1, bottom + 1)]
    assert all(heights)
    assert sum(heights[:-1]) <= 760
    assert sum(heights) <= 790
    assert right == 12
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@EACH
def test_the_seed_fields_stand_in_seed_order(book, form):
    rows = [cell_of(book, form, identifier).row for identifier in fields(form)]
    body = [row for row in rows if row > 3]
    assert body == sorted(body)


@EACH
def test_the_mark_of_what_was_loaded_stands_beside_the_page(book, form):
    cell = cell_of(book, form, "loaded")
    assert cell.value is None
    assert cell.column == 14
    assert cell.font.sz < 9


@EACH
def test_the_form_names_every_cell_it_has(form):
    assert set(form.cells) == set(fields(form))
    assert len(set(form.cells)) == len(form.cells)


def test_a_cell_is_called_what_stands_beside_it():
    assert label_of("CoordinationForm_who3") == "责任部门/人（第 3 行）"
    assert label_of("CoordinationForm_raised_at") == "登记日期"
    assert label_of("MeetingForm_materials") == "需提前准备的材料"
    assert label_of("MinutesForm_loaded") == "载入标记"
    assert label_of("Dashboard_as_of") == "as_of"
