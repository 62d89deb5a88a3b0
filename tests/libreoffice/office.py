"""One LibreOffice of its own, started and stopped, and what a test wants to know about it."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import xlwings as xw

from tests.libreoffice.engine.app import App, Engine
from tests.libreoffice.engine.book import Book
from tests.libreoffice.engine.boxes import joined
from tests.libreoffice.engine.formats import Formats
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.engine.selection import selected
from tests.libreoffice.process import Process
from tests.libreoffice.records import Records
from tests.libreoffice.scratch import Scratch
from tests.libreoffice.uno_bridge import load_uno

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "pdf": "calc_pdf_Export", "ods": "calc8"}
RUN_MACROS = 4  # MacroExecMode.ALWAYS_EXECUTE_NO_WARN: the workbooks are the tests' own


class View(NamedTuple):
    """What the user has before the eyes.

    Attributes:
        sheet: the active one.
        selection: its address; ``None`` if no cells are selected.
        row: first row of the scrolled part of the window.
        column: first column of it.
        frozen: whether panes are frozen.
    """

    sheet: str
    selection: str | None
    row: int
    column: int
    frozen: bool


class Office(Records):
    """A running LibreOffice behind xlwings; what was done with it is on record.

    Args:
        display: X display for a window that can be photographed; without one LibreOffice shows nothing.
    """

    def __init__(self, display: str | None = None) -> None:
        self.display = display
        self.visible = display is not None
        self.engine = Engine(self)
        super().__init__()

    @property
    def app(self) -> xw.App:
        return xw.App(impl=App(self))

    # life

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def profile(self) -> Path:
        return self.process.profile

    @property
    def context(self) -> Any:
        """The UNO component context of the running LibreOffice."""
        return self.process.context

    @property
    def alive(self) -> bool:
        return self.process.alive

    def start(self) -> None:
        """Start LibreOffice and make it the active engine of xlwings."""
        self.process = Process(self.display)
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self._opened: list[str] = []
        self._formats: dict[str, Formats] = {}
        self._active: str | None = None
        self._scratch = Scratch(lambda: self._load("private:factory/scalc", Hidden=True))
        self.check_formulas = self._scratch.check
        xw.Engine(impl=self.engine).activate()
        xw.engines.add(xw.engines.active)

    def stop(self) -> None:
        """End LibreOffice and take the engine out of xlwings."""
        if xw.engines.active is not None and xw.engines.active.impl is self.engine:
            xw.engines.engines[:] = [each for each in xw.engines.engines if each.impl is not self.engine]
            xw.engines.engines_by_name.pop(self.engine.name, None)
            xw.engines.active = None
        if self.alive:
            with contextlib.suppress(Exception):  # it may be gone in the middle of this
                self.close_books()
                self._scratch.close()
        self.process.stop()

    def service(self, name: str) -> Any:
        """A service of the running LibreOffice."""
        return self.process.service(name)

    # documents

    def documents(self) -> list[Any]:
        """The open workbooks, in the order of their opening."""
        alive = {}
        components = self.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            each = components.nextElement()
            if each.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                alive[each.RuntimeUID] = each
        alive.pop(self._scratch.uid, None)
        known = [key for key in self._opened if key in alive]
        self._opened = known + [key for key in alive if key not in known]
        return [alive[key] for key in self._opened]

    def active_document(self) -> Any:
        """The workbook in front; ``None`` if none is open."""
        documents = self.documents()
        in_front = [each for each in documents if each.RuntimeUID == self._active]
        return in_front[0] if in_front else documents[-1] if documents else None

    def activate(self, document: Any) -> None:
        self._active = document.RuntimeUID
        if self.visible:
            document.getCurrentController().getFrame().getContainerWindow().toFront()

    def _load(self, url: str, **more: object) -> Any:
        properties = []
        for name, value in {"MacroExecutionMode": RUN_MACROS, **more}.items():
            made = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
            made.Name, made.Value = name, value
            properties.append(made)
        return self.desktop.loadComponentFromURL(url, "_blank", 0, tuple(properties))

    def open_document(self, path: Path) -> Any:
        document = self._load(load_uno().systemPathToFileUrl(str(path.resolve())))
        if document is None:
            raise refused(f"Sorry, we couldn't open '{path}'")
        self.documents()
        self.activate(document)
        return document

    def new_document(self) -> Any:
        document = self._load("private:factory/scalc")
        self.documents()
        self.activate(document)
        return document

    def untitled(self, document: Any) -> str:
        """What a workbook without a file is called."""
        return f"工作簿{document.RuntimeUID}"

    def formats(self, document: Any) -> Formats:
        """The number formats of a document, kept while it is open."""
        key = document.RuntimeUID
        if key not in self._formats:
            self._formats[key] = Formats(document)
        return self._formats[key]

    def close_document(self, document: Any) -> None:
        self._formats.pop(document.RuntimeUID, None)
        document.setModified(False)
        document.close(True)

    def close_books(self) -> None:
        """Close all workbooks without saving."""
        for document in list(self.documents()):
            self.close_document(document)
        self._active = None

    # what tests do

    def open(self, path: Path | str) -> xw.Book:
        """Open a workbook file as it lies there; nothing is copied, and nothing is ever written back to it."""
        return xw.Book(impl=Book(self, self.open_document(Path(path))))

    def new(self) -> xw.Book:
        """A new workbook that was never saved."""
        return xw.Book(impl=Book(self, self.new_document()))

    def document(self, book: xw.Book) -> Any:
        """The UNO document behind a workbook."""
        return book.impl.document

    def store(self, book: xw.Book, path: Path | str, form: str = "xlsx") -> Path:
        """Write a copy of an open workbook to another path, as ``xlsx``, ``pdf`` or ``ods``."""
        name = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
        name.Name, name.Value = "FilterName", FILTERS[form]
        url = load_uno().systemPathToFileUrl(str(Path(path).resolve()))
        if url == self.document(book).getURL():
            raise ValueError("a copy goes to another path")
        self.document(book).storeToURL(url, (name,))
        return Path(path)

    # what a user does and sees

    def protect(self, book: xw.Book, sheet: str) -> None:
        """Protect a sheet as a user does; cells that are not locked stay writable."""
        self.document(book).Sheets.getByName(sheet).protect("")

    def unprotect(self, book: xw.Book, sheet: str) -> None:
        self.document(book).Sheets.getByName(sheet).unprotect("")

    def scroll(self, book: xw.Book, row: int, column: int = 1) -> None:
        """Let the window of a workbook begin at a cell of the active sheet."""
        pane = self._pane(book)
        pane.setFirstVisibleRow(row - 1)
        pane.setFirstVisibleColumn(column - 1)

    def _pane(self, book: xw.Book) -> Any:
        """The part of the window that scrolls: the last one, where panes are frozen."""
        controller = self.document(book).getCurrentController()
        return controller.getByIndex(controller.getCount() - 1)

    def view(self, book: xw.Book) -> View:
        """What the user has before the eyes."""
        controller = self.document(book).getCurrentController()
        selection = selected(book.impl)
        return View(
            controller.getActiveSheet().getName(),
            None if selection is None else joined(selection.boxes),
            self._pane(book).getFirstVisibleRow() + 1,
            self._pane(book).getFirstVisibleColumn() + 1,
            controller.hasFrozenPanes(),
        )

    def screenshot(self, path: Path | str) -> Path:
        """A picture of the whole X display.

        Raises:
            RuntimeError: LibreOffice was started without one.
        """
        if not self.display:
            raise RuntimeError("this LibreOffice has no display; start it with one")
        subprocess.run(["import", "-display", self.display, "-window", "root", str(path)], check=True)
        return Path(path)
