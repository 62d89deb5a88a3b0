"""Letters that were made by hand, one or more a kind: every branch of their words is taken.

``python -m tests.notices.letter_samples`` writes the golden files anew; read what changed before keeping it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.bundle import bundle
from coordination_xl.notices.letters.letter import Head
from coordination_xl.notices.letters.reminders import Lateness, ReminderLetter
from coordination_xl.notices.letters.standing import Told
from coordination_xl.notices.letters.withheld import withheld
from coordination_xl.notices.writer import Writer, Written
from tests.notices.letter_samples_matters import SAMPLES as MATTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 3, 18, 9, 30)
"""A Wednesday."""


def at(day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


HEAD = Head(
    kind="逾期预警",
    number="TZ-2026-0153",
    company="示例科技有限公司",
    office="综合管理部",
    now=NOW,
    level="内部",
    record="RW-2026-0031",
    title="完成计费系统回归测试",
    sheet="任务跟踪表",
    to=("运营部*主管",),
    copies=("运营部*经理", "公司领导*副总经理"),
    contact="综合管理部*主管（内线 8001）",
    answer="无",
    answer_by=at(18),
    reply_to="xietiao@example.com",
)
LATE = Lateness(
    light="红", clock="own", rule="B5", rule_title="任务完成时限", basis="B5", due=at(11), workdays=5, rung="责任人",
    next_rung="总经理办公会", next_at=datetime(2026, 3, 19), act_by=at(18),
)  # fmt: skip
HEAD_FIELDS = {name: getattr(HEAD, name) for name in HEAD.__dataclass_fields__}

RED = ReminderLetter(
    **HEAD_FIELDS,
    late=LATE,
    noun="任务",
    state="进行中",
    responsible="运营部*主管",
    due=at(11),
    original_due=at(9),
    parent="XT-2026-0012",
    parent_title="新版计费系统上线前联调资源协调",
    parent_version="2",
    feedback_at=at(10, 16),
    feedback="等待测试环境",
    impact="4月初上线的财务对账接口无法验收",
    deliverable="回归测试报告一份",
    acceptance="用例通过率100%，无一级缺陷",
)
FEEDBACK = replace(
    RED,
    kind="进度催报",
    number="TZ-2026-0154",
    record="RW-2026-0041",
    title="完成报表清单",
    to=("数据部*分析师",),
    copies=("数据部*经理",),
    responsible="数据部*分析师",
    due=at(20),
    original_due=None,
    parent="",
    parent_title="",
    parent_version="",
    feedback_at=None,
    feedback="",
    impact="",
    deliverable="",
    acceptance="",
    late=replace(LATE, light="黄", clock="feedback", rule="A17", rule_title="任务每周跟进", basis="A17", due=at(16),
                 workdays=2, next_rung="部门负责人", next_at=datetime(2026, 3, 19)),
)  # fmt: skip
BLUE = replace(
    RED, number="TZ-2026-0155", now=at(18, 9, 30), answer_by=None, original_due=None, due=at(20),
    late=replace(LATE, light="蓝", due=at(20), workdays=None, rung="", next_rung="", next_at=None, act_by=None),
)  # fmt: skip
INTERMEDIATE = replace(
    RED, number="TZ-2026-0156", record="WT-2026-0007", title="退货积压", noun="问题", sheet="问题台账", responsible="",
    to=("综合管理部*主任",), copies=(), due=None, original_due=None, parent="", parent_title="", parent_version="",
    feedback_at=None, feedback="", impact="华东客户", deliverable="", acceptance="",
    late=replace(LATE, light="黄", clock="intermediate", rule="A9", rule_title="问题审核分派", basis="A9", due=at(17), workdays=1,
                 next_rung="分管领导", next_at=datetime(2026, 3, 20), act_by=at(19)),
)  # fmt: skip
ANSWER = replace(
    INTERMEDIATE, number="TZ-2026-0157", to=("技术部*专员（代技术部*工程师）",), responsible="技术部*工程师、财务部*会计",
    record="XT-2026-0012", title="新版计费系统上线前联调资源协调", noun="协调事项", sheet="协调台账", version="2", impact="",
    notice_title="关于“新版计费系统上线前联调资源协调”的协调通知", notice_answer="配合答复", answer="配合答复",
    notice_sent_at=at(16, 9, 5),
    late=replace(LATE, clock="answer", rule="A6", rule_title="配合方反馈意见", basis="A6", due=at(17), workdays=1,
                 next_rung="部门负责人", next_at=datetime(2026, 3, 19), notice="TZ-2026-0140"),
)  # fmt: skip
SLIP = replace(
    RED, kind="催办单", number="TZ-2026-0158", to=("运营部*经理",), copies=(), feedback="等待测试环境\n预计 3月20日 腾出",
    late=replace(LATE, workdays=3, rung="部门负责人", next_rung="分管领导", next_at=datetime(2026, 3, 20), act_by=at(19)),
    earlier=(Told(at(12, 9), "逾期预警", "责任人", "运营部*主管", "TZ-2026-0121"),),
)  # fmt: skip
ESCALATION = replace(
    RED, kind="升级报告", number="TZ-2026-0159", to=("公司领导*副总经理",), copies=(), extension="YQ-2026-0004",
    risk="测试环境与上线准备冲突", late=replace(LATE, rung="分管领导", next_at=datetime(2026, 3, 25), act_by=at(24)),
    earlier=(
        Told(at(12, 9), "逾期预警", "责任人", "运营部*主管", "TZ-2026-0121"),
        Told(at(16, 9), "催办单", "部门负责人", "运营部*经理", "TZ-2026-0138"),
    ),
)  # fmt: skip
EMERGENCY = replace(
    ESCALATION, number="TZ-2026-0160", to=("公司领导*总经理",), record="JJ-2026-0003", title="支付网关中断", noun="紧急事项",
    sheet="紧急事项台账", responsible="技术部*经理", answer_by=None, due=at(18, 8), original_due=None, parent="",
    parent_title="", parent_version="", feedback_at=at(18, 8, 40), feedback="已切换备用通道，成功率 60%", risk="",
    impact="系统故障、重大", deliverable="", acceptance="", extension="", earlier=(),
    late=replace(LATE, rule="A22", rule_title="风险控制", basis="A22", due=at(18, 8), workdays=None, hours=1.5,
                 rung="总经理办公会", next_rung="", next_at=None, act_by=None, is_emergency=True),
)  # fmt: skip
WITHHELD = withheld(
    replace(HEAD, kind="问题分派通知", number="TZ-2026-0161", level="机密", record="WT-2026-0009"), due=at(25)
)
_WRITER = Writer(environment())
BUNDLE = bundle(
    [
        (each, _WRITER.words(each))
        for each in (replace(FEEDBACK, to=RED.to), BLUE, RED, replace(ANSWER, to=RED.to), WITHHELD)
    ]
)

LONG = "https://example.com/" + "x" * 120
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \"'&amp; 🙂 𠮷 =1+1"
CROWDED = replace(
    RED,
    number="TZ-2026-0162",
    title=f"{HOSTILE} {LONG}",
    to=("信息技术与数字化转型管理中心*数据治理高级经理（代信息技术与数字化转型管理中心*总监）",) * 4,
    copies=(LONG,) * 5,
    contact=f"{LONG}（内线 8001）",
    responsible=LONG,
    feedback=f"第一行\n{LONG}\r\n第三行",
    parent_title=LONG,
    impact=HOSTILE,
    acceptance=LONG,
    late=replace(LATE, rule_title=LONG, next_rung=LONG),
)

SAMPLES: Mapping[str, Head] = {
    "进度催报": FEEDBACK,
    "逾期预警": RED,
    "逾期预警-蓝": BLUE,
    "逾期预警-黄": INTERMEDIATE,
    "逾期预警-答复": ANSWER,
    "催办单": SLIP,
    "升级报告": ESCALATION,
    "升级报告-紧急": EMERGENCY,
    "催办汇总": BUNDLE,
    "涉密通知": WITHHELD,
}
"""Name of a golden file → the letter it shows."""


CROWDS: Mapping[str, Head] = {
    "拥挤": CROWDED,
    "拥挤汇总": bundle([(each, _WRITER.words(each)) for each in (CROWDED, replace(CROWDED, record=LONG, number=LONG))]),
}
"""Long names, words without a break, what nobody should be able to run."""
EVERY_KIND: Mapping[str, Head] = {**SAMPLES, **CROWDS, **MATTERS}
GOLDEN = Path(__file__).with_name("golden")


def golden(written: Written) -> dict[str, str]:
    """Suffix → what its golden file holds."""
    return {"txt": f"主题：{written.subject}\n\n{written.text}", "html": written.html}


if __name__ == "__main__":
    for name, letter in SAMPLES.items():
        for suffix, content in golden(_WRITER.written(letter)).items():
            (GOLDEN / f"{name}.{suffix}").write_text(content, encoding="utf-8", newline="")
