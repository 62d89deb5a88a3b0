"""升级层级: the rung that lateness has reached."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from coordination_xl.rules.timing.ladders import read_ladder
from tests.builders import book, emergency, held, problem, progress, refreshed, rules, task


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute)


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        (at(3, 6, 18), None),
        (at(3, 6, 19), "责任人"),
        (at(3, 10), "责任人"),
        (at(3, 11), "部门负责人"),
        (at(3, 13), "分管领导"),
        (at(3, 19), "分管领导"),
        (at(3, 20), "总经理办公会"),
    ],
)
def test_each_rung_is_reached_after_so_many_working_days(now, rung):
    """Due on Friday the 6th: one working day late on the 9th, three on the 11th, five on the 13th, ten on the 20th."""
    made = book(
        Tasks=[task(deadline=datetime(2026, 3, 6))], Progress=[progress("RW-2026-0001", now - timedelta(minutes=1))]
    )
    assert refreshed(made, "RW-2026-0001", now).get("escalation") == rung


def test_a_resolution_of_a_meeting_goes_to_the_leader_after_a_day():
    made = book(Tasks=[task(source="HY-2026-0001", deadline=datetime(2026, 3, 6))], Meetings=[held()])
    assert refreshed(made, "RW-2026-0001", at(3, 9))["escalation"] == "分管领导"


def test_an_emergency_that_is_not_under_control_goes_to_the_top_at_once():
    made = book(Emergencies=[emergency()])
    assert "escalation" not in refreshed(made, "JJ-2026-0001", at(3, 6, 11, 30))
    assert refreshed(made, "JJ-2026-0001", at(3, 6, 11, 31))["escalation"] == "总经理办公会"


@pytest.mark.parametrize(("hour", "rung"), [(23, "责任人"), (24, "部门负责人"), (39, "部门负责人"), (40, "分管领导")])
def test_rules_that_count_hours_climb_by_the_hour(hour, rung):
    """Minutes due at 15:30 on the 6th; 8 hours late is 23:30, 24 hours late is 15:30 on the 7th."""
    now = datetime(2026, 3, 6) + timedelta(hours=hour, minutes=-30)
    assert refreshed(book(Meetings=[held()]), "HY-2026-0001", now)["escalation"] == rung


def test_a_late_feedback_climbs_too():
    made = book(Problems=[problem()])
    assert refreshed(made, "WT-2026-0001", at(3, 6))["escalation"] == "责任人"
    assert refreshed(made, "WT-2026-0001", at(3, 9))["escalation"] == "部门负责人"


def test_the_highest_rung_of_all_late_clocks_counts():
    made = book(Problems=[problem(deadline=datetime(2026, 3, 10))])
    assert refreshed(made, "WT-2026-0001", at(3, 11))["escalation"] == "分管领导"  # feedback 4 days, deadline 1


def test_the_ladder_is_what_the_sheet_says():
    sheet = rules(B5={"ladder": "部门负责人 1 → 总经理办公会 2个工作日"})
    made = book(Tasks=[task(deadline=datetime(2026, 3, 6))], Rules=sheet)
    assert "escalation" not in refreshed(made, "RW-2026-0001", at(3, 6, 19))
    assert refreshed(made, "RW-2026-0001", at(3, 9, 9))["escalation"] == "部门负责人"
    assert refreshed(made, "RW-2026-0001", at(3, 10, 9))["escalation"] == "总经理办公会"


class TestLadder:
    def test_blank_has_no_rung(self):
        assert read_ladder(" ").rung(np.array([0.0, 99.0])).tolist() == [-1, -1]

    def test_nothing_late_reaches_no_rung(self):
        assert read_ladder("责任人 0").rung(np.array([np.nan])).tolist() == [-1]

    def test_is_read_in_full_width(self):
        assert read_ladder("责任人　０，分管领导　１．５小时").amounts == (0.0, 1.5)

    @pytest.mark.parametrize(
        "text",
        ["经理 0", "责任人", "责任人 0 部门负责人", "分管领导 0、责任人 3", "责任人 3、部门负责人 0", "责任人 -1"],
    )
    def test_what_makes_no_sense_is_refused(self, text):
        with pytest.raises(ValueError, match="升级阶梯"):
            read_ladder(text)
