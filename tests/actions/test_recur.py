"""recur: the next standing meetings, once each, whatever became of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import ChangeSet, check, recur, refresh
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.errors import RuleError, UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema.refusals import BY_CODE
from tests.builders import NOW, book, dues, holidays, meeting, recurring, row_of, settings

WEEKLY = recurring()
MONTHLY = recurring(id="LH-2026-0002", title="项目月度会", meeting_type="项目月度会", recurrence="每月末", weekday="",
                    clock="15:00", hours=1.5, place="第一会议室", agenda="1.进度；2.风险", attendees="财务部*会计")  # fmt: skip
BEFORE_NATIONAL_DAY = datetime(2026, 9, 24, 10)
DECEMBER = datetime(2026, 12, 15, 10)


def planned(made, now=NOW, **more: object):
    """Plan, write, and give back the result."""
    result = recur(made, now, **more)
    made.apply(result.changes)
    return result


def meetings(made) -> dict[str, str]:
    """id → when it begins."""
    ledger = Ledgers.read(made)["Meetings"]
    return {record: f"{when:%m-%d %H:%M}" for record, when in zip(ledger.ids, ledger["starts_at"], strict=True)}


def edit(made, **cells: object) -> None:
    """A person writes into the first row of 会议台账."""
    ledger = Ledgers.read(made)["Meetings"]
    row = int(ledger.rows[0])
    made.apply(ChangeSet(columns=cell_changes(ledger, [(row, key, value) for key, value in cells.items()])))


def audit(made) -> list[tuple[object, ...]]:
    frame = Ledgers.read(made)["Audit"].frame
    return [
        tuple(row)
        for row in frame[["verb", "actor", "sheet", "record", "header", "old", "new"]].itertuples(index=False)
    ]


class TestNewRow:
    def test_is_a_meeting_from_head_to_foot(self):
        made = book(Recurring=[WEEKLY | {"place": "技术部会议室"}])
        planned(made, weeks=1)
        row = row_of(made, "HY-2026-0001")
        assert row == {
            "id": "HY-2026-0001", "title": "技术部周会（3月9日）", "state": "已批准", "initiator": "技术部*经理",
            "meeting_type": "部门周会", "goal": "通报上周进展，明确本周任务和需协调的事项",
            "agenda": "1.上周总结；2.本周计划；3.需配合事项", "attendees": "技术部", "hours": 1,
            "starts_at": datetime(2026, 3, 9, 9, 30), "place": "技术部会议室", "host": "技术部*经理",
            "approver": "技术部*经理", "applied_at": NOW, "approved_at": NOW, "remarks": "例会 LH-2026-0001（2026-03-09）",
            "light": "红", "due": datetime(2026, 3, 5, 18), "overdue_workdays": 1, "escalation": "责任人",
            "certainty": "正式", "last_state": "已批准", "state_since": NOW,
        }  # fmt: skip

    def test_keeps_the_rules_own_agenda(self):
        made = book(Recurring=[MONTHLY])
        planned(made)
        row = row_of(made, "HY-2026-0001")
        assert (row["agenda"], row["place"], row["starts_at"]) == (
            "1.进度；2.风险",
            "第一会议室",
            datetime(2026, 3, 31, 15),
        )

    def test_has_nothing_for_check_to_find_and_nothing_for_refresh_to_add(self):
        made = book(Recurring=[WEEKLY, MONTHLY])
        planned(made)
        assert check(made, NOW).findings == ()
        assert refresh(made, NOW).changes.columns == ()

    def test_has_the_clock_of_its_notice(self):
        """Two working days before Monday 16 March: Thursday the 12th."""
        made = book(Recurring=[WEEKLY])
        planned(made)
        assert dues(made)["HY-2026-0002", "A14"] == datetime(2026, 3, 12, 18)
        assert ("HY-2026-0002", "A13") not in dues(made)

    def test_of_a_topical_meeting_awaits_approval(self):
        made = book(Recurring=[recurring(meeting_type="跨部门专题会", title="产销例会")])
        planned(made, weeks=2)
        row = row_of(made, "HY-2026-0002")
        assert (row["state"], "approver" in row, "approved_at" in row) == ("申请", False, False)

    def test_is_audited_with_the_rule_and_date_it_comes_from(self):
        made = book(Recurring=[WEEKLY])
        planned(made, weeks=1, actor="李")
        assert audit(made) == [
            ("排例会", "李", "会议台账", "HY-2026-0001", "新增一行", "", "技术部周会（3月9日）"),
            ("排例会", "李", "会议台账", "HY-2026-0001", "备注", "", "例会 LH-2026-0001（2026-03-09）"),
        ]


class TestHorizon:
    def test_is_four_weeks_unless_it_is_said(self):
        made = book(Recurring=[WEEKLY])
        result = planned(made)
        assert list(meetings(made).values()) == ["03-09 09:30", "03-16 09:30", "03-23 09:30", "03-30 09:30"]
        assert (result.summary["added"], result.summary["rules"]) == (4, 1)

    @pytest.mark.parametrize("weeks", [1, 2, 53])
    def test_may_be_said(self, weeks):
        """Every week has its Monday or, at National Day, its Thursday."""
        assert recur(book(Recurring=[WEEKLY]), NOW, weeks=weeks).summary["added"] == weeks

    @pytest.mark.parametrize("weeks", [0, 54, -1])
    def test_beyond_a_year_is_refused(self, weeks):
        with pytest.raises(UsageError, match="1 到 53"):
            recur(book(), NOW, weeks=weeks)

    @pytest.mark.parametrize(("clock", "count"), [("10:00", 0), ("10:01", 1)])
    def test_begins_after_now(self, clock, count):
        made = book(Recurring=[recurring(weekday="周五", clock=clock)])
        assert recur(made, NOW, weeks=1).summary["added"] == 1 + count

    def test_ends_with_its_last_day(self):
        """Friday the 13th is one week from Friday the 6th."""
        assert recur(book(Recurring=[recurring(weekday="周五", clock="23:00")]), NOW, weeks=1).summary["added"] == 2

    def test_meetings_come_in_order_of_time(self):
        made = book(Recurring=[MONTHLY, WEEKLY])
        planned(made)
        times = list(meetings(made).values())
        assert times == sorted(times)
        assert len(times) == 5


class TestRestDays:
    def test_move_the_meeting_and_the_remark_says_why(self):
        made = book(
            Recurring=[WEEKLY, recurring(id="LH-2026-0002", title="财务部周会", weekday="周四", host="财务部*会计")]
        )
        planned(made, BEFORE_NATIONAL_DAY, weeks=2)
        rows = {row_of(made, record)["remarks"]: when for record, when in meetings(made).items()}
        assert rows["例会 LH-2026-0001（2026-10-05）；原定10月5日（国庆节），顺延至10月8日"] == "10-08 09:30"
        assert rows["例会 LH-2026-0002（2026-10-01）；原定10月1日（国庆节），提前至9月30日"] == "09-30 09:30"

    def test_without_a_name_are_told_by_their_weekday(self):
        made = book(Recurring=[MONTHLY])
        planned(made, datetime(2026, 5, 11, 9), weeks=3)
        assert (
            row_of(made, "HY-2026-0001")["remarks"]
            == "例会 LH-2026-0002（2026-05-31）；原定5月31日（周日），提前至5月29日"
        )

    def test_all_week_long_drop_the_meeting_and_say_so(self):
        made = book(Recurring=[WEEKLY])
        result = planned(made, datetime(2026, 2, 13, 10), weeks=2)
        assert [f"{each['planned']:%m-%d}" for each in result.summary["dropped"]] == ["02-16"]
        assert list(meetings(made).values()) == ["02-24 09:30"]


class TestOnceOnly:
    @pytest.fixture
    def made(self):
        made = book(Recurring=[WEEKLY])
        planned(made, weeks=1)
        return made

    def test_a_second_time_changes_nothing(self, made):
        assert not recur(made, NOW, weeks=1).changes

    def test_a_longer_horizon_adds_only_what_is_new(self, made):
        planned(made, weeks=2)
        assert list(meetings(made).values()) == ["03-09 09:30", "03-16 09:30"]

    @pytest.mark.parametrize(
        "cells",
        [
            {"starts_at": datetime(2026, 3, 11, 14)},
            {"title": "技术部碰头会"},
            {"state": "驳回"},
            {"remarks": "改在线上"},
            {"title": "碰头会", "starts_at": datetime(2026, 3, 10, 9), "remarks": ""},
        ],
        ids=["moved", "renamed", "refused", "remark gone", "all three"],
    )
    def test_what_a_person_has_changed_is_not_planned_again(self, made, cells):
        edit(made, **cells)
        assert not recur(made, NOW, weeks=1).changes

    def test_what_a_person_has_deleted_is_not_planned_again(self, made):
        edit(made, **{column.identifier: None for column in Ledgers.read(made)["Meetings"].table.columns})
        assert len(Ledgers.read(made)["Meetings"]) == 0
        assert not recur(made, NOW, weeks=1).changes

    def test_a_rule_that_was_renamed_keeps_its_meetings(self):
        made = book(
            Recurring=[WEEKLY | {"title": "研发周会"}], Meetings=[meeting(remarks="例会 LH-2026-0001（2026-03-09）")]
        )
        assert not recur(made, NOW, weeks=1).changes

    def test_a_remark_may_say_more(self):
        remark = "张经理主持；例会 LH-2026-0001 (2026-03-09)，请提前到场"
        made = book(Recurring=[WEEKLY], Meetings=[meeting(remarks=remark)])
        assert not recur(made, NOW, weeks=1).changes

    @pytest.mark.parametrize(
        "remark", ["例会 LH-2026-0001（2026-03-16）", "例会 LH-2026-0009（2026-03-09）", "例会（2026-02-30）"]
    )
    def test_a_remark_on_another_meeting_does_not_count(self, remark):
        made = book(Recurring=[WEEKLY], Meetings=[meeting(remarks=remark)])
        assert recur(made, NOW, weeks=1).summary["added"] == 1

    def test_one_that_was_entered_by_hand_counts(self):
        by_hand = meeting(title="技术部周会", starts_at=datetime(2026, 3, 9, 14))
        assert not recur(book(Recurring=[WEEKLY], Meetings=[by_hand]), NOW, weeks=1).changes
        another_day = meeting(title="技术部周会", starts_at=datetime(2026, 3, 10, 14))
        assert recur(book(Recurring=[WEEKLY], Meetings=[another_day]), NOW, weeks=1).changes

    def test_a_weekday_that_was_changed_plans_the_new_day(self, made):
        ledger = Ledgers.read(made)["Recurring"]
        made.apply(ChangeSet(columns=cell_changes(ledger, [(6, "weekday", "周三")])))
        planned(made, weeks=1)
        assert list(meetings(made).values()) == ["03-09 09:30", "03-11 09:30"]


class TestRulesThatAreLeftOut:
    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"weekday": ""}, "unclear-recurrence"),
            ({"clock": "上班后"}, "unclear-recurrence"),
            ({"hours": 0}, "unclear-recurrence"),
            ({"hours": -1}, "negative-number"),
            ({"hours": "很久"}, "unreadable-number"),
            ({"starts_on": "年初"}, "unreadable-date"),
            ({"starts_on": None}, "required-blank"),
            ({"host": None}, "required-blank"),
            ({"attendees": None}, "required-blank"),
            ({"id": None}, "required-blank"),
            ({"recurrence": "每天"}, "not-in-vocabulary"),
        ],
        ids=str,
    )
    def test_are_told_in_the_words_of_check(self, values, code):
        made = book(Recurring=[recurring(**values), MONTHLY])
        result = recur(made, NOW)
        assert [each.code for each in result.findings] == [code]
        assert result.findings[0] in check(made, NOW).findings
        assert result.summary["added"] == 1

    def test_because_two_have_one_id(self):
        result = recur(book(Recurring=[WEEKLY, recurring(title="另一个周会")]), NOW)
        assert ([each.code for each in result.findings], result.summary["added"]) == (["duplicate-id"] * 2, 0)

    def test_because_they_are_switched_off_are_not_told(self):
        result = recur(book(Recurring=[recurring(is_active="否", weekday="")]), NOW)
        assert (result.findings, bool(result.changes)) == ((), False)

    def test_reminders_leave_no_rule_out(self):
        result = recur(book(Recurring=[recurring(host="技术部*总监")]), NOW)
        assert (result.findings, result.summary["added"]) == ((), 4)


class TestYearWithoutDays:
    def test_is_planned_on_the_plain_week_and_said_so(self):
        made = book(Recurring=[recurring(weekday="周五")])
        result = planned(made, DECEMBER)
        (found,) = result.findings
        assert (found.code, found.sheet, found.id, found.severity) == (
            "provisional-meeting",
            "例会",
            "LH-2026-0001",
            "提醒",
        )
        assert found.message == (
            "“技术部周会”的 2027-01-01、2027-01-08 按周一至周五排定：节假日表没有 2027 年的官方日历"
        )
        remark = row_of(made, "HY-2026-0003")["remarks"]
        assert remark == "例会 LH-2026-0001（2027-01-01）；暂定，2027年节假日公布后核对"
        assert "暂定" not in row_of(made, "HY-2026-0002")["remarks"]

    def test_is_told_once(self):
        made = book(Recurring=[recurring(weekday="周五")])
        planned(made, DECEMBER)
        again = recur(made, DECEMBER)
        assert (again.findings, bool(again.changes)) == ((), False)

    def test_that_turns_out_to_be_a_rest_day_is_told_until_it_is_moved(self):
        new_year = {"date": datetime(2027, 1, 1), "kind": "休", "name": "元旦", "basis": "国办发明电〔2026〕9号"}
        remarks = "例会 LH-2026-0001（2027-01-01）；暂定，2027年节假日公布后核对"
        row = meeting(state="已批准", starts_at=datetime(2027, 1, 1, 9, 30), remarks=remarks)
        made = book(Meetings=[row], Calendar=holidays(new_year))
        (found,) = recur(made, DECEMBER).findings
        assert (found.code, found.id, found.column) == ("meeting-on-rest-day", "HY-2026-0001", "会议时间")
        assert found.message == "暂定的会议时间 2027-01-01 09:30 是休息日（元旦）"
        edit(made, starts_at=datetime(2027, 1, 4, 9, 30))
        assert recur(made, DECEMBER).findings == ()

    @pytest.mark.parametrize(
        "values",
        [{"state": "已召开"}, {"remarks": "会议室暂定"}, {"remarks": "例会 LH-2026-0001（2027-01-01）"}],
        ids=str,
    )
    def test_only_meetings_that_were_planned_provisionally_are_told(self, values):
        row = meeting(
            state="已批准", starts_at=datetime(2027, 1, 2, 9, 30), remarks="例会 LH-2026-0001（2027-01-02）；暂定"
        )
        assert len(recur(book(Meetings=[row]), DECEMBER).findings) == 1
        assert recur(book(Meetings=[row | values]), DECEMBER).findings == ()


def test_an_id_pattern_that_nobody_understands_stops_it():
    with pytest.raises(RuleError, match="编号格式"):
        recur(book(Recurring=[WEEKLY], Settings=settings(编号格式="{年}")), NOW)


def test_nothing_is_changed_before_apply():
    made = book(Recurring=[WEEKLY])
    recur(made, NOW)
    assert made.applied == []


def test_its_refusals_are_known():
    assert {"provisional-meeting", "meeting-on-rest-day"} <= BY_CODE.keys()
