"""Mail addresses as people type them: ``kefu@example.com``, ``综合管理部 <xietiao@example.com>``."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import TYPE_CHECKING

from coordination_xl.ledger.folding import fold

if TYPE_CHECKING:
    from typing import Final

_NAMED: Final = re.compile(r"(?P<name>[^<>@]*)<\s*(?P<address>[^<>\s]+)\s*>")
_LONGEST: Final = 254
"""Characters of an address that a mail server takes: RFC 5321."""


def read_mailbox(text: str) -> Address | None:
    """The one address in a text, with the name before it; ``None`` where it has none that a mail can bear.

    Full-width signs count as narrow. A host in Chinese letters is written as mail servers know it; letters before the
    ``@`` that are not ASCII are in no address that every server takes.
    """
    folded = " ".join(fold(text).split())
    named = _NAMED.fullmatch(folded)
    name, address = (named["name"].strip(' "'), named["address"]) if named else ("", folded)
    local, at, host = address.rpartition("@")
    if not local or not host or len(address) > _LONGEST:
        return None
    try:
        return Address(name, addr_spec=f"{local}{at}{host.encode('idna').decode()}")
    except (ValueError, HeaderParseError):
        return None
