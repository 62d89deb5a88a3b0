"""延期申请: asked for before the due time, decided by whoever is entitled to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbooks.demo import clock
from workbooks.demo.matters import number_rows
from workbooks.demo.roster import department_of, leader_of

if TYPE_CHECKING:
    from random import Random

Row = dict[str, object]


class _Told(NamedTuple):
    """One application; days are working days from the row's present deadline."""

    ledger: str
    title: str
    current: int
    new: int
    applied: int
    reason: str
    decision: str
    approver: str = ""
    remarks: str = ""


_CEO = "公司领导*总经理"
_TOLD = (
    _Told(
        "Tasks",
        "提供对账样例",
        -1,
        0,
        -2,
        "财务月结较计划晚一天，对账样例须待结账后导出。",
        "同意",
        remarks="协调表同步升为第2版",
    ),
    _Told("Problems", "空调机组噪声扰民投诉", -2, 0, -3, "隔音罩须按现场尺寸定制，厂家交期增加两天。", "同意"),
    _Told("Problems", "生产报表人工重复录入", -3, 0, -5, "第二个下游系统联调窗口与国庆封网重叠。", "同意"),
    _Told(
        "Tasks",
        "签订专利许可补充协议",
        0,
        15,
        -1,
        "对方年底集中用印，盖章时间不可控。",
        "不同意",
        remarks="请每周催办一次，必要时上门取件",
    ),
    _Told("Tasks", "完成循环测试", -3, 0, -4, "测试柜停电检修一天，循环中断后须重新计次。", "同意"),
    _Told("Problems", "考勤系统外勤打卡偏移", -3, 0, -5, "供应商修复版本须先过应用商店审核。", "同意"),
    _Told("Problems", "老客户旧版合同主体变更", -11, -6, -13, "38家客户中有9家更换经办人，须重新说明。", "同意"),
    _Told(
        "Problems",
        "老客户旧版合同主体变更",
        -6,
        0,
        -9,
        "14家客户年底集中用印，11月内无法全部寄回。",
        "同意",
        _CEO,
        "第二次延期，报总经理审批",
    ),
    _Told("Tasks", "完成差异逐笔复核", 0, 3, -4, "夜班复核人员参加双十一发货，剩余29笔须补查原始单据。", "待审批"),
    _Told("Tasks", "升级数据看板权限", 0, 5, -4, "运营部岗位调整，岗位权限表须重新确认。", "待审批"),
)


def build(rng: Random, ledgers: dict[str, list[Row]]) -> list[Row]:
    """The rows of 延期申请, over the finished ledgers."""
    rows = [_build_one(rng, told, ledgers) for told in _TOLD]
    return number_rows(rows, "YQ", "applied_at")


def _build_one(rng: Random, told: _Told, ledgers: dict[str, list[Row]]) -> Row:
    matter = next(row for row in ledgers[told.ledger] if row["title"] == told.title)
    deadline = clock.moment(matter["deadline"])
    applied_at = clock.during(rng, clock.shift(deadline, told.applied), "09:20", "15:00")
    applied_at = min(applied_at, clock.NOW.replace(hour=9, minute=35))
    is_decided = told.decision != "待审批"
    applicant = str(matter["responsible"])
    return {
        "source": matter["id"],
        "applicant": applicant,
        "applied_at": applied_at,
        "reason": told.reason,
        "current_due": clock.at_close(clock.shift(deadline, told.current)),
        "new_due": clock.at_close(clock.shift(deadline, told.new)),
        "approver": told.approver or leader_of(department_of(applicant)),
        "decision": told.decision,
        "decided_at": clock.after(applied_at, 2.5) if is_decided else "",
        "remarks": told.remarks,
    }
