"""What ``split`` wrote before, remembered by 修改记录: the base of each three-way merge. Source: SPEC section 3, section 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.schema.tables import TASKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.frames import Ledger

CLOSED = frozenset({"已完成", "已取消"})
"""States in which a task is never looked at again."""

VERB = "拆分任务"
"""What 操作 says of its rows."""


@dataclass(frozen=True, slots=True)
class TaskRecords:
    """By task id what ``split`` last wrote into each column, as text.

    Attributes:
        written: task id → identifier → text. A column it left blank is not in it.
        of_source: id of an agreement's row → the tasks split from it, whether their rows still say so, are there, or not.
    """

    written: Mapping[str, Mapping[str, str]]
    of_source: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, ledgers: Ledgers) -> TaskRecords:
        """Read them off 修改记录; the last row of a cell counts.

        An id that stands twice in 任务跟踪表 has no record: nobody can say which of the rows was written.
        """
        tasks, audit = ledgers["Tasks"], ledgers["Audit"].frame
        identifiers = _identifiers(tasks)
        own = audit[(audit["verb"] == VERB) & audit["header"].isin(list(identifiers))]
        repeated = set(tasks.frame["id"][tasks.frame["id"].duplicated()])
        written: dict[str, dict[str, str]] = {}
        for record, header, new in zip(own["record"], own["header"], own["new"], strict=True):
            identifier = identifiers[header]
            if identifier == "id" and record not in repeated:  # nothing but a new task has its id recorded
                written.setdefault(record, {})
            if record in written:
                written[record][identifier] = new
        of_source: dict[str, list[str]] = {}
        for record, row in written.items():
            of_source.setdefault(row.get("source", ""), []).append(record)
        return cls(written, of_source)

    def base(self, record: str, identifier: str) -> str | None:
        """What was last written into a cell; ``""`` where it was left blank, None where the row is not from ``split``."""
        row = self.written.get(record)
        return None if row is None else row.get(identifier, "")


def _identifiers(tasks: Ledger) -> Mapping[str, str]:
    """Identifier by every header a column may have had when it was recorded."""
    headers = {name: column.identifier for column in TASKS.columns for name in (column.header, *column.aliases)}
    return headers | {header: identifier for identifier, header in tasks.headers.items()}
