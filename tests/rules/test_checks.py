"""Every kind of fault: who makes it, where it is found, and in what words."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from coordination_xl import check
from coordination_xl.schema import TABLES
from coordination_xl.schema.faults import FAULTS
from tests.builders import (
    CONTACTS,
    FIRST_ROW,
    NOW,
    book,
    case,
    coordination,
    dispatch,
    emergency,
    extension,
    held,
    holidays,
    meeting,
    problem,
    progress,
    recurring,
    rules,
    settings,
    task,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl import Finding


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


class Made(NamedTuple):
    """A workbook with one fault, and how it must be told."""

    code: str
    tables: Mapping[str, object]
    column: str
    message: str
    suggestion: str
    others: tuple[str, ...] = ()


AGREED = coordination(
    agreement="1.技术部2026年3月12日前腾出环境；2.财务部2026年3月16日前提供对账样例；3.客服部负责通知客户"
)
NEXT_YEAR = emergency(state="已解决", discovered_at=datetime(2026, 12, 30, 8), first_told_at=datetime(2026, 12, 30, 8),
                      reported_at=datetime(2026, 12, 30, 8, 30), plan_approved_at=datetime(2026, 12, 30, 9),
                      resolved_at=datetime(2026, 12, 30, 10))  # fmt: skip

MADE = (
    Made("cell-error", {"Problems": [problem(impact="#N/A")]}, "影响范围", "“影响范围”里是 Excel 错误值 #N/A",
         "改正公式，或直接填写结果"),
    Made("unreadable-date", {"Problems": [problem(wished_by="下个月底")]}, "期望解决时间",
         "“期望解决时间”写的“下个月底”不是能认出的日期", "请写成 2026-03-06 或 2026-03-06 17:00"),
    Made("unreadable-number", {"Meetings": [meeting(hours="很久")]}, "时长（小时）", "“时长（小时）”应为数字，写的是“很久”",
         "只填数字，例：1.5"),
    Made("date-without-year", {"Problems": [problem(wished_by="3月20日")]}, "期望解决时间",
         "“期望解决时间”里的日期没有写年份：3月20日", "已按 2026 年理解；请补上年份"),
    Made("required-blank", {"Problems": [problem(impact=None)]}, "影响范围", "“影响范围”没有填写", "影响哪些部门、客户、金额"),
    Made("required-blank", {"Problems": [problem(acceptance=" ")]}, "验收标准",
         "“验收标准”没有填写（状态到“已分派”时必填）", "怎样算解决，例：退货周期≤3天"),
    Made("not-in-vocabulary", {"Problems": [problem(urgency="火急")]}, "紧急程度", "“紧急程度”不能填“火急”",
         "请从下拉列表中选择：紧急、一般、低优先级"),
    Made("synonym", {"Problems": [problem(urgency="中")]}, "紧急程度", "“紧急程度”写的是“中”，规范用词是“一般”", "改为“一般”"),
    Made("no-lead-department", {"Problems": [problem(coordinating_department=None)]}, "牵头部门",
         "涉及多个部门（技术部、财务部），“牵头部门”没有填写", "写明其中由哪个部门牵头"),
    Made("duplicate-id", {"Problems": [problem(), problem()]}, "编号", "编号“WT-2026-0001”出现了 2 次（第 6、7 行）",
         "每行用自己的编号；重复的改为新编号", ("duplicate-id",)),
    Made("malformed-id", {"Problems": [problem(id="WT-26-1")]}, "编号", "编号“WT-26-1”不合格式", "应像 WT-2026-0001"),
    Made("negative-number", {"Meetings": [meeting(hours=-1)]}, "时长（小时）", "“时长（小时）”不能是 -1", "请填大于 0 的数"),
    Made("date-order", {"Problems": [problem(dispatched_at=at(3, 2, 9))]}, "分派时间",
         "“分派时间”（2026-03-02 09:00）早于“提报时间”（2026-03-02 09:30）", "核对两个时间，先后应为：提报时间 → 分派时间"),
    Made("date-in-future", {"Problems": [problem(dispatched_at=at(3, 6, 10, 1))]}, "分派时间",
         "“分派时间”（2026-03-06 10:01）还没有到", "已发生的时间不能晚于现在；核对日期"),
    Made("state-jump", {"Tasks": [task(last_state="待办", state="已完成", done_at=at(3, 5))]}, "状态",
         "状态从“待办”直接变为“已完成”", "“待办”之后只能是：进行中、挂账、已取消"),
    Made("unreadable-terms", {"Coordination": [coordination(feedback_terms="及时反馈")]}, "反馈约定",
         "“反馈约定”写的“及时反馈”看不出多久反馈一次，已按时限规则计算", "写成“每2个工作日”“每周”或“每个工作日 17:00 前”"),
    Made("pause-without-reason", {"Tasks": [task(state="挂账", paused_at=at(3, 3))]}, "挂账原因", "已挂账，但“挂账原因”没有填写",
         "写明挂账原因；恢复办理后填“恢复时间”"),
    Made("still-paused", {"Tasks": [task(state="挂账", pause_reason="等预算", paused_at=at(3, 3), resumed_at=at(3, 5))]},
         "恢复时间", "“恢复时间”已填（2026-03-05），状态却仍是“挂账”",
         "已恢复的，状态改为“进行中”；再次挂账的，清空“恢复时间”并更新“挂账时间”"),
    Made("resumed-without-pause", {"Problems": [problem(resumed_at=at(3, 5))]}, "挂账时间",
         "“恢复时间”已填（2026-03-05），“挂账时间”却没有填写", "补上“挂账时间”；从未挂账的，清空“恢复时间”"),
    Made("extension-too-late",
         {"Problems": [problem(deadline=at(3, 4))],
          "Extensions": [extension(applied_at=at(3, 5, 9), current_due=at(3, 4), new_due=at(3, 9))]},
         "申请时间", "“申请时间”（2026-03-05 09:00）已过现时限；最迟应在 2026-03-04 18:00 以前申请延期",
         "到期之后不能延期，按催办升级办理；时间写错的，改正时间"),
    Made("extension-not-later", {"Problems": [problem()], "Extensions": [extension(new_due=at(3, 18))]}, "申请时限",
         "“申请时限”（2026-03-18）不晚于现时限 2026-03-18 18:00", "申请时限应晚于 2026-03-18 18:00；核对两个时间"),
    Made("extension-rung", {"Problems": [problem()], "Extensions": [extension(decision="同意", approver="技术部*工程师")]},
         "审批人", "第 1 次延期须由部门负责人审批，“技术部*工程师”是员工；时限不因此改变", "请部门负责人审批：技术部*经理"),
    Made("extension-stale", {"Problems": [problem()], "Extensions": [extension(current_due=at(3, 18, 12))]}, "现时限",
         "“现时限”（2026-03-18 12:00）不是“WT-2026-0001”的到期时间，批准了也不能顺延",
         "改为 2026-03-18 18:00；申请的确是另一个时限的，核对来源编号"),
    Made("extension-idle", {"Problems": [problem(state="草稿")], "Extensions": [extension()]}, "来源编号",
         "“WT-2026-0001”的状态是“草稿”，没有时限可延", "提报、有了时限之后再申请"),
    Made("extension-overlap", {"Problems": [problem()], "Extensions": [extension(), extension(id="YQ-2026-0002")]}, "来源编号",
         "“WT-2026-0001”有 2 份延期申请同时待审批（第 6、7 行）", "一次只办一份：留下一份，其余删去或审批为“不同意”",
         ("extension-overlap",)),
    Made("malformed-email", {"Contacts": [*CONTACTS, {"department": "财务部", "person": "出纳", "role": "员工", "email": "8012"}]},
         "邮箱", "“邮箱”写的“8012”不是邮箱地址", "改为一个完整的地址，例：kefu@example.com"),
    Made("leave-without-start",
         {"Contacts": [*CONTACTS, {"department": "财务部", "person": "出纳", "role": "员工", "leave_to": at(3, 9)}]}, "休假开始",
         "“休假结束”已填（2026-03-09），“休假开始”却没有填写，休假因此不算数", "补上“休假开始”，或清空“休假结束”"),
    Made("unusable-delegate",
         {"Contacts": [*CONTACTS, {"department": "财务部", "person": "出纳", "role": "员工", "delegate": "财务部*出纳"}]}, "代办人",
         "“代办人”写的“财务部*出纳”就是本人", "改为一个在岗的人，例：客户服务部*主管"),
    Made("nobody-acts",
         {"Tasks": [task(responsible="财务部*出纳", department="财务部")],
          "Contacts": [*CONTACTS, {"department": "财务部", "person": "出纳", "role": "员工", "leave_from": at(3, 6)}]}, "代办人",
         "“财务部*出纳”正在休假（2026-03-06 未定归期），名下有 1 件未办结（RW-2026-0001），没有人代办",
         "在“代办人”填一个在岗的人，或把事项改由他人负责"),
    Made("unknown-reference", {"Tasks": [task(source="XT-2026-0999")]}, "来源编号", "“来源编号”写的“XT-2026-0999”在台账中找不到",
         "核对编号；来源应是已登记的事项"),
    Made("circular-reference",
         {"Tasks": [task(source="RW-2026-0002"), task(id="RW-2026-0002", source="RW-2026-0001")]}, "来源编号",
         "“RW-2026-0001”的来源绕了一圈又回到自己：RW-2026-0001 → RW-2026-0002 → RW-2026-0001", "把其中一项的来源编号改正",
         ("unknown-reference", "unknown-reference")),
    Made("unknown-department", {"Problems": [problem(raiser="市场二部*专员")]}, "提报部门/人",
         "“提报部门/人”中的“市场二部”不在通讯录的部门里", "改为通讯录中的部门，或在通讯录补上；最接近的是“市场部”"),
    Made("department-alias", {"Problems": [problem(raiser="客服部*专员")]}, "提报部门/人",
         "“提报部门/人”中的“客服部”是“客户服务部”的另一个叫法", "统一写为“客户服务部”"),
    Made("unknown-person", {"Problems": [problem(raiser="市场部*总监")]}, "提报部门/人",
         "“提报部门/人”中的“市场部*总监”不在通讯录里", "核对姓名或职务，或在通讯录补上；否则收不到通知"),
    Made("wrong-department", {"Tasks": [task(department="财务部")]}, "责任部门", "责任人“技术部*工程师”不属于责任部门“财务部”",
         "责任部门改为“技术部”，或改责任人"),
    Made("no-single-person", {"Tasks": [task(responsible="技术部")]}, "责任人", "“责任人”写的“技术部”没有落实到一个人",
         "写明部门和一个人，例：财务部*会计"),
    Made("several-persons", {"Tasks": [task(responsible="技术部*工程师、技术部*经理")]}, "责任人",
         "“责任人”写了 2 个人：技术部*工程师、技术部*经理", "一项任务只留一个责任人，其余写到“配合方”"),
    Made("task-without-owner", {"Coordination": [AGREED]}, "协商结果",
         "“客服部负责通知客户”没有落实到一个责任人，也没有写明完成时限", "在“责任部门/人”和“完成时限”里为这项任务各补一条",
         ("department-alias",)),
    Made("task-not-listed", {"Coordination": [coordination(deadlines="腾出环境：2026-03-12")]}, "完成时限",
         "“财务部2026年3月16日前提供对账样例”在“完成时限”里没有对应的一条", "按“协商结果”在“完成时限”里补上这项任务"),
    Made("task-not-agreed",
         {"Coordination": [coordination(responsible="腾出环境-技术部*工程师；对账样例-财务部*会计；用户画像-市场部*专员")]},
         "责任部门/人",
         "“用户画像：市场部*专员”在“协商结果”里找不到对应的任务", "核对名称，或在“协商结果”里补上这一条"),
    Made("contradiction", {"Coordination": [coordination(deadlines="腾出环境：2026-03-13；对账样例：2026-03-16")]}, "完成时限",
         "“腾出环境”前后不一致：时限在“协商结果”里是“技术部2026年3月12日前腾出环境”，在“完成时限”里是“腾出环境：2026-03-13”",
         "以协商一致的为准，改正另一处"),
    Made("meeting-too-long", {"Meetings": [meeting(hours="2小时30分钟")]}, "时长（小时）", "会议时长 2.5 小时，超过 2 小时",
         "原则上不超过 2 小时；可拆分议题或提前发材料"),
    Made("lead-time-short", {"Meetings": [meeting(applied_at=at(3, 5, 18, 1), notified_at=at(3, 6, 9), approved_at=at(3, 6, 8))]},
         "申请时间", "“申请时间”（2026-03-05 18:01）晚于规定的最迟时间 2026-03-05 18:00",
         "会议申请提前量：至少提前 3 个工作日；可顺延会议时间"),
    Made("unclear-recurrence", {"Recurring": [recurring(weekday="")]}, "星期", "这个例会排不出日期：“每周”的例会没有写明星期几",
         "填写星期，例：周一"),
    Made("unclear-recurrence", {"Recurring": [recurring(recurrence="每月末", weekday="周五")]}, "星期",
         "这个例会排不出日期：“每月末”的例会又写了“周五”，不知以哪个为准", "清空“星期”，或把周期改为“每周”"),
    Made("unclear-recurrence", {"Recurring": [recurring(clock="上班后")]}, "时间", "这个例会排不出日期：时间“上班后”看不出几点开始",
         "写成 09:30"),
    Made("unclear-recurrence", {"Recurring": [recurring(hours=0)]}, "时长（小时）", "这个例会排不出日期：时长是 0",
         "填大于 0 的小时数，例：1"),
    Made("broken-rule", {"Rules": rules(A9={"unit": "光年"})}, "单位",
         "时限规则“A9”无法理解：单位“光年”应为：分钟、小时、工作小时、工作日、自然日、周", "改正这一行；在改正之前不能刷新时限",
         ("not-in-vocabulary",)),
    Made("calendar-conflict",
         {"Calendar": holidays(*({"date": at(3, 6), "kind": kind, "basis": "公司"} for kind in "休班"))},
         "类型", "2026-03-06 同时被列为“休”和“班”", "同一依据的同一天只能有一种安排；改正或删去错的一行", ("calendar-conflict",)),
    Made("makeup-on-weekday", {"Calendar": holidays({"date": at(3, 6), "kind": "班", "basis": "公司"})}, "类型",
         "2026-03-06（周五）本来就上班，不必列为“班”", "核对日期；调休上班日应在周末"),
    Made("calendar-missing-year", {"Emergencies": [NEXT_YEAR]}, "到期时间",
         "“紧急事项复盘”的时限算到 2027-01-04，而节假日表没有 2027 年的官方日历",
         "先按周一至周五计算，标为“暂定”；公布后补入节假日表再刷新"),
    Made("broken-setting", {"Settings": settings(工作时间="九点到六点")}, "取值", "参数“工作时间”的取值“九点到六点”无法理解",
         "应像：09:00-12:00、13:30-18:00"),
)  # fmt: skip


@cache
def findings(number: int) -> tuple[Finding, ...]:
    """What check finds; at the end of the year where it is about the next."""
    made = MADE[number]
    now = datetime(2026, 12, 31, 9) if made.code == "calendar-missing-year" else NOW
    return check(book(**made.tables), now).findings


every_fault = pytest.mark.parametrize(
    "number", range(len(MADE)), ids=lambda number: f"{MADE[number].code} {MADE[number].column}"
)


@every_fault
def test_fault_is_found_at_its_cell_in_these_words(number):
    made = MADE[number]
    found = [each for each in findings(number) if each.code == made.code]
    assert {each.column for each in found} == {made.column}
    assert found[0].message == made.message
    assert found[0].suggestion == made.suggestion


@every_fault
def test_fault_comes_alone(number):
    codes = [each.code for each in findings(number)]
    codes.remove(MADE[number].code)
    assert tuple(codes) == MADE[number].others


@every_fault
def test_severity_is_the_one_of_the_fault(number):
    severity = {fault.code: fault.severity for fault in FAULTS}
    assert all(each.severity == severity[each.code] for each in findings(number))


def test_every_fault_is_made_by_one_of_these():
    assert {made.code for made in MADE} == {fault.code for fault in FAULTS}


def test_errors_must_be_mended_and_reminders_not():
    errors = {each.severity: each.is_error for number in (0, 3) for each in findings(number)}
    assert errors == {"错误": True, "提醒": False}


FLAWLESS = {
    "Coordination": [coordination()],
    "Tasks": [task(source="XT-2026-0001"), task(id="RW-2026-0002", source="HY-2026-0002")],
    "Problems": [problem(), problem(id="WT-2026-0002", state="草稿", impact=None, wished_by=None)],
    "Meetings": [meeting(), held(id="HY-2026-0002")],
    "Emergencies": [emergency()],
    "Recurring": [recurring()],
    "Progress": [progress("RW-2026-0001", NOW)],
    "Dispatch": [dispatch()],
    "Extensions": [extension()],
    "Cases": [case()],
}


def test_rows_without_a_flaw_give_no_finding():
    assert check(book(**FLAWLESS), NOW).findings == ()


def test_every_ledger_that_people_fill_has_a_row_without_a_flaw():
    base = {"Contacts", "Rules", "Calendar", "Settings", "Findings", "Audit"}
    assert FLAWLESS.keys() == {table.name for table in TABLES} - base


def codes(now: datetime = NOW, **tables: object) -> list[str]:
    return [found.code for found in check(book(**tables), now).findings]


class TestRequired:
    def test_a_draft_owes_only_its_id_and_state(self):
        assert codes(Problems=[{"id": "WT-2026-0001", "state": "草稿"}]) == []
        assert codes(Problems=[{"title": "退货", "state": "草稿"}]) == ["required-blank"]

    def test_a_row_without_a_state_owes_it(self):
        assert "required-blank" in codes(Problems=[problem(state=None)])

    def test_what_is_required_later_is_not_required_yet(self):
        row = problem(state="已提报", lead_department=None, basis=None, responsible=None, deadline=None, acceptance=None,
                      dispatched_at=None)  # fmt: skip
        assert codes(Problems=[row]) == []

    def test_a_cancelled_task_owes_no_end(self):
        assert codes(Tasks=[task(state="已取消")]) == []

    def test_what_is_unreadable_is_not_blank_too(self):
        assert codes(Problems=[problem(wished_by="尽快")]) == ["unreadable-date"]


class TestOrder:
    @pytest.mark.parametrize(
        ("raised", "dispatched", "expected"),
        [
            (at(3, 2, 9, 30), at(3, 2, 9, 30), []),
            (at(3, 2, 9, 30), at(3, 2), []),
            (at(3, 2), at(3, 2, 8), []),
            (at(3, 2, 9, 30), at(3, 1), ["date-order"]),
        ],
        ids=["at once", "a bare date is any time of its day", "after a bare date", "the day before"],
    )
    def test_equal_is_in_order(self, raised, dispatched, expected):
        assert codes(Problems=[problem(raised_at=raised, dispatched_at=dispatched)]) == expected

    def test_a_gap_in_the_sequence_is_looked_over(self):
        row = problem(state="待验收", dispatched_at=None, solution="换仓", verification="达标", solved_at=at(3, 1))
        assert codes(Problems=[row]) == ["required-blank", "date-order"]

    def test_the_last_of_several_deadlines_counts(self):
        row = coordination(deadlines="腾出环境：2026-02-12；对账样例：2026-02-16")
        assert "date-order" in codes(Coordination=[row])

    def test_an_extension_is_asked_for_before_the_due_time(self):
        late = extension(applied_at=at(3, 5, 18, 1), current_due=at(3, 5))
        assert codes(Problems=[problem(deadline=at(3, 5))], Extensions=[late]) == ["extension-too-late"]
        in_time = extension(applied_at=at(3, 5, 18), current_due=at(3, 5))
        assert codes(Problems=[problem(deadline=at(3, 5))], Extensions=[in_time]) == []

    def test_now_is_not_the_future(self):
        assert codes(Progress=[progress("WT-2026-0001", NOW)], Problems=[problem()]) == []

    def test_a_bare_date_of_today_is_not_the_future(self):
        assert codes(Progress=[progress("WT-2026-0001", at(3, 6))], Problems=[problem()], now=NOW) == []


class TestAccountable:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("技术部*工程师", []),
            ("技术部工程师", []),
            ("工程师（技术部）", []),
            ("技术部　＊　工程师", []),
            ("技术部全体", ["no-single-person"]),
            ("大家", ["no-single-person"]),
            ("技术部*工程师和技术部*经理", ["several-persons"]),
            ("技术部*工程师\n技术部*经理", ["several-persons"]),
        ],
    )
    def test_everybody_is_nobody(self, typed, expected):
        assert [code for code in codes(Tasks=[task(responsible=typed)]) if "person" in code] == expected


class TestReferences:
    def test_a_task_may_stand_alone(self):
        assert codes(Tasks=[task(source=None)]) == []

    def test_full_width_and_edge_blanks_do_not_matter(self):
        assert codes(Tasks=[task(source=" ＸＴ-２０２６-０００１ ")], Coordination=[coordination()]) == []

    def test_a_task_that_is_its_own_source_is_a_circle(self):
        assert codes(Tasks=[task(source="RW-2026-0001")]) == ["circular-reference", "unknown-reference"]

    def test_one_circle_is_told_once(self):
        ring = [task(id=f"RW-2026-{n:04}", source=f"RW-2026-{(n + 1) % 4:04}") for n in range(4)]
        assert codes(Tasks=ring).count("circular-reference") == 1


class TestMeetings:
    def test_exactly_the_limit_is_not_too_long(self):
        assert codes(Meetings=[meeting(hours=2)]) == []

    def test_the_limit_is_what_the_sheet_says(self):
        in_minutes = rules(A15={"amount": 60, "unit": "分钟"})
        (found,) = check(book(Meetings=[meeting(hours=1.5)], Rules=in_minutes), NOW).findings
        assert found.message == "会议时长 1.5 小时，超过 1 小时"

    def test_exactly_at_the_limit_is_in_time(self):
        """Three working days before Tuesday the 10th: Monday, Friday, Thursday the 5th at the close of business."""
        row = meeting(applied_at=at(3, 5, 18), approved_at=at(3, 6, 8), notified_at=at(3, 6, 9))
        assert codes(Meetings=[row]) == []

    def test_a_notice_that_went_out_late(self):
        row = meeting(notified_at=at(3, 6, 18, 1))
        (found,) = check(book(Meetings=[row]), at(3, 9)).findings
        assert (found.column, found.suggestion) == ("通知时间", "会议通知提前量：至少提前 2 个工作日；可顺延会议时间")

    def test_stays_short_when_the_meeting_is_over(self):
        assert codes(Meetings=[held(applied_at=at(3, 3, 9), approved_at=at(3, 2), notified_at=at(3, 2))]) == [
            "lead-time-short",
            "date-order",
        ]


class TestAgreement:
    def test_is_not_looked_at_before_it_is_one(self):
        row = AGREED | {"state": "沟通中"}
        assert codes(Coordination=[row]) == []

    def test_of_minutes_and_of_a_retrospective_are_looked_at_alike(self):
        minutes = held(resolutions="1.技术部2026年3月12日前腾出环境；2.尽快通知客户")
        assert codes(Meetings=[minutes]) == ["task-without-owner"]
        review = emergency(
            state="已复盘", plan_approved_at=at(3, 2, 9), discovered_at=at(3, 2, 8), first_told_at=at(3, 2, 8),
            reported_at=at(3, 2, 8, 30), resolved_at=at(3, 2, 12), reviewed_at=at(3, 5, 9), course="断电", root_cause="单点",
            measures="1.技术部2026年3月底前增加双活", responsible="双活-技术部*经理", deadlines="双活：尽快",
        )  # fmt: skip
        assert codes(Emergencies=[review]) == ["task-without-owner"]


class TestPeople:
    def test_everybody_may_attend(self):
        assert codes(Meetings=[meeting(attendees="全体人员")]) == []

    def test_a_department_without_a_person_may_cooperate(self):
        assert codes(Problems=[problem(cooperating="财务部、产品部")]) == []

    def test_each_stranger_is_named(self):
        (first, second) = check(book(Problems=[problem(cooperating="法务部、财务部、采购部*专员")]), NOW).findings
        assert ("法务部" in first.message, "采购部" in second.message) == (True, True)

    def test_a_department_that_was_added_is_known(self):
        made = book(
            Problems=[problem(cooperating="法务部")],
            Contacts=[*CONTACTS, {"department": "法务部", "person": "律师", "role": "员工"}],
        )
        assert check(made, NOW).findings == ()


def test_findings_come_in_the_order_of_sheets_rows_and_columns():
    found = check(
        book(
            Tasks=[task(urgency="火急"), task(id="RW-2026-0002", title=None, urgency="火急")],
            Coordination=[coordination(urgency="火急")],
        ),
        NOW,
    ).findings
    assert [(each.sheet, each.row, each.column) for each in found] == [
        ("协调台账", FIRST_ROW, "紧急程度"),
        ("任务跟踪表", FIRST_ROW, "紧急程度"),
        ("任务跟踪表", FIRST_ROW + 1, "任务"),
        ("任务跟踪表", FIRST_ROW + 1, "紧急程度"),
    ]
