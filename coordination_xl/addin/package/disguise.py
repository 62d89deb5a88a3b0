"""The three lines of a VBA project that hide who may see it; here: everybody, without a password.

Source: [MS-OVBA] 2.4.3.2 (data encryption), 2.3.1.15 to 2.3.1.17 (what the three hold).
"""

from __future__ import annotations

_VERSION = 2
_SEED = 0x5C  # any byte will do; VBA draws a random one, and the file would never be the same twice


def disguised(project_id: str, plain: bytes) -> str:
    """What VBA writes for ``plain`` in a project of this id, in hexadecimal.

    Args:
        project_id: the project's ``ID`` with its braces, without quotes.
        plain: the data before.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    version_hidden, key_hidden = _SEED ^ _VERSION, _SEED ^ key
    padding = bytes((_SEED & 6) // 2)
    made = bytearray((_SEED, version_hidden, key_hidden))
    last_plain, last, last_but_one = key, key_hidden, version_hidden
    for byte in padding + len(plain).to_bytes(4, "little") + plain:
        hidden = byte ^ (last_but_one + last_plain & 0xFF)
        made.append(hidden)
        last_plain, last, last_but_one = byte, hidden, last
    return made.hex().upper()
