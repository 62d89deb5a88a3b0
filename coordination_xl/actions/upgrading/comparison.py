"""A workbook against the schema: which version it is, and what it lacks. Asks only, of any book, closed or live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.ledger.columns import is_blank
from coordination_xl.ledger.findings import shown
from coordination_xl.ledger.headers import present_headers
from coordination_xl.schema import BY_NAME, FORMS, TABLES, case_search, dashboard
from coordination_xl.schema.blocks import sheet_of
from coordination_xl.schema.forms import LOADED
from coordination_xl.schema.settings import FORMAT
from coordination_xl.schema.tables import SETTINGS
from coordination_xl.schema.versions import CURRENT

if TYPE_CHECKING:
    from coordination_xl.books.port import Book
    from coordination_xl.ledger.grid import Grid

_TELLING = (*(f"{form.name}_{cell}" for form in FORMS for cell in ("id", LOADED)), *case_search.NAMES, dashboard.AS_OF)
"""Names that are asked for one by one: the first and the latest of each sheet."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a workbook lacks.

    Attributes:
        version: its 工作簿版本; ``None`` where 参数 does not say.
        tables: tables that it has not.
        columns: (table, header) of columns that its tables have not.
        names: defined names of forms, of 案例库 and of 看板 that it has not; only the telling ones are asked for, and in a
            workbook of this version only those whose sheet is gone: the others are not there for a reason, which the
            upgrade has told.
    """

    version: int | None
    tables: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    names: tuple[str, ...]

    @property
    def is_older(self) -> bool:
        """Whether the workbook is of an older version than the program."""
        return self.version is None or self.version < CURRENT

    @property
    def is_newer(self) -> bool:
        """Whether it is of a newer version: this program must leave it alone."""
        return self.version is not None and self.version > CURRENT

    @property
    def is_ours(self) -> bool:
        """Whether it is a coordination workbook at all."""
        return len(self.tables) < len(TABLES)

    def __bool__(self) -> bool:
        """Whether an upgrade has something to do."""
        return self.is_older or bool(self.tables or self.columns or self.names)

    def __str__(self) -> str:
        """What is missing, as a clause for people: ``版本 1（现为 3）；缺少“按原定时限”等 6 列``."""
        told = []
        if self.version is not None and self.version != CURRENT:
            told.append(f"版本 {self.version}（现为 {CURRENT}）")
        if self.tables:
            told.append("缺少表格" + "、".join(f"“{BY_NAME[name].sheet}”" for name in self.tables))
        if self.columns:
            headers = list(dict.fromkeys(header for _, header in self.columns))
            more = f"等 {len(self.columns)} 列" if len(self.columns) > 1 else "一列"
            told.append(f"缺少“{headers[0]}”{more}")
        if self.names:
            told.append(f"缺少 {len(self.names)} 个名称")
        return "；".join(told) or ("没有写明版本" if self.version is None else "没有缺少什么")


def missing(book: Book) -> Missing:
    """What a workbook lacks; whether to offer an upgrade.

    Raises:
        DuplicateHeader: one column is there twice.
    """
    present = {name.casefold() for name in book.tables()}
    tables = [table for table in TABLES if table.name.casefold() in present]
    grids = {table.name: book.grid(table.name) for table in tables}
    columns = tuple((table.name, header) for table in tables for header in missing_headers(grids[table.name]))
    version, sheets = version_of(grids.get(SETTINGS.name)), book.sheets()
    names = tuple(name for name in _TELLING if book.place(name) is None)
    if version == CURRENT:
        names = tuple(name for name in names if name not in case_search.NAMES and sheet_of(name) not in sheets)
    return Missing(
        version,
        tuple(table.name for table in TABLES if table.name not in grids),
        columns,
        names,
    )


def missing_headers(grid: Grid) -> tuple[str, ...]:
    """The headers of the schema that a table has neither so nor under an alias, in the order of the schema.

    Raises:
        DuplicateHeader: one column is there twice.
    """
    table = BY_NAME[grid.table]
    found = present_headers(table, grid)
    return tuple(column.header for column in table.columns if column.identifier not in found)


def headers_taken(grid: Grid, version: int | None) -> tuple[str, ...]:
    """Columns of the user's own, with something in them, whose headers the program has taken since this version.

    Raises:
        DuplicateHeader: one column is there twice.
    """
    table = BY_NAME[grid.table]
    return tuple(
        grid.header[at]
        for identifier, at in present_headers(table, grid).items()
        if table.column(identifier).since > (version or CURRENT) and not is_blank(grid.columns[at]).all()
    )


def version_of(settings: Grid | None) -> int | None:
    """工作簿版本 of 参数; ``None`` where it does not say, or says no number.

    Raises:
        DuplicateHeader: a column of 参数 is there twice.
    """
    if settings is None:
        return None
    found = present_headers(SETTINGS, settings)
    if not {"key", "value"} <= found.keys():
        return None
    keys, values = settings.columns[found["key"]], settings.columns[found["value"]]
    for key, value in zip(keys, values, strict=True):
        text = shown(value).strip()
        if shown(key).strip() == FORMAT.key and text.isdecimal():
            return int(text)
    return None
