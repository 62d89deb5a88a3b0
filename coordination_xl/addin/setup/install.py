"""Putting the add-in into its place and taking it out again. Source: SPEC section 5, ``addin install``, ``addin uninstall``.

What is written, and by whom it is known again:

- the add-in: a file of its name that bears our ribbon; any other file of that name is somebody else's, and stays;
- the conf: our keys; lines of the user's own are kept, and a conf that has some is left behind on removal;
- on macOS the AppleScript of xlwings, shared by all add-ins made with it, so it is never removed;
- on macOS a launcher, where the interpreter's path would not survive the way through the shell.

The log of the clicks and the pages of the handbook, which clicks have written, go with the add-in.
"""

from __future__ import annotations

import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from coordination_xl.addin import ADDIN
from coordination_xl.addin.buttons import GROUPS
from coordination_xl.addin.setup import conf, places
from coordination_xl.errors import AddinError, reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordination_xl.addin.setup.machine import Machine

_CLOSE_EXCEL = "保存工作，退出 Excel（任务管理器里也不要留下 EXCEL.EXE），再试一次"
_MAC_ACCESS = (
    "退出 Excel；在“系统设置→隐私与安全性→App 管理”和“完全磁盘访问权限”中允许“终端”，关闭终端重新打开，再试一次"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that installing lays down.

    Attributes:
        path: where, as the machine says it.
        content: what it holds.
        what: what it is, in Chinese.
        is_program: may be run by the user.
    """

    path: PurePath
    content: bytes
    what: str
    is_program: bool = False


@dataclass(frozen=True, slots=True)
class Installation:
    """What installing would write, in order: the add-in comes last, so that it never stands there without its conf.

    Attributes:
        pieces: every file, whether it changes or not.
        dropped: lines of the old conf that nobody could read and that are not kept.
    """

    machine: Machine
    pieces: tuple[Piece, ...]
    dropped: tuple[str, ...] = ()

    def changes(self) -> tuple[Piece, ...]:
        """The files that are not yet as they should be; an add-in that Excel would block is not, whatever it holds."""
        return tuple(piece for piece in self.pieces if self._is_wanting(piece))

    def _is_wanting(self, piece: Piece) -> bool:
        is_blocked = piece.path == self.machine.addin_file and is_from_web(self.machine)
        return is_blocked or _content(self.machine, piece.path) != piece.content

    def apply(self) -> tuple[Piece, ...]:
        """Write what is not yet as it should be, and give it back; all of it or nothing.

        Raises:
            AddinError: Excel holds the old add-in, or a folder cannot be written.
        """
        changed = self.changes()
        before = {piece.path: _content(self.machine, piece.path) for piece in changed}
        for place, piece in enumerate(changed):
            try:
                _write(self.machine, piece)
            except AddinError:
                for written in changed[:place]:
                    _put_back(self.machine.here(written.path), before[written.path])
                raise
        return changed


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing would take away.

    Attributes:
        paths: files that go, and folders of nothing but ours.
        kept: files that stay, each with the reason.
    """

    machine: Machine
    paths: tuple[PurePath, ...]
    kept: tuple[tuple[PurePath, str], ...] = ()

    def apply(self) -> None:
        """Remove the files, and the folders of the program's name if nothing else is in them.

        Raises:
            AddinError: Excel holds the add-in, or a folder cannot be written.
        """
        for path in self.paths:
            here = self.machine.here(path)
            try:
                if here.is_dir():
                    shutil.rmtree(here)
                else:
                    here.unlink(missing_ok=True)
            except OSError as fault:
                raise _refused(self.machine, path, "无法删除", fault) from fault
        for folder in {self.machine.here(path.parent) for path in self.paths}:
            if folder.name in places.OWN_FOLDERS and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def plan_install(machine: Machine, addin: Callable[[], bytes]) -> Installation:
    """What it takes to install the add-in for the user of a machine; nothing is written before ``apply``.

    Args:
        machine: whose Excel.
        addin: builds the add-in; asked last, for it takes longest.

    Raises:
        AddinError: there is no Excel for the system, a file that is not ours lies in the place, Excel was never started
            (macOS), or the conf cannot be written so that Excel reads it.
    """
    target = machine.addin_file
    old = _content(machine, target)
    if old is not None and not is_ours(old):
        raise AddinError(str(target), "这里已有一个同名文件，不是本程序的加载项", "把它移走或改名，再安装")
    if machine.platform == places.MACOS and not machine.here(machine.conf_file.parent).is_dir():
        raise AddinError("Excel", "还没有在这个账户下打开过", "打开一次 Excel，完全退出，再安装")
    written = conf.parse(_content(machine, machine.conf_file) or b"", machine.code_page)
    pieces = [Piece(machine.conf_file, conf.conf_text(machine, written), "设置文件")]
    if machine.platform == places.MACOS:
        pieces.append(Piece(machine.applescript_file, xlwings_applescript(machine), "AppleScript"))
    if conf.needs_launcher(machine):
        pieces.append(Piece(machine.launcher_file, conf.launcher_text(machine), "启动脚本", is_program=True))
    pieces.append(Piece(target, addin(), "加载项"))
    return Installation(machine, tuple(pieces), written.dropped)


def plan_uninstall(machine: Machine) -> Removal:
    """What removing takes away and what it leaves, with the reason; nothing is removed before ``apply``.

    Raises:
        AddinError: there is no Excel for the system, or a file cannot be read.
    """
    gone: list[PurePath] = []
    kept: list[tuple[PurePath, str]] = []
    addin = _content(machine, machine.addin_file)
    if addin is not None and is_ours(addin):
        gone.append(machine.addin_file)
    elif addin is not None:
        kept.append((machine.addin_file, "不是本程序的加载项"))
    settings, errors = _content(machine, machine.conf_file), machine.error_file
    if settings is not None and conf.parse(settings, machine.code_page).kept:
        kept.append((machine.conf_file, "里面有您自己加的设置；不要了可以直接删除"))
    elif settings is not None:
        gone.append(machine.conf_file)
    accounts = machine.program_folder / places.ACCOUNTS
    log = places.log_file(machine.platform, machine.env)
    logs = () if log is None else (log, log.with_name(places.OLDER_LOG))
    gone += [each for each in (errors, accounts, *logs) if machine.here(each).is_file()]
    pages = places.handbook_folder(machine.platform, machine.env)
    if machine.here(pages).is_dir():
        gone.append(pages)
    if machine.platform == places.MACOS:
        if machine.here(machine.launcher_file).is_file():
            gone.append(machine.launcher_file)
        if machine.here(machine.applescript_file).is_file():
            kept.append((machine.applescript_file, "别的 xlwings 加载项也用它；确知没有别的，可以直接删除"))
    return Removal(machine, tuple(gone), tuple(kept))


def is_ours(content: bytes) -> bool:
    """Whether a file is this program's add-in, of whatever version: a package with our groups on its ribbon."""
    mark = f'"{GROUPS[0].id}"'.encode()
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [name for name in package.namelist() if name.lower().startswith("customui/")]
            return any(mark in package.read(name) for name in parts)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):  # damaged, or packed in a way we never use
        return False


