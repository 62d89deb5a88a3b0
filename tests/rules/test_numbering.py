"""New ids: the next number, never one that somebody has used."""

from __future__ import annotations

import pytest

from coordination_xl.errors import RuleError
from coordination_xl.rules.numbering import new_ids
from coordination_xl.schema import BY_NAME
from coordination_xl.schema.settings import ID_PATTERN
from tests.builders import NOW, coordination, ledgers, settings, task

COORDINATIONS, TASKS = BY_NAME["Coordination"], BY_NAME["Tasks"]


def audited(record: str, **values: object) -> dict[str, object]:
    return {"changed_at": NOW, "actor": "张", "verb": "登记表单", "sheet": "协调台账", "record": record} | values


def test_the_first_id_of_a_year_is_one():
    assert new_ids(ledgers(), COORDINATIONS, 2026, 2) == ("XT-2026-0001", "XT-2026-0002")


def test_the_next_id_follows_the_highest_and_fills_no_hole():
    read = ledgers(Coordination=[coordination(id="XT-2026-0007"), coordination(id="XT-2026-0003")])
    assert new_ids(read, COORDINATIONS, 2026, 1) == ("XT-2026-0008",)


def test_each_year_begins_anew_and_each_table_counts_for_itself():
    read = ledgers(Coordination=[coordination(id="XT-2025-0090")], Tasks=[task(id="RW-2026-0005")])
    assert new_ids(read, COORDINATIONS, 2026, 1) == ("XT-2026-0001",)
    assert new_ids(read, TASKS, 2026, 1) == ("RW-2026-0006",)


def test_an_id_whose_row_was_deleted_is_not_given_again():
    read = ledgers(Audit=[audited("XT-2026-0004", header="新增一行", new="上线")])
    assert new_ids(read, COORDINATIONS, 2026, 1) == ("XT-2026-0005",)


def test_an_id_that_was_changed_to_another_is_not_given_again():
    read = ledgers(Audit=[audited("XT-2026-0002", header="编号", old="XT-2026-0006", new="XT-2026-0002")])
    assert new_ids(read, COORDINATIONS, 2026, 1) == ("XT-2026-0007",)


def test_an_id_that_some_row_names_as_its_source_is_passed_over():
    read = ledgers(Tasks=[task(source="XT-2026-0002"), task(id="RW-2026-0002", source="XT-2026-0999")])
    assert new_ids(read, COORDINATIONS, 2026, 3) == ("XT-2026-0001", "XT-2026-0003", "XT-2026-0004")


def test_the_pattern_of_the_settings_is_followed_and_may_outgrow_its_width():
    read = ledgers(
        Settings=settings(**{ID_PATTERN.key: "{前缀}〔{年}〕{序号:2}号"}),
        Coordination=[coordination(id="XT〔2026〕99号")],
    )
    assert new_ids(read, COORDINATIONS, 2026, 1) == ("XT〔2026〕100号",)


def test_a_pattern_without_a_year_counts_through():
    read = ledgers(Settings=settings(**{ID_PATTERN.key: "{前缀}{序号:5}"}), Coordination=[coordination(id="XT00041")])
    assert new_ids(read, COORDINATIONS, 2030, 1) == ("XT00042",)


def test_a_broken_pattern_is_refused():
    with pytest.raises(RuleError, match="编号格式"):
        new_ids(ledgers(Settings=settings(**{ID_PATTERN.key: "随便"})), COORDINATIONS, 2026, 1)
