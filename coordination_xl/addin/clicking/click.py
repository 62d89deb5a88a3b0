"""One click: the workbook it is about, the moment, what is said to the user, and what becomes of errors.

Every macro runs inside a click. Whatever happens in it, Excel's status bar is given back, the user gets a sentence in Chinese,
and a traceback goes to the log alone. Source: SPEC section 6.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.clicking import boxes, questions
from coordination_xl.addin.clicking.caller import caller, window
from coordination_xl.addin.clicking.log import log_here, write_down
from coordination_xl.addin.clicking.turn import Turn
from coordination_xl.addin.vba.sources import WITHOUT_WORKBOOK
from coordination_xl.addin.wording import fitting
from coordination_xl.errors import CoordinationError, NoWorkbookOpen, StructureError, WorkbookNotLocal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import NoReturn, Self

    import xlwings as xw

    from coordination_xl.actions.results import Result
    from coordination_xl.addin.selecting.pointing import Pointing
    from coordination_xl.addin.selecting.selection import Selection
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
        self.macro = macro
        self.button = _BY_MACRO[macro].label
        self.now = now or datetime.now().replace(microsecond=0)
        self._app: xw.App | None = None
        self._workbook: xw.Book | None = None
        self._turn: Turn | None = None

    def __enter__(self) -> Self:
        """Take the workbook that the click was about, and say in the status bar that we are at it."""
        try:
            self._app, self._workbook = caller()
            self._take_turn()
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
        first = [fault] if isinstance(fault, Exception) else []
        try:
            if self._app is not None:
                self._app.status_bar = False
            for each in first:
                self._tell_fault(each)
        except Exception as second:  # noqa: BLE001 - nobody is above this
            self._give_up(*first, second)
        finally:
            self._end_turn()
        return bool(first)

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

    def step(self, what: str) -> None:
        """Say in the status bar how far it is; without an Excel, nowhere."""
        if self._app is not None:
            self._app.status_bar = f"{questions.TITLE}：{self.button}，正在{what}"

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
        if self._app is not None:
            self._app.status_bar = False
        if text:
            self._say(text)

    def tell_fault(self, text: str) -> None:
        """Say what went wrong."""
        self._say(text, is_fault=True)

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        questions.tell(self._app, text, self.button, is_fault=is_fault, owner=window())

    def _take_turn(self) -> None:
        """Let nobody else work on the workbook meanwhile; where somebody does, say so and end."""
        if self._workbook is None or self.macro in WITHOUT_WORKBOOK:
            return
        turn = Turn(log_here().parent, self._workbook.name)
        if not turn.take():
            from coordination_xl.addin.vba.messages import MESSAGES

            self.tell_fault(MESSAGES["StillRunning"])
            raise SystemExit(0)
        self._turn = turn

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.give_back()
            self._turn = None

    def _tell_fault(self, fault: Exception) -> None:
        if isinstance(fault, StructureError) and self._workbook is not None:
            from coordination_xl.addin.clicking.offers import offer_upgrade

            offer_upgrade(self, fault)
        else:
            self.tell_fault(self._sentence(fault))

    def _give_up(self, *faults: Exception) -> NoReturn:
        """End the process where Excel itself could not be asked to tell: the system tells, or the VBA that started us."""
        self._end_turn()
        text = "\n".join(dict.fromkeys(self._sentence(fault) for fault in faults))
        title = f"{questions.TITLE} · {self.button}"
        if boxes.shown(fitting(text), title, is_fault=True, owner=window()):
            raise SystemExit(0) from None  # told, so that the VBA need not tell it again
        from coordination_xl.addin.vba.messages import said_line

        raise SystemExit(f"{said_line(text)}\n{text}") from None

    def _sentence(self, fault: Exception) -> str:
        """What people are told of a fault; of one that nobody foresaw, where its traceback is."""
        from coordination_xl.books.excel.refusals import told

        meant = fault if isinstance(fault, CoordinationError) else told(fault, _EXCEL, workbook=self._workbook)
        if meant is not None:
            return str(meant)
        log = log_here()
        is_written = write_down(log, self.button, fault, datetime.now())
        kept = f"详细情况记在 {log}，请把这个文件交给管理员" if is_written else "日志文件也无法写入，请联系管理员"
        return f"【{self.button}】没有做完：程序遇到了没有料到的情况。请再点一次；仍然不行时，{kept}。"
