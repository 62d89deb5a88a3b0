"""Matters that have come to their end without a flaw: what may be archived."""

from __future__ import annotations

from datetime import datetime

from tests.builders import coordination, emergency, held, problem, task

LEARNED = {"outcome": "达到目标，两部门均按期", "lessons": "口径不一返工两次", "experience": "先定口径再取数"}


def done_task(number: int = 1, **values: object) -> dict[str, object]:
    finished = {"id": f"RW-2026-{number:04}", "state": "已完成", "done_at": datetime(2026, 3, 4, 15)}
    return task(**finished | values)


def done_coordination(**values: object) -> dict[str, object]:
    return coordination(state="已完成", done_at=datetime(2026, 3, 5, 17, 0), **LEARNED) | values


def done_problem(**values: object) -> dict[str, object]:
    return (
        problem(
            state="已办结", solution="1.分级处理", verification="周期2.6天", verdict="同意办结",
            solved_at=datetime(2026, 3, 4, 16), accepted_at=datetime(2026, 3, 5, 10), **LEARNED,
        )
        | values
    )  # fmt: skip


def done_meeting(**values: object) -> dict[str, object]:
    return held(state="已分发", minutes_signed_at=datetime(2026, 3, 5, 17)) | values


def done_emergency(**values: object) -> dict[str, object]:
    return (
        emergency(
            state="已复盘", discovered_at=datetime(2026, 3, 3, 8), first_told_at=datetime(2026, 3, 3, 8, 20),
            reported_at=datetime(2026, 3, 3, 8, 50), plan_approved_at=datetime(2026, 3, 3, 9, 30),
            resolved_at=datetime(2026, 3, 3, 14), reviewed_at=datetime(2026, 3, 5, 9), course="网关证书过期",
            root_cause="证书到期无人提醒", measures="1.技术部2026年3月5日前建立证书台账",
            responsible="证书台账-技术部*工程师", deadlines="证书台账：2026-03-05",
        )
        | values
    )  # fmt: skip
