"""Who works here: departments, other names of them, people, who leads and who stands in."""

from __future__ import annotations

from datetime import datetime

Row = dict[str, object]

ALIASES: dict[str, str] = {
    "客户服务部": "客服部、客服中心",
    "市场部": "市场推广部、市场中心",
    "产品部": "产品中心",
    "数据部": "数据中心、数据分析部",
    "技术部": "研发部、信息技术部",
    "运营部": "运营中心",
    "财务部": "计财部",
    "采购部": "供应链部",
    "人力资源部": "人事部、人资部",
    "法务部": "法务合规部",
    "生产部": "制造部",
    "综合管理部": "综管部、行政部",
    "公司领导": "领导班子",
    "总经理办公会": "总办会",
}

_HEAD, _CONTACT, _STAFF, _LEADER, _OFFICE, _TOP = (
    "部门负责人",
    "对接人",
    "员工",
    "分管领导",
    "综合管理部",
    "总经理办公会",
)

PEOPLE: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "客户服务部": (
        ("经理", _HEAD, "kefu-jl", "机密"),
        ("主管", _CONTACT, "kefu-zg", "秘密"),
        ("专员", _STAFF, "kefu-zy", "内部"),
        ("值班员", _STAFF, "kefu-zb", "内部"),
    ),
    "市场部": (
        ("经理", _HEAD, "shichang-jl", "机密"),
        ("主管", _CONTACT, "shichang-zg", "秘密"),
        ("专员", _STAFF, "shichang-zy", "内部"),
    ),
    "产品部": (
        ("经理", _HEAD, "chanpin-jl", "机密"),
        ("主管", _CONTACT, "chanpin-zg", "秘密"),
        ("专员", _STAFF, "chanpin-zy", "秘密"),
    ),
    "数据部": (
        ("经理", _HEAD, "shuju-jl", "机密"),
        ("分析师", _CONTACT, "shuju-fx", "机密"),
        ("工程师", _STAFF, "shuju-gc", "秘密"),
    ),
    "技术部": (
        ("经理", _HEAD, "jishu-jl", "机密"),
        ("主管", _CONTACT, "jishu-zg", "秘密"),
        ("工程师", _STAFF, "jishu-gc", "秘密"),
        ("测试工程师", _STAFF, "jishu-cs", "秘密"),
        ("值班员", _STAFF, "jishu-zb", "内部"),
    ),
    "运营部": (
        ("经理", _HEAD, "yunying-jl", "机密"),
        ("主管", _CONTACT, "yunying-zg", "秘密"),
        ("专员", _STAFF, "yunying-zy", "秘密"),
        ("仓储主管", _STAFF, "cangchu-zg", "内部"),
    ),
    "财务部": (
        ("经理", _HEAD, "caiwu-jl", "机密"),
        ("会计", _CONTACT, "caiwu-kj", "机密"),
        ("出纳", _STAFF, "caiwu-cn", "秘密"),
        ("专员", _STAFF, "caiwu-zy", "内部"),
    ),
    "采购部": (
        ("经理", _HEAD, "caigou-jl", "机密"),
        ("主管", _CONTACT, "caigou-zg", "秘密"),
        ("专员", _STAFF, "caigou-zy", "内部"),
    ),
    "人力资源部": (
        ("经理", _HEAD, "renli-jl", "机密"),
        ("主管", _CONTACT, "renli-zg", "秘密"),
        ("专员", _STAFF, "renli-zy", "秘密"),
    ),
    "法务部": (
        ("经理", _HEAD, "fawu-jl", "机密"),
        ("律师", _CONTACT, "fawu-ls", "机密"),
        ("专员", _STAFF, "fawu-zy", "秘密"),
    ),
    "生产部": (
        ("经理", _HEAD, "shengchan-jl", "机密"),
        ("主管", _CONTACT, "shengchan-zg", "秘密"),
        ("质检员", _STAFF, "zhijian", "内部"),
        ("专员", _STAFF, "shengchan-zy", "内部"),
    ),
    "综合管理部": (
        ("经理", _HEAD, "zongguan-jl", "机密"),
        ("主管", _OFFICE, "xietiao", "机密"),
        ("专员", _OFFICE, "zongguan-zy", "秘密"),
    ),
    "公司领导": (
        ("总经理", _TOP, "zjl", "机密"),
        ("副总经理", _LEADER, "fzjl", "机密"),
        ("营销总监", _LEADER, "yxzj", "机密"),
        ("财务总监", _LEADER, "cwzj", "机密"),
    ),
    "总经理办公会": (("秘书", _TOP, "zbh", "机密"),),
}
"""Department → (title, role, mailbox, clearance)."""

SUPERVISES = {
    "副总经理": ("技术部", "产品部", "数据部", "生产部", "采购部"),
    "营销总监": ("客户服务部", "市场部", "运营部"),
    "财务总监": ("财务部", "法务部", "人力资源部", "综合管理部"),
}

_LEAVE = {
    ("运营部", "主管"): ("运营部*专员", datetime(2026, 11, 18), datetime(2026, 11, 24)),
    ("财务部", "经理"): ("财务部*会计", datetime(2026, 11, 25), datetime(2026, 11, 27)),
    ("技术部", "测试工程师"): ("技术部*工程师", datetime(2026, 9, 28), datetime(2026, 9, 30)),
    ("市场部", "专员"): ("市场部*主管", datetime(2026, 11, 30), datetime(2026, 12, 4)),
}
"""(Department, title) → stand-in, first and last day of leave."""

_FOLLOWERS = {"数据部": "分析师", "技术部": "主管", "法务部": "专员"}


def contacts() -> list[Row]:
    """The rows of 通讯录, department by department, head first."""
    rows: list[Row] = []
    for number, (department, people) in enumerate(PEOPLE.items(), start=1):
        for place, (title, role, mailbox, clearance) in enumerate(people, start=1):
            row: Row = {
                "department": department,
                "department_aliases": ALIASES[department] if place == 1 else "",
                "person": title,
                "role": role,
                "supervises": "、".join(SUPERVISES.get(title, ())),
                "email": f"{mailbox}@example.com",
                "phone": f"8{number:02d}{place}",
                "delegate": _stand_in(department, place),
                "clearance": clearance,
            }
            if (department, title) in _LEAVE:
                row["delegate"], row["leave_from"], row["leave_to"] = _LEAVE[department, title]
            rows.append(row)
    return rows


def _stand_in(department: str, place: int) -> str:
    people = PEOPLE[department]
    return f"{department}*{people[1][0]}" if place == 1 and len(people) > 1 and department != "公司领导" else ""


def department_of(person: str) -> str:
    """The department of ``部门*职务``."""
    return person.split("*")[0]


def head_of(department: str) -> str:
    """Who leads a department."""
    return f"{department}*经理"


def leader_of(department: str) -> str:
    """The member of the board who answers for a department."""
    return next(f"公司领导*{leader}" for leader, departments in SUPERVISES.items() if department in departments)


def follower_of(person: str) -> str:
    """Who follows a matter up for its initiator: somebody else of the same department."""
    department = department_of(person)
    follower = f"{department}*{_FOLLOWERS.get(department, '专员')}"
    return follower if follower != person else f"{department}*{PEOPLE[department][2][0]}"
