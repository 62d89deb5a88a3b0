import shutil
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from coordination_xl.actions.check import check
from coordination_xl.addin.marking.mark_cells import ERROR_FILL, REMINDER_FILL
from coordination_xl.addin.marking.mark_notes import HEAD, box_of, read_note
from coordination_xl.addin.marking.marks import MOST_MARKS, by_cell, remark
from coordination_xl.books import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.native import Native
from tests.libreoffice.engine.notes import Note
from tests.libreoffice.engine.refusals import busy, refused
from tests.libreoffice.engine.sheet import Sheet

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
    assert (marked.count, marked.left, marked.unnoted) == (len(cells), 0, 0)
    for (sheet, address), found in cells.items():
        cell = workbook.sheets[sheet].range(address)
        assert cell.note.text.startswith(HEAD)
        told = next((each for each in found if each.is_error), found[0])
        assert told.message.split("“")[0][:20] in cell.note.text
        assert cell.color == (ERROR_FILL if any(each.is_error for each in found) else REMINDER_FILL)


def test_marks_go_as_they_came(workbook, before, findings):
    there = looks(workbook, findings)
    remark(workbook, before, findings, is_open)
    assert looks(workbook, findings) != there
    remark(workbook, before, (), is_open)
    assert looks(workbook, findings) == there
    assert not any(read_note(note.text) for note in workbook.notes)


def test_a_cell_with_a_fill_of_the_users_gets_the_note_alone(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.color = GREEN
    marked = remark(workbook, before, findings, is_open)
    assert cell.color == GREEN
    assert read_note(cell.note.text)
    assert (marked.count, marked.unnoted) == (len(by_cell(findings)), 0)
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note) == (GREEN, None)


def test_the_users_fill_outlives_the_note_that_the_user_deletes(workbook, closed, findings):
    found = next(each for each in findings if each.is_error and each.address and each.id)
    closed.apply(check(closed, NOW).changes)
    listed = Ledgers.read(closed)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.color = GREEN
    for noted in (True, False):
        remark(workbook, listed, findings, is_open)
        if noted:
            cell.note.delete()
        assert cell.color == GREEN
    remark(workbook, listed, (), is_open)
    assert (cell.color, cell.note) == (GREEN, None)


def test_marking_twice_marks_once(workbook, before, findings):
    remark(workbook, before, findings, is_open)
    once = looks(workbook, findings)
    remark(workbook, before, findings, is_open)
    assert looks(workbook, findings) == once


def test_a_note_of_the_user_stays_and_its_cell_gets_the_fill_alone(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.add_note("王经理：已问财务")
    marked = remark(workbook, before, findings, is_open)
    assert (cell.color, cell.note.text) == (ERROR_FILL, "王经理：已问财务")
    assert (marked.count, marked.left, marked.unnoted) == (len(by_cell(findings)), 0, 1)
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note.text) == (None, "王经理：已问财务")


