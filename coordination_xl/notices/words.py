"""The words of a notice, which its ``words.txt`` sets once for page, text and Word. Source: SPEC section 5, ``notice``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices.environment import FieldMissing, broken, module_of
from coordination_xl.notices.places import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

TONES = ("红", "黄", "蓝", "平")
"""How the band on top of a page looks: the lights, and 平 for what is no warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a notice says. ``words.txt`` sets each by ``{% set name = … %}``.

    Attributes:
        title: its title: 关于…的….
        opening: paragraphs: what happened, by which rule.
        facts: label, value, and whether it is the one hot fact.
        requests: 办理要求, each in three: before the deadline, the deadline, after it; a text alone is one without.
        mark: what the subject and the band begin with: ``▲红色预警``; the kind itself where it is not set.
        band: what the band on top says behind the mark.
        tone: one of :data:`TONES`.
        sections: heading and paragraphs, between facts and requests.
        tables: heading, column names and rows, likewise, behind the sections.
        requests_heading: what the box of requests is called.
        remark: one more sentence behind the box; ``""`` none.
    """

    title: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str, bool], ...] = ()
    requests: tuple[tuple[str, str, str], ...] = ()
    mark: str = ""
    band: str = ""
    tone: str = "平"
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    requests_heading: str = "办理要求"
    remark: str = ""


def words_of(templates: Environment, kind: str, context: Mapping[str, object]) -> Words:
    """Read the words of a kind off its ``words.txt``.

    Facts whose value is blank are left out: empty says nothing.

    Raises:
        BrokenTemplate: the template cannot be used, or sets something that is not of the shape above.
    """
    name = f"{kind}/words.txt"
    told = module_of(templates, name, context)
    try:
        return Words(
            title=_line(told["title"]),
            opening=tuple(map(str, _list(told["opening"]))),
            facts=tuple(fact for each in _list(told.get("facts", ())) if (fact := _fact(each))[1].strip()),
            requests=tuple(_request(each) for each in _list(told.get("requests", ()))),
            mark=_line(told.get("mark", "")) or kind,
            band=_line(told.get("band", "")),
            tone=_tone(str(told.get("tone", "平"))),
            sections=tuple(_section(each) for each in _list(told.get("sections", ()))),
            tables=tuple(_table(each) for each in _list(told.get("tables", ()))),
            requests_heading=str(told.get("requests_heading", "办理要求")),
            remark=str(told.get("remark", "")),
        )
    except FieldMissing as fault:
        raise broken(fault, name, context, place_of(templates, name, fault.name)) from fault
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise BrokenTemplate(
            f"模板 {name}",
            f"无法使用：{f'没有设置“{fault.args[0]}”' if isinstance(fault, KeyError) else fault}",
            "对照自带模板改正，或删去工作簿旁 templates 里的这个文件，改用自带的模板",
        ) from fault


def _line(value: object) -> str:
    """One line: a line break cannot enter a title, and with it no header of a mail."""
    return " ".join(str(value).split())


def _list(value: object, *lengths: int) -> Sequence[Any]:
    """A list, of one of these lengths where some are given."""
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"“{value}”应是一个列表")  # noqa: TRY004 - told as every other wrong shape
    if lengths and len(value) not in lengths:
        raise ValueError(
            f"“{'、'.join(map(str, value))}”应有 {'或 '.join(map(str, lengths))} 项，而不是 {len(value)} 项"
        )
    return value


def _section(value: object) -> tuple[str, tuple[str, ...]]:
    heading, texts = _list(value, 2)
    return str(heading), tuple(map(str, _list(texts)))


def _fact(value: object) -> tuple[str, str, bool]:
    label, text, *hot = _list(value, 2, 3)
    return str(label), str(text), bool(hot and hot[0])


def _request(value: object) -> tuple[str, str, str]:
    if isinstance(value, str):
        return value, "", ""
    before, deadline, after = _list(value, 3)
    return str(before), str(deadline), str(after)


def _table(value: object) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    heading, columns, rows = _list(value, 3)
    return str(heading), tuple(map(str, _list(columns))), tuple(tuple(map(str, _list(row))) for row in _list(rows))


def _tone(word: str) -> str:
    if word not in TONES:
        raise ValueError(f"tone 应为：{'、'.join(TONES)}")
    return word
