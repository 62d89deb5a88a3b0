"""What the ledgers rest on: 通讯录, 时限规则, 节假日, 参数; and 校验结果. Source: SPEC section 3."""

from __future__ import annotations

from coordination_xl.schema.column import Column, Kind, computed
from coordination_xl.schema.table import Family, Table
from coordination_xl.schema.tables import shared
from coordination_xl.schema.vocabulary import (
    CONFIDENTIALITY,
    DAY_KIND,
    ROLE,
    SEVERITY,
    TIMER_KIND,
    UNIT,
    YEAR_STATUS,
    YES_NO,
)

CONTACTS = Table(
    name="Contacts",
    sheet="通讯录",
    family=Family.BASE,
    note="部门、人和收件地址；台账里的部门与人都以本表为准",
    source="SPEC 3",
    columns=(
        Column("department", "部门", Kind.DEPARTMENT, "部门全称，例：客户服务部", "SPEC 3", required=True),
        Column("department_aliases", "部门别名", Kind.TEXT, "其他叫法，用顿号分开，例：客服部", "SPEC 3", aliases=("别名",)),
        Column("person", "姓名/职务", Kind.WORD, "人名可用*代替，例：经理", "SPEC 3", aliases=("姓名", "职务"), required=True),
        Column("role", "角色", Kind.CHOICE, "决定催办与升级找谁", "SPEC A5", required=True, vocabulary=ROLE),
        Column("supervises", "分管部门", Kind.PARTIES, "分管领导填，例：技术部、产品部", "SPEC A5"),
        Column("email", "邮箱", Kind.WORD, "例：kefu@example.com", "SPEC 3"),
        Column("phone", "电话", Kind.WORD, "例：8012", "SPEC A18"),
        Column("delegate", "代办人", Kind.PERSON, "休假时由谁代办，例：客户服务部*主管", "SPEC 3"),
        Column("leave_from", "休假开始", Kind.DATE, "例：2026-02-10", "SPEC 3"),
        Column("leave_to", "休假结束", Kind.DATE, "例：2026-02-14", "SPEC 3"),
        Column("clearance", "可阅保密等级", Kind.CHOICE, "最高可看到哪一级", "SPEC B6", vocabulary=CONFIDENTIALITY),
    ),
)  # fmt: skip

RULES = Table(
    name="Rules",
    sheet="时限规则",
    family=Family.BASE,
    note="机制中的每一个时限都在这里；改一行，下次刷新即按新时限计算",
    source="SPEC 2",
    columns=(
        Column("rule", "规则编号", Kind.ID, "例：A9", "SPEC 2", required=True),
        Column("title", "规则名称", Kind.NAME, "例：问题审核分派", "SPEC 2", required=True),
        Column("table", "适用台账", Kind.WORD, "工作表名，例：问题台账", "SPEC 2", required=True),
        Column("kind", "类型", Kind.CHOICE, "这一条怎样起作用", "SPEC 2", required=True, vocabulary=TIMER_KIND),
        Column("states", "适用状态", Kind.TEXT, "哪些状态下计时，例：已提报", "SPEC 2"),
        Column("urgency", "紧急程度", Kind.WORD, "留空表示全部，例：紧急", "SPEC A11"),
        Column("condition", "适用条件", Kind.TEXT, "列=值，例：渠道=即时通讯", "SPEC A2"),
        Column("trigger", "起算列", Kind.TEXT, "从哪一列的时间起算，例：提报时间", "SPEC 2", required=True),
        Column("stop", "完成列", Kind.TEXT, "哪一列填了就算完成，例：分派时间", "SPEC 2"),
        Column("amount", "时限", Kind.NUMBER, "数字；负数表示之前，例：1", "SPEC 2", required=True),
        Column("unit", "单位", Kind.CHOICE, "工作日、工作小时或自然时间", "SPEC 2", required=True, vocabulary=UNIT),
        Column("target", "目标角色", Kind.WORD, "谁应在时限内办，例：综合管理部", "SPEC 2"),
        Column("ladder", "升级阶梯", Kind.TEXT, "逾期多少找谁，例：责任人 0、部门负责人 3", "SPEC A17"),
        Column("is_active", "启用", Kind.CHOICE, "填“否”即停用", "SPEC 2", vocabulary=YES_NO),
        Column("basis", "依据", Kind.TEXT, "机制条款，例：A9", "SPEC 2"),
        shared.REMARKS,
    ),
)  # fmt: skip

CALENDAR = Table(
    name="Calendar",
    sheet="节假日",
    family=Family.BASE,
    note="本表是工作日的唯一依据：周一至周五减“休”加“班”。未列年份按“暂定”计算",
    source="SPEC 4",
    columns=(
        Column("date", "日期", Kind.DATE, "例：2026-02-14", "SPEC 4", required=True),
        computed("weekday", "星期", Kind.WORD, "由日期得出"),
        Column("kind", "类型", Kind.CHOICE, "休＝放假，班＝调休上班", "SPEC 4", required=True, vocabulary=DAY_KIND),
        Column("name", "名称", Kind.WORD, "例：春节", "SPEC 4"),
        Column("basis", "依据", Kind.TEXT, "国务院通知文号；公司自定写“公司”", "SPEC 4"),
        Column("year_status", "年份状态", Kind.CHOICE, "预测＝官方日历尚未公布", "SPEC 4", vocabulary=YEAR_STATUS),
        Column("hours", "工作时段", Kind.WORD, "只上半天时填，例：09:00-12:00", "SPEC 4"),
    ),
)  # fmt: skip

SETTINGS = Table(
    name="Settings",
    sheet="参数",
    family=Family.BASE,
    note="整本工作簿的设置；只改“取值”一列",
    source="SPEC 3",
    columns=(
        Column("key", "参数", Kind.NAME, "名称不要改动", "SPEC 3", required=True),
        Column("value", "取值", Kind.TEXT, "例：09:00-12:00、13:30-18:00", "SPEC 3"),
        Column("meaning", "说明", Kind.LONG_TEXT, "这个参数管什么", "SPEC 3"),
    ),
)

FINDINGS = Table(
    name="Findings",
    sheet="校验结果",
    family=Family.RESULT,
    note="上一次校验发现的问题，一行一个；点“定位”到单元格",
    source="SPEC 3",
    columns=(
        computed("severity", "级别", Kind.CHOICE, "错误须改正，提醒请留意", "SPEC 5", vocabulary=SEVERITY),
        computed("sheet", "工作表", Kind.WORD, "在哪张表", "SPEC 5"),
        computed("record", "编号", Kind.WORD, "哪件事项", "SPEC 5"),
        computed("row", "行", Kind.NUMBER, "第几行", "SPEC 5"),
        computed("header", "列", Kind.WORD, "哪一列", "SPEC 5"),
        computed("message", "问题", Kind.LONG_TEXT, "错在哪里", "SPEC 5"),
        computed("value", "原值", Kind.TEXT, "单元格里写的是什么", "SPEC 5"),
        computed("suggestion", "建议", Kind.LONG_TEXT, "怎样改正", "SPEC 5"),
        computed("code", "代码", Kind.WORD, "问题种类", "SPEC 5"),
        computed("link", "定位", Kind.WORD, "点击到达单元格", "SPEC 5"),
    ),
)
