"""The files that installing lays down, and those that came with the program."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from coordination_xl import errors
from coordination_xl.addin.setup import conf
from coordination_xl.addin.setup.checks import FAULT, OK, WARNING, Check
from coordination_xl.addin.setup.install import is_ours, xlwings_applescript
from coordination_xl.addin.setup.places import MACOS, home
from coordination_xl.errors import AddinError, CoordinationError
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from coordination_xl.addin.setup.machine import Machine

INSTALL = "退出 Excel，运行 coordination-xl addin install"
_SHIPPED = (
    ("templates",),
    ("workbooks", "coordination.xlsx"),
    ("workbooks", "coordination-demo.xlsx"),
    ("docs", "handbook.zh-CN.md"),
)


def addin_file(machine: Machine, build: Callable[[], bytes]) -> Check:
    """The add-in lies where Excel loads it, and is what this version builds; without an Excel, only that it can be built."""
    name = "加载项文件"
    try:
        built = build()
    except AddinError as fault:
        return Check(name, FAULT, f"{fault.where}：{fault.what}", fault.remedy)
    if not machine.has_excel:
        return Check(name, OK, "可以生成")
    path = machine.addin_file
    content = _content(machine, path)
    if isinstance(content, OSError):
        return Check(name, FAULT, f"{path} 无法读取（{errors.reason(content)}）", "检查文件夹的权限")
    if content is None:
        return Check(name, FAULT, f"没有安装：{path}", INSTALL)
    if not is_ours(content):
        return Check(name, FAULT, f"{path} 不是本程序的加载项", f"把它移走或改名，再{INSTALL}")
    if content != built:
        return Check(name, FAULT, f"{path} 是另一个版本的程序或 xlwings 生成的", INSTALL)
    return Check(name, OK, str(path))


def conf_file(machine: Machine) -> Check | None:
    """The conf is there and says what installing would write into it."""
    if not machine.has_excel:
        return None
    name, path = "设置文件", machine.conf_file
    content = _content(machine, path)
    if isinstance(content, OSError):
        return Check(name, FAULT, f"{path} 无法读取（{errors.reason(content)}）", "检查文件的权限")
    if content is None:
        return Check(name, FAULT, f"没有：{path}", INSTALL)
    said = conf.parse(content, machine.code_page)
    if said.dropped:
        return Check(name, FAULT, f"{path} 里有看不懂的行：{said.dropped[0]}", INSTALL)
    wrong = [key for key, value in conf.FIXED.items() if said.values.get(key) != value]
    wrong += [key for key in conf.DIVERTING if said.values.get(key)]
    if wrong:
        return Check(name, FAULT, f"{path} 里这些设置缺少或被改过：{'、'.join(wrong)}", INSTALL)
    return Check(name, OK, str(path))


def applescript(machine: Machine) -> Check | None:
    """On macOS the script that starts Python for Excel is that of the installed xlwings."""
    if machine.platform != MACOS:
        return None
    name, path = "AppleScript", machine.applescript_file
    content = _content(machine, path)
    if content is None or isinstance(content, OSError):
        return Check(name, FAULT, f"没有：{path}", INSTALL)
    try:
        is_same = content == xlwings_applescript(machine)
    except AddinError as fault:
        return Check(name, FAULT, f"{fault.where}：{fault.what}", fault.remedy)
    if not is_same:
        return Check(name, FAULT, f"{path} 与安装的 xlwings 不同", INSTALL)
    return Check(name, OK, str(path))


def shipped_files(machine: Machine) -> Check:  # noqa: ARG001 - every check is asked about a machine
    """Workbooks, templates and handbook came with the program."""
    name = "随附文件"
    missing = []
    for parts in _SHIPPED:
        try:
            shipped(*parts)
        except CoordinationError:
            missing.append("/".join(parts))
    if missing:
        return Check(name, FAULT, f"缺少 {'、'.join(missing)}", "重新安装 coordination-xl")
    return Check(name, OK, "工作簿、模板、手册齐全")


def write_access(machine: Machine) -> Check:
    """The user's own folder can be written."""
    name = "写入权限"
    folder = home(machine.platform, machine.env)
    try:
        with tempfile.TemporaryFile(dir=machine.here(folder)):
            pass
    except OSError as fault:
        remedy = "检查磁盘空间和文件夹权限；由单位统一管理的电脑，请信息技术人员处理"
        return Check(name, WARNING, f"{folder} 无法写入（{errors.reason(fault)}）", remedy)
    return Check(name, OK, f"{folder} 可以写入")


def _content(machine: Machine, path: PurePath) -> bytes | OSError | None:
    try:
        return machine.here(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        return fault
