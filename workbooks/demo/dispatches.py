"""发文记录: which notice went to whom, and whether it was read."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from workbooks.demo import clock
from workbooks.demo.drafts import Draft, drafts
from workbooks.demo.matters import number_rows
from workbooks.demo.reminders import reminders

if TYPE_CHECKING:
    from random import Random

Row = dict[str, object]


def build(rng: Random, ledgers: dict[str, list[Row]]) -> list[Row]:
    """The rows of 发文记录, over the finished ledgers."""
    rows = [_sent(rng, draft) for draft in (*drafts(ledgers), *reminders(ledgers))]
    return number_rows([row for row in rows if row["title"] not in _NOT_YET], "TZ", "created_at")


_ODD = {
    "关于召开个人信息自查中期碰头会的通知": ("失败", "邮件服务器退回：人力资源部*主管的邮箱已满。"),
    "关于商请配合“2027年产品价格体系发布”的通知": ("待核实", "发送中断网，未收到服务器确认。"),
    "关于“完成差异逐笔复核”即将到期的提醒": ("发送中", ""),
    "关于“核查合规记录”即将到期的提醒": ("待发送", ""),
}
"""Title → the state it stands in, and why."""

_NOT_YET = frozenset(
    {
        "关于商请配合“门店巡检问题整改分工”的通知",
        "关于分派“三水仓叉车充电位不足”问题的通知",
        "关于“仓储系统出库任务卡死”的紧急报告",
        "关于“电芯到货异常导致停线风险”的复盘报告",
    }
)
"""Titles of notices that are due and not written yet, so that 【生成通知】 has something to do."""


def _sent(rng: Random, draft: Draft) -> Row:
    row: Row = {
        "title": draft.title,
        "kind": draft.kind,
        "source": draft.source,
        "rung": draft.rung,
        "recipients": draft.recipients,
        "copies": draft.copies,
        "channel": draft.channel,
        "answer_needed": draft.answer,
        "created_at": draft.at,
        "due_version": draft.due,
        "content_hash": sha256(draft.title.encode()).hexdigest()[:16],
        "state": "已发送",
    }
    sent = clock.minutes_later(draft.at, 5) if draft.is_urgent else clock.after(draft.at, 0.1)
    wait = rng.choice((0.25, 0.5, 1.0, 1.5, 2.5, 4.0))
    read = sent + timedelta(minutes=12) if draft.is_urgent else clock.after(sent, wait)
    answered = clock.after(sent, wait + rng.choice((0.5, 1.0, 2.0)))
    state, failure = _ODD.get(draft.title, ("", ""))
    if state:
        return row | {"state": state, "failure": failure, "sent_at": sent if failure else ""}
    row["sent_at"] = sent
    is_pending = draft.at.date() >= clock.LAST_WORKDAY or draft.kind == "进度催报"
    if draft.answer == "无" or (is_pending and not draft.is_urgent):
        return row
    if read <= clock.NOW:
        row |= {"state": "已阅", "read_at": read}
    if draft.answer in {"配合答复", "回复"} and answered <= clock.NOW:
        row["answered_at"] = answered
    return row
