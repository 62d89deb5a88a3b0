"""Lists of departments and persons: ``市场部专员、产品部主管、数据部*分析师``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.department_names import leading_department
from coordination_xl.ledger.folding import fold, trim
from coordination_xl.ledger.parties import Party, read_party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.directories import Directory

_HARD: Final = re.compile(r"[、;,\n\r\v\f]")
_SOFT: Final = re.compile(r"以及|[和及与/&+]")
_BRACKETS: Final = re.compile(r"[^()]*")
_PERSONS_IN_BRACKETS: Final = re.compile(r"(?P<department>[^()]+)\((?P<persons>[^()]+)\)")


def read_parties(text: str, directory: Directory) -> tuple[Party, ...]:
    """Understand a list of parties.

    ``、；，`` and line breaks always separate; 和, 及, 与 and ``/`` only between two that are recognised, so that
    ``研发与测试部`` survives and ``市场部/李强`` is one. ``市场部（王芳、李强）`` is two parties. A bare name behind a
    department belongs to that department where 通讯录 says so.

    Returns:
        In the order of the text; blank text gives none.

    Source: SPEC 2B (接收方, 责任部门/人), SPEC B8.
    """
    parties: list[Party] = []
    for piece in _split_hard(text):
        for party in _bracketed(piece, directory) or _split_soft(piece, directory):
            department = next((p.department for p in reversed(parties) if p.department), None)
            parties.append(_join(party, department, directory))
    return tuple(parties)


def _split_hard(text: str) -> list[str]:
    """The pieces between separators that no bracket encloses."""
    folded = fold(text)
    cuts = [match.start() for match in _HARD.finditer(folded)]
    if folded.count("(") == folded.count(")"):
        cuts = [cut for cut in cuts if folded.count("(", 0, cut) <= folded.count(")", 0, cut)]
    bounds = zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)
    return [piece for start, end in bounds if (piece := trim(text[start:end]))]


def _bracketed(piece: str, directory: Directory) -> list[Party]:
    """``市场部（王芳、李强）`` as one party a person; empty if the piece is not of that shape."""
    match = _PERSONS_IN_BRACKETS.fullmatch(fold(piece))
    if match is None or not _HARD.search(match["persons"]):
        return []
    department = trim(piece[: match.end("department")])
    if not leading_department(fold(department), directory):
        return []
    persons = _split_hard(piece[match.start("persons") : match.end("persons")])
    return [replace(read_party(f"{department}*{person}", directory), text=piece) for person in persons]


def _split_soft(piece: str, directory: Directory) -> Iterator[Party]:
    """The parties of a piece, cut at a conjunction only where both sides are recognised."""
    whole = read_party(piece, directory)
    cuts = _soft_cuts(piece, directory)
    if not cuts or whole.is_known_person:
        yield whole
        return
    start = 0
    current = read_party(piece[: cuts[0].start()], directory)
    for cut, end in zip(cuts, [*(following.start() for following in cuts[1:]), len(piece)], strict=True):
        right = read_party(piece[cut.end() : end], directory)
        if cut[0] == "/":  # 市场部/李强 is one
            is_separate = right.typed_department is not None
        else:
            right = _join(right, current.department, directory)
            is_separate = right.is_recognised
        if current.is_recognised and is_separate:
            yield current
            start, current = cut.end(), right
        else:
            current = read_party(piece[start:end], directory)
    yield current


def _soft_cuts(piece: str, directory: Directory) -> list[re.Match[str]]:
    """The conjunctions of a piece, those within a known name left out."""
    folded = fold(piece).casefold()
    spans = []
    for name in directory.names():
        if _SOFT.search(name):
            at = folded.find(name)
            while at >= 0:
                spans.append((at, at + len(name)))
                at = folded.find(name, at + 1)
    return [m for m in _SOFT.finditer(folded) if not any(a <= m.start() < b for a, b in spans)]


def _join(party: Party, department: str | None, directory: Directory) -> Party:
    """Give a bare name the department before it, if that department has the person."""
    if party.department is not None or party.person is None or department is None:
        return party
    if directory.person(department, party.person) is None:
        return party
    return replace(party, department=department, is_known_department=True, is_known_person=True)
