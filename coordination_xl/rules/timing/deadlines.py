"""Deadlines written as text: the last of several, the moment that a bare date means. Source: SPEC section 4, B."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from coordination_xl.ledger.dates import find_dates
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.rules.timing.relative_dues import counted_from, has_counted, latest_relatives
from coordination_xl.schema import Dtype, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.date_texts import FoundDate
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.worktime import WorkCalendar

Moments: TypeAlias = "NDArray[np.datetime64]"
DAY = np.timedelta64(86_400, "s")


def moments(ledger: Ledger, identifier: str, calendar: WorkCalendar | None = None) -> Moments:
    """A column as moments: dates as they are, a multi-part text by the last deadline in it; NaT where there is none.

    Args:
        ledger: any ledger.
        identifier: any of its columns.
        calendar: settles deadlines that count from something (``1周内``); without one only dates count.

    Source: SPEC B, ``完成时限``: the matter is done when its last task is.
    """
    column = ledger.table.column(identifier)
    if column.dtype is Dtype.MOMENT:
        return ledger[identifier].to_numpy(dtype="datetime64[s]")
    if column.kind is not Kind.PARTS:
        return np.full(len(ledger), np.datetime64("NaT", "s"))
    texts = ledger[identifier].to_numpy(dtype=object)
    latest = latest_dates(texts, ledger[ledger.table.opened_by])
    if calendar is None:
        return latest
    return np.fmax(latest, latest_relatives(texts, counted_from(ledger), calendar))


def is_counted(ledger: Ledger, identifier: str) -> NDArray[np.bool_]:
    """Rows in which a multi-part text has a deadline that working days are counted for; none in any other column."""
    column = ledger.table.by_identifier.get(identifier)
    if column is None or column.kind is not Kind.PARTS:
        return np.zeros(len(ledger), dtype=bool)
    return has_counted(ledger[identifier].to_numpy(dtype=object))


def latest_dates(texts: NDArray[np.object_], anchors: pd.Series) -> Moments:
    """The last date named in each text; NaT where none is named.

    Args:
        texts: 1-D object array of ``str``.
        anchors: datetime64 Series of the same length; a date without a year is near its row's anchor.
    """
    codes, found = parse_unique(texts, find_dates)
    latest = np.full(len(texts), np.datetime64("NaT", "s"))
    fixed = [None if any(date.form.is_yearless for date in dates) else _latest(dates, None) for dates in found]
    latest[:] = np.array(fixed, dtype="datetime64[s]")[codes] if fixed else latest
    for place in np.flatnonzero(np.isnat(latest)):
        dates = found[codes[place]]
        anchor = anchors.iloc[place]
        if dates and anchor is not pd.NaT:
            latest[place] = np.datetime64(_latest(dates, anchor) or "NaT", "s")
    return latest


def _latest(dates: tuple[FoundDate, ...], anchor: pd.Timestamp | None) -> datetime | None:
    resolved = [when for date in dates if (when := date.form.resolve(anchor)) is not None]
    return max(resolved, default=None)


def at_closing(when: Moments, calendar: WorkCalendar) -> Moments:
    """A bare date means that day's close of business; a date with a clock means what it says. NaT stays NaT.

    Midnight counts as a bare date: nobody's office closes at midnight. Source: SPEC section 4.
    """
    is_bare = when == when.astype("datetime64[D]").astype("datetime64[s]")
    closed: Moments = np.where(is_bare, calendar.closing(when).astype("datetime64[s]"), when)
    return closed


def first_filled(columns: list[Moments], height: int) -> Moments:
    """For each row the first moment that is filled, NaT where none is."""
    filled = np.full(height, np.datetime64("NaT", "s"))
    for column in columns:
        filled = np.where(np.isnat(filled), column, filled)
    return filled
