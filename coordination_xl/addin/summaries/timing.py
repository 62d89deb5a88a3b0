"""校验, 刷新逾期 and 时限说明, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.wording import counted, joined, listed, short, when
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import faults, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from coordination_xl.actions.results import Result
    from coordination_xl.addin.marking.marks import Marked
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.timing.explained import ClockExplanation, Explanation

MOST_KINDS, MOST_WORST, MOST_MENDED, MOST_CLOCKS = 7, 6, 6, 4
_TITLES = {fault.code: fault.title for fault in (*faults.FAULTS, *refusals.REFUSALS)}


def told_mendable(result: Result) -> str:
    """What could be mended, before it is: how many cells, and the first of them."""
    cells = [
        (f"{result.sheets.get(change.table, change.table)} {record or f'第 {row} 行'}", change.header, old, new)
        for change in result.changes.columns
        for row, record, old, new in zip(change.rows, change.ids, change.old, change.new, strict=True)
    ]
    head = f"发现 {len(result.findings)} 个问题，其中 {len(cells)} 格只有一种改法："
    return joined(head, listed(cells, _mending, MOST_MENDED, "格"), "改动记入“修改记录”。现在一并改正吗？")


def _mending(cell: tuple[str, str, object, object]) -> str:
    row, header, old, new = cell
    return f"{row} {header}：{short(shown(old), 20)} → {short(shown(new), 20)}"


def told_check(result: Result, marked: Marked, mended: int) -> str:
    """How many findings of which kinds, where they are listed and painted."""
    fixed = f"已改正 {mended} 格，记入“修改记录”。" if mended else ""
    if not result.findings:
        return joined(fixed, "没有发现问题。")
    errors = sum(found.is_error for found in result.findings)
    head = f"发现错误 {errors} 处，提醒 {len(result.findings) - errors} 处："
    kinds: dict[tuple[bool, str], list[Finding]] = {}
    for found in result.findings:
        kinds.setdefault((not found.is_error, found.code), []).append(found)
    ranked = sorted(kinds.items(), key=lambda kind: (kind[0][0], -len(kind[1])))
    return joined(fixed, head, listed([each for _, each in ranked], _kind, MOST_KINDS, "种"), *_painted(marked))


def _kind(found: Sequence[Finding]) -> str:
    first = found[0]
    place = f"{first.sheet} {first.address}" if first.address else first.sheet
    return f"{first.severity} {_TITLES[first.code]} {len(found)} 处（首处 {place}）"


def _painted(marked: Marked) -> list[str]:
    lines = []
    if marked.count:
        rest = "" if marked.left else "逐条见“校验结果”。"
        lines.append(f"已标记 {marked.count} 格，底色和批注写明原因。{rest}")
    if marked.unnoted:
        lines.append(f"其中 {marked.unnoted} 格只有底色：那里已有批注，或 Excel 不接受批注。")
    if marked.left:
        lines.append(f"另有 {marked.left} 格没有标记，见“校验结果”。")
    if marked.protected:
        lines.append(f"工作表受保护、没有标记：{'、'.join(marked.protected)}。")
    return [*lines, "改好后再点【校验】，标记随之清除。"]


def told_refresh(result: Result) -> str:
    """The lights, and what is overdue longest."""
    told: dict[str, Any] = dict(result.summary)
    totals: dict[str, int] = {}
    for lights in told["lights"].values():
        for light, number in lights.items():
            totals[light] = totals.get(light, 0) + number
    head = f"预警灯：{counted(totals, '项') or '没有在办事项'}。"
    written = f"改写 {result.changes.cell_count} 格。" if result.changes else "各列都已是最新，没有改动。"
    worst = joined(f"逾期 {told['overdue']} 项，最久的是：", listed(told["worst"][:MOST_WORST], _worst, MOST_WORST))
    unsure = f"有 {len(result.findings)} 处到期时间落在没有官方节假日的年份，按暂定计算。" if result.findings else ""
    return joined(head, worst if told["overdue"] else "没有逾期事项。", unsure, written)


def _worst(each: Any) -> str:  # noqa: ANN401 - a row of the summary
    rung = f"，应催办到{each['rung']}" if each["rung"] else ""
    what = f"{each['id']} {short(each['title'], 18)}（{short(each['who'], 14)}）"
    return f"{what}{when(each['due'])}到期，逾期 {each['days']:g} 天{rung}"


def told_explanation(told: Explanation) -> str:
    """Why a row has its due time: its state, then each clock with what it counts and skips."""
    head = f"{told.id} {short(told.title, 30)}（状态：{told.state}）"
    late = f"，已逾期 {told.overdue_workdays} 个工作日" if told.overdue_workdays else ""
    late = late or (f"，已逾期 {told.overdue_hours:g} 小时" if told.overdue_hours else "")
    due = f"到期 {when(told.due)}{late}" if told.due else "没有到期时间"
    rung = f"；应催办到{told.escalation}" if told.escalation else ""
    paused = f"已挂账（自 {when(told.paused_at)} 起），挂账期间不计时。" if told.is_paused else ""
    away = f"现由谁办理：{told.answers}" if told.is_answering_away else ""
    risk = (
        f"重大风险（{when(told.risk.reported_at)} {told.risk.reporter}）：{short(told.risk.risk, 40)}"
        if told.risk
        else ""
    )
    clocks = [line for clock in told.clocks[:MOST_CLOCKS] for line in _clock(clock)]
    rest = len(told.clocks) - MOST_CLOCKS
    return joined(
        head,
        f"预警灯 {told.light or '（无）'}，{due}{rung}",
        paused,
        away,
        risk,
        *(clocks or ["没有适用的时限规则：请检查状态、起算时间和“时限规则”表。"]),
        f"…… 另有 {rest} 个时限" if rest > 0 else "",
    )


def _clock(clock: ClockExplanation) -> list[str]:
    amount = f"{abs(clock.amount):g} {'个工作日' if clock.unit == '工作日' else clock.unit}"
    way = f"之前 {amount}" if clock.amount < 0 else f"起 {amount}" if clock.amount else "当日"
    own = "（本事项的到期时间）" if clock.is_own else ""
    stands = "，已完成" if clock.done else "，已超时" if clock.is_late else ""
    lines = [
        f"· 规则 {clock.rule} {clock.title}{own}",
        f"    从“{clock.trigger}”{when(clock.start)} {way} → {when(clock.counted)}{stands}",
    ]
    if clock.extensions:
        last = clock.extensions[-1]
        number = f"（第 {last.number} 次延期，审批人{last.approver}）"
        lines.append(f"    原定 {when(clock.original)}，经批准延至 {when(last.due)}{number}")
    for title, is_worked in (("跳过", False), ("计入", True)):
        days = [f"{day.day:%m-%d}{day.reason}" for day in clock.days if day.is_workday is is_worked]
        if days:
            lines.append("    " + short(f"{title}：{'、'.join(days)}", 66))
    if clock.is_provisional:
        lines.append("    暂定：涉及的年份还没有官方节假日，按周一至周五计算。")
    return lines
