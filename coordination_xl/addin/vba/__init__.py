"""The VBA of the add-in, as text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Module", "modules"]


@dataclass(frozen=True, slots=True)
class Module:
    """One VBA module.

    Attributes:
        name: its name in the project.
        text: its source as it stands in the file: attributes first, ASCII, lines ended by CRLF.
        is_class: a class module, not a standard one.
    """

    name: str
    text: str
    is_class: bool = False


def modules() -> tuple[Module, ...]:
    """Every module of the add-in but the empty one of its sheet.

    Raises:
        AddinError: the installed xlwings ships other modules than we know.
    """
    # Here, since these take Module from above.
    from coordination_xl.addin.vba.assets import dictionary_source, xlwings_source
    from coordination_xl.addin.vba.functions import functions_module
    from coordination_xl.addin.vba.messages import messages_source
    from coordination_xl.addin.vba.sources import click_source, ribbon_source, workbook_source

    return (
        Module("ThisWorkbook", _crlf(workbook_source()), is_class=True),
        Module("xlwings", xlwings_source()),
        Module("Dictionary", dictionary_source(), is_class=True),
        Module("CxlRibbon", _crlf(ribbon_source())),
        Module("CxlClick", _crlf(click_source())),
        Module("CxlMessages", _crlf(messages_source())),
        functions_module(),
    )


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")
