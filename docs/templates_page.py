"""``templates/README.md``: which files a notice has, what its words set, what a template may ask for."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from coordination_xl.notices import filters
from coordination_xl.notices.letters.bundle import Item
from coordination_xl.notices.letters.kinds import LETTERS
from coordination_xl.notices.letters.letter import Head, names
from coordination_xl.notices.letters.reminders import Lateness
from coordination_xl.notices.words import Words
from coordination_xl.schema.notices import NOTICE
from coordination_xl.schema.tables import BY_NAME
from docs import templates_words
from docs.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD = """\
# 模板

<!-- 由 `python -m docs.build` 按程序生成，请勿手工修改。 -->

每一种文件一个文件夹。`init` 把这里的全部模板复制到新工作簿旁边的 `templates/`；工作簿旁边有同名文件的，以那一份为准，可以放心修改。
改坏了，删去那一个文件，就改用自带的。用记事本修改时，保存为 UTF-8。

| 文件 | 内容 |
| --- | --- |
| `种类/words.txt` | 这种通知说什么：标题、正文、基本情况、办理要求。改这一份，网页、邮件、纯文本和 Word 都随之改变 |
| `种类/page.docx` | Word 版，可在 Word 里直接改文字、样式、页眉页脚、加公司标志 |
| `种类/page.html`、`page.txt`、`subject.txt` | 网页兼邮件正文、纯文本正文、邮件主题 |
| `_base/notice.html`、`notice.txt`、`subject.txt` | 各种通知共用的版式，前一行的三个文件都由此扩展 |
| `_base/reminding.txt` | 催报、催办、预警、升级共用的话 |
| `_base/mail.html`、`_base/parts.html` | 页面的外框：色带、标题、落款、页脚；共用部件 |
| `催办汇总/` | 一次运行中发给同一人的几件催办 |
| `涉密通知/` | 发给可阅保密等级不够的人：只有编号，没有内容 |
| `周报/` | 周报的网页、纯文本和 Word；没有 `words.txt` |
| `案卷/` | 归档案卷的页面、部件和样式 |

模板用 Jinja2 书写：`{{ 字段 }}` 填入内容，`{{ 字段 | 过滤器 }}` 改变写法，`{% if … %}…{% endif %}` 按条件取舍。
单元格里的内容原样显示，写着 `{{ }}` 或 HTML 也不会执行。
Word 里的标签要写在同一段里；`{%p … %}` 是一整段，`{%tr … %}` 是一整行，`{%tc … %}` 是一整列。

写错字段名时，这一份通知记为“失败”，“失败原因”写明文件、行号和可用的字段；其他通知照常。
"""


def templates_page() -> str:
    """The whole page."""
    lines = [
        HEAD,
        "## words.txt 设置什么",
        "",
        "每一项写成 `{% set 名称 = … %}`。`title` 和 `opening` 必须有，其余可以不写。",
        "",
    ]
    lines += table(("名称", "含义"), _explained(_fields_of(Words), templates_words.WORDS))
    lines += ["## 每种通知都有的字段", ""]
    lines += table(("字段", "含义"), _explained(names(Head), templates_words.HEAD))
    lines += [
        "## 各种通知另有的字段",
        "",
        "括号里是台账的列名或含义；没有填写的，文字是空的，时间和数字是 `none`。",
        "",
    ]
    lines += table(("种类", "字段"), _kinds())
    lines += ["`late` 里有：", ""]
    lines += table(("字段", "含义"), _explained(_fields_of(Lateness), templates_words.LATENESS))
    lines += ["`items` 的每一件有：", ""]
    lines += table(("字段", "含义"), _explained(_fields_of(Item), templates_words.ITEM))
    lines += ["## 过滤器", "", "除 Jinja2 自带的以外，还有：", ""]
    lines += table(("过滤器", "写成"), _explained(filters.FILTERS, templates_words.FILTERS))
    return "\n".join(lines).rstrip() + "\n"


def _fields_of(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model))


def _explained(wanted: Iterable[str], words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Name and meaning; a name without a meaning is an error of ours."""
    return ((code(name), words[name]) for name in wanted)


def _kinds() -> list[tuple[str, str]]:
    """The kinds, those of one model together, with what they have besides."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind in LETTERS:
        told = tuple(f"{code(name)}（{_meaning(kind, name)}）" for name in _own(kind))
        kinds.setdefault(told, []).append(kind)
    return [("、".join(those), "、".join(told)) for told, those in kinds.items()]


def _own(kind: str) -> list[str]:
    return [name for name in names(LETTERS[kind].model) if name not in names(Head)]


def _meaning(kind: str, name: str) -> str:
    """The header of the column of that name, where a ledger of the kind has one; else our own word."""
    tables = [BY_NAME[each] for each in NOTICE[kind].tables] if kind in NOTICE else []
    headers = sorted({each.by_identifier[name].header for each in tables if name in each.by_identifier})
    special = templates_words.FIELDS.get(f"{LETTERS[kind].model.__name__}.{name}")
    return special or "、".join(headers) or templates_words.FIELDS[name]
