"""The engine over LibreOffice, held against a file written and read by openpyxl and against values written down by hand."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from tests.libreoffice.engine.refusals import com_error
from tests.libreoffice.uno_bridge import load_uno

HEADERS = ["编号", "日期", "数", "式", "是"]


@pytest.fixture
def path(tmp_path):
    """A table of six rows, odd cells beside it, and a second sheet."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "表 一"
    sheet.append(HEADERS)
    for number in range(6):
        row = [
            f"A{number}",
            dt.datetime(2026, 1, number + 1, 9, 30),
            number * 1.5,
            f"=C{number + 2}*2",
            number % 2 == 0,
        ]
        sheet.append(row)
    for row in range(2, 8):
        sheet.cell(row, 2).number_format = "yyyy-mm-dd hh:mm"
    sheet["A3"].comment = Comment("先前的批注", "某人")
    sheet["A4"].fill = PatternFill("solid", fgColor="FFC7CE")
    sheet.row_dimensions[3].height = 40
    sheet.add_table(Table(displayName="Tab", ref="A1:E7"))
    sheet["G1"], sheet["G2"], sheet["G3"] = "=C3>1", "=1/0", "=NA()"
    sheet["G4"], sheet["G4"].number_format = dt.time(10, 20), "h:mm"
    sheet["H1"], sheet["H2"] = "=SUM(Tab[数])", "=Tab[[#This Row],[数]]+1"
    sheet["H3"], sheet["H3"].number_format = "007", "@"
    made.create_sheet("二")["A1"] = "='表 一'!A2&\"a,b;c\""
    made.defined_names["Here"] = DefinedName("Here", attr_text="'表 一'!$G$4")
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


@pytest.fixture
def book(office, path):
    return office.open(path)


@pytest.fixture
def sheet(book):
    return book.sheets["表 一"]


@pytest.fixture
def stored(office, book, tmp_path):
    """What openpyxl reads from a copy."""

    def read(name="表 一", **options):
        return openpyxl.load_workbook(office.store(book, tmp_path / "copy.xlsx"), **options)[name]

    return read


# reading


def test_a_block_has_the_kinds_of_values_that_excel_gives(sheet):
    assert sheet["A1:E3"].value == [
        HEADERS,
        ["A0", dt.datetime(2026, 1, 1, 9, 30), 0.0, 0.0, True],
        ["A1", dt.datetime(2026, 1, 2, 9, 30), 1.5, 3.0, False],
    ]
    assert type(sheet["C3"].value) is float
    assert sheet["E2"].value is True


def test_odd_cells_are_read_as_excel_gives_them(sheet):
    assert sheet["G1:G4"].value == [True, None, None, dt.datetime(1899, 12, 30, 10, 20)]
    assert sheet["G2:G3"].options(err_to_str=True).value == ["#DIV/0!", "#N/A"]
    assert sheet["G2:G3"].raw_value == ((-2146826281,), (-2146826246,))
    assert sheet["H1:H3"].value == [22.5, 1.0, "007"]
    assert sheet["Z99"].value is None
    assert sheet["G4:Z5"].raw_value == ((dt.datetime(1899, 12, 30, 10, 20), *[None] * 19), (None,) * 20)


def test_every_error_has_its_own_number(sheet):
    errors = ["#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#REF!", "#NAME?"]
    sheet["N1"].value = [[each] for each in errors]
    assert sheet["N1:N7"].options(err_to_str=True).value == errors


def test_formulas_are_in_excels_grammar_and_constants_are_texts(book, sheet):
    assert sheet["D2:H2"].formula == (("=C2*2", "TRUE", "", "=1/0", "=Tab[[#This Row],[数]]+1"),)
    assert sheet["C3"].formula == "1.5"
    assert sheet["H1"].formula == "=SUM(Tab[数])"
    assert book.sheets["二"]["A1"].formula == "='表 一'!A2&\"a,b;c\""


# writing


