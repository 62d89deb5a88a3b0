import os
import re
import shutil
import socket
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from coordination_xl.actions.archive import archive
from coordination_xl.actions.check import check
from coordination_xl.actions.load import load
from coordination_xl.actions.notices import notices
from coordination_xl.actions.recur import recur
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.remind import remind
from coordination_xl.actions.split import split
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.clicking.click import Click
from coordination_xl.addin.clicking.confirmed import is_confirmed
from coordination_xl.addin.marking.mark_notes import read_note
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import AGREED, TIMED, selection_of
from coordination_xl.addin.vba.messages import MESSAGES, SAID
from coordination_xl.books import open_book
from coordination_xl.books.excel import ExcelBook
from coordination_xl.dispatch.servers import smtp_server
from coordination_xl.errors import UsageError
from coordination_xl.ledger.findings import shown
from coordination_xl.schema.tables import TABLES
from tests.dispatch.post_office import opened
from tests.libreoffice.engine.cells import Range
from tests.libreoffice.engine.refusals import com_error, refused

NOW = datetime(2026, 11, 20, 10, 0)
DONE = (False,)
"""What the status bar holds when Excel has it back."""


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path_factory):
    """Which accounts were agreed to is this test's own."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def path(tmp_path, pytestconfig):
    """The demo workbook that is opened."""
    (tmp_path / "open").mkdir()
    return Path(shutil.copy(pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx", tmp_path / "open"))


@pytest.fixture
def closed(tmp_path, path):
    """The same workbook in a folder of its own, as a closed file."""
    (tmp_path / "closed").mkdir()
    return open_book(shutil.copy(path, tmp_path / "closed"))


@pytest.fixture
def workbook(office, path):
    book = office.open(path)
    book.set_mock_caller()
    return book


@pytest.fixture
def browser(monkeypatch, tmp_path):
    """The browser is a script that writes down what it was to open."""
    opened = tmp_path / "opened.txt"
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    return opened


@pytest.fixture
def folders(monkeypatch, tmp_path):
    """What opens folders is a script that writes down which."""
    opened = tmp_path / "folders.txt"
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    return opened


def settings(workbook):
    """The cells of 参数 by their key."""
    sheet = workbook.sheets["参数"]
    body = sheet.tables["Settings"].data_body_range
    return {row[0]: body[place, 1] for place, row in enumerate(body.value)}


def cells(book):
    """Every table, header by header."""
    return {
        table.name: {h: list(c) for h, c in zip(grid.header, grid.columns, strict=True)}
        for table in TABLES
        for grid in [book.grid(table.name)]
    }


def unlike(workbook, closed, result):
    """The tables of the open workbook that differ from what the closed file holds once it is given the result."""
    result.write(closed)
    now, wanted = cells(ExcelBook.of(workbook)), cells(open_book(closed.name))
    return [name for name in wanted if now[name] != wanted[name]]


def lying(folder):
    """Every file below a folder but the workbooks, with its content."""
    files = (each for each in folder.rglob("*") if each.is_file() and not each.name.startswith((".~", "coordination")))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


def rows(workbook, sheet, record):
    """The sheet rows of an id, in the first column of a ledger."""
    ids = workbook.sheets[sheet].range("A5:A400").value
    return [5 + place for place, value in enumerate(ids) if value == record]


def said(office):
    return office.alerts[-1][0]


def test_every_button_has_its_macro():
    assert all(callable(getattr(macros, button.macro)) for button in BUTTONS)


def test_refresh_writes_what_the_closed_file_would_get(office, workbook, closed):
    result = refresh(closed, NOW, actor=actor())
    macros.refresh(NOW)
    assert unlike(workbook, closed, result) == []
    assert f"逾期 {result.summary['overdue']} 项" in said(office)
    assert office.status[-1:] == list(DONE)


@pytest.mark.usefixtures("workbook")
def test_refresh_twice_writes_nothing_the_second_time(office):
    macros.refresh(NOW)
    macros.refresh(NOW)
    assert said(office).endswith("各列都已是最新，没有改动。")


def test_the_selection_and_the_active_sheet_stay(office, workbook):
    sheet = workbook.sheets["问题台账"]
    sheet.activate()
    sheet.range("C7:D9").select()
    macros.refresh(NOW)
    macros.check(NOW)
    assert (workbook.sheets.active.name, office.app.selection.address) == ("问题台账", "$C$7:$D$9")


def test_check_lists_and_marks_and_mends_nothing_on_no(office, workbook, closed):
    result = check(closed, NOW)
    office.answers = ["no"]
    macros.check(NOW)
    assert unlike(workbook, closed, result) == []
    own = [note for note in workbook.notes if read_note(note.text)]
    assert len(own) == len({(found.sheet, found.address) for found in result.findings if found.address})
    assert f"发现错误 {sum(found.is_error for found in result.findings)} 处" in said(office)


def test_check_mends_on_yes_and_marks_what_is_left(office, workbook, closed):
    fixed = check(closed, NOW, fix=True, actor=actor())
    macros.check(NOW)
    question, title, buttons, _ = office.alerts[0]
    assert (title, buttons) == ("协调管理 · 校验", "yes_no")
    assert f"其中 {fixed.summary['mended']} 格只有一种改法" in question
    assert unlike(workbook, closed, fixed) == []
    assert f"已改正 {fixed.summary['mended']} 格" in said(office)
    marked = {(note.location.sheet.name, note.location.address) for note in workbook.notes if read_note(note.text)}
    (row,) = rows(workbook, "协调台账", "XT-2026-0007")
    assert not [address for sheet, address in marked if sheet == "协调台账" and address == f"$D${row}"]


def test_check_again_takes_its_marks_with_it(workbook):
    there = [(note.location.address, note.text) for note in workbook.notes]
    macros.check(NOW)
    sheet = workbook.sheets["任务跟踪表"]
    first = next(note for note in sheet.notes if read_note(note.text)).location
    macros.check(NOW)
    assert read_note(first.note.text)
    assert len({note.location.address for note in sheet.notes}) == len(list(sheet.notes))
    assert len([n for n in workbook.notes if not read_note(n.text)]) == len(there)


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


def test_recur_plans_meetings(office, workbook, closed):
    result = recur(closed, NOW, actor=actor())
    macros.recur(NOW)
    assert unlike(workbook, closed, result) == []
    assert f"新排会议 {result.summary['added']} 次" in said(office)


def test_explain_tells_the_selected_row(office, workbook):
    sheet = workbook.sheets["任务跟踪表"]
    (row,) = rows(workbook, "任务跟踪表", "RW-2026-0124")
    sheet.activate()
    sheet.range(f"C{row}").select()
    macros.explain(NOW)
    assert said(office).startswith("RW-2026-0124 ")
    assert "11月4日（周三）18:00" in said(office)


def test_explain_without_a_row_says_what_to_select(office, workbook):
    workbook.sheets["看板"].activate()
    macros.explain(NOW)
    prompt, _, _, mode = office.alerts[-1]
    assert (mode, "在台账中选中要说明的那一行" in prompt) == ("critical", True)


def test_load_fills_the_form_of_the_selected_row_and_shows_it(workbook, closed):
    sheet = workbook.sheets["协调台账"]
    (row,) = rows(workbook, "协调台账", "XT-2026-0025")
    result = load(closed, "XT-2026-0025", NOW)
    sheet.activate()
    sheet.range(f"B{row}").select()
    macros.load(NOW)
    book = ExcelBook.of(workbook)
    assert workbook.sheets.active.name == "协调表"
    wanted = {
        change.name: shown(change.new[0]) for change in result.changes.blocks if not change.name.endswith("_loaded")
    }
    assert {name: shown(book.block(name)[0]) for name in wanted} == wanted


def test_load_on_a_task_loads_the_agreement_it_comes_from(workbook):
    sheet = workbook.sheets["任务跟踪表"]
    headers = sheet.range("A4:Z4").value
    sources = sheet.range((5, headers.index("来源编号") + 1), (200, headers.index("来源编号") + 1)).value
    row = next(place for place, source in enumerate(sources) if str(source).startswith("XT-2026"))
    sheet.activate()
    sheet.range(f"A{row + 5}").select()
    macros.load(NOW)
    assert workbook.sheets.active.name == "协调表"
    assert ExcelBook.of(workbook).block("CoordinationForm_id")[0] == sources[row]


def test_a_form_is_emptied_after_a_yes_and_registered_when_it_is_filled(office, workbook):
    form = workbook.sheets["协调表"]
    form.activate()
    macros.load(NOW)
    assert "清空" in office.alerts[0][0]
    book = ExcelBook.of(workbook)
    for cell, value in FILLED.items():
        sheet, address = book.place(f"CoordinationForm_{cell}")
        workbook.sheets[sheet].range(address).value = value
    form.activate()
    macros.register(NOW)
    assert re.fullmatch(r"“协调表”已登记为 XT-2026-\d{4}。", said(office).splitlines()[0])
    record = ExcelBook.of(workbook).block("CoordinationForm_id")[0]
    assert len(rows(workbook, "协调台账", record)) == 1


FILLED = {
    "title": "年会场地协调", "initiator": "综合管理部*专员", "receivers": "财务部*会计",
    "background": "年会定在1月", "goal": "11月底前定下场地", "consensus_by": datetime(2026, 11, 27), "urgency": "一般",
}  # fmt: skip


def test_register_on_a_ledger_says_which_sheets_are_forms(office, workbook):
    workbook.sheets["协调台账"].activate()
    macros.register(NOW)
    assert "转到协调表、问题提报表、会议申请表、会议纪要、紧急事项报告之一" in said(office)


def test_notice_writes_what_is_due_and_its_files(office, workbook, path, closed):
    result = notices(closed, NOW, actor=actor())
    workbook.sheets["看板"].activate()
    macros.notice(NOW)
    assert "请按 Ctrl+S 保存" in said(office)
    assert unlike(workbook, closed, result) == []
    assert lying(path.parent).keys() == lying(Path(closed.name).parent).keys() != set()


def test_notice_for_a_selected_row_asks_with_its_kind_and_recipients(office, workbook):
    sheet = workbook.sheets["会议台账"]
    (row,) = rows(workbook, "会议台账", "HY-2026-0021")
    sheet.activate()
    sheet.range(f"B{row}").select()
    office.answers = ["no"]
    macros.notice(NOW)
    assert "会议通知 HY-2026-0021 → 生产部*经理" in office.alerts[0][0]


def test_remind_writes_the_rungs(office, workbook, closed):
    result = remind(closed, NOW, actor=actor())
    macros.remind(NOW)
    assert unlike(workbook, closed, result) == []
    assert f"催办 {len(result.notices)} 件" in said(office)


@pytest.mark.usefixtures("workbook")
def test_remind_twice_reminds_once(office):
    macros.remind(NOW)
    macros.remind(NOW + timedelta(minutes=5))
    assert "没有要催办的" in said(office)


@pytest.mark.usefixtures("workbook")
def test_send_without_a_server_names_the_drafts_folder_and_opens_it(office, path, folders):
    macros.notice(NOW)
    macros.send(NOW)
    assert f"草稿在 {path.parent / 'outbox'}" in said(office)
    assert folders.read_text().strip() == str(path.parent / "outbox")


def test_send_asks_first_and_sends_nothing_on_no(office, workbook, path):
    settings(workbook)["发信服务器"].value = "smtp://xietiao@127.0.0.1:9"  # nobody listens there
    macros.notice(NOW)
    before, files = cells(ExcelBook.of(workbook)), lying(path.parent)
    office.answers = ["no"]
    macros.send(NOW)
    assert "发出后不能收回。现在发送吗？" in office.alerts[-1][0]
    assert "（" in office.alerts[-1][0].splitlines()[2]
    assert "@" in office.alerts[-1][0].splitlines()[2]
    assert (cells(ExcelBook.of(workbook)), lying(path.parent)) == (before, files)


def test_a_server_that_wants_a_password_is_told_and_nothing_changes(office, workbook, monkeypatch):
    monkeypatch.delenv("COORDINATION_XL_SMTP_PASSWORD", raising=False)
    settings(workbook)["发信服务器"].value = "smtp://xietiao@127.0.0.1:9"
    macros.notice(NOW)
    before = cells(ExcelBook.of(workbook))["Dispatch"]
    macros.send(NOW)
    assert office.alerts[-1][3] == "critical"
    assert "没有找到 xietiao 的密码" in said(office)
    assert is_confirmed(smtp_server("smtp://xietiao@127.0.0.1"))  # the yes named the server
    assert cells(ExcelBook.of(workbook))["Dispatch"] == before


def test_send_sends_each_mail_once_and_says_so(office, workbook):
    with opened() as server:
        settings(workbook)["发信服务器"].value = server.url
        settings(workbook)["每分钟发送"].value = "6000"
        macros.notice(NOW)
        macros.send(NOW)
        told, got = said(office), list(server.got)
        macros.send(NOW)
        assert server.got == got
    assert len(got) == len(set(got)) > 5
    assert f"发出邮件 {len({mail for mail, _ in got})} 封" in told
    assert "请按 Ctrl+S 保存" in told
    assert said(office) == "没有待发送的邮件。"
    assert any("正在发送" in str(text) for text in office.status)


def test_mails_that_went_out_do_not_go_again_when_the_workbook_was_closed_unsaved(office, workbook, path):
    with opened() as server:
        macros.notice(NOW)
        waiting = office.store(workbook, path.with_name("saved.xlsx"))
        settings(workbook)["发信服务器"].value = server.url
        settings(workbook)["每分钟发送"].value = "6000"
        macros.send(NOW)
        got = list(server.got)
        workbook.close()
        shutil.move(waiting, path)
        again = office.open(path)
        again.set_mock_caller()
        settings(again)["发信服务器"].value = server.url
        macros.send(NOW)
        assert server.got == got != []
    assert said(office).startswith("发出邮件 0 封：已发送 ")
    assert "没有再发" in said(office)


def test_a_protected_ledger_of_notices_is_told_before_anything_is_sent(office, workbook):
    with opened() as server:
        settings(workbook)["发信服务器"].value = server.url
        macros.notice(NOW)
        office.protect(workbook, "发文记录")
        macros.send(NOW)
        assert server.got == []
    assert office.alerts[-1][3] == "critical"
    assert "工作表受保护" in said(office)
    assert "邮件已经发出" not in said(office)


def test_what_went_out_is_told_where_the_workbook_does_not_take_it(office, workbook):
    with opened() as server:
        settings(workbook)["发信服务器"].value = server.url
        settings(workbook)["每分钟发送"].value = "6000"
        macros.notice(NOW)
        server.on_data = lambda number: office.protect(workbook, "发文记录") if number == 0 else None
        macros.send(NOW)
        mails = len({mail for mail, _ in server.got})
    (told, _, _, mode), (fault, _, _, fault_mode) = office.alerts[-2:]
    assert (mode, fault_mode) == ("info", "critical")
    assert told.startswith(f"发出邮件 {mails} 封：")
    assert "Ctrl+S" not in told
    assert "请撤销工作表保护（审阅→撤销工作表保护）后再点一次。再【发送】时，已发出的只补记，不重发" in fault
    assert "关闭工作簿" not in fault


@pytest.mark.usefixtures("workbook")
def test_a_drafts_folder_that_does_not_open_is_named(office, path, monkeypatch, tmp_path):
    macros.notice(NOW)
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing there that shows folders
    macros.send(NOW)
    assert f"草稿在 {path.parent / 'outbox'}，文件夹没有打开，请自行打开。" in said(office)


def test_receipts_asks_once_before_it_logs_in_and_not_again(office, workbook, monkeypatch):
    monkeypatch.setenv("COORDINATION_XL_IMAP_PASSWORD", "geheim")
    with socket.create_server(("127.0.0.1", 0)) as mailbox:
        mailbox.settimeout(0)
        address = f"xietiao@127.0.0.1:{mailbox.getsockname()[1]}"
        settings(workbook)["收信服务器"].value = f"imaps://{address}/INBOX"
        office.answers = ["no"]
        macros.receipts(NOW)
        ((question, _, buttons, _),) = office.alerts
        with pytest.raises(BlockingIOError):  # nobody called
            mailbox.accept()
    assert (question.splitlines()[0], buttons) == ("将登录 xietiao@127.0.0.1 收取邮件，继续吗？", "yes_no")
    macros.receipts(NOW)  # yes, and nobody is there any more
    macros.receipts(NOW)
    assert [buttons for _, _, buttons, _ in office.alerts] == ["yes_no", "yes_no", "ok", "ok"]
    settings(workbook)["收信服务器"].value = "imaps://xietiao@localhost:9/INBOX"
    office.answers = ["no"]
    macros.receipts(NOW)
    assert office.alerts[-1][0].startswith("将登录 xietiao@localhost ")


@pytest.mark.usefixtures("workbook")
def test_receipts_without_a_mailbox_says_where_to_enter_it(office):
    macros.receipts(NOW)
    assert "在“参数”表填写“收信服务器”" in said(office)
    assert "--" not in said(office)


def test_archive_lays_down_what_is_finished(workbook, path, closed):
    result = archive(closed, [], NOW, actor=actor())
    workbook.sheets["看板"].activate()
    macros.archive(NOW)
    assert unlike(workbook, closed, result) == []
    assert lying(path.parent).keys() == lying(Path(closed.name).parent).keys() != set()


@pytest.mark.usefixtures("workbook")
def test_report_opens_in_the_browser(path, browser):
    macros.report(NOW)
    page = path.parent / "outbox" / "周报-2026-W47.html"
    assert page.exists()
    assert browser.read_text().strip() == page.as_uri()


def test_board_is_found_whatever_its_sheet_is_called(office, workbook):
    workbook.sheets["看板"].name = "领导看板"
    workbook.sheets["协调台账"].activate()
    macros.board(NOW)
    assert workbook.sheets.active.name == "领导看板"
    assert office.alerts == []


def test_ledgers_are_found_whatever_their_sheets_are_called(office, workbook):
    workbook.sheets["协调台账"].name = "跨部门协调"
    macros.refresh(NOW)
    assert said(office).startswith("预警灯：")


@pytest.mark.parametrize("macro", ["doctor", "handbook"])
@pytest.mark.usefixtures("browser")
def test_help_needs_no_workbook_of_ours(office, macro, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    office.new().set_mock_caller()
    getattr(macros, macro)(NOW)
    assert not [prompt for prompt, _, _, mode in office.alerts if mode == "critical"]


def test_a_foreign_workbook_is_told_what_to_do(office):
    office.new().set_mock_caller()
    macros.refresh(NOW)
    prompt, _, _, mode = office.alerts[-1]
    assert (mode, "coordination-xl init" in prompt) == ("critical", True)
    assert office.status[-1:] == list(DONE)


@pytest.mark.usefixtures("workbook")
def test_what_nobody_foresaw_is_one_sentence_and_its_traceback_is_in_the_log(office, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("coordination_xl.actions.refresh.board_blocks", lambda *_: 1 / 0)
    macros.refresh(NOW)
    log = tmp_path / "coordination-xl" / "addin.log"
    assert f"详细情况记在 {log}" in said(office)
    assert "Traceback" not in said(office)
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert office.status[-1:] == list(DONE)


def test_a_column_that_is_gone_is_named_and_comes_back_by_an_upgrade(office, workbook, path):
    sheet = workbook.sheets["协调台账"]
    office.store(workbook, path.parent / "other.xlsx")
    before = cells(ExcelBook.of(workbook))
    header = sheet.tables["Coordination"].header_row_range.value
    place = header.index("状态") + 1
    sheet.range((4, place)).value = "不再叫状态"
    office.answers = ["no"]
    macros.refresh(NOW)
    question, _, buttons, _ = office.alerts[-1]
    assert buttons == "yes_no"
    assert "协调台账" in question
    assert "状态" in question
    assert "现在升级吗" in question
    assert before.keys() == cells(ExcelBook.of(workbook)).keys()


@pytest.mark.parametrize(
    ("asked", "told"), [("is_online", "另存为”存一份到本机文件夹"), ("is_read_only", "工作簿以只读方式打开")]
)
def test_no_upgrade_is_offered_where_it_could_not_be_written(office, path, monkeypatch, asked, told):
    """What Excel would say of such a workbook; the host has no web and opens nothing read-only."""
    office.open(without_column(path, "Coordination", "状态")).set_mock_caller()
    monkeypatch.setattr(f"coordination_xl.books.excel.facts.ComFacts.{asked}", lambda *_: True)
    macros.refresh(NOW)
    assert "状态" in said(office)
    assert told in said(office)
    assert [buttons for _, _, buttons, _ in office.alerts] == ["ok"]
    assert office.saves == []


def test_check_says_what_an_upgrade_would_need_after_its_work(office, path, monkeypatch):
    office.open(without_column(path, "Tasks", "验收标准")).set_mock_caller()
    monkeypatch.setattr("coordination_xl.books.excel.facts.ComFacts.is_online", lambda *_: True)
    macros.check(NOW)
    assert "验收标准" in said(office)
    assert "另存为”存一份到本机文件夹" in said(office)
    assert office.saves == []


def test_a_workbook_of_a_newer_version_asks_for_a_newer_program(office, path):
    older = without_column(path, "Coordination", "状态")
    workbook = office.open(older)
    workbook.set_mock_caller()
    settings(workbook)["工作簿版本"].value = "99"
    macros.refresh(NOW)
    assert "状态" in said(office)
    assert "版本是 99，比程序" in said(office)
    assert "pip install -U coordination-xl" in said(office)
    assert [buttons for _, _, buttons, _ in office.alerts] == ["ok"]


def test_a_fault_in_the_upgrade_itself_is_told_beside_the_first(office, path, monkeypatch):
    older = without_column(path, "Coordination", "状态")
    office.open(older).set_mock_caller()

    def refused(*_):
        raise com_error(-2147352567, "无法保存“coordination-demo.xlsx”")

    monkeypatch.setattr("xlwings.Book.save", refused)
    with pytest.raises(
        SystemExit
    ) as end:  # the host has no boxes of its own: the VBA tells what stands behind the mark
        macros.refresh(NOW)
    mark, *sentences = str(end.value).splitlines()
    assert bytes.fromhex(mark.removeprefix(SAID)).decode("utf-16-be").splitlines() == sentences
    assert "状态" in sentences[0]
    assert "无法保存" in sentences[1]
    assert office.status[-1:] == list(DONE)


def test_a_second_click_on_the_same_workbook_is_told_to_wait(office, workbook, monkeypatch):
    monkeypatch.setattr("coordination_xl.addin.verbs.timing.refresh", lambda _: macros.check(NOW))
    with pytest.raises(SystemExit) as end:
        macros.refresh(NOW)
    assert (end.value.code, said(office)) == (0, MESSAGES["StillRunning"])
    monkeypatch.undo()
    workbook.sheets["看板"].activate()
    macros.board(NOW)
    assert len(office.alerts) == 1


def test_a_page_that_no_browser_shows_is_named(office, workbook, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    macros.report(NOW)
    page = Path(workbook.fullname).parent / "outbox" / "周报-2026-W47.html"
    assert f"网页没有能够打开，请在浏览器里打开 {page}" in said(office)


def test_an_upgrade_closes_upgrades_and_opens_again(office, path):
    """The host saves nothing, so the file itself is an older one."""
    older = without_column(path, "Tasks", "验收标准")
    office.open(older).set_mock_caller()
    macros.check(NOW)
    assert office.saves
    assert "补上了" in said(office)
    assert "请再点一次【校验】" in said(office)
    again = office.app.books.active
    assert Path(again.fullname) == older
    assert "验收标准" in ExcelBook.of(again).grid("Tasks").header


def without_column(path, table, header):
    """The workbook with a column under a name that no program knows: what an upgrade finds missing."""
    book = openpyxl.load_workbook(path)
    sheet = next(each for each in book.worksheets if table in each.tables)
    cell = next(cell for cell in sheet[4] if cell.value == header)
    column = next(each for each in sheet.tables[table].tableColumns if each.name == header)
    cell.value = column.name = "从前的验收"
    book.save(path)
    return path
