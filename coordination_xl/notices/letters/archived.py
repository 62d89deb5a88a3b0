"""归档通知: how a matter ended, what was learnt, where its papers are. Source: SPEC A7, A12, B4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.notices.letters.paragraphs import paragraphs
from coordination_xl.notices.letters.reminders import NOUNS
from coordination_xl.notices.letters.task_lines import task_rows
from coordination_xl.schema.notices import PARTIES

if TYPE_CHECKING:
    from datetime import datetime

    from coordination_xl.ledger.collection import Ledgers

_YES_NO = {"是": True, "否": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveNotice(Head):
    """Whoever raised a matter is told that it is closed.

    Attributes:
        noun: what it is: 协调事项, 问题, 会议, 紧急事项.
        initiator: who raised it.
        responsible: who answered for it.
        opened_at: when it began; ``None`` where that is blank, as in all moments below.
        closed_at: when it was finished.
        due: when it was due; of an emergency, when its review was.
        is_on_time: whether it was finished in time; ``None`` where the ledger does not say.
        is_on_original: whether in the time that was first set; likewise.
        elapsed_workdays: working days it took, or ``None``.
        tasks_done: how many of its tasks are finished.
        tasks: how many tasks it has, cancelled ones left out.
        verdict: 验收结论 of a problem.
        outcome: 成效评估, a paragraph each, as all texts below; of 案例库 where the ledger has none.
        root_cause: 根因.
        measures: 措施.
        lessons: 问题总结.
        experience: 经验沉淀.
        case: number of its case, ``""`` where 案例库 has none.
        keywords: 关键词 of the case.
        dossier: 案卷位置 of the case.
        archived_at: 归档时间 of the case.
    """

    noun: str
    initiator: str = ""
    responsible: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    due: datetime | None = None
    is_on_time: bool | None = None
    is_on_original: bool | None = None
    elapsed_workdays: float | None = None
    tasks_done: int = 0
    tasks: int = 0
    verdict: str = ""
    outcome: tuple[str, ...] = ()
    root_cause: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()
    case: str = ""
    keywords: str = ""
    dossier: str = ""
    archived_at: datetime | None = None


def archive_notice(head: Head, matter: Matter, ledgers: Ledgers) -> ArchiveNotice:
    """The letter of a matter that was archived."""
    table, parties, case = ledgers[matter.table].table, PARTIES[matter.table], _case(ledgers, matter["id"])
    rows = task_rows(ledgers, matter["id"])
    return ArchiveNotice(
        **fields_of(head),
        noun=NOUNS[matter.table],
        initiator=_first(matter, parties["发起部门"]),
        responsible=_first(matter, ("coordinating_department", "lead_department", "team_head"))
        or "、".join(dict.fromkeys(row.who for row in rows))
        or _first(matter, ("responsible", "host")),
        opened_at=matter[table.opened_by],
        closed_at=matter[table.closed_by],
        due=matter["due"],
        is_on_time=_YES_NO.get(matter["is_on_time"]),
        is_on_original=_YES_NO.get(matter["is_on_original"]),
        elapsed_workdays=matter["elapsed_workdays"] or None,
        tasks_done=sum(row.is_done for row in rows),
        tasks=len(rows),
        verdict=matter["verdict"],
        outcome=_told(matter, case, "outcome"),
        root_cause=_told(matter, case, "root_cause"),
        measures=_told(matter, case, "measures"),
        lessons=_told(matter, case, "lessons"),
        experience=_told(matter, case, "experience"),
        case=case["id"] if case else "",
        keywords=case["keywords"] if case else "",
        dossier=case["dossier"] if case else "",
        archived_at=case["archived_at"] if case else None,
    )


def _case(ledgers: Ledgers, record: str) -> Matter | None:
    """The row of 案例库 about a matter, the last of several."""
    ledger = ledgers["Cases"]
    places = np.flatnonzero((ledger["source"] == record) & (ledger["source"] != ""))
    return Matter.at(ledger, int(ledger.rows[places[-1]])) if len(places) else None


def _first(matter: Matter, identifiers: tuple[str, ...]) -> str:
    return next((matter[each] for each in identifiers if matter[each]), "")


def _told(matter: Matter, case: Matter | None, identifier: str) -> tuple[str, ...]:
    return paragraphs(matter[identifier] or (case[identifier] if case else ""))
