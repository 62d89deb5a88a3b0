"""``docs/workbook.md``: every sheet, column, word list, state and time limit, from the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema import FORMS, TABLES, Family, case_search, vocabulary
from coordination_xl.schema.forms import LOADED, TASK_CELLS, TaskGrid
from coordination_xl.schema.notices import NOTICES
from coordination_xl.schema.settings import SETTINGS_ROWS
from coordination_xl.schema.tables import BY_NAME
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.vocabulary import Vocabulary
from docs.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.schema import Column, Form, StateMachine, Table
    from coordination_xl.schema.notices import Notice

HEAD = """\
# The workbook

<!-- Written by `python -m docs.build` from coordination_xl/schema/. Do not edit by hand. -->

Every ledger is an Excel table with an ASCII name. Columns are found by header, never by position: you may reorder them,
add your own, filter, sort, colour, and add sheets. Full-width letters and spaces around a header do not matter; the other
headers listed below are recognised too.

*Filled by* says who writes a column. **program** columns are grey and rewritten by `refresh`. Cells of **you** are written only by
a verb that is asked to, such as `register` or `split`, and each such change is told on 修改记录.
*Required* says when a row must fill the column: **always** (drafts excepted), or from a state on.
"""

FAMILIES = {
    Family.LEDGER: "ledger: matters with a state, clocks and a light",
    Family.RECORD: "record: one row for each thing that happened",
    Family.BASE: "base data: what everything else rests on",
    Family.RESULT: "written by the program alone",
}


def workbook_page() -> str:
    """The whole page."""
    lines = [HEAD]
    lines += ["## Sheets with a table", ""]
    lines += table(
        ("Sheet", "Table", "Ids", "Kind", "Columns", "What"),
        (
            (
                f"[{each.sheet}](#{each.name.lower()}-{each.sheet})",
                code(each.name),
                code(f"{each.prefix}-2026-0001" if each.prefix else ""),
                each.family.value,
                str(len(each.columns)),
                each.note,
            )
            for each in TABLES
        ),
    )
    for each in TABLES:
        lines += _sheet(each)
    lines += ["## Forms", "", *_forms()]
    lines += ["## The search strip of 案例库", "", *_search()]
    lines += ["## Time limits", "", *_timers()]
    lines += ["## Notices", "", *_notices()]
    lines += ["## Settings", "", "The rows of 参数. Only 取值 is meant to be changed.", ""]
    lines += table(("参数", "取值", "说明"), ((row.key, row.value, row.meaning) for row in SETTINGS_ROWS))
    lines += ["## Word lists", "", *_vocabularies()]
    return "\n".join(lines).rstrip() + "\n"


def _sheet(each: Table) -> list[str]:
    lines = [
        f"## {each.name} {each.sheet}",
        "",
        f"{each.note}。",
        "",
        f"- {FAMILIES[each.family]}; source {_clause(each.source)}",
    ]
    if each.life:
        lines += _life(each, each.life)
    lines.append("")
    lines += table(
        ("Column", "Identifier", "Kind", "Filled by", "Required", "Words or ids", "Other headers", "Help", "Source"),
        (_column(column) for column in each.columns),
    )
    return lines


def _life(each: Table, life: StateMachine) -> list[str]:
    steps = "; ".join(f"{state} → {'、'.join(after)}" for state, after in life.steps.items() if after)
    lines = [f"- states: {steps}"]
    for name, states in (("drafts", life.drafts), ("paused", life.paused), ("finished", life.finished)):
        if states:
            lines.append(f"- {name}: {'、'.join(sorted(states, key=life.states.index))}")
    if each.opened_by and each.closed_by:
        opened, closed = each.column(each.opened_by).header, each.column(each.closed_by).header
        lines.append(f"- a matter begins at {opened} and ends at {closed}")
    if each.committed_from:
        lines.append(f"- its due time is a promise, kept as 原定时限, from {each.committed_from} on")
    return lines


def _column(column: Column) -> tuple[str, ...]:
    if column.vocabulary is not None:
        words = "、".join(column.vocabulary.words)
    else:
        words = "、".join(f"{BY_NAME[name].prefix}-…" for name in column.refers_to)
    required = "always" if column.required else f"from {column.required_from}" if column.required_from else ""
    if column.is_accountable:
        required = f"{required}, exactly one person".removeprefix(", ")
    return (
        column.header,
        code(column.identifier),
        column.kind.value,
        "program" if column.is_computed else "you",
        required,
        words,
        "、".join(column.aliases),
        column.help,
        _clause(column.source),
    )


def _forms() -> list[str]:
    lines = [
        "A4 pages. Each cell has a defined name: the form's name, `_`, the column's identifier.",
        f"The task grid's cells are {_grid_cells()} to `…{TaskGrid().lines}`; what does not fit shares the last line.",
        f"`…_{LOADED}`, beside the page, says which row the form was loaded from, and as it stood then.",
        "",
    ]
    return lines + table(
        ("Sheet", "Defined names", "Ledger", "Fields"),
        ((form.sheet, code(f"{form.name}_…"), BY_NAME[form.table].sheet, _fields(form)) for form in FORMS),
    )


def _grid_cells() -> str:
    return ", ".join(code(f"…_{part}1") for part, *_ in TASK_CELLS)


def _fields(form: Form) -> str:
    columns = BY_NAME[form.table].by_identifier
    stages = []
    for stage in form.stages:
        fields = []
        for line in stage.lines:
            if isinstance(line, TaskGrid):
                fields.append(f"任务表（{line.lines} 行：{'、'.join(line.heading[1:])}）")
            else:
                fields += [columns[field.identifier].header for field in line.fields]
        stages.append(f"{stage.label}：{'、'.join(fields)}")
    return "\n".join(stages)


def _search() -> list[str]:
    columns = "、".join(BY_NAME["Cases"].column(identifier).header for identifier in case_search.FIELDS)
    return [
        f"Two cells above the table: {code(case_search.DEPARTMENT)}, a department or a part of its name, and",
        f"{code(case_search.WORDS)}, up to {case_search.MOST_WORDS} words with blanks between. Cases that have all of it are",
        f"marked and the others grey, by conditional formats alone. Words are looked for in {columns}.",
        "",
    ]


def _timers() -> list[str]:
    lines = [
        "The rows of 时限规则 in a new workbook. Every number of the mechanism stands here and nowhere in code: change a row,",
        "and the next `refresh` counts by it. 启用 is 是 for all; 依据 is the clause, the rule's number without its suffix.",
        "",
    ]
    headers = (
        *("规则编号", "规则名称", "适用台账", "类型", "适用状态", "紧急程度", "适用条件"),
        *("起算列", "完成列", "时限", "目标角色", "升级阶梯", "备注"),
    )
    return lines + table(
        headers,
        (
            (
                row.rule, row.title, row.table, row.kind, row.states, row.urgency, code(row.condition),
                row.trigger, row.stop, f"{row.amount:g} {row.unit}", row.target, row.ladder, row.remarks,
            )
            for row in TIMERS
        ),
    )  # fmt: skip


def _notices() -> list[str]:
    lines = [
        "The fourteen kinds. 时限版本 is made of the columns named; when one of them changes, the notice is due anew. Of those",
        "that remind, a clock makes them due, and the rung says who gets them; 周报 is due once a week. The rest is in",
        "[SPEC.md](SPEC.md#notices).",
        "",
    ]
    headers = ("Kind", "About", "Due in", "Came up", "时限版本", "主送", "抄送", "要求答复", "Source")
    return lines + table(headers, map(_notice, NOTICES))


def _notice(notice: Notice) -> tuple[str, ...]:
    tables = [BY_NAME[name] for name in notice.tables]
    due = "a clock" if notice.is_reminder else "、".join(notice.states) or "each week"
    return (
        notice.kind,
        "、".join(each.sheet for each in tables),
        due,
        _headers(tables, (notice.moment,)),
        "rule and due time" if notice.is_reminder else _headers(tables, notice.version) or "the week",
        "、".join(notice.to),
        "、".join(notice.copies),
        notice.answer,
        _clause(notice.source),
    )


def _headers(tables: Sequence[Table], identifiers: Sequence[str]) -> str:
    """What the columns are called, each name once."""
    found = (each.by_identifier[name].header for name in identifiers if name for each in tables)
    return "、".join(dict.fromkeys(found))


def _vocabularies() -> list[str]:
    words = {name: value for name, value in vars(vocabulary).items() if isinstance(value, Vocabulary)}
    lines = ["Other spellings are reported as `synonym`; `check --fix` replaces them.", ""]
    return lines + table(
        ("List", "Words", "Other spellings"),
        (
            (code(name), "、".join(each.words), "、".join(f"{typed}→{word}" for typed, word in each.synonyms.items()))
            for name, each in words.items()
        ),
    )


def _clause(source: str) -> str:
    return source.replace("SPEC ", "")
