"""The mistakes that clerks made, on purpose: what ``check`` must find, beside the three of the seed's row."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

Row = dict[str, object]


class Fault(NamedTuple):
    """One mistake.

    Attributes:
        record: id of the row; in 进展反馈 the id typed there, in 通讯录 ``部门*职务``.
        column: identifier of the column.
        mistake: what the clerk did wrong.
        table: where.
        wrong: what stands in the cell; blank means nothing does.
        title: of the row that is meant, where it has one: a row that got another id is noticed.
    """

    record: str
    column: str
    mistake: str
    table: str
    wrong: str | float | datetime
    title: str = ""


PLANNED_FAULTS: tuple[Fault, ...] = (
    Fault("XT-2026-0007", "urgency", "紧急程度写成同义词", "Coordination", "中", "春季校园招聘宣讲跨部门支持"),
    Fault(
        "XT-2026-0012",
        "consensus_by",
        "期望完成时间早于登记时间",
        "Coordination",
        datetime(2026, 5, 17),
        "智能网关二代试产物料齐套",
    ),
    Fault("XT-2026-0014", "follow_up", "达成共识后没有指定跟踪人", "Coordination", "", "官网改版内容收集"),
    Fault("XT-2026-0016", "consensus_by", "日期没有写年份", "Coordination", "7月28日", "合同审批时限压缩"),
    Fault(
        "XT-2026-0018",
        "deadlines",
        "三项任务只写了两个时限",
        "Coordination",
        "返利政策:2026-08-31;出货底表:2026-09-02",
        "经销商返利对账口径统一",
    ),
    Fault(
        "XT-2026-0033",
        "receivers",
        "部门不在通讯录里",
        "Coordination",
        "生产部*质检员、财务部*会计、法务部*专员、品牌部*主管",
        "供应商年度评审会筹备",
    ),
    Fault("WT-2026-0008", "wished_by", "日期用全角数字", "Problems", "２０２６-０３-１０", "对账单邮件被判为垃圾邮件"),
    Fault("WT-2026-0022", "urgency", "选项中间多打了空格", "Problems", "紧 急", "短信验证码到达率下降"),
    Fault("WT-2026-0031", "state", "状态写成不存在的词", "Problems", "已完结", "离职面谈记录不完整"),
    Fault("WT-2026-0046", "lead_department", "部门写成别名", "Problems", "制造部", "质检报告签字滞后"),
    Fault("WT-2026-0063", "impact", "影响范围没有填", "Problems", "", "供应商门户上传附件失败"),
    Fault("WT-2026-0067", "id", "编号与上一行重复", "Problems", "WT-2026-0066", "员工信息变更不同步"),
    Fault("WT-2026-0071", "wished_by", "日期写成小数", "Problems", "12.4", "供应商对账邮箱停用"),
    Fault("HY-2026-0003", "meeting_type", "会议类型不在选项里", "Meetings", "专题会", "一季度客户投诉分析专题会"),
    Fault("HY-2026-0007", "hours", "时长写成文字", "Meetings", "一个半小时", "中秋国庆连续保障专题会"),
    Fault("HY-2026-0021", "hours", "时长超过两小时", "Meetings", 3.0, "春节备货产能预排专题会"),
    Fault(
        "HY-2026-0024",
        "applied_at",
        "会前两个工作日才申请",
        "Meetings",
        datetime(2026, 11, 20, 9, 15),
        "冬季发货包装改进专题会",
    ),
    Fault(
        "JJ-2026-0003",
        "first_told_at",
        "首报时间早于发现时间",
        "Emergencies",
        datetime(2026, 8, 23, 14, 20),
        "网红直播差评集中爆发",
    ),
    Fault("RW-2026-0023", "deadline", "日期用小数点分隔", "Tasks", "2026.3.12", "完成报废核销"),
    Fault("RW-2026-0060", "acceptance", "验收标准没有填", "Tasks", "", "修订质量月方案"),
    Fault("RW-2026-0096", "responsible", "责任人写成全体", "Tasks", "运营部全体", "编制假期保障手册"),
    Fault("RW-2026-0121", "done_at", "完成时间写到了将来", "Tasks", datetime(2026, 12, 13, 15, 5), "出具大促总结"),
    Fault("RW-2026-0135", "pause_reason", "挂账没有写原因", "Tasks", "", "审核参展合同"),
    Fault("RW-2026-0148", "responsible", "人员不在通讯录里", "Tasks", "客户服务部*总监", "修订投诉管理办法"),
    Fault("RW-2026-0178", "source", "来源编号不存在", "Tasks", "XT-2026-0999", "汇总自查整改清单"),
    Fault("RW-2026-0188", "responsible", "一项任务写了两个人", "Tasks", "数据部*分析师、技术部*工程师", "切换经营日报"),
    Fault("RW-2026-0191", "department", "责任部门与责任人不一致", "Tasks", "市场部", "补充机器人活动问答"),
    Fault("YQ-2026-0003", "new_due", "申请时限早于现时限", "Extensions", datetime(2026, 9, 28, 18, 0)),
    Fault("WT-2026-00555", "source", "来源编号多打了一位", "Progress", "WT-2026-00555"),
    Fault("采购部*专员", "clearance", "保密等级写成同义词", "Contacts", "普通"),
)


def plant(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Put the mistakes into the rows; the ids of ``PLANNED_FAULTS`` are those from before.

    Raises:
        LookupError: a fault names a row that does not exist or is another one.
    """
    for fault in PLANNED_FAULTS:
        row = _row_of(rows[fault.table], fault)
        if fault.title not in {"", row.get("title")}:
            raise LookupError(f"{fault.record} is {row.get('title')}, not {fault.title}")
        if fault.wrong == "":
            del row[fault.column]
        else:
            row[fault.column] = fault.wrong
    return rows


def _row_of(rows: list[Row], fault: Fault) -> Row:
    if fault.table == "Progress":
        meant = fault.record[:-1]
        return next(row for row in rows if row["source"] == meant)
    if fault.table == "Contacts":
        return next(row for row in rows if f"{row['department']}*{row['person']}" == fault.record)
    for row in rows:
        if row["id"] == fault.record:
            return row
    raise LookupError(fault.record)
