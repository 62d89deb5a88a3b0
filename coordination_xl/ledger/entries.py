"""The entries of 责任部门/人, 完成时限 and 验收标准, each with what it says to find its task by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.date_texts import find_dates, read_date_text
from coordination_xl.ledger.dates import DateStatus, read_date
from coordination_xl.ledger.likeness import containment
from coordination_xl.ledger.parties import Party, read_party
from coordination_xl.ledger.parts import read_parts
from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.relative_dates import RelativeDue, find_relative

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from coordination_xl.ledger.date_forms import DateForm
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.parts import Part

LIKE: Final = 0.3
"""From this share of common character pairs a label names a task."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a column beside 协商结果.

    Attributes:
        text: the entry as typed, without its list number.
        number: its list number, None without one.
        label: the words that name its task, ``""`` without any.
        parties: who it names.
        form: its calendar date, None without one.
        when: its date where the cell is a real date.
        relative: its relative deadline, None without one.
        content: what it says beside its label.
    """

    text: str
    number: int | None = None
    label: str = ""
    parties: tuple[Party, ...] = ()
    form: DateForm | None = None
    when: datetime | None = None
    relative: RelativeDue | None = None
    content: str = ""


def responsible_entries(text: str, tasks: Sequence[str], directory: Directory) -> tuple[Entry, ...]:
    """Entries of 责任部门/人: ``用户画像-市场部专员``, ``市场部专员：用户画像``, ``市场部-李强``, ``市场部、数据部``.

    Args:
        text: the cell.
        tasks: the agreed sentences, which tell a task's name from a person's.
        directory: who is known.
    """
    entries: list[Entry] = []
    for part in read_parts(text):
        if part.label:
            entries.append(_labelled_party(part, tasks, directory))
        else:
            parties = read_parties(part.text, directory)
            entries.extend(Entry(party.text, part.number, "", (party,)) for party in parties)
    return tuple(entries)


def _labelled_party(part: Part, tasks: Sequence[str], directory: Directory) -> Entry:
    whole = _whole(part)
    owner, parties = read_party(part.label, directory), read_parties(part.text, directory)
    if owner.department is None or any(party.typed_department for party in parties):
        return Entry(whole, part.number, part.label, parties)
    if max((containment(part.text, task) for task in tasks), default=0.0) >= LIKE:
        return Entry(whole, part.number, part.text, (owner,))
    people = read_parties(f"{part.label}（{part.text}）", directory)
    return Entry(whole, part.number, "", tuple(replace(person, text=whole) for person in people))


def deadline_entries(value: object, directory: Directory) -> tuple[Entry, ...]:
    """Entries of 完成时限: a real date, or texts such as ``用户画像:2023-10-18``, ``10月18日前``, ``市场部：1周内``."""
    if not isinstance(value, str):
        when, status = read_date(value)
        return () if status == DateStatus.BLANK else (Entry(str(value), when=when, content=str(value)),)
    return tuple(_deadline(part, directory) for part in read_parts(value))


def _deadline(part: Part, directory: Directory) -> Entry:
    label, content = part.label, part.text
    if label and read_date_text(label) and not read_date_text(content):
        label, content = content, label
    form = read_date_text(content)
    dates = () if form else tuple(found for found in find_dates(content) if not found.is_from)
    relatives = () if form or dates else find_relative(content)
    found = dates or relatives
    if len(found) == 1 and not label:  # 市场部10月18日前 names its task beside the date
        label = (content[: found[0].start] + content[found[0].end :]).strip(" \t，,：:（）()")
    owner = read_party(label, directory)
    return Entry(
        _whole(part),
        part.number,
        label,
        (owner,) if owner.department else (),
        form or (dates[0].form if len(dates) == 1 else None),
        None,
        relatives[0] if len(relatives) == 1 else None,
        content,
    )


def acceptance_entries(text: str, directory: Directory) -> tuple[Entry, ...]:
    """Entries of 验收标准: ``用户画像：覆盖三个客群``."""
    entries = []
    for part in read_parts(text):
        owner = read_party(part.label, directory) if part.label else Party()
        parties = (owner,) if owner.department else ()
        entries.append(Entry(_whole(part), part.number, part.label, parties, content=part.text))
    return tuple(entries)


def _whole(part: Part) -> str:
    return f"{part.label}：{part.text}" if part.label and part.text else part.label or part.text
