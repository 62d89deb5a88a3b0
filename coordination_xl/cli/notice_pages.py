"""Notices on a terminal: which, for what, to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordination_xl.cli import pages

if TYPE_CHECKING:
    from rich.console import Console

    from coordination_xl.actions.results import Result

MOST_NOTICES = 15
"""Lines of the list; 发文记录 has them all."""


def show_notices(console: Console, result: Result) -> None:
    """The notices that were written, the first of many, and how many mails they make."""
    summary: dict[str, Any] = dict(result.summary)
    if not result.notices:
        console.print("没有要写的通知。")
        return
    rows = [
        (each["id"], each["kind"], each["source"], each["rung"], each["recipients"], each["copies"])
        for each in result.notices[:MOST_NOTICES]
    ]
    headers = ("编号", "种类", "事项", "层级", "主送", "抄送")
    pages.show_table(console, f"通知 {len(result.notices)} 份，邮件 {summary['mails']} 封", headers, rows)
    if len(result.notices) > MOST_NOTICES:
        console.print(f"…… 另有 {len(result.notices) - MOST_NOTICES} 份，见发文记录。")
    for each in result.notices:
        if each["failure"]:
            console.print(pages.printable(f"{each['id']} 没有写成：{each['failure']}"))
