"""When a mail was written: what it says, as far as that can be; else when it came. Source: SPEC section 4."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coordination_xl.dispatch.receiving.parts import Parts

SHANGHAI: Final = timezone(timedelta(hours=8))
_YEARS: Final = range(2000, 2100)
_SLOWEST: Final = timedelta(days=14)
"""How long a mail may be on its way; one that says it was written earlier has a wrong clock."""
_ZONE: Final = re.compile(r"\([^()]*\)")


def moment_of(parts: Parts, kept: datetime) -> datetime:
    """When a mail was written, Asia/Shanghai without a zone, to the minute.

    Its ``Date`` counts unless it lies after the mail came, or two weeks and more before; then the time it came counts: what
    the last server wrote in ``Received``, else ``kept``.

    Args:
        parts: the mail.
        kept: when it was put where it lies, Asia/Shanghai without a zone: no mail is written later.
    """
    written = _read(parts.header("Date"))
    came = min((when for when in (_read(parts.header("Received").rpartition(";")[2]), kept) if when), default=kept)
    has_trace = came != kept
    is_likely = written is not None and written <= came and (not has_trace or came - written <= _SLOWEST)
    return (written if written is not None and is_likely else came).replace(second=0, microsecond=0)


def _read(text: str) -> datetime | None:
    """A date of any zone; one without a zone is of Shanghai."""
    try:
        when = parsedate_to_datetime(_ZONE.sub(" ", text[:200]).strip())
        local = when.astimezone(SHANGHAI).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return local if local.year in _YEARS else None
