"""Sending on a terminal: what waits for whom, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordination_xl.cli import pages

if TYPE_CHECKING:
    from rich.console import Console

    from coordination_xl.actions.results import Result

MOST_ROWS = 15
"""Lines of a list; 发文记录 has them all."""


def show_waiting(console: Console, result: Result) -> None:
    """What would go to whom."""
    summary: dict[str, Any] = dict(result.summary)
    if not result.notices:
        console.print("没有待发送的邮件。")
        return
    rows = [
        (each["id"], each["kind"], each["source"], each["recipients"], "、".join(_addresses(each)) or "（没有）")
        for each in result.notices[:MOST_ROWS]
    ]
    title = f"待发送 {summary['mails']} 封，{len(result.notices)} 行"
    pages.show_table(console, title, ("编号", "种类", "事项", "主送", "发往"), rows)
    _tell_rest(console, result)
    if not summary["smtp"]:
        console.print(
            pages.printable(
                f"没有设置发信服务器，邮件没有发出。草稿在 {summary['outbox']}：可逐封打开、手工发送，再把“发送状态”改为“已发送”；"
                "要由程序发送，请在参数“发信服务器”填写地址，或加 --smtp。"
            )
        )


def show_sent(console: Console, result: Result) -> None:
    """What became of each row, and in sum."""
    summary: dict[str, Any] = dict(result.summary)
    if not result.notices or not summary["smtp"]:
        show_waiting(console, result)
        return
    rows = [
        (each["id"], each["kind"], each["source"], "、".join(_addresses(each)), each["state"], each["failure"])
        for each in result.notices[:MOST_ROWS]
    ]
    told = "，".join(f"{state} {count} 行" for state, count in summary["states"].items())
    headers = ("编号", "种类", "事项", "发往", "状态", "说明")
    pages.show_table(console, f"发出 {summary['mails']} 封：{told}", headers, rows)
    _tell_rest(console, result)
    if summary["recovered"]:
        console.print(f"其中 {summary['recovered']} 行上次已经发出、没有记下，现已补记，没有重发。")
    if summary["stopped"]:
        console.print(pages.printable(f"发送中止：{summary['stopped']}其余的下次再发。"))


def _addresses(notice: Any) -> list[str]:  # noqa: ANN401 - a notice as scripts get it
    return list(notice["to"])


def _tell_rest(console: Console, result: Result) -> None:
    if len(result.notices) > MOST_ROWS:
        console.print(f"…… 另有 {len(result.notices) - MOST_ROWS} 行，见发文记录。")