def is_from_web(machine: Machine) -> bool:
    """Whether the add-in bears Windows' mark of a file from the web, for which Excel blocks its macros."""
    if machine.platform != places.WINDOWS:
        return False
    try:
        mark = machine.here(machine.addin_file.with_name(f"{ADDIN}:Zone.Identifier")).read_bytes()
    except OSError:  # no such stream: the common case
        return False
    return any(line.replace(b" ", b"").startswith((b"ZoneId=3", b"ZoneId=4")) for line in mark.splitlines())


def xlwings_applescript(machine: Machine) -> bytes:
    """The AppleScript of the installed xlwings.

    Raises:
        AddinError: the installation lacks it.
    """
    spec = find_spec("xlwings")
    path = Path(spec.origin).parent / machine.applescript_file.name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise AddinError("xlwings", f"安装里缺少 {machine.applescript_file.name}", "重新安装 xlwings")
    return path.read_bytes()


def _content(machine: Machine, path: PurePath) -> bytes | None:
    try:
        return machine.here(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise _refused(machine, path, "无法读取", fault) from fault


def _write(machine: Machine, piece: Piece) -> None:
    """Write beside and move into place; the add-in is laid out one folder up, for Excel opens whatever lies in its own."""
    target = machine.here(piece.path)
    aside = target.parent.parent if piece.path == machine.addin_file else target.parent
    draft = aside / f"{target.name}.new"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(piece.content)
            if piece.is_program:
                draft.chmod(0o755)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise _refused(machine, piece.path, f"无法写入{piece.what}", fault) from fault


def _put_back(place: Path, content: bytes | None) -> None:
    """Make a file what it was; where even that is refused, what stopped the installation is what the user must hear of."""
    with suppress(OSError):
        if content is None:
            place.unlink(missing_ok=True)
        else:
            place.write_bytes(content)


def _refused(machine: Machine, path: PurePath, what: str, fault: OSError) -> AddinError:
    """The error of a refused file: mostly Excel has the add-in open (Windows), or the system guards the folder (macOS)."""
    if not isinstance(fault, PermissionError):
        return AddinError(str(path), f"{what}（{reason(fault)}）", "检查文件夹和磁盘空间")
    if machine.platform == places.MACOS:
        return AddinError(str(path), f"{what}（没有权限）", _MAC_ACCESS)
    if path == machine.addin_file:
        return AddinError(str(path), f"{what}：Excel 正开着它，或没有权限", _CLOSE_EXCEL)
    return AddinError(str(path), f"{what}（没有权限）", "检查文件夹的权限；由单位统一管理的电脑，请信息技术人员处理")
