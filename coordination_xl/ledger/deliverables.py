"""What a task hands over, where its sentence says so: ``提供用户画像`` → ``用户画像``."""

from __future__ import annotations

import re
from typing import Final

from coordination_xl.ledger.folding import fold, trim

LONGEST: Final = 40

_NAMED: Final = re.compile(r"(?:交付成果|交付物|交付件|成果|产出|输出物)\s*(?:[:为是]|即)\s*(?P<what>[^,。;()]+)")
_HANDED_OVER: Final = re.compile(
    r"(?:^|[,。;、并]|[向给为][^,。;]{1,12}?)\s*"
    r"(?:提供|提交|出具|输出|交付|报送|编制|编写|起草|拟定|拟订|制定|制订|形成|发布|绘制|撰写)"
    r"(?P<what>(?![给到至了送告请批备])[^,。;()、]+)"
)
_MADE: Final = re.compile(
    r"(?:完成|整理|汇总|更新|修订|签订|签署)"
    r"(?P<what>[^,。;()、]*(?:报告|方案|清单|计划|规划|台账|表|稿|图|文档|协议|合同|纪要|手册|制度|办法|规范|细则|预算|样例|样品|证书))$"
)


def read_deliverable(gist: str) -> str:
    """The object of a sentence that hands something over (提供, 提交, 编制 …) or makes a document (完成…报告).

    Args:
        gist: the sentence without its parties and dates.

    Returns:
        As typed; ``""`` where nothing of the kind is said: nothing is guessed.

    Source: SPEC B3 (交付成果).
    """
    folded = fold(gist)
    for pattern in (_NAMED, _HANDED_OVER, _MADE):
        match = pattern.search(folded)
        what = trim(gist[match.start("what") : match.end("what")]) if match else ""
        if what and len(what) <= LONGEST:
            return what
    return ""
