from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination_xl.books import ChangeSet, ColumnChange, Link, RowsAdded, XlsxBook
from coordination_xl.books.xlsx import scan_fast, scan_general
from coordination_xl.books.xlsx.apply import Application
from coordination_xl.books.xlsx.cells import Encoder
from coordination_xl.books.xlsx.package import Package
from coordination_xl.books.xlsx.sheets import Frame, plain_data
from coordination_xl.books.xlsx.splice import Write, splice
from coordination_xl.books.xlsx.styles import Styles
from coordination_xl.books.xlsx.workbook import read_layout
from tests.books.contract import column
from tests.packages.minimal import MAIN, members, sheet_xml, table_xml, text_cell, zipped

HEADERS = ("甲", "乙", "丙", "丁")
TOP, LEFT, BOTTOM = 2, 2, 9
INSIDES = {
    "blank": "/>",
    "number": "><v>1.5</v></c>",
    "date": "><v>46000.25</v></c>",
    "text": ' t="inlineStr"><is><t>原文</t></is></c>',
    "rich": ' t="inlineStr"><is><r><rPr><b/><color rgb="FF0000FF"/></rPr><t>富</t></r><r><t>文</t></r></is></c>',
    "truth": ' t="b"><v>1</v></c>',
    "error": ' t="e"><v>#N/A</v></c>',
    "link": ' t="str"><f>HYPERLINK("#A1","三")</f><v>三</v></c>',
    "odd": ' ph="1"><v>4</v></c>',
    "meta": ' cm="1" vm="2"><v>5</v></c>',
    "extended": "><v>6</v><extLst><ext/></extLst></c>",
}

cell = st.tuples(st.sampled_from(sorted(INSIDES)), st.sampled_from([None, 0, 1, 2, 5, 77]))
row = st.tuples(st.dictionaries(st.integers(1, 7), cell, max_size=5), st.booleans(), st.booleans())
sheets = st.dictionaries(st.integers(1, 12), row, max_size=8)
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6).map(float),
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=12),
    st.sampled_from(["=1+1", " 边 ", "_x0041_", "<&>\"'", 't="e"', '<c r="A1"', "]]>", "a\r\nb", "<!-- -->"]),
    st.datetimes(dt.datetime(1904, 1, 2), dt.datetime(2099, 12, 31)),
    st.builds(Link, st.just("'台账'!A1"), st.text("甲\"'&<_x0041_ ", min_size=1, max_size=9)),
)
changes = st.dictionaries(
    st.sampled_from(HEADERS), st.dictionaries(st.integers(TOP + 1, BOTTOM), values, min_size=1), min_size=1
)
relaxed = settings(max_examples=120, suppress_health_check=[HealthCheck.data_too_large])


def written(rows) -> str:
    pieces = []
    for number, (cells, has_spans, is_tall) in sorted(rows.items()):
        attributes = ' spans="2:4"' if has_spans else ""
        attributes += ' ht="30" customHeight="1"' if is_tall else ""
        inside = "".join(
            f'<c r="{"ABCDEFG"[at - 1]}{number}"{"" if style is None else f" s={chr(34)}{style}{chr(34)}"}{INSIDES[kind]}'
            for at, (kind, style) in sorted(cells.items())
        )
        pieces.append(f'<row r="{number}"{attributes}>{inside}</row>' if inside else f'<row r="{number}"{attributes}/>')
    return sheet_xml("".join(pieces), head='<dimension ref="B2:C3"/>')


def package_of(sheet: str | bytes, *, date1904: bool = False) -> bytes:
    table = table_xml(f"B{TOP}:E{BOTTOM}", HEADERS)
    properties = '<workbookPr date1904="1"/>' if date1904 else ""
    return zipped(members(sheet, (table,), properties=properties))


def change_set(wanted) -> ChangeSet:
    columns = []
    for header, cells in wanted.items():
        rows = sorted(cells)
        blank = column(*[None] * len(rows))
        columns.append(ColumnChange("T", header, np.array(rows), blank, blank, column(*(cells[row] for row in rows))))
    return ChangeSet(tuple(columns))


def carried_out(archive: bytes, wanted: ChangeSet) -> bytes:
    package = Package(archive, "台账.xlsx")
    layout = read_layout(package)
    new = Application(package, layout, Styles(package, layout.styles), lambda _: HEADERS).carried_out(wanted)
    return archive if new is None else new.archive


def read(archive: bytes) -> list[list[object]]:
    return [values.tolist() for values in XlsxBook(Path("台账.xlsx"), archive).grid("T").columns]


def as_read(value: object) -> object:
    match value:
        case Link():
            return value.text
        case dt.datetime():
            rounded = value.replace(microsecond=0) + dt.timedelta(seconds=value.microsecond >= 500_000)
            return rounded.date() if rounded.time() == dt.time() else rounded
        case _:
            return value


