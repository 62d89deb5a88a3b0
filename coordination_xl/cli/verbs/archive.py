"""``archive``: finished matters into the archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.archive import archive as archive_matters
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from rich.console import Console


def show_archived(console: Console, result: Result) -> None:
    """What was laid down, and where its dossier is."""
    for key, title in (("archived", "归档 {} 件"), ("restored", "补齐案卷 {} 件")):
        matters = result.summary[key]
        if isinstance(matters, list) and matters:
            rows = [(each["sheet"], each["id"], each["title"], each["dossier"]) for each in matters]
            pages.show_table(console, title.format(len(rows)), ("台账", "编号", "名称", "案卷位置"), rows)
    if not result.summary["archived"] and not result.summary["restored"]:
        console.print("没有可以归档的事项。")
    if result.summary["refused"]:
        console.print(f"{result.summary['refused']} 件还不能归档，原因如下：")


@over_book("归档：办结的事项转为已归档，写入案例库，材料集成案卷。", show_archived, pages.show_findings)
def archive(
    book: Book,
    moment: datetime,
    records: Annotated[
        list[str] | None,
        typer.Argument(help="编号，可写几个；不写就归档全部符合条件的事项", metavar="ID", show_default=False),
    ] = None,
) -> Result:
    """Archive."""
    return archive_matters(book, records or [], moment, actor=actor())