def test_texts_are_converted_as_excel_does_and_stored_so(sheet, stored):
    sheet["K1"].value = [["12", "2026-11-20", "10:30", "50%", "TRUE", "'007", "#N/A", "=1+1", "文"]]
    assert sheet["K1:S1"].value == [
        12.0, dt.datetime(2026, 11, 20), dt.datetime(1899, 12, 30, 10, 30), 0.5, True, "007", None, 2.0, "文",
    ]  # fmt: skip
    formats = [sheet.range((1, column)).number_format for column in range(11, 15)]
    assert formats == ["General", "yyyy/m/d", "h:mm", "0%"]
    cells = stored()[1][10:19]
    assert [each.data_type for each in cells] == ["n", "d", "d", "n", "b", "s", "f", "f", "s"]
    assert cells[1].value == dt.datetime(2026, 11, 20)
    assert cells[5].value == "007"


def test_a_text_cell_keeps_what_it_is_given(sheet, stored):
    sheet["K1:K3"].number_format = "@"
    sheet["K1:K3"].value = [["12"], ["2026-11-20"], ["=1+1"]]
    assert sheet["K1:K3"].value == ["12", "2026-11-20", "=1+1"]
    assert [stored().cell(row, 11).value for row in (1, 2)] == ["12", "2026-11-20"]


def test_moments_bring_a_format_to_general_cells_and_leave_others(sheet):
    sheet["K1"].value = [[dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 3, 4)]]
    assert (sheet["K1"].number_format, sheet["L1"].number_format) == ("yyyy/m/d", "yyyy/m/d h:mm")
    sheet["B2"].value = dt.datetime(2027, 5, 6)
    assert (sheet["B2"].number_format, sheet["B2"].value) == ("yyyy-mm-dd hh:mm", dt.datetime(2027, 5, 6))


def test_blanks_are_blank_and_numbers_follow_truth_values(sheet, stored):
    sheet["A2:C2"].value = [[None, float("nan"), ""]]
    sheet["E2"].value = 1
    assert sheet["A2:E2"].value == [None, None, None, 0.0, 1.0]
    cells = stored()[2]
    assert [each.value for each in cells[:3]] == [None, None, None]
    assert (cells[4].value, cells[4].data_type) == (1, "n")


def test_one_value_fills_a_range_and_a_formula_moves_along(sheet):
    sheet["K2:K4"].value = "同"
    assert sheet["K2:K4"].value == ["同", "同", "同"]
    sheet["L2:L4"].formula = '=C2&"k"'
    assert sheet["L2:L4"].formula == (('=C2&"k"',), ('=C3&"k"',), ('=C4&"k"',))
    assert sheet["L3"].value == "1.5k"


def test_a_block_too_small_is_filled_with_not_available(sheet):
    sheet["K1:L2"].raw_value = [[1.0, 2.0]]
    assert sheet["K1:L2"].options(err_to_str=True).value == [[1.0, 2.0], ["#N/A", "#N/A"]]


def test_structured_references_can_be_written(sheet, stored):
    sheet["K3"].formula = "=Tab[@数]*2"
    sheet["K4"].formula = "=SUM(Tab[数],IF('表 一'!$A$2=\"x,y\",1,{1,2;3,4}))"
    assert sheet["K3:K4"].value == [3.0, 32.5]
    assert stored()["K3"].value == "=Tab[[#This Row],[数]]*2"


@pytest.mark.parametrize("entry", ["=SUM(", "=1+", "--", "-5天", "@张三", "- 第一条，说明"])
def test_what_excel_takes_for_a_broken_formula_is_refused_and_changes_nothing(sheet, entry):
    with pytest.raises(com_error):
        sheet["A2:A3"].value = [["新"], [entry]]
    assert sheet["A2:A3"].value == ["A0", "A1"]


def test_a_dash_before_a_word_becomes_a_formula(sheet):
    sheet["K1"].value = "-说明"
    assert sheet["K1"].options(err_to_str=True).value == "#NAME?"


def test_notes_heights_and_fills_survive_writing(sheet, stored):
    before = [sheet[f"A{row}"].row_height for row in range(2, 8)]
    sheet["A2:A7"].value = [["很长的一段文字" * 20]] * 6
    assert [sheet[f"A{row}"].row_height for row in range(2, 8)] == before
    assert before[1] == pytest.approx(40, abs=0.5)
    assert sheet["A3"].note.text == "先前的批注"
    assert sheet["A4"].color == (255, 199, 206)
    assert stored()["A3"].comment.text == "先前的批注"


