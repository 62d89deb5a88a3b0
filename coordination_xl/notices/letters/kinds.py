"""Which model and which filler every kind of letter has. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.notices.letters.archived import ArchiveNotice, archive_notice
from coordination_xl.notices.letters.bundle import BUNDLE, Bundle, bundle
from coordination_xl.notices.letters.coordination import (
    ChangeNotice,
    CoordinationNotice,
    change_notice,
    coordination_notice,
)
from coordination_xl.notices.letters.emergencies import EmergencyReport, Review, emergency_report, review
from coordination_xl.notices.letters.meetings import Invitation, Minutes, invitation, minutes
from coordination_xl.notices.letters.problems import Assignment, SolutionReport, assignment, solution_report
from coordination_xl.notices.letters.reminders import ReminderLetter, reminder_letter
from coordination_xl.notices.letters.withheld import Withheld, withheld
from coordination_xl.schema.notices import REMINDERS, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coordination_xl.notices.letters.letter import Head


class Letter(NamedTuple):
    """One kind of letter.

    Attributes:
        model: what its templates may ask for.
        fill: makes one: of ``(head, matter, ledgers)``; of a reminder, of 涉密通知 and of 催办汇总 see the function itself.
    """

    model: type[Head]
    fill: Callable[..., Head]


LETTERS: Mapping[str, Letter] = MappingProxyType(
    {
        "协调通知": Letter(CoordinationNotice, coordination_notice),
        "问题分派通知": Letter(Assignment, assignment),
        "会议通知": Letter(Invitation, invitation),
        "会议纪要": Letter(Minutes, minutes),
        **dict.fromkeys(REMINDERS, Letter(ReminderLetter, reminder_letter)),
        "紧急事项报告": Letter(EmergencyReport, emergency_report),
        "变更通知": Letter(ChangeNotice, change_notice),
        "问题解决报告": Letter(SolutionReport, solution_report),
        "复盘报告": Letter(Review, review),
        "归档通知": Letter(ArchiveNotice, archive_notice),
        BUNDLE: Letter(Bundle, bundle),
        WITHHELD: Letter(Withheld, withheld),
    }
)
"""The folder of its templates → the letter. 周报 is no letter: its page is its own."""
