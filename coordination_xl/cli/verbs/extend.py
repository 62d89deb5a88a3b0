"""``extend``: granted extensions into the deadlines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.extend import extend as extend_deadlines
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from rich.console import Console


def show_extended(console: Console, result: Result) -> None:
    """The deadlines that were written, and the due times that ``refresh`` moves."""
    for key, title in (
        ("extended", "延期 {} 件"),
        ("by_refresh", "另有 {} 件的到期时间由【刷新逾期】顺延，不改单元格"),
    ):
        moves = result.summary[key]
        if isinstance(moves, list) and moves:
            rows = [
                (
                    each["sheet"],
                    each["id"],
                    each["column"] or "（计算得出）",
                    each["original"],
                    each["due"],
                    "、".join(each["requests"]),
                )
                for each in moves
            ]
            headers = ("台账", "编号", "列", "原定时限", "现时限", "依据")
            pages.show_table(console, title.format(len(rows)), headers, rows)
    if not result.summary["extended"] and not result.summary["by_refresh"]:
        console.print("没有待生效的延期。")


@over_book("延期生效：把已批准的延期写入任务、问题等的时限。", show_extended, pages.show_findings)
def extend(
    book: Book,
    moment: datetime,
    records: Annotated[
        list[str] | None,
        typer.Argument(help="事项或延期申请的编号，可写几个；不写就是全部申请", metavar="ID", show_default=False),
    ] = None,
) -> Result:
    """Extend."""
    return extend_deadlines(book, records or [], moment, actor=actor())
