"""The worked example of the coordination form, letter for letter, with what the ledger needs beside it."""

from __future__ import annotations

from datetime import datetime

SEED_ID = "XT-2023-0041"

EXAMPLE = {
    "title": "季度客户满意度调研跨部门协作",
    "initiator": "客户服务部*经理",
    "receivers": "市场部专员、产品部主管、数据部*分析师",
    "background": "为提升客户满意度,需联合多部门开展调研,目前问卷设计阶段,需市场部提供用户画像,数据部支持样本分析",
    "goal": "1周内完成调研方案;2周内完成数据收集与分析",
    "consensus_by": "2023年10月20日",
    "urgency": "一般",
    "discussion": "市场部:需明确调研范围;数据部:需样本量≥1000;争议点:调研周期",
    "agreement": "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放",
    "responsible": "用户画像-市场部专员;数据分析-数据部分析师",
    "deadlines": "用户画像:2023-10-18;数据分析:2023-10-25",
    "progress": "10月18日:市场部已提交用户画像",
    "remarks": "若数据样本不足,需延长3天分析周期",
}
"""The thirteen fields."""

SEED_ROW: dict[str, object] = {
    "id": SEED_ID,
    **EXAMPLE,
    "state": "已归档",
    "acceptance": "用户画像:覆盖三类主要客户;数据分析:样本量≥1000且出具分析报告",
    "initial_needs": "市场部：三类主要客户的用户画像；数据部：样本量测算与分析支持",
    "follow_up": "客户服务部*专员",
    "feedback_terms": "每5个工作日",
    "work_type": "项目推进",
    "scenario": "专项协调",
    "confidentiality": "内部",
    "version": 1.0,
    "raised_at": datetime(2023, 10, 9, 9, 30),
    "agreed_at": datetime(2023, 10, 16, 15, 0),
    "done_at": datetime(2023, 10, 25, 17, 0),
    "outcome": "达到目标：回收有效问卷1,126份，按期出具分析报告。",
    "lessons": "问卷发放没有写明责任人和时间，靠跟踪人逐日提醒。",
    "experience": "协商结果中的每一项都落到一个人、一个日期。",
}
