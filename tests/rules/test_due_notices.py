"""The notices that states ask for: which rows, to whom, once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from coordination_xl import open_book
from coordination_xl.errors import UnknownRecord
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.dispatching.due_notices import due_notices
from coordination_xl.rules.timing.schedule import Plan
from tests import builders
from tests.builders import NOW, coordination, dispatch, emergency, held, ledgers, meeting, problem, settings

STAFF = [
    row
    | {"email": f"{number}@example.com"}
    | ({"supervises": "技术部、客户服务部"} if row["role"] == "分管领导" else {})
    for number, row in enumerate(builders.CONTACTS)
]
DEMO = Path(__file__).parents[2] / "workbooks" / "coordination-demo.xlsx"
TOLD = ["客户服务部*专员", "技术部*经理"]


def due(kind: str | None = None, *, now: datetime = NOW, records=None, **tables):
    made = ledgers(**({"Contacts": STAFF} | tables))
    return due_notices(made, Plan.of(made, now), now, kinds=[kind] if kind else None, records=records)


def said(drafts) -> list[tuple[str, str, list[str]]]:
    return [(each.kind, each.record, [who.name for who in each.to]) for each in drafts]


def codes(findings) -> list[str]:
    return [each.code for each in findings]


ASSIGNED = problem(state="已分派", dispatched_at=datetime(2026, 3, 5, 11))


def test_a_dispatched_problem_is_told_with_its_deadline_as_version():
    drafts, findings = due(Problems=[ASSIGNED])
    (draft,) = drafts
    assert said(drafts) == [("问题分派通知", "WT-2026-0001", ["技术部*经理"])]
    assert (draft.table, draft.row, draft.version, draft.level, draft.answer) == (
        "Problems",
        6,
        "2026-03-18",
        "内部",
        "已阅",
    )
    assert [each.name for each in draft.copies] == ["公司领导*副总经理", "财务部*会计", "客户服务部*专员"]
    assert findings == ()


@pytest.mark.parametrize(
    ("dispatched", "count"),
    [
        (datetime(2026, 2, 28), 1),
        (datetime(2026, 2, 27, 18), 0),
        (datetime(2026, 3, 6, 23), 1),
        (datetime(2026, 3, 7), 0),
    ],
    ids=["five working days ago, a worked Saturday", "six", "later today", "tomorrow"],
)
def test_only_what_came_up_lately_is_told_unnamed(dispatched, count):
    drafts, _ = due(Problems=[problem(state="已分派", dispatched_at=dispatched)])
    assert len(drafts) == count


def test_the_window_is_that_of_the_settings():
    old = problem(state="已分派", dispatched_at=datetime(2026, 2, 5))
    assert due(Problems=[old])[0] == ()
    assert len(due(Problems=[old], Settings=settings(**{"自动通知期限（工作日）": "60"}))[0]) == 1


def test_a_named_matter_is_told_however_old_it_is():
    old = problem(state="已分派", dispatched_at=datetime(2025, 2, 5))
    assert len(due("问题分派通知", records=["WT-2026-0001"], Problems=[old])[0]) == 1


@pytest.mark.parametrize("state", ["草稿", "已提报", "退回", "处理中", "已办结"])
def test_another_state_is_told_nothing(state):
    assert due("问题分派通知", Problems=[ASSIGNED | {"state": state}])[0] == ()


def test_what_was_sent_is_not_told_again_and_named_says_by_which_row():
    rows = [dispatch(recipients="技术部*经理")]
    assert due(Problems=[ASSIGNED], Dispatch=rows)[0] == ()
    drafts, findings = due("问题分派通知", records=["WT-2026-0001"], Problems=[ASSIGNED], Dispatch=rows)
    assert drafts == ()
    (finding,) = (each for each in findings if each.code == "sent-already")
    assert "TZ-2026-0001" in finding.message
    assert "2026-03-06 09:00" in finding.message


def test_a_changed_deadline_is_told_anew():
    rows = [dispatch(recipients="技术部*经理", due_version="2026-03-18")]
    assert due(Problems=[ASSIGNED], Dispatch=rows)[0] == ()
    (draft,) = due(Problems=[ASSIGNED | {"deadline": datetime(2026, 3, 20, 12)}], Dispatch=rows)[0]
    assert draft.version == "2026-03-20 12:00"


def test_a_named_matter_in_another_state_or_ledger_is_refused():
    for kind, code, column in (("问题解决报告", "not-for-state", "状态"), ("协调通知", "not-for-ledger", "编号")):
        drafts, (finding,) = due(kind, records=["WT-2026-0001"], Problems=[ASSIGNED])
        assert drafts == ()
        assert (finding.code, finding.column, finding.id) == (code, column, "WT-2026-0001")
        assert kind in finding.message
    with pytest.raises(UnknownRecord):
        due("问题分派通知", records=["WT-2026-0404"], Problems=[ASSIGNED])


TALKED = coordination(
    state="沟通中", raised_at=datetime(2026, 3, 5, 9), agreed_at=None, responsible="", deadlines="", agreement=""
)


@pytest.mark.parametrize(("version", "kind"), [(None, "协调通知"), (1, "协调通知"), (2, "变更通知"), (3, "变更通知")])
def test_the_first_version_is_announced_and_later_ones_are_changes(version, kind):
    (draft,) = due(Coordination=[TALKED | {"version": version}])[0]
    assert (draft.kind, draft.version) == (kind, f"V{version or 1}")


def test_a_change_of_a_matter_raised_long_ago_comes_up_when_it_goes_back():
    back = {
        "version": 2,
        "raised_at": datetime(2025, 12, 1),
        "last_state": "沟通中",
        "state_since": datetime(2026, 3, 5),
    }
    assert [each.kind for each in due(Coordination=[TALKED | back])[0]] == ["变更通知"]
    assert due(Coordination=[TALKED | back | {"state_since": datetime(2025, 12, 1)}])[0] == ()


def test_a_named_version_of_the_other_kind_is_refused():
    drafts, (finding,) = due("协调通知", records=["XT-2026-0001"], Coordination=[TALKED | {"version": 2}])
    assert (drafts, finding.code) == ((), "not-for-version")
    assert "变更通知" in finding.suggestion


INVITED = {"kind": "会议通知", "source": "HY-2026-0001", "recipients": "财务部*会计、产品部*主管、技术部*经理"}
APPROVED = meeting(state="已批准", notified_at=None)
MOVED = {"starts_at": datetime(2026, 3, 11, 9)}
FIRST = "2026-03-10 14:00 第一会议室"


def test_an_approved_meeting_is_announced_with_sequence_zero():
    (draft,) = due(Meetings=[APPROVED])[0]
    assert said([draft]) == [("会议通知", "HY-2026-0001", ["财务部*会计", "产品部*主管", "技术部*经理"])]
    assert (draft.version, draft.sequence, draft.is_cancelled, draft.answer) == (FIRST, 0, False, "回复")


def test_a_meeting_in_the_past_is_not_announced():
    past = APPROVED | {"starts_at": NOW}
    assert due(Meetings=[past])[0] == ()
    drafts, (finding,) = due("会议通知", records=["HY-2026-0001"], Meetings=[past])
    assert (drafts, finding.code, finding.column) == ((), "meeting-is-over", "会议时间")


@pytest.mark.parametrize("state", ["已批准", "已通知"])
def test_a_meeting_that_was_moved_is_told_again_with_a_higher_sequence_however_long_ago_it_was_approved(state):
    old = meeting(state=state, approved_at=datetime(2026, 1, 5))
    rows = [dispatch(due_version=FIRST, **INVITED)]
    assert due(Meetings=[old], Dispatch=rows)[0] == ()
    (draft,) = due(Meetings=[old | MOVED], Dispatch=rows)[0]
    assert (draft.version, draft.sequence) == ("2026-03-11 09:00 第一会议室", 1)
    (draft,) = due(Meetings=[old | {"place": "线上"}], Dispatch=rows)[0]
    assert draft.version == "2026-03-10 14:00 线上"


def test_a_meeting_that_is_moved_back_is_told_again():
    rows = [dispatch(due_version=version, **INVITED) for version in (FIRST, "2026-03-11 09:00 第一会议室")]
    (draft,) = due(Meetings=[meeting()], Dispatch=rows)[0]
    assert (draft.version, draft.sequence) == (f"{FIRST}（第3次）", 2)
    assert due(Meetings=[meeting()], Dispatch=[*rows, dispatch(due_version=draft.version, **INVITED)])[0] == ()


def test_a_notified_meeting_without_a_row_or_with_one_of_no_version_is_left_alone():
    assert due(Meetings=[meeting()])[0] == ()
    assert due(Meetings=[meeting() | MOVED], Dispatch=[dispatch(**INVITED)])[0] == ()


def test_a_meeting_called_off_is_told_once_to_those_who_were_invited():
    off = meeting(state="驳回")
    invited = dispatch(due_version=FIRST, **(INVITED | {"recipients": "财务部*会计"}))
    assert due(Meetings=[off])[0] == ()
    assert due(Meetings=[off], Dispatch=[invited | {"state": "失败"}])[0] == ()
    (draft,) = due(Meetings=[off], Dispatch=[invited])[0]
    assert said([draft]) == [("会议通知", "HY-2026-0001", ["财务部*会计"])]
    assert (draft.is_cancelled, draft.sequence, draft.version, draft.answer) == (True, 1, f"{FIRST}（取消）", "已阅")
    again = invited | {"due_version": draft.version}
    for rows in ([invited, again], [invited | {"state": "失败"}]):
        _, findings = due("会议通知", records=["HY-2026-0001"], Meetings=[off], Dispatch=rows)
        assert codes(findings) == ["not-for-state"]
    assert due(Meetings=[off], Dispatch=[invited, again])[0] == ()
    (draft,) = due(Meetings=[APPROVED], Dispatch=[invited, again])[0]
    assert (draft.is_cancelled, draft.sequence, draft.version) == (False, 2, f"{FIRST}（第3次）")


def test_minutes_go_to_the_concerned_as_well():
    signed = held(state="已分发", minutes_signed_at=datetime(2026, 3, 6, 9))
    assert said(due(Meetings=[signed])[0]) == [
        ("会议纪要", "HY-2026-0001", ["财务部*会计", "产品部*主管", "技术部*工程师"])
    ]


def test_what_is_archived_by_hand_or_was_before_is_told_only_by_name():
    done = problem(
        state="已归档", accepted_at=datetime(2026, 3, 4), last_state="已归档", state_since=datetime(2026, 3, 5)
    )
    assert due(Problems=[done])[0] == ()
    assert [each.kind for each in due("归档通知", records=["WT-2026-0001"], Problems=[done])[0]] == ["归档通知"]
    assert [each.kind for each in due(Problems=[done], Cases=[builders.case()])[0]] == ["归档通知"]
    assert due(Problems=[done], Cases=[builders.case(archived_at=datetime(2026, 2, 2))])[0] == ()
    audit = {"changed_at": datetime(2026, 3, 5, 9), "record": "WT-2026-0001", "header": "状态", "new": "已归档"}
    assert [each.kind for each in due(Problems=[done], Audit=[audit])[0]] == ["归档通知"]


def test_who_may_not_read_it_gets_a_notice_without_content_of_its_own():
    staff = [row | {"clearance": "机密" if row["department"] == "技术部" else ""} for row in STAFF]
    secret = ASSIGNED | {"confidentiality": "机密", "cooperating": ""}
    drafts, findings = due(Contacts=staff, Problems=[secret])
    open_one, closed = drafts
    assert (open_one.is_withheld, [each.name for each in open_one.to], open_one.copies) == (False, ["技术部*经理"], ())
    assert (closed.is_withheld, closed.level, closed.answer) == (True, "机密", "无")
    assert [each.name for each in (*closed.to, *closed.copies)] == ["公司领导*副总经理", "客户服务部*专员"]
    assert codes(findings) == ["not-cleared"]
    rows = [dispatch(recipients="技术部*经理"), dispatch(recipients="公司领导*副总经理、客户服务部*专员")]
    assert due(Contacts=staff, Problems=[secret], Dispatch=rows) == ((), ())


def test_nobody_to_send_to_is_a_failed_draft_once():
    staff = [row for row in STAFF if row["department"] != "技术部"]
    drafts, findings = due(Contacts=staff, Problems=[ASSIGNED])
    (draft,) = drafts
    assert (draft.to, draft.copies, draft.unreached) == ((), (), "技术部")
    assert "技术部" in draft.failure
    assert "nobody-to-send-to" in codes(findings)
    rows = [dispatch(recipients="技术部", state="失败", due_version=draft.version)]
    assert due(Contacts=staff, Problems=[ASSIGNED], Dispatch=rows)[0] == ()
    assert len(due("问题分派通知", records=["WT-2026-0001"], Problems=[ASSIGNED], Dispatch=rows)[0]) == 1


def test_one_address_that_is_missing_keeps_the_notice_from_nobody_else():
    staff = [row | ({"email": ""} if row["person"] == "会计" else {}) for row in STAFF]
    drafts, findings = due(Contacts=staff, Coordination=[TALKED])
    assert said(drafts) == [("协调通知", "XT-2026-0001", ["技术部*工程师"])]
    assert codes(findings).count("contact-without-email") == 1


def test_an_address_that_two_notices_want_is_found_once():
    staff = [row | ({"email": ""} if row["person"] == "会计" else {}) for row in STAFF]
    _, findings = due(Contacts=staff, Coordination=[TALKED, TALKED | {"id": "XT-2026-0002"}])
    assert codes(findings).count("contact-without-email") == 1


def test_an_emergency_report_and_its_retrospective():
    first = emergency(state="已报告", plan_approved_at=None, team="", team_head="")
    assert said(due(Emergencies=[first])[0]) == [("紧急事项报告", "JJ-2026-0001", ["公司领导*副总经理"])]
    last = emergency(state="已复盘", resolved_at=datetime(2026, 3, 5), reviewed_at=datetime(2026, 3, 6, 9))
    assert [each.kind for each in due(Emergencies=[last])[0]] == ["复盘报告"]


def test_a_solved_problem_is_reported_to_whoever_raised_it():
    solved = problem(state="待验收", solved_at=datetime(2026, 3, 5, 16))
    assert said(due(Problems=[solved])[0]) == [("问题解决报告", "WT-2026-0001", ["客户服务部*专员"])]


def test_a_blank_workbook_has_nothing_to_tell():
    assert due() == ((), ())


def test_the_demo_owes_what_its_history_lacks_and_nothing_more():
    """By hand: Tuesday's coordination, Wednesday's assignment and this morning's emergency, of which nobody was told; the two
    meetings approved since Wednesday; minutes of Friday to the two of 责任部门/人 who were not there; the three problems that were
    solved on Wednesday. All else of the last five working days is in 发文记录."""
    made, now = Ledgers.read(open_book(DEMO)), datetime(2026, 11, 20, 10)
    drafts, findings = due_notices(made, Plan.of(made, now), now)
    assert said(drafts) == [
        ("协调通知", "XT-2026-0043", ["运营部*专员（代运营部*主管）", "产品部*专员", "综合管理部*专员"]),
        ("问题分派通知", "WT-2026-0068", ["综合管理部*经理"]),
        ("会议通知", "HY-2026-0021", ["生产部*经理", "采购部*主管", "财务部*会计", "运营部*经理"]),
        ("会议通知", "HY-2026-0024", ["采购部*专员", "客户服务部*主管", "财务部*会计", "运营部*经理"]),
        ("会议纪要", "HY-2026-0013", ["运营部*仓储主管", "财务部*会计"]),
        ("紧急事项报告", "JJ-2026-0010", ["公司领导*营销总监"]),
        ("问题解决报告", "WT-2026-0052", ["产品部*主管"]),
        ("问题解决报告", "WT-2026-0055", ["财务部*会计"]),
        ("问题解决报告", "WT-2026-0060", ["人力资源部*专员"]),
    ]
    assert findings == ()
