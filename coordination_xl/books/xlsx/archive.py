"""A new archive from an old one: changed members packed anew, every other one copied as the bytes it is."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx import deflate
from coordination_xl.books.xlsx.members import DEFLATED, HAS_DESCRIPTOR, IS_UTF8, without_zip64

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordination_xl.books.xlsx.members import Directory, Member

_LOCAL_SIZE, _ENTRY_SIZE = 30, 46
_EARLIEST = b"\x00\x00\x21\x00"  # 1980-01-01 00:00, the first moment that zip knows


def rewrite(archive: bytes, directory: Directory, changed: Mapping[str, bytes | None]) -> bytes:
    """The archive with some members changed.

    Args:
        archive: the old archive.
        directory: its members.
        changed: new content by member name; ``None`` takes the member out; unknown names are added at the end.

    Returns:
        The new archive: members in their old order, untouched ones with the same header, extra fields, compressed bytes and
        data descriptor; changed ones keep name, time, extra fields and comment.
    """
    pieces: list[bytes] = []
    entries: dict[str, bytes] = {}
    at = 0
    for member in sorted(directory.members, key=lambda member: member.start):
        if member.name not in changed:
            local, entry = archive[member.start : member.stop], _moved(member.entry, at)
        else:
            content = changed[member.name]
            if content is None:
                continue
            local, entry = _repacked(archive, member, content, at)
        pieces.append(local)
        entries[member.name] = entry
        at += len(local)
    ordered = [entries[member.name] for member in directory.members if member.name in entries]
    known = {member.name for member in directory.members}
    for name, content in changed.items():
        if name not in known and content is not None:
            local, entry = _added(name, content, at)
            pieces.append(local)
            ordered.append(entry)
            at += len(local)
    table = b"".join(ordered)
    return b"".join([*pieces, table, _end(len(ordered), len(table), at, directory.comment)])


def _moved(entry: bytes, at: int) -> bytes:
    """A directory entry whose member now begins at ``at``."""
    if struct.unpack_from("<I", entry, 42)[0] != 0xFFFFFFFF:
        return entry[:42] + struct.pack("<I", at) + entry[46:]
    # The offset is the last zip64 number but for the disk, which Excel packages never give; the sizes before it stay.
    name_size, extra_size = struct.unpack_from("<2H", entry, 28)
    extra_start = _ENTRY_SIZE + name_size
    extra = entry[extra_start : extra_start + extra_size]
    packed, size = struct.unpack_from("<2I", entry, 20)
    skip = 8 * ((packed == 0xFFFFFFFF) + (size == 0xFFFFFFFF))
    field = 0
    while struct.unpack_from("<H", extra, field)[0] != 1:
        field += 4 + int(struct.unpack_from("<H", extra, field + 2)[0])
    place = extra_start + field + 4 + skip
    return entry[:place] + struct.pack("<Q", at) + entry[place + 8 :]


def _repacked(archive: bytes, member: Member, content: bytes, at: int) -> tuple[bytes, bytes]:
    """Local part and directory entry of a member with new content."""
    packed = deflate.deflate(content)
    sizes = struct.pack("<3I", deflate.crc32(content), len(packed), len(content))
    flags = struct.pack("<2H", member.flags & ~HAS_DESCRIPTOR & 0xFFF9, DEFLATED)
    header = archive[member.start : member.start + _LOCAL_SIZE]
    name_size, extra_size = struct.unpack_from("<2H", header, 26)
    name = archive[member.start + _LOCAL_SIZE : member.start + _LOCAL_SIZE + name_size]
    extra = without_zip64(
        archive[member.start + _LOCAL_SIZE + name_size : member.start + _LOCAL_SIZE + name_size + extra_size]
    )
    local = b"".join(
        [header[:6], flags, header[10:14], sizes, struct.pack("<2H", name_size, len(extra)), name, extra, packed]
    )
    entry = member.entry
    name_size, extra_size = struct.unpack_from("<2H", entry, 28)
    extra_start = _ENTRY_SIZE + name_size
    extra = without_zip64(entry[extra_start : extra_start + extra_size])
    tail = entry[extra_start + extra_size :]
    lengths = struct.pack("<2H", name_size, len(extra)) + entry[32:42] + struct.pack("<I", at)
    entry = b"".join([entry[:8], flags, entry[12:16], sizes, lengths, entry[_ENTRY_SIZE:extra_start], extra, tail])
    return local, entry


def _added(name: str, content: bytes, at: int) -> tuple[bytes, bytes]:
    """Local part and directory entry of a member that was not there before."""
    return _headed(Stream(name, deflate.deflate(content), DEFLATED, deflate.crc32(content), len(content)), at)


@dataclass(frozen=True, slots=True)
class Stream:
    """A member to be: its compressed bytes and what the headers say of them."""

    name: str
    packed: bytes
    method: int
    crc: int
    size: int


def assembled(streams: Iterable[Stream]) -> bytes:
    """A new archive of these members."""
    pieces, entries, at = [], [], 0
    for stream in streams:
        local, entry = _headed(stream, at)
        pieces.append(local)
        entries.append(entry)
        at += len(local)
    return b"".join([*pieces, *entries, _end(len(entries), sum(map(len, entries)), at, b"")])


def _headed(stream: Stream, at: int) -> tuple[bytes, bytes]:
    name = stream.name.encode()
    middle = struct.pack("<3H", 20, 0 if stream.name.isascii() else IS_UTF8, stream.method) + _EARLIEST
    middle += struct.pack("<3I2H", stream.crc, len(stream.packed), stream.size, len(name), 0)
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + middle + struct.pack("<3H2I", 0, 0, 0, 0, at) + name
    return b"PK\x03\x04" + middle + name + stream.packed, entry


def _end(count: int, size: int, at: int, comment: bytes) -> bytes:
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, at, len(comment)) + comment
