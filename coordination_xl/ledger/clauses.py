"""One agreed sentence: who does what by when (``市场部10月18日前提供用户画像``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.date_texts import FoundDate, find_dates
from coordination_xl.ledger.department_names import leading_department
from coordination_xl.ledger.folding import fold, fold_name, trim
from coordination_xl.ledger.parties import Party, party_of, read_party
from coordination_xl.ledger.relative_dates import RelativeDue, find_relative

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.parts import Part

_GAP: Final = ","
"""Stands, in the masked sentence, where a date was cut out."""

_OPENING: Final = re.compile(r"[\s,，。:]*(?:(?:拟|应|须|需)?由|请|需要?|应|须|将)?\s*")
_DUTY: Final = re.compile(r"[\s,，。、:]*(?:(?:将|需要?|应|须|要|主要|共同)?(?:负责|牵头|承担)|将|需要?|应|须)?\s*")
_ANOTHER: Final = re.compile(r"\s*(?:以及|[、和及与/&+])\s*")
_LATER: Final = re.compile(r"由|[(,]")
_IN_CHARGE: Final = re.compile(r".{0,8}?(?:负责|牵头|承担|主办)|[^()]{0,8}\)")
_TRAILING_DUTY: Final = re.compile(r"(?:负责|牵头|承担|主办)$")
_EDGES: Final = "，,。;；、 "
_LEFT_OVER: Final = re.compile(r"[（(]\s*(?:负责|牵头|承担)?\s*[）)]")
_EVERYBODY: Final = re.compile(
    r"(?:各|全体|大家|所有|全员|双方|相关|有关)(?:相关|有关)?"
    r"(?:部门|单位|方|人员|成员|员工|同事|人)?(?:\*?(?:负责人|对接人))?"
)
_TITLE_WORDS: Final = (
    "分析师|工程师|设计师|负责人|对接人|联系人|产品经理|项目经理|总经理|副经理|经理|总监|主管|专员|主任|部长|科长|处长"
    "|组长|助理|秘书|会计|老师"
)
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TITLED: Final = re.compile(rf"(?:[{_SURNAMES}]|高级|资深|首席|副)?(?:{_TITLE_WORDS})")
_NAMED: Final = re.compile(
    rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|\*{{1,2}})(?=\s*(?:{_GAP}|负责|牵头|承担|于|在|\)|$))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of 协商结果.

    Attributes:
        part: the part it was, with number and label.
        text: the sentence as typed, its label included.
        parties: the departments and persons who act in it, in the order of the text; empty if it names none.
        dates: calendar dates in it.
        relatives: relative deadlines in it.
        gist: what is to be done: the sentence without parties and dates.
    """

    part: Part
    text: str
    parties: tuple[Party, ...]
    dates: tuple[FoundDate, ...]
    relatives: tuple[RelativeDue, ...]
    gist: str


def read_clause(part: Part, directory: Directory) -> Clause:
    """Understand one agreed sentence.

    The actor is who the sentence begins with, or who stands behind ``由``, or whom ``负责`` follows; a department that
    is only mentioned (``提供给市场部``) is none. A label that is a department (``市场部：提供画像``) is the actor.
    """
    owner = read_party(part.label, directory) if part.label else Party()
    is_label_owner = owner.is_collective or owner.department is not None
    body = part.text or part.label
    dates, relatives = find_dates(body), find_relative(body)
    cut = [(found.start, found.end) for found in dates] + [(found.start, found.end) for found in relatives]
    parties, spans = ((owner,), []) if is_label_owner else find_actors(body, _masked(fold(body), cut), directory)
    gist = _without(body, spans + cut) if is_label_owner or not part.label else part.label
    text = f"{part.label}：{part.text}" if part.label and part.text else body
    return Clause(part, text, parties, dates, relatives, gist or text)


def find_actors(body: str, masked: str, directory: Directory) -> tuple[tuple[Party, ...], list[tuple[int, int]]]:
    """Who acts in a sentence whose dates are masked, and the spans that name them."""
    parties, spans = _actors_at(body, masked, _end(_OPENING, masked), directory)
    start = 0
    if not parties:
        for match in _LATER.finditer(masked):
            start = _end(_OPENING, masked, match.end())
            length = leading_department(masked[start:], directory, in_prose=True)
            if length and (match[0] == "由" or _IN_CHARGE.match(masked, start + length)):
                parties, spans = _actors_at(body, masked, start, directory)
                start = match.start() + (match[0] != "由")
                break
    if spans and not parties[0].is_collective:
        spans[0] = (start, spans[0][1])
    return parties, spans


def _actors_at(
    body: str, masked: str, start: int, directory: Directory
) -> tuple[tuple[Party, ...], list[tuple[int, int]]]:
    everybody = _EVERYBODY.match(masked, start)
    if everybody and not leading_department(masked[start:], directory):
        return (read_party(body[start : everybody.end()], directory),), [everybody.span()]
    parties: list[Party] = []
    position = start
    while length := leading_department(masked[position:], directory, in_prose=True):
        end = position + length
        person_start, person_end = person_span(masked, end, directory.department(body[position:end]), directory)
        person = body[person_start:person_end]
        if person and masked[person_start - 1] == "(" and masked[person_end : person_end + 1] == ")":
            person_end += 1
        text = body[position:person_end] if person else body[position:end]
        parties.append(party_of(text, body[position:end], person, directory))
        end = person_end if person else end
        another = _ANOTHER.match(masked, end)
        if another is None or not leading_department(masked[another.end() :], directory, in_prose=True):
            return tuple(parties), [(start, end)]
        position = another.end()
    return tuple(parties), [(start, position)] if parties else []


def person_span(masked: str, position: int, department: str | None, directory: Directory) -> tuple[int, int]:
    """Where a person stands behind a department; an empty span if none does."""
    start = position + len(masked[position:]) - len(masked[position:].lstrip(" *-/("))
    known = [form for form in directory.persons(department) if fold_name(masked[start:]).startswith(form)]
    if known:
        return start, start + len(max(known, key=len))
    match = _TITLED.match(masked, start) or _NAMED.match(masked, start)
    return match.span() if match else (position, position)


def _masked(folded: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        folded = folded[:start] + _GAP * (end - start) + folded[end:]
    return folded


def _without(body: str, spans: list[tuple[int, int]]) -> str:
    """What remains of a sentence when spans and the words that only assign it are taken out."""
    rest = "".join(c for i, c in enumerate(body) if not any(start <= i < end for start, end in spans))
    rest = _LEFT_OVER.sub("", rest)
    return _TRAILING_DUTY.sub("", trim(rest[_end(_DUTY, fold(rest)) :]).strip(_EDGES)).strip(_EDGES)


def _end(pattern: re.Pattern[str], text: str, position: int = 0) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
