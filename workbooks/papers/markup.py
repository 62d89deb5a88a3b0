"""WordprocessingML in a few words: runs, paragraphs, cells, rows, tables. Lengths are twentieths of a point."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE = 6
"""The thin black line of tables, 0.75 pt in eighths of a point."""
TEXT_WIDTH = 9071
"""A4 without its margins."""


def run(text: str, *, bold: bool = False, colour: str = "") -> str:
    """A text, tags and all, in one run: what is laid over several runs is hard to edit."""
    look = ("<w:b/><w:bCs/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    words = '</w:t><w:tab/><w:t xml:space="preserve">'.join(escape(part) for part in text.split("\t"))
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def field(code: str) -> str:
    """A field that Word fills in, such as ``PAGE``."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(style: str, *runs: str) -> str:
    """A paragraph; plain texts become runs."""
    inner = "".join(each if each.startswith("<w:") else run(each) for each in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def tag(text: str) -> str:
    """A paragraph that only steers: it is not in the notice."""
    return paragraph("Tag", f"{{%p {text} %}}")


def every(loop: str, *content: str) -> str:
    """Paragraphs and tables for each of a list."""
    return "".join((tag(f"for {loop}"), *content, tag("endfor")))


def where(condition: str, *content: str) -> str:
    """Paragraphs and tables under a condition."""
    return "".join((tag(f"if {condition}"), *content, tag("endif")))


def cell(width: int, *paragraphs: str, span: int = 1, fill: str = "", align: str = "center") -> str:
    """A cell.

    Args:
        width: its width.
        *paragraphs: what is in it.
        span: how many columns it takes.
        fill: its ground.
        align: ``top``, ``center`` or ``bottom``.
    """
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
        f'<w:vAlign w:val="{align}"/>',
    )
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, height: int = 0, is_head: bool = False, is_whole: bool = False) -> str:
    """A row, at least so high.

    Args:
        *cells: its cells.
        height: the least height.
        is_head: whether it stands on every page that the table reaches.
        is_whole: whether it never runs over to the next page.
    """
    properties = "".join(
        (
            "<w:cantSplit/>" if is_whole else "",
            f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "",
            "<w:tblHeader/>" if is_head else "",
        )
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def steering_row(text: str, span: int) -> str:
    """A row that only steers: it is not in the notice."""
    return row(cell(TEXT_WIDTH, paragraph("Tag", f"{{%tr {text} %}}"), span=span))


def table(widths: Sequence[int], rows: Iterable[str], *, lines: str = "") -> str:
    """A table as wide as the text.

    Args:
        widths: of its columns.
        rows: its rows.
        lines: its borders; thin black lines all over where they are not given.
    """
    borders = lines or "".join(border(side, LINE) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="142" w:type="dxa"/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def border(side: str, eighths: int) -> str:
    """A line at one side of a table."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
