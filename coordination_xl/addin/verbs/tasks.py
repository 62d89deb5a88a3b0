"""拆分任务 and 排例会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.recur import recur as plan_meetings
from coordination_xl.actions.split import split as split_agreements
from coordination_xl.actor import actor
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import AGREED
from coordination_xl.addin.summaries.tasks import told_proposed, told_recur, told_split

if TYPE_CHECKING:
    from coordination_xl.addin.clicking.click import Click


def split(click: Click) -> str:
    """Show the tasks of the selected rows, or of all that are owed, and write them if the user agrees."""
    pointing = pointing_of(click.workbook)
    book = click.book
    chosen = click.selection(book, AGREED, pointing)
    records, scope = chosen.ids_or_all(), chosen.scope("全部已有约定的事项")
    click.step("计算")
    result = split_agreements(book, records, click.now, actor=actor())
    question = told_proposed(result, scope)
    if not question:
        return told_split(result, scope)
    if not click.is_agreed(question):
        return ""
    click.write(result, book)
    return told_split(result)


def recur(click: Click) -> str:
    """Plan the next standing meetings."""
    book = click.book
    click.step("计算")
    result = plan_meetings(book, click.now, actor=actor())
    click.write(result, book)
    return told_recur(result)
