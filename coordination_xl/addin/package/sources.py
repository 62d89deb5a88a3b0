"""Modules that VBA would not take are refused before anything is built.

Excel tells such a fault only at the first click, or says that the file is damaged.
Source: [MS-OVBA] 2.3.4.3 (module streams); the limits of the VBA language on names and lines.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from coordination_xl.addin.package.documents import BASES
from coordination_xl.addin.package.project import PROJECT_NAME
from coordination_xl.addin.package.ribbon import CALLBACK, CALLBACK_MODULE, CALLBACK_NAME
from coordination_xl.errors import AddinError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordination_xl.addin.vba import Module

LONGEST_LINE = 1023
"""Characters of one line; the editor of VBA cuts what is longer."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_CALLBACK = re.compile(rf"^(Public )?Sub {CALLBACK_NAME}\(\w+ As IRibbonControl\)", re.MULTILINE)
_FORBIDDEN = re.compile(r"[^\t\r\n\x20-\x7e]")
_CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_CLASS_ATTRIBUTES = (
    "Base",
    "GlobalNameSpace",
    "Creatable",
    "PredeclaredId",
    "Exposed",
    "TemplateDerived",
    "Customizable",
)


def refuse_misshapen(modules: Sequence[Module]) -> None:
    """Stop unless every module can stand in a project as it is, and the ribbon's callback is among them.

    Raises:
        AddinError: names the module and what is wrong with it.
    """
    taken = {PROJECT_NAME.casefold()}
    for module in modules:
        for fault in _faults(module):
            raise _error(module.name, fault)
        if module.name.casefold() in taken:
            raise _error(module.name, "这个名称用了两次")
        taken.add(module.name.casefold())
    if not any(module.name == CALLBACK_MODULE and _CALLBACK.search(module.text) for module in modules):
        raise _error(CALLBACK_MODULE, f"功能区按钮要调用的 {CALLBACK} 不在其中")


def _faults(module: Module) -> Iterable[str]:
    text = module.text
    if not _NAME.fullmatch(module.name):
        yield "名称不能用作 VBA 模块名"
    if found := _FORBIDDEN.search(text):
        yield f"含有 ASCII 以外的字符（U+{ord(found.group()):04X}）"
    if re.search(r"(?<!\r)\n|\r(?!\n)", text) or not text.endswith("\r\n"):
        yield "各行不是以 CRLF 结尾"
    if not text.startswith(f'Attribute VB_Name = "{module.name}"\r\n'):
        yield "第一行不是写明模块名的 Attribute VB_Name"
    lines = [line for line in text.split("\r\n") if not line.startswith("Attribute ")]
    if any(len(line) > LONGEST_LINE for line in lines):
        yield f"有一行超过 {LONGEST_LINE} 个字符"
    if module.is_class:
        missing = [each for each in _CLASS_ATTRIBUTES if f"\r\nAttribute VB_{each} = " not in text]
        base = BASES.get(module.name, _CLASS)
        if missing or f'\r\nAttribute VB_Base = "{base}"\r\n' not in text:
            yield f"类模块缺少属性 VB_{missing[0] if missing else 'Base'}，或属性的值不对"
    elif "\r\nAttribute VB_Base = " in text:
        yield "是类模块，却当作标准模块给出"


def _error(module: str, fault: str) -> AddinError:
    return AddinError(
        f"VBA 模块 {module}（xlwings {_xlwings()}）",
        fault,
        "加载项没有生成，请重新安装 coordination-xl 和它所要求的 xlwings 后再试",
    )


def _xlwings() -> str:
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return "未安装"
