"""The live test host as a fixture: one LibreOffice for each process of pytest."""

from __future__ import annotations

import webbrowser

import pytest
import xlwings as xw

from tests.libreoffice import uno_bridge


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/libreoffice/" in item.path.as_posix():
            item.add_marker(pytest.mark.libreoffice)


@pytest.fixture(autouse=True)
def own_state(monkeypatch, tmp_path_factory):
    """The log and the locks of clicks are this test's own: others click on a workbook of the same name meanwhile."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture(scope="session")
def running_office():
    """Started once; ended with the session, whatever happened in it."""
    if lacking := uno_bridge.missing():
        if uno_bridge.required():
            pytest.fail(f"the live test host must not be left out on a build server: {lacking}")
        pytest.skip(lacking)
    from tests.libreoffice.office import Office  # needs uno, which was looked for first

    office = Office()
    office.start()
    yield office
    office.stop()


@pytest.fixture
def office(running_office):
    """The live test host, with no workbook open and nothing on record; all workbooks are closed afterwards."""
    if not running_office.alive:  # a crash in one test is that test's failure only
        running_office.stop()
        running_office.start()
    running_office.reset()
    yield running_office
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
    running_office.reset()
    if running_office.alive:
        running_office.close_books()


@pytest.fixture
def browser(monkeypatch, tmp_path):
    """The browser is a script that writes down what it was to open."""
    opened = tmp_path / "opened.txt"
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    monkeypatch.setattr(webbrowser, "_tryorder", None)  # Python asks for BROWSER only once in a process
    return opened
