"""Excel itself: whether it is there, and whether its settings let the add-in run.

The registry's values are Microsoft's; the user's Startup folder is trusted from the start, so the setting for macros in general
does not matter on Windows. What does: switching trusted places or add-ins off altogether, and asking for signatures.
"""

from __future__ import annotations

import plistlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from coordination_xl.addin import ADDIN
from coordination_xl.addin.setup.checks import FAULT, OK, WARNING, Check
from coordination_xl.addin.setup.install import is_from_web
from coordination_xl.addin.setup.places import MACOS, WINDOWS, home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

    from coordination_xl.addin.setup.machine import Machine

_APP_PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_WPS = r"HKCU\Software\Kingsoft\Office\6.0\Common"
_OFFICE = r"Software\Microsoft\Office\16.0\Excel"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel"
_ROOMS = (rf"HKCU\{_OFFICE}", rf"HKCU\{_POLICY}", rf"HKLM\{_POLICY}")
_COMMON = r"Software\Policies\Microsoft\Office\16.0\Common"
_SHARED = (rf"HKCU\{_COMMON}", rf"HKLM\{_COMMON}")
"""Policies for all of Office."""
_TRUST = "文件→选项→信任中心→信任中心设置"
_ADMIN = "灰色不能改的，是单位统一规定的，请信息技术人员处理"
_MAC_TRUST = "在 Excel 的“偏好设置→安全性”里，“宏安全性”选“禁用所有宏，并发出通知”"
_MAC_SWITCHES = ("VisualBasicEntirelyDisabled", "DisableVisualBasicMacScript")


def excel(machine: Machine) -> Check | None:
    """Excel is installed. Nothing is checked where there is none for the system."""
    name = "Excel"
    if machine.platform == WINDOWS:
        program = _windows_excel(machine)
        if program is not None:
            return Check(name, OK, str(program))
        if machine.registry(_WPS):
            found = "只找到 WPS。按钮要用 Microsoft Excel；WPS 请用命令行"
            return Check(name, FAULT, found, "安装 Microsoft Excel 2016 或更新的版本，或只用命令行")
        return Check(name, FAULT, "没有找到", "安装 Microsoft Excel 2016 或更新的版本；应用商店版找不到时可以不理会")
    if machine.platform == MACOS:
        for folder in (PurePosixPath("/Applications"), home(MACOS, machine.env) / "Applications"):
            info = _plist(machine, folder / "Microsoft Excel.app" / "Contents" / "Info.plist")
            if info is not None:
                return Check(
                    name, OK, f"{folder / 'Microsoft Excel.app'}，{info.get('CFBundleShortVersionString', '')}"
                )
        return Check(name, FAULT, "应用程序文件夹里没有 Microsoft Excel", "安装 Microsoft Excel 2016 或更新的版本")
    return None


def trust(machine: Machine) -> Check | None:
    """The settings of Excel let the add-in's macros run."""
    if machine.platform == MACOS:
        return _mac_trust(machine)
    if machine.platform != WINDOWS:
        return None
    name = "宏和加载项设置"
    found = [_values(machine, rf"{room}\Security") for room in _ROOMS]
    if any(_values(machine, key).get("vbaoff") == 1 for key in _SHARED):
        return Check(name, FAULT, "Office 禁用了 VBA，所有宏都不能运行", "这是单位统一规定的，请信息技术人员处理")
    if any(values.get("disablealladdins") == 1 for values in found):
        remedy = f"{_TRUST}→加载项：取消“禁用所有应用程序加载项”。{_ADMIN}"
        return Check(name, FAULT, "Excel 禁用了所有加载项", remedy)
    if any(values.get("requireaddinsig") == 1 for values in found):
        remedy = f"{_TRUST}→加载项：取消“要求受信任的发布者签署应用程序加载项”。{_ADMIN}"
        return Check(name, FAULT, "Excel 只运行有签名的加载项，本加载项没有签名", remedy)
    if _is_startup_untrusted(machine):
        warnings = [values.get("vbawarnings") for values in found]
        if any(value in (3, 4) for value in warnings):
            remedy = f"{_TRUST}→受信任位置：取消“禁用所有受信任位置”，并保留 XLSTART 文件夹。{_ADMIN}"
            return Check(name, FAULT, "受信任位置不起作用，宏又被禁止，按钮点了没有反应", remedy)
        remedy = f"打开 Excel 提示宏已禁用时，点“启用内容”；或在{_TRUST}→受信任位置恢复 XLSTART 文件夹"
        return Check(name, WARNING, "加载项所在的文件夹不是受信任位置", remedy)
    return Check(name, OK, "加载项在 Excel 默认信任的文件夹里，宏可以运行")


