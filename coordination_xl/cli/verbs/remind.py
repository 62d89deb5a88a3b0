"""``remind``: what is due for a reminder or the next rung."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coordination_xl.actions.remind import remind as remind_book
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from rich.console import Console

MOST_REMINDERS = 15
"""Lines of the list; 发文记录 has them all."""


def _show_reminders(console: Console, result: Result) -> None:
    """Who is reminded of what at which rung, the first of many, and how many wait for working hours."""
    summary: dict[str, Any] = dict(result.summary)
    if result.notices:
        rows = [
            (each["rung"] or "到期提醒", each["kind"], each["source"], each["recipients"])
            for each in result.notices[:MOST_REMINDERS]
        ]
        title = f"催办 {len(result.notices)} 件，{summary['people']} 人，邮件 {summary['mails']} 封"
        pages.show_table(console, title, ("层级", "种类", "事项", "收件人"), rows)
        if (rest := len(result.notices) - MOST_REMINDERS) > 0:
            console.print(f"…… 另有 {rest} 件，见发文记录。")
    elif not summary["held"]:
        console.print("没有要催办的。")
    if summary["held"]:
        console.print(f"现在不是工作时间，{summary['held']} 件留到 {shown(summary['held_until'])} 以后催办。")
    for each in result.notices:
        if each["failure"]:
            console.print(pages.printable(f"{each['id']} 没有写成：{each['failure']}"))


@over_book("催办升级：将到期、漏反馈、逾期的按阶梯各催一次，每人一封。", _show_reminders, pages.show_findings)
def remind(
    book: Book,
    moment: datetime,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="放到哪个文件夹；不写就是参数“外发目录”", metavar="DIR", show_default=False),
    ] = None,
) -> Result:
    """Write the reminders that are due."""
    return remind_book(book, moment, actor=actor(), out=out)
