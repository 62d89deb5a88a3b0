import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from coordination_xl.actions.archive import archive
from coordination_xl.actions.check import check
from coordination_xl.actions.explain import explain
from coordination_xl.actions.load import load
from coordination_xl.actions.notices import notices
from coordination_xl.actions.recur import recur
from coordination_xl.actions.refresh import refresh
from coordination_xl.actions.register import register
from coordination_xl.actions.remind import remind
from coordination_xl.actions.report import report
from coordination_xl.actions.send import send
from coordination_xl.actions.split import split
from coordination_xl.addin.marking.marks import Marked
from coordination_xl.addin.setup.checks import FAULT, OK, Check
from coordination_xl.addin.summaries.archive import told_archivable, told_archive, told_report
from coordination_xl.addin.summaries.desk import told_doctor
from coordination_xl.addin.summaries.forms import UNSAVED, told_load, told_registration
from coordination_xl.addin.summaries.notices import (
    told_drafts,
    told_due,
    told_login,
    told_notices,
    told_reminders,
    told_sent,
    told_stuck,
    told_waiting,
)
from coordination_xl.addin.summaries.tasks import told_proposed, told_recur, told_split
from coordination_xl.addin.summaries.timing import told_check, told_explanation, told_mendable, told_refresh
from coordination_xl.books import open_book
from coordination_xl.dispatch.servers import imap_server, smtp_server

