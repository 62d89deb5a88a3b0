"""One open workbook and its defined names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings
from xlwings import base_classes
from xlwings.utils import fullname_url_to_local_path

from tests.libreoffice.engine.counted import Counted
from tests.libreoffice.engine.names import Names
from tests.libreoffice.engine.native import Native
from tests.libreoffice.engine.sheet import Sheets
from tests.libreoffice.uno_bridge import load_uno

if TYPE_CHECKING:
    from tests.libreoffice.engine.app import App
    from tests.libreoffice.office import Office


class Book(Counted, base_classes.Book):
    """One open spreadsheet document."""

    def __init__(self, office: Office, document: Any) -> None:
        self._office = office
        self.document = document
        self.formats = office.formats(document)

    @property
    def app(self) -> App:
        from tests.libreoffice.engine.app import App  # the application knows its books, too

        return App(self._office)

    @property
    def name(self) -> str:
        return self.path.name if self.path else self._office.untitled(self.document)

    @property
    def path(self) -> Path | None:
        """Where the file lies; ``None`` if it was never saved."""
        url = self.document.getURL()
        return Path(load_uno().fileUrlToSystemPath(url)) if url else None

    @property
    def fullname(self) -> str:
        """The path; a cloud address that the office was told goes through xlwings' own search for the synced folder."""
        address = self._office.addresses.get(self.name)
        if address is None:
            return str(self.path or self.name)
        if "://" not in address:
            return address
        found = fullname_url_to_local_path(
            url=address,
            sheet_onedrive_consumer_config=None,
            sheet_onedrive_commercial_config=None,
            sheet_sharepoint_config=None,
        )
        if not found:
            raise xlwings.XlwingsError(f"no local folder is known for {address}")
        return found

    @property
    def api(self) -> Native:
        facts = {
            "Date1904": lambda: self.document.NullDate.Year == 1904,
            "ReadOnly": self.document.isReadonly,
            "Saved": lambda: not self.document.isModified(),
        }
        return Native(self._office, facts)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self, self.document.NamedRanges)

    def activate(self) -> None:
        self._office.activate(self.document)

    def close(self) -> None:
        self._office.close_document(self.document)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Only recorded: the file that a test opened stays as it is. ``Office.store`` writes a copy elsewhere."""
        self._office.saves.append((self.name, path, password))

    def json(self) -> dict[str, object]:
        raise NotImplementedError
