"""“已阅”, “收到”, “好的，谢谢”: what confirms that a notice was read and says nothing more. Source: SPEC A4."""

from __future__ import annotations

import re
from typing import Final

from coordination_xl.ledger.folding import fold

_WORDS: Final = (
    "已经阅读", "已阅知", "已阅读", "已阅", "阅知", "阅悉", "阅", "已读",
    "已经收到", "邮件已收到", "通知已收到", "已收到", "已收悉", "收到了", "收到",
    "收悉", "已知悉", "知悉", "已知晓", "知晓", "已知道", "知道了",
    "已了解", "了解", "明白了", "明白", "好的", "好滴", "好", "嗯", "可以", "确认",
    "已确认", "非常感谢", "感谢", "多谢", "谢谢您", "谢谢", "辛苦了", "辛苦", "回复", "回执", "您好", "你好", "各位", "领导",
    "okay", "ok", "gotit", "noted", "received", "confirmed", "read", "thankyou", "thanks", "well", "with", "hi", "hello",
)  # fmt: skip
_TITLE: Final = r"(?:[\w*]{1,6}?(?:经理|主任|主管|总监|部长|专员|老师|总)(?:您好|你好|好)?)"
_ONLY: Final = re.compile(rf"{_TITLE}?(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})+", re.IGNORECASE)
_LONGEST: Final = 60
_ASKS: Final = re.compile(r"[?？]|吗")


def is_confirmation(text: str) -> bool:
    """Whether a text confirms that its writer has read, and says nothing beyond it; nothing at all does not."""
    if len(text) > _LONGEST or _ASKS.search(text):
        return False
    bare = re.sub(r"[^\w*]+|_", "", fold(text)).casefold()
    return bool(bare) and bool(_ONLY.fullmatch(bare))
