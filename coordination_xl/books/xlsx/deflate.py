"""Raw deflate and CRC-32, by Intel's isal where it is installed, by zlib elsewhere.

Both are deterministic: the same bytes always give the same bytes.
"""

from __future__ import annotations

import zlib
from typing import Any

try:
    from isal import isal_zlib
except ImportError:  # platforms without a wheel
    _codec: Any = zlib
    _level = 6
else:
    _codec = isal_zlib
    _level = 2


def crc32(content: bytes) -> int:
    """The CRC-32 that zip stores."""
    return int(_codec.crc32(content)) & 0xFFFFFFFF


def deflate(content: bytes) -> bytes:
    """Content as a raw deflate stream."""
    return bytes(_codec.compress(content, _level, wbits=-15))


def inflate(stream: bytes, size: int) -> bytes:
    """The content of a raw deflate stream that is announced to hold ``size`` bytes.

    Raises:
        ValueError: the stream is broken, or holds fewer or more bytes than announced.
    """
    decoder = _codec.decompressobj(wbits=-15)
    try:
        content = bytes(decoder.decompress(stream, size + 1))
    except (zlib.error, _codec.error) as error:
        raise ValueError(str(error)) from error
    if len(content) != size or (size and not decoder.eof):
        raise ValueError("the stream is not as long as announced")
    return content
