"""The five printable forms: which ledger column stands where on the A4 page. Source: SPEC section 3, B, A8, A13, A15, A19.

A form's cells are found by defined name, never by address: ``CoordinationForm_title`` is the cell of column ``title`` on
the form of that name. The five-line task grid's cells are ``CoordinationForm_task1`` … ``_who1`` … ``_by1`` … ``_standard1``.
``CoordinationForm_loaded``, beside the page, says which row of the ledger the form shows, and in which state of writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.schema.vocabulary import CONFIDENTIALITY, URGENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

SINGLE, TASK_LINE, SIGNATURE = 27.0, 24.0, (24.0, 32.0, 24.0)
"""Row heights in points."""
UNITS = 7.2
"""Width of each of the eleven columns of the page behind the stage, in characters of the Normal font."""
WHOLE, LEFT, RIGHT = (4, 12), (4, 7), (10, 12)
"""First and last sheet column of a value: of a field over the full width, and of two side by side."""
TASK_CELLS = (
    ("task", "title", (3, 5)),
    ("who", "responsible", (6, 8)),
    ("by", "deadline", (9, 10)),
    ("standard", "acceptance", (11, 12)),
)
"""What the name of a cell of the task grid begins with, the task column it becomes, and where it stands."""
DEFAULTS: Mapping[str, str | float] = MappingProxyType(
    {"urgency": URGENCY.words[1], "confidentiality": CONFIDENTIALITY.words[1], "version": 1.0}
)
"""What a new form holds before anything is filled in, by column."""
LOADED = "loaded"
"""Last part of the name of the cell that says what was loaded."""


@dataclass(frozen=True, slots=True)
class Field:
    """One label with its value cell; ``identifier`` names a column of the form's table."""

    identifier: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form: one field over the full width, or two side by side."""

    fields: tuple[Field, ...]
    height: float = SINGLE


@dataclass(frozen=True, slots=True)
class TaskGrid:
    """Five lines of task, person, deadline and acceptance standard: a hole is visible at once. Source: SPEC B5.

    The lines are the multi-part texts of three ledger columns, labelled by the task.
    """

    heading: tuple[str, str, str, str, str] = ("序号", "任务", "责任部门/人", "完成时限", "验收标准")
    columns: tuple[str, str, str] = ("responsible", "deadlines", "acceptance")
    lines: int = 5

    @property
    def cells(self) -> tuple[str, ...]:
        """The last part of the name of each of its cells, line by line: ``task1``, ``who1``, ``by1``, ``standard1``."""
        return tuple(f"{part}{number}" for number in range(1, self.lines + 1) for part, *_ in TASK_CELLS)


@dataclass(frozen=True, slots=True)
class Stage:
    """A block of lines under one upright stage label."""

    label: str
    lines: tuple[Line | TaskGrid, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One printable sheet.

    Attributes:
        name: first part of its defined names.
        sheet: sheet name.
        table: ASCII name of the ledger it goes into.
        title: printed head.
        date: column shown as the date at the top right.
        date_label: its label.
        has_version: whether 版本 is printed in the head.
        stages: the body, top to bottom.
        signatures: who signs.
        small_print: the line below the frame.
        steps: how to use it, beside the page.
    """

    name: str
    sheet: str
    table: str
    title: str
    date: str
    date_label: str
    has_version: bool
    stages: tuple[Stage, ...]
    signatures: tuple[str, ...]
    small_print: str
    steps: tuple[str, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The columns printed above the frame."""
        version = ("version",) if self.has_version else ()
        return ("id", "confidentiality", *version, self.date)

    @property
    def lines(self) -> tuple[Line | TaskGrid, ...]:
        """The body without its stages."""
        return tuple(line for stage in self.stages for line in stage.lines)

    @property
    def grid(self) -> TaskGrid | None:
        """The task grid, if the form has one."""
        return next((line for line in self.lines if isinstance(line, TaskGrid)), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The ledger columns that the form shows, as they are read; those of the task grid in its place."""
        body: list[str] = []
        for line in self.lines:
            body += line.columns if isinstance(line, TaskGrid) else (field.identifier for field in line.fields)
        return (*self.head, *body)

    @property
    def cells(self) -> tuple[str, ...]:
        """The last part of the name of every value cell, as they are read."""
        body: list[str] = []
        for line in self.lines:
            body += line.cells if isinstance(line, TaskGrid) else (field.identifier for field in line.fields)
        return (*self.head, *body)

    def label(self, identifier: str) -> str:
        """The label that stands instead of the column's header; ``""`` where none does."""
        fields = (field for line in self.lines if isinstance(line, Line) for field in line.fields)
        own = next((field.label for field in fields if field.identifier == identifier), "")
        return self.date_label if identifier == self.date else own.replace("\n", "")


def _one(identifier: str, height: float = SINGLE, label: str = "") -> Line:
    return Line((Field(identifier, label),), height)


def _two(left: str, right: str, height: float = SINGLE) -> Line:
    return Line((Field(left), Field(right)), height)


def _steps(ledger: str) -> tuple[str, ...]:
    return (
        "白色格填写，灰底斜体由程序计算",
        f"填好后点【协调管理】→【登记表单】，写入{ledger}",
        "修改旧表：台账选中行 →【载入表单】",
    )


COORDINATION_FORM = Form(
    name="CoordinationForm",
    sheet="协调表",
    table="Coordination",
    title="跨部门沟通协调表",
    date="raised_at",
    date_label="登记日期",
    has_version=True,
    stages=(
        Stage("基本信息", (_one("title"), _two("initiator", "follow_up"), _one("receivers"))),
        Stage(
            "事前准备",
            (_one("background", 52), _one("goal", 40), _two("consensus_by", "urgency"), _one("initial_needs", 34)),
        ),
        Stage("事中协商", (_one("discussion", 66), _one("agreement", 62))),
        Stage(
            "事后跟踪", (TaskGrid(), _two("feedback_terms", "next_feedback"), _one("progress", 46), _one("remarks", 30))
        ),
    ),
    signatures=("发起部门负责人：", "责任部门负责人：", "分管领导：", "综合管理部："),
    small_print="填表说明：①一项任务只写一个责任人、一个时限；②配合部门收到后 1 个工作日内反馈意见；③计划变更须重新协商并升版；④涉密内容按保密等级限制传阅范围。",
    steps=_steps("协调台账"),
)

PROBLEM_FORM = Form(
    name="ProblemForm",
    sheet="问题提报表",
    table="Problems",
    title="内部沟通协调问题提报表",
    date="raised_at",
    date_label="提报日期",
    has_version=False,
    stages=(
        Stage("问题提报", (
            _one("title"), _two("raiser", "urgency"), _one("background", 52), _one("situation", 52), _one("impact", 40),
            _two("wished_by", "attachments"),
        )),
        Stage("审核分派", (
            _two("lead_department", "coordinating_department"), _two("cooperating", "leader"), _one("basis", 34),
            _two("responsible", "deadline"), _one("acceptance", 34),
        )),
        Stage("处理验收", (_one("solution", 66), _one("verification", 52), _one("verdict", 34), _one("remarks", 30))),
    ),
    signatures=("提报部门负责人：", "主责部门负责人：", "分管领导：", "综合管理部："),
    small_print="填表说明：①现状与影响范围写数字；②综合管理部 1 个工作日内审核分派；③主责部门每 2 个工作日反馈进度，紧急问题每个工作日反馈；④解决后由提报部门验收。",
    steps=_steps("问题台账"),
)  # fmt: skip

MEETING_FORM = Form(
    name="MeetingForm",
    sheet="会议申请表",
    table="Meetings",
    title="会议申请表",
    date="applied_at",
    date_label="申请日期",
    has_version=False,
    stages=(
        Stage("会议安排", (
            _one("title"), _two("initiator", "meeting_type"), _two("starts_at", "hours"), _one("place"),
        )),
        Stage("会议内容", (_one("goal", 52), _one("agenda", 92), _one("attendees", 52), _one("materials", 52, "需提前准备\n的材料"))),
        Stage("审批", (_two("approver", "approved_at"), _one("remarks", 52))),
    ),
    signatures=("发起部门负责人：", "综合管理部：", "分管领导："),
    small_print="填表说明：①至少提前 3 个工作日提交；②批准后至少提前 2 个工作日发出通知；③时长原则上不超过 2 小时。",
    steps=_steps("会议台账"),
)  # fmt: skip

MINUTES_FORM = Form(
    name="MinutesForm",
    sheet="会议纪要",
    table="Meetings",
    title="会议纪要",
    date="ended_at",
    date_label="会议日期",
    has_version=False,
    stages=(
        Stage("会议信息", (
            _one("title"), _two("starts_at", "place"), _two("host", "recorder"), _one("attendees", 40),
        )),
        Stage("讨论决议", (_one("agenda", 52), _one("discussion", 92), _one("resolutions", 80))),
        Stage("任务落实", (TaskGrid(), _one("remarks", 34))),
    ),
    signatures=("记录人：", "主持人签发：", "综合管理部："),
    small_print="填表说明：①会议结束后 24 小时内由主持人签发并分发；②一项决议只写一个责任人、一个时间；③决议纳入任务跟踪表，每周跟进。",
    steps=_steps("会议台账"),
)  # fmt: skip

EMERGENCY_FORM = Form(
    name="EmergencyForm",
    sheet="紧急事项报告",
    table="Emergencies",
    title="紧急事项报告",
    date="reported_at",
    date_label="报告时间",
    has_version=False,
    stages=(
        Stage("事项信息", (
            _one("title"), _two("finder", "emergency_type"), _two("discovered_at", "impact_level"), _two("first_told_at", "leader"),
        )),
        Stage("情况说明", (_one("description", 92), _one("first_measures", 66))),
        Stage("应急响应", (_one("team", 40), _two("team_head", "plan_approved_at"), _one("plan", 92), _one("resources", 40), _one("remarks", 34))),
    ),
    signatures=("发现部门负责人：", "小组负责人：", "分管领导："),
    small_print="填表说明：①发现后 30 分钟内电话或即时消息报告，1 小时内提交本表；②2 小时内确定应急方案；③每 4 小时报告进展；④2 小时内未控制的，上报总经理办公会。",
    steps=_steps("紧急事项台账"),
)  # fmt: skip

FORMS = (COORDINATION_FORM, PROBLEM_FORM, MEETING_FORM, MINUTES_FORM, EMERGENCY_FORM)


def form_named(text: str) -> Form | None:
    """The form of a sheet name (协调表) or of a form's own name (``CoordinationForm``)."""
    return next((form for form in FORMS if text in {form.sheet, form.name}), None)
