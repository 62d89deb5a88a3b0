"""A folder of .eml files, as mail programs save them. Source: SPEC section 5, ``receipts``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from coordination_xl.dispatch.receiving.incoming import Incoming, PassedOver
from coordination_xl.dispatch.receiving.moments import SHANGHAI
from coordination_xl.dispatch.receiving.parts import LONGEST_MAIL
from coordination_xl.errors import UsageError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX: Final = ".eml"
_UNHEEDED: Final = frozenset({"thumbs.db", "desktop.ini"})
_REASONS: Final = {
    ".msg": "是 Outlook 的 .msg，读不了；从网页邮箱下载 .eml，或改用 --imap",
    ".mbox": "是 .mbox，读不了；逐封另存为 .eml，或改用 --imap",
    ".pst": "是 Outlook 的 .pst，读不了；逐封另存为 .eml，或改用 --imap",
}


def mails_in_folder(folder: Path) -> Iterator[Incoming | PassedOver]:
    """Every .eml in a folder and the folders in it, in the order of their paths; what else lies there is passed over.

    Links are not followed: they could lead out of the folder. Nothing is changed.

    Raises:
        UsageError: there is no such folder.
    """
    if not folder.is_dir():
        what = "不是文件夹" if folder.exists() else "没有这个文件夹"
        raise UsageError(f"--from {folder}", what, "给出存放 .eml 邮件的文件夹")
    for path in sorted(folder.rglob("*")):
        if path.name.startswith(".") or path.name.casefold() in _UNHEEDED or path.is_symlink() or not path.is_file():
            continue
        place = path.relative_to(folder).as_posix()
        suffix = path.suffix.casefold()
        if suffix != _SUFFIX:
            yield PassedOver(place, _REASONS.get(suffix, "不是 .eml 邮件"), is_mail=suffix in _REASONS)
            continue
        try:
            with path.open("rb") as file:
                content = file.read(LONGEST_MAIL)
            kept = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI).replace(tzinfo=None)
        except (OSError, ValueError, OverflowError) as fault:
            yield PassedOver(place, f"读不了（{reason(fault) if isinstance(fault, OSError) else fault}）")
            continue
        yield Incoming(place, content, kept)
