"""归档, 周报 and 看板."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.archive import archive as archive_matters
from coordination_xl.actions.report import report as write_report
from coordination_xl.actor import actor
from coordination_xl.addin.clicking.opening import open_page
from coordination_xl.addin.selecting.pointing import pointing_of
from coordination_xl.addin.selecting.selection import AGREED
from coordination_xl.addin.summaries.archive import told_archivable, told_archive, told_report
from coordination_xl.errors import MissingSheet
from coordination_xl.schema import dashboard

if TYPE_CHECKING:
    from coordination_xl.addin.clicking.click import Click


def archive(click: Click) -> str:
    """Show which of the selected matters, or of all, would be archived, and archive them if the user agrees."""
    pointing = pointing_of(click.workbook)
    book = click.book
    chosen = click.selection(book, AGREED, pointing)
    records, scope = chosen.ids_or_all(), chosen.scope("全部办结的事项")
    click.step("计算")
    result = archive_matters(book, records, click.now, actor=actor())
    question = told_archivable(result, scope)
    if not question:
        return told_archive(result, scope)
    if not click.is_agreed(question):
        return ""
    click.write(result, book)
    return told_archive(result)


def report(click: Click) -> str:
    """Write the weekly digest and show it in the browser."""
    book = click.book
    click.step("计算")
    result = write_report(book, click.now)
    click.write(result, book)
    pages = [file.path for file in result.files if file.path.suffix == ".html"]
    return told_report(result, unopened=[page for page in pages if not open_page(page)])


def board(click: Click) -> str:
    """Show 看板, whatever its sheet is called now.

    Raises:
        MissingSheet: there is none.
    """
    place = click.book.place(dashboard.AS_OF)
    if place is None:
        raise MissingSheet(
            f"工作簿“{click.workbook.name}”", f"没有“{dashboard.SHEET}”", "升级工作簿，或从空白工作簿复制这张表"
        )
    click.workbook.sheets[place[0]].activate()
    return ""
