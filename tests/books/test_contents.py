"""Sheets that are read by their distinct contents, held against calamine's reading of the whole sheet."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.books.xlsx import scan_fast
from coordination_xl.books.xlsx.contents import Contents, IndexedSheets
from coordination_xl.books.xlsx.markup import BadMarkup
from coordination_xl.books.xlsx.package import Package
from coordination_xl.books.xlsx.reader import Reader
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.verify import Mismatch, compare_others
from coordination_xl.books.xlsx.workbook import read_layout
from tests.packages.minimal import members, sheet_xml, zipped

INSIDES = (
    "/>",
    "></c>",
    "><v>1.5</v></c>",
    "><v>46000.25</v></c>",
    "><v>9999999</v></c>",
    ' t="inlineStr"><is><t xml:space="preserve"> 原 文 </t></is></c>',
    ' t="str"><f>A1</f><v>果</v></c>',
    ' t="b"><v>1</v></c>',
    ' t="e"><v>#N/A</v></c>',
    ' cm="1"><v>5</v></c>',
    "><v>6</v><extLst><ext/></extLst></c>",
)
cells = st.tuples(st.sampled_from(INSIDES), st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"']))
sheets = st.dictionaries(st.integers(1, 1200), st.dictionaries(st.integers(1, 30), cells, max_size=6), max_size=6)
COLUMNS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]


def written(rows) -> str:
    return sheet_xml(
        "".join(
            f'<row r="{row}">'
            + "".join(f'<c r="{COLUMNS[at - 1]}{row}"{style}{inside}' for at, (inside, style) in sorted(parts.items()))
            + "</row>"
            for row, parts in sorted(rows.items())
        )
    )


def readings(sheet: str):
    """The sheet read whole, and read by its contents."""
    package = Package(zipped(members(sheet)), "台账.xlsx")
    layout = read_layout(package)
    part, kinds = layout.sheets[0].part, Styles(package, layout.styles).kinds
    indexed = IndexedSheets(package, least=0).get(part)
    assert indexed is not None
    for contents in ({}, {part: Contents(indexed)}):
        reader = Reader(package, [part], layout.strings, kinds, date1904=False, contents=contents)
        yield reader.values(0)


@settings(max_examples=100)
@given(sheets)
def test_contents_read_like_the_whole_sheet(rows):
    whole, distinct = readings(written(rows))
    for expected, found in zip(whole.columns(2, 1100, 2, 29), distinct.columns(2, 1100, 2, 29), strict=True):
        assert found.tolist() == expected.tolist()
    at = np.array([1, 2, 700, 1200, 1300])
    for column in (1, 2, 30, 31):
        assert distinct.cells(column, at) == whole.cells(column, at)


def indexed(sheet: str):
    package = Package(zipped(members(sheet)), "台账.xlsx")
    return IndexedSheets(package, least=0).get(read_layout(package).sheets[0].part)


def test_a_content_that_is_not_well_formed_is_refused():
    many = "".join(
        f'<row r="{row}"><c r="A{row}"/></row>' for row in range(2, 4000)
    )  # beyond what is parsed as a whole
    sheet = indexed(sheet_xml(f'{many}<row r="4000"><c r="A4000" t="inlineStr"><is><t>甲</t></c></row>'))
    assert sheet is not None
    with pytest.raises(BadMarkup):
        Contents(sheet)


def test_small_sheets_are_not_indexed_for_reading():
    package = Package(zipped(members(sheet_xml(""))), "台账.xlsx")
    assert IndexedSheets(package).get(read_layout(package).sheets[0].part) is None


OLD = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>20000001</v></c><c r="C1"><v>3</v></c></row>'
KEYS = np.array([1 << 14 | 2])  # C1


@pytest.mark.parametrize("new", [OLD, OLD.replace(">3<", ">4<"), OLD.replace('<c r="C1"><v>3</v></c>', "")])
def test_verification_passes_over_the_cells_that_were_written(new):
    compare_others(indexed(sheet_xml(OLD)), indexed(sheet_xml(new)), KEYS)


@pytest.mark.parametrize(
    ("old", "new"), [(">1<", ">2<"), ("20000001", "20000002"), (">1<", ">12<"), ('<c r="A1"><v>1</v></c>', "")]
)
def test_verification_finds_a_cell_that_was_not_to_change(old, new):
    with pytest.raises(Mismatch, match="未写入"):
        compare_others(indexed(sheet_xml(OLD)), indexed(sheet_xml(OLD.replace(old, new, 1))), KEYS)


def test_index_of_a_sheet_of_many_chunks_is_that_of_one(monkeypatch):
    rows = "".join(
        f'<row r="{n}" ht="{n % 3}"><c r="A{n}" s="{n % 4}"/><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 900)
    )
    whole = indexed(sheet_xml(rows)).index
    monkeypatch.setattr(scan_fast, "_CHUNK", 4_000)
    pieces = indexed(sheet_xml(rows)).index
    for field in dataclasses.fields(whole):
        assert np.array_equal(getattr(pieces, field.name), getattr(whole, field.name)), field.name
