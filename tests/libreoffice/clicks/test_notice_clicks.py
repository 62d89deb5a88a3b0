"""生成通知, 催办升级, 发送 and 回执, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

import shutil
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from coordination_xl.actions.notices import notices
from coordination_xl.actions.remind import remind
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from coordination_xl.addin.clicking.confirmed import is_confirmed
from coordination_xl.books.excel import ExcelBook
from coordination_xl.dispatch.servers import smtp_server
from tests.dispatch.post_office import opened
from tests.libreoffice.clicks.demo import NOW, cells, lying, rows, said, settings, unlike


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
    folder = path.parent / "outbox" / "coordination-demo"
    assert f"草稿在 {folder}，文件夹已打开。" in said(office)
    assert folders.read_text().strip() == str(folder)
    assert any(folder.glob("*.eml"))


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
    folder = path.parent / "outbox" / "coordination-demo"
    assert f"草稿在 {folder}，文件夹没有打开，请自行打开。" in said(office)


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
