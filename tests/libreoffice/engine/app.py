"""The engine, its application and its open workbooks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from xlwings import base_classes
from xlwings.utils import np_datetime_to_datetime

from tests.libreoffice.engine.book import Book
from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.entries import ERRORS
from tests.libreoffice.engine.filling import AutoCorrect
from tests.libreoffice.engine.native import Native
from tests.libreoffice.engine.selection import selected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.libreoffice.office import Office

_ERROR_NAMES = {number: name for name, number in ERRORS.items()}
_BUTTONS = {None: "ok", "ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}
_ALLOWED = {
    "ok": {"ok"},
    "ok_cancel": {"ok", "cancel"},
    "yes_no": {"yes", "no"},
    "yes_no_cancel": {"yes", "no", "cancel"},
}


class Engine:
    """What ``xw.Engine(impl=…)`` wraps; values are prepared and cleaned as in xlwings' engine for Windows."""

    name = "excel"
    type = "desktop"

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def apps(self) -> Apps:
        return Apps(self.office)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: dict[str, Any]) -> Any:  # noqa: ARG004  # xlwings' signature
        if isinstance(value, np.datetime64):
            value = np_datetime_to_datetime(value)
        if isinstance(value, dt.date):
            if value is pd.NaT:
                return ""
            return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
        if pd.isna(value):
            return ""
        return float(value) if isinstance(value, np.number) else value

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Callable, empty_as: object, number_builder: Callable | None, err_to_str: bool
    ) -> list[list[object]]:
        def clean(value: object) -> object:
            if value in ("", None):
                return empty_as
            if isinstance(value, dt.datetime):
                names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{name: getattr(value, name) for name in names}, tzinfo=None)
            if number_builder is not None and isinstance(value, float):
                return number_builder(value)
            if type(value) is int and value in _ERROR_NAMES:
                return _ERROR_NAMES[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """One LibreOffice, one app."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def keys(self) -> list[int]:
        return [App(self._office).pid]

    def add(self, **named: object) -> App:  # noqa: ARG002
        return App(self._office)

    @staticmethod
    def cleanup() -> None:
        """Nothing stays behind."""

    def __iter__(self) -> Iterator[App]:
        return iter([App(self._office)])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid not in self.keys():
            raise KeyError("Could not find an Excel instance with this PID.")
        return App(self._office)


def _remembered(name: str) -> property:
    """A switch of Excel that changes nothing here; what was set is on record."""

    def get(self: App) -> object:
        return self._office.state[name]

    def put(self: App, value: object) -> None:
        self._office.state[name] = value
        self._office.settings.append((name, value))

    return property(get, put)


class App(Counted, base_classes.App):
    """The running LibreOffice as an Excel instance."""

    screen_updating = _remembered("screen_updating")
    display_alerts = _remembered("display_alerts")
    enable_events = _remembered("enable_events")
    interactive = _remembered("interactive")
    cut_copy_mode = _remembered("cut_copy_mode")

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def api(self) -> Native:
        return Native(self._office, {"AutoCorrect": lambda: AutoCorrect(self._office)})

    @property
    def engine(self) -> Engine:
        return self._office.engine

    @property
    def pid(self) -> int:
        return self._office.pid

    @property
    def hwnd(self) -> int:
        return self._office.pid

    @property
    def version(self) -> str:
        return "16.0"

    @property
    def path(self) -> str:
        return str(self._office.profile)

    @property
    def startup_path(self) -> str:
        return str(self._office.profile / "XLSTART")

    @property
    def visible(self) -> bool:
        return self._office.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """LibreOffice was started with or without a window and stays so."""

    @property
    def books(self) -> Books:
        return Books(self._office, self)

    @property
    def selection(self) -> base_classes.Range | None:
        document = self._office.active_document()
        return selected(Book(self._office, document)) if document is not None else None

    def activate(self, steal_focus: bool = False) -> None:
        """There is only one."""

    def calculate(self) -> None:
        for document in self._office.documents():
            document.calculate()

    @property
    def calculation(self) -> str:
        return self._office.state["calculation"]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual", "semiautomatic"):
            raise KeyError(value)
        self._office.state["calculation"] = value
        for document in self._office.documents():
            document.enableAutomaticCalculation(value != "manual")
            if value == "automatic":
                document.calculate()

    @property
    def status_bar(self) -> str | bool:
        return self._office.state["status_bar"]

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._office.state["status_bar"] = value
        self._office.status.append(value)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object) -> str:  # noqa: ARG002
        answer = self._office.answers.pop(0) if self._office.answers else _BUTTONS[buttons]
        if answer not in _ALLOWED[buttons or "ok"]:
            raise AssertionError(f"the queued answer {answer!r} is no button of {buttons!r}: {prompt}")
        if mode not in (None, "info", "critical"):
            raise KeyError(mode)
        self._office.alerts.append((prompt, title, buttons, mode))
        return answer

    def run(self, macro: str, args: tuple) -> object:
        raise NotImplementedError(
            f"macros of the host are run by its own scripting, not through xlwings: {macro} {args}"
        )

    def quit(self) -> None:
        self._office.close_books()

    def kill(self) -> None:
        self._office.close_books()


class NoBook:
    """What xlwings makes of ``ActiveWorkbook`` when none is open: a book around nothing."""

    def __getattr__(self, name: str) -> object:
        raise AttributeError(f"'NoneType' object has no attribute '{name}'")


class Books(Counted, base_classes.Books):
    """The open workbooks."""

    def __init__(self, office: Office, app: App) -> None:
        self._office = office
        self.app = app

    def _all(self) -> list[Book]:
        return [Book(self._office, document) for document in self._office.documents()]

    @property
    def active(self) -> Book | NoBook:
        document = self._office.active_document()
        return NoBook() if document is None else Book(self._office, document)

    def __call__(self, name_or_index: int | str) -> Book:
        books = self._all()
        if isinstance(name_or_index, str):
            for book in books:
                if book.name.lower() == name_or_index.lower():
                    return book
        elif 1 <= name_or_index <= len(books):
            return books[name_or_index - 1]
        raise KeyError(name_or_index)

    def __contains__(self, name: str) -> bool:
        return any(book.name.lower() == name.lower() for book in self._all())

    def __len__(self) -> int:
        return len(self._office.documents())

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def add(self) -> Book:
        return Book(self._office, self._office.new_document())

    def open(self, fullname: str, *more: object) -> Book:  # noqa: ARG002
        return Book(self._office, self._office.open_document(Path(fullname)))
