"""Excel left in peace while it is written to: no redrawing, no events, no calculation in between."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from coordination_xl.books.excel.facts import facts_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xlwings as xw

_QUIET: tuple[tuple[str, Any], ...] = (
    ("screen_updating", False),
    ("enable_events", False),
    ("display_alerts", False),
    ("calculation", "manual"),
)


@contextmanager
def quiet(app: xw.App, *, with_links: bool = False) -> Iterator[None]:
    """Switch off what would run at each write; put every switch back as it was, whatever happens inside.

    Selection, active sheet and scroll are not touched: nothing inside selects or activates anything.

    Args:
        app: the Excel.
        with_links: formulas are written into tables. Then Excel must not fill a column with one of them, or all its links
            would lead to one place. Excel remembers this switch when it is closed: it is touched for nothing else.
    """
    with ExitStack() as stack:
        for name, value in _QUIET:
            before = getattr(app, name)
            if before != value:
                # One switch that sticks must not keep the others from being put back: the stack goes on.
                stack.callback(setattr, app, name, before)
                setattr(app, name, value)
        facts = facts_for()
        if with_links and facts.fills_columns(app):
            stack.callback(partial(facts.fill_columns, app, on=True))
            facts.fill_columns(app, on=False)
        yield
