"""A change set into a package: planned, spliced, packed and read back — everything but the saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.books.changes import checked_height
from coordination_xl.books.xlsx import markup
from coordination_xl.books.xlsx.archive import rewrite
from coordination_xl.books.xlsx.contents import Contents, IndexedSheets
from coordination_xl.books.xlsx.formulas import has_foreign_formula, without_calculation_chain
from coordination_xl.books.xlsx.package import CONTENT_TYPES, Package
from coordination_xl.books.xlsx.plan import SheetPlan
from coordination_xl.books.xlsx.reader import Reader, Unreadable
from coordination_xl.books.xlsx.sheet_work import SheetWork
from coordination_xl.books.xlsx.sheets import index_of
from coordination_xl.books.xlsx.tables import with_last_row
from coordination_xl.books.xlsx.verify import (
    Mismatch,
    compare_cells,
    compare_heights,
    compare_last_row,
    compare_members,
    compare_others,
)
from coordination_xl.books.xlsx.workbook import read_layout, with_full_calculation
from coordination_xl.errors import MissingColumn, MissingTable, SaveFailed, StructureError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from coordination_xl.books.addresses import Area
    from coordination_xl.books.changes import (
        BlockChange,
        ChangeSet,
        ColumnChange,
        HeightChange,
        RowsAdded,
        TableReplaced,
    )
    from coordination_xl.books.xlsx.styles import Styles
    from coordination_xl.books.xlsx.tables import Table
    from coordination_xl.books.xlsx.workbook import Layout, Sheet

_STYLES_PART = "xl/styles.xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Application:
    """One change set on its way into one package.

    Args:
        package: the package as it was read.
        layout: what it consists of.
        styles: its cell formats; used once, because dates may add to them.
        headers: gives the headers of a table as they are typed.
        indexed: its large sheets, if some have been indexed already.
    """

    def __init__(
        self,
        package: Package,
        layout: Layout,
        styles: Styles,
        headers: Callable[[str], tuple[str, ...]],
        indexed: IndexedSheets | None = None,
    ) -> None:
        self._package = package
        self._layout = layout
        self._styles = styles
        self._headers = headers
        self._indexed = indexed or IndexedSheets(package)
        self._works: dict[str, SheetWork] = {}

    def carried_out(self, changes: ChangeSet) -> Package | None:
        """The new package, read back and compared; ``None`` if not a byte of any part changes.

        Raises:
            StructureError: a table, column or name is not there.
            WriteRefused: something is in the way.
            UsageError: the change set contradicts itself.
            SaveFailed: what was read back is not what was meant.
        """
        # Columns first: they speak of rows that stand already; then new bodies, then rows below them.
        for change in changes.columns:
            self._change_column(change)
        for block in changes.blocks:
            self._change_block(block)
        for height in changes.heights:
            self._change_height(height)
        for replaced in changes.replaced:
            self._replace(replaced)
        self._add_rows(changes.added)
        changed = self._parts()
        if not changed:
            return None
        archive = rewrite(self._package.archive, self._package.directory, changed)
        return self._verified(archive, changed)

    def _work(self, sheet: Sheet) -> SheetWork:
        if sheet.name not in self._works:
            self._works[sheet.name] = SheetWork(
                self._package, SheetPlan(sheet), self._indexed, date1904=self._layout.date1904
            )
        return self._works[sheet.name]

    def _table(self, name: str) -> tuple[Sheet, Table]:
        found = self._layout.table(name)
        if found is None:
            raise MissingTable(self._package.where, f"没有名为 {name} 的表格", "请从空白模板恢复该表")
        return found

    def _places(self, sheet: Sheet, table: Table, headers: Iterable[str]) -> list[int]:
        typed = self._headers(table.name)
        places = []
        for header in headers:
            if header not in typed:
                where = f"{self._package.where}·{sheet.name}"
                raise MissingColumn(where, f"表格 {table.name} 没有“{header}”列", "请恢复该列的标题")
            places.append(typed.index(header))
        if len(set(places)) != len(places):
            raise UsageError(f"{sheet.name}·{table.name}", "同一列被给了两次值", "请检查变更内容")
        return places

    def _change_column(self, change: ColumnChange) -> None:
        sheet, table = self._table(change.table)
        (place,) = self._places(sheet, table, (change.header,))
        rows = np.asarray(change.rows, dtype=np.int64)
        _require_same_length(sheet, table, [rows, change.new])
        if len(rows) and (rows[0] < table.first_row or rows[-1] > table.last_row or (np.diff(rows) <= 0).any()):
            raise UsageError(f"{sheet.name}·{table.name}", "要改的行不在表格之内，或次序不对", "请重新读取工作簿后再试")
        self._work(sheet).change_column(table, place, rows, change.new)

    def _named(self, name: str) -> tuple[str, Area]:
        found = self._layout.names.get(name.casefold())
        if found is None:
            raise StructureError(self._package.where, f"没有名为 {name} 的名称", "请从空白模板恢复该名称")
        return found

    def _change_height(self, change: HeightChange) -> None:
        name, area = self._named(change.name)
        self._work(self._layout.sheet(name)).change_height(area.top, checked_height(change))

    def _change_block(self, change: BlockChange) -> None:
        name, area = self._named(change.name)
        if len(change.new) != area.bottom - area.top + 1:
            raise UsageError(f"{name}!{area}", f"名称 {change.name} 的行数与新值不符", "请重新读取工作簿后再试")
        self._work(self._layout.sheet(name)).change_block(area, change.new)

    def _replace(self, change: TableReplaced) -> None:
        sheet, table = self._table(change.table)
        _require_same_length(sheet, table, change.columns)
        self._work(sheet).replace_body(table, self._places(sheet, table, change.headers), list(change.columns))

    def _add_rows(self, changes: Iterable[RowsAdded]) -> None:
        following: dict[str, int] = {}
        for change in changes:
            if not change.height:
                continue
            sheet, table = self._table(change.table)
            _require_same_length(sheet, table, change.columns)
            places = self._places(sheet, table, change.headers)
            start = following.get(table.name)
            following[table.name] = self._work(sheet).add_rows(table, places, list(change.columns), start)

    def _parts(self) -> dict[str, bytes | None]:
        """The parts that change, by member name."""
        package, layout = self._package, self._layout
        changed: dict[str, bytes | None] = {}
        has_lost = has_new = False
        for work in self._works.values():
            spliced = work.spliced(self._styles)
            if spliced is not None and spliced.xml != work.xml:
                changed[package.member_name(work.sheet.part)] = spliced.xml
                has_lost |= spliced.has_lost_formulas
                has_new |= spliced.has_new_formulas
            for table in work.sheet.tables:
                if table.name in work.plan.last_rows:
                    content = package.xml(table.part)
                    grown = with_last_row(content, package.tree(table.part, content), work.plan.last_rows[table.name])
                    changed[package.member_name(table.part)] = grown
        if not changed:
            return {}
        if self._styles.is_changed:
            changed |= self._style_parts()
        if layout.calculation_chain and (has_lost or has_new):
            changed |= without_calculation_chain(package, layout.part, layout.calculation_chain, changed)
        if any(work.writes for work in self._works.values()) and self._has_formulas():
            content = package.xml(layout.part)
            asking = with_full_calculation(content, package.tree(layout.part, content))
            if asking != content:
                changed[package.member_name(layout.part)] = asking
        return changed

    def _has_formulas(self) -> bool:
        if any(work.has_formulas for work in self._works.values()):
            return True
        others = (sheet.part for sheet in self._layout.sheets if sheet.name not in self._works)
        return any(has_foreign_formula(self._package.xml(part)) for part in others)

    def _style_parts(self) -> dict[str, bytes | None]:
        """The styles part with the new formats; a workbook without one gets it, with its type and relationship."""
        package, part = self._package, self._styles.part
        if part is not None:
            return {package.member_name(part): self._styles.content()}
        changed: dict[str, bytes | None] = {_STYLES_PART: self._styles.content()}
        relations = package.relationships_part(self._layout.part)
        for name, element in (
            (CONTENT_TYPES, f'<Override PartName="/{_STYLES_PART}" ContentType="{_STYLES_TYPE}"/>'),
            (relations, f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="/{_STYLES_PART}"/>'),
        ):
            content = package.xml(name)
            root = package.tree(name, content)
            prefixed = f"<{markup.raw_prefix(content, root)}{element[1:]}".encode()
            changed[package.member_name(name)] = markup.patch(content, [(root.close, root.close, prefixed)])
        return changed

    def _verified(self, archive: bytes, changed: dict[str, bytes | None]) -> Package:
        package = Package(archive, self._package.where)
        try:
            compare_members(self._package, package, changed)
            sheets = {package.member_name(work.sheet.part) for work in self._works.values()}
            for name in changed:
                if name not in sheets and package.has(name):
                    package.read(name)  # sheets are read below
            layout = read_layout(package)
            for work in self._works.values():
                for name, last_row in work.plan.last_rows.items():
                    found = layout.table(name)
                    compare_last_row(name, None if found is None else found[1].last_row, last_row)
            self._compare_cells(package, layout)
            for work in self._works.values():
                if work.heights:
                    xml = package.xml(work.sheet.part)
                    compare_heights(xml, index_of(xml), work.heights)
        except (Mismatch, Unreadable, markup.BadMarkup) as error:
            raise SaveFailed(
                package.where, f"写入后核对不符（{error}）", "原文件未改动，请把此提示告知维护人员"
            ) from error
        return package

    def _compare_cells(self, package: Package, layout: Layout) -> None:
        works = [work for work in self._works.values() if work.writes]
        indexed, contents = IndexedSheets(package, least=0), {}
        for work in self._works.values():
            new = indexed.get(work.sheet.part) if work.writes or work.heights else None
            if new is not None:
                compare_others(work.old, new, work.keys)
                if work.writes:
                    contents[work.sheet.part] = Contents(new, work.keys)
        # What this program writes are no shared strings; a sheet that is read whole may have them.
        strings = layout.strings if len(contents) < len(works) else None
        sheets = [work.sheet.part for work in works]
        reader = Reader(package, sheets, strings, (), date1904=layout.date1904, contents=contents)
        for place, work in enumerate(works):
            compare_cells(reader.values(place), work.writes)


def _require_same_length(sheet: Sheet, table: Table, columns: Iterable[NDArray[np.generic]]) -> None:
    if len({len(column) for column in columns}) > 1:
        raise UsageError(f"{sheet.name}·{table.name}", "各列的行数不一致", "请检查变更内容")
