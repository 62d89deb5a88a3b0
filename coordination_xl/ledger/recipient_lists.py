"""收件人 of 发文记录: who got a notice, and for whom they acted: ``技术部*专员（代技术部*工程师）``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.party_lists import read_parties

if TYPE_CHECKING:
    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.parties import Party

ACTING: Final = re.compile(r"[(（]代(?P<names>[^()（）]*)[)）]")
"""What stands behind somebody who got it in the place of others."""


def read_recipients(text: str, directory: Directory) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Those who got it, and those for whom they acted."""
    acted = "、".join(match["names"] for match in ACTING.finditer(text))
    return read_parties(without_principals(text), directory), read_parties(acted, directory)


def without_principals(text: str) -> str:
    """The list without those for whom somebody acted."""
    return ACTING.sub("", text)
