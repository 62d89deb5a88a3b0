"""The real ``refresh`` on a real workbook into which people have put everything: only the program's own cells differ after it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from coordination_xl.cli import main
from coordination_xl.schema import BY_SHEET, dashboard
from tests.packages.monster import monster
from tests.packages.raw import raw_members

NOW = "2026-11-20T10:00"
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
FOREIGN = ("slicer", "pivot", "threadedComment", "person", "embedding", "vba", "customUI", "customXml", "vendor", "media",
           "printerSettings", "docMetadata")  # fmt: skip
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OURS = frozenset({"worksheet", "styles", "sharedStrings", "theme"})


def grafted(path: Path = Path("workbooks/coordination-demo.xlsx")) -> bytes:
    """A demo workbook with the foreign parts of the monster, named by content types and by the workbook's relationships."""
    demo = _parts(path.read_bytes())
    strange = _parts(monster())
    foreign = {
        name: data for name, data in strange.items() if any(word in name for word in FOREIGN) and name not in demo
    }
    overrides = re.findall(r"<Override [^>]*/>", strange["[Content_Types].xml"].decode())
    kept = [each for each in overrides if re.search(r'PartName="/([^"]*)"', each)[1] in foreign]
    defaults = [
        each
        for each in re.findall(r"<Default [^>]*/>", strange["[Content_Types].xml"].decode())
        if not re.search(r'Extension="(?:xml|rels)"', each)
    ]
    _insert(demo, "[Content_Types].xml", "</Types>", *defaults, *kept)
    links = re.findall(r"<Relationship [^>]*/>", strange["xl/_rels/workbook.xml.rels"].decode())
    told = [each for each in links if re.search(r'Type="[^"]*/(\w+)"', each)[1] not in OURS]
    _insert(demo, "xl/_rels/workbook.xml.rels", "</Relationships>",
            *(re.sub(r'Id="[^"]*"', f'Id="strange{n}"', each) for n, each in enumerate(told)))  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (demo | foreign).items():
            package.writestr(name, data)
    return file.getvalue()


def _parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _insert(parts: dict[str, bytes], name: str, before: str, *items: str) -> None:
    parts[name] = parts[name].replace(before.encode(), "".join(items).encode() + before.encode())


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    path = tmp_path_factory.mktemp("lost") / "协调.xlsx"
    old = grafted()
    path.write_bytes(old)
    assert main(["refresh", str(path), "--now", NOW, "--quiet"]) in {0, 1}
    return old, path.read_bytes()


def sheet_parts(archive: bytes) -> dict[str, str]:
    """Sheet name by part."""
    parts = _parts(archive)
    links = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target").removeprefix("/").removeprefix("xl/") for link in links}
    sheets = ET.fromstring(parts["xl/workbook.xml"]).iter(f"{{{MAIN}}}sheet")
    return {f"xl/{targets[sheet.get(f'{{{OFFICE}}}id')]}": sheet.get("name") for sheet in sheets}


def changed_members(archives) -> set[str]:
    before, after = (raw_members(archive) for archive in archives)
    assert list(before) == list(after)
    return {name for name in before if before[name] != after[name]}


def test_the_workbook_holds_what_people_put_into_workbooks(archives):
    names = " ".join(raw_members(archives[0]))
    assert all(word in names for word in FOREIGN)
    assert names.count("xl/charts/") == 3


def test_every_member_but_sheets_with_owned_cells_is_identical_to_the_byte(archives):
    sheets = sheet_parts(archives[0])
    touched = changed_members(archives)
    tables = {name for name in touched if name.startswith("xl/tables/")}
    assert touched - tables <= sheets.keys()
    names = {sheets[name] for name in touched - tables}
    assert {"任务跟踪表", "看板"} <= names
    assert names <= {table.sheet for table in BY_SHEET.values() if table.computed_columns} | {dashboard.SHEET}
    audit = _parts(archives[1])
    assert all(b'displayName="Audit"' in audit[name] for name in tables)  # the audit grew, so its table did


def test_within_those_sheets_only_owned_cells_differ(archives):
    sheets = sheet_parts(archives[0])
    old, new = (_parts(archive) for archive in archives)
    for part in changed_members(archives) & sheets.keys():
        name = sheets[part]
        if name in {dashboard.SHEET, "修改记录"}:
            continue
        before, after = (
            {(found[1], int(found[2])): found[0] for found in CELL.finditer(parts[part].decode())}
            for parts in (old, new)
        )
        headers = {letters: re.sub(r"<[^>]+>", "", text) for (letters, row), text in before.items() if row == 4}
        owned = {column.header for column in BY_SHEET[name].computed_columns}
        differing = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
        assert differing
        assert {headers[letters] for letters, _ in differing} <= owned
        assert CELL.sub("", old[part].decode()) == CELL.sub("", new[part].decode())


def test_refreshing_again_at_the_same_moment_leaves_the_file_identical(archives, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(archives[1])
    assert main(["refresh", str(path), "--now", NOW, "--quiet"]) in {0, 1}
    assert path.read_bytes() == archives[1]
