"""What a person reads in a terminal: tables with colour there, plain lines in a pipe."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coordination_xl.books import ColumnAdded, NamesAdded, SheetAdded, TableAdded
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import BY_NAME, faults, refusals
from coordination_xl.schema.blocks import label_of, sheet_of
from coordination_xl.schema.tables import AUDIT
from coordination_xl.schema.vocabulary import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from coordination_xl.actions.results import Result
    from coordination_xl.books import ChangeSet, RowsAdded
    from coordination_xl.books.structure import Addition
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.rules.timing.explained import ClockExplanation, Explanation, ExtensionStep

LIGHT_STYLES = {
    "红": "bold white on #b3261e",
    "黄": "bold #5a4100 on #ffe3a3",
    "蓝": "#174e86 on #d9e8f7",
    "绿": "#1f6b4c",
    "灰": "#6b7682",
}
LIGHT_SYMBOLS = {"红": "▲", "黄": "◆", "蓝": "●", "绿": "○", "灰": "－"}
_TITLES = {fault.code: fault.title for fault in (*faults.FAULTS, *refusals.REFUSALS)}
MOST_CHANGES = 40
"""Lines of a dry run's diff that a terminal shows; ``--json`` has them all."""


def show_table(console: Console, title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One table: drawn in a terminal, aligned columns in a pipe."""
    listed = [[cell if isinstance(cell, Text) else Text(printable(shown(cell))) for cell in row] for row in rows]
    if not console.is_terminal:
        _show_plain(console, title, headers, [[str(cell) for cell in row] for row in listed])
        return
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", border_style="#8795a5")
    for place, header in enumerate(headers):
        is_number = all(str(row[place]).isdigit() for row in listed)
        table.add_column(header, justify="right" if is_number else "left", overflow="fold")
    for row in listed:
        table.add_row(*row)
    console.print(table)


def _show_plain(console: Console, title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [list(headers), *([" ".join(cell.splitlines()) for cell in row] for row in rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(headers))]
    console.out(f"\n{title}", highlight=False)
    for line in lines:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        console.out("  ".join(padded).rstrip(), highlight=False)


def _width(text: str) -> int:
    """Columns a terminal needs: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def near(path: Path) -> str:
    """A path as a person would type it here: relative, where it is below the present folder."""
    here = Path.cwd().resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def printable(text: str) -> str:
    """Text of a cell without the control characters by which it could command the terminal."""
    return "".join(letter if letter == "\n" or unicodedata.category(letter) != "Cc" else " " for letter in text)


def light_text(light: str) -> Text:
    """A light with its symbol, so that it reads without colour."""
    return Text(f"{LIGHT_SYMBOLS.get(light, ' ')} {light}", style=LIGHT_STYLES.get(light, ""))


def show_kinds(console: Console, result: Result) -> None:
    """Findings by kind, with the first place of each."""
    if not result.findings:
        console.print("没有发现问题。")
        return
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for found in result.findings:
        kinds.setdefault((found.severity, found.code), []).append(found)
    rows = [
        (severity, _TITLES[code], len(each), _place(each[0]), each[0].id)
        for (severity, code), each in sorted(
            kinds.items(), key=lambda kind: (kind[0][0] != faults.ERROR, -len(kind[1]))
        )
    ]
    title = f"校验发现 {len(result.findings)} 个问题"
    show_table(console, title, ("级别", "问题", "个数", "第一处", "编号"), rows)


def show_findings(console: Console, result: Result) -> None:
    """Every finding with its cell."""
    rows = [(found.severity, _place(found), found.id, found.message, found.suggestion) for found in result.findings]
    if rows:
        show_table(console, "逐条说明", ("级别", "单元格", "编号", "问题", "建议"), rows)


def _place(found: Finding) -> str:
    """The cell of a finding; the sheet alone, where it is about no cell."""
    return f"{found.sheet}!{found.address}" if found.address else found.sheet


def show_lights(console: Console, result: Result) -> None:
    """Lights by ledger."""
    lights = result.summary.get("lights")
    if isinstance(lights, dict):
        headers = ("台账", *(light_text(light).plain for light in LIGHT.words))
        rows = [(sheet, *(_count(light, number) for light, number in each.items())) for sheet, each in lights.items()]
        show_table(console, "预警灯", headers, rows)


def _count(light: str, number: int) -> Text:
    """How many matters have a light, in its colour where there are any."""
    return Text(str(number), style=LIGHT_STYLES[light] if number else "dim")


def show_worst(console: Console, result: Result) -> None:
    """The matters that are overdue longest."""
    worst = result.summary.get("worst")
    if isinstance(worst, list) and worst:
        rows = [
            (light_text("红"), w["id"], w["title"], w["who"], w["due"], f"{w['days']:g} 天", w["rung"] or "")
            for w in worst
        ]
        headers = ("灯", "编号", "事项", "责任人", "到期", "逾期", "升级至")
        show_table(console, f"逾期最久（共 {result.summary['overdue']} 项逾期）", headers, rows)


def show_changes(console: Console, result: Result) -> None:
    """What is, or would be, written: first lines of the diff, and how many there are."""
    changes = result.changes
    lines = list(_diff(changes, result))
    if not lines:
        console.print("没有需要改动的单元格。")
        return
    shown_lines = lines[:MOST_CHANGES]
    show_table(console, "改动", ("工作表", "编号", "列", "原值", "新值"), shown_lines)
    if len(lines) > len(shown_lines):
        console.print(f"…… 另有 {len(lines) - len(shown_lines)} 处改动；全部改动请用 --json 查看。")


def show_mended(console: Console, result: Result) -> None:
    """The changes of ``check --fix``; nothing where it mended nothing."""
    if result.summary["mended"]:
        show_changes(console, result)


def _diff(changes: ChangeSet, result: Result) -> Iterable[tuple[str, str, str, str, str]]:
    for change in changes.columns:
        sheet = result.sheets.get(change.table, change.table)
        for record, old, new in zip(change.ids, change.old, change.new, strict=True):
            yield sheet, str(record), change.header, shown(old), shown(new)
    for block in changes.blocks:
        sheet = sheet_of(block.name)
        if len(block.old) == 1:
            yield sheet, "", label_of(block.name), shown(block.old[0]), shown(block.new[0])
        else:
            yield sheet, "", block.name, f"{len(block.old)} 格", "更新"
    for addition in changes.structure:
        yield from _new_structure(addition, result)
    for rows in changes.added:
        yield from _new_rows(rows)
    for file in result.files:
        if not file.is_there:
            yield "（文件）", "", "", "", near(file.path)
    for body in changes.replaced:
        yield BY_NAME[body.table].sheet, "", "", "", f"重写为 {body.height} 行"


def _new_structure(addition: Addition, result: Result) -> Iterable[tuple[str, str, str, str, str]]:
    """One line for each sheet, table, column and name that comes in."""
    match addition:
        case SheetAdded():
            yield addition.sheet, "", "", "", "新增工作表"
        case TableAdded():
            yield addition.grid.sheet, "", "", "", f"新增表格 {addition.grid.table}"
        case ColumnAdded():
            yield result.sheets.get(addition.table, addition.table), "", addition.header, "", "新增一列"
        case NamesAdded():
            for each in addition.names:
                yield addition.sheet, "", each.name, "", f"新增名称 {each.address}"


def _new_rows(rows: RowsAdded) -> Iterable[tuple[str, str, str, str, str]]:
    """One line for each new row with its name; the rows of 修改记录 are only counted."""
    table = BY_NAME[rows.table]
    cells = dict(zip(rows.headers, rows.columns, strict=True))
    name = table.name_column
    if table is AUDIT or name is None or name.header not in cells:
        yield table.sheet, "", "", "", f"增加 {rows.height} 行"
        return
    identity = table.id_column
    ids = cells.get(identity.header) if identity else None
    for place, title in enumerate(cells[name.header]):
        yield table.sheet, "" if ids is None else shown(ids[place]), "新增一行", "", shown(title)


def show_explanation(console: Console, explanation: Explanation) -> None:
    """Why a row has its due time, in sentences."""
    head = (
        f"{explanation.id} {explanation.title}（{explanation.sheet}第 {explanation.row} 行，状态：{explanation.state}）"
    )
    console.print(Text(printable(head), style="bold"))
    line = Text("预警灯 ")
    line.append_text(light_text(explanation.light) if explanation.light else Text("（无）"))
    if explanation.due:
        line.append(f"  到期 {shown(explanation.due)}")
    if explanation.overdue_workdays:
        line.append(f"  已逾期 {explanation.overdue_workdays} 个工作日")
    if explanation.overdue_hours:
        line.append(f"  已逾期 {explanation.overdue_hours:g} 小时")
    if explanation.escalation:
        line.append(f"  应催办到：{explanation.escalation}")
    console.print(line)
    if explanation.is_answering_away:
        console.print(Text(printable(f"现由谁办理：{explanation.answers}")))
    if risk := explanation.risk:
        told = f"重大风险（{shown(risk.reported_at)} {risk.reporter}反馈于 {risk.source}）：{risk.risk or '未写说明'}"
        console.print(Text(printable(told)))
    if explanation.is_paused:
        console.print(f"已挂账（自 {shown(explanation.paused_at)} 起），挂账期间不计时。")
    if not explanation.clocks:
        console.print("没有适用的时限规则：请检查状态、起算时间和时限规则表。")
    for clock in explanation.clocks:
        for sentence in clock_sentences(clock):
            console.print(Text(printable(sentence)))


def _extension_words(step: ExtensionStep) -> str:
    name = step.id or f"延期申请第 {step.row} 行"
    return f"经 {name} 批准延至 {shown(step.due)}（审批人{step.approver}，第{step.number}次延期）"


def clock_sentences(clock: ClockExplanation) -> list[str]:
    """One clock in sentences: the rule, the sum, the days skipped, how it stands."""
    amount = f"{abs(clock.amount):g} {'个工作日' if clock.unit == '工作日' else clock.unit}"
    way = f"之前 {amount}" if clock.amount < 0 else f"起 {amount}" if clock.amount else "当日"
    own = "（本事项的到期时间）" if clock.is_own else ""
    lines = [
        f"· 规则 {clock.rule}“{clock.title}”[{clock.kind}，依据 {clock.basis}]{own}",
        f"    从“{clock.trigger}”{shown(clock.start)} {way} → {shown(clock.counted)}",
    ]
    if clock.extensions:
        steps = "，".join(_extension_words(step) for step in clock.extensions)
        lines.append(f"    原定 {shown(clock.original)}，{steps}")
    skipped = [day for day in clock.days if not day.is_workday]
    worked = [day for day in clock.days if day.is_workday]
    if skipped:
        lines.append("    跳过：" + "、".join(f"{day.day:%m-%d}{day.reason}" for day in skipped))
    if worked:
        lines.append("    计入：" + "、".join(f"{day.day:%m-%d}{day.reason}" for day in worked))
    if clock.is_provisional:
        lines.append("    暂定：涉及的年份还没有官方节假日，按周一至周五计算。")
    if clock.done:
        lines.append(f"    已于 {shown(clock.done)} 完成{'，晚于时限' if clock.done > clock.due else ''}。")
    elif clock.is_late:
        lines.append("    已经超过时限。")
    return lines
