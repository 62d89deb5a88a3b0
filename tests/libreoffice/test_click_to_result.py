"""From the click to its result: what the add-in's VBA starts is carried out on the open demo workbook."""

from __future__ import annotations

import shutil
import sys

import pytest

from coordination_xl.addin.buttons import BUTTONS
from tests.libreoffice.basic.desk import Desk, python_of


@pytest.fixture
def state(monkeypatch, tmp_path):
    """The place of the log; the path of imports is put back afterwards."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path / "state"


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.id)
def test_what_a_click_starts_does_its_work_on_the_open_workbook(
    office, tmp_path, pytestconfig, browser, state, monkeypatch, button
):
    book = office.open(shutil.copy(pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx", tmp_path))
    book.sheets["协调台账"].activate()
    book.sheets["协调台账"].range("A6:B6").select()
    book.set_mock_caller()
    desk = Desk(tmp_path, "windows", office.document(book))
    clicked = desk.click(button.id)
    _, _, code, *passed = python_of(desk, clicked.started[0])
    assert passed[0] == "--wb=coordination-demo.xlsx"
    monkeypatch.setattr(sys, "argv", ["-c", *passed])
    exec(code, {"__name__": "__main__"})  # noqa: S102  # as python -c does
    assert {title for _, title, _, _ in office.alerts} <= {f"协调管理 · {button.label}"}
    assert office.alerts or browser.exists() or button.macro in {"board", "load"}
    assert list(state.rglob("*.log")) == [], "an error that nobody foresaw is in the log"
    assert office.status[0] == f"协调管理：{button.label}"
    assert office.status[-1] is False
