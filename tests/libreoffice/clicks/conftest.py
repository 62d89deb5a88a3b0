"""The demo workbook, open and closed, and what opens pages and folders."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from coordination_xl.books import open_book


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
def folders(monkeypatch, tmp_path):
    """What opens folders is a script that writes down which."""
    opened = tmp_path / "folders.txt"
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    return opened
