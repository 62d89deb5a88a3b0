"""``check``: every fault at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from coordination_xl.actions.check import check as check_book
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book


@over_book(
    "校验：一次列出所有问题，写入“校验结果”。",
    pages.show_kinds,
    pages.show_findings,
    pages.show_mended,
)
def check(
    book: Book,
    moment: datetime,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="同时改正只有一种理解的写法（文本日期、全角字符、同义用词）")
    ] = False,
) -> Result:
    """Find every fault."""
    return check_book(book, moment, fix=fix, actor=actor())
