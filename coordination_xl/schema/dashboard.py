"""The named cells of 看板 that ``refresh`` writes; everything else there is formula. Source: SPEC section 3, 看板.

Each name covers cells one below the other. Where a field of the red list spans several columns, the name covers the
first of them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEET = "看板"

AS_OF = "Dashboard_as_of"
"""One cell: the time the figures stand for."""

RED_LIST_ROWS = 8
RED_LIGHT = "Dashboard_red_light"
RED_ID = "Dashboard_red_id"
RED_TITLE = "Dashboard_red_title"
RED_WHO = "Dashboard_red_who"
RED_DUE = "Dashboard_red_due"
RED_DAYS = "Dashboard_red_days"
RED_RUNG = "Dashboard_red_rung"
RED_LIST = (RED_LIGHT, RED_ID, RED_TITLE, RED_WHO, RED_DUE, RED_DAYS, RED_RUNG)

TREND_WEEKS = 8
TREND_LABEL = "Dashboard_trend_week"
TREND_NEW = "Dashboard_trend_new"
TREND_DONE = "Dashboard_trend_done"
TREND_OVERDUE = "Dashboard_trend_overdue"
TREND = (TREND_LABEL, TREND_NEW, TREND_DONE, TREND_OVERDUE)

DEPARTMENT_ROWS = 7
DEPARTMENTS = "Dashboard_departments"
"""The departments of the bar chart, the one with the most red matters first; their counts are formulas."""

DEPARTMENT_OF: Mapping[str, str] = MappingProxyType(
    {
        "Coordination": "initiator",
        "Tasks": "department",
        "Problems": "lead_department",
        "Meetings": "initiator",
        "Emergencies": "finder",
    }
)
"""Table → the column by which a matter counts for a department: its text begins with the department's name."""

OTHERS = "其他"
"""The bar of the matters that no department of 通讯录 stands for, and of those that find no bar of their own."""

AGES: tuple[tuple[str, int, int | None], ...] = (
    ("1–2 天", 0, 2),
    ("3–5 天", 2, 5),
    ("6–10 天", 5, 10),
    (">10 天", 10, None),
)
"""账龄: label, more than, up to so many working days. What is overdue by hours counts as the first day."""

RECENT_DAYS = 30
"""How many days back 按期办结率 and 平均办结用时 look, today included."""

BLOCKS = (AS_OF, *RED_LIST, *TREND, DEPARTMENTS)
