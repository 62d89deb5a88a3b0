"""``refresh``: compute what the program owns."""

from __future__ import annotations

from datetime import datetime

from coordination_xl.actions.refresh import refresh as refresh_book
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book


@over_book(
    "刷新逾期：重算时限、预警灯、逾期天数、升级层级和看板。",
    pages.show_lights,
    pages.show_worst,
    pages.show_findings,
)
def refresh(
    book: Book,
    moment: datetime,
) -> Result:
    """Compute what the program owns."""
    return refresh_book(book, moment, actor=actor())
