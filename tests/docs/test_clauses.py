"""The specification has every clause that the code cites."""

from __future__ import annotations

import re

from coordination_xl.schema import TABLES, faults, refusals
from coordination_xl.schema.timers import TIMERS
from tests.docs.pages import ROOT, text_of

SPEC = text_of("docs/SPEC.md")
CLAUSES = {
    *re.findall(r"\*\*([AB]\d+)\*\*", SPEC),
    *re.findall(r"\*\*(A-[ABC])\.", SPEC),
    *re.findall(r"^#{2,3} (\d|[AB])\.", SPEC, re.MULTILINE),
    "2A",
    "2B",
}
_ONE = r"(?:A-[ABC]|[AB]\d+|\d[AB]?|[AB])\b"
_CITED = re.compile(rf"SPEC (?:section )?({_ONE}(?:(?:, |-)(?:section )?{_ONE})*)")


def cited_in(text):
    return {clause for run in _CITED.findall(text) for clause in re.findall(_ONE, run)}


def test_all_clauses_are_there():
    wanted = {*(f"A{number}" for number in range(1, 24)), *(f"B{number}" for number in range(1, 9))}
    assert wanted | {"A-A", "A-B", "A-C", *"123456", "A", "B"} <= CLAUSES


def test_cited_clauses_exist():
    modules = [path.relative_to(ROOT).as_posix() for path in (ROOT / "coordination_xl").rglob("*.py")]
    unknown = {module: cited_in(text_of(module)) - CLAUSES for module in modules}
    assert {module: clauses for module, clauses in unknown.items() if clauses} == {}


def test_every_column_and_fault_cites_a_clause():
    sources = [table.source for table in TABLES]
    sources += [column.source for table in TABLES for column in table.columns]
    sources += [fault.source for fault in (*faults.FAULTS, *refusals.REFUSALS)]
    assert all(cited_in(source) and cited_in(source) <= CLAUSES for source in sources)


def test_every_time_limit_rests_on_a_clause():
    assert {timer.basis for timer in TIMERS} <= CLAUSES
