"""What registering a form comes to: a new row, or changes of its row; or why it is refused. Source: SPEC section 3, B3."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordination_xl.errors import UsageError
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.form_pages import (
    column_of,
    differing_columns,
    filled_lines,
    fingerprint,
    grid_texts,
    page_of,
    said,
)
from coordination_xl.ledger.task_grids import write_task_lines
from coordination_xl.rules.forms.task_lines import line_faults
from coordination_xl.rules.forms.versions import REOPENED, is_new_version, next_version
from coordination_xl.rules.numbering import new_ids
from coordination_xl.schema import refusals
from coordination_xl.schema.forms import DEFAULTS, EMERGENCY_FORM, MINUTES_FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from coordination_xl.actions.forms.sheets import FormSheet
    from coordination_xl.ledger.collection import Ledgers
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.task_grids import Texts

MINUTES_STATES = ("已召开", "纪要待审")
"""States of a meeting in which its minutes are registered; they are in the second afterwards."""


@dataclass(frozen=True)
class Registration:
    """What registering a form would write into its ledger.

    Attributes:
        record: the id.
        row: sheet row; None for a new one.
        values: identifier → value, of the cells that change, or of the new row.
        is_version: whether it is a new version of a coordination.
        refused: why nothing is written.
    """

    record: str
    row: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    is_version: bool = False
    refused: tuple[Finding, ...] = ()


def new_row(sheet: FormSheet, ledgers: Ledgers, directory: Directory, now: datetime) -> Registration:
    """A form without an id as a new row, submitted at once: in the first state that is no draft.

    Raises:
        RuleError: 编号格式 in 参数 cannot be understood.
    """
    form, table = sheet.form, sheet.table
    ledger = ledgers[table.name]
    if form is MINUTES_FORM:
        return Registration("", refused=(sheet.finding(refusals.FORM_WITHOUT_ID, "id"),))
    if sheet.is_blank:
        return Registration("", refused=(sheet.finding(refusals.FORM_BLANK, "title"),))
    filled = {column_of(form, cell) for cell, value in sheet.page.items() if value is not None}
    values, refused = _values(sheet, ledger, filled - {"id"}, ("", "", ""), directory)
    values["confidentiality"] = values.get("confidentiality") or DEFAULTS["confidentiality"]
    if form.has_version:
        values["version"] = DEFAULTS["version"]
    if form.date == table.opened_by:
        values.setdefault(form.date, now)
    values["state"] = _submitted(sheet, values)
    (values["id"],) = new_ids(ledgers, table, now.year, 1)
    return Registration(str(values["id"]), None, values, refused=refused)


def _submitted(sheet: FormSheet, values: Mapping[str, object]) -> str:
    life = sheet.table.life
    states = [state for state in life.states if state not in life.drafts] if life else [""]
    return states[1] if sheet.form is EMERGENCY_FORM and values.get("reported_at") else states[0]


def known_row(sheet: FormSheet, ledgers: Ledgers, directory: Directory) -> Registration:
    """A form with an id as changes of its row; none where the row says all of it already.

    Cells of the head that are blank keep what the row has: nobody means to blank the day on which a matter began.
    """
    form, record = sheet.form, sheet.record
    ledger = ledgers[form.table]
    rows = ledger.rows[ledger.ids == record]
    if not len(rows):
        found = sheet.finding(refusals.UNKNOWN_FORM_ID, "id", ledger=ledger.sheet)
        return Registration(record, refused=(found,))
    row = int(rows[0])
    stands = page_of(ledger, row, form)
    changed = dict.fromkeys(
        column_of(form, cell)
        for cell, value in sheet.page.items()
        if not (cell in {"id", "version"} or sheet.is_computed(cell) or (value is None and cell in form.head))
        and said(stands.get(cell)) != said(value)
    )
    state = _stepped(sheet, ledger, row)
    refused = tuple(_not_for_state(sheet, ledger, row, changed))
    if not refused and (changed or state):
        refused = tuple(_overlapping(sheet, ledger, row, fingerprint(form, stands)))
    if refused or not (changed or state):
        return Registration(record, row, refused=refused)
    typed = grid_texts(ledger, row, form.grid) if form.grid else ("", "", "")
    values, refused = _values(sheet, ledger, changed, typed, directory)
    is_version = is_new_version(ledger, row, changed)
    if is_version:
        values |= {"version": next_version(ledger, row), "state": REOPENED, "agreed_at": None, "done_at": None}
    return Registration(record, row, values | ({"state": state} if state else {}), is_version, refused)


def _stepped(sheet: FormSheet, ledger: Ledger, row: int) -> str:
    """The state that registering leads to; ``""`` where it leads to none."""
    state = ledger["state"][row]
    if sheet.form is MINUTES_FORM and state == MINUTES_STATES[0]:
        return MINUTES_STATES[1]
    life = sheet.table.life
    if sheet.form is EMERGENCY_FORM and life is not None and state == life.states[0]:
        is_reported = bool(said(sheet.cells.get("reported_at")) or said(ledger.typed_at(row, "reported_at")))
        return life.states[1] if is_reported else ""
    return ""


def _not_for_state(sheet: FormSheet, ledger: Ledger, row: int, changed: Iterable[str]) -> Iterator[Finding]:
    """Minutes of a meeting that is not just over, and changes of what is archived."""
    life, state = sheet.table.life, str(ledger["state"][row])
    if life is None:
        return
    if sheet.form is MINUTES_FORM:
        allowed: tuple[str, ...] = MINUTES_STATES
        is_refused = state not in allowed and (any(changed) or state not in life.from_on(MINUTES_STATES[1]))
    else:
        allowed = life.states[:-1]
        is_refused = state not in allowed and any(changed)
    if is_refused:
        facts = {"record": sheet.record, "state": state or "（空）", "allowed": "、".join(allowed)}
        yield sheet.finding(refusals.FORM_NOT_FOR_STATE, "id", **facts)


def _overlapping(sheet: FormSheet, ledger: Ledger, row: int, code: str) -> Iterator[Finding]:
    """A form that was not filled from the row as it stands: what others wrote meanwhile would be lost."""
    if sheet.mark_text is None:  # the workbook is older than marks
        return
    mark = sheet.mark
    if mark is None or mark.record != sheet.record:
        yield sheet.finding(refusals.FORM_NOT_LOADED, "id", value=sheet.record, ledger=ledger.sheet, row=row)
    elif mark.code != code:
        columns = differing_columns(sheet.form, mark.code, code)
        told = "、".join(ledger.headers.get(each, sheet.table.column(each).header) for each in columns)
        yield sheet.finding(refusals.FORM_STALE, "id", value=sheet.record, ledger=ledger.sheet, columns=told)


def _values(
    sheet: FormSheet, ledger: Ledger, columns: Iterable[str], typed: Texts, directory: Directory
) -> tuple[dict[str, object], tuple[Finding, ...]]:
    """What the form says of these columns, the task grid as texts; and why some of it cannot be written."""
    grid = sheet.form.grid
    in_grid = grid.columns if grid else ()
    wanted = set(columns)
    values: dict[str, object] = {
        each: sheet.cells.get(each) for each in sheet.form.columns if each in wanted - set(in_grid)
    }
    refused: list[Finding] = []
    if grid and wanted & set(in_grid):
        try:
            texts = write_task_lines(filled_lines(sheet.cells, grid), typed)
        except UsageError:
            refused += _unwritable(sheet, directory)
        else:
            values |= {each: text for each, text, old in zip(in_grid, texts, typed, strict=True) if text != old}
    for each in sheet.form.columns:
        if shown(values.get(each)) and not ledger.has(each) and (cell := sheet.cell_of(each)):
            header = sheet.table.column(each).header
            refused.append(sheet.finding(refusals.FORM_COLUMN_MISSING, cell, ledger=ledger.sheet, header=header))
    return values, tuple(refused)


def _unwritable(sheet: FormSheet, directory: Directory) -> Iterator[Finding]:
    faults = [
        sheet.finding(each.fault, each.cell, **each.facts)
        for each in line_faults(sheet.lines, directory, is_due=False)
        if each.fault is refusals.TASK_LINE_UNWRITABLE
    ]
    yield from faults or [sheet.finding(refusals.TASK_LINE_UNWRITABLE, "task1", number=1)]
