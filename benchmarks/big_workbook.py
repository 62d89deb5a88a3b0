"""A workbook with a very long 任务跟踪表, laid out as Excel would save it: shared strings, one style a column."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.grid import column_letters
from coordination_xl.schema.tables import TASKS

if TYPE_CHECKING:
    from pathlib import Path

LEFT_OUT = frozenset({"cooperating", "is_on_original", "pause_reason", "paused_at", "resumed_at"})
COLUMNS = tuple(column for column in TASKS.columns if column.identifier not in LEFT_OUT)
"""Twenty-four columns: all that must exist, and the usual others."""

_DEPARTMENTS = ("客户服务部", "市场部", "产品部", "数据部", "技术部", "运营部", "财务部", "采购部")
_TITLES = ("经理", "主管", "专员", "工程师")
_VERBS = ("提供", "完成", "核对", "修订", "整理", "汇总", "确认", "上线")
_THINGS = ("对账样例", "接口联调报告", "退货清单", "合同条款", "用户画像", "巡检整改单", "培训材料", "预算明细")
_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_ROW = 5


def write_big_workbook(path: Path, rows: int, *, seed: int = 7) -> None:
    """Write the workbook: a blank one with contacts, whose 任务跟踪表 has ``rows`` rows of 24 columns."""
    contacts = [
        {"department": department, "person": title, "role": "员工"} for department in _DEPARTMENTS for title in _TITLES
    ]
    coordination = {"id": "XT-2026-0001", "title": "总协调", "state": "草稿"}
    package = zipfile.ZipFile(io.BytesIO(build_workbook({"Contacts": contacts, "Coordination": [coordination]})))
    members = {name: package.read(name) for name in package.namelist()}
    table = next(name for name, data in members.items() if b'displayName="Tasks"' in data)
    sheet = _sheet_of(members, table)
    data, strings = _sheet_data(members[sheet].decode(), rows, random.Random(seed))
    members[sheet] = data.encode()
    _add_strings(members, strings, rows)
    members[table] = _table(members[table].decode(), rows).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)


def _sheet_of(members: dict[str, bytes], table: str) -> str:
    name = table.rsplit("/", 1)[1].encode()
    rels = next(
        part for part, data in members.items() if part.startswith("xl/worksheets/_rels/") and b"/" + name in data
    )
    return "xl/worksheets/" + rels.rsplit("/", 1)[1].removesuffix(".rels")


def _add_strings(members: dict[str, bytes], strings: list[str], rows: int) -> None:
    """The part of shared strings, which the builder's own sheets do without."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    members["xl/sharedStrings.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'count="{rows * 12}" uniqueCount="{len(strings)}">{"".join(strings)}</sst>'
    ).encode()
    for part, end, entry in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}"/>'),
        (
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            f'<Relationship Id="rIdStrings" Type="{kind}" Target="/xl/sharedStrings.xml"/>',
        ),
    ):
        members[part] = members[part].replace(end, entry.encode() + end)


def _sheet_data(xml: str, rows: int, luck: random.Random) -> tuple[str, list[str]]:
    styles = dict(re.findall(r'<c\b[^>]*?\br="([A-Z]+)5"[^>]*?\bs="(\d+)"', xml))
    order = {column.identifier: column_letters(place) for place, column in enumerate(TASKS.columns, start=1)}
    style = {column.identifier: styles.get(order[column.identifier], "0") for column in COLUMNS}
    numbers: dict[str, int] = {}
    lines = []

    def text(value: str) -> str:
        return f't="s"><v>{numbers.setdefault(value, len(numbers))}</v></c>'

    headings = "".join(
        f'<c r="{column_letters(place)}4" {text(column.header)}' for place, column in enumerate(COLUMNS, start=1)
    )
    for number in range(rows):
        row = _FIRST_ROW + number
        cells = []
        for place, (identifier, value) in enumerate(_task(number, luck).items(), start=1):
            head = f'<c r="{column_letters(place)}{row}" s="{style[identifier]}" '
            if value is None:
                cells.append(head[:-1] + "/>")
            elif isinstance(value, dt.datetime):
                cells.append(f"{head[:-1]}><v>{(value - _EPOCH) / dt.timedelta(days=1)!r}</v></c>")
            else:
                cells.append(head + text(value))
        lines.append(f'<row r="{row}" spans="1:24" ht="33" customHeight="1">{"".join(cells)}</row>')
    body = f'<row r="4" ht="30" customHeight="1">{headings}</row>' + "".join(lines)
    xml, count = re.subn(r'<row\b[^>]*\br="4".*(?=</sheetData>)', lambda _: body, xml, flags=re.DOTALL)
    if count != 1:
        raise ValueError("the header row is not where the bench expects it")
    xml = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:X{_FIRST_ROW + rows - 1}"', xml)
    xml = re.sub(r"<conditionalFormatting.*</conditionalFormatting>", "", xml, flags=re.DOTALL)
    xml = re.sub(r"<dataValidations.*</dataValidations>", "", xml, flags=re.DOTALL)
    return xml, [f'<si><t xml:space="preserve">{escape(value)}</t></si>' for value in numbers]


def _task(number: int, luck: random.Random) -> dict[str, str | dt.datetime | None]:
    department = luck.choice(_DEPARTMENTS)
    created = dt.datetime(2026, 1, 5, 9, 30) + dt.timedelta(days=luck.randrange(300), minutes=luck.randrange(400))
    deadline = dt.datetime(created.year, created.month, created.day) + dt.timedelta(days=luck.randrange(3, 60))
    is_done = luck.random() < 0.6
    done = deadline + dt.timedelta(days=luck.randrange(-3, 3), hours=15) if is_done else None
    if done and done > dt.datetime(2026, 11, 20):
        is_done, done = False, None
    thing = f"{luck.choice(_VERBS)}{luck.choice(_THINGS)}（第{number + 1}项）"
    filled: dict[str, str | dt.datetime | None] = {
        "id": f"RW-2026-{number + 1:06d}",
        "title": thing,
        "state": "已完成" if is_done else luck.choice(("待办", "进行中", "待验收")),
        "responsible": f"{department}*{luck.choice(_TITLES)}",
        "department": department,
        "deadline": deadline,
        "source": "XT-2026-0001",
        "deliverable": luck.choice(_THINGS),
        "acceptance": f"{luck.choice(_THINGS)}齐全",
        "remarks": "依赖上月结账" if luck.random() < 0.1 else None,
        "urgency": luck.choice(("紧急", "一般", "低优先级")),
        "created_at": created,
        "done_at": max(done, created) if done else None,
    }
    return {column.identifier: filled.get(column.identifier) for column in COLUMNS}


def _table(xml: str, rows: int) -> str:
    ref = f"A4:X{_FIRST_ROW + rows - 1}"
    columns = "".join(
        f'<tableColumn id="{place}" name="{escape(column.header)}"/>' for place, column in enumerate(COLUMNS, start=1)
    )
    xml = re.sub(r'ref="[^"]*"', f'ref="{ref}"', xml)
    return re.sub(
        r"<tableColumns.*</tableColumns>",
        f'<tableColumns count="{len(COLUMNS)}">{columns}</tableColumns>',
        xml,
        flags=re.DOTALL,
    )
