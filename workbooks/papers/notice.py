"""The paper of a notice: head, title, text, facts, requests, signature, colophon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbooks.papers.markup import (
    TEXT_WIDTH,
    border,
    cell,
    every,
    field,
    paragraph,
    row,
    run,
    steering_row,
    table,
    tag,
    where,
)
from workbooks.papers.styles import LABEL_GROUND, RED

if TYPE_CHECKING:
    from workbooks.papers.kinds import Sheet, Slip

LABEL, VALUE = 1780, 2755
_ROW = 390
_WEIGHT = "facts | length + requests | length * 2 + sections | length * 3 + tables | length * 4"
"""What fills the page: a short notice has room around its title, a long one still ends on its first page."""
_GAP = where("is_roomy", paragraph("Gap"))
_COLOPHON = (3000, 3671, 2400)


def notice_body(sheet: Sheet) -> str:
    """What stands on the paper of a kind."""
    return "".join(
        (
            head("{{ number }}", "{{ level }}"),
            tag(f"set is_roomy = {_WEIGHT} < {9 if sheet.slip else 15}"),
            _GAP,
            paragraph("NoticeTitle", "{{ title }}"),
            _GAP,
            _band() if sheet.has_band else "",
            paragraph("To", '{{ to | join("、") }}：'),
            every("text in opening", paragraph("Body", "{{ text }}")),
            tag("set before = 1 if facts else 0"),
            where("facts", heading("1", "基本情况"), _facts()),
            every(
                "heading, paragraphs in sections",
                heading("before + loop.index", "{{ heading }}"),
                every("text in paragraphs", paragraph("Body", "{{ text }}")),
            ),
            every(
                "heading, columns, rows in tables",
                tag("if heading"),
                heading("before + sections | length + loop.index", "{{ heading }}"),
                tag("else"),
                paragraph("Gap"),
                tag("endif"),
                _listing(),
            ),
            where(
                "requests",
                heading("before + sections | length + tables | length + 1", "{{ requests_heading }}"),
                _requests(),
            ),
            where("remark", paragraph("Body", "{{ remark }}")),
            where("contact", paragraph("Contact", "联系人：{{ contact }}。")),
            signature(),
            _slip(sheet.slip) if sheet.slip else "",
            _colophon(),
            paragraph("End"),
        )
    )


def notice_foot() -> str:
    """The foot of papers that may run over several pages."""
    return paragraph("Foot", run("{{ number }}　第 "), field("PAGE"), run(" 页，共 "), field("NUMPAGES"), run(" 页"))


def head(number: str, level: str) -> str:
    """The company, and the line below it."""
    return paragraph("Company", "{{ company }}") + paragraph("Numbers", f"{number}\t保密等级：{level}")


def heading(number: str, text: str) -> str:
    """``一、`` and what follows; ``number`` is worked out by the template."""
    return paragraph("Heading", f"{{{{ ({number}) | numeral }}}}、{text}")


def signature() -> str:
    """Department and date."""
    return (
        _GAP
        + paragraph("Sign", "{{ office }}")
        + paragraph("Sign", "{{ now.year }}年{{ now | short_day }}")
        + paragraph("Gap")
    )


def label(text: str, width: int = LABEL) -> str:
    """A cell that names its neighbour."""
    return cell(width, paragraph("Label", text), fill=LABEL_GROUND)


def _band() -> str:
    """Red is for what is overdue alone."""
    return where(
        "band",
        paragraph(
            "Band",
            run('{% if tone == "红" %}'),
            run("{{ mark }}：{{ band }}", colour=RED),
            run("{% else %}"),
            run("{{ mark }}：{{ band }}"),
            run("{% endif %}"),
        ),
    )


def _facts() -> str:
    """Two short facts share a row; the others have their own."""

    def value(fact: str, span: int) -> str:
        bold = run(f"{{{{ {fact}[1] }}}}", bold=True)
        look = (run(f"{{% if {fact}[2] %}}"), bold, run("{% else %}"), run(f"{{{{ {fact}[1] }}}}"), run("{% endif %}"))
        return cell(VALUE if span == 1 else TEXT_WIDTH - LABEL, paragraph("Value", *look), span=span)

    two = row(label("{{ row[0][0] }}"), value("row[0]", 1), label("{{ row[1][0] }}"), value("row[1]", 1), height=_ROW)
    one = row(label("{{ row[0][0] }}"), value("row[0]", 3), height=_ROW)
    steps = ("for row in facts | paired", "if row | length == 2", "else", "endif", "endfor")
    start, pair, single, end, stop = (steering_row(step, 4) for step in steps)
    return table((LABEL, VALUE, LABEL, TEXT_WIDTH - 2 * LABEL - VALUE), (start, pair, two, single, one, end, stop))


def _listing() -> str:
    """A table whose columns the notice names."""
    third = TEXT_WIDTH // 3
    heads = (
        cell(third, paragraph("Label", "{%tc for column in columns %}")),
        label("{{ column }}", third),
        cell(third, paragraph("Label", "{%tc endfor %}")),
    )
    cells = (
        cell(third, paragraph("Cell", "{%tc for cell in row %}")),
        cell(third, paragraph("Cell", "{{ cell }}")),
        cell(third, paragraph("Cell", "{%tc endfor %}")),
    )
    rows = (
        row(*heads, height=_ROW, is_head=True),
        steering_row("for row in rows", 3),
        row(*cells, height=_ROW),
        steering_row("endfor", 3),
    )
    return table((third, third, TEXT_WIDTH - 2 * third), rows)


def _requests() -> str:
    """（一） and so on; the deadline is bold. A single one has no number."""
    return every(
        "first, deadline, rest in requests",
        paragraph(
            "Body",
            run("{% if requests | length > 1 %}（{{ loop.index | numeral }}）{% endif %}{{ first }}"),
            run("{{ deadline }}", bold=True),
            run("{{ rest }}"),
        ),
    )


def _slip(slip: Slip) -> str:
    """Boxes for a pen."""
    rows = []
    for boxes, height in slip.rows:
        width, span = (VALUE, 1) if len(boxes) > 1 else (TEXT_WIDTH - LABEL, 3)
        cells = [
            each for name, blank in boxes for each in (label(name), cell(width, paragraph("Value", blank), span=span))
        ]
        rows.append(row(*cells, height=height, is_whole=True))
    by = "{% if answer_by %}（请于 {{ answer_by | moment }} 前答复）{% endif %}"
    above = paragraph("Heading", slip.heading + by) if slip.heading else ""
    return above + table((LABEL, VALUE, LABEL, TEXT_WIDTH - 2 * LABEL - VALUE), rows) + paragraph("Gap")


def _colophon() -> str:
    """Who else has it, its number, and a line for a signature."""
    lines = border("top", 12) + border("bottom", 12) + border("insideH", 6)
    left, middle, right = _COLOPHON
    rows = (
        steering_row("if copies", 3),
        row(cell(TEXT_WIDTH, paragraph("Colophon", '抄送：{{ copies | join("、") }}。'), span=3), is_whole=True),
        steering_row("endif", 3),
        row(
            cell(left, paragraph("Colophon", "通知编号：{{ number }}")),
            cell(middle, paragraph("Colophon", "阅知：")),
            cell(right, paragraph("ColophonRight", "年　　月　　日")),
            height=440,
            is_whole=True,
        ),
    )
    return table(_COLOPHON, rows, lines=lines)