NOW = datetime(2026, 11, 20, 10, 0)
SERVER = "smtp://xietiao@127.0.0.1:2525"
MOST_LINES = 15
DRAFTS = Path("C:/协调/outbox/台账")
SCOPE = "范围：选中的 3 行；没有编号的 2 行、筛选隐藏的 5 行不在内。"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, pytestconfig):
    folder = tmp_path_factory.mktemp("book")
    return open_book(shutil.copy(pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx", folder))


@pytest.fixture(scope="module")
def results(demo):
    return {
        "check": check(demo, NOW),
        "mend": check(demo, NOW, fix=True),
        "refresh": refresh(demo, NOW),
        "split": split(demo, [], NOW),
        "recur": recur(demo, NOW),
        "notices": notices(demo, NOW),
        "remind": remind(demo, NOW),
        "archive": archive(demo, [], NOW),
        "report": report(demo, NOW),
        "register": register(demo, "协调表", NOW),
        "load": load(demo, "XT-2026-0001", NOW),
        "send": send(demo, NOW).preview,
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory, pytestconfig):
    """The demo with its notices written and waiting to be sent."""
    folder = tmp_path_factory.mktemp("outbox")
    path = shutil.copy(pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx", folder)
    book = open_book(path)
    notices(book, NOW).write(book)
    return open_book(path)


@pytest.fixture(scope="module")
def texts(demo, results, written):
    sample = [Check("Python", OK, "3.12"), Check("信任设置", FAULT, "宏被禁用", "在信任中心启用宏")]
    return {
        "mendable": told_mendable(results["mend"]),
        "check": told_check(results["check"], Marked(300, 12, ("参数",)), 4),
        "refresh": told_refresh(results["refresh"]),
        "explain": told_explanation(explain(demo, "RW-2026-0124", NOW)),
        "proposed": told_proposed(results["split"], SCOPE),
        "split": told_split(results["split"]),
        "recur": told_recur(results["recur"]),
        "due": told_due(results["notices"], SCOPE),
        "notices": told_notices(results["notices"]),
        "remind": told_reminders(results["remind"]),
        "archivable": told_archivable(results["archive"], SCOPE),
        "archive": told_archive(results["archive"]),
        "report": told_report(results["report"]),
        "register": told_registration(results["register"]),
        "load": told_load(results["load"]),
        "waiting": told_waiting(send(written, NOW, smtp=SERVER).preview, smtp_server(SERVER)),
        "drafts": told_drafts(send(written, NOW).preview, DRAFTS, is_shown=True),
        "login": told_login(imap_server("imaps://xietiao@mail.example.com/INBOX")),
        "doctor": told_doctor(sample, "/var/log/addin.log"),
    }


def test_no_summary_is_longer_than_a_message_box(texts):
    assert {name: len(text.splitlines()) for name, text in texts.items() if len(text.splitlines()) > MOST_LINES} == {}


def test_no_line_is_without_end(texts):
    assert {name: line for name, text in texts.items() for line in text.splitlines() if len(line) > 170} == {}


def test_the_tone_is_that_of_an_office(texts):
    for text in texts.values():
        assert not re.search("[!！]|尽快|高度重视|相关部门|--[a-z]", text)


def test_no_word_of_the_program_shows(texts):
    for text in texts.values():
        assert not re.search(r"None|NaT|datetime|\{|\}|nan\b", text)


def test_days_come_with_their_weekday(texts):
    assert re.search(r"11月4日（周三）18:00到期", texts["refresh"])  # 2026-11-04 is a Wednesday
    assert "11月23日（周一）09:30" in texts["recur"]


def test_check_counts_errors_and_reminders(texts, results):
    errors = sum(found.is_error for found in results["check"].findings)
    reminders = len(results["check"].findings) - errors
    assert f"发现错误 {errors} 处，提醒 {reminders} 处" in texts["check"]


def test_check_says_what_was_not_marked(texts):
    assert "已标记 300 格" in texts["check"]
    assert "另有 12 格没有标记，见“校验结果”" in texts["check"]
    assert "工作表受保护、没有标记：参数" in texts["check"]


def test_mending_names_the_cells_with_old_and_new_value(texts):
    assert "协调台账 XT-2026-0007 紧急程度：中 → 一般" in texts["mendable"]


def test_refresh_counts_the_lights_of_all_ledgers(texts, results):
    lights = results["refresh"].summary["lights"]
    red = sum(each["红"] for each in lights.values())
    assert f"红 {red} 项" in texts["refresh"]
    assert f"逾期 {results['refresh'].summary['overdue']} 项" in texts["refresh"]


def test_an_explanation_names_rule_start_and_sum(texts):
    assert "规则 A17-决议" in texts["explain"]
    assert "已逾期 12 个工作日" in texts["explain"]


def test_split_lists_the_first_eleven_and_counts_the_rest(texts, results):
    new = results["split"].summary["counts"]["新增"]
    assert texts["proposed"].count("· 新增") == 11
    assert f"另有 {new - 11} 项" in texts["proposed"]


def test_the_notices_that_are_due_are_listed_with_their_recipients(texts, results):
    assert f"将写通知 {len(results['notices'].notices)} 份" in texts["due"]
    assert "会议通知 HY-2026-0021 → 生产部*经理" in texts["due"]


def test_before_sending_everybody_who_gets_a_mail_is_counted(texts, written):
    preview = send(written, NOW, smtp=SERVER).preview
    people = {address for each in preview.notices for address in each["to"]}
    assert f"收件地址 {len(people)} 个" in texts["waiting"]
    assert "发出后不能收回" in texts["waiting"]
    assert "@" in texts["waiting"].splitlines()[2]


def test_without_a_server_the_drafts_place_is_named(texts):
    assert f"草稿在 {DRAFTS}，文件夹已打开。" in texts["drafts"]


def test_a_notice_that_reached_nobody_is_told_once(texts):
    assert texts["remind"].count("查不到") == 1


def test_a_folder_that_did_not_open_is_not_said_to_be_open(written):
    told = told_drafts(send(written, NOW).preview, DRAFTS, is_shown=False)
    assert "文件夹没有打开，请自行打开" in told
    assert "已打开" not in told


def test_days_that_are_skipped_stand_below_their_rule(demo):
    told = told_explanation(explain(demo, "JJ-2026-0006", NOW))
    assert "\n    跳过：11-14周末、11-15周末" in told


def test_before_sending_the_server_and_who_logs_in_are_named(texts):
    assert "经 127.0.0.1:2525（用户 xietiao）" in texts["waiting"].splitlines()[0]


def test_before_a_login_account_and_server_are_named(texts):
    assert texts["login"].splitlines()[0] == "将登录 xietiao@mail.example.com 收取邮件，继续吗？"
    assert "mail.example.com:993（用户 xietiao）" in texts["login"]


@pytest.mark.parametrize(
    "address",
    [
        "imaps://xietiao@mail.example.com.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.evil.example",
        "imaps://xietiao%40mail.example.com%20aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@evil.example",
    ],
)
def test_no_long_name_hides_the_server_that_gets_the_password(written, address):
    assert "evil.example:993" in told_login(imap_server(address))
    sending = address.replace("imaps", "smtps")
    assert "evil.example:465" in told_waiting(send(written, NOW, smtp=sending).preview, smtp_server(sending))


def test_a_login_in_the_clear_is_said_to_be_one():
    assert "不加密" in told_login(imap_server("imap://xietiao@mail.example.com?tls=never"))
    assert "不加密" not in told_login(imap_server("imap://xietiao@mail.example.com"))


def test_what_left_files_beside_the_workbook_asks_to_save_it(texts):
    for name in ("notices", "remind", "archive"):
        assert texts[name].endswith(UNSAVED)


def test_where_nothing_waits_nothing_is_asked(results):
    assert told_waiting(results["send"], smtp_server(SERVER)) == ""
    assert told_stuck(results["send"]) == "没有待发送的邮件。"


def test_sending_that_was_stopped_says_so(results):
    stopped = type(results["send"])(
        "send", "b", results["send"].changes,
        summary={"mails": 2, "states": {"已发送": 2, "待发送": 3}, "recovered": 1, "stopped": "服务器：断开。"},
    )  # fmt: skip
    assert told_sent(stopped).splitlines() == [
        "发出邮件 2 封：已发送 2 份，待发送 3 份。",
        "其中 1 份上次已经发出、没有记下，现已补记，没有重发。",
        "发送中止：服务器：断开。其余的下次再发。",
    ]
    assert "补记" not in told_sent(stopped, is_written=False)


def test_a_form_with_errors_names_cell_and_remedy(texts):
    assert texts["register"].startswith("“协调表”有 1 处要改，没有登记：\n· D4 ")


def test_the_doctor_puts_what_is_wrong_first(texts):
    assert texts["doctor"].splitlines()[:2] == ["检查 2 项，1 项要处理：", "· 信任设置：宏被禁用。在信任中心启用宏"]
