"""One archive out of parts: the same bytes on every system, at any time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FROM_DOS, _READABLE = 0, 0o644 << 16  # zipfile would otherwise write down which system it runs on


def archived(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of parts by name, in the order given.

    The parts are stored as they are: what zlib makes of them differs between its versions, and so would the file.
    """
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = _FROM_DOS, _READABLE
            archive.writestr(entry, content)
    return made.getvalue()
