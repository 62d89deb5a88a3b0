"""The task grid of a form, line by line: one task, one person, one deadline; a hole names its cell. Source: SPEC B5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.ledger.date_texts import find_dates, read_date_text
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.relative_dates import find_relative
from coordination_xl.ledger.task_grids import from_cells, unwritable
from coordination_xl.rules.checks.agreements import AGREED, agreement_of, missing_of
from coordination_xl.schema import refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.task_grids import TaskLine
    from coordination_xl.schema.faults import Fault


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with one line of the grid.

    Attributes:
        cell: the last part of the cell's name: ``who3``.
        fault: what kind of thing is wrong.
        facts: what its words need.
    """

    cell: str
    fault: Fault
    facts: Mapping[str, object]


def line_faults(lines: Sequence[TaskLine], directory: Directory, *, is_due: bool) -> Iterator[LineFault]:
    """Every hole of a grid, and every cell that the ledger's texts cannot hold.

    Args:
        lines: the lines as printed, blank ones included; the last one may hold several tasks, one a line of its cells.
        directory: who is known.
        is_due: whether the agreement is owed by now; before that a hole is a reminder.
    """
    fault = refusals.TASK_LINE_FAULTY if is_due else refusals.TASK_LINE_OPEN
    for number, printed in enumerate(lines, start=1):
        several = from_cells((printed,)) if number == len(lines) else ()
        for line in several or (printed,):
            if line.is_blank:
                continue
            if part := unwritable(line):
                value = line.task if part == "task" else getattr(line, part)
                facts = {"number": number, "value": value}
                yield LineFault(f"{part}{number}", refusals.TASK_LINE_UNWRITABLE, facts)
                continue
            for part, problem in _holes(line, directory):
                yield LineFault(f"{part}{number}", fault, {"number": number, "task": line.task, "problem": problem})


def _holes(line: TaskLine, directory: Directory) -> Iterator[tuple[str, str]]:
    if not line.task:
        yield "task", "没有写任务名称"
    parties = read_parties(line.who, directory)
    if not parties:
        yield "who", "没有写责任人"
    elif len(parties) > 1:
        yield "who", f"的责任人不止一个：{line.who}"
    elif parties[0].person is None or parties[0].is_collective:
        yield "who", f"没有落实到一个人：{line.who}"
    if not line.by:
        yield "by", "没有写完成时限"
    elif not (read_date_text(line.by) or find_dates(line.by) or find_relative(line.by)):
        yield "by", f"的完成时限看不出日期：{line.by}"


def open_tasks(ledger: Ledger, row: int, directory: Directory) -> Iterator[tuple[str, str]]:
    """Agreed tasks of one row that lack their person or deadline, and what they lack.

    ``check`` finds these as errors from the state on in which the agreement is owed; this asks before.
    """
    agreed = AGREED.get(ledger.table.name)
    if agreed is None or not all(ledger.has(each) for each in (agreed, "responsible", "deadlines")):
        return
    for task in agreement_of(ledger, row, agreed, directory).tasks:
        if missing := missing_of(task):
            yield task.text, missing


def is_agreement_due(ledger: Ledger, row: int) -> bool:
    """Whether the row's state asks for 责任部门/人 and 完成时限."""
    life, since = ledger.table.life, ledger.table.column("responsible").required_from
    return bool(life and since and ledger["state"][row] in life.from_on(since))
