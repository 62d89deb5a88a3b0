"""Workbooks of earlier versions as they were made then, and workbooks from which somebody took something."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "workbooks" / "older"
BLANK_1, BLANK_2, DEMO_1 = (
    FOLDER / f"{name}.xlsx" for name in ("blank-version-1", "blank-version-2", "demo-version-1")
)
CURRENT = Path("workbooks/coordination.xlsx")
DEMO = Path("workbooks/coordination-demo.xlsx")


def parts_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def part_of_sheet(parts: dict[str, bytes], sheet: str) -> str:
    """The part of a sheet of a workbook that openpyxl wrote."""
    identity = re.search(rf'<sheet [^>]*name="{sheet}"[^>]* r:id="(\w+)"', parts["xl/workbook.xml"].decode())[1]
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    return re.search(rf'<Relationship Id="{identity}" Target="/([^"]*)"', links)[1]


def related(parts: dict[str, bytes], part: str) -> list[str]:
    """The relationships part of a part, and the parts that it names, all the way down."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in parts:
        return []
    targets = re.findall(r'Target="/([^"]*)"', parts[rels].decode())
    return [rels, *targets, *(each for target in targets for each in related(parts, target))]


def without_parts(parts: dict[str, bytes], gone: list[str]) -> dict[str, bytes]:
    types = parts["[Content_Types].xml"].decode()
    for name in gone:
        types = re.sub(rf'<Override [^>]*PartName="/{re.escape(name)}"[^>]*/>', "", types)
    return {name: data for name, data in parts.items() if name not in gone} | {"[Content_Types].xml": types.encode()}


def without_sheet(archive: bytes, sheet: str) -> bytes:
    """As Excel leaves a workbook whose sheet was deleted: the names that spoke of it say #REF!."""
    parts = parts_of(archive)
    book, links = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    part = part_of_sheet(parts, sheet)
    place = re.findall(r'<sheet [^>]*name="([^"]*)"', book).index(sheet)
    book = re.sub(rf'<sheet [^>]*name="{sheet}"[^>]*/>', "", book)
    book = re.sub(rf'<definedName localSheetId="{place}" [^>]*>[^<]*</definedName>', "", book)
    book = re.sub(r'(<definedName localSheetId=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) - (int(m[2]) > place)}"', book)
    book = re.sub(rf"(<definedName name=\"[^\"]*\">)'{sheet}'![^<]*", r"\1#REF!", book)
    parts["xl/workbook.xml"] = book.encode()
    parts["xl/_rels/workbook.xml.rels"] = re.sub(rf'<Relationship [^>]*Target="/{part}"[^>]*/>', "", links).encode()
    return packed(without_parts(parts, [part, *related(parts, part)]))


def without_table(archive: bytes, sheet: str) -> bytes:
    """As Excel leaves a table that was turned into a plain range."""
    parts = parts_of(archive)
    part = part_of_sheet(parts, sheet)
    parts[part] = re.sub(rb"<tableParts.*?</tableParts>", b"", parts[part])
    return packed(without_parts(parts, related(parts, part)))


def without_name(archive: bytes, name: str) -> bytes:
    parts = parts_of(archive)
    book = re.sub(rf'<definedName name="{name}">[^<]*</definedName>', "", parts["xl/workbook.xml"].decode())
    return packed(parts | {"xl/workbook.xml": book.encode()})


def with_cell(archive: bytes, sheet: str, address: str, text: str) -> bytes:
    """Somebody wrote a note into a cell at the end of its row."""
    parts = parts_of(archive)
    part, row = part_of_sheet(parts, sheet), re.sub(r"\D", "", address)
    xml = parts[part].decode()
    cell = f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'
    assert f'<c r="{address}"' not in xml
    xml = re.sub(rf'(<row r="{row}"[^>]*>.*?)(</row>)', rf"\1{cell}\2", xml, count=1, flags=re.DOTALL)
    return packed(parts | {part: xml.encode()})


def with_text(archive: bytes, sheet: str, old: str, new: str) -> bytes:
    """Somebody wrote something else into the cells of a sheet that said ``old``."""
    parts = parts_of(archive)
    part = part_of_sheet(parts, sheet)
    changed = parts[part].replace(f"<t>{old}</t>".encode(), f"<t>{new}</t>".encode())
    assert changed != parts[part]
    return packed(parts | {part: changed})
