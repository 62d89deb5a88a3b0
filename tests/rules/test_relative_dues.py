"""Deadlines counted from something: each unit, rest days, what has passed, what is absurd; and the due time they give."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl import WorkCalendar, check, explain
from coordination_xl.ledger.relative_dates import find_relative
from coordination_xl.rules.timing.relative_dues import latest_relatives, relative_dues
from tests.builders import NOW, book, coordination, dues, is_worked, refreshed

CHINA = WorkCalendar.china()
FRIDAY = "2026-03-06T16:00"
BEFORE_NATIONAL_DAY = "2026-09-29T10:00"
"""A Tuesday; 1 to 7 October are free, Saturday the 10th is worked."""


def due(text: str, start: str, calendar: WorkCalendar = CHINA) -> str:
    (found,) = find_relative(text)
    (when,) = relative_dues(found, np.array([start], dtype="datetime64[s]"), calendar)
    return str(when)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("30分钟内", FRIDAY, "2026-03-06T16:30:00"),
        ("24小时内", FRIDAY, "2026-03-07T16:00:00"),
        ("4个工作小时内", FRIDAY, "2026-03-09T11:00:00"),
        ("半天内", "2026-03-06T09:00", "2026-03-06T14:15:00"),
        ("3个工作日内", FRIDAY, "2026-03-11T18:00:00"),
        ("3个工作日内", BEFORE_NATIONAL_DAY, "2026-10-09T18:00:00"),
        ("1周内", FRIDAY, "2026-03-13T18:00:00"),
        ("2周内", BEFORE_NATIONAL_DAY, "2026-10-13T18:00:00"),
        ("半周内", FRIDAY, "2026-03-10T18:00:00"),
        ("3天内", "2026-03-03T09:00", "2026-03-06T18:00:00"),
        ("明天下班前", "2026-03-05T09:00", "2026-03-06T18:00:00"),
        ("1个月内", "2026-01-31T09:00", "2026-02-28T18:00:00"),
        ("一个半月内", "2026-03-02T09:00", "2026-04-17T18:00:00"),
        ("半年内", "2026-01-09T09:00", "2026-07-09T18:00:00"),
        ("周五前", "2026-03-03T09:00", "2026-03-06T18:00:00"),
        ("下周五前", FRIDAY, "2026-03-13T18:00:00"),
        ("本周内", "2026-03-03T09:00", "2026-03-06T18:00:00"),
        ("下周末前", "2026-03-03T09:00", "2026-03-13T18:00:00"),
        ("月底前", FRIDAY, "2026-03-31T18:00:00"),
        ("下月底前", FRIDAY, "2026-04-30T18:00:00"),
        ("6月底前", FRIDAY, "2026-06-30T18:00:00"),
        ("2月底前", FRIDAY, "2027-02-26T18:00:00"),
        ("2025年10月底前", FRIDAY, "2025-10-31T18:00:00"),
        ("季度末", FRIDAY, "2026-03-31T18:00:00"),
        ("下季度末", FRIDAY, "2026-06-30T18:00:00"),
        ("年底前", FRIDAY, "2026-12-31T18:00:00"),
        ("2027年底前", FRIDAY, "2027-12-31T18:00:00"),
    ],
)
def test_each_unit_ends_where_people_mean(text, start, expected):
    assert due(text, start) == expected


class TestRestDays:
    @pytest.mark.parametrize("text", ["3天内", "1周内", "1个月内"])
    def test_a_counted_span_runs_to_the_next_working_day(self, text):
        starts = {"3天内": "2026-03-04", "1周内": "2026-02-15", "1个月内": "2026-04-03"}
        ends = {"3天内": "2026-03-09", "1周内": "2026-02-24", "1个月内": "2026-05-06"}
        assert due(text, starts[text]) == f"{ends[text]}T18:00:00"

    def test_a_make_up_saturday_is_a_working_day(self):
        assert due("1周内", "2026-10-03") == "2026-10-10T18:00:00"

    @pytest.mark.parametrize(
        ("text", "expected"), [("10月底前", "2026-10-30"), ("下周五前", "2026-10-09"), ("本周内", "2026-09-30")]
    )
    def test_a_named_end_is_the_last_working_day_before(self, text, expected):
        assert due(text, BEFORE_NATIONAL_DAY) == f"{expected}T18:00:00"

    @pytest.mark.parametrize(
        ("text", "start"), [("本周内", "2026-03-07"), ("月底前", "2026-05-31"), ("本周日前", "2026-03-08")]
    )
    def test_a_named_end_that_has_passed_is_the_next_working_day(self, text, start):
        following = {"2026-03-07": "2026-03-09", "2026-05-31": "2026-06-01", "2026-03-08": "2026-03-09"}
        assert due(text, start) == f"{following[start]}T18:00:00"


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        "text", ["9999天内", "99999999999999999999天内", "600周内", "9999999小时内", "9999年底前", "5000年3月底前"]
    )
    def test_more_than_ten_years_are_no_deadline(self, text):
        assert due(text, FRIDAY) == "NaT"

    def test_no_start_no_deadline(self):
        assert due("1周内", "NaT") == "NaT"

    def test_a_start_in_the_year_9999_is_a_slip_of_the_finger(self):
        assert due("1周内", "9999-01-01") == "NaT"


@given(
    st.sampled_from(
        ["1周内", "3天内", "2个工作日内", "1个月内", "周三前", "本周内", "月底前", "季度末", "年底前", "4月底前"]
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 30)),
)
def test_is_never_before_its_start_and_closes_a_working_day(text, start):
    when = datetime.fromisoformat(due(text, start.isoformat(timespec="seconds")))
    assert when.date() >= start.date()
    assert when.year > 2026 or is_worked(when.date())
    assert when.hour == 18


def test_many_starts_get_what_each_gets_alone():
    starts = np.array(["2026-03-06T16:00", "NaT", "2026-09-29", "2026-03-06T09:00"], dtype="datetime64[s]")
    texts = np.array(["甲：1周内；乙：3个工作日内", "1周内", "月底前", "甲：2026-03-10"], dtype=object)
    assert [str(each) for each in latest_relatives(texts, starts, CHINA)] == [
        "2026-03-13T18:00:00", "NaT", "2026-09-30T18:00:00", "NaT",
    ]  # fmt: skip


class TestDueTimeOfTheMatter:
    def test_counts_from_the_consensus(self):
        row = coordination(deadlines="腾出环境：1周内；对账样例：3个工作日内")
        assert refreshed(book(Coordination=[row]), "XT-2026-0001")["due"] == datetime(2026, 3, 9, 18)

    def test_counts_from_the_registration_before_there_is_a_consensus(self):
        row = coordination(state="已达成共识", agreed_at=None, deadlines="2周内")
        assert refreshed(book(Coordination=[row]), "XT-2026-0001")["due"] == datetime(2026, 3, 11, 18)

    def test_is_the_latest_of_dates_and_spans(self):
        row = coordination(deadlines="腾出环境：2026-03-12；对账样例：2周内")
        assert refreshed(book(Coordination=[row]), "XT-2026-0001")["due"] == datetime(2026, 3, 16, 18)
        row = coordination(deadlines="腾出环境：2026-03-20；对账样例：2周内")
        assert refreshed(book(Coordination=[row]), "XT-2026-0001")["due"] == datetime(2026, 3, 20, 18)

    def test_is_explained(self):
        row = coordination(deadlines="1周内")
        own = explain(book(Coordination=[row]), "XT-2026-0001", NOW).clocks[0]
        assert (own.rule, own.trigger, own.due) == ("B-执行", "完成时限", datetime(2026, 3, 9, 18))
        assert not own.is_provisional

    def test_in_a_year_without_a_calendar_is_provisional(self):
        row = coordination(deadlines="年底前", raised_at=datetime(2027, 3, 1), agreed_at=datetime(2027, 3, 2))
        now = datetime(2027, 3, 3)
        made = book(Coordination=[row])
        assert refreshed(made, "XT-2026-0001", now)["certainty"] == "暂定"
        assert "calendar-missing-year" in {found.code for found in check(made, now).findings}

    def test_that_leads_into_such_a_year_is_provisional_too(self):
        row = coordination(state="已达成共识", deadlines="1年内")
        row = refreshed(book(Coordination=[row]), "XT-2026-0001")
        assert (row["due"], row["certainty"]) == (datetime(2027, 3, 2, 18), "暂定")

    def test_a_date_in_such_a_year_is_as_certain_as_before(self):
        row = coordination(deadlines="2027-12-30", feedback_terms="")
        made = dues(book(Coordination=[row]))
        assert made["XT-2026-0001", "B-执行"] == datetime(2027, 12, 30, 18)
        assert refreshed(book(Coordination=[row]), "XT-2026-0001")["certainty"] == "正式"
