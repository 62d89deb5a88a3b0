"""A compound file, the file system in a file that a VBA project is kept in.

Written by ourselves, because a writer that starts from a template keeps the template's times and the colours of its tree.
Source: [MS-CFB], version 3: sectors of 512 bytes, streams below 4096 bytes in sectors of 64 bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Storage = Mapping[str, "bytes | Storage"]

_SECTOR, _SMALL_SECTOR, _SMALL_STREAM = 512, 64, 4096
_FREE, _END, _FAT, _NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK = 1  # all of them: [MS-CFB] 2.6.4 calls that the simplest valid tree
_NUMBERS = _SECTOR // 4
_FAT_SECTORS_IN_HEADER = 109
_LINE = struct.Struct("<64sHBB3I16sIQQIQ")
_EMPTY_LINE = _LINE.pack(b"", 0, 0, 0, _NOBODY, _NOBODY, _NOBODY, b"", 0, 0, 0, 0, 0)
_HEADER = struct.Struct("<8s16s5H6s9I")
_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(slots=True)
class _Entry:
    """One line of the directory; ``left``, ``right`` and ``child`` are indexes of lines."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        tree = (self.left, self.right, self.child)
        return _LINE.pack(name, len(name), self.kind, _BLACK, *tree, b"", 0, 0, 0, self.start, self.size)


@dataclass(slots=True)
class _Sectors:
    """Contents cut into sectors of ``unit`` bytes, and for each sector the number of the next."""

    unit: int
    next: list[int] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    def add(self, content: bytes) -> int:
        """Append a content; the number of its first sector."""
        count = -(-len(content) // self.unit)
        if not count:
            return _END
        start = len(self.next)
        self.next += [*range(start + 1, start + count), _END]
        self.body += content.ljust(count * self.unit, b"\0")
        return start


def compound(root: Storage) -> bytes:
    """The bytes of a compound file with these streams and storages; without times and class ids.

    Raises:
        ValueError: the contents are larger than 7 MB.
    """
    top = _Entry("Root Entry", _ROOT)
    directory = [top]
    top.child = _listed(root, directory)
    small, large = _Sectors(_SMALL_SECTOR), _Sectors(_SECTOR)
    for entry in directory:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (small if entry.size < _SMALL_STREAM else large).add(entry.content)
    top.start, top.size = large.add(bytes(small.body)), len(small.body)
    small_table = _table(small.next)
    small_start = large.add(small_table)
    lines = b"".join(entry.packed() for entry in directory)
    lines += _EMPTY_LINE * (-len(lines) % _SECTOR // len(_EMPTY_LINE))
    starts = (large.add(lines), small_start, len(small_table) // _SECTOR)
    fat_start, fat_count = len(large.next), -(-len(large.next) // (_NUMBERS - 1))  # it lists its own sectors too
    if fat_count > _FAT_SECTORS_IN_HEADER:
        raise ValueError(f"{len(large.body)} bytes are too many for one header")
    fat = _table([*large.next, *[_FAT] * fat_count])
    return _header(range(fat_start, fat_start + fat_count), *starts) + bytes(large.body) + fat


def _listed(storage: Storage, directory: list[_Entry]) -> int:
    """Append the entries of a storage to the directory; the index of the one its tree hangs on."""
    names = sorted(storage, key=lambda name: (len(name), name.upper()))
    first = len(directory)
    for name in names:
        content = storage[name]
        directory.append(_Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _STORAGE))
    for index, name in enumerate(names, start=first):
        content = storage[name]
        if not isinstance(content, bytes):
            directory[index].child = _listed(content, directory)
    return _tree(directory, range(first, first + len(names)))


def _tree(directory: Sequence[_Entry], ordered: range) -> int:
    """Link sorted entries to a balanced tree; the index of its root."""
    if not ordered:
        return _NOBODY
    middle = len(ordered) // 2
    root = ordered[middle]
    directory[root].left = _tree(directory, ordered[:middle])
    directory[root].right = _tree(directory, ordered[middle + 1 :])
    return root


def _table(numbers: Sequence[int]) -> bytes:
    """Numbers of sectors, filled up to whole sectors."""
    filled = [*numbers, *[_FREE] * (-len(numbers) % _NUMBERS)]
    return struct.pack(f"<{len(filled)}I", *filled)


def _header(fat: range, directory_start: int, small_start: int, small_count: int) -> bytes:
    kinds = (0x3E, 3, 0xFFFE, 9, 6)  # version 3.62, little-endian, the two sizes of sectors as powers of two
    counts = (0, len(fat), directory_start, 0, _SMALL_STREAM, small_start, small_count, _END, 0)
    listed = [*fat, *[_FREE] * (_FAT_SECTORS_IN_HEADER - len(fat))]
    return _HEADER.pack(_MAGIC, b"", *kinds, b"", *counts) + struct.pack(f"<{len(listed)}I", *listed)
