"""What a person wrote in a reply, without what their mail program quoted and signed. Source: SPEC section 5, ``receipts``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

LONGEST: Final = 30_000
"""Characters of one answer that are kept; a cell holds a little more."""
_CUT: Final = "……（全文见邮件）"
_LONGEST_READ: Final = 200_000

_QUOTED: Final = (
    "原始邮件", "原邮件", "原始郵件", "转发邮件", "转发的邮件", "邮件原件", "回复的原邮件", "原始约会", "原约会",
    "original", "original message",
    "original mail", "original appointment", "reply message", "forwarded message",
)  # fmt: skip
_RULE: Final = re.compile(rf"\s*[-_=*—–－]{{2,}}\s*(?:{'|'.join(_QUOTED)})\s*[-_=*—–－]{{2,}}\s*$", re.IGNORECASE)
"""``-----原始邮件-----``, ``------------------ Original ------------------``."""
_BAR: Final = re.compile(r"\s*[_—–-]{10,}\s*$")
_FIELD: Final = re.compile(
    r"\s*[>|]*\s*\**\s*(?:发件人|寄件者|寄件人|发送时间|发送日期|收件人|收件者|抄送|副本|主题|主旨|日期|时间|from|sent|date|to|cc|subject)\s*\**\s*[:：]",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"\s*\**\s*(?:发件人|寄件者|寄件人|from)\s*\**\s*[:：]", re.IGNORECASE)
_WROTE: Final = re.compile(
    r"\s*(?:on\s.{4,300}\bwrote\s*[:：]|在?\s*.{4,300}(?:写道|寫道|来信|撰写)\s*[:：]|at\s+\d{4}-.{4,300}\bwrote\s*[:：])\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""``On Fri, Mar 6, 2026 at 10:00 AM Li <li@example.com> wrote:``, ``在 2026-03-06 10:00:00，"综合管理部" <…> 写道：``."""
_WROTE_BEGINS: Final = re.compile(r"\s*(?:on\s|at\s|在\s*\d|在\s*20|\d{4}[-/年])", re.IGNORECASE)
_LONGEST_WROTE: Final = 4
"""Lines over which mail programs break it."""
_SIGNATURE: Final = re.compile(r"-- ?$")
_SENT_FROM: Final = re.compile(
    r"\s*(?:发自我的|發自我的|来自我的|从我的.{1,12}发送|从移动版|sent from (?:my|mail)|sent via|get outlook for|"
    r"获取\s*outlook|下载\s*outlook|发自.{1,12}(?:邮箱|邮件|手机|版|iphone|ipad)|来自.{1,12}(?:邮箱|手机邮箱))",
    re.IGNORECASE,
)
_BLANK: Final = re.compile(r"[ \t]+$", re.MULTILINE)


class Reply(NamedTuple):
    """A mail's text, parted.

    Attributes:
        own: what its sender wrote.
        quoted: the rest.
    """

    own: str
    quoted: str


def reply_of(text: str) -> Reply:
    """Part a text: what stands above the quotation, and what the program added."""
    lines = _clean(text[:_LONGEST_READ]).split("\n")
    end = _quotation(lines)
    own, quoted = _parted(lines[:end])
    if not any(line.strip() for line in own):  # answered below what is quoted
        behind = [place for place in range(end + 1, len(lines)) if lines[place].strip()]
        marked = next((place for place in behind[:_LONGEST_WROTE] if _is_quoted(lines[place])), None)
        own = own if marked is None else _parted(lines[marked:])[0]
    quoted += lines[end:]
    for place, line in enumerate(own):
        if _SIGNATURE.match(line) or _SENT_FROM.match(line):
            own = own[:place]
            break
    while own and (not own[-1].strip() or _BAR.match(own[-1])):
        own.pop()
    told = re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()
    return Reply(told if len(told) <= LONGEST else told[: LONGEST - len(_CUT)] + _CUT, "\n".join(quoted))


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines of the sender's own, and lines marked as quoted."""
    return [line for line in lines if not _is_quoted(line)], [line for line in lines if _is_quoted(line)]


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "＞"))


def _quotation(lines: list[str]) -> int:
    """The line at which the quotation begins; their number where there is none."""
    for place, line in enumerate(lines):
        if _RULE.match(line):
            return place
        if _FROM.match(line) and any(_FIELD.match(each) for each in _following(lines, place)):
            before = place - 1
            while before >= 0 and not lines[before].strip():
                before -= 1
            return before if before >= 0 and _BAR.match(lines[before]) else place
        if _WROTE_BEGINS.match(line) or line.rstrip().endswith(("写道：", "写道:", "wrote:")):
            for length in range(1, _LONGEST_WROTE + 1):
                if _WROTE.match(" ".join(lines[place : place + length])[:600]):
                    return place
    return len(lines)


def _following(lines: list[str], place: int) -> list[str]:
    """The next lines with something in them."""
    return [line for line in lines[place + 1 : place + 8] if line.strip()][:3]


def _clean(text: str) -> str:
    """Without control characters, invisible ones and halves of characters; every line break is a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(letter for letter in text if letter in "\n\t" or not _is_unseen(letter))
    return _BLANK.sub("", kept.replace("\xa0", " ").replace("\t", " "))


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs"} or ord(letter) & 0xFFFE == 0xFFFE
