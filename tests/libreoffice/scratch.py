"""A hidden document in which formulas are tried out before they go into a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine import formulas
from tests.libreoffice.engine.looks import CONTENTS
from tests.libreoffice.engine.refusals import refused
from tests.libreoffice.values import ERROR_CELLS, SYNTAX

if TYPE_CHECKING:
    from collections.abc import Callable


class Scratch:
    """Opened when it is first needed.

    Args:
        load: makes an empty hidden document.
    """

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load = load
        self._document: Any = None

    @property
    def uid(self) -> str | None:
        """By what the document is told from workbooks; ``None`` while there is none."""
        return None if self._document is None else self._document.RuntimeUID

    def close(self) -> None:
        if self._document is not None:
            self._document.close(True)
            self._document = None

    def check(self, texts: list[str]) -> None:
        """Refuse formulas that Excel's parser refuses.

        Structured references are believed: this document has no tables.

        Raises:
            com_error: one of the formulas is not possible.
        """
        if wrong := [text for text in texts if not formulas.acceptable(text)]:
            raise refused(f"Application-defined or object-defined error: {wrong[0]}")
        texts = [text for text in texts if "[" not in text]
        if texts and (wrong := self._broken(texts)):
            raise refused(f"Application-defined or object-defined error: {wrong[0]}")

    def _broken(self, texts: list[str]) -> list[str]:
        if self._document is None:
            self._document = self._load()
        sheet = self._document.Sheets.getByIndex(0)
        area = sheet.getCellRangeByPosition(0, 0, 0, len(texts) - 1)
        area.setFormulaArray(tuple((formulas.to_host(text),) for text in texts))
        rows = (
            row
            for found in area.queryFormulaCells(ERROR_CELLS).RangeAddresses
            for row in range(found.StartRow, found.EndRow + 1)
        )
        broken = [texts[row] for row in rows if sheet.getCellByPosition(0, row).getError() in SYNTAX]
        area.clearContents(CONTENTS)
        self._document.setModified(False)
        return broken