def test_clearing_leaves_notes_and_formats(sheet):
    sheet["A3:B4"].clear_contents()
    assert sheet["A3:B4"].value == [[None, None], [None, None]]
    assert sheet["A3"].note.text == "先前的批注"
    assert sheet["B3"].number_format == "yyyy-mm-dd hh:mm"


# where and what


def test_ranges_lead_to_each_other(sheet):
    assert sheet["A1"].end("down").address == "$A$7"
    assert sheet["A1"].end("right").address == "$E$1"
    assert sheet["A7"].end("down").address == "$A$1048576"
    assert sheet["A1"].current_region.address == "$A$1:$E$7"
    assert sheet["A1"].expand().address == "$A$1:$E$7"
    assert sheet["A2"].offset(1, 1).address == "$B$3"
    assert sheet["A1"].resize(2, 3).shape == (2, 3)
    assert sheet.used_range.address == "$A$1:$H$7"
    assert sheet["A1:B2"].get_address(False, False) == "A1:B2"
    assert sheet["A1"].get_address(include_sheetname=True) == "'表 一'!$A$1"
    assert sheet["A:B"].address == "$A:$B"
    assert sheet["2:3"].address == "$2:$3"
    with pytest.raises(com_error):
        sheet["A1"].offset(-1, 0)


def test_an_address_has_255_characters_at_most_both_ways(sheet):
    areas = [f"A{row}" for row in range(1001, 1101, 2)]
    with pytest.raises(com_error):
        sheet.range(",".join(areas))
    whole = sheet.range(",".join(areas[:40]))
    assert len(whole) == 40
    assert len(whole.address) <= 255
    assert whole.address.count(",") < 39


def test_number_format_of_differing_cells_is_none(sheet):
    assert sheet["A2:B2"].number_format is None
    assert sheet["B2:B7"].number_format == "yyyy-mm-dd hh:mm"
    sheet["C2:C7"].number_format = "0.00"
    assert sheet["C2:C7"].number_format == "0.00"


def test_fill_and_font_are_written_and_stored(sheet, stored):
    assert sheet["A2"].color is None
    sheet["A2:B3"].color = (255, 235, 156)
    sheet["A2"].font.color = "#9C0006"
    sheet["A2"].font.bold = True
    assert (sheet["B3"].color, sheet["A2"].font.color, sheet["A2"].font.bold) == ((255, 235, 156), (156, 0, 6), True)
    assert sheet["A2:B2"].font.bold is None
    cell = stored()["A2"]
    assert (cell.fill.fgColor.rgb, cell.font.color.rgb, cell.font.bold) == ("FFFFEB9C", "FF9C0006", True)
    sheet["A2:B3"].color = None
    assert sheet["A2"].color is None


def test_notes_come_and_go(sheet, stored):
    sheet["B5"].add_note("缺负责人\n请补")
    sheet["B5"].note.text = "已改"
    assert [each.location.address for each in sheet.notes] == ["$A$3", "$B$5"]
    assert stored()["B5"].comment.text == "已改"
    sheet["B5"].note.delete()
    assert sheet["B5"].note is None
    assert len(sheet.notes) == 1


# tables, filters, names, sheets


def test_a_table_is_where_the_file_has_it(sheet, stored):
    table = sheet.tables["Tab"]
    assert [each.name for each in sheet.tables] == ["Tab"]
    assert (table.range.address, table.data_body_range.address) == ("$A$1:$E$7", "$A$2:$E$7")
    assert table.header_row_range.value == HEADERS
    assert (table.show_totals, table.show_autofilter, table.totals_row_range) == (False, True, None)
    assert table.columns["数"].data_body_range.address == "$C$2:$C$7"
    assert sheet["C3"].table == table
    assert sheet.range("Tab[日期]").address == "$B$2:$B$7"
    table.resize(sheet["A1:E9"])
    assert sheet.tables["Tab"].range.address == "$A$1:$E$9"
    assert stored().tables["Tab"].ref == "A1:E9"
    with pytest.raises(com_error):
        table.resize(sheet["A2:E9"])