def same(found: object, wanted: object) -> bool:
    if isinstance(wanted, float) and isinstance(found, dt.date | dt.time):
        return True  # a number in a cell that shows dates; its exact value is compared when it is written
    return found == wanted and type(found) is type(wanted)


@relaxed
@given(sheets, changes, st.booleans())
def test_named_cells_take_their_values_and_no_other_changes(rows, wanted, date1904):
    archive = package_of(written(rows), date1904=date1904)
    before, after = read(archive), read(carried_out(archive, change_set(wanted)))
    for place, header in enumerate(HEADERS):
        for at in range(BOTTOM - TOP):
            sheet_row = TOP + 1 + at
            if sheet_row in wanted.get(header, {}):
                assert same(after[place][at], as_read(wanted[header][sheet_row])), (header, sheet_row)
            else:
                assert after[place][at] == before[place][at]


@relaxed
@given(sheets, changes)
def test_both_scanners_find_the_same_and_splice_the_same(rows, wanted):
    xml = written(rows).encode()
    data = plain_data(xml)
    fast, general = scan_fast.scan(xml, data), scan_general.scan(xml)
    assert fast is not None
    for field in dataclasses.fields(fast):
        first, second = getattr(fast, field.name), getattr(general, field.name)
        assert np.array_equal(first, second), field.name
    package = Package(package_of(xml), "台账.xlsx")
    outcomes = []
    for index in (fast, general):
        writes = [
            Write(LEFT + HEADERS.index(header), np.array(sorted(cells)), bodies, TOP + 1, BOTTOM)
            for header, cells in wanted.items()
            for bodies in [Encoder().encode(column(*(cells[row] for row in sorted(cells))))]
        ]
        styles = Styles(package, "xl/styles.xml")
        outcomes.append((splice(xml, index, Frame(xml, index), writes, styles, {}), styles.content()))
    assert outcomes[0] == outcomes[1]


def disguised(xml: str, seed: int) -> str:
    """The same sheet as other programs might write it."""
    chance = random.Random(seed)  # noqa: S311 a test's disguise is no secret
    if chance.random() < 0.4:
        xml = xml.replace("</c><c", "</c>\n  <c").replace("><row", ">\n <row")
    if chance.random() < 0.4:
        xml = re.sub(r'r="([A-Z])(\d+)"', r"r='\1\2'", xml)
    if chance.random() < 0.4:
        xml = xml.replace("<row", '<!-- <c r="A1"><v>9</v></c> --><row', 1)
    if chance.random() < 0.4:
        xml = xml.replace("原文", "<![CDATA[原文]]>")
    if chance.random() < 0.4:
        rows = re.findall(r"<row[^>]*/>|<row.*?</row>", xml, re.DOTALL)
        if len(rows) > 1:
            start = xml.index(rows[0])
            end = xml.index(rows[-1]) + len(rows[-1])
            if "".join(rows) == xml[start:end]:
                xml = xml[:start] + "".join(reversed(rows)) + xml[end:]
    if chance.random() < 0.4:
        xml = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")
    return xml


@relaxed
@given(sheets, changes, st.integers(0, 10**6))
def test_disguised_sheet_reads_and_splices_like_the_plain_one(rows, wanted, seed):
    plain, odd = package_of(written(rows)), package_of(disguised(written(rows), seed))
    assert read(odd) == read(plain)
    new_plain, new_odd = carried_out(plain, change_set(wanted)), carried_out(odd, change_set(wanted))
    assert read(new_odd) == read(new_plain)


@relaxed
@given(sheets, st.lists(values, min_size=1, max_size=5))
def test_added_rows_stand_below_the_last_used_one(rows, texts):
    rows = {number: parts for number, parts in rows.items() if number <= BOTTOM}
    archive = package_of(written(rows))
    before = read(archive)
    added = RowsAdded("T", ("乙",), (column(*texts),))
    after = read(carried_out(archive, ChangeSet(added=(added,))))
    used = max((at + 1 for values in before for at, value in enumerate(values) if value is not None), default=0)
    assert len(after[0]) == max(BOTTOM - TOP, used + len(texts))
    assert all(same(found, as_read(text)) for found, text in zip(after[1][used:], texts, strict=False))
    assert [values[:used] for values in after] == [values[:used] for values in before]


@relaxed
@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_cells_without_addresses_are_counted_from_the_last_one(given_addresses):
    cells, addresses = [], []
    for at, is_given in enumerate(given_addresses):
        column_letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ"[at % 26]
        if at < 26:
            cells.append(f'<c r="{column_letter}1"><v>{at}</v></c>' if is_given else f"<c><v>{at}</v></c>")
            addresses.append(1 << 14 | at)
    index = scan_general.scan(sheet_xml(f"<row>{''.join(cells)}</row>").encode())
    assert index.key.tolist() == addresses
    assert index.row.tolist() == [1]


def test_namespace_of_the_disguise_is_the_real_one():
    assert f'xmlns:x="{MAIN}"' in re.sub("xmlns=", "xmlns:x=", sheet_xml(f"<row>{text_cell('A1', '文')}</row>"))
