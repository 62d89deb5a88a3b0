"""Where things lie on a machine, worked out from its variables alone; nothing here touches a disk.

The platform is always an argument (``sys.platform``'s words), so that each system's places can be told on any other.

Source: SPEC section 5, ``addin install``; the names that the VBA of xlwings looks for.
"""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from coordination_xl.addin import ADDIN, PROJECT
from coordination_xl.errors import AddinError

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOWS, MACOS = "win32", "darwin"
CONF = f"{PROJECT}.conf"
ERROR_LOG = "last-error.log"
LOG, OLDER_LOG = "addin.log", "addin.log.1"
ACCOUNTS = "confirmed-accounts.txt"
OWN_FOLDERS = (f".{PROJECT}", "coordination-xl")
"""What folders of this program are called, wherever they lie."""
_NO_EXCEL = "这台电脑的系统上没有 Excel"
_BUILD_ONLY = "在装有 Excel 的 Windows 或 macOS 上安装；这里可以用 coordination-xl addin build 生成加载项文件"


def home(platform: str, env: Mapping[str, str]) -> PurePath:
    """The user's own folder.

    Raises:
        AddinError: its variable is not set.
    """
    if platform == WINDOWS:
        return PureWindowsPath(_variable(env, "USERPROFILE"))
    return PurePosixPath(_variable(env, "HOME"))


def addin_file(platform: str, env: Mapping[str, str]) -> PurePath:
    """The add-in, in the folder whose files Excel opens at each start.

    Raises:
        AddinError: there is no Excel for the platform, or a variable is not set.
    """
    if platform == WINDOWS:
        return PureWindowsPath(_variable(env, "APPDATA"), "Microsoft", "Excel", "XLSTART", ADDIN)
    office = _library(platform, env, "Group Containers") / "UBF8T346G9.Office"
    return office / "User Content.localized" / "Startup.localized" / "Excel" / ADDIN


def conf_file(platform: str, env: Mapping[str, str]) -> PurePath:
    """The user's conf, where the add-in's VBA looks for it: on macOS Excel's own sandbox, which it reads without asking.

    Raises:
        AddinError: there is no Excel for the platform, or a variable is not set.
    """
    if platform == WINDOWS:
        return program_folder(platform, env) / CONF
    return sandbox(platform, env) / CONF


def sandbox(platform: str, env: Mapping[str, str]) -> PurePath:
    """The folder of Excel's own on macOS; Excel makes it at its first start.

    Raises:
        AddinError: the platform is not macOS.
    """
    return _library(platform, env, "Containers") / "com.microsoft.Excel" / "Data"


def applescript_file(platform: str, env: Mapping[str, str], xlwings_version: str) -> PurePath:
    """The script through which Excel for Mac may start programs outside its sandbox; xlwings looks for this name.

    Raises:
        AddinError: the platform is not macOS.
    """
    scripts = _library(platform, env, "Application Scripts") / "com.microsoft.Excel"
    return scripts / f"xlwings-{xlwings_version}.applescript"


def program_folder(platform: str, env: Mapping[str, str]) -> PurePath:
    """The folder of this program in the user's own."""
    return home(platform, env) / f".{PROJECT}"


def launcher_file(platform: str, env: Mapping[str, str]) -> PurePath:
    """The script that starts the interpreter where Excel for Mac could not name its path."""
    return program_folder(platform, env) / "python"


def cache_folder(platform: str, env: Mapping[str, str]) -> PurePath:
    """Where pages are laid that can be made again at any time."""
    if platform == WINDOWS:
        return PureWindowsPath(_variable(env, "LOCALAPPDATA"), "coordination-xl")
    if platform == MACOS:
        return home(platform, env) / "Library" / "Caches" / "coordination-xl"
    given = env.get("XDG_CACHE_HOME", "")
    caches = PurePosixPath(given) if given.startswith("/") else home(platform, env) / ".cache"
    return caches / "coordination-xl"


def handbook_folder(platform: str, env: Mapping[str, str]) -> PurePath:
    """Where the pages of the handbook are laid."""
    return cache_folder(platform, env) / "handbook"


def log_file(platform: str, env: Mapping[str, str]) -> PurePath | None:
    """The log of the clicks; nothing where the user's variables do not say."""
    if platform == WINDOWS:
        folder: PurePath | None = PureWindowsPath(env["LOCALAPPDATA"]) if env.get("LOCALAPPDATA") else None
    elif not env.get("HOME"):
        folder = None
    elif platform == MACOS:
        folder = PurePosixPath(env["HOME"], "Library", "Logs")
    else:
        given = env.get("XDG_STATE_HOME", "")
        folder = PurePosixPath(given) if given.startswith("/") else PurePosixPath(env["HOME"], ".local", "state")
    return folder / "coordination-xl" / LOG if folder else None


def _library(platform: str, env: Mapping[str, str], room: str) -> PurePath:
    if platform != MACOS:
        raise AddinError("加载项", _NO_EXCEL, _BUILD_ONLY)
    return home(platform, env) / "Library" / room


def _variable(env: Mapping[str, str], name: str) -> str:
    if not env.get(name):
        raise AddinError(f"环境变量 {name}", "没有设置，无法得知您的文件夹在哪里", "注销后重新登录，再试一次")
    return env[name]
