"""Windows and macOS accounts laid out in a folder of this machine: their disks, variables and registry.

What is made up here is what a Linux machine cannot have: the registry, 8.3 names, the other system's paths. Files are real.
"""

from __future__ import annotations

import io
import plistlib
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import xlwings

from coordination_xl.addin.buttons import GROUPS
from coordination_xl.addin.setup.doctor import examine
from coordination_xl.addin.setup.machine import Machine
from coordination_xl.addin.setup.places import MACOS, WINDOWS

if TYPE_CHECKING:
    from pathlib import Path

EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
APP_PATHS = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
VERSION = xlwings.__version__


def addin(mark: str = "1", group: str = GROUPS[0].id) -> bytes:
    """A package with our groups on its ribbon, much smaller than the real one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("customUI/customUI14.xml", f'<customUI><group id="{group}" label="{mark}"/></customUI>')
    return content.getvalue()


def windows(root: Path, user: str = "张三", python: str = "", code_page: str = "cp936") -> Machine:
    """A Windows account with Excel and a Python environment."""
    profile = rf"C:\Users\{user}"
    interpreter = PureWindowsPath(python or rf"{profile}\coordination\.venv\Scripts\python.exe")
    keys = {APP_PATHS: {"": EXCEL}}
    machine = Machine(
        platform=WINDOWS,
        env={
            "USERPROFILE": profile,
            "APPDATA": rf"{profile}\AppData\Roaming",
            "LOCALAPPDATA": rf"{profile}\AppData\Local",
        },
        interpreter=interpreter,
        code_page=code_page,
        registry=lambda key: keys.get(key, {}),
        has_module=lambda module: module == "win32com",
        xlwings_version=VERSION,
        root=root,
    )
    library = interpreter.parent.parent / f"xlwings64-{VERSION}.dll"
    lay(machine, PureWindowsPath(EXCEL), interpreter, library)
    machine.here(PureWindowsPath(profile)).mkdir(parents=True, exist_ok=True)
    return machine


def macos(root: Path, user: str = "zhangsan", python: str = "") -> Machine:
    """A Mac account on which Excel was opened once, with a Python environment."""
    home = PurePosixPath("/Users", user)
    interpreter = PurePosixPath(python or home / "coordination/.venv/bin/python")
    machine = Machine(
        platform=MACOS,
        env={"HOME": str(home)},
        interpreter=interpreter,
        has_module=lambda module: module in ("appscript", "psutil"),
        xlwings_version=VERSION,
        root=root,
    )
    lay(machine, interpreter)
    machine.here(home / "Library/Containers/com.microsoft.Excel/Data").mkdir(parents=True)
    info = machine.here(PurePosixPath("/Applications/Microsoft Excel.app/Contents/Info.plist"))
    info.parent.mkdir(parents=True)
    info.write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.89"}))
    return machine


def lay(machine: Machine, *paths: PureWindowsPath | PurePosixPath) -> None:
    """Files that only have to be there."""
    for path in paths:
        machine.here(path).parent.mkdir(parents=True, exist_ok=True)
        machine.here(path).touch()


def with_registry(machine: Machine, keys: dict[str, dict[str, object]]) -> Machine:
    """The machine with more in its registry: values by name by key."""
    return replace(machine, registry=lambda key: {**machine.registry(key), **keys.get(key, {})})


def files(root: Path) -> dict[str, bytes]:
    """Every file of the machine."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def vba_input(content: bytes, code_page: str) -> dict[str, str]:
    """The pairs that VBA's ``Input #`` reads from a file, the first of a key winning. Source: MS-VBAL 5.4.5.6.

    A field in quotes ends at the next quote, one without at a comma or the end of the line; blanks before it are passed over.
    """
    text = content.decode(code_page)
    place, fields = 0, []
    while place < len(text):
        while place < len(text) and text[place] in " \r\n":
            place += 1
        if place == len(text):
            break
        if text[place] == '"':
            end = text.index('"', place + 1)
            fields.append(text[place + 1 : end])
            place = end + 1
            while place < len(text) and text[place] not in ",\r\n":
                place += 1
        else:
            end = min((text.find(sign, place) for sign in ",\r\n" if sign in text[place:]), default=len(text))
            fields.append(text[place:end].rstrip())
            place = end
        place += 1
    assert len(fields) % 2 == 0, "Input # runs past the end of the file"
    pairs: dict[str, str] = {}
    for key, value in zip(fields[::2], fields[1::2], strict=True):
        pairs.setdefault(key.lower(), value)
    return pairs


def state(machine, name):
    """State and wording of one check of the doctor's."""
    found = {check.name: check for check in examine(machine)}[name]
    return found.state, f"{found.found}。{found.remedy}"


def write(machine, path, content):
    place = machine.here(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
