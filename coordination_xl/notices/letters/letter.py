"""What every notice has: its head, to whom, whom to ask. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from datetime import datetime

READ = "已阅"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every notice says, whatever its kind. Each field is a variable of the templates.

    Attributes:
        kind: 通知种类.
        number: its own id, ``TZ-2026-0153``.
        company: name of the company.
        office: the department that writes it.
        now: when it is written.
        level: 保密等级, ``内部`` where the matter says nothing.
        record: id of the matter.
        title: name of the matter.
        sheet: the ledger it is in, as the workbook calls it.
        to: 主送, ``部门*职务`` each; of somebody who acts for another, ``技术部*专员（代技术部*工程师）``.
        copies: 抄送, likewise.
        contact: whom to ask, with the extension; ``""`` where 通讯录 has nobody.
        answer: what 要求答复 says: 已阅, 回复, 配合答复, 无.
        answer_by: until when; ``None`` where nothing is asked.
        reply_to: the bare address that answers go to; ``""`` where there is none.
    """

    kind: str
    number: str
    company: str
    office: str
    now: datetime
    level: str
    record: str
    title: str
    sheet: str
    to: tuple[str, ...]
    copies: tuple[str, ...] = ()
    contact: str = ""
    answer: str = "无"
    answer_by: datetime | None = None
    reply_to: str = ""

    @property
    def confirmed(self) -> str:
        """The number that whoever answers names: its own."""
        return self.number

    @property
    def read_link(self) -> str:
        """A mailto link that answers 已阅 with the number in its subject; ``""`` without an address."""
        return f"mailto:{self.reply_to}?subject={quote(f'{READ} {self.confirmed}')}" if self.reply_to else ""


def fields_of(head: Head) -> dict[str, Any]:
    """The fields of a head by name, to make the letter of a kind from them."""
    return {field.name: getattr(head, field.name) for field in dataclasses.fields(Head)}


def variables(letter: Head) -> dict[str, object]:
    """What the templates of a letter are given: its fields, and its own properties."""
    return {name: getattr(letter, name) for name in names(type(letter))}


def names(kind: type[Head]) -> tuple[str, ...]:
    """The variables that the templates of a kind of letter may ask for."""
    properties = [name for each in reversed(kind.__mro__) for name, value in vars(each).items() if _is_property(value)]
    return tuple(dict.fromkeys((*(field.name for field in dataclasses.fields(kind)), *properties)))


def _is_property(value: object) -> bool:
    return isinstance(value, property)
