"""``receipts``: what came back to the notices."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coordination_xl.actions.receipts import receipts as read_receipts
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book

if TYPE_CHECKING:
    from rich.console import Console

_WORDS = {
    "read": "已阅",
    "replied": "答复",
    "accepted": "参加",
    "declined": "请假",
    "tentative": "暂定",
    "undelivered": "退回",
    "delayed": "延迟",
    "unread": "未阅即删",
    "automatic": "自动回复",
    "unrelated": "与通知无关",
    "own": "通知本身",
    "later": "时间未到",
    "refused": "没有采用",
}
_MOST = 10


def show_receipts(console: Console, result: Result) -> None:
    """What came back, in sum, and what was left aside."""
    told: dict[str, Any] = dict(result.summary)
    counted = [f"{word} {told[name]} 封" for name, word in _WORDS.items() if told[name]]
    if told["unknown"]:
        counted.append(f"来路不明 {len(told['unknown'])} 个邮箱")
    console.print(
        f"看了 {told['mails']} 封邮件{'：' if counted else '。'}{'，'.join(counted)}{'。' if counted else ''}"
    )
    if told["progress"]:
        console.print(f"新增进展反馈 {told['progress']} 行。")
    if told["unknown"]:
        console.print(pages.printable(f"不在通讯录里、没有采用的邮箱：{_some(told['unknown'])}"), markup=False)
    if told["passed_over"]:
        names = [f"{each['place']}（{each['reason']}）" for each in told["passed_over"]]
        console.print(pages.printable(f"没有读的文件 {len(names)} 个：{_some(names)}"), markup=False)


def _some(names: list[str]) -> str:
    rest = f" 等 {len(names)} 个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + rest


@over_book("回执：从邮箱或文件夹读回执和回复，记入发文记录等台账。", show_receipts, pages.show_findings)
def receipts(
    book: Book,
    moment: datetime,
    *,
    imap: Annotated[
        str,
        typer.Option(
            "--imap",
            help="收信邮箱，例：imaps://xietiao@mail.example.com/INBOX；不写就是参数“收信服务器”；密码不写在这里",
            metavar="URL",
            show_default=False,
        ),
    ] = "",
    source: Annotated[
        Path | None,
        typer.Option("--from", help="改从这个文件夹读 .eml 邮件", metavar="DIR", show_default=False),
    ] = None,
) -> Result:
    """Read what came back."""
    return read_receipts(book, moment, source=source, imap=imap, actor=actor())
