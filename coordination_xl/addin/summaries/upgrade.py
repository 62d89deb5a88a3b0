"""升级, told: what came into the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.summaries.forms import told_fault
from coordination_xl.addin.wording import joined, listed, some

if TYPE_CHECKING:
    from typing import Any

    from coordination_xl.actions.results import Result


def told_upgrade(result: Result) -> str:
    """What came in, and what could not."""
    told: dict[str, Any] = dict(result.summary)
    columns = [f"{each['sheet']}“{each['column']}”" for each in told["columns"]]
    lines = [
        f"工作表：{some(told['sheets'], 8)}" if told["sheets"] else "",
        f"表格：{some((each['sheet'] for each in told['tables']), 8)}" if told["tables"] else "",
        f"列 {len(columns)} 个：{some(columns, 6)}" if columns else "",
        f"名称 {len(told['names'])} 个" if told["names"] else "",
        f"参数：{some(told['settings'], 6)}" if told["settings"] else "",
        f"时限规则：{some(told['rules'], 6)}" if told["rules"] else "",
    ]
    head = "已升级，补上了：" if any(lines) else "工作簿里没有可以补上的内容。"
    watch = joined("请留意：", listed(result.findings, told_fault, 4, "处")) if result.findings else ""
    return joined(head, *lines, watch)
