"""The worksheet functions as data: names, arguments and the words of the function wizard.

The decorated functions and the VBA that Excel calls them by both follow from here. Source: SPEC section 4, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

from coordination_xl.schema.vocabulary import UNIT

MODULE = "CXL"
"""The VBA module; a cell names it before the function: ``=CXL.DUE(...)``."""

PYTHON_MODULE = "coordination_xl.addin.functions.worksheet"
CATEGORY = "协调管理"

LONGEST_HELP = 255
"""Excel takes no longer description, neither of a function nor of an argument."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument.

    Attributes:
        name: in Python, in VBA and in the function wizard; legal in all three.
        help: one line under its box in the function wizard.
        is_optional: whether it may be left out.
        is_clock: left out, it means now: the cell is then computed anew at every calculation.
    """

    name: str
    help: str
    is_optional: bool = False
    is_clock: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """One worksheet function.

    Attributes:
        name: in a cell, after ``CXL.``.
        python: the function of :mod:`~coordination_xl.addin.functions.worksheet`.
        help: what the function wizard says.
        arguments: in order; the optional ones last.
    """

    name: str
    python: str
    help: str
    arguments: tuple[Argument, ...]


HOLIDAYS = Argument(
    "holidays",
    "可省略。节假日表连同表头：Calendar[#All]，公司自定的日子即一并计算。只给日期、类型（休/班）两列，则加在国务院安排之上。省略＝程序自带的国务院安排。",
    is_optional=True,
)
SETTINGS = Argument(
    "settings",
    "可省略。参数表连同表头：Settings[#All]，按其中的工作时间、每周工作日、预警窗口计算。"
    "省略＝周一至周五 09:00-12:00、13:30-18:00。",
    is_optional=True,
)

DUE = Function(
    "DUE",
    "due",
    "从起算时间过若干工作日、工作小时等之后的到期时间。起算当天不算；工作日到下班时间为止；调休上班日算工作日。"
    "年份未公布放假安排的，结果以“暂定”开头。可以传入整列。请把单元格设为日期时间格式。",
    (
        Argument("start", "起算时间：日期或日期时间，可以是一列。空白＝空白。"),
        Argument("n", "数量，例：3。负数表示在起算时间（如会议时间）之前。0＝当天下班；当天休息则顺延到下一个工作日。"),
        Argument("unit", f"单位：{'、'.join(UNIT.words)}（天＝自然日）。省略＝工作日。", is_optional=True),
        HOLIDAYS,
        SETTINGS,
    ),
)
WORKDAYS = Function(
    "WORKDAYS",
    "workdays",
    "两个日期之间有几个工作日：第一天不算，最后一天算，调休上班日算。前后颠倒得负数。年份未公布放假安排的，结果以“暂定”开头。可以传入整列。",
    (
        Argument("first_day", "从哪天起，这一天不算。"),
        Argument("last_day", "到哪天止，这一天算。"),
        HOLIDAYS,
        SETTINGS,
    ),
)
IS_WORKDAY = Function(
    "ISWORKDAY",
    "is_workday",
    "这一天上不上班：TRUE＝上班（含调休上班日），FALSE＝休息。年份未公布放假安排的，结果以“暂定”开头。可以传入整列。",
    (Argument("on_day", "日期，可以是一列。空白＝空白。"), HOLIDAYS, SETTINGS),
)
LIGHT = Function(
    "LIGHT",
    "light",
    "预警灯：灰＝已完成，红＝已过到期时间，蓝＝在预警窗口之内，绿＝其余。黄灯要看反馈和中间环节，只在台账里有。可以传入整列。",
    (
        Argument("due_at", "到期时间；只写日期表示当天下班。空白＝空白，已完成的仍为灰。"),
        Argument("done_at", "完成时间；空白或省略表示还没完成。", is_optional=True),
        Argument("as_of", "以哪个时刻判断，例：NOW()。省略＝此刻。", is_optional=True, is_clock=True),
        HOLIDAYS,
        SETTINGS,
    ),
)

FUNCTIONS = (DUE, WORKDAYS, IS_WORKDAY, LIGHT)
