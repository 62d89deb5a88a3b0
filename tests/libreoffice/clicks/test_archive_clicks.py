"""归档, 周报 and 看板, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordination_xl.actions.archive import archive
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from tests.libreoffice.clicks.demo import NOW, lying, said, unlike


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


def test_a_page_that_no_browser_shows_is_named(office, workbook, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    macros.report(NOW)
    page = Path(workbook.fullname).parent / "outbox" / "周报-2026-W47.html"
    assert f"网页没有能够打开，请在浏览器里打开 {page}" in said(office)
