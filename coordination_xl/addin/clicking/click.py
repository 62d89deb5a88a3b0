"""What one click has at hand: the workbook it is about, the moment, and the ways to ask and to tell. Source: SPEC section 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.clicking import questions
from coordination_xl.addin.clicking.caller import window
from coordination_xl.errors import NoWorkbookOpen, WorkbookNotLocal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import xlwings as xw

    from coordination_xl.actions.results import Result
    from coordination_xl.addin.selecting.pointing import Pointing
    from coordination_xl.addin.selecting.selection import Selection
    from coordination_xl.books.excel import ExcelBook

_EXCEL = "Excel"


class Click:
    """One click on a button.

    Args:
        button: its label.
        now: the moment of judgement.
        app: the Excel of the click; ``None`` where none is known.
        workbook: the workbook that was active; ``None`` where none was.
    """

    def __init__(self, button: str, now: datetime, app: xw.App | None, workbook: xw.Book | None) -> None:
        self.button = button
        self.now = now
        self._app = app
        self._workbook = workbook

    @property
    def workbook(self) -> xw.Book:
        """The workbook that was active when the button was clicked.

        Raises:
            NoWorkbookOpen: there is none.
        """
        if self._workbook is None:
            raise NoWorkbookOpen(_EXCEL, "没有打开的工作簿", "打开协调工作簿，再点一次")
        return self._workbook

    @property
    def app(self) -> xw.App:
        """The Excel of the click.

        Raises:
            NoWorkbookOpen: there is none.
        """
        if self._app is None:
            raise NoWorkbookOpen(_EXCEL, "没有打开", "打开 Excel 和协调工作簿，再点一次")
        return self._app

    @property
    def book(self) -> ExcelBook:
        """Its ledgers, as they stand at this moment; asked again, they are read again.

        Raises:
            ForeignWorkbook: it is not a coordination workbook.
            WorkbookNotLocal: it has no folder on this machine, where notices and dossiers could lie.
            WorkbookError: Excel cannot be asked.
        """
        workbook = self.workbook
        self.step("读取")
        from coordination_xl.books.excel import ExcelBook  # pandas takes a while; the status bar comes first
        from coordination_xl.books.excel.facts import facts_for

        try:
            book = ExcelBook.of(workbook)
        except WorkbookNotLocal:
            ExcelBook(workbook, workbook.name, facts_for()).require_ledgers()  # saving a foreign one would not help
            raise
        book.require_ledgers()
        return book

    def selection(self, book: ExcelBook, columns: Mapping[str, str], pointing: Pointing) -> Selection:
        """The selected rows; see :func:`~coordination_xl.addin.selecting.selection.selection_of`."""
        from coordination_xl.addin.selecting.selection import selection_of

        return selection_of(self.workbook, book, columns, pointing)

    def step(self, what: str = "") -> None:
        """Say in the status bar how far it is; without an Excel, nowhere."""
        if self._app is not None:
            self._app.status_bar = f"{questions.TITLE}：{self.button}" + (f"，正在{what}" if what else "")

    def give_back(self) -> None:
        """Give Excel its status bar back."""
        if self._app is not None:
            self._app.status_bar = False

    def write(self, result: Result, book: ExcelBook) -> None:
        """Write what a verb computed.

        Raises:
            WorkbookError: the workbook or a file cannot be written.
            WriteRefused: a cell is in the way.
        """
        if not result.is_needless:
            self.step("写入")
            result.write(book)

    def is_agreed(self, question: str, *, is_risky: bool = False) -> bool:
        """Ask for a yes or no; see :func:`~coordination_xl.addin.clicking.questions.is_agreed`."""
        return questions.is_agreed(self.app, question, self.button, is_risky=is_risky)

    def tell(self, text: str) -> None:
        """Say the outcome, with Excel given back; nothing where there is nothing to say."""
        self.give_back()
        if text:
            self._say(text)

    def tell_fault(self, text: str) -> None:
        """Say what went wrong."""
        self._say(text, is_fault=True)

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        questions.tell(self._app, text, self.button, is_fault=is_fault, owner=window())
