"""会议通知 as a calendar invitation that mail programs offer to accept, by RFC 5545 and 5546. Source: SPEC A14."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from coordination_xl.notices.mail import NO_HOST
from coordination_xl.notices.mail_headers import headline, whole

if TYPE_CHECKING:
    from email.headerregistry import Address

    from icalendar import Event, Timezone, vCalAddress

ZONE: Final = "Asia/Shanghai"
_OFFSET: Final = timedelta(hours=8)
USUAL_HOURS: Final = 1.0
"""How long a meeting is in the calendar that does not say: a meeting without an end would take no time there at all."""
_LONGEST_HOURS: Final = 240.0
UNKNOWN_LENGTH: Final = "会议时长未填，日历中按 1 小时占用。"
_PRODUCT: Final = "-//coordination-xl//meetings//ZH"
_LONGEST_TEXT: Final = 32_767
_ENDS_OF_LINES: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNQUOTABLE: Final = str.maketrans({'"': "”", "^": "＾"})
"""A parameter cannot hold a quotation mark; a caret is the sign that escapes, to programs that know RFC 6868."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A meeting as calendars take it.

    Attributes:
        meeting: id of the meeting.
        company: name of the company, as 参数 says.
        sequence: 0 for the first, and one more for each change and for the cancellation.
        summary: name of the meeting.
        starts_at: Asia/Shanghai without a zone.
        hours: how long, ``None`` where it is not known; then it is :data:`USUAL_HOURS`, and the description says so.
        place: room or link.
        description: agenda and materials, in lines.
        moment: when this was written, Asia/Shanghai without a zone.
        organizer: the sender; ``None`` makes a calendar entry without anybody to answer to.
        to: who shall attend.
        copies: who may.
        is_cancelled: whether the meeting is called off.
    """

    meeting: str
    company: str
    sequence: int
    summary: str
    starts_at: datetime
    hours: float | None
    place: str
    description: str
    moment: datetime
    organizer: Address | None
    to: tuple[Address, ...] = ()
    copies: tuple[Address, ...] = ()
    is_cancelled: bool = False

    @property
    def uid(self) -> str:
        """The same for the same meeting of the same company and sender, whatever else changes."""
        host = self.organizer.domain if self.organizer else NO_HOST
        own = hashlib.sha256(f"{self.company}\0{self.meeting}".encode(errors="surrogatepass")).hexdigest()[:16]
        return f"{re.sub(r'[^A-Za-z0-9-]+', '', self.meeting)[:32]}-{own}@{host}".lstrip("-")

    @property
    def method(self) -> str:
        """``REQUEST`` or ``CANCEL``; without an organizer ``PUBLISH``, which asks for no answer."""
        if self.organizer is None:
            return "PUBLISH"
        return "CANCEL" if self.is_cancelled else "REQUEST"

    @property
    def ends_at(self) -> datetime:
        """When it ends by its length, or by the usual one."""
        return self.starts_at + timedelta(hours=self.hours if self.hours and self.has_length else USUAL_HOURS)

    @property
    def has_length(self) -> bool:
        """Whether its length can be one of a meeting."""
        return self.hours is not None and 0 < self.hours <= _LONGEST_HOURS


def as_calendar(invitation: Invitation) -> bytes:
    """The invitation as iCalendar; the same one is the same bytes.

    Clocks play no part: its time stamp is the moment given. China has no summer time, which the time zone in it says.
    """
    from icalendar import Calendar  # a twentieth of a second, which only meetings need

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    calendar.add_component(_zone())
    calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(invitation: Invitation) -> Event:
    from icalendar import Event

    description = invitation.description
    if not invitation.has_length:
        description = f"{description.rstrip()}\n{UNKNOWN_LENGTH}".lstrip()
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.moment.replace(tzinfo=timezone(_OFFSET)).astimezone(UTC))
    event.add("dtstart", invitation.starts_at, parameters={"TZID": ZONE})
    event.add("dtend", invitation.ends_at, parameters={"TZID": ZONE})
    event.add("summary", headline(invitation.summary))
    if place := headline(invitation.place):
        event.add("location", place)
    if told := _lines(description):
        event.add("description", told)
    event.add("status", "CANCELLED" if invitation.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if invitation.is_cancelled else "OPAQUE")
    if invitation.organizer is not None:
        event.add("organizer", _person(invitation.organizer))
        for address, role in _attendees(invitation):
            event.add("attendee", _person(address, ROLE=role, PARTSTAT="NEEDS-ACTION", RSVP="TRUE"))
    return event


def _attendees(invitation: Invitation) -> list[tuple[Address, str]]:
    """Everybody once, by address: who shall attend before who may."""
    attendees: dict[str, tuple[Address, str]] = {}
    for role, addresses in (("REQ-PARTICIPANT", invitation.to), ("OPT-PARTICIPANT", invitation.copies)):
        for each in addresses:
            attendees.setdefault(each.addr_spec.casefold(), (each, role))
    return list(attendees.values())


def _person(address: Address, **parameters: str) -> vCalAddress:
    from icalendar import vCalAddress

    person = vCalAddress(f"mailto:{address.addr_spec}")
    if name := headline(address.display_name).translate(_UNQUOTABLE):
        person.params["CN"] = name
    person.params.update(parameters)
    return person


def _lines(text: str) -> str:
    return whole(_CONTROLS.sub(" ", _ENDS_OF_LINES.sub("\n", text)))[:_LONGEST_TEXT].strip()
