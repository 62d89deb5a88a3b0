"""The task grid of a form and the multi-part texts of a ledger row: one line a task, both ways without loss.

A line has four cells: task, person, deadline, acceptance standard. The ledger holds them as three texts of parts, each part
labelled by its task: ``用户画像：市场部*专员；数据分析：…``. Source: SPEC section 3, B5.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.errors import UsageError
from coordination_xl.ledger.folding import trim
from coordination_xl.ledger.parts import Part, read_parts, write_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Texts = tuple[str, str, str]
"""责任部门/人, 完成时限, 验收标准 of one row."""
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One line of the grid; blank cells are ``""``."""

    task: str = ""
    who: str = ""
    by: str = ""
    standard: str = ""

    @property
    def contents(self) -> Texts:
        """The cells beside the task, in the order of the ledger's columns."""
        return self.who, self.by, self.standard

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(astuple(self))


def read_task_lines(texts: Texts) -> tuple[TaskLine, ...]:
    """The lines that the texts of a row come to, none of them blank.

    Parts of one label are one line (the second part of a label and the second of the same label in another text are another
    one). Where every part has a list number, parts of one number are one line. Parts without a label stand beside the
    labelled ones where there are as many; else on lines of their own, first beside first.
    """
    columns = [read_parts(text) for text in texts]
    lines = _by_number(columns)
    return tuple(TaskLine(*line) for line in (_by_label(columns) if lines is None else lines))


def write_task_lines(lines: Sequence[TaskLine], typed: Texts = ("", "", "")) -> Texts:
    """The texts that :func:`read_task_lines` reads back as these lines.

    Args:
        lines: the grid; blank lines are left out.
        typed: the texts as they stand. One that says already what its column of the grid says is given back as typed.

    Raises:
        UsageError: no such texts exist; :func:`unwritable` tells why where it is one cell's fault.
    """
    wanted = tuple(line for line in lines if not line.is_blank)
    if wanted == read_task_lines(typed):
        return typed
    written = _written(wanted)
    standing = read_task_lines(typed)
    kept = [
        old if _said(standing, column) == _said(wanted, column) else new
        for column, (old, new) in enumerate(zip(typed, written, strict=True))
    ]
    texts = (kept[0], kept[1], kept[2])
    return texts if read_task_lines(texts) == wanted else written


def unwritable(line: TaskLine) -> str:
    """Which cell of a line no text can hold: ``task``, ``who``, ``by``, ``standard``; ``""`` where there is none.

    A task's name is at most 30 characters, without comma, full stop, semicolon, colon or dash.
    """
    for name, content in zip(("who", "by", "standard"), line.contents, strict=True):
        if content and not _is_writable(Part(1, line.task, content)):
            is_task = bool(line.task) and not _is_writable(Part(1, line.task, "甲"))
            return "task" if is_task else name
    return "task" if line.task and not _is_writable(Part(1, line.task, "")) else ""


def into_cells(lines: Sequence[TaskLine], room: int) -> tuple[TaskLine, ...]:
    """The lines of a grid of ``room`` lines: the last takes the rest, one a line within each of its cells."""
    if len(lines) <= room:
        return (*lines, *(TaskLine() for _ in range(room - len(lines))))
    rest = zip(*(map(_on_one_line, astuple(line)) for line in lines[room - 1 :]), strict=True)
    return (*lines[: room - 1], TaskLine(*("\n".join(cells) if any(cells) else "" for cells in rest)))


def from_cells(cells: Sequence[TaskLine]) -> tuple[TaskLine, ...]:
    """The lines of a grid that :func:`into_cells` laid out or somebody filled in, blank ones left out."""
    *first, last = cells
    columns = [cell.split("\n") for cell in astuple(last)]
    most = max(map(len, columns))
    rest = zip(*([*column, *[""] * (most - len(column))] for column in columns), strict=True)
    lines = (*first, *(TaskLine(*map(trim, line)) for line in rest))
    return tuple(line for line in lines if not line.is_blank)


def _on_one_line(cell: str) -> str:
    return "；".join(cell.splitlines())


def _said(lines: Iterable[TaskLine], column: int) -> list[tuple[str, str]]:
    """What one column says, each content under its task."""
    return [(line.task, line.contents[column]) for line in lines if line.contents[column]]


def _is_writable(part: Part) -> bool:
    try:
        write_parts((part,))
    except UsageError:
        return False
    return True


def _by_number(columns: Sequence[tuple[Part, ...]]) -> list[list[str]] | None:
    """The lines where the list numbers tell them apart; None where they do not."""
    lines: dict[int, list[str]] = {}
    for column, parts in enumerate(columns, start=1):
        numbers = [part.number for part in parts]
        if None in numbers or len(set(numbers)) != len(numbers):
            return None
        for part in parts:
            line = lines.setdefault(part.number or 0, [""] * (_COLUMNS + 1))
            if part.label and line[0] and part.label != line[0]:
                return None
            line[0] = line[0] or part.label
            line[column] = part.text
    return [lines[number] for number in sorted(lines)]


def _by_label(columns: Sequence[tuple[Part, ...]]) -> list[list[str]]:
    """The lines where the labels tell them apart."""
    lines: list[list[str]] = []
    labelled: dict[tuple[str, int], list[str]] = {}
    for column, parts in enumerate(columns, start=1):
        seen: Counter[str] = Counter()
        before = 0
        for part in parts:
            if not part.label:
                continue
            key = (part.label, seen[part.label])
            seen[part.label] += 1
            if key not in labelled:
                labelled[key] = [part.label, *[""] * _COLUMNS]
                lines.insert(before, labelled[key])
            labelled[key][column] = part.text
            before = next(place for place, line in enumerate(lines) if line is labelled[key]) + 1
    unlabelled: list[list[str]] = []
    for column, parts in enumerate(columns, start=1):
        contents = [part.text for part in parts if not part.label]
        is_beside = len(contents) == len(parts) == len(lines)
        if not is_beside:
            unlabelled += [[""] * (_COLUMNS + 1) for _ in range(len(contents) - len(unlabelled))]
        for line, content in zip(lines if is_beside else unlabelled, contents, strict=False):
            line[column] = content
    return [line for line in (*lines, *unlabelled) if any(line)]


def _written(lines: Sequence[TaskLine]) -> Texts:
    """The texts, plainly if that reads back as these lines, else with list numbers."""
    fault: UsageError | None = None
    for is_numbered in (False, True):
        try:
            texts = (
                write_parts(_parts(lines, 0, is_numbered=is_numbered)),
                write_parts(_parts(lines, 1, is_numbered=is_numbered)),
                write_parts(_parts(lines, 2, is_numbered=is_numbered)),
            )
        except UsageError as error:
            fault = error
            continue
        if read_task_lines(texts) == tuple(lines):
            return texts
    raise fault or UsageError("任务表", "写进台账后会被读成另外的样子", "请写明每项任务的名称")


def _parts(lines: Sequence[TaskLine], column: int, *, is_numbered: bool) -> list[Part]:
    """One column. The first names every task; a blank beside a name that comes twice keeps the second one's place."""
    names = Counter(line.task for line in lines)
    parts = []
    for number, line in enumerate(lines, start=1):
        content = line.contents[column]
        is_named = bool(line.task) and (column == 0 or names[line.task] > 1)
        if content or is_named:
            parts.append(Part(number if is_numbered else None, line.task, content))
    if column and not any(part.text for part in parts):
        return []
    return parts
