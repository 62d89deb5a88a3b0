"""What each 工作簿版本 brought besides columns and names: how an older workbook is told from a newer one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.schema.settings import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping

CURRENT = int(FORMAT.value)
"""The version that this program makes and understands."""

RULES_SINCE: Mapping[str, int] = MappingProxyType({})
"""Rule number → the first version whose 时限规则 has it; rules that are not named were there from the beginning.

An upgrade adds a row that is newer than the workbook. One that was there already and is not now was taken out on purpose.
"""

BOARD_SINCE = 2
"""The version that last changed the formulas of 看板."""


class Reworded(NamedTuple):
    """A cell of 时限规则 that a new workbook fills otherwise since a version.

    Attributes:
        since: the version.
        rule: the rule's number.
        column: identifier of the column.
        old: what a workbook of the version before was made with.
    """

    since: int
    rule: str
    column: str
    old: str


REWORDED: tuple[Reworded, ...] = (
    Reworded(2, "A2", "states", "已发送"),
    Reworded(2, "A2", "condition", "渠道=即时通讯"),
    Reworded(2, "A4", "states", "已发送"),
    Reworded(2, "A6", "states", "已发送"),
    Reworded(2, "B7", "states", "已发送"),
    Reworded(2, "A22", "states", "已报告、方案执行、已升级"),
)
