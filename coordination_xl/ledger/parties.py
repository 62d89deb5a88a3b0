"""Departments and persons as people type them: ``客户服务部*经理``, ``王芳（市场部）``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.department_names import leading_department
from coordination_xl.ledger.folding import fold, trim

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory

_COLLECTIVE: Final = re.compile(r"(?:全体|全员|大家|所有|各|相关|有关|每个|每位|双方|多部门|集体|共同).*")
_COLLECTIVE_REST: Final = re.compile(r"(?:全体|全员|所有|相关|有关|各).*|.*(?:全体|全员|所有人|们)")
_INNER_SEPARATORS: Final = " \t*-—–/:·|"
_IN_BRACKETS: Final = re.compile(r"[^()]+\((?P<inner>[^()]+)\)")
_LONGEST_NAME: Final = 40
_HEADED: Final = "部处科组室会"
"""Suffixes whose head is called by them: 技术部长 is the 部长 of 技术部."""


@dataclass(frozen=True, slots=True)
class Party:
    """One department and/or person.

    Attributes:
        department: the department's own name where 通讯录 knows it, else as typed; None if none was typed.
        typed_department: the department as typed; None if none was.
        person: name or title as typed, the mask ``*`` between department and title left out; None if none was typed.
        is_alias: the department was typed under another of its names.
        is_known_department: 通讯录 has the department.
        is_known_person: 通讯录 has the person (in this department, where one was typed).
        is_collective: everybody, and so nobody (``各部门``, ``市场部全体``).
        text: the whole as typed.
    """

    department: str | None = None
    typed_department: str | None = None
    person: str | None = None
    is_alias: bool = False
    is_known_department: bool = False
    is_known_person: bool = False
    is_collective: bool = False
    text: str = ""

    @property
    def is_recognised(self) -> bool:
        """Whether anything in the text is known or looks like a department."""
        return self.department is not None or self.is_known_person or self.is_collective


def read_party(text: str, directory: Directory) -> Party:
    """Understand one party: a department, a department and a person (in either order), or a person.

    The department is the longest known name or alias that the text begins with; an unknown one is told by its last
    character (部, 组, 中心 …). A person without a department stays without one.

    Returns:
        Blank text gives a party of nothing. What is no department is the person, as typed and not known: never lost.

    Source: SPEC B5 (everybody is nobody), SPEC B8 (masked names).
    """
    typed = trim(text)
    folded = fold(typed)
    if _COLLECTIVE.fullmatch(folded) and directory.department(folded) is None:
        return Party(is_collective=True, text=typed)
    end = leading_department(folded, directory)
    if end == 0:
        return _person_first(typed, directory)
    rest = typed[end:]
    if folded[end:].lstrip().startswith("长") and folded[end - 1] in _HEADED:
        rest = typed[end - 1] + trim(rest)
    return party_of(typed, typed[:end], _person_text(rest), directory)


def party_of(text: str, typed_department: str, person: str, directory: Directory) -> Party:
    """The party of a department and a person (blank: none) that have been told apart."""
    known = directory.department(typed_department)
    is_known_person = bool(person) and known is not None and directory.person(known, person) is not None
    is_collective = bool(_COLLECTIVE_REST.fullmatch(fold(person))) and not is_known_person
    return Party(
        department=typed_department if known is None else known,
        typed_department=typed_department,
        person=None if is_collective or not person else person,
        is_alias=known is not None and fold(typed_department) != fold(known),
        is_known_department=known is not None,
        is_known_person=is_known_person,
        is_collective=is_collective,
        text=text,
    )


def _person_first(typed: str, directory: Directory) -> Party:
    """``王芳（市场部）``, ``李强-市场部`` or a bare ``张*``."""
    folded = fold(typed)
    match = _IN_BRACKETS.fullmatch(folded)
    cuts = [match.span("inner")] if match else [(i + 1, len(typed)) for i, c in enumerate(folded) if c in "-—/:"]
    for start, end in cuts:
        department = trim(typed[start:end]) if end - start <= _LONGEST_NAME else ""
        if department and leading_department(fold(department), directory) == len(department):
            return party_of(typed, department, _person_text(typed[: start - 1]), directory)
    person = _person_text(typed)
    is_known = bool(person) and directory.person(None, person) is not None
    return Party(person=person or None, is_known_person=is_known, text=typed)


def _person_text(text: str) -> str:
    """A name or title with the separators, the mask and the brackets before it taken off; ``张*`` keeps its mask."""
    text = text[len(text) - len(fold(text).lstrip(_INNER_SEPARATORS)) :]
    text = text[: len(fold(text).rstrip(_INNER_SEPARATORS.replace("*", "")))]
    folded = fold(text)
    if folded.startswith("(") and folded.endswith(")") and folded.count("(") == 1:
        return _person_text(text[1:-1])
    return text
