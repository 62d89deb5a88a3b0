"""The State Council's days off and make-up days, as shipped: 2023 to 2026.

``china.csv`` has every day that the notices of the General Office name, the weekend days inside a holiday among them.
It begins on 2023-01-01: 31 December 2022, which the notice for 2023 also names, was a Saturday anyhow.
"""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

REST, MAKE_UP = "休", "班"


def china_days() -> pd.DataFrame:
    """The shipped days, in order of date; a new frame at every call.

    Returns:
        ``date`` (datetime64[ns], midnight), ``is_workday`` (bool), ``kind`` (休 or 班), ``name`` (of the holiday),
        ``source`` (the notice). Nothing is null. Source: SPEC section 4.
    """
    with files(__package__).joinpath("china.csv").open(encoding="utf-8") as lines:
        days = pd.read_csv(lines, dtype=str)
    days["date"] = pd.to_datetime(days["date"], format="%Y-%m-%d").astype("datetime64[ns]")
    days.insert(1, "is_workday", days["kind"] == MAKE_UP)
    return days
