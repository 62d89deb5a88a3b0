"""What stands in the way of a click, clicked on the demo workbook in a real LibreOffice."""

from __future__ import annotations

import pytest

from coordination_xl.addin import macros
from coordination_xl.addin.vba.messages import MESSAGES
from tests.libreoffice.clicks.demo import DONE, NOW, said


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


def test_a_second_click_on_the_same_workbook_is_told_to_wait(office, workbook, monkeypatch):
    monkeypatch.setattr("coordination_xl.addin.verbs.timing.refresh", lambda _: macros.check(NOW))
    with pytest.raises(SystemExit) as end:
        macros.refresh(NOW)
    assert (end.value.code, said(office)) == (0, MESSAGES["StillRunning"])
    monkeypatch.undo()
    workbook.sheets["看板"].activate()
    macros.board(NOW)
    assert len(office.alerts) == 1
