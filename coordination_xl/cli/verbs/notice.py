"""``notice``: write the notices of a kind."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.actions.dispatching.issuing import FORMATS
from coordination_xl.actions.notice import notice as write_notices
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import notice_pages, pages
from coordination_xl.cli.calls import over_book
from coordination_xl.schema.notices import NOTICE

_SEPARATORS = re.compile(r"[\s,，、;；]+")


@over_book(
    "生成通知：按台账写好通知，放进外发目录（邮件、网页、Word）。",
    notice_pages.show_notices,
    pages.show_findings,
)
def notice(
    book: Book,
    moment: datetime,
    kind: Annotated[str, typer.Argument(help=f"通知种类：{'、'.join(NOTICE)}", metavar="KIND", show_default=False)],
    *,
    ids: Annotated[
        list[str] | None,
        typer.Option(
            "--id", help="只为这些编号；可重复，或用逗号分开；不写就是应发而未发的", metavar="ID", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="放到哪个文件夹；不写就是参数“外发目录”", metavar="DIR", show_default=False),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--format", help="要哪些文件：html、docx、eml、txt，用逗号分开", metavar="LIST")
    ] = ",".join(FORMATS),
) -> Result:
    """Write notices."""
    return write_notices(
        book,
        kind,
        moment,
        records=[record for each in ids or () for record in _SEPARATORS.split(each) if record],
        actor=actor(),
        formats=[each.lower() for each in _SEPARATORS.split(format) if each],
        out=out,
    )
