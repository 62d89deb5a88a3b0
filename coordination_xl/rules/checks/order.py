"""Dates against each other and against now. Source: SPEC section 3 (raised ≤ due ≤ done), A18-A23."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.findings import shown
from coordination_xl.rules.timing.deadlines import moments
from coordination_xl.schema import Dtype, faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

SEQUENCES: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "Coordination": (
            ("raised_at", "consensus_by"),
            ("raised_at", "deadlines"),
            ("raised_at", "agreed_at", "done_at"),
            ("paused_at", "resumed_at"),
        ),
        "Problems": (
            ("raised_at", "wished_by"),
            ("raised_at", "deadline"),
            ("raised_at", "dispatched_at", "solved_at", "accepted_at"),
            ("paused_at", "resumed_at"),
        ),
        "Meetings": (
            ("applied_at", "approved_at", "notified_at", "starts_at"),
            ("starts_at", "ended_at", "minutes_signed_at"),
            ("starts_at", "deadlines"),
        ),
        "Emergencies": (
            ("discovered_at", "first_told_at", "reported_at"),
            ("discovered_at", "plan_approved_at", "resolved_at", "reviewed_at"),
            ("discovered_at", "controlled_at"),
            ("discovered_at", "escalated_at"),
        ),
        "Tasks": (("created_at", "deadline"), ("created_at", "done_at"), ("paused_at", "resumed_at")),
        "Dispatch": (("created_at", "sent_at", "read_at"), ("sent_at", "answered_at")),
        "Extensions": (("applied_at", "decided_at"),),
        "Contacts": (("leave_from", "leave_to"),),
    }
)
"""For each table the columns whose dates must not run backwards. A bare date is as good as any time of its day."""

PAST = MappingProxyType(
    {
        "Coordination": ("raised_at", "agreed_at", "done_at", "resumed_at"),
        "Problems": ("raised_at", "dispatched_at", "solved_at", "accepted_at", "resumed_at"),
        "Meetings": ("applied_at", "approved_at", "notified_at", "ended_at", "minutes_signed_at"),
        "Emergencies": (
            *("discovered_at", "first_told_at", "reported_at", "plan_approved_at"),
            *("controlled_at", "escalated_at", "resolved_at", "reviewed_at"),
        ),
        "Tasks": ("created_at", "done_at", "resumed_at"),
        "Progress": ("reported_at",),
        "Dispatch": ("sent_at", "read_at", "answered_at"),
        "Extensions": ("applied_at", "decided_at"),
    }
)  # fmt: skip
"""For each table the columns that tell what has happened, and so cannot lie after now."""

_DAY = "datetime64[D]"


def check_order(ledger: Ledger) -> Iterator[Finding]:
    """A later step dated before an earlier one. Each pair of neighbours that are both filled is compared."""
    for sequence in SEQUENCES.get(ledger.table.name, ()):
        before = np.full(len(ledger), np.datetime64("NaT", "s"))
        named = np.full(len(ledger), "", dtype=object)
        for identifier in sequence:
            when = moments(ledger, identifier)
            is_bare = when == when.astype(_DAY).astype("datetime64[s]")
            floor = np.where(is_bare, before.astype(_DAY).astype("datetime64[s]"), before)
            is_backwards = when < floor
            for row in ledger.flagged(identifier, is_backwards):
                earlier = str(named[ledger.position(row)])
                yield ledger.finding(
                    faults.DATE_ORDER,
                    row,
                    identifier,
                    earlier=ledger.headers[earlier],
                    earlier_value=shown(ledger.typed_at(row, earlier)),
                )
            named = np.where(np.isnat(when), named, identifier)
            before = np.where(np.isnat(when), before, when)


def check_future(ledger: Ledger, now: datetime) -> Iterator[Finding]:
    """What has happened cannot lie after now; a bare date of today is not after now."""
    today = np.datetime64(now, "D")
    for identifier in PAST.get(ledger.table.name, ()):
        column = ledger[identifier]
        if ledger.table.column(identifier).dtype is not Dtype.MOMENT:
            continue
        when = column.to_numpy(dtype="datetime64[s]")
        is_bare_today = when == today.astype("datetime64[s]")
        for row in ledger.flagged(identifier, (when > np.datetime64(now, "s")) & ~is_bare_today):
            yield ledger.finding(faults.DATE_IN_FUTURE, row, identifier)
