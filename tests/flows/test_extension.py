"""An extension: asked for before the due time, granted one rung higher each time, the first date remembered.

The calendar of 2026 here: 7 to 18 September are two plain working weeks.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from coordination_xl import extend
from tests.builders import CONTACTS, task
from tests.flows.office import stage

RW, YQ = "RW-2026-0001", "YQ-2026-0001"
PEOPLE = (
    *(row for row in CONTACTS if row["role"] != "分管领导"),
    {"department": "公司领导", "person": "副总经理", "role": "分管领导", "supervises": "技术部、财务部"},
    {"department": "公司领导", "person": "总经理", "role": "总经理办公会"},
)


def at(day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute)


@stage
def busy(office):
    """A task of the engineering department, due on Friday 11 September."""
    made = office(Contacts=PEOPLE, Tasks=[task(deadline=at(11, 0), created_at=at(7, 9))])
    return made.at(9, 7, 9, 1)


def asks(office, record: str = YQ, **values: object) -> None:
    """The engineer asks for the 16th."""
    told = {
        "applicant": "技术部*工程师", "applied_at": office.now, "reason": "备件未到", "current_due": at(11), "new_due": at(16),
        "decision": "待审批",
    }  # fmt: skip
    office.adds("Extensions", id=record, source=RW, **(told | values))


def grants(office, approver: str, record: str = YQ, decision: str = "同意") -> None:
    office.types(record, decision=decision, approver=approver, decided_at=office.now)


@stage
def granted(busy):
    """Asked for on Wednesday, granted on Thursday by the head of the department."""
    busy.wait(9, 9, 10)
    asks(busy)
    busy.at(9, 9, 10, 1)
    busy.wait(9, 10, 15)
    grants(busy, "技术部*经理")
    busy.run(extend, ())
    return busy.at(9, 10, 15, 1)


class TestRequest:
    def test_alone_moves_nothing(self, busy):
        busy.wait(9, 9, 10)
        asks(busy)
        assert busy.at(9, 9, 10, 1).sees(RW, "due", "deadline", "original_due") == (None, date(2026, 9, 11), at(11))
        assert busy.findings() == []
        assert busy.at(9, 11, 18, 1).sees(RW, "light") == ("红",)

    def test_refused_moves_nothing(self, busy):
        busy.wait(9, 9, 10)
        asks(busy)
        grants(busy, "技术部*经理", decision="不同意")
        assert not [change for change in busy.run(extend, ()).changes.columns if change.table == "Tasks"]
        assert busy.at(9, 11, 18, 1).sees(RW, "light") == ("红",)

    @pytest.mark.parametrize(("applied", "faults"), [(at(11, 18, 0), []), (at(11, 18, 1), ["extension-too-late"])])
    def test_must_come_before_the_due_time(self, applied, faults, busy):
        busy.wait(9, 14, 9)
        asks(busy, applied_at=applied)
        assert [code for code, _ in busy.faults(YQ)] == faults

    def test_late_is_told_when_it_would_have_been_in_time_and_is_not_granted(self, busy):
        busy.wait(9, 14, 9)
        asks(busy)
        grants(busy, "技术部*经理")
        assert "最迟应在 2026-09-11 18:00 以前申请延期" in busy.warned(YQ, "extension-too-late")
        result = busy.run(extend, ())
        assert [found.code for found in result.findings] == ["extension-too-late"]
        assert busy.at(9, 14, 9, 1).sees(RW, "light", "deadline") == ("红", date(2026, 9, 11))

    def test_must_ask_for_a_later_time(self, busy):
        busy.wait(9, 9, 10)
        asks(busy, new_due=at(10))
        assert [code for code, _ in busy.faults(YQ)] == ["extension-not-later"]

    def test_is_not_granted_by_a_colleague(self, busy):
        busy.wait(9, 9, 10)
        asks(busy)
        grants(busy, "财务部*会计")
        assert [code for code, _ in busy.faults(YQ)] == ["extension-rung"]
        assert not [change for change in busy.run(extend, ()).changes.columns if change.table == "Tasks"]


class TestGranted:
    def test_is_the_new_deadline_and_the_first_one_is_kept(self, granted):
        assert granted.sees(RW, "deadline", "original_due", "light") == (at(16), at(11), "绿")
        assert granted.audit(RW, "完成时限") == [("2026-09-11", "2026-09-16 18:00")]
        assert granted.findings() == []

    def test_what_was_late_by_the_first_is_in_time_by_the_second(self, granted):
        granted.wait(9, 14, 9)
        granted.reports(RW, "备件已到")
        assert granted.at(9, 14, 9, 1).sees(RW, "light", "overdue_workdays") == ("蓝", None)
        assert granted.at(9, 16, 18, 1).sees(RW, "light") == ("红",)

    def test_done_in_between_is_on_time_but_not_on_the_original(self, granted):
        granted.wait(9, 15, 9)
        granted.types(RW, state="待验收")
        granted.at(9, 15, 9, 1)
        granted.wait(9, 15, 17)
        granted.types(RW, state="已完成", done_at=granted.now)
        assert granted.at(9, 15, 17, 1).sees(RW, "light", "is_on_time", "is_on_original") == ("灰", "是", "否")

    def test_a_second_time_changes_nothing(self, granted):
        before = granted.path.read_bytes()
        assert not granted.run(extend, ()).changes
        assert granted.path.read_bytes() == before

    def test_the_second_extension_wants_the_next_rung(self, granted):
        granted.wait(9, 14, 10)
        asks(granted, "YQ-2026-0002", current_due=at(16), new_due=at(18))
        grants(granted, "技术部*经理", "YQ-2026-0002")
        assert [code for code, _ in granted.faults("YQ-2026-0002")] == ["extension-rung"]
        assert granted.warned("YQ-2026-0002", "extension-rung").startswith("第 2 次延期须由分管领导审批")
        grants(granted, "公司领导*副总经理", "YQ-2026-0002")
        granted.run(extend, ())
        assert granted.at(9, 14, 10, 1).sees(RW, "deadline", "original_due") == (at(18), at(11))
        assert granted.findings() == []
