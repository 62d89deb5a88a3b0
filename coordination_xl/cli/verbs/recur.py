"""``recur``: the next standing meetings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.recur import MOST_WEEKS, WEEKS
from coordination_xl.actions.recur import recur as recur_book
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from rich.console import Console


def _show_meetings(console: Console, result: Result) -> None:
    """The meetings that were planned, and those that are not held."""
    meetings, dropped = result.summary["meetings"], result.summary["dropped"]
    if isinstance(meetings, list) and meetings:
        rows = [tuple(each[key] for key in ("id", "title", "starts_at", "remarks")) for each in meetings]
        pages.show_table(console, f"新排会议（{len(rows)} 次）", ("编号", "会议主题", "会议时间", "备注"), rows)
    else:
        console.print(f"没有要新排的会议（排到 {shown(result.summary['until'])}）。")
    if isinstance(dropped, list) and dropped:
        rows = [(each["rule"], each["title"], each["planned"]) for each in dropped]
        pages.show_table(console, "整个周期放假，不开", ("例会", "名称", "原定日期"), rows)


@over_book("排例会：按“例会”的规则排今后几周的会议，避开休息日。", _show_meetings, pages.show_findings)
def recur(
    book: Book,
    moment: datetime,
    *,
    weeks: Annotated[int, typer.Option("--weeks", help="排到几周以后", min=1, max=MOST_WEEKS)] = WEEKS,
) -> Result:
    """Plan the next standing meetings."""
    return recur_book(book, moment, weeks=weeks, actor=actor())
