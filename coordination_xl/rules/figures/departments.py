"""Open matters by department and light. Source: SPEC section 3, 看板."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.rules.figures.matters import OPEN_LIGHTS
from coordination_xl.schema import dashboard
from coordination_xl.schema.vocabulary import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence


def by_department(matters: pd.DataFrame, departments: Sequence[str]) -> pd.DataFrame:
    """How many matters each department has under each light; of 灰 those that are paused, not those that are finished.

    A matter counts for the department whose name its ``home`` begins with, the longest such name, as the formulas of 看板
    count it; where it begins with none, for 其他.

    Args:
        matters: columns ``home``, ``light``, ``is_finished``; see :func:`~coordination_xl.rules.figures.matters.matters_of`.
        departments: names of the departments of 通讯录, in its order.

    Returns:
        Index ``department``: those that have any, most 红 first, then most open matters, then as in 通讯录; 其他 last, where
        it has any. Columns 红, 黄, 蓝, 绿, 灰: int64.
    """
    counted = matters[(matters["light"] != "") & ~matters["is_finished"]]
    longest_first = sorted(filter(None, departments), key=len, reverse=True)
    codes, texts = pd.factorize(counted["home"].to_numpy(dtype=object))
    counts_for = [next((name for name in longest_first if text.startswith(name)), dashboard.OTHERS) for text in texts]
    homes = np.array(counts_for, dtype=object)[codes]
    table = pd.crosstab(homes, counted["light"].to_numpy()).reindex(columns=list(LIGHT.words), fill_value=0)
    table = table.astype(np.int64)
    table["open"] = table[list(OPEN_LIGHTS)].sum(axis=1)
    places = {name: place for place, name in enumerate(dict.fromkeys(departments))} | {
        dashboard.OTHERS: len(departments)
    }
    table["place"] = table.index.map(places)
    table["is_last"] = table.index == dashboard.OTHERS
    table = table.sort_values(["is_last", "红", "open", "place"], ascending=[True, False, False, True], kind="stable")
    return table[list(LIGHT.words)].rename_axis(index="department", columns=None)
