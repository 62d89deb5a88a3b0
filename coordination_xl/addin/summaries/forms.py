"""登记表单 and 载入表单, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.wording import joined, listed, short, some, when

if TYPE_CHECKING:
    from typing import Any

    from coordination_xl.actions.results import Result
    from coordination_xl.ledger.findings import Finding

MOST_FAULTS = 6
UNSAVED = "工作簿还没有保存，请按 Ctrl+S 保存。"
"""Said after what left files beside the workbook, or went out: the ledger must not stay behind them."""


def told_fault(found: Finding) -> str:
    """One finding in a line."""
    place = f"{found.address} " if found.address else ""
    return short(f"{place}{found.message}：{found.suggestion}", 90)


def told_registration(result: Result) -> str:
    """What became of a form, and who must be told."""
    told: dict[str, Any] = dict(result.summary)
    form, record = told["form"], told["id"]
    faults = [found for found in result.findings if found.is_error]
    reminders = [found for found in result.findings if not found.is_error]
    if faults:
        head = f"“{form}”有 {len(faults)} 处要改，没有登记："
        return joined(head, listed(faults, told_fault, MOST_FAULTS, "处"), "改好后再点【登记表单】。")
    if told["is_new"]:
        head = f"“{form}”已登记为 {record}。"
    elif told["is_new_version"]:
        head = f"{record} 已升为第 {told['version']} 版，重新协商；上一版全文存入“修改记录”。"
    elif result.changes:
        head = f"{record} 已按“{form}”更新：{some(told['columns'])}。" if told["columns"] else f"{record} 已更新。"
    else:
        head = f"“{form}”与台账中的 {record} 一致，没有改动。"
    parties = told.get("parties") or ()
    until = f"；有疑问的，请于{when(told['tell_by'])}前提出" if parties and told.get("tell_by") else ""
    tell = f"方案已变更，请告知各方：{some(parties)}{until}。" if parties else ""
    watch = joined(f"另有 {len(reminders)} 处提醒：", listed(reminders, told_fault, 3, "处")) if reminders else ""
    return joined(head, tell, watch)


def told_load(result: Result) -> str:
    """Where the row is to be seen now."""
    told: dict[str, Any] = dict(result.summary)
    if result.findings:
        return joined(*(f"{found.message}。{found.suggestion}。" for found in result.findings))
    if not told["id"]:
        return f"“{told['form']}”已清空，可以填写新的事项。"
    after = "可以打印；修改后点【登记表单】更新这一行。"
    return joined(f"{told['id']} {short(told['title'], 30)} 已载入“{told['form']}”。", after)
