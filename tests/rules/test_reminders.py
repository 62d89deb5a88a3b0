"""催办升级: who is to be reminded, of what, at which rung, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from coordination_xl.books import open_book
from coordination_xl.errors import UnknownRecord
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.reminding.reminders import reminder_drafts
from coordination_xl.rules.timing.schedule import Basis, Plan, schedules
from coordination_xl.schema.vocabulary import RUNG
from tests.builders import (
    CONTACTS,
    book,
    coordination,
    dispatch,
    emergency,
    extension,
    held,
    ledger_of,
    problem,
    progress,
    rules,
    settings,
    task,
)

MAILBOX = {
    name: f"{number}@example.com" for number, name in enumerate(f"{c['department']}*{c['person']}" for c in CONTACTS)
}
SECRETARY = {"department": "总经理办公会", "person": "秘书", "role": "总经理办公会", "email": "board@example.com"}
PEOPLE = [
    *(each | {"email": MAILBOX[f"{each['department']}*{each['person']}"], "clearance": "秘密"} for each in CONTACTS),
    SECRETARY | {"clearance": "机密"},
]
LEADER = "公司领导*副总经理"
for each in PEOPLE:
    if each["role"] == "分管领导":
        each["supervises"] = "技术部、财务部、客户服务部、综合管理部"

DEMO = Path(__file__).parents[2] / "workbooks" / "coordination-demo.xlsx"
RW, WT, JJ = "RW-2026-0001", "WT-2026-0001", "JJ-2026-0001"
FRIDAY = datetime(2026, 3, 6)
"""A bare date: due at the close of business, 18:00."""


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


def drafts(now: datetime, *, kinds=None, records=None, **tables):
    ledgers = Ledgers.read(book(**({"Contacts": PEOPLE} | tables)))
    return reminder_drafts(ledgers, Plan.of(ledgers, now), now, kinds=kinds, records=records)


def told(now: datetime, **tables) -> list[tuple[str, str, str, str]]:
    """(matter, kind, rung, names) of each reminder."""
    return [
        (each.record, each.kind, each.rung, "、".join(to.name for to in each.to)) for each in drafts(now, **tables)[0]
    ]


def rows_of(made, now: datetime, numbers) -> list[dict[str, object]]:
    """What issuing writes into 发文记录."""
    return [
        dispatch(
            id=f"TZ-2026-{next(numbers):04}", kind=each.kind, source=each.record, rung=each.rung,
            recipients="、".join(to.name for to in each.to), due_version=each.version, answer_needed="无", state="待发送",
            created_at=now, sent_at=None, file=f"a/{each.record}.eml",
        )
        for each in made
    ]  # fmt: skip


def late_task(**values: object) -> dict[str, object]:
    """Due on Friday the 6th at 18:00; 1, 3, 5 and 10 working days late on the 9th, 11th, 13th and 20th."""
    return task(deadline=FRIDAY, created_at=at(2, 2)) | values


def spoken(now: datetime) -> list[dict[str, object]]:
    """Feedback a minute ago, so that no feedback is late."""
    return [progress(RW, now - timedelta(minutes=1))]


class TestTask:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (at(3, 4, 17), [("逾期预警", "")]),
            (at(3, 6, 18), [("逾期预警", "")]),
            (at(3, 6, 18, 1), []),
            (at(3, 9, 9), [("逾期预警", "责任人")]),
            (at(3, 10, 18), [("逾期预警", "责任人")]),
            (at(3, 11, 9), [("逾期预警", "责任人"), ("催办单", "部门负责人")]),
            (at(3, 13, 9), [("逾期预警", "责任人"), ("催办单", "部门负责人"), ("升级报告", "分管领导")]),
        ],
        ids=[
            "two days before",
            "due now is not late",
            "a quiet evening",
            "late",
            "two days",
            "three days",
            "five days",
        ],
    )
    def test_climbs_its_ladder(self, now, expected):
        found = told(now, Tasks=[late_task()], Progress=spoken(now))
        assert [(kind, rung) for _, kind, rung, _ in found] == expected

    def test_is_told_to_whoever_stands_on_each_rung(self):
        found = told(at(3, 20, 9), Tasks=[late_task()], Progress=spoken(at(3, 20, 9)))
        assert [(rung, names) for _, _, rung, names in found] == [
            ("责任人", "技术部*工程师"),
            ("部门负责人", "技术部*经理"),
            ("分管领导", LEADER),
            ("总经理办公会", "总经理办公会*秘书"),
        ]

    def test_says_how_late_it_is_and_what_comes_next(self):
        (first, *_), _, _ = drafts(at(3, 11, 9), Tasks=[late_task()], Progress=spoken(at(3, 11, 9)))
        late = first.reminder
        assert (late.light, late.clock, late.rule, late.basis) == ("红", "own", "B5", "B5")
        assert (late.due, late.workdays, late.hours) == (at(3, 6, 18), 3, None)
        assert (late.next_rung, late.next_at, late.act_by) == ("分管领导", at(3, 13, 0), at(3, 12, 18))
        assert first.version == "B5 2026-03-06 18:00"

    def test_that_is_near_says_until_when_and_who_comes_after(self):
        ((first,), _, _) = drafts(at(3, 5, 9), Tasks=[late_task()], Progress=spoken(at(3, 5, 9)))
        late = first.reminder
        assert (late.light, late.rung, late.workdays, late.hours) == ("蓝", "", None, None)
        assert (late.next_rung, late.next_at, late.act_by) == ("部门负责人", at(3, 11, 0), at(3, 6, 18))

    def test_at_the_top_has_nothing_above(self):
        made, _, _ = drafts(at(3, 20, 9), Tasks=[late_task()], Progress=spoken(at(3, 20, 9)))
        assert {(each.reminder.next_rung, each.reminder.next_at) for each in made} == {("", None)}

    @pytest.mark.parametrize("state", ["挂账", "已完成", "已取消"])
    def test_that_is_paused_or_over_is_silent(self, state):
        row = late_task(state=state, paused_at=at(3, 6, 9), done_at=at(3, 6, 10))
        assert told(at(3, 20, 9), Tasks=[row]) == []

    def test_counts_over_a_make_up_day_and_spring_festival(self):
        """Due on Thursday, 12 February: 13 and 14 (worked Saturday) are two days late, 24 and 25 the third and fourth."""
        row = late_task(deadline=datetime(2026, 2, 12))
        rungs = [
            len(told(now, Tasks=[row], Progress=spoken(now)))
            for now in (at(2, 13, 9), at(2, 14, 9), at(2, 24, 9), at(2, 25, 9), at(2, 26, 9))
        ]
        assert rungs == [1, 1, 2, 2, 3]


class TestOnce:
    def test_a_second_run_tells_nothing(self):
        now = at(3, 11, 9)
        made, _, _ = drafts(now, Tasks=[late_task()], Progress=spoken(now))
        rows = rows_of(made, now, count(1))
        assert len(rows) == 2
        assert drafts(now, Tasks=[late_task()], Progress=spoken(now), Dispatch=rows) == ((), (), 0)

    def test_an_extension_makes_it_new(self):
        """Moved from the 6th to the 18th; three working days later is the 23rd."""
        now, later = at(3, 11, 9), at(3, 23, 9)
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(1))
        moved = extension(source=RW, applied_at=at(3, 5, 9), current_due=at(3, 6, 18), new_due=at(3, 18, 18),
                          decision="同意", approver="技术部*经理", decided_at=at(3, 5, 15))  # fmt: skip
        tables = {"Tasks": [late_task()], "Extensions": [moved], "Dispatch": rows}
        assert told(at(3, 12, 9), **tables, Progress=spoken(at(3, 12, 9))) == []
        made, _, _ = drafts(later, **tables, Progress=spoken(later))
        assert [(each.rung, each.version) for each in made] == [
            ("责任人", "B5 2026-03-18 18:00"),
            ("部门负责人", "B5 2026-03-18 18:00"),
        ]

    def test_a_rung_that_was_passed_over_is_told_even_when_a_higher_one_was(self):
        now = at(3, 11, 9)
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(1))
        found = told(now, Tasks=[late_task()], Progress=spoken(now), Dispatch=rows[1:])
        assert [rung for _, _, rung, _ in found] == ["责任人"]

    def test_whoever_takes_over_hears_of_it(self):
        now = at(3, 9, 9)
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(1))
        other = late_task(responsible="财务部*会计", department="财务部")
        assert told(now, Tasks=[other], Progress=spoken(now), Dispatch=rows) == [
            (RW, "逾期预警", "责任人", "财务部*会计")
        ]

    def test_two_rows_with_one_id_are_told_once(self):
        rows = {"Tasks": [late_task(), late_task()], "Progress": spoken(at(3, 9, 9))}
        assert len(told(at(3, 9, 9), **rows)) == 1
        assert drafts(at(3, 9, 20), **rows)[2] == 1

    def test_runs_from_seven_to_seven_every_two_hours_over_thirty_days_tell_each_rung_on_its_day(self):
        """Registered on the 2nd, weekly feedback due on the 9th at 18:00 and never given; due on Friday the 13th.

        Feedback: 责任人 on the 10th, 部门负责人 on the 11th (two working days late), 分管领导 on the 13th (four). It is 黄 before
        it could be 蓝. Own: 责任人 on Monday the 16th (the evening and the weekend are quiet), 部门负责人 on the 18th, 分管领导 on
        the 20th, 总经理办公会 on the 27th.
        """
        row = task(deadline=datetime(2026, 3, 13), created_at=at(3, 2, 16, 30))
        others = ("Coordination", "Problems", "Meetings", "Emergencies")
        made = {each.table.name: each for each in Ledgers.read(book(Contacts=PEOPLE, Tasks=[row]))}
        whole = {name: ledger for name, ledger in made.items() if name not in others}
        basis = Basis.of(Ledgers(whole), at(3, 2))
        rows, numbers, heard = [], count(1), set()
        for run in range(30 * 7):
            now = at(3, 3, 7) + timedelta(days=run // 7, hours=2 * (run % 7))
            ledgers = Ledgers(whole | {"Dispatch": ledger_of("Dispatch", *rows)})
            here = replace(basis, now=now)
            due, _, _ = reminder_drafts(ledgers, Plan(here, schedules(ledgers, here)), now)
            heard |= {(each.version.split()[0], each.kind, each.rung, f"{now:%m-%d %H}") for each in due}
            rows += rows_of(due, now, numbers)
        assert heard == {
            ("A17", "进度催报", "责任人", "03-10 09"),
            ("A17", "催办单", "部门负责人", "03-11 09"),
            ("A17", "升级报告", "分管领导", "03-13 09"),
            ("B5", "逾期预警", "责任人", "03-16 09"),
            ("B5", "催办单", "部门负责人", "03-18 09"),
            ("B5", "升级报告", "分管领导", "03-20 09"),
            ("B5", "升级报告", "总经理办公会", "03-27 09"),
        }
        assert len(rows) == len(heard)


class TestOneClock:
    def test_late_feedback_is_a_request_for_progress(self):
        """Dispatched on the 3rd, feedback due on the 5th."""
        found = told(at(3, 6, 9), Problems=[problem()])
        assert found == [(WT, "进度催报", "责任人", "技术部*经理")]
        ((first,), _, _) = drafts(at(3, 6, 9), Problems=[problem()])
        assert (first.reminder.light, first.reminder.clock, first.reminder.rule) == ("黄", "feedback", "A11-一般")

    def test_a_report_makes_the_next_one_due_anew(self):
        made, _, _ = drafts(at(3, 11, 9), Problems=[problem()], Progress=[progress(WT, at(3, 6, 16))])
        assert [(each.rung, each.version) for each in made] == [("责任人", "A11-一般 2026-03-10 18:00")]

    def test_a_red_matter_gets_no_request_for_progress(self):
        """Due on the 4th, one working day late; the feedback of the 5th is late as well."""
        found = told(at(3, 6, 9), Problems=[problem(deadline=datetime(2026, 3, 4))])
        assert [(kind, rung) for _, kind, rung, _ in found] == [("逾期预警", "责任人")]

    def test_each_rung_hears_of_the_own_clock_where_that_has_come_so_far(self):
        """On the 11th the feedback of the 5th is four working days late (分管领导), the deadline of the 10th one (责任人)."""
        made, _, _ = drafts(at(3, 11, 9), Problems=[problem(deadline=datetime(2026, 3, 10))])
        assert [(each.rung, each.reminder.clock) for each in made] == [
            ("责任人", "own"),
            ("部门负责人", "feedback"),
            ("分管领导", "feedback"),
        ]

    def test_both_of_a_rung_let_the_own_one_speak(self):
        """On the 11th the feedback of the 5th is four working days late, the deadline of the 6th three (部门负责人)."""
        made, _, _ = drafts(at(3, 11, 9), Problems=[problem(deadline=FRIDAY)])
        assert [(each.rung, each.reminder.clock) for each in made] == [
            ("责任人", "own"),
            ("部门负责人", "own"),
            ("分管领导", "feedback"),
        ]

    def test_a_red_matter_gets_no_request_for_progress_where_its_ladder_begins_higher_either(self):
        high = rules(A9_时限={"ladder": "分管领导 0"})
        found = told(at(3, 6, 9), Problems=[problem(deadline=datetime(2026, 3, 4))], Rules=high)
        assert [(kind, rung) for _, kind, rung, _ in found] == [("升级报告", "分管领导")]

    def test_an_intermediate_clock_is_a_yellow_warning(self):
        """Raised on the 2nd, to be reviewed by the 3rd: two working days late on the 5th."""
        row = problem(state="已提报", dispatched_at=None, lead_department="", responsible="")
        made, _, _ = drafts(at(3, 4, 9), Problems=[row])
        assert [(each.kind, each.rung, each.reminder.light, each.to[0].name) for each in made] == [
            ("逾期预警", "责任人", "黄", "综合管理部*主任")
        ]
        assert [each.rung for each in drafts(at(3, 5, 9), Problems=[row])[0]] == ["责任人", "分管领导"]


class TestRules:
    def test_that_are_switched_off_remind_of_nothing(self):
        off = rules(B5={"is_active": "否"}, A17={"is_active": "否"})
        assert told(at(3, 20, 9), Tasks=[late_task()], Rules=off) == []

    def test_that_are_deleted_remind_of_nothing(self):
        left = [row for row in rules() if row["rule"] not in {"B5", "A17"}]
        assert told(at(3, 20, 9), Tasks=[late_task()], Rules=left) == []

    def test_without_a_ladder_have_no_rung(self):
        blank = rules(B5={"ladder": ""})
        assert told(at(3, 20, 9), Tasks=[late_task()], Rules=blank, Progress=spoken(at(3, 20, 9))) == []

    def test_act_at_once_as_they_are_typed(self):
        now = at(3, 9, 9)
        other = rules(B5={"ladder": "部门负责人 1 → 总经理办公会 2个工作日"})
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(1))
        found = told(now, Tasks=[late_task()], Progress=spoken(now), Rules=other, Dispatch=rows)
        assert [rung for _, _, rung, _ in found] == ["部门负责人"]

    def test_may_name_somebody_else_who_owes(self):
        """目标角色 of the rule is who hears of it first."""
        found = told(
            at(3, 9, 9), Tasks=[late_task()], Progress=spoken(at(3, 9, 9)), Rules=rules(B5={"target": "综合管理部"})
        )
        assert [names for _, _, _, names in found] == ["综合管理部*主任"]


class TestAnswers:
    LETTER = dispatch(answer_needed="已阅", recipients="技术部*工程师、财务部*会计", sent_at=at(3, 6, 9))
    """Due on Monday the 9th at 18:00."""

    def letter(self, **values):
        return self.LETTER | values

    def quiet(self, now, **values):
        return {"Problems": [problem()], "Progress": [progress(WT, now - timedelta(minutes=1))]} | values

    def test_are_asked_for_from_those_who_have_not_given_one(self):
        now = at(3, 10, 9)
        row = self.letter(receipts="财务部*会计 已阅 2026-03-06 15:00")
        made, _, _ = drafts(now, **self.quiet(now, Dispatch=[row]))
        assert [(each.record, each.table, each.kind, each.rung, [to.name for to in each.to]) for each in made] == [
            (WT, "Problems", "催办单", "责任人", ["技术部*工程师"])
        ]
        late = made[0].reminder
        assert (late.clock, late.rule, late.notice, late.light, late.workdays) == (
            "answer",
            "A4",
            "TZ-2026-0001",
            "红",
            1,
        )
        assert made[0].version == "A4 2026-03-09 18:00（TZ-2026-0001）"

    def test_are_asked_for_from_the_heads_of_those_only(self):
        now = at(3, 11, 9)
        made, _, _ = drafts(
            now, **self.quiet(now, Dispatch=[self.letter(receipts="财务部*会计 已阅 2026-03-06 15:00")])
        )
        assert [(each.rung, [to.name for to in each.to]) for each in made] == [
            ("责任人", ["技术部*工程师"]),
            ("部门负责人", ["技术部*经理"]),
        ]

    def test_by_everybody_end_it(self):
        now = at(3, 11, 9)
        row = self.letter(receipts="财务部*会计 已阅 2026-03-06 15:00\n技术部*工程师 答复 2026-03-06 15:10")
        assert told(now, **self.quiet(now, Dispatch=[row])) == []

    def test_of_a_cooperating_department_are_more_than_having_read(self):
        now = at(3, 10, 9)
        row = self.letter(
            answer_needed="配合答复",
            receipts="财务部*会计 已阅 2026-03-06 15:00\n技术部*工程师 已阅 2026-03-06 15:00；答复 2026-03-06 15:10",
        )
        assert [names for _, _, _, names in told(now, **self.quiet(now, Dispatch=[row]))] == ["财务部*会计"]

    def test_of_somebody_with_a_longer_title_are_not_theirs(self):
        now = at(3, 10, 9)
        row = self.letter(receipts="技术部*工程师助理 已阅 2026-03-06 15:00\n财务部*会计 已阅 2026-03-06 15:00")
        assert [names for _, _, _, names in told(now, **self.quiet(now, Dispatch=[row]))] == ["技术部*工程师"]

    @pytest.mark.parametrize(
        ("line", "pending"),
        [
            ("财务部*会计 未送达 2026-03-06 15:00", "技术部*工程师、财务部*会计"),
            ("财务部*会计 自动回复 2026-03-06 15:00", "技术部*工程师、财务部*会计"),
            ("财务部*会计（技术部*经理代） 已阅 2026-03-06 15:00", "技术部*工程师"),
            ("财务部*会计 3月6日电话答复", "技术部*工程师"),
            ("财务部*会计：已阅", "技术部*工程师"),
            ("财务部*会计 联系不上", "技术部*工程师、财务部*会计"),
            ("财务部*会计助理 已阅", "技术部*工程师、财务部*会计"),
        ],
    )
    def test_are_what_the_lines_tell(self, line, pending):
        now = at(3, 10, 9)
        found = told(now, **self.quiet(now, Dispatch=[self.letter(receipts=line)]))
        assert [names for _, _, _, names in found] == [pending]

    def test_are_not_asked_for_once_the_matter_is_over(self):
        now = at(3, 10, 9)
        done = problem(state="已办结", solved_at=at(3, 9, 9), accepted_at=at(3, 9, 10))
        assert told(now, Problems=[done], Dispatch=[self.letter()]) == []

    def test_are_not_asked_for_while_the_matter_is_paused(self):
        now = at(3, 10, 9)
        letter = self.letter(source=RW)
        open_task, paused = task(), task(state="挂账", paused_at=at(3, 9, 9))
        kinds = [kind for _, kind, _, _ in told(now, Tasks=[open_task], Dispatch=[letter], Progress=spoken(now))]
        assert kinds == ["逾期预警", "催办单"]
        assert told(now, Tasks=[paused], Dispatch=[letter], Progress=spoken(now)) == []

    def test_of_the_minutes_are_asked_for_after_they_went_out(self):
        """已分发 is the last state but one of a meeting, and the one that the minutes are sent in."""
        now = at(3, 10, 9)
        letter = self.letter(source="HY-2026-0001", kind="会议纪要", recipients="财务部*会计")
        minutes = held(state="已分发", minutes_signed_at=at(3, 6, 8))
        assert [names for _, _, _, names in told(now, Meetings=[minutes], Dispatch=[letter])] == ["财务部*会计"]
        assert told(now, Meetings=[minutes | {"state": "已归档"}], Dispatch=[letter]) == []

    def test_to_a_notice_of_no_matter_are_found(self):
        now = at(3, 10, 9)
        made, findings, _ = drafts(now, Dispatch=[self.letter(source="WT-2026-0404")])
        assert (made, [each.code for each in findings]) == ((), ["reminder-without-matter"])


class TestEmergency:
    def test_goes_to_the_top_at_any_hour(self):
        """Plan approved on Saturday at 02:00, so to be under control by 04:00."""
        night = emergency(discovered_at=at(3, 7, 1), first_told_at=at(3, 7, 1, 10), reported_at=at(3, 7, 1, 30),
                          plan_approved_at=at(3, 7, 2))  # fmt: skip
        made, _, waiting = drafts(at(3, 7, 4, 1), Emergencies=[night])
        assert [(each.kind, each.rung, each.reminder.is_emergency) for each in made] == [
            ("升级报告", "总经理办公会", True)
        ]
        assert waiting == 0

    def test_letters_are_told_at_any_hour_too(self):
        row = dispatch(
            kind="紧急事项报告", source=JJ, answer_needed="已阅", recipients="技术部*经理", sent_at=at(3, 6, 9)
        )
        solved = emergency(state="已解决", controlled_at=at(3, 6, 10), resolved_at=at(3, 9, 9))
        found = told(at(3, 9, 23), Dispatch=[row], Emergencies=[solved])
        assert found == [(JJ, "催办单", "责任人", "技术部*经理")]


class TestQuiet:
    @pytest.mark.parametrize(
        ("now", "waiting"), [(at(3, 10, 8, 59), 1), (at(3, 10, 9), 0), (at(3, 10, 18), 0), (at(3, 10, 18, 1), 1)]
    )
    def test_hours_hold_what_is_due(self, now, waiting):
        made, _, found = drafts(now, Tasks=[late_task()], Progress=spoken(now))
        assert (len(made), found) == (1 - waiting, waiting)

    def test_hours_count_only_what_was_not_told(self):
        now = at(3, 9, 10)
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(1))
        assert drafts(at(3, 9, 22), Tasks=[late_task()], Progress=spoken(now), Dispatch=rows)[2] == 0

    def test_hours_are_none_where_the_sheet_says_so(self):
        now = at(3, 8, 3)
        made, _, waiting = drafts(now, Tasks=[late_task()], Progress=spoken(now), Settings=settings(催办时段="全天"))
        assert (len(made), waiting) == (1, 0)


class TestMajorRisk:
    RISK = progress(RW, at(3, 4, 15), risk="供应商停产", is_major_risk="是")

    def test_goes_to_the_leader_once(self):
        now = at(3, 4, 16)
        made, _, _ = drafts(now, Tasks=[task()], Progress=[self.RISK])
        assert [(each.kind, each.rung, each.version, [to.name for to in each.to]) for each in made] == [
            ("升级报告", "分管领导", "A11 2026-03-04 15:00", [LEADER])
        ]
        assert (made[0].reminder.light, made[0].reminder.due) == ("黄", at(3, 4, 15))
        assert told(at(3, 5, 10), Tasks=[task()], Progress=[self.RISK], Dispatch=rows_of(made, now, count(1))) == []

    def test_of_a_task_is_told_of_the_task_alone(self):
        rows = {"Tasks": [task(source="XT-2026-0001")], "Coordination": [coordination()], "Progress": [self.RISK]}
        assert [record for record, kind, _, _ in told(at(3, 4, 16), **rows) if kind == "升级报告"] == [RW]

    def test_that_is_told_again_is_new(self):
        now = at(3, 4, 16)
        rows = rows_of(drafts(now, Tasks=[task()], Progress=[self.RISK])[0], now, count(1))
        again = progress(RW, at(3, 5, 9), risk="仍未恢复", is_major_risk="是")
        made, _, _ = drafts(at(3, 5, 10), Tasks=[task()], Progress=[self.RISK, again], Dispatch=rows)
        assert [each.version for each in made] == ["A11 2026-03-05 09:00"]


class TestNamed:
    def test_matters_are_told_even_before_the_ladder_leads_there(self):
        now = at(3, 9, 9)
        made, _, _ = drafts(now, kinds=["催办单"], records=[RW], Tasks=[late_task()], Progress=spoken(now))
        assert [(each.kind, each.rung, each.reminder.workdays, each.to[0].name) for each in made] == [
            ("催办单", "部门负责人", 1, "技术部*经理")
        ]

    def test_matters_are_told_at_any_hour(self):
        now = at(3, 8, 3)
        assert len(drafts(now, kinds=["逾期预警"], records=[RW], Tasks=[late_task()], Progress=spoken(now))[0]) == 1

    def test_matters_that_were_told_say_by_which_row(self):
        now = at(3, 9, 9)
        rows = rows_of(drafts(now, Tasks=[late_task()], Progress=spoken(now))[0], now, count(7))
        made, findings, _ = drafts(
            now, kinds=["逾期预警"], records=[RW], Tasks=[late_task()], Progress=spoken(now), Dispatch=rows
        )
        assert made == ()
        assert [each.code for each in findings] == ["sent-already"]
        assert "TZ-2026-0007" in findings[0].message

    def test_matters_neither_late_nor_near_are_found(self):
        now = at(3, 3, 9)
        made, findings, _ = drafts(now, kinds=["催办单"], records=[RW], Tasks=[task()])
        assert (made, [(each.code, each.id) for each in findings]) == ((), [("nothing-to-remind-of", RW)])

    def test_red_matters_may_be_asked_for_progress(self):
        now = at(3, 6, 9)
        made, _, _ = drafts(now, kinds=["进度催报"], records=[WT], Problems=[problem(deadline=datetime(2026, 3, 4))])
        assert [(each.kind, each.reminder.clock) for each in made] == [("进度催报", "feedback")]

    def test_notices_without_an_answer_may_be_named(self):
        now = at(3, 10, 9)
        tables = {"Problems": [problem()], "Dispatch": [TestAnswers.LETTER], "Progress": [progress(WT, at(3, 10, 8))]}
        made, _, _ = drafts(now, kinds=["催办单"], records=["TZ-2026-0001"], **tables)
        assert [(each.record, each.reminder.notice) for each in made] == [(WT, "TZ-2026-0001")]

    def test_matters_that_no_ledger_has_are_refused(self):
        with pytest.raises(UnknownRecord):
            drafts(at(3, 9, 9), kinds=["催办单"], records=["RW-2026-0404"], Tasks=[late_task()])


class TestReach:
    def test_whoever_may_not_read_it_gets_it_without_the_content(self):
        secret = coordination(confidentiality="机密", state="沟通中", agreed_at=None, consensus_by=datetime(2026, 3, 4))
        made, findings, _ = drafts(at(3, 5, 9), Coordination=[secret])
        assert [(each.is_withheld, each.level) for each in made] == [(True, "机密")]
        assert [each.code for each in findings] == ["not-cleared"]

    def test_a_task_is_as_secret_as_what_it_came_from(self):
        secret = coordination(confidentiality="秘密")
        now = at(3, 9, 9)
        made, _, _ = drafts(now, Tasks=[late_task(source="XT-2026-0001")], Coordination=[secret], Progress=spoken(now))
        assert {(each.level, each.is_withheld) for each in made if each.table == "Tasks"} == {("秘密", False)}

    def test_nobody_to_write_to_is_said_once_and_keeps_nobody_else_from_it(self):
        now = at(3, 11, 9)
        row = late_task(responsible="技术部*总监")
        made, findings, _ = drafts(now, Tasks=[row], Progress=spoken(now))
        assert [(each.rung, bool(each.to), bool(each.failure)) for each in made] == [
            ("责任人", False, True),
            ("部门负责人", True, False),
        ]
        assert "nobody-to-send-to" in {each.code for each in findings}
        failed = [row | {"state": "失败"} for row in rows_of(made[:1], now, count(1))]
        again, _, _ = drafts(now, Tasks=[row], Progress=spoken(now), Dispatch=failed)
        assert [each.rung for each in again] == ["部门负责人"]

    def test_those_on_leave_are_told_through_whoever_acts_for_them(self):
        people = [
            each
            | (
                {"delegate": "技术部*经理", "leave_from": at(3, 9, 0), "leave_to": at(3, 13, 0)}
                if each["person"] == "工程师"
                else {}
            )
            for each in PEOPLE
        ]
        found = told(at(3, 9, 9), Tasks=[late_task()], Progress=spoken(at(3, 9, 9)), Contacts=people)
        assert [names for _, _, _, names in found] == ["技术部*经理（代技术部*工程师）"]


def test_the_demo_workbook_climbs_as_its_days_were_counted_by_hand():
    """Friday, 2026-11-20, 10:00, a month without days off: what has a light is told, to the rung that its days have reached.

    Working days late: due on the 19th 1, 18th 2, 17th 3, 16th 4, 13th 5, 12th 6, 10th 8, 6th 10, 4th 12. What 发文记录 has told
    of the tasks is left out.
    """
    ledgers = Ledgers.read(open_book(DEMO))
    now = at(11, 20)
    plan = Plan.of(ledgers, now)
    dispatch = ledgers["Dispatch"]
    untold = dispatch.frame[dispatch["rung"] == ""]
    ledgers = Ledgers({each.table.name: each for each in ledgers} | {"Dispatch": replace(dispatch, frame=untold)})
    made, _, waiting = reminder_drafts(ledgers, plan, now)
    found: dict[tuple[str, str], list[str]] = {}
    for each in made:
        told = found.setdefault((f"{each.reminder.light} {each.reminder.clock}", each.record), [])
        told += [rung for rung in [each.rung] if rung not in told]
    owner, head, leader, board = RUNG.words
    by_days = {
        1: [owner], 2: [owner], 3: [owner, head], 4: [owner, head], 5: [owner, head, leader], 6: [owner, head, leader],
        8: [owner, head, leader],
    }  # fmt: skip
    red = {
        "XT-2026-0025": 5, "XT-2026-0028": 2, "XT-2026-0038": 3, "RW-2026-0128": 5, "RW-2026-0129": 5, "RW-2026-0138": 4,
        "RW-2026-0139": 2, "RW-2026-0150": 6, "RW-2026-0153": 8, "RW-2026-0175": 3, "RW-2026-0181": 1, "WT-2026-0047": 4,
        "WT-2026-0048": 3, "WT-2026-0050": 2, "WT-2026-0058": 1, "HY-2026-0021": 1, "JJ-2026-0006": 3,
    }  # fmt: skip
    resolutions = {
        "RW-2026-0124": [owner, leader, board], "RW-2026-0156": [owner, leader, board], "RW-2026-0171": [owner, leader],
        "RW-2026-0189": [owner, leader],
    }  # fmt: skip
    feedback = {
        "XT-2026-0030": [owner], "XT-2026-0037": [owner], "RW-2026-0146": [owner], "RW-2026-0147": [owner, head],
        "RW-2026-0148": [owner, head], "RW-2026-0183": [owner, head], "RW-2026-0188": [owner, head],
        "WT-2026-0053": [owner, head, leader], "WT-2026-0065": [owner], "JJ-2026-0009": [owner],
    }  # fmt: skip
    near = (
        "XT-2026-0033", "XT-2026-0034", "XT-2026-0041", "RW-2026-0151", "RW-2026-0154", "RW-2026-0162",
        "RW-2026-0163", "RW-2026-0168", "RW-2026-0169", "RW-2026-0174", "WT-2026-0051", "WT-2026-0054",
        "WT-2026-0057", "WT-2026-0061", "HY-2026-0017", "HY-2026-0019", "JJ-2026-0011",
    )  # fmt: skip
    expected = {("红 own", record): by_days[days] for record, days in red.items()}
    expected |= {("红 own", record): rungs for record, rungs in resolutions.items()}
    expected |= {("红 own", "HY-2026-0015"): [owner, head]}  # minutes due on the 19th at 17:00: 17 hours late
    expected |= {("黄 feedback", record): rungs for record, rungs in feedback.items()}
    expected |= {("黄 intermediate", "WT-2026-0066"): [owner, leader], ("黄 intermediate", "WT-2026-0069"): [owner]}
    expected |= {("蓝 own", record): [""] for record in near}
    expected |= {("红 answer", "WT-2026-0053"): [owner, head], ("红 answer", "RW-2026-0146"): [owner, head]}
    expected |= {("黄 risk", "RW-2026-0182"): [leader]}
    assert found == expected
    assert waiting == 0
    lit = {
        (light, record)
        for schedule in plan.schedules
        if schedule.ledger.table.life
        for light, record in zip(schedule.columns["light"], schedule.ledger.ids, strict=True)
        if light in ("红", "黄", "蓝")
    }
    by_risk = {("黄", "XT-2026-0035")}  # the risk is that of its task, which is told
    assert {(light[0], record) for light, record in found if "answer" not in light} | by_risk == lit
