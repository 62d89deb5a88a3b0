"""``report``: the weekly digest for leaders."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.report import report as report_book
from coordination_xl.actions.results import Result
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book
from coordination_xl.notices.filters import percent, tenths

if TYPE_CHECKING:
    from typing import Any

    from rich.console import Console


def _show_digest(console: Console, result: Result) -> None:
    """The figures in a line, and who gets the mail."""
    told: dict[str, Any] = dict(result.summary)
    console.print(
        f"{told['week']}：在办 {told['open']} 项，逾期 {told['overdue']} 项，漏反馈 {told['behind']} 项；"
        f"本周新增 {told['new']} 项，办结 {told['done']} 项；下周到期 {told['due_next_week']} 项。"
    )
    console.print(
        f"近 30 日按期办结率 {percent(told['on_time'])}，按原定时限 {percent(told['on_original'])}；"
        f"平均办结用时 {tenths(told['elapsed_workdays'])} 个工作日。"
    )
    readers = "、".join(told["to"])
    console.print(pages.printable(f"收件人：{readers}" if readers else "没有收件人：请在通讯录填写分管领导的邮箱。"))


@over_book(
    "周报：给领导的一周汇总，网页和邮件草稿；不改工作簿。",
    _show_digest,
    pages.show_findings,
)
def report(
    book: Book,
    moment: datetime,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="放到哪个文件夹；不写就是参数“外发目录”", metavar="DIR", show_default=False),
    ] = None,
) -> Result:
    """Make the weekly digest."""
    return report_book(book, moment, out=out)
