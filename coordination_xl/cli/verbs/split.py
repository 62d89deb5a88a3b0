"""``split``: agreements into tasks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from coordination_xl.actions.results import Result
from coordination_xl.actions.split import split as split_agreements
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from rich.console import Console


MOST_UNCHANGED = 20
"""Up to so many tasks a terminal lists those too of which nothing changes."""
STATUS_STYLES = {"新增": "#1f6b4c", "更新": "#174e86", "不变": "#6b7682", "拒绝": "bold #b3261e"}
STATUS_SYMBOLS = {"新增": "○", "更新": "●", "不变": "－", "拒绝": "▲"}


def show_proposed(console: Console, result: Result) -> None:
    """Every task with what becomes of it; of many, those that stay as they are, are only counted."""
    counts, proposed = result.summary["counts"], result.summary["proposed"]
    if not isinstance(counts, dict) or not isinstance(proposed, list):
        raise TypeError(result.verb)
    if not proposed:
        console.print("没有可以拆分的约定。")
        return
    rows = [
        (
            _status(each["status"]),
            each["source"],
            each["id"],
            each["title"],
            each["who"],
            each["by"],
            each["acceptance"],
        )
        for each in proposed
        if each["status"] != "不变" or len(proposed) <= MOST_UNCHANGED
    ]
    if rows:
        headers = ("结果", "来源编号", "任务编号", "任务", "责任人", "完成时限", "验收标准")
        pages.show_table(console, "拆分任务", headers, rows)
    told = "，".join(f"{status} {count} 项" for status, count in counts.items())
    console.print(f"共 {len(proposed)} 项任务：{told}。")
    kept = [each for each in proposed if each["status"] == "不变" and each["reason"]]
    for reason in dict.fromkeys(each["reason"] for each in kept):
        console.print(Text(f"  不变：{pages.printable(reason)}（{sum(each['reason'] == reason for each in kept)} 项）"))
    if counts["拒绝"]:
        console.print("被拒绝的任务没有写入任务跟踪表；按下面的建议改好后再拆分一次。")


def _status(status: str) -> Text:
    """A status with its symbol, so that it reads without colour."""
    return Text(f"{STATUS_SYMBOLS[status]} {status}", style=STATUS_STYLES[status])


@over_book(
    "拆分任务：协商结果、决议、措施拆成一人一时限的任务。",
    show_proposed,
    pages.show_findings,
)
def split(
    book: Book,
    moment: datetime,
    records: Annotated[
        list[str] | None,
        typer.Argument(help="编号，可写几个；不写就拆分全部已有约定的事项", metavar="ID", show_default=False),
    ] = None,
) -> Result:
    """Split."""
    return split_agreements(book, records or [], moment, actor=actor())
