"""What the paper of a kind has of its own: a warning line, boxes to fill in by hand, page numbers. Source: SPEC section 2, A."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[str, str]
"""Label, and what stands in the blank."""
_DATE = "　　　年　　月　　日"
_MINUTE = "　 月　 日　 时　 分"


@dataclass(frozen=True, slots=True)
class Slip:
    """A table to be filled in by hand.

    Attributes:
        heading: what stands above it; ``""`` nothing.
        rows: one or two boxes a row, and its least height in twentieths of a point.
    """

    heading: str
    rows: tuple[tuple[tuple[Box, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of one kind.

    Attributes:
        kind: 通知种类.
        has_band: whether the warning is told below the title.
        slip: what is filled in by hand.
        has_page_numbers: whether it may run over several pages.
    """

    kind: str
    has_band: bool = False
    slip: Slip | None = None
    has_page_numbers: bool = False


def _decision(who: str, what: str = "批示") -> Slip:
    return Slip("", ((((f"{who}{what}", ""),), 800), ((("签字", ""), ("日期", _DATE)), 400)))


_ANSWER = Slip(
    "配合答复",
    (
        ((("答复意见", "□同意　　□有异议"), ("答复时间", _DATE)), 400),
        ((("意见和说明", ""),), 600),
        ((("部门负责人", ""), ("经办人", "")), 400),
    ),
)
_REPLY = Slip("", (((("参会部门/人", ""), ("是否参会", "□参加　□不参加")), 400),))
_HANDLING = Slip(
    "办理反馈",
    (
        ((("原因和措施", ""),), 600),
        ((("预计办结", _DATE), ("签收人", "")), 400),
    ),
)
_ACCEPTANCE = Slip(
    "验收意见",
    (
        ((("验收结论", "□通过　　□不通过"),), 400),
        ((("说明", ""),), 600),
        ((("验收人", ""), ("日期", _DATE)), 400),
    ),
)
_EMERGENCY = Slip(
    "",
    (
        ((("报告人签字", ""), ("报告时间", _MINUTE)), 400),
        ((("分管领导批示", ""),), 800),
        ((("签字", ""), ("批示时间", _MINUTE)), 400),
    ),
)
_MINUTES = Slip("", (((("主持人签发", ""), ("记录人", "")), 400), ((("签发日期", _DATE), ("分发日期", _DATE)), 400)))

SHEETS = (
    Sheet("协调通知", slip=_ANSWER),
    Sheet("问题分派通知"),
    Sheet("会议通知", slip=_REPLY),
    Sheet("会议纪要", slip=_MINUTES, has_page_numbers=True),
    Sheet("进度催报", has_band=True),
    Sheet("催办单", has_band=True, slip=_HANDLING),
    Sheet("逾期预警", has_band=True),
    Sheet("紧急事项报告", has_band=True, slip=_EMERGENCY),
    Sheet("升级报告", has_band=True, slip=_decision("领导")),
    Sheet("变更通知"),
    Sheet("问题解决报告", slip=_ACCEPTANCE),
    Sheet("复盘报告", slip=_decision("分管领导"), has_page_numbers=True),
    Sheet("归档通知"),
    Sheet("涉密通知"),
    Sheet("催办汇总", has_band=True, has_page_numbers=True),
)
