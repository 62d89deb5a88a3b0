"""A workbook that lacks something, or is newer than the program, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordination_xl.addin import macros
from coordination_xl.addin.vba.messages import SAID
from coordination_xl.books.excel import ExcelBook
from tests.libreoffice.clicks.demo import DONE, NOW, cells, said, settings, without_column
from tests.libreoffice.engine.refusals import com_error


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
    assert "请先安装新版本的程序" in said(office)
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
