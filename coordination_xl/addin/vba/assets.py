"""The two modules that come with the installed xlwings (BSD and MIT): read at build time, never kept here."""

from __future__ import annotations

from importlib import resources
from importlib.metadata import version

from coordination_xl.addin.vba.patches import patched
from coordination_xl.errors import AddinError

__all__ = ["dictionary_source", "xlwings_source"]

_CLASS_HEAD = "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
_CLASS_NAME = 'Attribute VB_Name = "Dictionary"\r\n'
_CLASS_EXPOSED = "Attribute VB_Exposed = True\r\n"


def xlwings_source() -> str:
    """The module ``xlwings`` for add-ins of one's own, patched.

    Raises:
        AddinError: xlwings lacks the file, or it has another shape than we know.
    """
    return patched(_asset("xlwings_custom_addin.bas"), version("xlwings"))


def dictionary_source() -> str:
    """The class ``Dictionary``, which stands in for one that Macs lack, with the attributes that a project stores.

    Raises:
        AddinError: xlwings lacks the file, or it has another shape than we know.
    """
    text = _asset("addin", "Dictionary.cls")
    if not text.startswith(_CLASS_HEAD + _CLASS_NAME) or text.count(_CLASS_EXPOSED) != 1:
        raise _unknown("addin/Dictionary.cls")
    # An exported class begins with lines that the project itself does not store, and lacks three that it does.
    base = 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
    rest = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
    text = text.removeprefix(_CLASS_HEAD).replace(_CLASS_NAME, _CLASS_NAME + base, 1)
    return text.replace(_CLASS_EXPOSED, _CLASS_EXPOSED + rest, 1)


def _asset(*parts: str) -> str:
    file = resources.files("xlwings").joinpath(*parts)
    try:
        return file.read_bytes().replace(b"\r\n", b"\n").decode("ascii").replace("\n", "\r\n")
    except (FileNotFoundError, UnicodeDecodeError) as fault:
        raise _unknown("/".join(parts)) from fault


def _unknown(name: str) -> AddinError:
    return AddinError(
        f"xlwings {version('xlwings')}",
        f"它的 {name} 不存在，或与已知的不同",
        "请安装 coordination-xl 说明中列出的 xlwings 版本，再重新生成加载项",
    )