def test_a_cell_with_a_note_and_a_fill_of_the_users_is_left_alone_and_counted_so(workbook, before, findings):
    found = first_error(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.add_note("王经理：已问财务")
    cell.color = GREEN
    marked = remark(workbook, before, findings, is_open)
    assert (cell.color, cell.note.text) == (GREEN, "王经理：已问财务")
    assert (marked.count, marked.left, marked.unnoted) == (len(by_cell(findings)) - 1, 1, 0)


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


def unlisted(findings):
    """An error in a cell of which 校验结果 says nothing, as after its row went somewhere else."""
    found = first_error(findings)
    at = found.address.rstrip("0123456789")
    row = next(
        row for row in range(found.row + 1, found.row + 50) if (found.sheet, f"{at}{row}") not in by_cell(findings)
    )
    return replace(found, row=row, address=f"{at}{row}")


def test_a_fill_of_ours_is_never_taken_for_the_users(workbook, before, findings):
    found = unlisted(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.color = REMINDER_FILL
    remark(workbook, before, [found], is_open)
    assert cell.color == ERROR_FILL
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note) == (None, None)


def test_beside_a_note_that_is_the_users_now_our_fill_goes_wherever_it_is(workbook, before, findings):
    found = unlisted(findings)
    cell = workbook.sheets[found.sheet].range(found.address)
    cell.add_note("王经理：已问财务")
    cell.color = ERROR_FILL
    remark(workbook, before, (), is_open)
    assert (cell.color, cell.note.text) == (None, "王经理：已问财务")


class TestRefusals:
    """What Excel refuses; the live host refuses nothing of the kind, so that its engine is told to."""

    def refusing(self, monkeypatch, kind, method, addresses, error=refused):
        """Let a method of a range or note refuse at some addresses, or everywhere."""
        plain = getattr(kind, method)

        def call(self, *arguments):
            where = self if kind is Range else self.location
            if addresses is None or where.address.replace("$", "") in addresses:
                raise error("Application-defined or object-defined error") if error is refused else error()
            return plain(self, *arguments)

        monkeypatch.setattr(kind, method, call)

    def test_a_threaded_comment_is_known_beforehand_and_its_cell_gets_the_fill_alone(
        self, workbook, before, findings, monkeypatch
    ):
        found = first_error(findings)
        asked = []
        add_note = Range.add_note

        def noting(self, text):
            asked.append((self._sheet.name, self.address.replace("$", "")))
            return add_note(self, text)

        def comments(sheet):
            here = [sheet.range(found.address, None)] if sheet.name == found.sheet else []
            return [SimpleNamespace(location=each) for each in here]

        monkeypatch.setattr(Range, "add_note", noting)
        monkeypatch.setattr(Sheet, "comments", property(comments), raising=False)
        marked = remark(workbook, before, findings, is_open)
        assert set(asked) == set(by_cell(findings)) - {(found.sheet, found.address)}
        assert workbook.sheets[found.sheet].range(found.address).color == ERROR_FILL
        assert (marked.count, marked.left, marked.unnoted) == (len(by_cell(findings)), 0, 1)

    @pytest.mark.parametrize(
        "error", [AttributeError("CommentsThreaded"), refused("Unknown name."), NotImplementedError]
    )
    def test_a_host_without_threaded_comments_marks_as_ever(self, workbook, before, findings, monkeypatch, error):
        def comments(_sheet):
            raise error

        monkeypatch.setattr(Sheet, "comments", property(comments), raising=False)
        assert remark(workbook, before, findings, is_open).unnoted == 0

    def test_a_cell_that_takes_no_note_gets_the_fill_and_the_rest_is_marked(
        self, workbook, before, findings, monkeypatch
    ):
        found = first_error(findings)
        alike = [address for _, address in by_cell(findings) if address == found.address]
        self.refusing(monkeypatch, Range, "add_note", {found.address})
        marked = remark(workbook, before, findings, is_open)
        cell = workbook.sheets[found.sheet].range(found.address)
        assert (cell.color, cell.note) == (ERROR_FILL, None)
        assert (marked.count, marked.left, marked.unnoted) == (len(by_cell(findings)), 0, len(alike))

    def test_fills_go_where_excel_deletes_no_note_and_its_text_stays(self, workbook, before, findings, monkeypatch):
        remark(workbook, before, findings, is_open)
        with monkeypatch.context() as patched:
            self.refusing(patched, Note, "delete", None)
            marked = remark(workbook, before, (), is_open)
        assert marked.count == 0
        assert {color for _, _, color, _ in looks(workbook, findings)} == {None}
        remark(workbook, before, (), is_open)
        assert not any(read_note(note.text) for note in workbook.notes)

    def test_where_excel_takes_nothing_every_cell_is_counted_as_left(self, workbook, before, findings, monkeypatch):
        self.refusing(monkeypatch, Range, "add_note", None)
        monkeypatch.setattr(Range, "color", property(Range.color.fget, lambda *_: (_ for _ in ()).throw(refused("no"))))
        marked = remark(workbook, before, findings, is_open)
        assert (marked.count, marked.left) == (0, len(by_cell(findings)))

    def test_a_busy_excel_is_not_asked_for_every_cell(self, workbook, before, findings, monkeypatch):
        asked = []

        def noting(self, _text):
            asked.append(self.address)
            raise busy()

        monkeypatch.setattr(Range, "add_note", noting)
        marked = remark(workbook, before, findings, is_open)
        assert len(asked) == 1
        assert (marked.count, marked.left) == (0, len(by_cell(findings)))

    def test_a_fault_of_the_program_is_no_refusal(self, workbook, before, findings, monkeypatch):
        monkeypatch.setattr(Range, "add_note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            remark(workbook, before, findings, is_open)


class Shape:
    """The box of a note, which only Excel has."""

    def __init__(self, error=None):
        self.error, self.sizes = error, []

    def __setattr__(self, name, value):
        if name in {"Width", "Height"}:
            if self.error:
                raise self.error
            self.sizes.append(value)
        else:
            super().__setattr__(name, value)


def test_a_note_is_made_large_enough_for_its_text(office, workbook, before, findings, monkeypatch):
    shape = Shape()
    monkeypatch.setattr(Note, "api", property(lambda _: Native(office, {"Shape": lambda: shape})))
    marked = remark(workbook, before, findings[:1], is_open)
    (note,) = [note for note in workbook.notes if read_note(note.text)]
    assert shape.sizes == list(box_of(note.text))
    assert marked.count == 1


def test_a_box_that_excel_leaves_as_it_is_costs_no_note(office, workbook, before, findings, monkeypatch):
    shape = Shape(refused("no"))
    monkeypatch.setattr(Note, "api", property(lambda _: Native(office, {"Shape": lambda: shape})))
    marked = remark(workbook, before, findings, is_open)
    assert (marked.count, marked.unnoted) == (len(by_cell(findings)), 0)


def test_a_protected_sheet_is_left_alone_and_named(workbook, before, findings):
    found = first_error(findings)
    marked = remark(workbook, before, findings, lambda sheet: sheet == found.sheet)
    assert marked.protected == (found.sheet,)
    assert workbook.sheets[found.sheet].range(found.address).note is None
    assert marked.count == sum(sheet != found.sheet for sheet, _ in by_cell(findings))


def test_beyond_the_limit_cells_are_counted_and_errors_come_first(workbook, before, findings, monkeypatch):
    monkeypatch.setattr("coordination_xl.addin.marking.marks.MOST_MARKS", 3)
    marked = remark(workbook, before, findings, is_open)
    assert (marked.count, marked.left) == (3, len(by_cell(findings)) - 3)
    assert {note.location.color for note in workbook.notes if read_note(note.text)} == {ERROR_FILL}


def test_what_marking_costs_grows_with_the_marks_alone(office, workbook, before, findings):
    office.reset_calls()
    remark(workbook, before, findings, is_open)
    sheets, cells = len(workbook.sheets), len(by_cell(findings))
    assert office.calls < 4 * sheets + 10 * cells < 10 * MOST_MARKS
