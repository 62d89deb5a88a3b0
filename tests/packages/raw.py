"""A zip archive as it lies on the disk, read with the standard library alone."""

from __future__ import annotations

import io
import struct
import zipfile


def raw_members(archive: bytes) -> dict[str, bytes]:
    """Each member's own header and its compressed bytes, untouched, in the order of the directory."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        for info in package.infolist():
            name, extra = struct.unpack_from("<HH", archive, info.header_offset + 26)
            end = info.header_offset + 30 + name + extra + info.compress_size
            members[info.filename] = archive[info.header_offset : end]
    return members
