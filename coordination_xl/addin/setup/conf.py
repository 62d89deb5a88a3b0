"""The user's conf: which Python the add-in starts, and how.

The add-in reads it with VBA's ``Input #``: pairs ``"KEY","value"``, one a line, in the code page of the system. A quote cannot
be escaped in it, and on Windows ``%NAME%`` in a value is replaced by the variable of that name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from coordination_xl.addin.setup.places import MACOS, WINDOWS
from coordination_xl.errors import AddinError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coordination_xl.addin.setup.machine import Machine

INTERPRETER = {WINDOWS: "INTERPRETER_WIN", MACOS: "INTERPRETER_MAC"}
FIXED = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # a file beside a workbook must not stand in for a module of ours
    "PYTHONPATH": "",  # the interpreter finds us by itself
    "USE UDF SERVER": "False",  # a click gets a new interpreter: nothing of the last one is left over
    "SHOW CONSOLE": "False",
}
DIVERTING = ("CONDA PATH", "CONDA ENV", "INTERPRETER")
"""Keys that would send a click to another Python; installing takes them out."""
STORE = "是 Microsoft 应用商店版的 Python，它写的加载项 Excel 看不到"
STORE_REMEDY = "从 python.org 安装 Python，用它新建虚拟环境，在里面安装 coordination-xl，再从那里安装加载项"
_OURS = frozenset((*INTERPRETER.values(), *FIXED, *DIVERTING))
_CHINESE = "在“控制面板→区域→管理→更改系统区域设置”中选“中文(简体，中国)”，重启电脑后再安装"
_UTF8_OFF = (
    "在“控制面板→区域→管理→更改系统区域设置”中选“中文(简体，中国)”，"
    "并取消勾选“Beta 版：使用 Unicode UTF-8 提供全球语言支持”，重启电脑后再安装"
)
_PAIR = re.compile(rb'\s*(?:"(?P<key>[^"]*)"|(?P<bare>[^",]*?))\s*,\s*(?:"(?P<value>[^"]*)"|(?P<plain>[^",]*?))\s*')
_SHELL_SAFE = re.compile(r"/[A-Za-z0-9._/@+=~-]*")


@dataclass(frozen=True, slots=True)
class Conf:
    """What a conf file says.

    Attributes:
        values: value by key, keys in capitals.
        kept: lines with keys that are the user's own, to the byte.
        dropped: lines that the add-in could not read either.
    """

    values: Mapping[str, str]
    kept: tuple[bytes, ...] = ()
    dropped: tuple[str, ...] = ()


def parse(content: bytes, code_page: str) -> Conf:
    """Read a conf; of a key that stands twice the first counts, as for the add-in."""
    values: dict[str, str] = {}
    kept: list[bytes] = []
    dropped: list[str] = []
    for line in content.removeprefix(b"\xef\xbb\xbf").splitlines():
        pair = _PAIR.fullmatch(line)
        if pair is None:
            if line.strip():
                dropped.append(line.decode(code_page, "replace"))
            continue
        key = (pair["key"] or pair["bare"] or b"").decode(code_page, "replace").upper()
        values.setdefault(key, (pair["value"] or pair["plain"] or b"").decode(code_page, "replace"))
        if key not in _OURS:
            kept.append(line)
    return Conf(values, tuple(kept), tuple(dropped))


def conf_text(machine: Machine, old: Conf) -> bytes:
    """The conf for this machine: our keys first, then the user's own lines as they were.

    Raises:
        AddinError: the interpreter's path or the user's folder cannot be written so that Excel finds it.
    """
    pairs = {INTERPRETER[machine.platform]: str(interpreter_name(machine))} | FIXED
    end = b"\r\n" if machine.platform == WINDOWS else b"\n"
    lines = [f'"{key}","{value}"'.encode(_code_page(machine)) for key, value in pairs.items()]
    return end.join([*lines, *old.kept, b""])


def interpreter_name(machine: Machine) -> PurePath:
    """The interpreter's path as it stands in the conf: its own, its 8.3 name, or that of the launcher.

    Raises:
        AddinError: there is no name for it that Excel could use.
    """
    path = console_interpreter(machine)
    if machine.platform == MACOS:
        name = machine.launcher_file if needs_launcher(machine) else path
        if not _SHELL_SAFE.fullmatch(str(name)):
            raise AddinError(
                str(path), "Mac 版 Excel 无法启动这个路径下的 Python", "换一个名称只有英文字母和数字的账户安装"
            )
        return name
    if not is_sayable(str(machine.conf_file), machine.code_page):
        raise AddinError(
            str(machine.conf_file),
            f"您的文件夹名里有系统代码页（{machine.code_page}）没有的字，Excel 找不到设置文件",
            _UTF8_OFF if _is_utf8(machine.code_page) else _CHINESE,
        )
    for usable in (path, machine.short_name(path)):
        if usable is not None and is_sayable(str(usable), machine.code_page) and "%" not in str(usable):
            return usable
    raise AddinError(
        str(path),
        "路径里有百分号，或有系统代码页没有的字，Excel 无法启动这里的 Python",
        r"把 Python 环境建在名称简单的文件夹里，例如 C:\coordination，再从那里安装",
    )


def console_interpreter(machine: Machine) -> PurePath:
    """The interpreter that waits and writes its errors: ``python.exe``, never ``pythonw.exe``, for which cmd would not wait.

    Raises:
        AddinError: it is not known which Python runs this program, or it is that of the Microsoft Store.
    """
    path = machine.interpreter
    if machine.is_from_store:
        raise AddinError(str(path), STORE, STORE_REMEDY)
    if not path.is_absolute():
        raise AddinError("Python", "不知道正在运行的是哪一个 Python", "用虚拟环境里的 coordination-xl 命令安装")
    is_windowed = isinstance(path, PureWindowsPath) and path.stem.lower() == "pythonw"
    return path.with_name("python.exe") if is_windowed else path


def needs_launcher(machine: Machine) -> bool:
    """Whether the interpreter's path would not survive the way: on macOS it goes unquoted through a shell, in ASCII."""
    return machine.platform == MACOS and not _SHELL_SAFE.fullmatch(str(machine.interpreter))


def launcher_text(machine: Machine) -> bytes:
    """The launcher: hands everything on to the interpreter, whatever its path looks like."""
    quoted = str(machine.interpreter).replace("'", "'\\''")
    return f"#!/bin/sh\nexec '{quoted}' \"$@\"\n".encode()


def is_sayable(text: str, code_page: str) -> bool:
    """Whether a text comes through the code page unharmed.

    Where Windows is set to UTF-8 (a trial feature of its own) VBA is not known to read it, so there ASCII alone is trusted.
    """
    if text.isascii():
        return True
    if _is_utf8(code_page):
        return False
    try:
        return text.encode(code_page).decode(code_page) == text
    except UnicodeError:
        return False


def _code_page(machine: Machine) -> str:
    return machine.code_page if machine.platform == WINDOWS else "ascii"


def _is_utf8(code_page: str) -> bool:
    return code_page.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")
