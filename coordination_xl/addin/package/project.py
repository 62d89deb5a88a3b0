"""The VBA project of the add-in: source text only, compiled by the Excel that opens it.

Source: [MS-OVBA] 2.2 and 2.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.package.compound import compound
from coordination_xl.addin.package.directory import directory
from coordination_xl.addin.package.disguise import disguised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.addin.vba import Module

PROJECT_NAME = "CoordinationXl"
PROJECT_ID = "{8A3F6C21-5D94-4E0B-9B7A-1C62E0D4F835}"
NO_COMPILED_CODE = bytes.fromhex("CC61FFFF000100")
"""``_VBA_PROJECT`` of a project that no version of VBA has compiled yet."""

_ANYTHING_ALLOWED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"


def vba_project(documents: Sequence[Module], modules: Sequence[Module]) -> bytes:
    """The bytes of ``vbaProject.bin``.

    Args:
        documents: the modules that belong to the workbook and its sheets.
        modules: all others.
    """
    from pyopenvba.vba import compress  # here: it brings readers of every Office file along, a tenth of a second

    every = (*documents, *modules)
    streams = {module.name: compress(module.text.encode("ascii")) for module in every}
    return compound(
        {
            "PROJECT": _project(documents, modules),
            "PROJECTwm": _names(every),
            "VBA": {"_VBA_PROJECT": NO_COMPILED_CODE, "dir": compress(directory(PROJECT_NAME, every)), **streams},
        }
    )


def _project(documents: Sequence[Module], modules: Sequence[Module]) -> bytes:
    """The stream that lists the modules by kind and says who may see them."""
    lines = [
        f'ID="{PROJECT_ID}"',
        *(f"Document={module.name}/&H00000000" for module in documents),
        *(f"{'Class' if module.is_class else 'Module'}={module.name}" for module in modules),
        f'Name="{PROJECT_NAME}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{disguised(PROJECT_ID, _ANYTHING_ALLOWED)}"',
        f'DPB="{disguised(PROJECT_ID, _NO_PASSWORD)}"',
        f'GC="{disguised(PROJECT_ID, _VISIBLE)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in (*documents, *modules)),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _names(modules: Sequence[Module]) -> bytes:
    """The stream that gives each name in the code page and in UTF-16."""
    pairs = (f"{module.name}\0".encode("ascii") + f"{module.name}\0".encode("utf-16-le") for module in modules)
    return b"".join(pairs) + b"\0\0"
