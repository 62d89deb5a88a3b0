"""拆分任务 and 排例会, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.summaries.forms import told_fault
from coordination_xl.addin.wording import counted, joined, listed, short, when
from coordination_xl.ledger.findings import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from coordination_xl.actions.results import Result

MOST_TASKS = 11
MOST_MEETINGS = 8


def told_proposed(result: Result, scope: str) -> str:
    """The tasks that would be written, and for which rows, before they are; ``""`` where there is nothing to write."""
    told: dict[str, Any] = dict(result.summary)
    coming = [each for each in told["proposed"] if each["status"] in {"新增", "更新"}]
    if not result.changes:
        return ""
    head = f"将写入任务跟踪表：{counted({key: told['counts'][key] for key in ('新增', '更新')}, '项')}。"
    return joined(scope, head, listed(coming, _task, MOST_TASKS), _refused(told["counts"]), "现在写入吗？")


def told_split(result: Result, scope: str = "") -> str:
    """What became of the tasks, or why there are none; for which rows, where no question has said so before."""
    told: dict[str, Any] = dict(result.summary)
    if not told["proposed"]:
        return joined(scope, "没有可以拆分的约定：协商结果、决议、措施都还没有写出任务。")
    faults = [found for found in result.findings if found.is_error]
    head = f"共 {len(told['proposed'])} 项任务：{counted(told['counts'], '项')}。"
    why = joined("没有写入的，原因和改法：", listed(faults, _told_source, 6, "处")) if faults else ""
    watch = [found for found in result.findings if not found.is_error]
    return joined(scope, head, why, f"另有 {len(watch)} 处提醒，请点【校验】查看。" if watch else "")


def told_recur(result: Result) -> str:
    """The meetings that were planned, and those that are not held."""
    told: dict[str, Any] = dict(result.summary)
    until = f"{told['until']:%Y-%m-%d}"
    if not told["meetings"]:
        head = f"没有要新排的会议（已排到 {until}）。"
    else:
        head = f"新排会议 {len(told['meetings'])} 次，排到 {until}："
    meetings = listed(
        told["meetings"], lambda each: f"{when(each['starts_at'])} {short(each['title'], 30)}", MOST_MEETINGS, "次"
    )
    dropped = f"整个周期放假、不开的 {len(told['dropped'])} 次。" if told["dropped"] else ""
    faults = joined("请留意：", listed(result.findings, told_fault, 3, "处")) if result.findings else ""
    return joined(head, meetings, dropped, faults)


def _task(each: Mapping[str, Any]) -> str:
    return short(f"{each['status']} {each['title']}｜{each['who']}｜{when(each['by']) or shown(each['by'])}")


def _told_source(found: Any) -> str:  # noqa: ANN401 - a finding; its own id says which agreement it is about
    return short(f"{found.id} {found.message}：{found.suggestion}", 90)


def _refused(counts: Mapping[str, int]) -> str:
    number = counts.get("拒绝", 0)
    return f"另有 {number} 项缺责任人或时限，不写入；写入后说明原因。" if number else ""
