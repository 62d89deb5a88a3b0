"""Replies that are progress: what the responsible side writes back to a reminder. Source: SPEC A11, A17."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold
from coordination_xl.schema.notices import FEEDBACK, SLIP, WARNING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REPORTED_BY = frozenset({FEEDBACK, SLIP, WARNING, "问题分派通知"})
"""The kinds of notices to which a reply is progress."""
_RISK = re.compile(
    r"(?:^|(?<=[\n。；;，,]))[ \t]*(?:主要|重大|当前|存在的?)?风险(?:说明|提示)?\s*[:：]\s*", re.MULTILINE
)
_END_OF_RISK = re.compile(r"\n\s*\n")


def is_question(text: str) -> bool:
    """Whether a text only asks something: one sentence, with a question mark."""
    folded = fold(text).strip()
    return folded.endswith("?") and not re.search(r"[。;!\n]", folded)


def progress_of(text: str) -> Mapping[str, str]:
    """阶段性成果, and 风险说明 where the text says ``风险：…``; a risk ends with its paragraph."""
    match = _RISK.search(text)
    if match is None:
        return {"achievement": text}
    end = _END_OF_RISK.search(text, match.end())
    risk = text[match.end() : end.start() if end else len(text)].strip()
    rest = f"{text[: match.start()].rstrip()}\n{text[end.end() :] if end else ''}".strip()
    return {"achievement": rest or text, "risk": risk} if risk else {"achievement": text}


def parts_by_id(text: str, ids: Sequence[str]) -> Mapping[str, str]:
    """What a text says of each id that it names: from the line that names it up to the next that names another.

    An id that is not named is left out.
    """
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        named = [each for each in ids if re.search(rf"(?<![A-Za-z0-9]){re.escape(each)}(?!\d)", line)]
        current = named or current
        for each in current:
            parts.setdefault(each, []).append(line)
    return {each: "\n".join(lines).strip() for each, lines in parts.items()}
