"""What only a live workbook meets: a user who goes on working, filters, protection, other workbooks, and Excel's own mind."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import xlsxwriter

from coordination_xl.books import (
    BlockChange,
    ChangeSet,
    ColumnChange,
    HeightChange,
    Link,
    RowsAdded,
    TableReplaced,
)
from coordination_xl.books.excel import ExcelBook
from coordination_xl.errors import (
    ExcelBusy,
    ForeignWorkbook,
    FormulaInTheWay,
    MissingTable,
    NoRoomForRows,
    NoWorkbookOpen,
    ProtectedSheet,
    ReadOnlyWorkbook,
    SaveFailed,
    UsageError,
    WorkbookNotLocal,
    WriteRefused,
)
from tests.books.contract import change, column, state
from tests.libreoffice.engine.cells import Range, values
from tests.libreoffice.engine.refusals import refused

HEADERS = ("编号", "名称", "数量", "到期", "文本")


@pytest.fixture
def path(tmp_path):
    """Two sheets with a table of five rows each; the last column is of number format ``@``; blocks on a third sheet."""
    path = tmp_path / "台账.xlsx"
    book = xlsxwriter.Workbook(str(path))
    moment, text = book.add_format({"num_format": "yyyy-mm-dd hh:mm"}), book.add_format({"num_format": "@"})
    for sheet_name, table in (("一", "First"), ("二", "Second")):
        sheet = book.add_worksheet(sheet_name)
        for at in range(5):
            sheet.write_row(1 + at, 0, [f"X-{at}", f"第{at}项", float(at)])
            sheet.write_number(1 + at, 3, 46_000 + at, moment)
            sheet.write_string(1 + at, 4, f"0{at}", text)
        sheet.add_table(0, 0, 5, 4, {"name": table, "columns": [{"header": each} for each in HEADERS]})
    sheet.write("C10", "甲")
    sheet.add_table("C9:C10", {"name": "Below", "columns": [{"header": "下方"}]})
    board = book.add_worksheet("看板")
    board.merge_range("B2:C2", "宽")
    board.merge_range("B3:B4", "高")
    board.write("B5", 5)
    board.write_formula("B6", "=1+1", None, 2)
    board.write("D2", "甲")
    book.define_name("竖", "='看板'!$B$2:$C$5")
    book.define_name("算", "=看板!$B$6")
    book.define_name("全表", "=SUM(看板!$B$5)")
    book.define_name("丁", "='看板'!$D$2")
    book.close()
    return path


@pytest.fixture
def workbook(office, path):
    return office.open(path)


@pytest.fixture
def live(workbook):
    return ExcelBook.of(workbook)


def everything(workbook):
    return state(ExcelBook.of(workbook)), {sheet.name: sheet.range("A1:H30").formula for sheet in workbook.sheets}


def columns(*changes):
    return ChangeSet(columns=changes)


def test_many_kinds_of_text_survive_in_general_and_in_text_cells(workbook, live):
    texts = column("12", "=1+1", "'引", "2026-11-20", "平常的话")
    live.apply(columns(*(change(live, header, (2, 3, 4, 5, 6), texts, table="First") for header in ("名称", "文本"))))
    assert live.grid("First").column("名称").tolist() == texts.tolist()
    assert live.grid("First").column("文本").tolist() == texts.tolist()
    assert live.formulas("First") == frozenset()
    assert workbook.sheets["一"].range("E2:E6").number_format == "@"


def test_no_apostrophe_goes_where_none_is_needed(live, monkeypatch):
    written, write = [], values.write
    monkeypatch.setattr(values, "write", lambda *given: (written.extend(given[3]), write(*given))[1])
    live.apply(columns(change(live, "名称", (2, 3), column("平常的话", "12"), table="First")))
    assert written == [["平常的话"], ["'12"]]


def test_a_text_that_excel_takes_for_something_else_all_the_same_is_put_right(live, monkeypatch):
    from tests.libreoffice.engine import entries

    known = entries.number
    monkeypatch.setattr(
        entries, "number", lambda text, today: entries.Entry("number", 5.0) if text == "第五项" else known(text, today)
    )
    live.apply(columns(change(live, "名称", (2, 3), column("第五项", "别的"), table="First")))
    assert live.grid("First").column("名称")[:2].tolist() == ["第五项", "别的"]


def test_numbers_truth_values_and_links_are_what_they_are_even_in_text_cells(workbook, live):
    new = column(7, True, Link("'一'!A1", "看"), None, "08")
    live.apply(columns(change(live, "文本", (2, 3, 4, 5, 6), new, table="First")))
    assert live.grid("First").column("文本").tolist() == [7.0, True, "看", None, "08"]
    assert live.formulas("First") == {(4, 5)}
    assert workbook.sheets["一"].range("E4").formula.startswith('=HYPERLINK("#')


def test_long_texts_go_in_whole_beside_short_ones(live):
    texts = column("长" * 9_000, "短", "=" * 32_000)
    live.apply(columns(change(live, "名称", (2, 3, 4), texts, table="First")))
    assert live.grid("First").column("名称")[:3].tolist() == texts.tolist()


def test_new_rows_show_dates_as_the_rows_above_do(workbook, live):
    moment = live.grid("First").column("到期")[0]
    live.apply(ChangeSet(added=(RowsAdded("First", ("编号", "到期"), (column("X-9"), column(moment))),)))
    assert workbook.sheets["一"].range("D7").number_format == workbook.sheets["一"].range("D6").number_format
    assert workbook.sheets["一"].tables["First"].range.address == "$A$1:$E$7"


def test_a_cell_that_was_edited_meanwhile_is_not_overwritten(workbook, live):
    wanted = columns(change(live, "名称", (2, 3), column("新", "新"), table="First"))
    workbook.sheets["一"].range("B3").value = "由人改动"
    before = everything(workbook)
    with pytest.raises(SaveFailed, match=r"计算期间被改动.*再点一次"):
        live.apply(wanted)
    assert everything(workbook) == before


@pytest.mark.parametrize("what", ["header", "row", "renamed", "deleted"])
def test_a_table_that_was_changed_meanwhile_is_not_written(workbook, live, what):
    wanted = columns(change(live, "名称", (2, 3), column("新", "新"), table="First"))
    sheet = workbook.sheets["一"]
    match what:
        case "header":
            sheet.range("B1").value = "改名"
        case "row":
            sheet.tables["First"].resize(sheet.range("A1:E8"))
        case "renamed":
            sheet.tables["First"].name = "Other"
        case "deleted":
            sheet.delete()
    with pytest.raises(Exception, match="再点一次"):
        live.apply(wanted)


def test_a_block_that_was_edited_meanwhile_is_not_overwritten(workbook, live):
    block = live.block("丁")
    workbook.sheets["看板"].range("D2").value = "由人改动"
    with pytest.raises(SaveFailed, match="看板·丁"):
        live.apply(ChangeSet(blocks=(BlockChange("丁", block, column("新")),)))
    assert workbook.sheets["看板"].range("D2").value == "由人改动"


def test_after_a_refusal_the_book_reads_anew(workbook, live):
    wanted = columns(change(live, "名称", (2,), column("新"), table="First"))
    workbook.sheets["一"].range("B2").value = "由人改动"
    with pytest.raises(SaveFailed):
        live.apply(wanted)
    assert live.grid("First").column("名称")[0] == "由人改动"


def test_what_fails_in_the_middle_is_undone_on_every_sheet(office, workbook, live):
    before = everything(workbook)
    office.protect(workbook, "二")
    both = ChangeSet(
        columns=tuple(change(live, "文本", (2, 4), column(7, "x"), table=table) for table in ("First", "Second")),
        added=tuple(RowsAdded(table, ("编号",), (column("X-9"),)) for table in ("First",)),
    )
    with pytest.raises(ProtectedSheet, match="二"):
        live.apply(both)
    office.unprotect(workbook, "二")
    assert everything(workbook) == before
    assert workbook.sheets["一"].range("E2:E6").number_format == "@"
    assert workbook.sheets["一"].tables["First"].range.address == "$A$1:$E$6"


def test_what_is_read_back_otherwise_is_told_with_its_cell_and_undone(workbook, live, monkeypatch):
    before = everything(workbook)
    put = Range._put

    def spoiled(self, data):
        put(self, [[9.0 if cell == 5.0 else cell for cell in row] for row in data] if isinstance(data, list) else data)

    monkeypatch.setattr(Range, "_put", spoiled)
    with pytest.raises(SaveFailed, match=r"一!C3 应为 5，读回 9）") as caught:
        live.apply(columns(change(live, "数量", (2, 3), column(4, 5), table="First")))
    assert "恢复原状" in caught.value.remedy
    assert everything(workbook) == before


def test_what_can_not_be_put_back_is_told_in_excels_own_words(live, monkeypatch):
    put, written = Range._put, []

    def stuck(self, data):
        if written:
            raise refused("内存不足，无法继续。")
        written.append(self.address)
        put(self, data)

    monkeypatch.setattr(Range, "_put", stuck)
    with pytest.raises(SaveFailed, match=r"写入中断（内存不足，无法继续。）。未能全部恢复原状") as caught:
        live.apply(columns(*(change(live, "数量", (2, 3), column(4, 5), table=each) for each in ("First", "Second"))))
    assert "-21" not in str(caught.value)
    assert type(caught.value.__cause__).__name__ == "com_error"  # what a maintainer needs


def test_a_blank_that_was_read_back_is_called_so(live, monkeypatch):
    put = Range._put

    def spoiled(self, data):
        put(self, [[None if cell == 5.0 else cell for cell in row] for row in data] if isinstance(data, list) else data)

    monkeypatch.setattr(Range, "_put", spoiled)
    with pytest.raises(SaveFailed, match=r"（一!C3 应为 5，读回 空白）"):
        live.apply(columns(change(live, "数量", (2, 3), column(4, 5), table="First")))


def excels_way(self, data, put=Range._put):
    """What Excel does with a block over filtered rows: its first value lands in every visible cell."""
    hidden = [
        row
        for row in range(self.box.row, self.box.last_row + 1)
        if not self._sheet.uno.Rows.getByIndex(row - 1).IsVisible
    ]
    if isinstance(data, list) and hidden and self.box.rows > 1:
        for row in set(range(self.box.row, self.box.last_row + 1)).difference(hidden):
            put(self._at(self.box._replace(row=row, rows=1)), data[0][0])
    else:
        put(self, data)


def test_filtered_rows_get_their_values_and_stay_filtered(workbook, live, monkeypatch):
    sheet = workbook.sheets["一"]
    sheet.tables["First"].autofilter.apply_values(1, ["X-1", "X-3"])
    visible = [each.address for each in sheet.range("A2:A6").get_special_cells("visible")]
    assert visible == ["$A$3", "$A$5"]
    monkeypatch.setattr(Range, "_put", excels_way)
    new = column(10, 11, 12, 13, 14)
    added = RowsAdded("First", ("编号", "数量"), (column("X-8", "X-9"), column(15, 16)))
    live.apply(ChangeSet(columns=(change(live, "数量", (2, 3, 4, 5, 6), new, table="First"),), added=(added,)))
    assert live.grid("First").column("数量").tolist() == [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]
    assert [each.address for each in sheet.range("A2:A6").get_special_cells("visible")] == visible


@pytest.mark.parametrize("hidden", ["B:C", "A:E"])
def test_hidden_columns_are_written_as_well(workbook, live, hidden):
    workbook.sheets["一"].range(hidden).columns.hidden = True
    live.apply(columns(change(live, "数量", (2, 3, 4), column(7, 8, 9), table="First")))
    assert live.grid("First").column("数量")[:3].tolist() == [7.0, 8.0, 9.0]


def test_a_hidden_sheet_is_read_and_written(workbook):
    workbook.sheets["一"].visible = False
    live = ExcelBook.of(workbook)
    live.apply(columns(change(live, "数量", (2,), column(7), table="First")))
    assert live.sheets() == ("一", "二", "看板")
    assert live.grid("First").column("数量")[0] == 7.0


def test_a_link_of_its_own_is_written_over_and_a_users_formula_is_not(workbook, live):
    link = column(Link("'一'!A1", "看"))
    live.apply(columns(change(live, "名称", (2,), link, table="First")))
    live.apply(columns(change(live, "名称", (2,), column("平常"), table="First")))
    assert live.grid("First").column("名称")[0] == "平常"
    workbook.sheets["一"].range("B3").formula = "=1+1"
    before = everything(workbook)
    live = ExcelBook.of(workbook)
    changes = (
        columns(change(live, "名称", (2, 3), column("x", "y"), table="First")),
        ChangeSet(replaced=(TableReplaced("First", ("名称",), (column("x"),)),)),
        ChangeSet(blocks=(BlockChange("算", live.block("算"), column(1)),)),
    )
    for each, cell in zip(changes, ("一!B3", "一!B3", "看板!B6"), strict=True):
        with pytest.raises(FormulaInTheWay, match=cell):
            live.apply(each)
    assert everything(workbook) == before


def test_a_calculated_column_is_excels_in_new_rows(workbook):
    workbook.sheets["一"].range("C2:C6").formula = "=ROW()"
    live = ExcelBook.of(workbook)
    with pytest.raises(FormulaInTheWay, match=r"数量.*计算列"):
        live.apply(ChangeSet(added=(RowsAdded("First", ("编号", "数量"), (column("X-9"), column(1))),)))
    live.apply(ChangeSet(added=(RowsAdded("First", ("编号",), (column("X-9"),)),)))
    assert live.grid("First").column("编号")[5] == "X-9"


def test_a_formula_in_the_last_row_alone_makes_no_calculated_column(workbook):
    workbook.sheets["一"].range("C6").formula = "=ROW()"
    live = ExcelBook.of(workbook)
    live.apply(ChangeSet(added=(RowsAdded("First", ("编号", "数量"), (column("X-9"), column(1))),)))
    assert live.grid("First").column("数量")[4:].tolist() == [6.0, 1.0]
    assert workbook.sheets["一"].range("C6").formula == "=ROW()"


def test_no_rows_are_added_over_what_stands_below(workbook):
    more = ChangeSet(added=(RowsAdded("First", ("编号",), (column("X-8", "X-9"),)),))
    cell = workbook.sheets["一"].range("C8")
    for content in ("别的", '=""'):
        cell.formula = content
        live = ExcelBook.of(workbook)
        before = everything(workbook)
        with pytest.raises(NoRoomForRows, match="C8 已有内容"):
            live.apply(more)
        assert everything(workbook) == before
    cell.clear_contents()
    ExcelBook.of(workbook).apply(more)


def test_no_rows_are_added_into_merged_cells_or_another_table(office, workbook):
    more = ChangeSet(added=(RowsAdded("First", ("编号",), (column("X-8", "X-9"),)),))
    office.document(workbook).Sheets.getByName("一").getCellRangeByName("A8:B8").merge(True)
    with pytest.raises(NoRoomForRows, match="合并"):
        ExcelBook.of(workbook).apply(more)
    more = ChangeSet(added=(RowsAdded("Second", ("编号",), (column("X-7", "X-8", "X-9"),)),))
    with pytest.raises(NoRoomForRows, match="Below"):
        ExcelBook.of(workbook).apply(more)


def test_a_merged_area_is_written_only_in_its_first_cell(workbook, live, monkeypatch):
    written, put = [], Range._put
    monkeypatch.setattr(Range, "_put", lambda self, data: (written.append(self.address), put(self, data))[1])
    block = live.block("竖")
    assert block.tolist() == ["宽", "高", None, 5.0]
    live.apply(ChangeSet(blocks=(BlockChange("竖", block, column("新宽", "新高", None, 6)),)))
    assert live.block("竖").tolist() == ["新宽", "新高", None, 6.0]
    assert written == ["$B$2:$B$3", "$B$5"]
    assert workbook.sheets["看板"].range("B3").merge_area.address == "$B$3:$B$4"
    with pytest.raises(WriteRefused, match=r"看板!B4.*合并区域"):
        live.apply(ChangeSet(blocks=(BlockChange("竖", live.block("竖"), column("a", "b", "c", 1)),)))


def test_a_name_that_is_not_a_rectangle_is_no_block(live):
    assert live.block("全表") is None
    assert live.place("全表") is None
    assert live.height("全表") is None
    assert live.place("算") == ("看板", "B6")


def test_two_values_for_one_cell_or_row_are_refused(workbook, live):
    before = everything(workbook)
    one = change(live, "名称", (2,), column("x"), table="First")
    with pytest.raises(UsageError, match="一!B2"):
        live.apply(columns(one, one))
    with pytest.raises(UsageError, match="两个行高"):
        live.apply(ChangeSet(heights=(HeightChange("丁", 30), HeightChange("竖", 40))))
    assert everything(workbook) == before


def test_the_given_workbook_is_used_and_not_the_one_in_front(office, workbook, live, tmp_path):
    other_path = tmp_path / "另.xlsx"
    xlsxwriter.Workbook(str(other_path)).close()
    other = office.open(other_path)
    other.activate()
    assert office.app.books.active.name == "另.xlsx"
    live.apply(columns(change(live, "名称", (2,), column("新"), table="First")))
    assert workbook.sheets["一"].range("B2").value == "新"
    assert office.app.books.active.name == "另.xlsx"
    with pytest.raises(ForeignWorkbook, match=r"另\.xlsx"):
        ExcelBook.of(other).require_ledgers()


def test_a_busy_excel_is_said_to_be_busy(office, workbook, live):
    wanted = columns(change(live, "名称", (2,), column("新"), table="First"))
    acts = [
        lambda: ExcelBook.of(workbook),
        lambda: ExcelBook(workbook, live.name, live._facts).tables(),
        lambda: live.grid("Second"),
        lambda: live.formulas("Second"),
        lambda: live.block("丁"),
        lambda: live.height("竖"),
        live.check_writable,
        lambda: live.apply(wanted),
    ]
    office.busy = True
    for act in acts:
        with pytest.raises(ExcelBusy, match="正在编辑"):
            act()
    office.busy = False
    live.apply(columns(change(live, "名称", (2,), column("新"), table="First")))


def test_excel_that_becomes_busy_while_it_is_written_is_told_and_the_cells_are_put_back(workbook, live, monkeypatch):
    before = everything(workbook)
    wanted = columns(
        change(live, "名称", (2,), column("新"), table="First"),
        change(live, "名称", (2,), column("新"), table="Second"),
    )
    put, done = Range._put, []

    def busy_once(self, data):
        done.append(data)
        if len(done) == 2:
            from tests.libreoffice.engine.refusals import busy

            raise busy()
        put(self, data)

    monkeypatch.setattr(Range, "_put", busy_once)
    with pytest.raises(ExcelBusy):
        live.apply(wanted)
    assert everything(workbook) == before


def test_a_workbook_that_was_never_saved_has_no_folder(office):
    with pytest.raises(WorkbookNotLocal, match="还没有保存"):
        ExcelBook.of(office.new())


def test_a_workbook_from_the_web_has_no_folder(office, workbook):
    for address in ("https://x.sharepoint.com/sites/y/台账.xlsx", "https://d.docs.live.net/1/台账.xlsx"):
        office.addresses[workbook.name] = address
        with pytest.raises(WorkbookNotLocal, match=r"台账.xlsx") as caught:
            ExcelBook.of(workbook)
        assert "另存" in caught.value.remedy


def test_a_missing_table_of_the_schema_names_its_sheet(live):
    with pytest.raises(MissingTable, match=r"任务跟踪表.*Tasks"):
        live.grid("Tasks")


class Told:
    """Facts that this host has no words for, as Excel would tell them."""

    def __init__(self, **facts):
        self.facts = {
            "date1904": False,
            "is_read_only": False,
            "is_saved": True,
            "is_protected": False,
            "is_locked": True,
        }
        self.facts |= facts
        self.asked = []

    def __getattr__(self, name):
        def answer(thing):
            self.asked.append((name, getattr(thing, "name", None) if name == "is_protected" else None))
            return self.facts[name]

        return answer


def test_a_read_only_workbook_is_read_but_not_written(workbook):
    live = ExcelBook.of(workbook, facts=Told(is_read_only=True))
    before = everything(workbook)
    with pytest.raises(ReadOnlyWorkbook, match="只读"):
        live.apply(columns(change(live, "名称", (2,), column("新"), table="First")))
    with pytest.raises(ReadOnlyWorkbook):
        live.check_writable()
    assert everything(workbook) == before


def test_protection_is_asked_for_before_anything_is_written_and_only_where_it_matters(office, workbook):
    facts = Told(is_protected=True)
    live = ExcelBook.of(workbook, facts=facts)
    wanted = columns(change(live, "名称", (3,), column("新"), table="First"))
    office.settings.clear()
    with pytest.raises(ProtectedSheet, match="一!B3"):
        live.apply(wanted)
    assert [name for what, name in facts.asked if what == "is_protected"] == ["一"]
    assert office.settings == []
    facts.facts["is_locked"] = False
    live.apply(columns(change(live, "名称", (3,), column("新"), table="First")))
    for more in (
        ChangeSet(added=(RowsAdded("First", ("编号",), (column("X-9"),)),)),
        ChangeSet(heights=(HeightChange("丁", 30),)),
    ):
        with pytest.raises(ProtectedSheet):
            live.apply(more)


def test_unsaved_changes_are_told_where_excel_tells(workbook):
    assert ExcelBook.of(workbook, facts=Told(is_saved=False)).has_unsaved_changes is True
    assert ExcelBook.of(workbook, facts=Told()).has_unsaved_changes is False
    assert ExcelBook.of(workbook, facts=Told(is_saved=None)).has_unsaved_changes is None


def test_the_date_system_is_the_workbooks(workbook):
    live = ExcelBook.of(workbook, facts=Told(date1904=True))
    assert live.grid("First").date1904
    assert not ExcelBook.of(workbook).grid("First").date1904


def test_a_workbook_that_was_closed_is_said_to_be_closed():
    class com_error(Exception):  # noqa: N801 as pywin32 calls it
        hresult, excepinfo = -2147417848, None

    class Closed:
        name = property(lambda _: (_ for _ in ()).throw(com_error()))

    live = ExcelBook(Closed(), "台账.xlsx", Told())
    with pytest.raises(NoWorkbookOpen, match="已经关闭"):
        live.check_writable()
    with pytest.raises(NoWorkbookOpen):
        ExcelBook.of(SimpleNamespace(name=property(), fullname=None) and Closed())


def test_rows_without_order_or_repeated_are_refused(live):
    good = change(live, "名称", (2,), column("x"), table="First")
    for rows in ((3, 2), (2, 2)):
        bad = ColumnChange("First", "名称", np.array(rows), column("", ""), column(None, None), column("a", "b"))
        with pytest.raises(UsageError, match="次序"):
            live.apply(columns(bad))
    live.apply(columns(good))
