import shutil
from datetime import datetime

import pytest

from coordination_xl.actions.check import check
from coordination_xl.addin.mark_notes import HEAD, read_note
from coordination_xl.addin.marks import ERROR_FILL, MOST_MARKS, REMINDER_FILL, by_cell, remark
from coordination_xl.books import open_book
from coordination_xl.ledger.collection import Ledgers

NOW = datetime(2026, 11, 20, 10, 0)
GREEN = (0xC6, 0xEF, 0xCE)


@pytest.fixture
def demo(tmp_path, pytestconfig):
    return shutil.copy(pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx", tmp_path)


@pytest.fixture
def closed(demo):
    return open_book(demo)


@pytest.fixture
def before(closed):
    return Ledgers.read(closed)


@pytest.fixture
def findings(closed):
    return check(closed, NOW).findings


@pytest.fixture
def workbook(office, demo):
    return office.open(demo)


def is_open(_sheet):
    return False


def looks(workbook, findings):
    """Fill and note of every faulty cell."""
    cells = [workbook.sheets[sheet].range(address) for sheet, address in by_cell(findings)]
    return [(cell.sheet.name, cell.address, cell.color, cell.note.text if cell.note else "") for cell in cells]


def first_error(findings):
    return next(found for found in findings if found.is_error and found.address)


def test_every_faulty_cell_is_marked_with_its_message(workbook, before, findings):
    marked = remark(workbook, before, findings, is_open)
    cells = by_cell(findings)
    assert (marked.count, marked.left) == (len(cells), 0)
    for (sheet, address), found in cells.items():
        cell = workbook.sheets[sheet].range(address)
        assert cell.note.text.startswith(HEAD)
        assert found[0].message.split("“")[0][:20] in cell.note.text
        assert cell.color == (ERROR_FILL if any(each.is_error for each in found) else REMINDER_FILL)


def test_marks_go_as_they_came(workbook, before, findings):
    there = looks(workbook, findings)
    remark(workbook, before, findings, is_open)
    assert looks(workbook, findings) != there
    remark(workbook, before, (), is_open)
    assert looks(workbook, findings) == there
    assert not any(read_note(note.text) for note in workbook.notes)


def test_the_fill_of_the_user_comes_back(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.color = GREEN
    remark(workbook, before, findings, is_open)
    assert cell.color == ERROR_FILL
    remark(workbook, before, (), is_open)
    assert cell.color == GREEN


def test_marking_twice_marks_once_and_still_knows_the_first_fill(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.color = GREEN
    remark(workbook, before, findings, is_open)
    remark(workbook, before, findings, is_open)
    assert read_note(cell.note.text).fill == GREEN
    remark(workbook, before, (), is_open)
    assert cell.color == GREEN


def test_a_note_of_the_user_stays_and_its_cell_gets_the_fill_alone(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.add_note("王经理：已问财务")
    remark(workbook, before, findings, is_open)
    assert (cell.color, cell.note.text) == (ERROR_FILL, "王经理：已问财务")
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note.text) == (None, "王经理：已问财务")


def test_a_cell_with_a_note_and_a_fill_of_the_users_is_left_alone(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.add_note("王经理：已问财务")
    cell.color = GREEN
    remark(workbook, before, findings, is_open)
    assert (cell.color, cell.note.text) == (GREEN, "王经理：已问财务")


def test_a_mark_in_which_somebody_wrote_is_theirs_from_then_on(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    remark(workbook, before, findings, is_open)
    cell.note.text = theirs = cell.note.text + "\n已改，待确认"
    remark(workbook, before, (), is_open)
    assert cell.note.text == theirs
    assert cell.color is None


def test_a_fill_that_the_user_gave_a_marked_cell_is_kept(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    remark(workbook, before, findings, is_open)
    cell.color = GREEN
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note) == (GREEN, None)


def test_marks_are_found_after_rows_were_inserted_above(workbook, before, findings):
    found = first_error(findings)
    sheet = workbook.sheets[found.sheet]
    remark(workbook, before, findings, is_open)
    sheet.range(f"{found.row}:{found.row}").insert("down")
    moved = sheet.range(found.address).offset(1, 0)
    assert moved.color == ERROR_FILL
    remark(workbook, before, (), is_open)
    assert (moved.color, moved.note) == (None, None)


def test_a_mark_whose_note_the_user_deleted_loses_its_fill(workbook, closed, findings):
    found = next(each for each in findings if each.is_error and each.address and each.id)
    closed.apply(check(closed, NOW).changes)
    listed = Ledgers.read(closed)
    remark(workbook, listed, findings, is_open)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.note.delete()
    remark(workbook, listed, (), is_open)
    assert cell.color is None


def test_a_protected_sheet_is_left_alone_and_named(workbook, before, findings):
    found = first_error(findings)
    marked = remark(workbook, before, findings, lambda sheet: sheet == found.sheet)
    assert marked.protected == (found.sheet,)
    assert workbook.sheets[found.sheet].range(found.address).note is None
    assert marked.count == sum(sheet != found.sheet for sheet, _ in by_cell(findings))


def test_beyond_the_limit_cells_are_counted_and_errors_come_first(workbook, before, findings, monkeypatch):
    monkeypatch.setattr("coordination_xl.addin.marks.MOST_MARKS", 3)
    marked = remark(workbook, before, findings, is_open)
    assert (marked.count, marked.left) == (3, len(by_cell(findings)) - 3)
    assert {note.location.color for note in workbook.notes if read_note(note.text)} == {ERROR_FILL}


def test_what_marking_costs_grows_with_the_marks_alone(office, workbook, before, findings):
    office.reset_calls()
    remark(workbook, before, findings, is_open)
    sheets, cells = len(workbook.sheets), len(by_cell(findings))
    assert office.calls < 4 * sheets + 10 * cells < 10 * MOST_MARKS
