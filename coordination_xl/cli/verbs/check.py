"""``check``: every fault at once."""

from __future__ import annotations

from typing import Annotated

import typer

from coordination_xl.actions.check import check as check_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import app
from coordination_xl.cli.calls import actor, call
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet
from coordination_xl.cli.screen import noting_failure


@app.command(help="校验：一次列出所有问题，写入“校验结果”。")
@noting_failure
def check(
    book: BookPath,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="同时改正只有一种理解的写法（文本日期、全角字符、同义用词）")
    ] = False,
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Find every fault."""
    call(
        "check",
        book,
        lambda opened, moment: check_book(opened, moment, fix=fix, actor=actor()),
        now=now,
        show=(pages.show_kinds, pages.show_findings, *((pages.show_changes,) if fix or dry_run else ())),
        dry_run=dry_run,
        json=json,
        quiet=quiet,
        log=log,
    )
