"""The options that every verb shares. Source: SPEC section 5, the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.errors import UsageError
from coordination_xl.ledger.dates import read_date

BookPath = Annotated[Path, typer.Argument(help="工作簿（.xlsx 或 .xlsm）", metavar="BOOK", show_default=False)]
Now = Annotated[
    str,
    typer.Option(
        "--now", help="按哪个时刻判断，例：2026-11-20T10:00；不写就是现在", metavar="TIME", show_default=False
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="试运行：只显示会改什么，不写文件")]
Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON 对象")]
Quiet = Annotated[bool, typer.Option("--quiet", help="不显示进度和汇总")]
Log = Annotated[Path | None, typer.Option("--log", help="把经过追加到这个文件", metavar="FILE", show_default=False)]


def read_now(text: str) -> datetime:
    """The moment meant by ``--now``; blank is the clock, to the second.

    Raises:
        UsageError: it is no date.
    """
    if not text:
        return datetime.now().replace(microsecond=0)
    try:
        when: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        when, _ = read_date(text)
    if when is None or when.tzinfo is not None:
        raise UsageError(f"--now {text}", "不是能认出的时刻", "请写成 2026-11-20T10:00（北京时间，不带时区）")
    return when.replace(microsecond=0)
