"""What every book must do, whatever it is made of. A new kind of book joins by giving :meth:`BookContract.make`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest
import xlsxwriter

from coordination_xl.books import (
    BlockChange,
    Book,
    ChangeSet,
    ColumnChange,
    HeightChange,
    Link,
    RowsAdded,
    TableReplaced,
)
from coordination_xl.errors import (
    FormulaInTheWay,
    MissingColumn,
    MissingTable,
    StructureError,
    UsageError,
    WriteRefused,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = ("编号", "事项", "截止", "天数", "已逾期", "备注")
ROWS = (
    ("XT-1", "  首行  ", dt.datetime(2026, 11, 20, 18, 0), 1.5, True, None),
    ("XT-2", "=1+1", dt.date(2026, 11, 21), 2.0, False, "a\nb"),
    ("XT-3", None, None, None, None, None),
)
BLOCK = (1.0, "二", None)


def column(*values: object) -> np.ndarray:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def contract_workbook(path: Path, *, date1904: bool = False, formula: str = "") -> Path:
    """A file with what :class:`BookContract` asks for, written by another program's library; a formula stands in G5."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": date1904})
    sheet = book.add_worksheet("台账")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for at, row in enumerate(ROWS):
        for place, value in enumerate(row):
            if value is None:
                sheet.write_blank(3 + at, 1 + place, None, moment if place == 2 else None)
            elif place == 2:
                sheet.write_datetime(3 + at, 1 + place, value, moment)
            elif isinstance(value, str):
                sheet.write_string(3 + at, 1 + place, value)
            else:
                sheet.write(3 + at, 1 + place, value)
    sheet.add_table(2, 1, 5, 6, {"name": "Things", "columns": [{"header": header} for header in HEADERS]})
    if formula:
        sheet.write_formula(4, 6, formula, None, 2)
    other = book.add_worksheet("看板")
    for at, value in enumerate(BLOCK):
        if value is not None:
            other.write(4 + at, 2, value)
    book.define_name("红单", "='看板'!$C$5:$C$7")
    book.close()
    return path


def change(book: Book, header: str, rows: tuple[int, ...], new: np.ndarray, table: str = "Things") -> ColumnChange:
    grid = book.grid(table)
    at = np.array(rows, dtype=np.int64)
    ids = column(*[""] * len(rows))
    return ColumnChange(table, header, at, ids, grid.column(header)[at - grid.first_row], new)


def state(book: Book) -> list[object]:
    tables = [(name, book.grid(name).header, [c.tolist() for c in book.grid(name).columns]) for name in book.tables()]
    block = book.block("红单")
    return [*tables, None if block is None else block.tolist()]


