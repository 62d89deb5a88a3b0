"""The machine that the add-in is installed on, as a value: everything that installing and examining ask of a system."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePath
from types import MappingProxyType

from coordination_xl.addin.setup import places, windows

Registry = Callable[[str], Mapping[str, object]]
r"""All values of a registry key such as ``HKCU\Software\...`` by name; none where there is no such key."""


def is_installed(module: str) -> bool:
    """Whether this interpreter has a top-level module; it is not imported."""
    return find_spec(module) is not None


@dataclass(frozen=True, slots=True)
class Machine:
    """One user's account on one system.

    Attributes:
        platform: ``sys.platform``'s word for it.
        env: the user's variables.
        interpreter: the Python that runs this program.
        base: the folder of the Python that its environment was made from.
        code_page: the code page in which Excel's VBA reads files; matters on Windows only.
        registry: reads the Windows registry.
        short_name: the 8.3 name of a path on Windows; nothing where the volume keeps none.
        has_module: whether the interpreter has a module.
        xlwings_version: of the xlwings beside it.
        root: the folder in which its disks are laid out; nothing for the machine we run on.
    """

    platform: str
    env: Mapping[str, str]
    interpreter: PurePath
    base: PurePath = PurePath()  # noqa: RUF009 - immutable
    code_page: str = "utf-8"
    registry: Registry = lambda key: MappingProxyType({})  # noqa: ARG005
    short_name: Callable[[PurePath], PurePath | None] = lambda path: None  # noqa: ARG005
    has_module: Callable[[str], bool] = is_installed
    xlwings_version: str = ""
    root: Path | None = None

    @property
    def has_excel(self) -> bool:
        """Whether there is an Excel for this system at all."""
        return self.platform in (places.WINDOWS, places.MACOS)

    @property
    def is_from_store(self) -> bool:
        """Whether the Python is that of the Microsoft Store: what it writes below AppData no other program sees."""
        return any(part.lower() == "windowsapps" for path in (self.interpreter, self.base) for part in path.parts)

    @property
    def addin_file(self) -> PurePath:
        """See :func:`coordination_xl.addin.setup.places.addin_file`."""
        return places.addin_file(self.platform, self.env)

    @property
    def conf_file(self) -> PurePath:
        """See :func:`coordination_xl.addin.setup.places.conf_file`."""
        return places.conf_file(self.platform, self.env)

    @property
    def error_file(self) -> PurePath:
        """Where the add-in's VBA keeps what Python wrote when it could not tell it itself: beside the conf."""
        return self.conf_file.with_name(places.ERROR_LOG)

    @property
    def applescript_file(self) -> PurePath:
        """See :func:`coordination_xl.addin.setup.places.applescript_file`."""
        return places.applescript_file(self.platform, self.env, self.xlwings_version)

    @property
    def launcher_file(self) -> PurePath:
        """See :func:`coordination_xl.addin.setup.places.launcher_file`."""
        return places.launcher_file(self.platform, self.env)

    @property
    def program_folder(self) -> PurePath:
        """See :func:`coordination_xl.addin.setup.places.program_folder`."""
        return places.program_folder(self.platform, self.env)

    def here(self, path: PurePath) -> Path:
        """Where a path of the machine can be opened from here."""
        if self.root is None:
            return Path(path)
        disk = path.drive.replace(":", "").strip("\\").replace("\\", "/")
        return self.root.joinpath(disk, *path.parts[1:]) if path.anchor else self.root.joinpath(path)


def this_machine() -> Machine:
    """The machine we run on, read now."""
    env = dict(os.environ)
    if sys.platform != "win32":
        env.setdefault("HOME", str(Path.home()))
    return Machine(
        platform=sys.platform,
        env=MappingProxyType(env),
        interpreter=PurePath(sys.executable),
        base=PurePath(sys.base_prefix),
        code_page=locale.getencoding(),
        registry=windows.values,
        short_name=windows.short_name,
        xlwings_version=version("xlwings"),
    )
