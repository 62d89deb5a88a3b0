"""刷新逾期, 校验 and 时限说明, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

import pytest

from coordination_xl.actions.check import check
from coordination_xl.actions.refresh import refresh
from coordination_xl.actor import actor
from coordination_xl.addin import macros
from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.marking.mark_notes import read_note
from tests.libreoffice.clicks.demo import DONE, NOW, rows, said, unlike


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
