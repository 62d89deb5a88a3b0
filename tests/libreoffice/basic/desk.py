"""A user's machine with the add-in on it, and what a click there comes to.

The VBA is the one that stands in the built .xlam, with the real RunPython and GetConfig of xlwings in it; staged is only what
needs Excel, Windows or macOS themselves: see project.py and stage.bas.
"""

from __future__ import annotations

import functools
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordination_xl.addin.package import build_addin
from coordination_xl.addin.vba.messages import MESSAGES
from tests.addin.addin_files import read_by_oletools
from tests.libreoffice.basic.commands import arguments, commands
from tests.libreoffice.basic.conditional import MAC, WINDOWS
from tests.libreoffice.basic.project import Project

SYSTEMS = {"windows": WINDOWS, "mac": MAC}
STANDARD = {"xlwings", "CxlRibbon", "CxlClick", "CxlMessages", "CXL"}


@functools.cache
def built_addin() -> bytes:
    return build_addin()


@functools.cache
def built_modules() -> dict[str, str]:
    """The standard modules, read from the built file by another's reader."""
    return {name: text for name, text in read_by_oletools(built_addin()).items() if name in STANDARD}


@dataclass(frozen=True)
class Clicked:
    """What a click did.

    Attributes:
        shown: message boxes, title first.
        started: command lines given to cmd.exe, or parameters given to the AppleScript.
        meanwhile: what stood in the status bar.
        after: what stands there now.
    """

    shown: list[str]
    started: list[str]
    meanwhile: str
    after: str


class Desk:
    """A user's machine: settings, an interpreter, the add-in."""

    def __init__(self, home: Path, system: str, document: Any, modules: dict[str, str] | None = None) -> None:
        self.home, self.system = home, system
        self.is_mac = system == "mac"
        self.project = Project(document, f"Click{system}", modules or built_modules(), SYSTEMS[system])
        # Not Chinese: LibreOffice reads settings byte by byte, where VBA takes the system's code page.
        self.python = "C:" * (not self.is_mac) + self.place("Py & ^3", "python.exe")
        Path(self.python.removeprefix("C:")).parent.mkdir(exist_ok=True)
        Path(self.python.removeprefix("C:")).write_text("")
        self.write_conf(f'"INTERPRETER_{"MAC" if self.is_mac else "WIN"}","{self.python}"\n')

    def place(self, *parts: str) -> str:
        """A path in the user's folder, as VBA writes it; on this machine a backslash is a letter like others."""
        return ("/" if self.is_mac else "\\").join([str(self.home), *parts])

    @property
    def conf(self) -> Path:
        return Path(
            self.place("coordination_xl.conf")
            if self.is_mac
            else self.place(".coordination_xl", "coordination_xl.conf")
        )

    @property
    def error_log(self) -> Path:
        return Path(self.place("last-error.log") if self.is_mac else self.place(".coordination_xl", "last-error.log"))

    def write_conf(self, text: str) -> None:
        self.conf.write_text(text, encoding="utf-8")

    def click(self, button: str, book: str = "", state: str = "", code: int = 0, stderr: str = "") -> Clicked:
        fault, shown, started, meanwhile, after = self.project.call(
            "Stage.Click", button, str(self.home), book, state, str(code), stderr
        )
        assert fault == ""
        return Clicked(shown.splitlines(), started.splitlines(), meanwhile, after)

    def config(self, key: str) -> str:
        return self.project.call("Stage.Ask", "config", key, str(self.home), "")


def box(key: str, detail: str = "") -> str:
    return f"{MESSAGES['Title']}: {MESSAGES[key].replace('{0}', detail)}"


def python_of(desk: Desk, started: str) -> list[str]:
    """The arguments that Python gets in the end, from ``-B`` on."""
    if desk.is_mac:
        return shelled(started, desk.home)
    *others, last = commands(started, {"TEMP": "C:\\Temp", "CMDCMDLINE": started})
    assert others == ["C:", f'cd "{desk.python.rpartition(chr(92))[0]}"']
    program, *rest = arguments(last)
    assert program == desk.python
    return rest


def own_part(code: str) -> str:
    """What a click runs, after the line by which xlwings sets the path: with nothing of the workbook in it."""
    return re.fullmatch(r"import xlwings\.utils;xlwings\.utils\.prepare_sys_path\(([\"'])false;+\1\); ?(.+?) ?", code)[
        2
    ]


def shelled(parameter: str, folder: Path) -> list[str]:
    """What Python gets on a Mac: the script of xlwings puts the parameter's fields into one line for the shell."""
    path, python, command, book, excel, log = parameter.split("|")
    told = folder / "told"
    line = (
        f"{python} -B -u -W ignore -c \"import xlwings.utils;xlwings.utils.prepare_sys_path('{path}');{command} \" "
        f'"--wb={book}" "--from_xl=1" "--app={excel}" > /dev/null 2>"{log}" &'
    )
    prints = 'for each in "$@"; do printf "%s\\n" "$each" >> "$TOLD"; done'
    starter = folder / "starter"
    starter.write_text(f"#!/bin/sh\n{prints}\n")
    starter.chmod(0o755)
    line = line.replace(python, str(starter), 1).removesuffix("&")
    subprocess.run(["/bin/sh", "-c", line], env={"TOLD": str(told)}, check=True, timeout=20)
    words = told.read_text().splitlines()
    told.unlink()
    return [word for word in words if word not in {"-u", "-W", "ignore"}]
