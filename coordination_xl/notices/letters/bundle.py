"""催办汇总: the reminders of one run to one person, in one mail. Source: SPEC section 5, ``remind``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordination_xl.notices.letters.letter import Head, fields_of
from coordination_xl.notices.letters.reminders import ReminderLetter
from coordination_xl.notices.letters.standing import rank
from coordination_xl.notices.letters.withheld import Withheld

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.notices.words import Words

BUNDLE = "催办汇总"
_LAST = "9"
"""Sorts behind every date of this millennium."""
_LIGHTS = ("红", "黄", "蓝", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One reminder of several.

    Attributes:
        number: its own id.
        kind: 通知种类, or 涉密通知.
        light: 红, 黄, 蓝; ``""`` of a notice without its content.
        record: id of the matter.
        title: name of the matter; its id where these people may not read it.
        fact: how it stands, as the band of its own page would say.
        due: when it is, or was, due; ``None`` where that is withheld.
        rung: 升级层级 that is told.
        act_by: until when to act; ``None``: at once.
        next_rung: who is told next; ``""`` where nobody stands higher.
        next_at: when; ``None`` likewise.
    """

    number: str
    kind: str
    light: str
    record: str
    title: str
    fact: str
    due: datetime | None = None
    rung: str = ""
    act_by: datetime | None = None
    next_rung: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle(Head):
    """Several reminders to one person.

    Attributes:
        items: the reminders, red first, then by due time; at least one.
    """

    items: tuple[Item, ...]

    @property
    def red(self) -> int:
        """How many are 红."""
        return self._of("红")

    @property
    def yellow(self) -> int:
        """How many are 黄."""
        return self._of("黄")

    @property
    def blue(self) -> int:
        """How many are 蓝."""
        return self._of("蓝")

    @property
    def first_by(self) -> datetime | None:
        """Until when to act on the first of them; ``None`` where none says."""
        return min((each.act_by for each in self.items if each.act_by is not None), default=None)

    def _of(self, light: str) -> int:
        return sum(each.light == light for each in self.items)


def bundle(letters: Sequence[tuple[Head, Words]]) -> Bundle:
    """One letter of several reminders to the same person.

    It has the number of the first, the highest 保密等级 of those with content, and no matter of its own.

    Args:
        letters: each with what it says by itself; letters about content that is withheld among them.
    """
    first = letters[0][0]
    items = sorted(
        (_item(letter, words) for letter, words in letters),
        key=lambda each: (_LIGHTS.index(each.light), f"{each.due:%Y-%m-%d %H:%M}" if each.due else _LAST, each.number),
    )
    told = [letter for letter, _ in letters if not isinstance(letter, Withheld)]
    level = max((letter.level for letter in told or [first]), key=rank)
    own = {"kind": BUNDLE, "record": "", "title": "", "sheet": "", "level": level}
    copies = tuple(dict.fromkeys(name for letter, _ in letters for name in letter.copies))
    return Bundle(**fields_of(first) | own | {"copies": copies}, items=tuple(items))


def _item(letter: Head, words: Words) -> Item:
    shared: dict[str, Any] = {
        "number": letter.number,
        "kind": letter.kind,
        "record": letter.record,
        "title": letter.title,
    }
    if not isinstance(letter, ReminderLetter):
        return Item(**shared, light="", fact=words.band, act_by=letter.answer_by)
    late = letter.late
    return Item(
        **shared,
        light=late.light,
        fact=words.band,
        due=late.due,
        rung=late.rung,
        act_by=letter.act_by,
        next_rung=late.next_rung,
        next_at=late.next_at,
    )
