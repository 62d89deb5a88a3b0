"""Whom to ask: somebody of 综合管理部 who is there. Source: SPEC A5, section 3, 通讯录."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.schema.settings import OFFICE

if TYPE_CHECKING:
    from datetime import date

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.people.delegates import Delegates


def office_contact(contacts: Ledger, delegates: Delegates, day: date) -> str:
    """The first of 综合管理部 who is not on leave, with the extension; ``""`` where nobody is.

    Args:
        contacts: columns ``department``, ``person``, ``role``, ``phone``.
        delegates: who is on leave.
        day: the day that is meant.
    """
    office = contacts.frame[contacts["role"] == OFFICE.value]
    for department, person, phone in zip(office["department"], office["person"], office["phone"], strict=True):
        if delegates.leave((department, person), day) is None:
            return f"{department}*{person}（内线 {phone}）" if phone else f"{department}*{person}"
    return ""