def test_filters_hide_rows_and_give_them_back(sheet):
    table = sheet.tables["Tab"]
    table.autofilter.apply_comparison(3, "greater_than", 4)
    assert [sheet[f"A{row}"].rows.hidden for row in range(1, 9)] == [False, True, True, True, *[False] * 4]
    assert [each.type for each in table.autofilter.criteria] == ["none", "none", "comparison", "none", "none"]
    assert [each.address for each in table.range.get_special_cells("visible")] == ["$A$1:$E$1", "$A$5:$E$7"]
    assert sheet["A2:A6"].rows.hidden is None
    assert len(sheet["A2:A7"].value) == 6
    table.autofilter.clear()
    table.autofilter.apply_values(1, ["A1", "A3"])
    assert [each.address for each in table.data_body_range.get_special_cells("visible")] == ["$A$3:$E$3", "$A$5:$E$5"]
    table.autofilter.clear()
    assert sheet["A1:A9"].rows.hidden is False
    table.autofilter.apply_values(5, ["TRUE"])
    assert [sheet[f"A{row}"].rows.hidden for row in range(2, 8)] == [False, True] * 3


def test_names_lead_to_their_cells(book, sheet):
    assert (book.names["Here"].refers_to, book.names["Here"].refers_to_range.address) == ("='表 一'!$G$4", "$G$4")
    assert sheet.range("Here").address == "$G$4"
    book.names.add("New", "='表 一'!$A$1:$B$2")
    assert [each.name for each in book.names] == ["Here", "New"]
    assert book.names["New"].refers_to_range.shape == (2, 2)


def test_sheets_come_and_go(book, stored):
    book.sheets.add("三", after="二")
    assert book.sheet_names == ["表 一", "二", "三"]
    assert book.sheets.active.name == "三"
    book.sheets["二"].visible = False
    book.sheets["三"].delete()
    assert stored("二").sheet_state == "hidden"
    with pytest.raises(com_error):
        book.sheets["四"]


def test_a_protected_sheet_refuses_every_change(office, book, sheet):
    office.protect(book, "表 一")
    changes = [
        lambda: setattr(sheet["A2"], "value", "x"),
        lambda: setattr(sheet["A2"], "color", (1, 2, 3)),
        lambda: setattr(sheet["A2"].font, "bold", True),
        lambda: sheet["A2"].clear_contents(),
        lambda: sheet["A2"].add_note("x"),
        lambda: sheet.tables["Tab"].resize(sheet["A1:E9"]),
        lambda: sheet["2:2"].delete(),
    ]
    for change in changes:
        with pytest.raises(com_error):
            change()
    assert sheet["A2"].value == "A0"
    office.unprotect(book, "表 一")
    sheet["A2"].value = "x"
    assert sheet["A2"].value == "x"


# the application


def test_a_selection_of_several_areas_is_known_area_by_area(office, book, sheet):
    sheet["A2:B3,D4"].select()
    selection = book.selection
    assert (selection.address, selection.shape, len(selection)) == ("$A$2:$B$3,$D$4", (2, 2), 5)
    assert [each.address for each in selection.get_special_cells("visible")] == ["$A$2:$B$3", "$D$4"]
    sheet.tables["Tab"].autofilter.apply_values(1, ["A1"])
    assert [each.address for each in selection.get_special_cells("visible")] == ["$A$3:$B$3"]
    with pytest.raises(com_error):
        book.sheets["二"]["A1"].select()
    assert office.view(book).selection == "$A$2:$B$3,$D$4"


def test_where_the_window_stands_can_be_seen(office, book, sheet):
    sheet.freeze_panes.freeze_at("A1")
    office.scroll(book, 5)
    view = office.view(book)
    assert (view.sheet, view.row, view.frozen) == ("表 一", 5, True)
    book.sheets["二"].activate()
    assert office.view(book).sheet == "二"


def test_message_boxes_are_recorded_and_answered(office):
    assert office.app.alert("继续？", "协调管理", "yes_no") == "yes"
    office.answers.append("cancel")
    assert office.app.alert("发送？", buttons="ok_cancel", mode="info") == "cancel"
    assert office.alerts == [("继续？", "协调管理", "yes_no", None), ("发送？", None, "ok_cancel", "info")]
    office.answers.append("no")
    with pytest.raises(AssertionError, match="no button"):
        office.app.alert("x")


def test_switches_of_the_application_are_on_record(office):
    with office.app.properties(screen_updating=False, status_bar="正在校验"):
        assert office.app.screen_updating is False
    assert office.settings == [("screen_updating", False), ("screen_updating", True)]
    assert office.status == ["正在校验", False]


