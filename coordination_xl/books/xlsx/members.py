"""The members of a zip package, kept as the bytes that stand in the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coordination_xl.books.xlsx import deflate

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64_LOCATOR = struct.Struct("<4sIQI")
_END64 = struct.Struct("<4sQ2H2I4Q")

STORED, DEFLATED = 0, 8
IS_ENCRYPTED, HAS_DESCRIPTOR, IS_UTF8 = 0x1, 0x8, 0x800
ZIP64_EXTRA = 0x0001


class BrokenZip(ValueError):
    """The bytes are not one whole zip archive."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its directory entry and its place in the file.

    Attributes:
        name: the member's name.
        entry: its raw central directory entry.
        start: where its local header begins.
        stop: where the next member (or the directory) begins; whatever lies between belongs to this member.
        data: where its compressed bytes begin.
        flags: general purpose bits.
        method: compression method.
        crc: CRC-32 of the content.
        packed: number of compressed bytes.
        size: number of bytes of the content.
    """

    name: str
    entry: bytes
    start: int
    stop: int
    data: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int

    def content(self, archive: bytes) -> bytes:
        """The member's content, checked against its CRC.

        Raises:
            BrokenZip: the stream is damaged or packed in a way that Excel does not use.
        """
        packed = archive[self.data : self.data + self.packed]
        if self.method == STORED:
            content = packed
        elif self.method == DEFLATED:
            try:
                content = deflate.inflate(packed, self.size)
            except ValueError as error:
                raise BrokenZip(f"{self.name}: {error}") from error
        else:
            raise BrokenZip(f"{self.name}: compression method {self.method}")
        if deflate.crc32(content) != self.crc:
            raise BrokenZip(f"{self.name}: CRC")
        return content


@dataclass(frozen=True, slots=True)
class Directory:
    """All members in directory order, and the archive comment."""

    members: tuple[Member, ...]
    comment: bytes


def _end_record(archive: bytes) -> tuple[int, int, int, int, bytes]:
    """Number of entries, size and offset of the directory, where its trailer begins, the comment."""
    at = archive.rfind(b"PK\x05\x06", max(0, len(archive) - 0xFFFF - _END.size))
    if at < 0 or at + _END.size > len(archive):
        raise BrokenZip("no end record")
    _, disk, first_disk, _, count, size, offset, comment_size = _END.unpack_from(archive, at)
    comment = archive[at + _END.size :]
    if len(comment) != comment_size:
        raise BrokenZip("bytes behind the end record")
    if disk or first_disk:
        raise BrokenZip("several disks")
    trailer = at
    locator = at - _END64_LOCATOR.size
    if locator >= 0 and archive[locator : locator + 4] == b"PK\x06\x07":
        trailer = _END64_LOCATOR.unpack_from(archive, locator)[2]
        if archive[trailer : trailer + 4] != b"PK\x06\x06" or trailer + _END64.size > locator:
            raise BrokenZip("zip64 end record")
        *_, count, size, offset = _END64.unpack_from(archive, trailer)
    if offset + size != trailer:
        raise BrokenZip("the directory is not where it should be")
    return count, size, offset, trailer, comment


def _extras(extra: bytes) -> Iterator[tuple[int, int, int]]:
    """Tag, start and stop (header included) of each extra field."""
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<2H", extra, at)
        yield tag, at, at + 4 + size
        at += 4 + size


def without_zip64(extra: bytes) -> bytes:
    """Extra fields without the zip64 sizes, which a rewritten member no longer needs."""
    kept, end = b"", 0
    for tag, start, stop in _extras(extra):
        if tag != ZIP64_EXTRA:
            kept += extra[start:stop]
        end = stop
    return kept + extra[end:]


def zip64_values(extra: bytes, *fields: int) -> list[int]:
    """The fields, those that read 0xFFFFFFFF replaced by their zip64 values."""
    values: list[int] = []
    for tag, start, stop in _extras(extra):
        if tag == ZIP64_EXTRA:
            values = [
                number for (number,) in struct.iter_unpack("<Q", extra[start + 4 : stop][: (stop - start - 4) // 8 * 8])
            ]
    found = iter(values)
    try:
        return [next(found) if field == 0xFFFFFFFF else field for field in fields]
    except StopIteration:
        raise BrokenZip("zip64 field") from None


def read_directory(archive: bytes) -> Directory:
    """Every member of the archive, checked to lie one behind the other without overlap.

    Raises:
        BrokenZip: truncated, damaged, or with two members of one name.
    """
    try:
        return _read_directory(archive)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise BrokenZip(str(error)) from error


def _read_directory(archive: bytes) -> Directory:
    count, _, at, trailer, comment = _end_record(archive)
    directory_start = at
    entries = []
    for _ in range(count):
        entry = _ENTRY.unpack_from(archive, at)
        if entry[0] != b"PK\x01\x02":
            raise BrokenZip("directory entry")
        stop = at + _ENTRY.size + sum(entry[10:13])
        if stop > trailer:
            raise BrokenZip("directory entry")
        entries.append((entry, archive[at:stop]))
        at = stop
    if at != trailer:
        raise BrokenZip("directory size")
    members = []
    starts = [*sorted({_place(entry, raw)[2] for entry, raw in entries}), directory_start]
    following = dict(pairwise(starts))
    if len(starts) != count + 1:
        raise BrokenZip("two members in one place")
    for entry, raw in entries:
        size, packed, start = _place(entry, raw)
        members.append(_member(archive, entry, raw, (size, packed, start, following[start])))
    if len({member.name for member in members}) != count:
        raise BrokenZip("two members of one name")
    return Directory(tuple(members), comment)


def _place(entry: tuple[int, ...], raw: bytes) -> list[int]:
    """Size, packed size and start of a directory entry, zip64 resolved."""
    name_size, extra_size = entry[10], entry[11]
    extra = raw[_ENTRY.size + name_size : _ENTRY.size + name_size + extra_size]
    return zip64_values(extra, entry[9], entry[8], entry[16])


def _member(archive: bytes, entry: tuple[int, ...], raw: bytes, place: tuple[int, int, int, int]) -> Member:
    size, packed, start, stop = place
    flags, method, crc = entry[3], entry[4], entry[7]
    local = _LOCAL.unpack_from(archive, start)
    if local[0] != b"PK\x03\x04":
        raise BrokenZip("local header")
    raw_name = raw[_ENTRY.size : _ENTRY.size + entry[10]]
    if archive[start + _LOCAL.size : start + _LOCAL.size + local[9]] != raw_name:
        raise BrokenZip("two names for one member")
    name = raw_name.decode("utf-8" if flags & IS_UTF8 else "cp437")
    data = start + _LOCAL.size + local[9] + local[10]
    if data + packed > stop or (method == STORED and packed != size):
        raise BrokenZip(f"{name}: overlap")
    return Member(name, raw, start, stop, data, flags, method, crc, packed, size)
