"""排例会, 载入表单 and 登记表单, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

import re

from coordination_xl.actions.load import load
from coordination_xl.actions.recur import recur
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from coordination_xl.books.excel import ExcelBook
from coordination_xl.ledger.findings import shown
from tests.libreoffice.clicks.demo import FILLED, NOW, rows, said, unlike


def test_recur_plans_meetings(office, workbook, closed):
    result = recur(closed, NOW, actor=actor())
    macros.recur(NOW)
    assert unlike(workbook, closed, result) == []
    assert f"新排会议 {result.summary['added']} 次" in said(office)


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


def test_register_on_a_ledger_says_which_sheets_are_forms(office, workbook):
    workbook.sheets["协调台账"].activate()
    macros.register(NOW)
    assert "转到协调表、问题提报表、会议申请表、会议纪要、紧急事项报告之一" in said(office)


def test_the_form_that_was_in_front_at_the_click_is_meant(office, workbook, monkeypatch):
    workbook.sheets["协调表"].activate()
    look = ExcelBook.require_ledgers

    def wander(book):
        workbook.sheets["看板"].activate()  # while the program reads, which takes seconds, Excel answers its user
        look(book)

    monkeypatch.setattr(ExcelBook, "require_ledgers", wander)
    macros.register(NOW)
    assert "“协调表”" in said(office)