def test_saving_is_recorded_and_the_file_stays_as_it_was(office, book, sheet, path):
    before = path.read_bytes()
    sheet["A2"].value = "改"
    book.save()
    assert office.saves == [("book.xlsx", None, None)]
    assert path.read_bytes() == before
    with pytest.raises(ValueError, match="another path"):
        office.store(book, path)


def test_books_are_found_and_the_one_in_front_is_the_active(office, book, path, tmp_path):
    shutil.copy(path, tmp_path / "other.xlsx")
    other = office.open(tmp_path / "other.xlsx")
    assert [each.name for each in office.app.books] == ["book.xlsx", "other.xlsx"]
    assert xw.books.active == other
    book.activate()
    assert xw.books.active == book
    assert book.fullname == str(path)
    other.close()
    assert len(office.app.books) == 1
    assert office.new().fullname.startswith("工作簿")


def test_without_a_workbook_nothing_is_active(office):
    assert len(office.app.books) == 0
    assert office.app.selection is None
    with pytest.raises(AttributeError):
        _ = xw.books.active.name


def test_a_cloud_address_is_not_a_path(office, book):
    office.addresses["book.xlsx"] = "https://example.sharepoint.com/sites/x/book.xlsx"
    with pytest.raises(xw.XlwingsError):
        _ = book.fullname


def test_a_busy_host_rejects_calls(office, sheet):
    office.busy = True
    with pytest.raises(com_error) as caught:
        _ = sheet["A1"].value
    assert caught.value.hresult == -2147418111
    office.busy = False
    assert sheet["A1"].value == "编号"


def test_a_block_counts_no_more_than_a_cell_and_rows_one_by_one_do(office, sheet):
    def calls(act):
        office.reset_calls()
        act()
        return office.calls

    assert calls(lambda: sheet["A1:H7"].value) == calls(lambda: sheet["A1:A2"].value)
    assert calls(lambda: setattr(sheet["K1:K500"], "value", "x")) == calls(
        lambda: setattr(sheet["K1:K5"], "value", "x")
    )
    assert calls(lambda: sheet["A1:A500"].rows.hidden) > 500
    assert calls(lambda: sheet["A1:A500"].set_colors([[(1, 2, 3)]] * 500)) > 500


def test_of_com_only_a_few_facts_are_told(office, book, sheet):
    assert (book.api.Date1904, book.api.ReadOnly, book.api.Saved, sheet.api.ProtectContents) == (
        False,
        False,
        True,
        False,
    )
    office.document(book).Sheets[0].getCellRangeByName("A3").CellProtection = _unlocked()
    assert [sheet[each].api.Locked for each in ("A2", "A3", "A2:A3")] == [True, False, None]
    office.protect(book, "表 一")
    assert sheet.api.ProtectContents is True
    sheet["A3"].value = "x"
    assert book.api.Saved is False
    with pytest.raises(AttributeError, match="Evaluate"):
        _ = sheet.api.Evaluate


def _unlocked():
    return load_uno().createUnoStruct("com.sun.star.util.CellProtection")


def test_the_caller_of_a_macro_is_the_book_that_a_test_names(book):
    book.set_mock_caller()
    assert xw.Book.caller() == book


# life


def test_a_second_office_opens_the_same_file_and_leaves_nothing(office, book, path):
    from tests.libreoffice.office import Office

    engine = xw.engines.active
    second = Office()
    second.start()
    try:
        assert len(second.app.books) == 0
        second.open(path).sheets[0]["A1"].value = "另"
        assert len(office.documents()) == 1
    finally:
        second.stop()
        engine.activate()
        xw.engines.engines_by_name["excel"] = engine
    assert not second.alive
    assert not second.profile.exists()
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert book.sheets[0]["A1"].value == "编号"


@pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("import")), reason="no Xvfb or imagemagick on this machine"
)
def test_a_picture_of_the_window_can_be_taken(path, tmp_path):
    command = [sys.executable, "tests/libreoffice/pictures.py", str(path), str(tmp_path / "seen.png"), "表 一", "C3"]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, timeout=120)
    seen = subprocess.run(
        ["identify", "-format", "%w %h %k", str(tmp_path / "seen.png")], capture_output=True, check=True
    )
    width, height, colors = map(int, seen.stdout.split())
    assert (width, height) == (1366, 768)
    assert colors > 50