def origin(machine: Machine) -> Check | None:
    """The add-in does not bear Windows' mark of a file from the web, which would block its macros."""
    if machine.platform != WINDOWS or not machine.here(machine.addin_file).is_file():
        return None
    name = "来自网络的标记"
    if is_from_web(machine):
        remedy = "退出 Excel，重新运行 coordination-xl addin install；或在文件上点右键→属性，勾选“解除锁定”"
        return Check(name, FAULT, "加载项文件带有来自网络的标记，Excel 会阻止它的宏", remedy)
    return Check(name, OK, "没有")


def disabled(machine: Machine) -> Check | None:
    """Excel has not put the add-in on its list of disabled items, as it does after a crash."""
    if machine.platform != WINDOWS:
        return None
    name = "Excel 的禁用项目"
    mark = ADDIN.encode("utf-16-le")
    listed = machine.registry(rf"HKCU\{_OFFICE}\Resiliency\DisabledItems").values()
    if any(isinstance(value, bytes) and mark in value.lower() for value in listed):
        remedy = "Excel：文件→选项→加载项，“管理”选“禁用项目”，点“转到”，选中本加载项，点“启用”，重新打开 Excel"
        return Check(name, FAULT, "Excel 上次异常退出后禁用了本加载项", remedy)
    return Check(name, OK, "没有本加载项")


def _windows_excel(machine: Machine) -> PurePath | None:
    for root in ("HKCU", "HKLM"):
        value = machine.registry(rf"{root}\{_APP_PATHS}").get("")
        program = PureWindowsPath(value.strip('"')) if isinstance(value, str) and value else None
        if program is None or program.name.lower() != "excel.exe":  # WPS can be registered in Excel's place
            continue
        if machine.here(program).is_file():
            return program
    return None


def _is_startup_untrusted(machine: Machine) -> bool:
    """Whether trusted places are switched off, or all but the company's; or the folder lies on a network, not trusted by itself."""
    found = [_values(machine, rf"{room}\Security\Trusted Locations") for room in _ROOMS]
    if any(values.get("alllocationsdisabled") == 1 for values in found):
        return True
    if any(_values(machine, rf"{key}\Security\Trusted Locations").get("allow user locations") == 0 for key in _SHARED):
        return True
    is_on_network = machine.addin_file.drive.startswith("\\\\")
    return is_on_network and not any(values.get("allownetworklocations") == 1 for values in found)


def _values(machine: Machine, key: str) -> Mapping[str, object]:
    """The values of a key, their names in small letters: Excel writes capitals, group policies write none."""
    return {name.casefold(): value for name, value in machine.registry(key).items()}


def _mac_trust(machine: Machine) -> Check:
    name = "宏设置"
    user = home(MACOS, machine.env) / "Library" / "Preferences" / "com.microsoft.office.plist"
    managed = PurePosixPath("/Library/Managed Preferences/com.microsoft.office.plist")
    settings = (_plist(machine, user) or {}) | (_plist(machine, managed) or {})
    for switch in _MAC_SWITCHES:
        if settings.get(switch) is True:
            return Check(name, FAULT, f"Office 禁止了宏（{switch}）", "这是单位统一规定的，请信息技术人员处理")
    if settings.get("VisualBasicMacroExecutionState") == "DisabledWithoutWarnings":
        return Check(name, FAULT, "Office 禁用所有宏，而且不通知", f"{_MAC_TRUST}，重新打开 Excel，提示时选“启用宏”")
    return Check(name, OK, "没有禁止宏。第一次点按钮时，系统询问是否允许控制 Excel，选“好”")


def _plist(machine: Machine, path: PurePath) -> dict[str, object] | None:
    try:
        content = plistlib.loads(machine.here(path).read_bytes())
    except (OSError, plistlib.InvalidFileException, ExpatError, ValueError):  # not there, or not for us to read
        return None
    return content if isinstance(content, dict) else None
