"""The demo workbook, open: every verb writes what the closed file would get, with calls that do not grow with rows."""

from __future__ import annotations

import datetime as dt
import shutil

import openpyxl
import pytest

from coordination_xl.actions.check import check
from coordination_xl.actions.load import load
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.register import register
from coordination_xl.actions.split import split
from coordination_xl.books import BlockChange, ChangeSet, ColumnChange, XlsxBook
from coordination_xl.books.build import build_workbook
from coordination_xl.books.excel import ExcelBook
from coordination_xl.errors import FormulaInTheWay, ProtectedSheet
from tests import builders
from tests.books.contract import change, column
from tests.libreoffice.engine.cells import values

NOW = dt.datetime(2026, 11, 20, 10, 0)
MATTER = "XT-2026-0038"
LEDGERS = ("Coordination", "Tasks", "Problems", "Meetings", "Emergencies")


@pytest.fixture
def source(pytestconfig):
    return pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx"


@pytest.fixture
def workbook(office, source, tmp_path):
    return office.open(shutil.copy(source, tmp_path / "打开.xlsx"))


@pytest.fixture
def closed(source, tmp_path):
    return XlsxBook.open(shutil.copy(source, tmp_path / "关闭.xlsx"))


def cells(book, names=()):
    """Every cell of every table by table, header and row, and of every named block by name and place."""
    found = {}
    for table in book.tables():
        grid = book.grid(table)
        for header, cells_below in zip(grid.header, grid.columns, strict=True):
            found |= {(table, header, grid.first_row + at): value for at, value in enumerate(cells_below.tolist())}
    for name in names:
        block = book.block(name)
        found |= {(name, at): value for at, value in enumerate(() if block is None else block.tolist())}
    return {key: (value, type(value)) for key, value in found.items()}


def names_of(path):
    return sorted(openpyxl.load_workbook(path).defined_names)


def edited(book):
    """The form of a matter, loaded, with one line more."""
    remarks = book.block("CoordinationForm_remarks")
    return ChangeSet(blocks=(BlockChange("CoordinationForm_remarks", remarks, column("补充：=1+1\n见第 2 版")),))


def registered(book):
    book.apply(load(book, MATTER, NOW, replace=True).changes)
    book.apply(edited(book))
    return register(book, "协调表", NOW, actor="甲")


def renewed(book):
    book.apply(refresh(book, NOW, actor="甲").changes)
    return refresh(book, NOW + dt.timedelta(days=9), actor="甲")


def spoilt(book):
    changed = change(book, "完成时限", (20, 21, 22), column("待定", "2026-13-45", "=1+1"), table="Tasks")
    book.apply(ChangeSet(columns=(changed,)))
    return check(book, NOW, actor="甲")


VERBS = {
    "refresh": lambda book: refresh(book, NOW, actor="甲"),
    "refresh-later": renewed,
    "check": spoilt,
    "check-fix": lambda book: check(book, NOW, fix=True, actor="甲"),
    "split": lambda book: split(book, (), NOW, actor="甲"),
    "load": lambda book: load(book, MATTER, NOW, replace=True),
    "register": registered,
}


@pytest.mark.parametrize("verb", VERBS)
def test_the_open_workbook_gets_what_the_closed_one_gets(verb, workbook, closed):
    names = names_of(closed.path)
    live = ExcelBook.of(workbook)
    assert cells(live, names) == cells(closed, names)
    changes = VERBS[verb](live).changes
    assert changes
    live.apply(changes)
    closed.apply(VERBS[verb](closed).changes)
    assert cells(ExcelBook.of(workbook), names) == cells(XlsxBook.open(closed.path), names)


def test_what_is_applied_is_what_the_same_book_then_shows(workbook):
    live = ExcelBook.of(workbook)
    live.apply(refresh(live, NOW, actor="甲").changes)
    assert cells(live) == cells(ExcelBook.of(workbook))
    again = refresh(live, NOW, actor="甲").changes
    assert not again


