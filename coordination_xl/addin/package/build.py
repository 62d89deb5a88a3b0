"""The add-in file, made on any system, the same bytes each time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coordination_xl.addin import ADDIN
from coordination_xl.addin.package.archive import archived
from coordination_xl.addin.package.documents import BASES, document
from coordination_xl.addin.package.parts import parts
from coordination_xl.addin.package.project import vba_project
from coordination_xl.addin.package.sources import refuse_misshapen
from coordination_xl.addin.vba import modules as shipped_modules
from coordination_xl.errors import AddinError, reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coordination_xl.addin.vba import Module


def build_addin(modules: Sequence[Module] | None = None) -> bytes:
    """The bytes of the add-in.

    Args:
        modules: its VBA; left out: ours with those of the installed xlwings. A module named ``ThisWorkbook`` or ``Sheet1``
            takes the place of the empty one.

    Raises:
        AddinError: a module is missing or cannot stand in a VBA project, as after a change inside xlwings.
    """
    given = shipped_modules() if modules is None else tuple(modules)
    refuse_misshapen(given)
    named = {module.name: module for module in given}
    documents = [named.get(name) or document(name) for name in BASES]
    others = [module for module in given if module.name not in BASES]
    return archived(parts(vba_project(documents, others)))


def write_addin(folder: Path) -> Path:
    """Write the add-in into a folder, which is made if it is not there; the path of the file.

    Raises:
        AddinError: it cannot be built, or the folder cannot be written; an add-in of before is untouched.
    """
    content = build_addin()
    path = folder / ADDIN
    beside = folder / f".{ADDIN}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as fault:
        raise AddinError(
            str(path), f"无法写入（{reason(fault)}）", "如果 Excel 正开着它，请先退出 Excel；否则换一个可以写入的文件夹"
        ) from fault
    return path
