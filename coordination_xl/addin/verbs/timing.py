"""校验, 刷新逾期 and 时限说明."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.check import check as check_book
from coordination_xl.actions.explain import explain as explain_record
from coordination_xl.actions.refresh import refresh as refresh_book
from coordination_xl.actor import actor
from coordination_xl.addin.clicking.offers import offer_newer_version
from coordination_xl.addin.marking.marks import remark
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import TIMED
from coordination_xl.addin.summaries.timing import told_check, told_explanation, told_mendable, told_refresh
from coordination_xl.books.excel.facts import facts_for
from coordination_xl.books.excel.quiet import quiet
from coordination_xl.ledger.collection import Ledgers

if TYPE_CHECKING:
    from coordination_xl.addin.clicking.click import Click


def check(click: Click) -> str:
    """Find every fault, mend on request what has one meaning, list the rest on 校验结果 and mark its cells."""
    book = click.book
    before = Ledgers.read(book)
    click.step("计算")
    result = check_book(book, click.now, fix=True, actor=actor(), ledgers=before)
    mended = int(str(result.summary["mended"]))
    if mended and not click.is_agreed(told_mendable(result)):
        mended = 0
        result = check_book(book, click.now, ledgers=before)
    click.write(result, book)
    if mended:  # what was mended is no fault any more
        result = check_book(book, click.now)
    click.step("标记")
    facts, workbook = facts_for(), click.workbook
    with quiet(click.app):
        marked = remark(workbook, before, result.findings, lambda name: bool(facts.is_protected(workbook.sheets[name])))
    click.tell(told_check(result, marked, mended))
    offer_newer_version(click, book)
    return ""


def refresh(click: Click) -> str:
    """Compute every column the program owns."""
    book = click.book
    click.step("计算")
    result = refresh_book(book, click.now, actor=actor())
    click.write(result, book)
    return told_refresh(result)


def explain(click: Click) -> str:
    """Why the selected row has its due time."""
    pointing = pointing_of(click.workbook)
    book = click.book
    record = click.selection(book, TIMED, pointing).one_id("说明")
    click.step("计算")
    return told_explanation(explain_record(book, record, click.now))
