"""``upgrade``: an older workbook gets what the program has now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.actions.results import Result
from coordination_xl.actions.upgrade import upgrade as upgrade_workbook
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console


def show_added(console: Console, result: Result) -> None:
    """What comes in, and from which version to which."""
    told = result.summary
    rows = list(_rows(told))
    if not rows and told["from_version"] == told["to_version"]:
        console.print(f"工作簿已是版本 {told['to_version']}，不缺什么。")
        return
    old = "没有写明" if told["from_version"] is None else told["from_version"]
    console.print(f"工作簿版本：{old} → {told['to_version']}")
    if rows:
        pages.show_table(console, f"新增 {len(rows)} 项", ("工作表", "种类", "名称"), rows)


def _rows(told: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(told, dict):
        return
    for sheet in told["sheets"]:
        yield sheet, "工作表", sheet
    for each in told["tables"]:
        yield each["sheet"], "表格", each["table"]
    for each in told["columns"]:
        yield each["sheet"], "列", each["column"]
    for each in told["names"]:
        yield each["sheet"], "名称", f"{each['label']}（{each['address']}）"
    for key in told["settings"]:
        yield "参数", "行", key
    for rule in told["rules"]:
        yield "时限规则", "行", rule


@over_book("升级旧工作簿：补上缺少的工作表、列和参数，原有内容一概保留。", show_added, pages.show_findings)
def upgrade(book: Book, moment: datetime) -> Result:
    """Upgrade."""
    return upgrade_workbook(book, moment, actor=actor())
