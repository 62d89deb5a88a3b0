"""Excel left in peace while it is written to: no redrawing, no events, no calculation in between."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

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
def quiet(app: xw.App) -> Iterator[None]:
    """Switch off what would run at each write; put every switch back as it was, whatever happens inside.

    Selection, active sheet and scroll are not touched: nothing inside selects or activates anything.
    """
    with ExitStack() as stack:
        for name, value in _QUIET:
            before = getattr(app, name)
            if before != value:
                # One switch that sticks must not keep the others from being put back: the stack goes on.
                stack.callback(setattr, app, name, before)
                setattr(app, name, value)
        yield
