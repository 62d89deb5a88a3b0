"""Python and what it must have: the interpreter that a click starts, this program, xlwings and its companions."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from coordination_xl.addin.setup import conf
from coordination_xl.addin.setup.checks import FAULT, OK, WARNING, Check
from coordination_xl.addin.setup.checks.files import INSTALL
from coordination_xl.addin.setup.places import MACOS, WINDOWS
from coordination_xl.errors import AddinError

if TYPE_CHECKING:
    from pathlib import PurePath

    from coordination_xl.addin.setup.machine import Machine

_COMPANIONS = {WINDOWS: {"win32com": "pywin32"}, MACOS: {"appscript": "appscript", "psutil": "psutil"}}
_OWN_VENV = (
    "按手册“在 Windows 上运行”建虚拟环境，在里面安装 coordination-xl，再从那里运行 coordination-xl addin install"
)


def program(machine: Machine) -> Check:
    """Which version of this program runs, and in which Python."""
    if machine.is_from_store:
        return Check("程序", FAULT, f"{machine.interpreter} {conf.STORE}", conf.STORE_REMEDY)
    return Check("程序", OK, f"coordination-xl {version('coordination-xl')}，Python {machine.interpreter}")


def interpreter(machine: Machine) -> Check | None:
    """The conf names an interpreter that is there, and it is the one that runs this check."""
    if not machine.has_excel:
        return None
    name = "按钮用的 Python"
    said = _named_interpreter(machine)
    if not said:
        return Check(name, FAULT, "设置文件没有写明", INSTALL)
    try:
        ours = str(conf.interpreter_name(machine))
    except AddinError as fault:
        return Check(name, FAULT, f"{fault.where}：{fault.what}", fault.remedy)
    if not _is_same(machine, said, ours) and not _is_same(machine, said, str(machine.interpreter)):
        if not machine.here(type(machine.interpreter)(said)).is_file():
            return Check(name, FAULT, f"{said} 不存在：Python 环境被移动或删除了", INSTALL)
        found = f"按钮用 {said}，现在检查的是 {machine.interpreter}"
        return Check(name, WARNING, found, f"要改用现在这一个，{INSTALL}；否则从那一个环境里检查")
    if not machine.here(type(machine.interpreter)(said)).is_file():
        return Check(name, FAULT, f"{said} 不存在", INSTALL)
    if conf.needs_launcher(machine) and _read(machine, machine.launcher_file) != conf.launcher_text(machine):
        return Check(name, FAULT, f"启动脚本 {machine.launcher_file} 指向别的 Python", INSTALL)
    return Check(name, OK, said)


def xlwings(machine: Machine) -> Check | None:
    """On Windows the library of this version of xlwings lies where Excel looks for it: only the worksheet functions need it."""
    name = f"xlwings {machine.xlwings_version}"
    if machine.platform != WINDOWS:
        return Check(name, OK, "已安装")
    library = f"xlwings64-{machine.xlwings_version}.dll"
    folders = (machine.interpreter.parent, machine.interpreter.parent.parent)
    for folder in folders:
        if machine.here(folder / library).is_file():
            return Check(name, OK, str(folder / library))
    found = f"{folders[1]} 里没有 {library}，按钮可以用，工作表函数 CXL.DUE 等不能用"
    return Check(name, WARNING, found, _OWN_VENV)


def companions(machine: Machine) -> Check | None:
    """The packages through which xlwings reaches Excel are there."""
    needed = _COMPANIONS.get(machine.platform)
    if needed is None:
        return None
    name = "、".join(needed.values())
    missing = [package for module, package in needed.items() if not machine.has_module(module)]
    if missing:
        remedy = f'"{machine.interpreter}" -m pip install {" ".join(missing)}'
        return Check(name, FAULT, f"缺少 {'、'.join(missing)}，Python 无法连接 Excel", remedy)
    return Check(name, OK, "已安装")


def _named_interpreter(machine: Machine) -> str:
    content = _read(machine, machine.conf_file)
    key = conf.INTERPRETER[machine.platform]
    return "" if content is None else conf.parse(content, machine.code_page).values.get(key, "")


def _is_same(machine: Machine, one: str, other: str) -> bool:
    """Whether two paths are written alike; where they lead is not asked, for the Python of an environment leads outside it."""
    return one.lower() == other.lower() if machine.platform == WINDOWS else one == other


def _read(machine: Machine, path: PurePath) -> bytes | None:
    try:
        return machine.here(path).read_bytes()
    except OSError:
        return None
