"""New ids: by the pattern of 参数, never one that was used before. Source: SPEC section 3, ``register``."""

from __future__ import annotations

from itertools import count as count_from
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from coordination_xl.rules.settings import Settings, id_of, id_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.schema import Table


def new_ids(ledgers: Ledgers, table: Table, year: int, count: int) -> tuple[str, ...]:
    """The next ``count`` ids of a table.

    The serial follows the highest of the year (of all years, where the pattern has no year) in the ledger and in 修改记录,
    so an id whose row was deleted is not given again; one that some cell names as 来源编号 is passed over, or its
    tasks and feedback would fall to a stranger.

    Args:
        ledgers: the workbook.
        table: a table with a prefix.
        year: the year that the new rows belong to.
        count: how many.

    Raises:
        RuleError: 编号格式 in 参数 cannot be understood.
    """
    pattern = Settings.of(ledgers["Settings"]).id_pattern
    shape = id_shape(pattern, table.prefix, year)
    given = (*ledgers[table.name].ids, *_recorded(ledgers["Audit"]))
    last = max((int(match["serial"]) for text in given if (match := shape.fullmatch(text))), default=0)
    named = {text for ledger in ledgers if "source" in ledger.table.by_identifier for text in ledger["source"]}
    free = (each for step in count_from(last + 1) if (each := id_of(pattern, table.prefix, year, step)) not in named)
    return tuple(islice(free, count))


def _recorded(audit: Ledger) -> Iterator[str]:
    """Every id that 修改记录 knows: of rows that were changed or added, and ids that were changed themselves."""
    yield from pd.unique(audit["record"])
    is_id = audit["header"] == "编号"
    for name in ("old", "new"):
        yield from pd.unique(audit[name][is_id])
