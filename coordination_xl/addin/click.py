"""One click: the workbook it is about, the moment, what is said to the user, and what becomes of errors.

Every macro runs inside a click. Whatever happens in it, Excel's status bar is given back, the user gets a sentence in Chinese,
and a traceback goes to the log alone. Source: SPEC section 6.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import xlwings as xw

from coordination_xl.addin import questions
from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.log import log_here, write_down
from coordination_xl.errors import CoordinationError, NoWorkbookOpen, StructureError, WorkbookNotLocal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import NoReturn, Self

    from coordination_xl.actions.results import Result
    from coordination_xl.addin.selection import Selection
    from coordination_xl.books.excel import ExcelBook

_EXCEL = "Excel"
_BY_MACRO = {button.macro: button for button in BUTTONS}


class Click:
    """One click on a button, as a context: ``with Click("check", now) as click: …``.

    Args:
        macro: which button.
        now: the moment of judgement; the clock's where it is not given.
    """

    def __init__(self, macro: str, now: datetime | None = None) -> None:
        self.button = _BY_MACRO[macro].label
        self.now = now or datetime.now().replace(microsecond=0)
        self._app: xw.App | None = None
        self._workbook: xw.Book | None = None

    def __enter__(self) -> Self:
        """Take the workbook that the click was about, and say in the status bar that we are at it."""
        try:
            self._app, self._workbook = _caller()
            if self._app is not None:
                self._app.status_bar = f"{questions.TITLE}：{self.button}"
        except Exception as fault:  # noqa: BLE001 - nobody is above this
            self._give_up(fault)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Give Excel back; an error is told here and goes no further."""
        del kind, trace
        try:
            if self._app is not None:
                self._app.status_bar = False
            if isinstance(fault, Exception):
                self._tell_fault(fault)
        except Exception as second:  # noqa: BLE001 - nobody is above this: what cannot be told is at least written down
            self._give_up(second)
        return isinstance(fault, Exception)

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

    @property
    def book_path(self) -> str:
        """The file of the workbook as Excel names it; ``""`` where it has none that can be named."""
        from coordination_xl.books.excel.book import local_path

        try:
            return local_path(self.workbook)
        except WorkbookNotLocal:
            return ""

    def selection(self, book: ExcelBook, columns: Mapping[str, str]) -> Selection:
        """The selected rows; see :func:`~coordination_xl.addin.selection.selection_of`."""
        from coordination_xl.addin.selection import selection_of

        return selection_of(self.workbook, book, columns)

    def step(self, what: str) -> None:
        """Say in the status bar how far it is."""
        self.app.status_bar = f"{questions.TITLE}：{self.button}，正在{what}"

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
        """Ask for a yes or no; see :func:`~coordination_xl.addin.questions.is_agreed`."""
        return questions.is_agreed(self.app, question, self.button, is_risky=is_risky)

    def tell(self, text: str) -> None:
        """Say the outcome, with Excel given back; nothing where there is nothing to say."""
        self.app.status_bar = False
        if text:
            questions.tell(self.app, text, self.button)

    def _tell_fault(self, fault: Exception) -> None:
        if self._app is None:
            self._give_up(fault)
        meant = _meaning(fault, _EXCEL)
        if isinstance(meant, StructureError) and self._workbook is not None:
            from coordination_xl.addin.offers import offer_upgrade

            offer_upgrade(self, meant)
        elif meant is not None:
            questions.tell(self.app, str(meant), self.button, is_fault=True)
        else:
            questions.tell(self.app, self._written_down(fault), self.button, is_fault=True)

    def _give_up(self, fault: Exception) -> NoReturn:
        """End the process with a sentence: xlwings shows it, where Excel itself cannot be asked to."""
        meant = _meaning(fault, _EXCEL)
        raise SystemExit(str(meant) if meant is not None else self._written_down(fault)) from None

    def _written_down(self, fault: Exception) -> str:
        """What people are told of a fault that nobody foresaw; whoever helps them reads the log."""
        log = log_here()
        is_written = write_down(log, self.button, fault, datetime.now())
        kept = f"详细情况记在 {log}，请把这个文件交给管理员" if is_written else "日志文件也无法写入，请联系管理员"
        return f"【{self.button}】没有做完：程序遇到了没有料到的情况。请再点一次；仍然不行时，{kept}。"


def _caller() -> tuple[xw.App | None, xw.Book | None]:
    """Excel, and the workbook that was active at the click; without one, Excel alone."""
    try:
        workbook = xw.Book.caller()
        app = workbook.app
    except (AttributeError, KeyError):  # said where a workbook is needed
        return xw.apps.active, None
    return app, workbook


def _meaning(fault: Exception, where: str) -> CoordinationError | None:
    """The error that can be told; ``None`` for one that nobody foresaw."""
    from coordination_xl.books.excel.refusals import told

    return fault if isinstance(fault, CoordinationError) else told(fault, where)
