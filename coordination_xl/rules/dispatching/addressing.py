"""To whom a notice about one row goes: the roles that its kind names, as persons. Source: SPEC section 2, section 5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coordination_xl.ledger.entries import responsible_entries
from coordination_xl.ledger.parts import read_parts
from coordination_xl.ledger.recipient_lists import without_principals
from coordination_xl.rules.checks.agreements import AGREED
from coordination_xl.rules.dispatching.recipients import Meant
from coordination_xl.rules.people.delegates import member_of
from coordination_xl.schema import Kind, refusals
from coordination_xl.schema.notices import PARTIES
from coordination_xl.schema.settings import OFFICE
from coordination_xl.schema.vocabulary import RUNG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.ledger.parties import Party
    from coordination_xl.rules.dispatching.drafts import Recipient
    from coordination_xl.rules.dispatching.recipients import Recipients
    from coordination_xl.schema.notices import Notice

_OWNER, _HEAD, _LEADER, _BOARD = RUNG.words
_HOMES = (_OWNER, "责任部门", "发起部门")
"""Roles whose department a matter belongs to, the first that has one; of a notice 责任人 is who got it."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The recipients of a notice.

    Attributes:
        to: 主送.
        copies: 抄送, none of them a 主送 too.
        findings: who could not be found in the row, or has no address.
        unreached: those of 主送 whom no mail reaches, in words.
        column: the column of the row that names the first 主送, where a finding about them stands.
    """

    to: tuple[Recipient, ...] = ()
    copies: tuple[Recipient, ...] = ()
    findings: tuple[Finding, ...] = ()
    unreached: tuple[str, ...] = ()
    column: str = ""


class _Role(NamedTuple):
    """A role in one row: the column by which its persons are known, and who they are."""

    column: str
    meant: Meant


class _Homes(NamedTuple):
    """The departments whose head or leader is meant, and the column that names them."""

    column: str = ""
    departments: tuple[str, ...] = ()


def addressed(kind: Notice, ledger: Ledger, row: int, recipients: Recipients) -> Addressed:
    """The recipients of a notice of one kind about one row.

    部门负责人 and 分管领导 are those of the departments of 主送 where its roles name any, else of the matter's own.

    Args:
        kind: the kind.
        ledger: a ledger of matters.
        row: sheet row.
        recipients: whom 通讯录 knows.
    """
    homes = _homes(kind.to, ledger, row, recipients, is_all=True)
    to = [_role(role, ledger, row, recipients, homes) for role in kind.to]
    copies = [_role(role, ledger, row, recipients, homes) for role in kind.copies]
    reached, others = (recipients.reached(_members(roles)) for roles in (to, copies))
    first = {each.address.addr_spec.casefold() for each in reached.recipients}
    missing = [finding for each in (*to, *copies) for finding in _missing(each, ledger, row)]
    return Addressed(
        reached.recipients,
        tuple(each for each in others.recipients if each.address.addr_spec.casefold() not in first),
        tuple(dict.fromkeys((*missing, *reached.findings, *others.findings))),
        tuple(dict.fromkeys((*(name for each in to for name in each.meant.missing), *reached.unreached))),
        _place(ledger, *(each.column for each in to), *(each for role in kind.to for each in _columns(role, ledger))),
    )


def persons_for(
    role: str, ledger: Ledger, row: int, recipients: Recipients, *, named: Iterable[str] | None = None
) -> Addressed:
    """Those who have a role in one row: for reminders, whose 目标角色 and rungs are roles.

    A role that the ledger gives no column for is a rung or a body; else what 时限规则 names is a department or a person
    of 通讯录; else 责任人 is meant.

    Args:
        role: a word of 目标角色 or of ``RUNG.words``; blank is 责任人.
        ledger: the matter's ledger, or 发文记录.
        row: sheet row.
        recipients: whom 通讯录 knows.
        named: only these of the parties that the row names count, as the row names them; all where it is not given.
    """
    only = None if named is None else tuple(named)
    homes = _homes(_HOMES, ledger, row, recipients, only)
    found = _role(role or _OWNER, ledger, row, recipients, homes, only)
    reached = recipients.reached(found.meant.members)
    return Addressed(
        reached.recipients,
        (),
        tuple(dict.fromkeys((*_missing(found, ledger, row), *reached.findings))),
        tuple(dict.fromkeys((*found.meant.missing, *reached.unreached))),
        _place(ledger, found.column),
    )


def _role(
    role: str,
    ledger: Ledger,
    row: int,
    recipients: Recipients,
    homes: _Homes,
    only: tuple[str, ...] | None = None,
) -> _Role:
    column, parties = _parties(role, ledger, row, recipients)
    if column:
        return _Role(column, recipients.named(_only(parties, only)))
    homes = homes if homes.departments else _homes(_HOMES, ledger, row, recipients, only)
    if role == _HEAD:
        return _Role(homes.column, recipients.heads(homes.departments))
    if role == _LEADER:
        return _Role(homes.column, recipients.leaders(homes.departments))
    if role == OFFICE.value:
        return _Role("", recipients.office())
    if role == _BOARD:
        return _Role("", recipients.board())
    if role in PARTIES.get(ledger.table.name, {}):
        return _Role("", Meant())
    known = [party for party in recipients.read(role) if party.is_known_department or party.is_known_person]
    if known:
        return _Role("", recipients.named(known))
    return _Role("", Meant()) if role == _OWNER else _role(_OWNER, ledger, row, recipients, homes, only)


def _parties(role: str, ledger: Ledger, row: int, recipients: Recipients) -> tuple[str, tuple[Party, ...]]:
    """The first column of a role that is filled, and whom it names; ``""`` where none is."""
    for column in _columns(role, ledger):
        text = str(ledger[column][row])
        if text.strip():
            return column, _read(ledger, row, column, text, recipients)
    return "", ()


def _columns(role: str, ledger: Ledger) -> tuple[str, ...]:
    return PARTIES.get(ledger.table.name, {}).get(role, ())


def _read(ledger: Ledger, row: int, column: str, text: str, recipients: Recipients) -> tuple[Party, ...]:
    if ledger.table.life is None:
        return recipients.read(without_principals(text))
    if ledger.table.by_identifier[column].kind is not Kind.PARTS:
        return recipients.read(text)
    agreed = str(ledger[AGREED[ledger.table.name]][row])
    entries = responsible_entries(text, [part.text for part in read_parts(agreed)], recipients.directory)
    return tuple(party for entry in entries for party in entry.parties)


def _homes(
    roles: Iterable[str],
    ledger: Ledger,
    row: int,
    recipients: Recipients,
    only: tuple[str, ...] | None = None,
    *,
    is_all: bool = False,
) -> _Homes:
    """The departments of the first role that has any, or of all these roles."""
    found = _Homes()
    for role in roles:
        column, parties = _parties(role, ledger, row, recipients)
        departments = _departments(_only(parties, only), recipients)
        if departments:
            found = _Homes(found.column or column, tuple(dict.fromkeys((*found.departments, *departments))))
            if not is_all:
                break
    return found


def _departments(parties: Iterable[Party], recipients: Recipients) -> tuple[str, ...]:
    """Their departments; of a person without one, where 通讯录 has them in one alone, that one."""
    members = ((party.department, member_of(party, recipients.directory)) for party in parties)
    return tuple(
        dict.fromkeys(department or (member or ("",))[0] for department, member in members if department or member)
    )


def _only(parties: Iterable[Party], names: tuple[str, ...] | None) -> tuple[Party, ...]:
    return tuple(party for party in parties if names is None or party.text in names)


def _members(roles: Iterable[_Role]) -> tuple[tuple[str, str], ...]:
    return Meant.all(each.meant for each in roles).members


def _missing(role: _Role, ledger: Ledger, row: int) -> tuple[Finding, ...]:
    column = _place(ledger, role.column)
    return tuple(ledger.finding(refusals.NO_CONTACT, row, column, who=f"“{name}”") for name in role.meant.missing)


def _place(ledger: Ledger, *wanted: str) -> str:
    """A column that the workbook has, to hang a finding on: a wanted one, else one that says whose the matter is."""
    others = (each for columns in PARTIES.get(ledger.table.name, {}).values() for each in columns)
    return next((each for each in (*wanted, *others) if each and ledger.has(each)), "id")
