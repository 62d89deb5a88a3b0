from __future__ import annotations

import xlsxwriter

from coordination_xl.books import MemoryBook, XlsxBook
from coordination_xl.ledger.grid import Grid
from tests.books.contract import BLOCK, HEADERS, ROWS, BookContract, column


class TestMemoryBook(BookContract):
    def make(self, tmp_path):  # noqa: ARG002 it needs no folder
        columns = tuple(column(*values) for values in zip(*ROWS, strict=True))
        grid = Grid("Things", "台账", HEADERS, 4, 2, columns)
        return MemoryBook([grid], {"红单": column(*BLOCK)}, places={"红单": ("看板", "C5")})

    def test_remembers_what_was_applied(self, book):
        assert book.applied == []


class TestXlsxBook(BookContract):
    date1904 = False

    def make(self, tmp_path):
        path = tmp_path / "台账.xlsx"
        book = xlsxwriter.Workbook(str(path), {"date_1904": self.date1904})
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
        other = book.add_worksheet("看板")
        for at, value in enumerate(BLOCK):
            if value is not None:
                other.write(4 + at, 2, value)
        book.define_name("红单", "='看板'!$C$5:$C$7")
        book.close()
        return XlsxBook.open(path)

    def reopened(self, book):
        return XlsxBook.open(book.path)


class TestXlsxBook1904(TestXlsxBook):
    date1904 = True
