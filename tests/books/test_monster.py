from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile

import numpy as np
import openpyxl
import pytest

from coordination_xl.books import BlockChange, ChangeSet, ColumnChange, Link, RowsAdded, TableReplaced, XlsxBook
from coordination_xl.books.xlsx.members import read_directory
from tests.books.contract import column
from tests.packages.monster import HEADERS, ROWS, monster

SHEETS = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
DUE = dt.datetime(2026, 11, 30, 18)


@pytest.fixture(scope="module")
def original() -> bytes:
    return monster()


@pytest.fixture
def path(tmp_path, original):
    path = tmp_path / "协调.xlsm"
    path.write_bytes(original)
    return path


def refresh() -> ChangeSet:
    """Three computed columns of every row, as a refresh changes them."""
    rows = np.arange(3, 3 + ROWS)
    blank = column(*[None] * ROWS)
    new = {
        "预警灯": column(*(["红", "绿", "黄"] * 10)),
        "逾期天数": column(*range(ROWS)),
        "计算到期": column(*[DUE] * ROWS),
    }
    return ChangeSet(tuple(ColumnChange("Coordination", header, rows, blank, blank, new[header]) for header in new))


def raw_members(archive: bytes) -> dict[str, bytes]:
    return {m.name: archive[m.start : m.stop] for m in read_directory(archive).members}


def entries(archive: bytes) -> dict[str, bytes]:
    """Directory entries without the member's place, which alone may move."""
    return {m.name: m.entry[:42] + m.entry[46:] for m in read_directory(archive).members}


def content(archive: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return package.read(name).decode()


def cells(xml: str) -> dict[tuple[str, int], str]:
    return {(match[1], int(match[2])): match[0] for match in CELL.finditer(xml)}


def test_monster_has_what_people_put_into_workbooks(original):
    names = " ".join(raw_members(original))
    for kind in ("charts/", "media/", "drawings/", "comments", "vbaProject", "slicer", "pivotCache", "threadedComments",
                 "persons", "embeddings", "customUI", "customXml", "printerSettings", "docMetadata", "vendor"):  # fmt: skip
        assert kind in names


def test_refresh_touches_nothing_but_its_cells(path, original):
    book = XlsxBook.open(path)
    book.apply(refresh())
    new = path.read_bytes()
    before, after = raw_members(original), raw_members(new)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    old_entries, new_entries = entries(original), entries(new)
    assert {name for name in before if old_entries[name] != new_entries[name]} == {"xl/worksheets/sheet1.xml"}
    assert read_directory(new).comment == read_directory(original).comment


def test_within_the_sheet_only_the_cells_differ(path, original):
    book = XlsxBook.open(path)
    book.apply(refresh())
    old, new = (content(archive, "xl/worksheets/sheet1.xml") for archive in (original, path.read_bytes()))
    old_cells, new_cells = cells(old), cells(new)
    changed = {(letters, row) for letters in "EFG" for row in range(3, 3 + ROWS)}
    assert {place for place in old_cells if old_cells[place] != new_cells[place]} <= changed
    assert set(old_cells) == set(new_cells)

    def blanked(xml: str) -> str:
        return CELL.sub(
            lambda match: f"[{match[1]}{match[2]}]" if (match[1], int(match[2])) in changed else match[0], xml
        )

    assert blanked(new) == blanked(old)
    for place in changed:
        style = re.compile(r's="\d+"')
        assert style.findall(new_cells[place]) == style.findall(old_cells[place])


def everything(book: XlsxBook) -> ChangeSet:
    links = column(Link("'协调台账'!B3", "协调台账 第 3 行"), Link("'协调台账'!B4", "第 4 行"))
    return refresh() + ChangeSet(
        added=(
            RowsAdded("Coordination", HEADERS[:2], (column("XT-2026-0031", "XT-2026-0032"), column("新一", "新二"))),
        ),
        replaced=(TableReplaced("Tasks", ("编号", "天数"), (links, column(1, 2))),),
        blocks=(BlockChange("红单", book.block("红单"), column("红一", "红二", None)),),
    )


def test_all_kinds_of_change_at_once(path, original):
    book = XlsxBook.open(path)
    book.apply(everything(book))
    new = path.read_bytes()
    before, after = raw_members(original), raw_members(new)
    touched = {*SHEETS, "xl/tables/table1.xml", "xl/tables/table2.xml"}
    assert {name for name in before if before[name] != after[name]} == touched
    assert set(before) == set(after)
    sheet = content(new, "xl/worksheets/sheet1.xml")
    assert 'sqref="D3:D34"' in sheet
    assert re.search(r'<row r="33"[^>]* ht="33" customHeight="1"', sheet)
    grid = XlsxBook.open(path).grid("Coordination")
    assert grid.height == ROWS + 2
    assert grid.column("事项名称")[-2:].tolist() == ["新一", "新二"]
    assert grid.column("计算到期")[0] == DUE


def test_openpyxl_reads_the_new_values(path):
    book = XlsxBook.open(path)
    book.apply(everything(book))
    again = openpyxl.load_workbook(path, read_only=True)
    sheet = again["协调台账"]
    assert sheet["E3"].value == "红"
    assert sheet["G3"].value == DUE
    assert sheet["B3"].value == "=事项0"
    assert again["任务跟踪表"]["A2"].value == '=HYPERLINK("#\'协调台账\'!B3","协调台账 第 3 行")'
    assert again["看板"]["B5"].value == "红二"


@pytest.fixture
def office(tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")

    def convert(path, kind: str):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return tmp_path / "out" / f"{path.stem}.{kind.partition(':')[0]}"

    return convert


@pytest.mark.libreoffice
def test_libreoffice_reads_the_new_values(path, office):
    book = XlsxBook.open(path)
    book.apply(everything(book))
    made = office(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1")
    found = list(
        csv.reader((made if made.exists() else next(made.parent.glob("*.csv"))).read_text("utf-8").splitlines())
    )
    assert found[2][:2] + found[2][3:6] == ["XT-2026-0001", "=事项0", "沟通中", "红", "0"]
    assert found[2][6].startswith("2026-11-30 18:00")
    assert found[ROWS + 3][:2] == ["XT-2026-0032", "新二"]


@pytest.mark.libreoffice
def test_libreoffice_saves_what_it_understood(path, office):
    book = XlsxBook.open(path)
    book.apply(everything(book))
    again = XlsxBook.open(office(path, "xlsx"))
    assert again.grid("Coordination").height == ROWS + 2
    assert again.grid("Coordination").column("逾期天数")[:ROWS].tolist() == [float(n) for n in range(ROWS)]
    assert again.grid("Tasks").column("编号").tolist() == ["协调台账 第 3 行", "第 4 行"]
