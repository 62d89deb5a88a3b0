"""From the click to its end: whatever happens, Excel is given back, and the user gets a sentence in Chinese.

Every macro runs inside ``clicked``; a traceback goes to the log alone. Source: SPEC section 6.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.clicking import boxes, questions
from coordination_xl.addin.clicking.caller import caller, window
from coordination_xl.addin.clicking.click import Click
from coordination_xl.addin.clicking.faults import sentence_of
from coordination_xl.addin.clicking.log import log_here
from coordination_xl.addin.clicking.turn import Turn
from coordination_xl.addin.vba.sources import WITHOUT_WORKBOOK
from coordination_xl.addin.wording import fitting
from coordination_xl.errors import StructureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    import xlwings as xw

_LABELS = {button.macro: button.label for button in BUTTONS}


@contextmanager
def clicked(macro: str, now: datetime | None = None) -> Iterator[Click]:
    """Carry one click out, as a context; an error inside is told here and goes no further.

    Args:
        macro: which button.
        now: the moment of judgement; the clock's where it is not given.
    """
    label, faults = _LABELS[macro], list[Exception]()
    workbook, turn = None, None
    try:
        app, workbook = caller()
        click = Click(label, now or datetime.now().replace(microsecond=0), app, workbook)
        turn = _turn(macro, workbook, click)
        try:
            click.step()
            yield click
        except Exception as fault:  # noqa: BLE001 - nobody is above this
            faults.append(fault)
        finally:
            click.give_back()
        for first in faults:
            _tell(click, first, workbook)
    except Exception as fault:  # noqa: BLE001 - nobody is above this
        if turn:
            turn.give_back()  # a box may stand for long
        _give_up(label, [*faults, fault], workbook)
    finally:
        if turn:
            turn.give_back()


def _turn(macro: str, workbook: xw.Book | None, click: Click) -> Turn | None:
    """Let nobody else work on the workbook meanwhile; where somebody does, say so and end."""
    if workbook is None or macro in WITHOUT_WORKBOOK:
        return None
    turn = Turn(log_here().parent, workbook.name)
    if not turn.take():
        from coordination_xl.addin.vba.messages import MESSAGES

        click.tell_fault(MESSAGES["StillRunning"])
        raise SystemExit(0)
    return turn


def _tell(click: Click, fault: Exception, workbook: xw.Book | None) -> None:
    """Tell an error; where the workbook lacks a part, offer to add it."""
    if isinstance(fault, StructureError) and workbook is not None:
        from coordination_xl.addin.clicking.offers import offer_upgrade

        offer_upgrade(click, fault)
    else:
        click.tell_fault(sentence_of(fault, click.button, workbook))


def _give_up(button: str, faults: list[Exception], workbook: xw.Book | None) -> NoReturn:
    """End the process where Excel itself could not be asked to tell: the system tells, or the VBA that started us."""
    text = "\n".join(dict.fromkeys(sentence_of(fault, button, workbook) for fault in faults))
    if boxes.shown(fitting(text), f"{questions.TITLE} · {button}", is_fault=True, owner=window()):
        raise SystemExit(0) from None  # told, so that the VBA need not tell it again
    from coordination_xl.addin.vba.messages import said_line

    raise SystemExit(f"{said_line(text)}\n{text}") from None
