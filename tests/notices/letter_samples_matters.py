"""Letters of matters from rows that were made by hand: with everything, with nothing, with what nobody should type."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.notices.letters.archived import archive_notice
from coordination_xl.notices.letters.coordination import change_notice, coordination_notice
from coordination_xl.notices.letters.emergencies import emergency_report, review
from coordination_xl.notices.letters.letter import Head
from coordination_xl.notices.letters.matter import Matter
from coordination_xl.notices.letters.meetings import invitation, minutes
from coordination_xl.notices.letters.problems import assignment, solution_report
from coordination_xl.schema import BY_NAME, Dtype
from tests.builders import book, case, coordination, emergency, held, meeting, problem, task
from tests.finished import done_coordination, done_emergency, done_meeting, done_problem, done_task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOW = datetime(2026, 3, 6, 10)
"""A Friday."""
ANSWER = {
    "协调通知": "配合答复",
    "会议通知": "回复",
    "变更通知": "已阅",
    "问题分派通知": "已阅",
    "会议纪要": "已阅",
    "紧急事项报告": "已阅",
}
FILLERS: Mapping[str, Callable[..., Head]] = {
    "协调通知": coordination_notice,
    "变更通知": change_notice,
    "问题分派通知": assignment,
    "问题解决报告": solution_report,
    "会议通知": invitation,
    "会议纪要": minutes,
    "紧急事项报告": emergency_report,
    "复盘报告": review,
    "归档通知": archive_notice,
}
SHEETS = {"XT": "Coordination", "WT": "Problems", "HY": "Meetings", "JJ": "Emergencies"}


def letter(kind: str, row: Mapping[str, object], *, now: datetime = NOW, is_asked: bool = True, **more: object) -> Head:
    """The letter of one row of a workbook in memory; ``more`` are other tables of it, and what the filler is asked."""
    asked = {key: more.pop(key) for key in ("is_update", "is_cancelled") if key in more}
    table = SHEETS[str(row["id"])[:2]]
    ledgers = Ledgers.read(book(**{table: [row]}, **more))
    return of(kind, ledgers, str(row["id"]), now=now, is_asked=is_asked, **asked)


def of(kind: str, ledgers: Ledgers, record: str, *, now: datetime = NOW, is_asked: bool = True, **asked: bool) -> Head:
    """The letter of one row of a workbook."""
    matter = Matter.of(ledgers, record)
    assert matter is not None
    answer = ANSWER.get(kind, "无") if is_asked else "无"
    head = Head(
        kind=kind,
        number="TZ-2026-0201",
        company="示例科技有限公司",
        office="综合管理部",
        now=now,
        level=matter["confidentiality"] or "内部",
        record=record,
        title=matter["title"] or record,
        sheet=matter.sheet,
        to=("技术部*经理", "财务部*会计"),
        copies=("公司领导*副总经理",) if is_asked else (),
        contact="综合管理部*主任（内线 8122）" if is_asked else "",
        answer=answer,
        answer_by=datetime(now.year, now.month, now.day + 3, 18) if answer != "无" else None,
        reply_to="xietiao@example.com" if is_asked else "",
    )
    return FILLERS[kind](head, matter, ledgers, **asked)


def at(day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def audit(header: str, old: str, new: str, when: datetime) -> dict[str, object]:
    return {"changed_at": when, "actor": "李", "verb": "登记表单", "sheet": "协调台账", "record": "XT-2026-0001",
            "header": header, "old": old, "new": new}  # fmt: skip


TASKS = [
    done_task(source="XT-2026-0001"),
    task(id="RW-2026-0002", source="XT-2026-0001", title="提供对账样例", responsible="财务部*会计", department="财务部",
         deadline=datetime(2026, 3, 16, 18), acceptance="覆盖全部科目"),
    task(id="RW-2026-0003", source="XT-2026-0001", state="已取消", title="不再需要的任务"),
]  # fmt: skip
RAISED = coordination(
    state="沟通中", consensus_by=datetime(2026, 3, 10), urgency="紧急", agreed_at=None,
    discussion="1.技术部：需3天独占环境；2.财务部：月结期间不停旧接口；3.争议点：窗口与月结重叠。",
    initial_needs="财务部：对账样例；技术部：测试环境3天。",
)  # fmt: skip
HISTORY = [
    audit("完成时限", "腾出环境：2026-03-10", "腾出环境：2026-03-11", at(5, 9)),
    audit("版本", "1", "2", at(5, 9)),
    audit("状态", "执行中", "沟通中", at(5, 9)),
    audit("第1版全文", "编号：XT-2026-0001", "", at(5, 9)),
    audit("验收标准", "", "腾出环境：独占3天", at(5, 9)),
    audit("完成时限", "腾出环境：2026-03-11", "腾出环境：2026-03-12", at(5, 16)),
    audit("备注", "依赖月结", "", at(5, 16)),
]
CHANGED = coordination(state="沟通中", version=2, consensus_by=datetime(2026, 3, 10), agreed_at=None, remarks="")
AGREED = coordination(state="执行中", version=2, due=at(16))
URGENT = problem(
    state="已分派", urgency="紧急", title="订单状态不同步", responsible="", coordinating_department="产品部",
    deadline=datetime(2026, 3, 18), due=at(18), next_feedback=at(9), attachments="\\\\nas\\wt\\0001",
)  # fmt: skip
SOLVED = problem(
    state="待验收", solution="1.扩容；2.分级处理。", verification="周期 2.6 天", solved_at=at(5, 16), due=at(18)
)
CALLED = meeting(
    state="已批准", agenda="1.联调窗口；2.回归范围；3.回退方案", materials="接口清单、用例清单", host="技术部*经理",
    recorder="技术部*工程师", remarks="会议室已订",
)  # fmt: skip
SIGNED = held(
    state="已分发", minutes_signed_at=at(5, 17), rsvp_detail="财务部*会计请假", goal="定联调窗口",
    discussion="1.窗口与月结重叠；\n2.月结后两天集中联调",
    resolutions="1.技术部2026年3月12日前腾出环境；2.财务部1周内提供对账样例。",
    responsible="腾出环境-技术部*工程师；对账样例-财务部*会计", deadlines="腾出环境：2026-03-12；对账样例：1周内",
    acceptance="腾出环境：独占3天",
)  # fmt: skip
REPORTED = emergency(state="已报告", discovered_at=at(6, 9, 30), first_told_at=at(6, 9, 40), reported_at=at(6, 9, 55),
                     plan="", team="", team_head="", plan_approved_at=None, due=at(6, 11, 30))  # fmt: skip
PLANNED = emergency(state="已报告", resources="备用服务器2台", plan="1.技术组切换；2.客服组答复。")
REVIEWED = done_emergency(controlled_at=datetime(2026, 3, 3, 10), escalated_at=datetime(2026, 3, 3, 12), acceptance="")
CASE = case(keywords="联调；月结", dossier="archive/XT-2026-0001", source="XT-2026-0001", root_cause="环境无人统一排期",
            measures="1.统一排期；2.提前两周公布")  # fmt: skip
ENDED = {"is_on_time": "是", "elapsed_workdays": 6}

SAMPLES: Mapping[str, Head] = {
    "协调通知": letter("协调通知", RAISED),
    "变更通知": letter("变更通知", CHANGED, Audit=HISTORY),
    "变更通知-已商定": letter("变更通知", AGREED, Tasks=TASKS),
    "问题分派通知": letter("问题分派通知", URGENT),
    "问题解决报告": letter("问题解决报告", SOLVED, Tasks=[done_task(source="WT-2026-0001")]),
    "会议通知": letter("会议通知", CALLED),
    "会议通知-调整": letter("会议通知", CALLED, is_update=True),
    "会议通知-取消": letter("会议通知", CALLED | {"state": "驳回", "remarks": "与例会合并"}, is_cancelled=True),
    "会议纪要": letter("会议纪要", SIGNED),
    "紧急事项报告": letter("紧急事项报告", REPORTED),
    "紧急事项报告-已批方案": letter("紧急事项报告", PLANNED),
    "复盘报告": letter("复盘报告", REVIEWED),
    "归档通知": letter(
        "归档通知",
        done_coordination(state="已归档", due=at(16), is_on_original="否", **ENDED),
        Tasks=TASKS,
        Cases=[CASE],
    ),
    "归档通知-问题": letter("归档通知", done_problem(state="已归档", due=at(18), is_on_original="是", **ENDED)),
    "归档通知-会议": letter("归档通知", done_meeting(state="已归档", is_on_time="否")),
    "归档通知-紧急事项": letter("归档通知", done_emergency(state="已归档", is_on_time="是")),
}
"""Name of a golden file → the letter it shows."""

PREFIX = {"协调通知": "XT", "变更通知": "XT", "问题分派通知": "WT", "问题解决报告": "WT", "会议通知": "HY", "会议纪要": "HY",
       "紧急事项报告": "JJ", "复盘报告": "JJ", "归档通知": "XT"}  # fmt: skip
SPARSE: Mapping[str, Head] = {
    kind: letter(kind, {"id": f"{prefix}-2026-0001"}, is_asked=False) for kind, prefix in PREFIX.items()
} | {
    f"{kind}-{name}": letter(kind, {"id": f"{prefix}-2026-0001", **row}, is_asked=False, **asked)
    for kind, name, prefix, row, asked in (
        ("变更通知", "沟通中", "XT", {"state": "沟通中", "version": 2}, {}),
        ("会议通知", "调整", "HY", {}, {"is_update": True}),
        ("会议通知", "取消", "HY", {}, {"is_cancelled": True}),
        ("会议通知", "时间", "HY", {"starts_at": at(10, 14), "hours": 0}, {}),
        ("归档通知", "问题", "WT", {}, {}),
        ("归档通知", "会议", "HY", {}, {}),
        ("归档通知", "紧急事项", "JJ", {}, {}),
    )
}
"""Letters of rows in which next to nothing stands, to whom nobody answers."""

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \"'&amp; 🙂 𠮷 =1+1"
LINES = f"第一行 {HOSTILE}\r\n第二行"
LONGEST = "长" * 32_767


def filled(record: str, text: str) -> dict[str, object]:
    """A row with ``text`` in every column that holds free text; the choices are what they must be."""
    base = {"XT": coordination, "WT": problem, "HY": held, "JJ": done_emergency}[record[:2]]()
    columns = BY_NAME[SHEETS[record[:2]]].columns
    free = {
        each.identifier for each in columns if each.dtype is Dtype.TEXT and not each.vocabulary and not each.is_computed
    }
    return base | dict.fromkeys(free - {"id"}, text)


def hostile(kind: str, text: str) -> Head:
    """The letter of a row that is full of one text."""
    record = f"{PREFIX[kind]}-2026-0001"
    return letter(kind, filled(record, text))
