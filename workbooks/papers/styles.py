"""The styles of the Word templates: a person changes the look of a notice here, in Word's list of styles."""

from __future__ import annotations

from typing import NamedTuple

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RED = "B3261E"
LABEL_GROUND = "EEF1F5"
SONG, FANG, HEI = "宋体", "仿宋", "黑体"


class Style(NamedTuple):
    """A paragraph style.

    Attributes:
        id: as the XML says.
        name: as Word shows.
        font: its font.
        half_points: its size.
        paragraph: its paragraph properties, in the order that Word asks for.
        run: further run properties: what stands before colour and size, and after.
    """

    id: str
    name: str
    font: str
    half_points: int
    paragraph: str = ""
    bold: bool = False
    colour: str = ""
    spacing: int = 0


def _space(before: int = 0, after: int = 0, line: int = 470, rule: str = "exact") -> str:
    tight = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # as the picture has it: no gap between 月 and 17
    return f'{tight}<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


_CENTRED = '<w:jc w:val="center"/>'
_RED_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="4" w:color="{RED}"/></w:pBdr>'
_RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="9071"/></w:tabs>'
_RIGHT = '<w:jc w:val="right"/>'
_IN_FROM_RIGHT = '<w:ind w:rightChars="200" w:right="560"/>'
_HANGING = '<w:ind w:leftChars="100" w:left="240" w:hangingChars="100" w:hanging="240"/>'
_IN_BY_TWO = '<w:ind w:firstLineChars="200" w:firstLine="560"/>'

STYLES = (
    Style("Company", "通知 公司名称", SONG, 44, _space(0, 20, 600) + _CENTRED, bold=True, colour=RED, spacing=100),
    Style("Numbers", "通知 编号行", FANG, 24, _RED_RULE + _RIGHT_TAB + _space(0, 0, 320, "atLeast")),
    Style("NoticeTitle", "通知 标题", SONG, 40, "<w:keepNext/>" + _space(180, 100, 560, "atLeast") + _CENTRED, bold=True),
    Style("Band", "通知 预警", HEI, 28, _space(0, 100) + _CENTRED),
    Style("To", "通知 主送", FANG, 28, _space(0, 20)),
    Style("Body", "通知 正文", FANG, 28, _space() + _IN_BY_TWO + '<w:jc w:val="both"/>'),
    Style("Contact", "通知 联系人", FANG, 28, "<w:keepNext/>" + _space() + _IN_BY_TWO),
    Style("Heading", "通知 小标题", HEI, 28, "<w:keepNext/>" + _space(50, 30) + _IN_BY_TWO),
    Style("Label", "通知 表格栏目", HEI, 22, _space(0, 0, 300, "atLeast") + _CENTRED),
    Style("Value", "通知 表格内容", FANG, 24, _space(20, 20, 310, "atLeast")),
    Style("Cell", "通知 列表内容", FANG, 22, _space(20, 20, 290, "atLeast")),
    Style("Item", "通知 列项", FANG, 24, _space(0, 0, 350) + _HANGING + '<w:jc w:val="both"/>'),
    Style("Sign", "通知 落款", FANG, 28, "<w:keepNext/>" + _space() + _IN_FROM_RIGHT + _RIGHT),
    Style("Colophon", "通知 版记", FANG, 24, "<w:keepNext/>" + _space(20, 20, 320, "atLeast")),
    Style("ColophonRight", "通知 版记日期", FANG, 24, "<w:keepNext/>" + _space(20, 20, 320, "atLeast") + _RIGHT),
    Style("Gap", "通知 间隔", FANG, 20, "<w:keepNext/>" + _space(0, 0, 150)),
    Style("Foot", "通知 页脚", FANG, 18, _space(0, 0, 240, "atLeast") + _CENTRED, colour="5F6B7A"),
    Style("End", "通知 末行", FANG, 2, _space(0, 0, 20)),
    Style("Tag", "模板标签", FANG, 18, _space(0, 0, 240, "atLeast"), colour="5F6B7A"),
)  # fmt: skip


def styles_xml() -> str:
    """The whole part."""
    fonts = f'<w:rFonts w:ascii="{FANG}" w:hAnsi="{FANG}" w:eastAsia="{FANG}" w:cs="Times New Roman"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="28"/><w:szCs w:val="28"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    plain = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )
    return f"<w:styles {W}>{defaults}{normal}{plain}{''.join(map(_xml, STYLES))}</w:styles>"


def _xml(style: Style) -> str:
    look = "".join(
        (
            f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:eastAsia="{style.font}"/>',
            "<w:b/><w:bCs/>" if style.bold else "",
            f'<w:color w:val="{style.colour}"/>' if style.colour else "",
            f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else "",
            f'<w:sz w:val="{style.half_points}"/><w:szCs w:val="{style.half_points}"/>',
        )
    )
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
    )
