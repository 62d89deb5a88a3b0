"""A notice of every kind that was made by hand: what a head and words give to a Word template."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import datetime

from coordination_xl.notices.letters.letter import Head, variables
from coordination_xl.notices.words import Words

NOW = datetime(2026, 3, 17, 9, 20)
HEAD = Head(
    kind="问题分派通知", number="TZ-2026-0149", company="示例科技有限公司", office="综合管理部", now=NOW, level="内部",
    record="WT-2026-0036", title="订单状态不同步", sheet="问题台账", to=("技术部",), copies=("分管领导", "产品部", "客户服务部"),
    contact="综合管理部*主管（内线 8001）", answer="已阅", answer_by=datetime(2026, 3, 18, 9, 20), reply_to="zhb@example.com",
)  # fmt: skip
WORDS = Words(
    title="关于分派“订单状态不同步”问题的通知",
    opening=(
        "客户服务部于2026年3月16日提报的“订单状态不同步”问题，经综合管理部审核，现分派你部主责办理。有关事项通知如下：",
    ),
    facts=(
        ("问题编号", "WT-2026-0036", False),
        ("紧急程度", "■高　□中　□低", False),
        ("问题描述", "支付成功后，订单状态在客服系统延迟30分钟以上显示，近一周影响订单412笔，产生投诉27件。", False),
        ("责任部门", "技术部*经理（牵头）", False),
        ("验收部门", "客户服务部", False),
        ("配合部门", "产品部*主管、客户服务部*专员", False),
        ("分派依据", "《部门职责说明书》技术部第4条：订单与支付接口的运行维护", False),
        ("完成时限", "2026年3月25日（周三）18:00（自分派次日起第 6 个工作日）", True),
    ),
    requests=(
        ("请于", "3月18日（周三）18:00前", "与配合部门商定解决方案，明确措施、责任人和时间节点。"),
        ("本问题为紧急问题，请每个工作日反馈进度；遇重大风险，即时上报。", "", ""),
        ("办结后提交《问题解决报告》，由客户服务部验收。", "", ""),
    ),
    mark="问题分派通知",
)
_SECTIONS = (
    ("讨论要点", ("与会人员一致认为接口重试次数不足是主要原因。", "产品部提出先行上线人工核对，技术部同意配合。")),
)
_TABLE = (
    "决议事项",
    ("序号", "决议事项", "责任部门/人", "完成时间"),
    (
        ("1", "完成支付接口重试机制改造并上线", "技术部*工程师", "2026年3月25日（周三）18:00"),
        ("2", "制定人工核对办法", "产品部*主管", "2026年3月19日（周四）18:00"),
    ),
)
_EARLIER = (
    "此前的催办",
    ("时间", "文种", "层级", "对象", "编号"),
    (("2026-03-16 09:00", "逾期预警", "责任人", "技术部*工程师", "TZ-2026-0140"),),
)
_AGENDA = (
    "会议议程",
    ("时间", "议题", "汇报人"),
    (("9:30", "接口改造方案", "技术部*经理"), ("10:10", "人工核对办法", "产品部*主管")),
)
_SHORT = replace(WORDS, facts=WORDS.facts[:2] + WORDS.facts[-1:], requests=WORDS.requests[:2])
_LATE = replace(
    _SHORT,
    mark="▲红色预警",
    band="已逾期 5 个工作日",
    tone="红",
    opening=(
        "问题“订单状态不同步”已超过时限，至今未办结，也没有待审批的延期申请。根据《内部沟通与协调工作机制》，现予红色预警。",
    ),
)


def _titled(words: Words, kind: str) -> Words:
    return replace(words, title=f"关于“订单状态不同步”的{kind}")


LETTERS: dict[str, tuple[Head, Words]] = {
    kind: (replace(HEAD, kind=kind), words if kind == HEAD.kind else _titled(words, kind))
    for kind, words in {
        "协调通知": _SHORT,
        "问题分派通知": WORDS,
        "会议通知": replace(_SHORT, tables=(_AGENDA,)),
        "会议纪要": replace(
            _SHORT, facts=WORDS.facts[:2], sections=_SECTIONS, tables=(_TABLE,), requests=WORDS.requests[:1]
        ),
        "进度催报": replace(_LATE, mark="◆黄色预警", band="进展反馈已逾时", tone="黄"),
        "催办单": replace(_LATE, tables=(_EARLIER,)),
        "逾期预警": _LATE,
        "紧急事项报告": replace(_LATE, mark="■紧急事项", band="支付网关中断"),
        "升级报告": replace(_LATE, tables=(_EARLIER,), requests_heading="提请决定的事项"),
        "变更通知": replace(
            WORDS, sections=(("变更内容", ("完成时限由3月20日改为3月25日。",)),), facts=WORDS.facts[:4]
        ),
        "问题解决报告": replace(_SHORT, sections=(("解决措施", ("接口重试由1次改为3次。",)),)),
        "复盘报告": replace(_SHORT, sections=_SECTIONS, tables=(_TABLE,), requests=()),
        "归档通知": replace(_SHORT, requests=()),
        "涉密通知": Words(
            title="关于 WT-2026-0036 的涉密通知",
            opening=("编号为 WT-2026-0036 的事项有一份通知需要您办理。该事项的保密等级为“秘密”，本通知不载内容。",),
            facts=(("事项编号", "WT-2026-0036", False), ("保密等级", "秘密", False)),
        ),
        "催办汇总": replace(_LATE, tables=(_TABLE,), facts=(), mark="▲红色预警", band="共 2 件"),
    }.items()
}


def told(letter: Head, words: Words) -> dict[str, object]:
    """What a template is given: the fields of the letter, and over them those of the words."""
    return {**variables(letter), **{field.name: getattr(words, field.name) for field in dataclasses.fields(Words)}}
