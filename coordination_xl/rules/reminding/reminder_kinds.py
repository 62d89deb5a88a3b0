"""What a reminder is called: its clock, its 通知种类, its 时限版本. Source: SPEC A11, A17, A22, section 5 ``remind``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.rules.timing.timers import TimerKind
from coordination_xl.schema import notices
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

OWN, INTERMEDIATE, FEEDBACK, ANSWER, RISK = "own", "intermediate", "feedback", "answer", "risk"
"""What :class:`~coordination_xl.rules.dispatching.drafts.Reminder` calls a clock. A major risk has none: it is told at once."""
NEAR = -1
"""The rung of what is not late yet."""

OWING = RUNG.words.index("责任人")
_HEAD = RUNG.words.index("部门负责人")


def clock_kind(kind: TimerKind, *, is_answer: bool) -> str:
    """The word for a clock of one kind; ``is_answer`` where it waits for the answer to a notice."""
    if is_answer:
        return ANSWER
    return {TimerKind.DUE: OWN, TimerKind.FEEDBACK: FEEDBACK}.get(kind, INTERMEDIATE)


def kind_of(clock: str, rung: int) -> str:
    """通知种类 by clock and rung: 升级报告 to those above 部门负责人, 催办单 to these, below them what the clock is about."""
    if rung > _HEAD:
        return notices.ESCALATION
    if rung == _HEAD or clock == ANSWER:
        return notices.SLIP
    return notices.FEEDBACK if clock == FEEDBACK else notices.WARNING


def lowest_rung(kind: str) -> int:
    """The rung at which a kind begins where somebody asks for it by name: 催办单 with 部门负责人, 升级报告 with 分管领导."""
    return RUNG.words.index(notices.NOTICE[kind].to[0])


def version_of(rule: str, due: datetime) -> str:
    """时限版本 of one due time: ``B5 2026-11-10 18:00``."""
    return f"{rule} {due:%Y-%m-%d %H:%M}"


def versions(rule: str, due: NDArray[np.datetime64], notice: NDArray[np.object_] | None = None) -> NDArray[np.object_]:
    """:func:`version_of` each due time; of an answer with the notice it is to behind it, ``（TZ-2026-0176）``.

    Args:
        rule: number of the row of 时限规则.
        due: due times, none of them NaT.
        notice: ids of the notices.
    """
    moments = np.char.replace(np.datetime_as_string(due.astype("datetime64[m]")), "T", " ")
    made = np.char.add(f"{rule} ", moments).astype(object)
    return made if notice is None else np.asarray(made + "（" + notice + "）", dtype=object)
