"""The tasks of a matter as a notice lists them: its rows of 任务跟踪表, or what its agreement says.

Source: SPEC A17, A23, B3, B5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coordination_xl.ledger.agreements import read_agreement
from coordination_xl.ledger.directories import Directory
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.notices.letters.standing import closing

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.agreed_tasks import AgreedTask, Agreement
    from coordination_xl.ledger.collection import Ledgers

_DONE, _CANCELLED = "已完成", "已取消"


class TaskLine(NamedTuple):
    """One task.

    Attributes:
        id: its number in 任务跟踪表; ``""`` where it is not there yet.
        title: what is to be done.
        who: who answers for it.
        due: until when; midnight is the whole day; ``None`` where there is no date.
        due_text: what stands there instead of a date: ``1周内``.
        acceptance: 验收标准.
        state: its 状态; ``""`` where it is not in 任务跟踪表 yet.
    """

    id: str
    title: str
    who: str
    due: datetime | None
    due_text: str = ""
    acceptance: str = ""
    state: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it is finished."""
        return self.state == _DONE


def task_rows(ledgers: Ledgers, record: str) -> tuple[TaskLine, ...]:
    """The rows of 任务跟踪表 that come from a matter, cancelled ones left out, in the order of the sheet."""
    ledger = ledgers["Tasks"]
    places = np.flatnonzero(ledger["source"].to_numpy(dtype=object) == record) if record else ()
    rows = [Matter.at(ledger, int(ledger.rows[place])) for place in places]
    return tuple(_row(row) for row in rows if row["state"] != _CANCELLED)


def task_lines(ledgers: Ledgers, matter: Matter, agreed: str) -> tuple[TaskLine, ...]:
    """The tasks of an agreement: as they were split, or, where not every sentence was, as its four texts come to.

    Args:
        ledgers: for 任务跟踪表 and 通讯录.
        matter: the row the agreement stands in.
        agreed: its column that lists the tasks: 协商结果, 决议事项, 改进措施.

    Returns:
        None where some entry of 责任部门/人, 完成时限 or 验收标准 fits no sentence: a list would leave it out, the texts say all.
    """
    rows = task_rows(ledgers, matter["id"])
    agreement = _agreement(ledgers, matter, agreed)
    if rows and len(rows) >= len(agreement.tasks):
        return rows
    return () if agreement.orphans else tuple(_agreed(task) for task in agreement.tasks)


def _agreement(ledgers: Ledgers, matter: Matter, agreed: str) -> Agreement:
    opened = matter[ledgers[matter.table].table.opened_by]
    return read_agreement(
        matter[agreed],
        matter["responsible"],
        matter["deadlines"],
        matter["acceptance"],
        anchor=opened or None,
        directory=Directory.of(ledgers["Contacts"].frame),
    )


def _row(row: Matter) -> TaskLine:
    due = closing(row["deadline"], row["original_due"])
    who = row["responsible"] or row["department"]
    return TaskLine(row["id"], row["title"], who, due, "", row["acceptance"], row["state"])


def _agreed(task: AgreedTask) -> TaskLine:
    party = task.party
    named = "*".join(name for name in (party.department, party.person) if name) if party else ""
    who = named or (party.text if party else "")
    title = task.text.rstrip("。；;")
    return TaskLine("", title, who, task.due, task.relative.text if task.relative else "", task.acceptance)
