"""Where the name of a department ends in a text that begins with one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.folding import fold_name

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory

_NAME: Final = r"[^\s*()/:;,、。\-—–\d]"
_SHORT: Final = r"(?<![全内外干局顶底])部(?![署分件队门])|组(?![织件建])"
_LONG: Final = r"办公室|办公会|委员会|项目组|工作组|事业部|中心|公司"
_RARE: Final = r"处(?![理置])|科(?![技研学目])|室(?![内外])|办(?![理事法公])|会(?![计员议务展签谈])"
"""Suffixes that also end names of people (李科) and nouns (协调会): only behind two characters, never in prose."""

_PLAIN: Final = re.compile(rf"{_NAME}{{1,10}}?(?:{_LONG}|{_SHORT})")
_BEHIND_TWO: Final = re.compile(rf"{_NAME}{{2,10}}?(?:{_RARE})")
_FURTHER: Final = re.compile(rf"(?!以及|[和及与]){_NAME}{{1,8}}?(?:{_LONG}|{_SHORT})|办公室|办公会|项目组|工作组")
_NEVER_IN_A_NAME: Final = re.compile(
    "[给向对把将的由请按]|提供|完成|配合|协助|协调|组织|负责|牵头|提交|安排|通知|召开|参加|审核|确认|汇总|发送|每个|所有|相关"
)

_JOINS: Final = re.compile("[和及与同]|联合")
"""In a sentence what stands behind one of these is the next party: 技术部工程师与财务部会计."""


def leading_department(folded: str, directory: Directory, *, in_prose: bool = False) -> int:
    """Length of the department name that a folded text begins with, 0 if it begins with none.

    The longest known name or alias wins. A name that goes on as a longer one (``研发中心测试部`` where only
    ``研发中心`` is known, ``数据分析中心`` where ``数据`` is an alias) is that longer, unknown department.

    Args:
        folded: the text, folded.
        directory: the names that are known.
        in_prose: whether a sentence follows, in which fewer unknown names are believed.
    """
    end = _known_length(folded, directory) or _unknown_length(folded, in_prose=in_prose)
    further = _FURTHER.match(folded, end) if end else None
    if further is None or (in_prose and (_NEVER_IN_A_NAME.search(further[0]) or _JOINS.search(further[0]))):
        return end
    return further.end()


def _unknown_length(folded: str, *, in_prose: bool) -> int:
    matches = [_PLAIN.match(folded)] if in_prose else [_PLAIN.match(folded), _BEHIND_TWO.match(folded)]
    ends = [match.end() for match in matches if match and not _NEVER_IN_A_NAME.search(match[0])]
    return min(ends, default=0)


def _known_length(folded: str, directory: Directory) -> int:
    """Length of the longest known name that the text begins with, spaces within it allowed."""
    names = directory.names()
    longest = max(map(len, names), default=0)
    end = spaces = 0
    for position, character in enumerate(folded):
        spaces += character.isspace()
        if position + 1 - spaces > longest:
            break
        if not character.isspace() and fold_name(folded[: position + 1]) in names:
            end = position + 1
    return end
