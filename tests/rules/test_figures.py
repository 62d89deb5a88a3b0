"""The figures of a week: against a recount of the demo row by row, and each rule on a few rows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pandas as pd
import pytest

from coordination_xl import refresh
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.figures.departments import by_department
from coordination_xl.rules.figures.figures import figures_of
from coordination_xl.rules.figures.matters import matters_of
from coordination_xl.rules.figures.trends import months_to, trend, week_of, weeks_to
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import MATTERS, dashboard
from coordination_xl.schema.vocabulary import RUNG
from tests.builders import (
    NOW,
    book,
    coordination,
    emergency,
    extension,
    held,
    meeting,
    problem,
    progress,
    task,
)
from workbooks.demo import NOW as DEMO_NOW
from workbooks.demo import demo_rows

CLOSED = {table.name: table.closed_by for table in MATTERS}
OPENED = {table.name: table.opened_by for table in MATTERS}


@pytest.fixture(scope="module")
def demo():
    made = book(**demo_rows())
    made.apply(refresh(made, DEMO_NOW).changes)
    return made


@pytest.fixture(scope="module")
def ledgers(demo):
    return Ledgers.read(demo)


@pytest.fixture(scope="module")
def figures(ledgers):
    return figures_of(ledgers, Plan.of(ledgers, DEMO_NOW), DEMO_NOW)


@pytest.fixture(scope="module")
def rows(ledgers):
    """Every matter of the demo as a dict of plain values: what a clerk with a pencil has before him."""
    told = []
    for table in MATTERS:
        for record in ledgers[table.name].frame.to_dict("records"):
            row = {
                key: None if value is pd.NaT or value == "" or value != value else value
                for key, value in record.items()
            }
            row = {key: each.to_pydatetime() if isinstance(each, pd.Timestamp) else each for key, each in row.items()}
            row["table"], row["is_finished"] = table.name, row["state"] in table.life.finished
            row["opened"], row["closed"] = (
                row[OPENED[table.name]],
                row[CLOSED[table.name]] if row["is_finished"] else None,
            )
            told.append(row)
    return told


def figures_at(now: datetime = NOW, **tables: object):
    read = Ledgers.read(book(**tables))
    return figures_of(read, Plan.of(read, now), now)


def done(number: int, day: datetime, **values: object) -> dict[str, object]:
    return task(id=f"RW-2026-{number:04}", state="已完成", done_at=day, created_at=datetime(2026, 1, 5)) | values


class TestRecountOfTheDemo:
    def test_lights(self, figures, rows):
        counted = Counter(row["light"] for row in rows if row["light"] and not row["is_finished"])
        assert figures.lights == {light: counted[light] for light in "红黄蓝绿灰"}
        assert figures.open == sum(counted[light] for light in "红黄蓝绿")
        assert min(figures.lights.values()) > 0

    def test_departments(self, figures, rows):
        names = [contact["department"] for contact in demo_rows()["Contacts"]]
        counted: dict[str, Counter[str]] = {}
        for row in rows:
            if row["light"] and not row["is_finished"]:
                home = row[dashboard.DEPARTMENT_OF[row["table"]]] or ""
                name = next((name for name in names if home.startswith(name)), "其他")
                counted.setdefault(name, Counter())[row["light"]] += 1
        told = {name: Counter(dict(counts)) for name, counts in figures.departments.to_dict("index").items()}
        assert {name: +counts for name, counts in told.items()} == counted

    def test_ages(self, figures, rows):
        days = [row.get("overdue_workdays") or 1 for row in rows if row["light"] == "红"]
        assert list(figures.ages.values()) == [
            sum(1 for day in days if day <= 2),
            sum(1 for day in days if 3 <= day <= 5),
            sum(1 for day in days if 6 <= day <= 10),
            sum(1 for day in days if day > 10),
        ]

    @pytest.mark.parametrize(
        ("name", "first"),
        [
            ("month", datetime(2026, 11, 1)),
            ("year", datetime(2026, 1, 1)),
            ("twelve_months", datetime(2025, 12, 1)),
            ("recent", datetime(2026, 10, 22)),
        ],
    )
    def test_outcomes(self, figures, rows, name, first):
        finished = [row for row in rows if row["closed"] and first <= row["closed"] <= DEMO_NOW]
        outcome = getattr(figures, name)
        on_time = [row["is_on_time"] for row in finished if row["is_on_time"]]
        original = [word for row in finished if (word := row.get("is_on_original", row["is_on_time"]))]
        spent = [row["elapsed_workdays"] for row in finished if row.get("elapsed_workdays") is not None]
        assert outcome.finished == len(finished)
        assert outcome.rate == on_time.count("是") / len(on_time)
        assert outcome.original_rate == original.count("是") / len(original)
        assert outcome.average == pytest.approx(sum(spent) / len(spent))

    def test_outcomes_of_the_year_know_that_one_was_in_time_by_an_extension_only(self, figures):
        assert figures.year.on_time == figures.year.on_original + 1

    def test_trend_of_months(self, figures, rows):
        months = list(figures.months.itertuples(index=False))
        assert (len(months), months[0].start, months[-1].start) == (12, datetime(2025, 12, 1), datetime(2026, 11, 1))
        for month in months:
            begins, ends = month.start, (month.start + pd.offsets.MonthBegin(1)).to_pydatetime()
            assert month.new == sum(
                1 for row in rows if row["opened"] and begins <= row["opened"] < ends and row["opened"] <= DEMO_NOW
            )
            assert month.done == sum(
                1 for row in rows if row["closed"] and begins <= min(row["closed"], DEMO_NOW) < ends
            )

    def test_overdue_tasks_at_each_end(self, ledgers, rows):
        """A task is answered when it is done; 延期 moved two of them by what was granted."""
        plan = Plan.of(ledgers, DEMO_NOW)
        matters = matters_of(plan.schedules, plan.basis.calendar, DEMO_NOW)
        granted = {
            (row["source"], row["current_due"]): row["new_due"]
            for row in demo_rows()["Extensions"]
            if row["decision"] == "同意"
        }
        counted = trend(matters[matters["table"] == "Tasks"], months_to(DEMO_NOW, 12), DEMO_NOW)
        for month in counted.itertuples():
            ends = (month.start + pd.offsets.MonthBegin(1)).to_pydatetime()
            late = 0
            for row in rows:
                is_ended = row["is_finished"] and not row.get("done_at")
                if row["table"] != "Tasks" or not row["deadline"] or row["state"] == "挂账" or is_ended:
                    continue
                due = row["deadline"] + timedelta(hours=18 * (row["deadline"].hour == 0))
                due = granted.get((row["id"], due), due)
                is_done = bool(row["done_at"]) and min(row["done_at"], DEMO_NOW) < ends
                late += due < min(ends, DEMO_NOW) and row["opened"] < ends and not is_done
            assert month.overdue == late, month

    def test_this_weeks_end_is_what_is_red_now(self, figures):
        assert figures.weeks["overdue"].iloc[-1] == len(figures.red) == figures.lights["红"]
        assert figures.weeks["open"].iloc[-1] == figures.open

    def test_red_list(self, figures, rows):
        red = {row["id"]: row for row in rows if row["light"] == "红"}
        assert set(figures.red["id"]) == set(red)
        for each in figures.red.itertuples():
            assert each.rung == red[each.id]["escalation"]
        assert figures.red["days"].is_monotonic_decreasing

    def test_what_is_due_this_week_and_next(self, figures, rows):
        plain = [row for row in rows if row["light"] in ("黄", "蓝", "绿") and row["table"] != "Tasks"]
        for frame, first, last in (
            (figures.due_this_week, datetime(2026, 11, 20), datetime(2026, 11, 23)),
            (figures.due_next_week, datetime(2026, 11, 23), datetime(2026, 11, 30)),
        ):
            counted = {row["id"] for row in plain if row["due"] and first <= row["due"] < last}
            assert set(frame["id"][frame["table"] != "Tasks"]) == counted
            assert len(counted) > 3

    def test_paused_with_reasons(self, figures, rows):
        counted = {row["id"]: row["pause_reason"] for row in rows if row["light"] == "灰" and not row["is_finished"]}
        told = {each.id: each.pause_reason or None for each in figures.paused.itertuples()}
        assert told == counted

    def test_emergencies_and_meetings(self, figures, rows):
        monday, sunday = datetime(2026, 11, 16), datetime(2026, 11, 23)
        assert set(figures.emergencies["id"]) == {
            row["id"]
            for row in rows
            if row["table"] == "Emergencies"
            and (monday <= row["opened"] <= DEMO_NOW or row["state"] in ("已上报", "已报告", "方案执行", "已升级"))
        }
        assert list(figures.meetings["id"]) == [
            row["id"]
            for row in sorted((row for row in rows if row["table"] == "Meetings"), key=lambda row: row["starts_at"])
            if sunday <= row["starts_at"] < sunday + timedelta(weeks=1) and row["state"] != "驳回"
        ]

    def test_extensions(self, figures):
        assert [each.id for each in figures.granted] == ["YQ-2026-0007", "YQ-2026-0009"]
        assert [each.id for each in figures.pending] == ["YQ-2026-0008", "YQ-2026-0010"]

    def test_the_next_rung_is_reached_then_and_not_a_second_before(self, figures, ledgers):
        """Let time pass and nobody do anything: 升级层级 rises when it was said to."""
        waiting = pd.concat([figures.red, figures.behind])
        waiting = waiting[waiting["next_at"].notna()]
        assert len(waiting) > 25
        for at, group in waiting.groupby("next_at"):
            reached = at.to_pydatetime()
            before, after = (
                levels(ledgers, reached - timedelta(seconds=1)),
                levels(ledgers, reached + timedelta(seconds=1)),
            )
            for each in group.itertuples():
                assert (before[each.id], after[each.id]) == (each.rung, each.next_rung), each.id

    def test_no_next_rung_is_told_only_of_what_can_rise_no_more(self, figures):
        assert set(figures.red.loc[figures.red["next_rung"] == "", "rung"]) == {RUNG.words[-1]}


def levels(ledgers: Ledgers, now: datetime) -> dict[str, str]:
    return {
        record: word
        for schedule in Plan.of(ledgers, now).schedules
        if schedule.ledger.table.life
        for record, word in zip(schedule.ledger.ids, schedule.columns["escalation"], strict=True)
    }


class TestOutcomes:
    def test_an_extension_saves_the_rate_but_not_the_original_one(self):
        """Due on 5 March, extended to 10 March, done on 6 March."""
        late = done(1, datetime(2026, 3, 6, 9), deadline=datetime(2026, 3, 5))
        asked = extension(source="RW-2026-0001", applied_at=datetime(2026, 3, 4, 9), current_due=datetime(2026, 3, 5, 18),
                          new_due=datetime(2026, 3, 10, 18), approver="技术部*经理", decision="同意",
                          decided_at=datetime(2026, 3, 4, 15))  # fmt: skip
        without, granted = figures_at(Tasks=[late]), figures_at(Tasks=[late], Extensions=[asked])
        assert (without.month.rate, without.month.original_rate) == (0.0, 0.0)
        assert (granted.month.rate, granted.month.original_rate) == (1.0, 0.0)

    def test_a_month_begins_with_its_first_midnight_and_ends_now(self):
        days = (
            datetime(2026, 2, 28, 23, 59),
            datetime(2026, 3, 1),
            datetime(2026, 3, 6, 10),
            datetime(2026, 3, 6, 10, 1),
        )
        told = figures_at(Tasks=[done(n, day) for n, day in enumerate(days)])
        assert told.month.finished == 2
        assert told.twelve_months.finished == 3

    def test_thirty_days_end_today_and_a_week_ago(self):
        """From 5 February to 6 March; a week before from 29 January to 27 February, 10:00."""
        days = (datetime(2026, 2, 4, 18), datetime(2026, 2, 5), datetime(2026, 1, 28, 23), datetime(2026, 1, 29, 0))
        told = figures_at(Tasks=[done(n, day) for n, day in enumerate(days)])
        assert (told.recent.finished, told.recent_before.finished) == (1, 3)

    def test_nothing_finished_is_no_rate(self):
        assert (figures_at().month.rate, figures_at().month.original_rate, figures_at().month.average) == (None,) * 3

    def test_cancelled_without_a_date_is_not_finished_in_any_month(self):
        assert figures_at(Tasks=[task(state="已取消")]).year.finished == 0

    def test_meetings_that_have_no_original_due_time_count_by_their_own(self):
        signed = held(state="已分发", minutes_signed_at=datetime(2026, 3, 6, 9))
        told = figures_at(Meetings=[signed])
        assert (told.month.rate, told.month.original_rate, told.month.average) == (1.0, 1.0, None)


class TestStanding:
    def test_overdue_by_the_hour_counts_as_the_first_day(self):
        """Not under control since Tuesday: 61 hours late is no working day in 逾期天数."""
        late = emergency(discovered_at=datetime(2026, 3, 3, 18), plan_approved_at=datetime(2026, 3, 3, 19))
        told = figures_at(Emergencies=[late])
        assert told.ages == {"1–2 天": 1, "3–5 天": 0, "6–10 天": 0, ">10 天": 0}
        assert told.red["overdue_hours"].tolist() == [61.0]

    def test_last_weeks_end_does_not_know_what_is_new(self):
        """Two of last week, one finished this week; one new."""
        told = figures_at(
            Tasks=[
                task(id="RW-2026-0001", created_at=datetime(2026, 2, 27)),
                done(2, datetime(2026, 3, 3), created_at=datetime(2026, 2, 27)),
                task(id="RW-2026-0003", created_at=datetime(2026, 3, 2)),
            ]
        )
        last, this = told.weeks.tail(2).itertuples()
        assert (last.open, last.new, last.done) == (2, 2, 0)
        assert (this.open, this.new, this.done) == (2, 1, 1)

    def test_due_now_is_not_overdue(self):
        for now, overdue in ((NOW, 0), (NOW + timedelta(seconds=1), 1)):
            told = figures_at(now, Tasks=[task(deadline=NOW)])
            assert (len(told.red), told.weeks["overdue"].iloc[-1]) == (overdue, overdue)

    def test_what_is_paused_or_cancelled_is_not_open(self):
        rows = [
            task(state="挂账", paused_at=datetime(2026, 3, 5), pause_reason="等"),
            task(id="RW-2026-0002", state="已取消"),
        ]
        told = figures_at(Tasks=rows)
        assert (told.open, told.weeks["open"].iloc[-1], told.lights["灰"]) == (0, 0, 1)
        assert told.paused["pause_reason"].tolist() == ["等"]

    def test_an_empty_workbook_has_no_figures_and_no_error(self):
        told = figures_at()
        assert (told.open, len(told.red), len(told.departments), sum(told.ages.values())) == (0, 0, 0, 0)

    def test_a_major_risk_is_told_once_at_the_task_that_reported_it(self):
        told = figures_at(
            Coordination=[coordination()],
            Tasks=[task(source="XT-2026-0001")],
            Progress=[progress("RW-2026-0001", datetime(2026, 3, 5), is_major_risk="是", risk="样机报废")],
        )
        assert told.risks.set_index("id")["risk"].to_dict() == {"RW-2026-0001": "样机报废"}

    def test_an_emergency_of_last_week_is_told_until_it_is_resolved(self):
        old = {"discovered_at": datetime(2026, 2, 26, 8), "first_told_at": datetime(2026, 2, 26, 8, 5)}
        rows = [
            emergency(**old),
            emergency(id="JJ-2026-0002", state="已解决", resolved_at=datetime(2026, 2, 27), **old),
            emergency(id="JJ-2026-0003", state="已解决", resolved_at=datetime(2026, 3, 6, 9)),
        ]
        assert figures_at(Emergencies=rows).emergencies["id"].tolist() == ["JJ-2026-0001", "JJ-2026-0003"]

    def test_next_weeks_meetings_leave_out_this_weeks_and_rejected_ones(self):
        starts = (datetime(2026, 3, 8, 9), datetime(2026, 3, 9), datetime(2026, 3, 15, 9), datetime(2026, 3, 16))
        rows = [meeting(id=f"HY-2026-{n:04}", starts_at=start) for n, start in enumerate(starts)]
        rows.append(meeting(id="HY-2026-0009", state="驳回"))
        rows.append(meeting(id="HY-2026-0010", state="申请", approved_at=None, notified_at=None))
        told = figures_at(Meetings=rows)
        assert told.meetings["id"].tolist() == ["HY-2026-0001", "HY-2026-0010", "HY-2026-0002"]
        assert told.applications["id"].tolist() == ["HY-2026-0010"]

    def test_an_extension_counts_for_the_week_in_which_it_was_granted_by_who_may(self):
        def asked(number: int, decided: datetime, approver: str = "技术部*经理"):
            return extension(id=f"YQ-2026-{number:04}", source=f"WT-2026-{number:04}", applied_at=datetime(2026, 2, 20),
                             approver=approver, decision="同意", decided_at=decided)  # fmt: skip

        told = figures_at(
            Problems=[problem(id=f"WT-2026-{n:04}") for n in (1, 2, 3)],
            Extensions=[
                asked(1, datetime(2026, 3, 1, 23)),
                asked(2, datetime(2026, 3, 2)),
                asked(3, datetime(2026, 3, 3), "技术部*工程师"),
            ],
        )
        assert [each.id for each in told.granted] == ["YQ-2026-0002"]


class TestLevels:
    def test_a_task_is_as_secret_as_the_matter_it_comes_from(self):
        told = figures_at(
            Coordination=[coordination(confidentiality="机密")],
            Tasks=[
                task(source="XT-2026-0001", deadline=datetime(2026, 3, 4)),
                task(id="RW-2026-0002", deadline=datetime(2026, 3, 4)),
            ],
        )
        assert dict(zip(told.red["id"], told.red["is_restricted"], strict=True)) == {
            "RW-2026-0001": True,
            "RW-2026-0002": False,
        }

    @pytest.mark.parametrize(("level", "is_restricted"), [("", False), ("公开", False), ("内部", False), ("秘密", True),
                                                          ("机密", True), ("绝密", True), ("仅限董事", True)])  # fmt: skip
    def test_a_level_that_nobody_knows_is_kept_secret(self, level, is_restricted):
        told = figures_at(Problems=[problem(confidentiality=level, deadline=datetime(2026, 3, 4))])
        assert told.red["is_restricted"].tolist() == [is_restricted]


class TestDepartments:
    def frame(self, *homes: tuple[str, str]) -> pd.DataFrame:
        return pd.DataFrame(
            {"home": [home for home, _ in homes], "light": [light for _, light in homes], "is_finished": False}
        )

    def test_the_longest_name_that_fits_counts(self):
        counted = by_department(
            self.frame(("技术部二组*工程师", "红"), ("技术部*经理", "绿")), ["技术部", "技术部二组"]
        )
        assert counted["红"].to_dict() == {"技术部二组": 1, "技术部": 0}

    def test_most_red_first_then_most_open_then_as_in_the_contacts_and_others_last(self):
        frame = self.frame(
            ("丁", "绿"), ("甲", "绿"), ("乙", "绿"), ("乙", "蓝"), ("丙", "红"), ("谁", "红"), ("谁", "红")
        )
        assert by_department(frame, ["甲", "乙", "丙", "丁"]).index.tolist() == ["丙", "乙", "甲", "丁", "其他"]

    def test_paused_counts_grey_and_is_no_open_matter(self):
        frame = self.frame(("甲", "灰"), ("甲", "灰"), ("乙", "绿"))
        counted = by_department(frame, ["甲", "乙"])
        assert counted.index.tolist() == ["乙", "甲"]
        assert counted.loc["甲"].tolist() == [0, 0, 0, 0, 2]


class TestPeriods:
    @pytest.mark.parametrize(
        ("now", "name"),
        [
            (datetime(2026, 11, 20, 10), "2026-W47"),
            (datetime(2026, 11, 22, 23, 59), "2026-W47"),
            (datetime(2026, 11, 23), "2026-W48"),
            (datetime(2027, 1, 1), "2026-W53"),
            (datetime(2024, 12, 30), "2025-W01"),
        ],
    )
    def test_a_week_bears_the_name_of_its_thursdays_year(self, now, name):
        assert week_of(now).iso_week == name

    def test_months_cross_the_year(self):
        months = months_to(datetime(2027, 2, 28, 9), 3)
        assert [month.start for month in months] == [datetime(2026, 12, 1), datetime(2027, 1, 1), datetime(2027, 2, 1)]
        assert months[-1].end == datetime(2027, 3, 1)

    def test_weeks_follow_each_other(self):
        weeks = weeks_to(datetime(2026, 3, 8, 23), 3)
        assert [week.start for week in weeks] == [datetime(2026, 2, 16), datetime(2026, 2, 23), datetime(2026, 3, 2)]
        assert [week.last_day for week in weeks][-1] == datetime(2026, 3, 8)
