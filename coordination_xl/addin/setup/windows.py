"""What only Windows can be asked: its registry and its 8.3 names. Other systems have neither."""

from __future__ import annotations

import sys
from pathlib import PurePath, PureWindowsPath
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.platform == "win32":
    import ctypes
    import winreg

    _ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}

    def values(key: str) -> Mapping[str, object]:
        r"""All values of a key such as ``HKCU\Software\...`` by name; none where there is no such key or it may not be read."""
        root, _, path = key.partition("\\")
        found: dict[str, object] = {}
        try:
            with winreg.OpenKey(_ROOTS[root], path) as opened:
                for place in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, place)
                    found[name] = value
        except OSError:
            return MappingProxyType({})
        return MappingProxyType(found)

    def short_name(path: PurePath) -> PurePath | None:
        """The 8.3 name of a path that exists; nothing where the volume keeps none."""
        room = ctypes.create_unicode_buffer(32768)
        if not ctypes.windll.kernel32.GetShortPathNameW(str(path), room, len(room)):
            return None
        return PureWindowsPath(room.value)

else:

    def values(key: str) -> Mapping[str, object]:  # noqa: ARG001 - the shape of the other
        """No values: there is no registry."""
        return MappingProxyType({})

    def short_name(path: PurePath) -> PurePath | None:  # noqa: ARG001 - the shape of the other
        """No such name."""
        return None
