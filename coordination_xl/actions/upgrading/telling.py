"""An upgrade in words: rows of 修改记录, findings, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.actions.changing.audit import ADDED
from coordination_xl.actions.upgrading.naming import label, loss
from coordination_xl.books.addresses import Area, cell_address
from coordination_xl.ledger.findings import Finding, quoted, shown
from coordination_xl.schema import BY_NAME, BY_SHEET, FORMS, dashboard, refusals
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.versions import BOARD_SINCE, CURRENT, REWORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coordination_xl.actions.upgrading.additions import Additions
    from coordination_xl.books import ColumnChange, RowsAdded
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.grid import Grid
    from coordination_xl.schema.faults import Fault

_FORM_SHEETS = frozenset(form.sheet for form in FORMS)
SHEET, TABLE, COLUMN, NAME = "新增工作表", "新增表格", "新增一列", "新增名称"
"""What 列 of 修改记录 says of each."""


def records_of(added: Additions, sheets: Mapping[str, str]) -> list[Mapping[str, object]]:
    """One record of 修改记录 for each sheet, table, column and name, without time and person."""
    told = [(each.sheet, SHEET, each.sheet) for each in added.sheets]
    told += [(each.grid.sheet, TABLE, each.grid.table) for each in added.tables]
    told += [(sheets[each.table], COLUMN, each.header) for each in added.columns]
    told += [(each.sheet, NAME, f"{label(name.name)}（{name.address}）") for each in added.names for name in each.names]
    return [{"sheet": sheet, "header": what, "new": new} for sheet, what, new in told]


def records_of_rows(
    rows: Iterable[RowsAdded], versions: Iterable[ColumnChange], sheets: Mapping[str, str]
) -> list[Mapping[str, object]]:
    """One for each new row, and for 工作簿版本."""
    records: list[Mapping[str, object]] = [
        {"sheet": sheets[each.table], "header": ADDED, "new": key} for each in rows for key in each.columns[0]
    ]
    for change in versions:
        records += [
            {"sheet": sheets[change.table], "header": change.header, "old": shown(old), "new": shown(new)}
            for old, new in zip(change.old, change.new, strict=True)
        ]
    return records


def summary_of(
    added: Additions, sheets: Mapping[str, str], rows: Sequence[RowsAdded], version: int | None
) -> dict[str, object]:
    """What comes in, for people and scripts."""
    by_table = {each.table: [str(key) for key in each.columns[0]] for each in rows}
    return {
        "from_version": version,
        "to_version": CURRENT,
        "sheets": [each.sheet for each in added.sheets],
        "tables": [{"sheet": each.grid.sheet, "table": each.grid.table} for each in added.tables],
        "columns": [
            {"sheet": sheets[each.table], "table": each.table, "column": each.header} for each in added.columns
        ],
        "names": [
            {"sheet": each.sheet, "address": name.address, "name": name.name, "label": label(name.name)}
            for each in added.names
            for name in each.names
        ],
        "settings": by_table.get("Settings", []),
        "rules": by_table.get("Rules", []),
    }


def findings_of(
    added: Additions,
    rules: Ledger,
    sheets: Mapping[str, str],
    version: int | None,
    *,
    is_changed: bool,
) -> tuple[Finding, ...]:
    """What was lost and came back blank, what could not be added, what is older than in a new workbook and was left alone."""
    if not is_changed and not added.unnamed and not added.replaced:
        return ()
    found = [*_blank_again(added, sheets, version), *_unnamed(added)]
    found += [_finding(refusals.SHEET_NOT_ADDED, sheet, value=sheet) for sheet in added.replaced]
    if version is None or version < CURRENT:
        found += _old_rules(rules, version)
    has_old_board = version is not None and version < BOARD_SINCE
    if has_old_board and dashboard.SHEET not in {*added.replaced, *(each.sheet for each in added.sheets)}:
        found.append(_finding(refusals.OLD_BOARD, dashboard.SHEET))
    return tuple(found)


def _blank_again(added: Additions, sheets: Mapping[str, str], version: int | None) -> Iterator[Finding]:
    for sheet in added.sheets:
        table = BY_SHEET.get(sheet.model_sheet)
        if table or sheet.model_sheet in _FORM_SHEETS:  # nobody writes on the others
            name = table.name if table else ""
            yield _finding(refusals.SHEET_WAS_DELETED, sheet.sheet, table=name, value=sheet.sheet)
    for each in added.tables:
        yield _rebuilt(each.grid)
    for column in added.columns:
        known = BY_NAME[column.table].by_header[column.header]
        if version is not None and known.since <= version:
            yield _finding(
                refusals.COLUMN_WAS_LOST, sheets[column.table], table=column.table, column=column.header,
                header=column.header,
            )  # fmt: skip


def _rebuilt(grid: Grid) -> Finding:
    last = grid.first_column + len(grid.header) - 1
    area = Area(grid.first_row - 1, grid.first_column, grid.first_row + grid.height - 1, last)
    return _finding(
        refusals.TABLE_WAS_UNDONE, grid.sheet, table=grid.table, row=area.top,
        address=cell_address(area.top, area.left), value=grid.sheet, area=str(area), count=grid.height,
    )  # fmt: skip


def _unnamed(added: Additions) -> Iterator[Finding]:
    for each in added.unnamed:
        yield _finding(
            refusals.NAME_NOT_ADDED, each.sheet, address=each.address, label=label(each.name), name=each.name,
            reason=each.reason, loss=loss(each.name),
        )  # fmt: skip


def _old_rules(rules: Ledger, version: int | None) -> Iterator[Finding]:
    """Cells of 时限规则 that stand as an older version made them, and would be made otherwise now."""
    new = {timer.rule: timer._asdict() for timer in TIMERS}
    for row, rule in zip(rules.rows.tolist(), rules["rule"], strict=True):
        for each in REWORDED:
            is_old = (version or 0) < each.since and rule == each.rule and rules.has(each.column)
            if is_old and rules[each.column][row] == each.old:
                yield rules.finding(refusals.OLD_RULE, row, each.column, rule=rule, new=new[rule][each.column])


def _finding(
    fault: Fault, sheet: str, *, table: str = "", row: int = 0, column: str = "", address: str = "", **facts: object
) -> Finding:
    words = quoted({"table": table, "address": facts.pop("area", address), **facts})
    return Finding(
        sheet=sheet,
        table=table,
        row=row,
        id="",
        column=column,
        address=address,
        code=fault.code,
        severity=fault.severity,
        message=fault.message.format(**words),
        value=str(facts.get("value", "")),
        suggestion=fault.suggestion.format(**words),
    )
