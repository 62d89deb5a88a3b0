"""What Word asks of tables and cells that a loop or a condition has made."""

from __future__ import annotations

import itertools
import re

from coordination_xl.notices.word_text import width

MARK = "<?columns?>"
"""Stands in a table whose cells come from a loop, until its columns are known."""
_CELL_LOOP = re.compile(r"\{%[^%{}]*\bfor\b[^%{}]*%\}\s*<w:tc[ >]")
_TABLE = re.compile(re.escape(MARK) + r".*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_GRID_COLUMN = re.compile(r'<w:gridCol[^>]*w:w="(\d+)"')
_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc[ >].*?</w:tc>", re.DOTALL)
_CELL_WIDTH = re.compile(r"<w:tcW [^>]*/>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_EMPTY_CELL = re.compile(r"(</w:tcPr>|<w:tcPr/>|<w:tc>|</w:tbl>)\s*</w:tc>")
_EMPTY_ROW = re.compile(r"<w:tr(?: [^>]*)?>\s*(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>\s*)?</w:tr>", re.DOTALL)
_ROWLESS = re.compile(r"</w:tblGrid>\s*</w:tbl>")
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>|</w:tbl>).)*</w:tblGrid>\s*</w:tbl>", re.DOTALL)
_PICTURE = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(?=")')
_NARROWEST, _WIDEST = 6, 40
"""Half characters that count for a column: a narrow one keeps its heading whole, a wide one leaves room for the rest."""


def marked(template: str) -> str:
    """A template in which each table with a loop over cells bears :data:`MARK`."""
    starts = {template.rfind("<w:tbl>", 0, loop.start()) for loop in _CELL_LOOP.finditer(template)}
    for start in sorted(starts - {-1}, reverse=True):
        end = start + len("<w:tbl>")
        template = template[:end] + MARK + template[end:]
    return template


def mended(xml: str) -> str:
    """A rendered part as Word accepts it.

    Tables from loops get their columns, a row without cells and a table without rows go, a cell without a paragraph gets one,
    pictures that a loop repeats get numbers of their own.
    """
    if MARK in xml:
        xml = _TABLE.sub(lambda table: _with_columns(table[0]), xml)
    xml = _EMPTY_ROW.sub("", xml)
    if _ROWLESS.search(xml):
        xml = _EMPTY_TABLE.sub("", xml)
    xml = _EMPTY_CELL.sub(r"\1<w:p/></w:tc>", xml)
    if "<wp:docPr " in xml:
        numbers = itertools.count(1)
        xml = _PICTURE.sub(lambda picture: f"{picture[1]}{next(numbers)}", xml)
    return xml


def _with_columns(table: str) -> str:
    """One marked table: its grid has as many columns as its rows have cells, as wide as their texts ask for."""
    table = table.removeprefix(MARK)
    rows = [_CELL.findall(row) for row in _ROW.findall(table)]
    count = max(map(len, rows), default=0)
    grid = _GRID.search(table)
    if grid is None or not count or "<w:gridSpan" in table or "<w:tbl>" in table:
        return table
    total = sum(map(int, _GRID_COLUMN.findall(grid[0])))
    asked = [_NARROWEST] * count
    for row in rows:
        for column, cell in enumerate(row):
            asked[column] = max(asked[column], min(width("".join(_TEXT.findall(cell))[:_WIDEST]) + 2, _WIDEST))
    widths = [total * each // sum(asked) for each in asked]
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    table = table.replace(grid[0], f"<w:tblGrid>{columns}</w:tblGrid>", 1)
    return _ROW.sub(lambda row: _with_widths(row[0], widths), table)


def _with_widths(row: str, widths: list[int]) -> str:
    each = iter(widths)
    return _CELL.sub(lambda cell: _CELL_WIDTH.sub(f'<w:tcW w:w="{next(each)}" w:type="dxa"/>', cell[0], count=1), row)
