"""What is selected, and what each button makes of it, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

import shutil

import pytest

from coordination_xl.actions.split import split
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from coordination_xl.addin.clicking.click import Click
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import AGREED, TIMED, selection_of
from coordination_xl.books.excel import ExcelBook
from coordination_xl.errors import UsageError
from tests.libreoffice.clicks.demo import DONE, NOW, cells, lying, rows, said, unlike
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.refusals import refused


@pytest.mark.parametrize(
    ("address", "touched"),
    [("B{0}", [0]), ("B{0}:D{1}", [0, 1]), ("B{0},C{2}", [0, 2]), ("{0}:{2}", [0, 1, 2]), ("B1:B4,ZZ{1},B{0}", [0])],
)
def test_split_takes_the_selected_rows(workbook, closed, address, touched):
    owed = split(closed, [], NOW).summary["proposed"]
    source = next(each["source"] for each in owed if each["status"] == "新增" and each["source"].startswith("XT"))
    (first,) = rows(workbook, "协调台账", source)
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range(address.format(first, first + 1, first + 2)).select()
    chosen = [sheet.range(f"A{first + place}").value for place in touched]
    result = split(closed, chosen, NOW, actor=actor())
    assert result.changes
    macros.split(NOW)
    assert unlike(workbook, closed, result) == []


def test_split_without_a_selected_row_takes_all_that_is_owed(office, workbook, closed):
    result = split(closed, [], NOW, actor=actor())
    workbook.sheets["看板"].activate()
    macros.split(NOW)
    assert "将写入任务跟踪表" in office.alerts[0][0]
    assert unlike(workbook, closed, result) == []


@pytest.mark.parametrize("macro", ["split", "notice", "archive"])
def test_no_writes_nothing(office, workbook, path, macro):
    before = cells(ExcelBook.of(workbook))
    workbook.sheets["看板"].activate()
    office.answers = ["no"]
    getattr(macros, macro)(NOW)
    assert [buttons for _, _, buttons, _ in office.alerts] == ["yes_no"]
    assert cells(ExcelBook.of(workbook)) == before
    assert lying(path.parent) == {}
    assert office.status[-1:] == list(DONE)


def test_rows_that_a_filter_hides_are_left_out(workbook, closed):
    owed = split(closed, [], NOW).summary["proposed"]
    source = next(each["source"] for each in owed if each["status"] == "新增" and each["source"].startswith("XT"))
    (row,) = rows(workbook, "协调台账", source)
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range(f"A{row - 1}:A{row + 1}").select()
    sheet.range(f"{row}:{row}").rows.hidden = True
    beside = [sheet.range(f"A{row - 1}").value, sheet.range(f"A{row + 1}").value]
    assert selection_of(workbook, ExcelBook.of(workbook), AGREED, pointing_of(workbook)).ids == tuple(beside)
    macros.split(NOW)
    assert unlike(workbook, closed, split(closed, beside, NOW, actor=actor())) == []


@pytest.mark.parametrize("macro", ["split", "notice", "archive"])
def test_selected_rows_that_are_all_hidden_are_refused_and_nothing_is_asked(office, workbook, macro):
    before = cells(ExcelBook.of(workbook))
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range("A30:A31").select()
    sheet.range("30:31").rows.hidden = True
    getattr(macros, macro)(NOW)
    ((prompt, _, buttons, mode),) = office.alerts
    assert (buttons, mode) == ("ok", "critical")
    assert "选中的行都被筛选隐藏了" in prompt
    assert cells(ExcelBook.of(workbook)) == before


def test_where_the_host_names_no_visible_areas_each_row_is_asked(workbook, monkeypatch):
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range("A30:A32").select()
    sheet.range("30:31").rows.hidden = True

    def refuse(*_):
        raise refused("未找到单元格。")

    monkeypatch.setattr(Range, "get_special_cells", refuse)
    chosen = selection_of(workbook, ExcelBook.of(workbook), AGREED, pointing_of(workbook))
    assert (chosen.rows, chosen.hidden) == ((32,), 2)
    assert chosen.ids == (sheet.range("A32").value,)


@pytest.mark.parametrize(
    ("macro", "everything"),
    [("split", "全部已有约定的事项"), ("notice", "全部应发而未发的"), ("archive", "全部办结的事项")],
)
def test_the_question_says_that_it_is_about_everything(office, workbook, macro, everything):
    workbook.sheets["看板"].activate()
    office.answers = ["no"]
    getattr(macros, macro)(NOW)
    assert office.alerts[0][0].splitlines()[0] == f"范围：没有选中台账的行，以下是{everything}。"


@pytest.mark.parametrize("macro", ["split", "notice", "archive"])
def test_the_question_or_the_outcome_says_which_rows_it_is_about(office, workbook, macro):
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range("A10").value = None
    sheet.range("B8:B12,B14").select()
    sheet.range("12:12").rows.hidden = True
    office.answers = [] if macro == "split" else ["no"]  # these rows have nothing to split, which is said
    getattr(macros, macro)(NOW)
    scope = "范围：选中的 4 行；没有编号的 1 行、筛选隐藏的 1 行不在内。"
    assert office.alerts[0][0].splitlines()[0] == scope


def test_a_column_that_is_hidden_hides_no_row(workbook):
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range("B8:B9").select()
    sheet.range("A:A").columns.hidden = True
    chosen = selection_of(workbook, ExcelBook.of(workbook), AGREED, pointing_of(workbook))
    assert (chosen.rows, chosen.hidden) == ((8, 9), 0)


def test_empty_rows_of_a_table_are_not_counted_as_rows_without_an_id(workbook):
    sheet = workbook.sheets["协调台账"]
    sheet.activate()
    sheet.range("A20").expand("right").clear_contents()
    sheet.range("20:20").clear_contents()
    sheet.range("B19:B20").select()
    chosen = selection_of(workbook, ExcelBook.of(workbook), AGREED, pointing_of(workbook))
    assert (chosen.rows, chosen.unnamed, chosen.hidden) == ((19,), 0, 0)
    sheet.range("B20").select()
    with pytest.raises(UsageError, match="第 20 行：选中的行没有编号"):
        selection_of(workbook, ExcelBook.of(workbook), AGREED, pointing_of(workbook)).ids_or_all()


@pytest.mark.parametrize("macro", ["split", "notice", "archive", "explain", "load"])
def test_the_rows_selected_in_another_workbook_are_not_taken_for_ours(office, workbook, path, macro):
    workbook.sheets["协调台账"].activate()
    workbook.sheets["协调台账"].range("A30").select()
    before = cells(ExcelBook.of(workbook))
    other = office.open(shutil.copy(path, path.with_name("budget.xlsx")))
    other.activate()
    other.sheets["协调台账"].activate()
    other.sheets["协调台账"].range("A5:A8").select()
    getattr(macros, macro)(NOW)
    ((prompt, _, buttons, mode),) = office.alerts
    assert (buttons, mode) == ("ok", "critical")
    assert f"当前的工作簿是“{other.name}”" in prompt
    assert cells(ExcelBook.of(workbook)) == before


def test_the_selection_is_the_one_of_the_click_even_if_the_user_moves_on(office, workbook, monkeypatch):
    sheet = workbook.sheets["任务跟踪表"]
    (row,) = rows(workbook, "任务跟踪表", "RW-2026-0124")
    sheet.activate()
    sheet.range(f"C{row}").select()
    ledgers = Click.book.fget

    def moving_on(click):
        workbook.sheets["协调台账"].activate()
        workbook.sheets["协调台账"].range("A5:A9").select()
        return ledgers(click)

    monkeypatch.setattr(Click, "book", property(moving_on))
    macros.explain(NOW)
    assert said(office).startswith("RW-2026-0124 ")


def test_reading_a_selection_costs_the_same_for_few_rows_and_for_many(office, workbook):
    book, sheet = ExcelBook.of(workbook), workbook.sheets["任务跟踪表"]
    book.grid("Tasks")  # what the verb reads anyway is no cost of the selection
    sheet.activate()
    costs = []
    for address in ("B5:B8", "B5:B200"):
        sheet.range(address).select()
        office.reset_calls()
        chosen = selection_of(workbook, book, TIMED, pointing_of(workbook))
        costs.append(office.calls)
    assert len(chosen.ids) > 150
    assert costs[0] == costs[1] < 30
