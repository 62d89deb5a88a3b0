"""The command line as a function, and real workbook files for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from coordination_xl.books.build import build_workbook
from coordination_xl.cli import main
from tests.builders import CONTACTS, coordination, problem, task

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-03-06T10:00"


class Called(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, object]:
        """Standard output as the one JSON object it must be."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys):
    """Call the command line as a terminal would, at :data:`NOW` unless the call says otherwise."""

    def call(*arguments: object) -> Called:
        words = [str(each) for each in arguments]
        if words[:1] not in (["init"], ["addin"], []) and "--now" not in words and "-h" not in words:
            words += ["--now", NOW]
        capsys.readouterr()
        status = main(words)
        return Called(status, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def contents() -> dict[str, bytes]:
    """Workbooks by name: without a fault; with some; with one that --fix mends."""
    contacts = [contact | {"email": f"{place}@example.com"} for place, contact in enumerate(CONTACTS)]
    base = {"Contacts": contacts, "Coordination": [coordination()], "Tasks": [task(source="XT-2026-0001")]}
    return {
        "clean": build_workbook(base | {"Problems": [problem()]}),
        "faulty": build_workbook(
            base | {"Problems": [problem(urgency="火急", wished_by="尽快", impact="[/b]:smile:")]}
        ),
        "mendable": build_workbook(base | {"Problems": [problem(urgency="高", wished_by="2026年3月20日")]}),
    }


@pytest.fixture
def make(tmp_path, contents):
    """Lay a workbook out: ``make("clean")``, also under another name."""

    def lay_out(kind: str, name: str = "") -> Path:
        path = tmp_path / (name or f"{kind}.xlsx")
        path.write_bytes(contents[kind])
        return path

    return lay_out
