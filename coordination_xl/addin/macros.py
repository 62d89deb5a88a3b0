"""What the buttons of the ribbon call: one function each. Nothing heavy is imported before Excel has been told that we are at it.

Source: SPEC section 5, the buttons; see :mod:`coordination_xl.addin.buttons`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.clicking.clicked import clicked

if TYPE_CHECKING:
    from datetime import datetime

# The verbs are imported inside the click: pandas takes a while, and an installation that lacks a part is told like any fault.


def register(now: datetime | None = None) -> None:
    """登记表单: the form on the active sheet into its ledger."""
    with clicked("register", now) as click:
        from coordination_xl.addin.verbs import forms

        click.tell(forms.register(click))


def load(now: datetime | None = None) -> None:
    """载入表单: the selected row into its form; on a form, empty it."""
    with clicked("load", now) as click:
        from coordination_xl.addin.verbs import forms

        click.tell(forms.load(click))


def split(now: datetime | None = None) -> None:
    """拆分任务: what the selected rows agree, or all that is owed, into tasks."""
    with clicked("split", now) as click:
        from coordination_xl.addin.verbs import tasks

        click.tell(tasks.split(click))


def recur(now: datetime | None = None) -> None:
    """排例会: the next standing meetings."""
    with clicked("recur", now) as click:
        from coordination_xl.addin.verbs import tasks

        click.tell(tasks.recur(click))


def check(now: datetime | None = None) -> None:
    """校验: every fault listed and marked; mended on request."""
    with clicked("check", now) as click:
        from coordination_xl.addin.verbs import timing

        click.tell(timing.check(click))


def refresh(now: datetime | None = None) -> None:
    """刷新逾期: every computed column, and the board."""
    with clicked("refresh", now) as click:
        from coordination_xl.addin.verbs import timing

        click.tell(timing.refresh(click))


def explain(now: datetime | None = None) -> None:
    """时限说明: why the selected row has its due time."""
    with clicked("explain", now) as click:
        from coordination_xl.addin.verbs import timing

        click.tell(timing.explain(click))


def notice(now: datetime | None = None) -> None:
    """生成通知: for the selected rows, or all that are due."""
    with clicked("notice", now) as click:
        from coordination_xl.addin.verbs import notices

        click.tell(notices.notice(click))


def remind(now: datetime | None = None) -> None:
    """催办升级: what is due for a reminder or the next rung."""
    with clicked("remind", now) as click:
        from coordination_xl.addin.verbs import notices

        click.tell(notices.remind(click))


def send(now: datetime | None = None) -> None:
    """发送: what waits goes out, after a yes."""
    with clicked("send", now) as click:
        from coordination_xl.addin.verbs import notices

        click.tell(notices.send(click))


def receipts(now: datetime | None = None) -> None:
    """回执: what came back to the notices."""
    with clicked("receipts", now) as click:
        from coordination_xl.addin.verbs import notices

        click.tell(notices.receipts(click))


def archive(now: datetime | None = None) -> None:
    """归档: the selected finished matters, or all of them, after a yes."""
    with clicked("archive", now) as click:
        from coordination_xl.addin.verbs import archive as filing

        click.tell(filing.archive(click))


def report(now: datetime | None = None) -> None:
    """周报: the weekly digest, in the browser."""
    with clicked("report", now) as click:
        from coordination_xl.addin.verbs import archive as filing

        click.tell(filing.report(click))


def board(now: datetime | None = None) -> None:
    """看板: to its sheet."""
    with clicked("board", now) as click:
        from coordination_xl.addin.verbs import archive as filing

        click.tell(filing.board(click))


def doctor(now: datetime | None = None) -> None:
    """环境检查: Excel, Python and settings; whatever workbook is open."""
    with clicked("doctor", now) as click:
        from coordination_xl.addin.verbs import desk

        click.tell(desk.doctor(click))


def handbook(now: datetime | None = None) -> None:
    """使用手册: in the browser; whatever workbook is open."""
    with clicked("handbook", now) as click:
        from coordination_xl.addin.verbs import desk

        click.tell(desk.handbook(click))