def problems(count):
    """Half of them overdue, each one with a word that the list does not have."""
    raised = dt.datetime(2026, 3, 2, 9, 30)
    return [
        builders.problem(
            id=f"WT-2026-{number:04d}",
            title=f"问题 {number}",
            raised_at=raised + dt.timedelta(minutes=number % 600),
            deadline=dt.datetime(2026, 3, 18 if number % 2 else 31),
            confidentiality="不知道",
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture
def opened(office, tmp_path):
    """Open a new workbook with so many problems."""

    def open_with(count):
        path = tmp_path / f"{count}.xlsx"
        path.write_bytes(build_workbook({"Contacts": builders.CONTACTS, "Problems": problems(count)}))
        return office.open(path)

    return open_with


def calls(office, act):
    office.reset_calls()
    act()
    return office.calls


def test_reading_writing_and_checking_take_as_many_calls_for_5000_rows_as_for_100(office, opened):
    counted = []
    for count in (100, 5_000):
        workbook = opened(count)
        live = ExcelBook.of(workbook)
        read = calls(office, lambda live=live: [live.grid(table) for table in live.tables()])
        assert live.grid("Problems").height >= count
        fresh = refresh(live, NOW, actor="甲").changes
        assert sum(len(each.rows) for each in fresh.columns) >= count
        written = calls(office, lambda live=live, fresh=fresh: live.apply(fresh))
        found = check(live, NOW, actor="甲").changes
        assert found.replaced[0].height >= count
        listed = calls(office, lambda live=live, found=found: live.apply(found))
        counted.append((read, written, listed))
        workbook.close()
    assert counted[0] == counted[1]
    read, written, listed = counted[0]
    assert read < 17 * 25
    assert written < 500
    assert listed < 150


def test_a_grid_that_was_read_is_not_read_again(office, workbook):
    live = ExcelBook.of(workbook)
    live.grid("Tasks")
    assert calls(office, lambda: live.grid("tasks")) == 0


def test_switches_are_put_back_and_selection_sheet_and_filter_stay(office, workbook, monkeypatch):
    sheet = workbook.sheets["任务跟踪表"]
    sheet.activate()
    sheet.tables["Tasks"].autofilter.apply_values(2, ["红"])
    visible = [area.address for area in sheet.range("A5:A196").get_special_cells("visible")]
    assert len(visible) > 1
    sheet.range(visible[1]).select()  # LibreOffice selects no row that is filtered out
    office.app.calculation = "semiautomatic"
    before, during = dict(office.state), []
    write = values.write
    monkeypatch.setattr(values, "write", lambda *given: (during.append(dict(office.state)), write(*given))[1])
    live = ExcelBook.of(workbook)
    live.apply(refresh(live, NOW, actor="甲").changes)
    assert office.state == before
    quiet = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
    assert during
    assert all(quiet.items() <= state.items() for state in during)
    assert workbook.sheets.active.name == "任务跟踪表"
    assert office.app.selection.address == visible[1]
    assert [area.address for area in sheet.range("A5:A196").get_special_cells("visible")] == visible
    assert office.saves == []


@pytest.mark.parametrize("fault", [False, True])
def test_switches_are_put_back_after_a_refusal_too(office, workbook, fault):
    before = dict(office.state)
    live = ExcelBook.of(workbook)
    changes = refresh(live, NOW, actor="甲").changes
    if fault:
        office.protect(workbook, "任务跟踪表")
        with pytest.raises(ProtectedSheet):
            live.apply(changes)
    else:
        live.apply(changes)
    assert office.state == before


def test_a_protected_sheet_is_named_and_nothing_is_changed_on_any_sheet(office, workbook):
    live = ExcelBook.of(workbook)
    before = cells(live)
    changes = refresh(live, NOW, actor="甲").changes
    assert len({each.table for each in changes.columns}) > 1
    last = live.grid(changes.columns[-1].table).sheet
    office.protect(workbook, last)
    with pytest.raises(ProtectedSheet, match=last) as caught:
        live.apply(changes)
    assert "撤销工作表保护" in caught.value.remedy
    assert cells(ExcelBook.of(workbook)) == before


def test_a_protected_sheet_that_is_not_written_does_not_matter(office, workbook):
    live = ExcelBook.of(workbook)
    office.protect(workbook, "通讯录")
    live.apply(ChangeSet(columns=(change(live, "备注", (5,), column("新"), table="Tasks"),)))
    assert live.grid("Tasks").column("备注")[0] == "新"


def test_a_users_own_formulas_are_kept_and_never_overwritten(workbook):
    sheet = workbook.sheets["任务跟踪表"]
    sheet.range("Q6").formula = '="甲"&"乙"'
    live = ExcelBook.of(workbook)
    assert live.formulas("Tasks") == {(6, 17)}
    live.apply(refresh(live, NOW, actor="甲").changes)
    assert sheet.range("Q6").formula == '="甲"&"乙"'
    with pytest.raises(FormulaInTheWay, match="任务跟踪表!Q6"):
        live.apply(ChangeSet(columns=(change(live, "备注", (5, 6), column("一", "二"), table="Tasks"),)))
    assert live.grid("Tasks").column("备注")[1] == "甲乙"


def test_a_formula_between_changed_cells_of_a_computed_column_is_kept(workbook):
    sheet = workbook.sheets["任务跟踪表"]
    sheet.range("H7").formula = "=1+2"
    live = ExcelBook.of(workbook)
    rows = (6, 8)
    live.apply(ChangeSet(columns=(change(live, "逾期天数", rows, column(41.0, 42.0), table="Tasks"),)))
    assert sheet.range("H6:H8").formula == (("41",), ("=1+2",), ("42",))


def test_blocks_of_the_programs_own_columns_are_one_write_and_keep_what_lies_between(office, workbook):
    live = ExcelBook.of(workbook)
    before = live.grid("Tasks").column("预警灯")
    height = live.grid("Tasks").height
    some = tuple(range(5, 5 + height, 3))
    new = column(*(f"灯{row}" for row in some))
    taken = calls(office, lambda: live.apply(ChangeSet(columns=(change(live, "预警灯", some, new, table="Tasks"),))))
    after = live.grid("Tasks").column("预警灯")
    assert after[::3].tolist() == new.tolist()
    assert [value for at, value in enumerate(after) if at % 3] == [value for at, value in enumerate(before) if at % 3]
    assert taken < 60


def test_all_tables_of_the_demo_have_their_ids_checked(workbook):
    live = ExcelBook.of(workbook)
    changes = {table: change(live, "备注", (5,), column("新"), table=table) for table in LEDGERS}
    for table, each in changes.items():
        book = ExcelBook.of(workbook)
        grid = book.grid(table)
        cell = workbook.sheets[grid.sheet].range((grid.first_row + 1, grid.first_column))
        kept = cell.value
        cell.value = "XX-2026-9999"
        with pytest.raises(Exception, match="请再点一次"):
            book.apply(ChangeSet(columns=(ColumnChange(table, "备注", each.rows, each.ids, each.old, each.new),)))
        cell.value = kept
