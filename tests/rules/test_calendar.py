"""节假日 and 参数: what every due time rests on, and how it is said when they are not there."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, refresh
from coordination_xl.errors import CalendarError, RuleError
from tests.builders import NOW, book, due_of, emergency, holidays, problem, refreshed, row_of, settings, task


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def day(date: datetime, kind: str, basis: str = "公司", **more: object) -> dict[str, object]:
    return {"date": date, "kind": kind, "basis": basis, "name": "司庆", "year_status": "官方"} | more


def codes(**tables: object) -> list[str]:
    return [found.code for found in check(book(**tables), NOW).findings]


class TestCompanyDays:
    """A9: one working day after Thursday 5 March is the 6th."""

    ROW = problem(state="已提报", raised_at=at(5, 9))

    def due(self, *days: dict[str, object], **more: object) -> datetime | None:
        return due_of("A9", Problems=[self.ROW], Calendar=holidays(*days), **more)

    def test_a_day_off_is_skipped(self):
        assert self.due(day(at(6), "休")) == at(9, 18)

    def test_a_worked_saturday_counts(self):
        assert self.due(day(at(6), "休"), day(at(7), "班")) == at(7, 18)

    def test_the_company_goes_before_the_state_council(self):
        assert self.due(day(at(6), "休", "国办发明电〔2025〕7号"), day(at(6), "班")) == at(6, 18)

    def test_a_half_day_closes_at_noon(self):
        assert self.due(day(at(6), "班", hours="09:00-12:00")) == at(6, 12)

    def test_a_synonym_counts_as_its_word(self):
        assert self.due(day(at(6), "放假")) == at(9, 18)

    def test_a_row_without_a_date_is_passed_over_and_found(self):
        assert self.due(day(None, "休")) == at(6, 18)
        assert codes(Calendar=holidays(day(None, "休"))) == ["required-blank"]

    def test_working_hours_are_a_setting(self):
        assert self.due(Settings=settings(工作时间="8:30-11:30，13:00～17:30")) == at(6, 17, 30)

    def test_the_week_is_a_setting(self):
        assert self.due(day(at(6), "休"), Settings=settings(每周工作日="周一至周六")) == at(7, 18)

    def test_a_setting_that_is_not_there_is_as_in_a_new_workbook(self):
        assert due_of("A9", Problems=[self.ROW], Settings=[{"key": "公司名称", "value": "甲"}]) == at(6, 18)


class TestContradiction:
    TWICE = holidays(day(at(6), "休"), day(at(6), "班"))

    def test_is_found(self):
        found = check(book(Calendar=self.TWICE), NOW).findings
        assert {each.code for each in found} == {"calendar-conflict"}
        assert {each.message for each in found} == {"2026-03-06 同时被列为“休”和“班”"}

    def test_stops_refresh(self):
        with pytest.raises(CalendarError, match="2026-03-06"):
            refresh(book(Calendar=self.TWICE), NOW)

    def test_the_same_day_twice_alike_is_none(self):
        assert codes(Calendar=holidays(day(at(6), "休"), day(at(6), "休"))) == []

    def test_two_kinds_of_hours_are_found(self):
        twice = holidays(day(at(6), "班", hours="09:00-12:00"), day(at(6), "班", hours="09:00-15:00"))
        assert set(codes(Calendar=twice)) == {"calendar-conflict"}

    def test_hours_on_a_rest_day_are_found(self):
        assert codes(Calendar=holidays(day(at(6), "休", hours="09:00-12:00"))) == ["calendar-conflict"]


class TestMakeUpDay:
    def test_on_a_worked_weekday_is_a_reminder(self):
        (found,) = check(book(Calendar=holidays(day(at(6), "班"))), NOW).findings
        assert (found.severity, found.message) == ("提醒", "2026-03-06（周五）本来就上班，不必列为“班”")

    def test_on_a_rest_day_of_the_state_council_is_none(self):
        assert codes(Calendar=holidays(day(datetime(2026, 10, 1), "班"))) == []

    def test_with_hours_of_its_own_is_none(self):
        assert codes(Calendar=holidays(day(at(6), "班", hours="09:00-12:00"))) == []


class TestHoursThatNobodyCanRead:
    @pytest.mark.parametrize("hours", ["上午", "09:00-25:00", "12:00-09:00", "09:00"])
    def test_of_a_day_are_found_and_stop_refresh(self, hours):
        made = book(Calendar=holidays(day(at(6), "班", hours=hours)))
        (found,) = check(made, NOW).findings
        assert (found.code, found.column, found.value) == ("broken-setting", "工作时段", hours)
        with pytest.raises(RuleError, match="工作时段"):
            refresh(made, NOW)

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("工作时间", "九点到六点"),
            ("工作时间", "09:00-12:00、11:00-18:00"),
            ("工作时间", "18:00-09:00"),
            ("工作时间", "09:00-12:70"),
            ("每周工作日", "每天"),
            ("每周工作日", "周五至周一"),
            ("每周工作日", "周一、"),
            ("预警窗口（工作日）", "两"),
            ("预警窗口（工作日）", "-1"),
            ("预警窗口（工作日）", "inf"),
            ("预警窗口（工作日）", "1.5"),
            ("预警窗口（占时限比例）", "2"),
            ("预警窗口（占时限比例）", "四分之一"),
        ],
    )
    def test_of_the_settings_are_found_and_stop_refresh(self, key, value):
        made = book(Settings=settings(**{key: value}))
        (found,) = check(made, NOW).findings
        assert (found.code, found.value, found.sheet, found.column) == ("broken-setting", value, "参数", "取值")
        with pytest.raises(RuleError, match="无法理解"):
            refresh(made, NOW)


class TestYearWithoutDays:
    """2027 is on the plain week: three working days after Wednesday 30 December are the 31st, 1 January, Monday the 4th."""

    ROW = emergency(state="已解决", discovered_at=datetime(2026, 12, 28, 8), resolved_at=datetime(2026, 12, 30, 10),
                    first_told_at=datetime(2026, 12, 28, 8, 10), reported_at=datetime(2026, 12, 28, 8, 50),
                    plan_approved_at=datetime(2026, 12, 28, 9))  # fmt: skip
    NOW = datetime(2026, 12, 31, 9)
    NEW_YEAR = day(datetime(2027, 1, 1), "休", "国办发明电〔2026〕9号", name="元旦")

    def test_is_computed_on_the_plain_week_and_said_so(self):
        row = refreshed(book(Emergencies=[self.ROW]), "JJ-2026-0001", self.NOW)
        assert (row["due"], row["certainty"]) == (datetime(2027, 1, 4, 18), "暂定")

    def test_is_a_finding_of_refresh(self):
        (found,) = refresh(book(Emergencies=[self.ROW]), self.NOW).findings
        assert (found.code, found.id, found.column) == ("calendar-missing-year", "JJ-2026-0001", "到期时间")
        assert found.message == "“紧急事项复盘”的时限算到 2027-01-04，而节假日表没有 2027 年的官方日历"

    def test_is_recomputed_when_the_days_arrive(self):
        made = book(Emergencies=[self.ROW], Calendar=holidays(self.NEW_YEAR))
        row = refreshed(made, "JJ-2026-0001", self.NOW)
        assert (row["due"], row["certainty"]) == (datetime(2027, 1, 5, 18), "正式")

    def test_the_change_is_recorded_then(self):
        seen = self.ROW | {"due": datetime(2027, 1, 4, 18), "certainty": "暂定"}
        result = refresh(book(Emergencies=[seen], Calendar=holidays(self.NEW_YEAR)), self.NOW)
        (added,) = result.changes.added
        recorded = dict(zip(added.headers, (column[0] for column in added.columns), strict=True))
        assert (recorded["编号"], recorded["列"]) == ("JJ-2026-0001", "到期时间")
        assert (recorded["原值"], recorded["新值"]) == ("2027-01-04 18:00", "2027-01-05 18:00")

    def test_a_forecast_stays_provisional(self):
        made = book(Emergencies=[self.ROW], Calendar=holidays(self.NEW_YEAR | {"year_status": "预测"}))
        row = refreshed(made, "JJ-2026-0001", self.NOW)
        assert (row["due"], row["certainty"]) == (datetime(2027, 1, 5, 18), "暂定")

    def test_a_finished_matter_is_no_finding(self):
        done = self.ROW | {"state": "已复盘", "reviewed_at": datetime(2026, 12, 31, 8)}
        assert refresh(book(Emergencies=[done]), self.NOW).findings == ()

    def test_a_named_deadline_rests_on_no_calendar(self):
        row = task(deadline=datetime(2027, 1, 8), created_at=datetime(2026, 12, 22))
        made = book(Tasks=[row])
        refreshed(made, "RW-2026-0001", datetime(2026, 12, 23))
        assert row_of(made, "RW-2026-0001")["certainty"] == "正式"

    def test_clocks_on_the_wall_rest_on_no_calendar(self):
        row = emergency(discovered_at=datetime(2027, 5, 1, 8), plan_approved_at=datetime(2027, 5, 1, 9))
        assert refreshed(book(Emergencies=[row]), "JJ-2026-0001", datetime(2027, 5, 1, 10))["certainty"] == "正式"
