"""What 案例库 keeps of an archived matter, and the name of its dossier's folder. Source: SPEC A12, A23, B4, B6."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.parties import read_party
from coordination_xl.schema.vocabulary import CONFIDENTIALITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.frames import Ledger

RESTRICTED_NOTE = "（内容见案卷，按保密等级查阅）"
_OPEN_LEVELS = frozenset({"", "公开", "内部"})

_CONTENT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Coordination": {
            "outcome": "outcome", "lessons": "lessons", "experience": "experience", "measures": "agreement",
        },
        "Problems": {"outcome": "outcome", "lessons": "lessons", "experience": "experience", "measures": "solution"},
        "Emergencies": {"root_cause": "root_cause", "measures": "measures"},
    }
)  # fmt: skip
"""Table → column of 案例库 → column of the matter. Meetings teach no case: they have no columns for it."""

_DEPARTMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"Coordination": ("initiator",), "Problems": ("lead_department",), "Emergencies": ("team_head", "finder")}
)
_KEYWORDS = ("work_type", "scenario", "emergency_type", "impact_level", "urgency")
_MOST_BYTES = 150
"""Of a folder's name: with the id, the path above and a file below it stays within what Windows takes."""


def level_of(ledger: Ledger, row: int) -> str:
    """The confidentiality of a matter; a synonym is the word it means, a word of its own stays."""
    typed = fold(str(ledger["confidentiality"][row])).strip()
    return CONFIDENTIALITY.meaning(typed) or typed


def is_restricted(level: str) -> bool:
    """Whether the content is only for those whose level allows it: 秘密, 机密, and any word that nobody knows."""
    return level not in _OPEN_LEVELS


def case_of(ledger: Ledger, row: int, directory: Directory) -> dict[str, str]:
    """Identifier of 案例库 → text, for one matter; blank values are left out, and nothing is invented.

    Of a restricted matter only title, source and department are given; the content is a note to read the dossier.

    Returns:
        Nothing for a table that teaches no case.
    """
    content = _CONTENT.get(ledger.table.name)
    if content is None:
        return {}

    def text(identifier: str) -> str:
        return str(ledger[identifier][row]).strip()

    case = {"title": text("title"), "source": ledger.id_at(row), "department": _department(ledger, row, directory)}
    if is_restricted(level_of(ledger, row)):
        case["outcome"] = RESTRICTED_NOTE
    else:
        words = dict.fromkeys(text(each) for each in _KEYWORDS if each in ledger.table.by_identifier)
        case["keywords"] = "；".join(filter(None, words))
        case |= {key: text(identifier) for key, identifier in content.items()}
    return {key: value for key, value in case.items() if value}


def _department(ledger: Ledger, row: int, directory: Directory) -> str:
    """The department in charge, by its own name where 通讯录 knows it."""
    for identifier in _DEPARTMENTS[ledger.table.name]:
        party = read_party(str(ledger[identifier][row]), directory)
        if party.department:
            return party.department
    return ""


def folder_name(record: str, title: str) -> str:
    """``XT-2026-0001 事项名称``, as every file system takes it: no sign that Windows refuses, no blank or dot at its end."""
    name = " ".join("".join(map(_safe, f"{record} {title}")).split())
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1]
    return name.strip(" .") or "_"


def _safe(letter: str) -> str:
    if letter in '<>"|?*':
        return " "
    if letter in "/\\:":
        return "-"
    return " " if unicodedata.category(letter)[0] in "CZ" else letter
