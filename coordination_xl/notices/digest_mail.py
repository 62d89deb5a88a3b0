"""The digest as a mail that opens as an editable draft; the same digest gives the same bytes. Source: SPEC section 5, ``send``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.notices.mail import Attachment, Mail, as_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.headerregistry import Address

    from coordination_xl.notices.digest import Digest


def digest_mail(
    digest: Digest,
    subject: str,
    page: str,
    text: str,
    sender: Address | None,
    to: Sequence[Address],
    *,
    attachments: Sequence[Attachment] = (),
    numbers: Sequence[str] = (),
) -> bytes:
    """A message with the page and its plain-text twin.

    Args:
        digest: for date and Message-ID.
        subject: one line.
        page: the HTML.
        text: the plain text.
        sender: ``None`` leaves it to the mail program.
        to: the recipients; none leaves it to whoever sends it.
        attachments: files.
        numbers: of 发文记录, where it is recorded there.

    Raises:
        ValueError: an address is none that a mail can bear.
    """
    return as_bytes(
        Mail(
            subject=subject,
            html=page,
            text=text,
            moment=digest.now,
            sender=sender,
            to=tuple(to),
            attachments=tuple(attachments),
            numbers=tuple(numbers),
            name=f"digest-{digest.week}",
        )
    )
