from __future__ import annotations

from coordination_xl.books import MemoryBook, XlsxBook
from coordination_xl.ledger.grid import Grid
from tests.books.contract import BLOCK, HEADERS, ROWS, BookContract, ComputedContract, column, contract_workbook


class TestMemoryBook(BookContract):
    def make(self, tmp_path):  # noqa: ARG002 it needs no folder
        columns = tuple(column(*values) for values in zip(*ROWS, strict=True))
        grid = Grid("Things", "台账", HEADERS, 4, 2, columns)
        return MemoryBook([grid], {"红单": column(*BLOCK)}, places={"红单": ("看板", "C5")})

    def test_remembers_what_was_applied(self, book):
        assert book.applied == []


class TestXlsxBook(ComputedContract):
    date1904 = False

    def make(self, tmp_path):
        return XlsxBook.open(contract_workbook(tmp_path / "台账.xlsx", date1904=self.date1904))

    def computed(self, tmp_path):
        path = contract_workbook(tmp_path / "公式.xlsx", date1904=self.date1904, formula="=1+1")
        return XlsxBook.open(path)

    def reopened(self, book):
        return XlsxBook.open(book.path)


class TestXlsxBook1904(TestXlsxBook):
    date1904 = True
