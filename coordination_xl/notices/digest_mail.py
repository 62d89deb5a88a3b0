"""The digest as a mail that opens as an editable draft; the same digest gives the same bytes. Source: SPEC section 5, ``send``."""

from __future__ import annotations

import hashlib
from datetime import timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.headerregistry import Address

    from coordination_xl.notices.digest import Digest

SHANGHAI = timezone(timedelta(hours=8))
_HOST = "coordination-xl.invalid"
"""Of a Message-ID where there is no sender."""


def digest_mail(digest: Digest, page: str, text: str, sender: Address | None, to: Sequence[Address]) -> bytes:
    """A message with the page and its plain-text twin.

    Args:
        digest: for subject and date.
        page: the HTML.
        text: the plain text.
        sender: ``None`` leaves it to the mail program.
        to: the recipients; none leaves it to whoever sends it.
    """
    content = hashlib.sha256("\0".join((digest.week, page, text, str(sender), *map(str, to))).encode()).hexdigest()
    message = EmailMessage(policy=SMTP)
    message["Subject"] = digest.subject
    if sender is not None:
        message["From"] = sender
    if to:
        message["To"] = tuple(to)
    message["Date"] = format_datetime(digest.now.replace(tzinfo=SHANGHAI))
    message["Message-ID"] = f"<digest-{digest.week}-{content[:16]}@{sender.domain if sender else _HOST}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="base64")
    message.add_alternative(page, subtype="html", cte="base64")
    message.set_boundary(f"=_{content[:32]}")
    return message.as_bytes()
