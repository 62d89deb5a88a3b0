"""Departments and persons that are named anywhere in a sentence (``…，财务部*会计配合``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.clauses import person_span
from coordination_xl.ledger.department_names import leading_department
from coordination_xl.ledger.folding import fold, fold_name
from coordination_xl.ledger.parties import party_of

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.parties import Party

_NAMED_AS_A_DEPARTMENT: Final = re.compile(r".*(?:部|组|处|科|室|办|会|中心|公司)")
"""An alias such as 客服 alone is also half of 客服热线: only a name that ends like a department is believed in prose."""


def find_mentions(text: str, directory: Directory) -> tuple[Party, ...]:
    """The departments of 通讯录 that a sentence names, each with the person behind it, if any; each once, in its order.

    Who acts and who is only mentioned is not told apart.

    Source: SPEC A6 (配合方).
    """
    folded = fold(text)
    found: dict[tuple[str, str | None], Party] = {}
    position = 0
    while position < len(folded):
        length = leading_department(folded[position:], directory, in_prose=True)
        name = text[position : position + length]
        department = directory.department(name) if length else None
        if department is None or not _is_believed(name, department):
            position += 1
            continue
        start, end = person_span(folded, position + length, department, directory)
        party = party_of(text[position:end] if end > start else name, name, text[start:end], directory)
        found.setdefault((department, party.person), party)
        position = max(position + length, end)
    return tuple(found.values())


def _is_believed(name: str, department: str) -> bool:
    return fold_name(name) == fold_name(department) or _NAMED_AS_A_DEPARTMENT.fullmatch(fold(name)) is not None
