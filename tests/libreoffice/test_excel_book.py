"""The live workbook against a real LibreOffice: the contract of every book, and what only a live one can do."""

from __future__ import annotations

import pytest

from coordination_xl.books.excel import ExcelBook
from tests.books.contract import ComputedContract, contract_workbook
from tests.libreoffice.engine.cells import values

NOT_HELD = {"一\n二\t三": "a tab", "回\r车": "a carriage return"}
"""What a cell of LibreOffice cannot hold: it makes something else of it as soon as it is written. Excel keeps both."""


class TestExcelBook(ComputedContract):
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
        path = contract_workbook(tmp_path / "台账.xlsx", date1904=self.date1904)
        self.workbook = self.office.open(path)
        return ExcelBook.of(self.workbook)

    def computed(self, tmp_path):
        path = contract_workbook(tmp_path / "公式.xlsx", date1904=self.date1904, formula="=1+1")
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
