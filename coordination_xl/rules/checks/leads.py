"""Several departments on one problem: one of them leads. Source: SPEC A5, A9."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coordination_xl.ledger.party_lists import read_parties
from coordination_xl.ledger.uniques import parse_unique
from coordination_xl.schema import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordination_xl.ledger.directories import Directory
    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger


def check_leads(problems: Ledger, directory: Directory) -> Iterator[Finding]:
    """Dispatched problems on which several departments work, and of which nobody knows who leads (牵头部门).

    The departments are those of 主责部门 and 配合部门; people of one department are one department.
    """
    life, since = problems.table.life, problems.table.column("lead_department").required_from
    if life is None or since is None or not problems.has("cooperating"):
        return
    texts = (problems["lead_department"] + "、" + problems["cooperating"]).to_numpy(dtype=object)
    codes, named = parse_unique(texts, lambda text: _departments(text, directory))
    are_several = np.array([len(each) > 1 for each in named], dtype=bool)[codes]
    is_dispatched = problems["state"].isin(life.from_on(since)).to_numpy()
    lacks_lead = (problems["coordinating_department"] == "").to_numpy()
    for row in problems.flagged("coordinating_department", are_several & is_dispatched & lacks_lead):
        departments = "、".join(named[codes[problems.position(row)]])
        yield problems.finding(faults.NO_LEAD_DEPARTMENT, row, "coordinating_department", departments=departments)


def _departments(text: str, directory: Directory) -> tuple[str, ...]:
    """The departments of a list of departments and people, each once."""
    named = (party.department for party in read_parties(text.strip("、"), directory))
    return tuple(dict.fromkeys(each for each in named if each))
