"""``load``: a ledger row into its printable form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.load import load as load_record
from coordination_xl.actions.results import Result
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from rich.console import Console


def show_loaded(console: Console, result: Result) -> None:
    """Where the row is to be seen now."""
    if not result.findings and not result.summary["id"]:
        console.print(
            pages.printable(f"表单“{result.summary['form']}”已清空，可填写新的事项"), markup=False, highlight=False
        )
    elif not result.findings:
        sentence = f"{result.summary['id']} {result.summary['title']} → 表单“{result.summary['form']}”"
        console.print(pages.printable(sentence), markup=False, highlight=False)


@over_book("载入表单：台账的一行填进表单，可打印，也可改后再登记。", show_loaded, pages.show_findings)
def load(
    book: Book,
    moment: datetime,
    record: Annotated[
        str,
        typer.Argument(
            help="编号，例：XT-2026-0012；写表单名（例：协调表）则清空这张表单，登记下一件",
            metavar="ID",
            show_default=False,
        ),
    ],
    *,
    form: Annotated[
        str,
        typer.Option("--form", help="哪张表单，例：会议纪要；不写则按状态选择", metavar="FORM", show_default=False),
    ] = "",
    replace: Annotated[bool, typer.Option("--replace", help="覆盖表单上还没有登记的内容")] = False,
) -> Result:
    """Load one row."""
    return load_record(book, record, moment, form=form, replace=replace)
