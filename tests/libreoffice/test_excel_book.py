"""The live workbook against a real LibreOffice: the contract of every book, and what only a live one can do."""

from __future__ import annotations

import pytest
import xlsxwriter

from coordination_xl.books.excel import ExcelBook
from tests.books.contract import BLOCK, HEADERS, ROWS, BookContract
from tests.libreoffice.engine.cells import values

NOT_HELD = {"一\n二\t三": "a tab", "回\r车": "a carriage return"}
"""What a cell of LibreOffice cannot hold: it makes something else of it as soon as it is written. Excel keeps both."""


class TestExcelBook(BookContract):
    date1904 = False

    @pytest.fixture
    def book(self, tmp_path, office):
        self.office = office
        return self.make(tmp_path)

    @pytest.fixture(autouse=True)
    def known_limits(self, request):
        value = getattr(request.node, "callspec", None) and request.node.callspec.params.get("value")
        if isinstance(value, str) and value in NOT_HELD:
            reason = f"LibreOffice does not hold {NOT_HELD[value]}"
            request.applymarker(pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason))

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
        self.workbook = self.office.open(path)
        return ExcelBook.of(self.workbook)

    def reopened(self, book):  # noqa: ARG002 there is one open workbook
        return ExcelBook.of(self.workbook)


class TestExcelBook1904(TestExcelBook):
    date1904 = True

    @pytest.fixture(autouse=True)
    def true_dates(self, monkeypatch):
        """Excel hands out the date that a cell shows, whatever it counts from; the live host only knows 1900."""
        to_moment = values.to_moment
        monkeypatch.setattr(values, "to_moment", lambda serial: to_moment(serial + 1_462))

    def test_the_grid_says_so(self, book):
        assert book.grid("Things").date1904