class BookContract:
    """Inherit, and give ``make``: a book with the table ``Things`` (:data:`HEADERS`, :data:`ROWS`) on the sheet 台账 from
    B3 on, and the name ``红单`` over three cells from C5 of 看板 on that hold :data:`BLOCK`."""

    def make(self, tmp_path) -> Book:
        raise NotImplementedError

    def reopened(self, book: Book) -> Book:
        """The book as another reader finds it."""
        return book

    @pytest.fixture
    def book(self, tmp_path) -> Book:
        return self.make(tmp_path)

    def test_is_a_book(self, book):
        assert isinstance(book, Book)
        assert book.name
        assert book.tables() == ("Things",)
        assert "台账" in book.sheets()

    def test_grid_gives_the_table_as_it_stands(self, book):
        grid = book.grid("Things")
        assert (grid.table, grid.sheet, grid.header) == ("Things", "台账", HEADERS)
        assert (grid.first_row, grid.first_column, grid.height) == (4, 2, 3)
        assert list(zip(*(c.tolist() for c in grid.columns), strict=True)) == list(ROWS)

    def test_asking_whether_it_may_be_written_writes_nothing(self, book):
        before = state(book)
        book.check_writable()
        assert state(book) == before

    def test_a_rehearsal_writes_nothing(self, book):
        before = state(book)
        book.rehearse(ChangeSet(columns=(change(book, HEADERS[0], (4,), column("另一个")),)))
        assert state(book) == before

    def test_where_nobody_calculates_there_are_no_formulas(self, book):
        assert book.formulas("Things") == frozenset()
        with pytest.raises(MissingTable, match="Nowhere"):
            book.formulas("Nowhere")

    def test_missing_table_is_named(self, book):
        with pytest.raises(MissingTable, match="Nowhere"):
            book.grid("Nowhere")

    def test_block_gives_values_or_none(self, book):
        assert book.block("红单").tolist() == list(BLOCK)
        assert book.block("没有") is None

    def test_changing_a_returned_array_does_not_change_the_book(self, book):
        before = state(book)
        book.grid("Things").columns[0][:] = "x"
        book.block("红单")[:] = "x"
        assert state(book) == before

    def test_empty_change_set_changes_nothing(self, book):
        before = state(book)
        book.apply(ChangeSet())
        assert state(self.reopened(book)) == before

    def test_only_the_named_cells_change(self, book):
        before = state(book)
        book.apply(ChangeSet(columns=(change(book, "事项", (5,), column("新")),)))
        after = state(self.reopened(book))
        assert book.grid("Things").column("事项").tolist() == ["  首行  ", "新", None]
        before[0][2][1][1] = "新"
        assert after == before

    @pytest.mark.parametrize(
        ("value", "read"),
        [
            ("文字", "文字"),
            ("=HYPERLINK(1)", "=HYPERLINK(1)"),
            ("+1", "+1"),
            ("@x", "@x"),
            ("{{ x }}<b>&", "{{ x }}<b>&"),
            ("  留白 ", "  留白 "),
            ("一\n二\t三", "一\n二\t三"),
            ("回\r车", "回\r车"),
            ("_x000D_", "_x000D_"),
            ("_x005F_x000D_", "_x005F_x000D_"),
            ("\x00\x08\x1f\x7f", "\x00\x08\x1f\x7f"),
            ("非\ufffe字\ud800符", "非\ufffd字\ufffd符"),
            ("😀", "😀"),
            ("12", "12"),
            (0.1 + 0.2, 0.1 + 0.2),
            (7, 7.0),
            (-1e-300, -1e-300),
            (1e300, 1e300),
            (np.float64(2.5), 2.5),
            (np.int64(3), 3.0),
            (True, True),
            (np.False_, False),
            (float("nan"), None),
            ("", None),
            (None, None),
            (dt.datetime(2026, 11, 20, 17, 59, 59), dt.datetime(2026, 11, 20, 17, 59, 59)),
            (dt.datetime(2026, 11, 20, 17, 59, 59, 600_000), dt.datetime(2026, 11, 20, 18, 0)),
            (dt.datetime(2026, 11, 20), dt.date(2026, 11, 20)),
            (dt.date(2026, 11, 20), dt.date(2026, 11, 20)),
            (dt.time(9, 30), dt.time(9, 30)),
            (Link("'台账'!C5", '看"这里"&<'), '看"这里"&<'),
        ],
    )
    @pytest.mark.parametrize("header", ["事项", "备注"])
    def test_value_survives(self, book, value, read, header):
        book.apply(ChangeSet(columns=(change(book, header, (5,), column(value)),)))
        found = self.reopened(book).grid("Things").column(header)[1]
        assert found == read
        assert type(found) is type(read)

    @pytest.mark.parametrize("value", ["2026-11-20", "待定", True, None, dt.datetime(2026, 11, 20, 8, 30)])
    def test_value_survives_in_a_cell_that_shows_dates(self, book, value):
        book.apply(ChangeSet(columns=(change(book, "截止", (4,), column(value)),)))
        found = self.reopened(book).grid("Things").column("截止")[0]
        assert found == value
        assert type(found) is type(value)

    def test_text_too_long_for_a_cell_is_refused(self, book):
        before = state(book)
        with pytest.raises(WriteRefused, match="32767"):
            book.apply(ChangeSet(columns=(change(book, "事项", (5,), column("长" * 32_768)),)))
        assert state(self.reopened(book)) == before

    def test_missing_column_is_refused_and_nothing_changes(self, book):
        before = state(book)
        good = change(book, "事项", (5,), column("新"))
        bad = ColumnChange("Things", "没有", good.rows, good.ids, good.old, good.new)
        with pytest.raises(MissingColumn, match="没有"):
            book.apply(ChangeSet(columns=(good, bad)))
        assert state(self.reopened(book)) == before

    def test_rows_outside_the_table_are_refused(self, book):
        good = change(book, "事项", (5,), column("新"))
        for row in (3, 7):
            bad = ColumnChange("Things", "事项", np.array([row]), good.ids, good.old, good.new)
            with pytest.raises(UsageError):
                book.apply(ChangeSet(columns=(bad,)))

    def test_added_rows_fill_blank_rows_and_then_grow_the_table(self, book):
        book.apply(ChangeSet(columns=(change(book, "编号", (6,), column(None)),)))
        book.apply(ChangeSet(added=(RowsAdded("Things", ("事项", "天数"), (column("甲", "乙"), column(1, 2))),)))
        grid = self.reopened(book).grid("Things")
        assert grid.height == 4
        assert grid.column("事项").tolist() == ["  首行  ", "=1+1", "甲", "乙"]
        assert grid.column("天数").tolist() == [1.5, 2.0, 1.0, 2.0]
        assert grid.column("编号").tolist() == ["XT-1", "XT-2", None, None]

    def test_rows_are_added_twice_in_one_set(self, book):
        rows = RowsAdded("Things", ("编号",), (column("XT-4"),))
        more = RowsAdded("Things", ("编号", "截止"), (column("XT-5"), column(dt.datetime(2026, 1, 2, 3, 4))))
        book.apply(ChangeSet(added=(rows, more)))
        grid = self.reopened(book).grid("Things")
        assert grid.column("编号").tolist() == ["XT-1", "XT-2", "XT-3", "XT-4", "XT-5"]
        assert grid.column("截止")[4] == dt.datetime(2026, 1, 2, 3, 4)

    @pytest.mark.parametrize("height", [0, 1, 2, 3, 5])
    def test_replaced_body_has_its_own_height(self, book, height):
        texts = column(*(f"行{n}" for n in range(height)))
        links = column(*(Link(f"'台账'!C{n + 4}", f"C{n}") for n in range(height)))
        book.apply(ChangeSet(replaced=(TableReplaced("Things", ("编号", "事项", "备注"), (texts, texts, links)),)))
        grid = self.reopened(book).grid("Things")
        assert grid.height == max(height, 1)
        assert grid.column("编号").tolist() == (texts.tolist() or [None])
        assert grid.column("备注").tolist() == ([f"C{n}" for n in range(height)] or [None])
        kept = [row[3] for row in ROWS][: grid.height]
        assert grid.column("天数").tolist() == kept + [None] * (grid.height - len(kept))

    def test_columns_and_rows_change_in_one_step(self, book):
        book.apply(
            ChangeSet(
                columns=(change(book, "天数", (4, 6), column(9, 8)), change(book, "备注", (6,), column("末"))),
                added=(RowsAdded("Things", ("编号",), (column("XT-4"),)),),
                blocks=(BlockChange("红单", book.block("红单"), column("x", None, 3)),),
            )
        )
        again = self.reopened(book)
        assert again.grid("Things").column("天数").tolist() == [9.0, 2.0, 8.0, None]
        assert again.grid("Things").column("编号").tolist()[3] == "XT-4"
        assert again.block("红单").tolist() == ["x", None, 3.0]

    def test_added_rows_stand_below_a_row_that_the_same_set_fills(self, book):
        book.apply(ChangeSet(columns=(change(book, "编号", (6,), column(None)),)))
        rows = RowsAdded("Things", ("编号", "备注"), (column("XT-4"), column("新")))
        book.apply(ChangeSet(columns=(change(book, "备注", (6,), column("占")),), added=(rows,)))
        assert self.reopened(book).grid("Things").column("备注").tolist() == [None, "a\nb", "占", "新"]

    def test_added_rows_take_a_row_that_the_same_set_blanks(self, book):
        rows = RowsAdded("Things", ("编号", "备注"), (column("XT-4"), column("新")))
        blanks = (change(book, "编号", (6,), column(None)), change(book, "备注", (5, 6), column(None, None)))
        book.apply(ChangeSet(columns=blanks, added=(rows,)))
        grid = self.reopened(book).grid("Things")
        assert grid.column("编号").tolist() == ["XT-1", "XT-2", "XT-4"]
        assert grid.column("备注").tolist() == [None, None, "新"]

    def test_block_that_is_not_there_is_refused(self, book):
        with pytest.raises(StructureError, match="没有这个"):
            book.apply(ChangeSet(blocks=(BlockChange("没有这个", column(), column(1)),)))

    def test_block_of_another_height_is_refused(self, book):
        with pytest.raises(UsageError, match="红单"):
            book.apply(ChangeSet(blocks=(BlockChange("红单", column(), column(1)),)))

    def test_name_has_its_place(self, book):
        assert book.place("红单") == ("看板", "C5")
        assert book.place("没有") is None

    def test_row_of_a_name_takes_a_height_and_nothing_else_changes(self, book):
        before = state(book)
        assert book.height("红单") is None
        book.apply(ChangeSet(heights=(HeightChange("红单", 43.5),)))
        again = self.reopened(book)
        assert again.height("红单") == 43.5
        assert state(again) == before
        assert book.height("没有") is None

    def test_height_and_value_change_in_one_step(self, book):
        change_value = BlockChange("红单", book.block("红单"), column("长", "二", None))
        book.apply(ChangeSet(blocks=(change_value,), heights=(HeightChange("红单", 58),)))
        again = self.reopened(book)
        assert (again.height("红单"), again.block("红单").tolist()) == (58.0, ["长", "二", None])

    def test_height_of_a_name_that_is_not_there_is_refused_and_nothing_changes(self, book):
        before = state(book)
        good = change(book, "事项", (5,), column("新"))
        with pytest.raises(StructureError, match="没有这个"):
            book.apply(ChangeSet(columns=(good,), heights=(HeightChange("没有这个", 30),)))
        assert state(self.reopened(book)) == before

    @pytest.mark.parametrize("points", [0, -1, 409.5, float("nan")])
    def test_height_that_no_row_has_is_refused(self, book, points):
        with pytest.raises(UsageError, match="行高"):
            book.apply(ChangeSet(heights=(HeightChange("红单", points),)))
        assert self.reopened(book).height("红单") is None

    def test_applies_again_on_what_it_has_written(self, book):
        for number in range(3):
            book.apply(ChangeSet(columns=(change(book, "天数", (4,), column(number)),)))
        assert self.reopened(book).grid("Things").column("天数")[0] == 2.0


class ComputedContract(BookContract):
    """The same for a book whose cells may be formulas; give ``computed``, too."""

    def computed(self, tmp_path) -> Book:
        """The same book with the formula ``=1+1`` in G5, the second 备注."""
        raise NotImplementedError

    @pytest.mark.usefixtures("book")
    def test_formula_of_somebodys_is_refused_and_nothing_changes(self, tmp_path):
        book = self.computed(tmp_path)
        before = state(book)
        number = change(book, "天数", (5,), column(9))
        for new in ("二", None):
            changes = ChangeSet(columns=(number, change(book, "备注", (4, 5), column("一", new))))
            for attempt in (book.rehearse, book.apply):
                with pytest.raises(FormulaInTheWay, match="台账!G5：这个单元格有公式，没有覆盖"):
                    attempt(changes)
        assert state(self.reopened(book)) == before
        book.apply(ChangeSet(columns=(number, change(book, "备注", (4,), column("一")))))
        assert self.reopened(book).formulas("Things") == {(5, 7)}
