"""Which rows a notice is due for: by their state, their version, and how lately they came up. Source: SPEC 5, ``notice``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.folding import fold
from coordination_xl.rules.archive.archiving import ARCHIVED
from coordination_xl.rules.dispatching.once import Sent, is_version
from coordination_xl.schema import refusals
from coordination_xl.schema.notices import INVITATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.schedule import Plan
    from coordination_xl.schema.notices import Notice

    Bools = NDArray[np.bool_]

FIRST, CHANGE, FILED = "协调通知", "变更通知", "归档通知"
REJECTED = "驳回"
_NOTIFIED = "已通知"
_DAY = np.timedelta64(86_400, "s")
_UNSET = "未定"


@dataclass(frozen=True)
class DueRows:
    """A workbook at one moment, asked for the rows that a notice is due for.

    Attributes:
        ledgers: the workbook.
        plan: its schedules.
        sent: what was written before.
        now: the moment of judgement.
    """

    ledgers: Ledgers
    plan: Plan
    sent: Sent
    now: datetime

    def fresh(self, notice: Notice) -> Iterator[tuple[Ledger, int]]:
        """The rows that came up within 自动通知期限 of 参数, each with its ledger."""
        for name in notice.tables:
            ledger = self.ledgers[name]
            is_due = ledger["state"].isin(notice.states).to_numpy() & is_version_due(notice, ledger)
            if notice.kind == INVITATION:
                yield from ((ledger, row) for row in self._meetings(notice, ledger, is_due))
            elif is_due.any():
                yield from ((ledger, int(row)) for row in ledger.rows[is_due & self._is_fresh(notice, ledger)])

    def _is_fresh(self, notice: Notice, ledger: Ledger) -> Bools:
        """Came up not after today, and at most so many working days before."""
        moments = self._moments(notice, ledger)
        moment = np.full(len(ledger), np.datetime64(self.now, "s"))
        past = np.asarray(self.plan.basis.calendar.count_workdays(moments, moment), dtype=np.float64)
        tomorrow = np.datetime64(self.now, "D").astype("datetime64[s]") + _DAY
        is_fresh: Bools = (moments < tomorrow) & (past <= self.plan.basis.settings.fresh_workdays)
        return is_fresh

    def _moments(self, notice: Notice, ledger: Ledger) -> NDArray[np.datetime64]:
        """When each row came up: the kind's own moment, else since when it is in its state. NaT where nobody knows.

        A change comes up when the matter goes back, not when it was raised. Of 归档 only what the program itself did is believed:
        every row of a workbook that it sees for the first time is 已归档 since that day.
        """
        if notice.kind == FILED:
            return self._filed(ledger)
        since = self._since(ledger)
        moments = ledger[notice.moment].to_numpy(dtype="datetime64[s]")
        later = np.fmax(moments, since) if notice.kind == CHANGE else moments
        return np.where(np.isnat(later), since, later)

    def _since(self, ledger: Ledger) -> NDArray[np.datetime64]:
        schedule = next(each for each in self.plan.schedules if each.ledger.table.name == ledger.table.name)
        return schedule.columns["state_since"].to_numpy(dtype="datetime64[s]")

    def _filed(self, ledger: Ledger) -> NDArray[np.datetime64]:
        """When 修改记录 or 案例库 says that it was filed, the later of them."""
        audit, cases = self.ledgers["Audit"].frame, self.ledgers["Cases"].frame
        is_filed = (audit["header"] == ledger.headers["state"]) & (audit["new"] == ARCHIVED)
        told = pd.concat(
            [
                audit.loc[is_filed, ["record", "changed_at"]].set_axis(["id", "at"], axis=1),
                cases[["source", "archived_at"]].set_axis(["id", "at"], axis=1),
            ],
            ignore_index=True,
        )
        last = told.dropna().groupby("id")["at"].max()
        return last.reindex(ledger.ids).to_numpy(dtype="datetime64[s]")

    def _meetings(self, notice: Notice, ledger: Ledger, is_due: Bools) -> Iterator[int]:
        """Meetings to come: newly approved, moved since the invitation, or called off after it."""
        is_ahead = self._is_ahead(ledger)
        is_new = is_due & (ledger["state"] != _NOTIFIED).to_numpy() & self._is_fresh(notice, ledger)
        is_told = is_due | (ledger["state"] == REJECTED).to_numpy()
        for row in ledger.rows[is_ahead & is_told]:
            if is_new[ledger.position(row)] or self._is_changed(notice, ledger, int(row)):
                yield int(row)

    def _is_ahead(self, ledger: Ledger) -> Bools:
        is_ahead: Bools = ledger["starts_at"].to_numpy(dtype="datetime64[s]") > np.datetime64(self.now, "s")
        return is_ahead

    def _is_changed(self, notice: Notice, ledger: Ledger, row: int) -> bool:
        if str(ledger["state"][row]) == REJECTED:
            return self.is_to_cancel(ledger, row)
        rows = self.sent.rows(ledger.id_at(row), notice.kind)
        return bool(rows) and not is_version(rows[-1].version, version_text(notice, ledger, row))

    def is_to_cancel(self, ledger: Ledger, row: int) -> bool:
        """Whether people were invited to a meeting that is called off, and do not know it yet."""
        rows = [each for each in self.sent.rows(ledger.id_at(row), INVITATION) if not each.has_failed]
        is_off = str(ledger["state"][row]) == REJECTED
        return is_off and bool(rows) and not rows[-1].is_cancellation

    def named(self, notices: tuple[Notice, ...], record: str) -> tuple[list[tuple[Notice, Ledger, int]], list[Finding]]:
        """The kinds that a named row may have now, however old it is; where it may have none, why.

        Raises:
            UnknownRecord: no ledger has it.
        """
        ledger, row = self.ledgers.locate(fold(record))
        apt = [notice for notice in notices if ledger.table.name in notice.tables]
        if not apt:
            return [], [self._wrong_ledger(notices[0], ledger, row)] if notices else []
        findings = {notice.kind: self._refusal(notice, ledger, row) for notice in apt}
        ready = [(notice, ledger, row) for notice in apt if findings[notice.kind] is None]
        return ready, [] if ready else [each for each in findings.values() if each is not None]

    def _wrong_ledger(self, notice: Notice, ledger: Ledger, row: int) -> Finding:
        allowed = "、".join(self.ledgers[name].sheet for name in notice.tables)
        return ledger.finding(refusals.NOT_FOR_LEDGER, row, "id", kind=notice.kind, sheet=ledger.sheet, allowed=allowed)

    def _refusal(self, notice: Notice, ledger: Ledger, row: int) -> Finding | None:
        place = ledger.position(row)
        is_called_off = notice.kind == INVITATION and self.is_to_cancel(ledger, row)
        if str(ledger["state"][row]) not in notice.states and not is_called_off:
            allowed = "、".join(notice.states)
            return ledger.finding(refusals.NOT_FOR_STATE, row, "state", kind=notice.kind, allowed=allowed)
        if not is_version_due(notice, ledger)[place]:
            version = shown(_version(ledger)[place])
            other = CHANGE if notice.kind == FIRST else FIRST
            column = "version" if ledger.has("version") else "state"
            return ledger.finding(refusals.NOT_FOR_VERSION, row, column, kind=notice.kind, version=version, other=other)
        if notice.kind == INVITATION and not self._is_ahead(ledger)[place]:
            return ledger.finding(refusals.MEETING_IS_OVER, row, "starts_at", kind=notice.kind)
        return None


def is_version_due(notice: Notice, ledger: Ledger) -> Bools:
    """The first version is announced, every later one is a change. Source: SPEC B3."""
    if notice.kind not in {FIRST, CHANGE}:
        return np.ones(len(ledger), dtype=bool)
    is_first: Bools = _version(ledger) <= 1
    return is_first if notice.kind == FIRST else ~is_first


def _version(ledger: Ledger) -> NDArray[np.float64]:
    """版本, 1 where it is blank."""
    if not ledger.has("version"):
        return np.ones(len(ledger))
    versions = ledger["version"].to_numpy(dtype=np.float64)
    return np.where(np.isnan(versions), 1.0, versions)


def version_text(notice: Notice, ledger: Ledger, row: int) -> str:
    """时限版本 of a row: what its columns show, for example ``2026-11-24 14:00 第一会议室``; ``V2`` of a version number."""
    told = []
    for identifier in notice.version:
        value = ledger[identifier][row]
        if identifier == "version":
            told.append(f"V{shown(float(_version(ledger)[ledger.position(row)]))}")
        elif text := shown(value):
            told.append(" ".join(text.split()))
    return " ".join(told) or _UNSET
