"""A digest that was made by hand: every list has something, of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from coordination_xl.notices.digest import Digest
from coordination_xl.notices.digest_figures import Age, Bar, Month, Rate, Standing
from coordination_xl.notices.digest_matters import (
    Asks,
    Emergency,
    Escalating,
    Extension,
    Matter,
    Meeting,
    Overdue,
    Pause,
    Risk,
)

NOW = datetime(2026, 3, 6, 10)
LONG = "https://example.com/" + "x" * 120
"""A word that no line can break by itself."""


def at(day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


RED = Overdue("RW-2026-0001", "腾出环境", "技术部*工程师", at(3), False, 3, None, "部门负责人", "分管领导",
              datetime(2026, 3, 10), at(9))  # fmt: skip
TOP = Overdue(
    "XT-2026-0002",
    "（涉密事项）",
    "产品部*主管",
    datetime(2026, 2, 13, 18),
    True,
    11,
    None,
    "总经理办公会",
    "",
    None,
    None,
)
HOURLY = Overdue("JJ-2026-0001", "支付网关中断 <script>", "技术部*经理", at(6, 8), False, 0, 2.0, "分管领导", "总经理办公会",
                 at(6, 12), at(6, 12))  # fmt: skip
EMERGENCY = Emergency("JJ-2026-0001", "支付网关中断 <script>", "技术部*经理", at(6, 8), False, "系统故障、重大", "方案执行",
                      at(6, 6), None, None)  # fmt: skip
OVER = Emergency(
    "JJ-2026-0002", "（涉密事项）", "运营部*经理", None, True, "", "已解决", at(2, 6), at(2, 8), at(2, 9, 30)
)
RISK = Risk("RW-2026-0003", "样机测试", "生产部*主管", at(12), False, at(5, 16), "生产部*主管", "样机报废 & 备件不足")
ASKED = Extension(
    "WT-2026-0001", "退货积压", "运营部*主管", at(18), False, "YQ-2026-0002", at(25), "公司领导*副总经理", 2, "分管领导"
)
APPLICATION = Meeting(
    "HY-2026-0003", "备件储备启动会", "客户服务部*经理", at(10), False, at(12, 9, 30), "第一会议室", "申请"
)

DIGEST = Digest(
    company="示例科技有限公司",
    office="综合管理部",
    contact="综合管理部*主管（内线 8122）",
    week="2026-W10",
    year=2026,
    week_number=10,
    first_day=datetime(2026, 3, 2),
    last_day=datetime(2026, 3, 8),
    now=NOW,
    standing=Standing(
        open=12, open_before=10, overdue=3, overdue_before=4, behind=2, near=1, paused=1, due_this_week=1,
        due_next_week=3, new=5, new_before=4, done=3, done_before=6, longest=11,
    ),
    recent=Rate("近 30 日", 9, 0.87, 0.8, 6.44, 0.9, 7.2),
    rates=(
        Rate("本月", 3, 1.0, 1 / 3, 5.0),
        Rate("今年", 40, 0.9, 0.85, 6.2),
        Rate("近 12 个月", 0, None, None, None),
    ),
    bars=(Bar("技术部", 2, 1, 1, 3, 0), Bar("人力资源部", 0, 1, 0, 2, 1), Bar("其他", 1, 0, 0, 1, 0)),
    ages=(Age("1–2 天", 1), Age("3–5 天", 1), Age("6–10 天", 0), Age(">10 天", 1)),
    months=tuple(
        Month(datetime(2025 + (month + 2) // 12, (month + 2) % 12 + 1, 1), 10 + month, 8 + month, month % 3)
        for month in range(1, 13)
    ),
    red=(TOP, RED, HOURLY),
    behind=(Matter("WT-2026-0004", "接口超时", "", at(20), False),),
    due_next_week=(Matter("RW-2026-0005", "提交对账样例", "财务部*会计", at(10), False),),
    meetings=(APPLICATION,),
    emergencies=(OVER, EMERGENCY),
    risks=(RISK,),
    granted=(
        Extension("RW-2026-0006", "（涉密事项）", "财务部*会计", at(5), True, "YQ-2026-0001", at(9), "财务部*经理", 1,
                  "部门负责人"),
    ),
    pending=(ASKED,),
    paused=(Pause("RW-2026-0007", "选定搭建商", "采购部*专员", None, False, at(2, 9), "主办方延期"),),
    asks=Asks(
        top=(TOP,),
        leaders=(),
        escalating=(
            Escalating("总经理办公会", at(6, 12), at(6, 12), (HOURLY,)),
            Escalating("分管领导", datetime(2026, 3, 10), at(9), (RED,)),
        ),
        emergencies=(EMERGENCY,),
        risks=(RISK,),
        extensions=(ASKED,),
        meetings=(APPLICATION,),
    ),
)  # fmt: skip

NOTHING = replace(
    DIGEST,
    contact="",
    standing=Standing(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    recent=Rate("近 30 日", 0, None, None, None),
    rates=(Rate("本月", 0, None, None, None),),
    bars=(),
    ages=tuple(Age(age.label, 0) for age in DIGEST.ages),
    months=tuple(Month(month.start, 0, 0, 0) for month in DIGEST.months),
    red=(), behind=(), due_next_week=(), meetings=(), emergencies=(), risks=(), granted=(), pending=(), paused=(),
    asks=Asks((), (), (), (), (), (), ()),
)  # fmt: skip
"""The digest of a workbook in which nothing stands yet."""

LATE = replace(
    DIGEST,
    now=datetime(2026, 3, 9, 20),
    asks=replace(
        DIGEST.asks,
        leaders=(RED,),
        extensions=(replace(ASKED, due=at(9)), replace(ASKED, due=None, approver="")),
        meetings=(replace(APPLICATION, due=at(9)),),
    ),
)
"""After closing time: what could have been done by then can no longer be asked for by then."""

CROWDED = replace(
    DIGEST,
    bars=tuple(Bar("信息技术与数字化转型管理中心" if n % 2 else "技术部", 101 + n, 22, 33, 144, 5) for n in range(9)),
    ages=tuple(Age(age.label, 1234) for age in DIGEST.ages),
    months=tuple(Month(month.start, 1234, 888, 1099) for month in DIGEST.months),
    standing=replace(DIGEST.standing, open=12345, overdue=9876, behind=1234, new=2345, overdue_before=1),
    red=tuple(replace(RED, title=LONG, who=f"{LONG}（休假，代办：{LONG}）") for _ in range(3)),
    behind=(Matter("WT-2026-0004-附件-0001", LONG, LONG, at(20), False),),
    risks=(replace(RISK, risk=LONG, teller=LONG),),
    meetings=(replace(APPLICATION, place=LONG),),
    paused=(replace(DIGEST.paused[0], reason=LONG),),
)
"""Large numbers, long names, words without a break."""
