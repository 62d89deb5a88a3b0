"""calendar import: the official days into 节假日, and every due time that then moves."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from coordination_xl import ChangeSet, check, import_calendar, open_book, recur, refresh
from coordination_xl.actions.batch import errands
from coordination_xl.actions.calendar_import import import_into, read_notice
from coordination_xl.actions.changing.edits import cell_changes
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema.refusals import BY_CODE
from tests.builders import book, grid, holidays, is_worked, problem, recurring, row_of
from tests.notice_2027 import DAYS, LATE, NOTICE, NUMBER

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 12, 31, 9)


def closing_after(start: datetime, workdays: int) -> datetime:
    """By walking: a day is worked as the two notices say."""
    day = start.date()
    while workdays:
        day += timedelta(days=1)
        known = DAYS.get(day)
        workdays -= known == "班" if known else is_worked(day)
    return datetime(day.year, day.month, day.day, 18)


@pytest.fixture
def file(tmp_path):
    def lay_out(content: str = NOTICE, name: str = "2027.txt") -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return lay_out


def imported(made, path, now=NOW):
    """Import, write, and give back the result."""
    result = import_calendar(made, path, now, actor="李")
    made.apply(result.changes)
    return result


def days(made, year: int = 2027) -> list[tuple[date, str, str]]:
    frame = Ledgers.read(made)["Calendar"].frame
    frame = frame[frame["date"].dt.year == year].sort_values("date")
    return list(zip(frame["date"].dt.date, frame["kind"], frame["basis"], strict=True))


def audit(made) -> list[tuple[str, ...]]:
    frame = Ledgers.read(made)["Audit"].frame
    frame = frame[frame["verb"] == "导入节假日"]
    return [tuple(row) for row in frame[["sheet", "record", "header", "old", "new"]].itertuples(index=False)]


def row(day: date, kind: str, basis: str = "预测", status: str = "预测", **more: object) -> dict[str, object]:
    return {"date": day, "kind": kind, "name": "预计", "basis": basis, "year_status": status} | more


OFFICIAL = [(day, DAYS[day], NUMBER) for day in sorted(DAYS)]


class TestNewYear:
    def test_has_the_days_of_the_notice_below_those_that_were_there(self, file):
        made = book()
        before = len(holidays())
        result = imported(made, file())
        assert days(made) == OFFICIAL
        assert days(made, 2026) == days(book(), 2026)
        assert (result.summary["years"], result.summary["added"], result.summary["changed"]) == ([2027], len(DAYS), 0)
        frame = Ledgers.read(made)["Calendar"].frame.iloc[before:]
        assert set(frame["year_status"]) == {"官方"}
        assert dict(zip(frame["date"].dt.date, frame["name"], strict=True))[date(2027, 1, 30)] == "春节"

    def test_has_its_weekdays_at_once(self, file):
        made = book()
        imported(made, file())
        assert not [change for change in refresh(made, NOW).changes.columns if change.table == "Calendar"]
        frame = Ledgers.read(made)["Calendar"].frame
        assert dict(zip(frame["date"].dt.date, frame["weekday"], strict=True))[date(2027, 2, 14)] == "周日"

    def test_is_without_a_finding_of_check(self, file):
        made = book()
        imported(made, file())
        assert check(made, NOW).findings == ()

    def test_is_audited_day_by_day(self, file):
        made = book()
        imported(made, file())
        assert audit(made) == [("节假日", str(day), "类型", "", DAYS[day]) for day in sorted(DAYS)]

    def test_a_second_time_changes_nothing(self, file):
        made = book(Emergencies=[LATE])
        imported(made, file())
        again = import_calendar(made, file(), NOW)
        assert (bool(again.changes), again.findings, again.summary["years"]) == (False, (), [])

    def test_is_the_same_from_json_and_ics(self, file):
        entries = [{"date": str(day), "isOffDay": kind == "休", "name": ""} for day, kind in DAYS.items()]
        events = [
            f"BEGIN:VEVENT\nUID:{day}\nSUMMARY:{kind}\nDTSTART;VALUE=DATE:{day:%Y%m%d}\nEND:VEVENT\n"
            for day, kind in DAYS.items()
        ]
        for path in (
            file(json.dumps({"year": 2027, "days": entries}), "cn.json"),
            file("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + "".join(events) + "END:VCALENDAR\n", "cn.ics"),
        ):
            made = book(Emergencies=[LATE])
            made.apply(refresh(made, NOW).changes)
            imported(made, path)
            assert days(made) == [(day, kind, f"国务院通知（{path.name}）") for day, kind, _ in OFFICIAL]
            assert row_of(made, "JJ-2026-0001")["certainty"] == "正式"

    def test_of_the_shipped_calendar_is_there_already(self, file):
        entries = [
            {"date": f"{each['date']:%Y-%m-%d}", "kind": each["kind"], "name": each["name"]} for each in holidays()
        ]
        result = import_calendar(book(), file(json.dumps(entries), "all.json"), NOW)
        assert (bool(result.changes), result.findings) == (False, ())


class TestDueTimes:
    @pytest.fixture
    def made(self):
        made = book(Emergencies=[LATE], Problems=[problem(state="已提报", raised_at=datetime(2026, 3, 2, 9))])
        made.apply(refresh(made, NOW).changes)
        return made

    def test_that_were_provisional_are_official_and_where_the_walker_says(self, made, file):
        before = row_of(made, "JJ-2026-0001")
        assert (before["due"], before["certainty"]) == (datetime(2027, 1, 4, 18), "暂定")
        result = imported(made, file())
        after = row_of(made, "JJ-2026-0001")
        assert (after["due"], after["certainty"]) == (closing_after(LATE["resolved_at"], 3), "正式")
        assert after["due"] == datetime(2027, 1, 5, 18)
        assert (result.summary["settled"], result.summary["moved_count"]) == (1, 1)
        assert result.summary["moved"] == [
            {
                "sheet": "紧急事项台账",
                "id": "JJ-2026-0001",
                "column": "到期时间",
                "old": before["due"],
                "new": after["due"],
            }
        ]

    def test_that_moved_are_audited_old_and_new(self, made, file):
        imported(made, file())
        assert audit(made)[-1] == ("紧急事项台账", "JJ-2026-0001", "到期时间", "2027-01-04 18:00", "2027-01-05 18:00")

    def test_leave_nothing_for_refresh(self, made, file):
        imported(made, file())
        assert not [change for change in refresh(made, NOW).changes.columns if change.table != "Calendar"]

    def test_do_not_move_before_apply(self, made, file):
        import_calendar(made, file(), NOW)
        assert days(made) == []

    def test_agree_with_the_walker_all_year_long(self, file):
        starts = [datetime(2027, 1, 4, 10) + timedelta(days=step) for step in range(0, 350, 3)]
        rows = [LATE | {"id": f"JJ-2027-{n:04}", "resolved_at": start} for n, start in enumerate(starts)]
        made = book(Emergencies=rows)
        imported(made, file(), datetime(2027, 12, 31, 9))
        found = Ledgers.read(made)["Emergencies"]["due"].tolist()
        assert found == [closing_after(start, 3) for start in starts]


class TestForecasts:
    def test_of_the_same_dates_become_official_in_their_rows(self, file):
        forecast = [row(day, "休") for day in sorted(DAYS)[:3]] + [row(date(2027, 1, 30), "休", hours="09:00-12:00")]
        made = book(Calendar=holidays(*forecast))
        result = imported(made, file())
        assert days(made) == OFFICIAL
        assert (result.summary["added"], result.summary["changed"]) == (len(DAYS) - 4, 4)
        assert set(Ledgers.read(made)["Calendar"]["year_status"]) == {"官方"}
        assert ("节假日", "2027-01-30", "类型", "休", "班") in audit(made)
        assert ("节假日", "2027-01-30", "工作时段", "09:00-12:00", "") in audit(made)

    def test_of_other_dates_give_their_rows_to_days_that_have_none(self, file):
        made = book(Calendar=holidays(row(date(2027, 2, 1), "休")))
        imported(made, file())
        assert days(made) == OFFICIAL
        frame = Ledgers.read(made)["Calendar"].frame
        assert len(frame) == len(holidays()) + len(DAYS)
        assert frame["weekday"].iloc[len(holidays())] == "周五"

    def test_that_are_too_many_are_blanked_to_the_last_cell(self, file):
        wrong = [row(date(2027, 7, 1) + timedelta(days=n), "休") for n in range(len(DAYS) + 2)]
        made = book(Calendar=holidays(*wrong))
        made.apply(refresh(made, NOW).changes)
        imported(made, file())
        assert days(made) == OFFICIAL
        table = made.grid("Calendar")
        assert {values[-1] for values in table.columns} == {None}
        assert {values[-2] for values in table.columns} == {None}
        assert not import_calendar(made, file(), NOW).changes

    def test_leave_a_users_own_column_alone(self, file):
        headers = (*(column.header for column in Ledgers.read(book())["Calendar"].table.columns), "我的备注")
        table = grid("Calendar", [*holidays(), row(date(2027, 1, 1), "休") | {"我的备注": "值班"}], headers=headers)
        made = book(Calendar=table)
        imported(made, file())
        assert made.grid("Calendar").column("我的备注")[len(holidays())] == "值班"

    def test_keep_no_due_time_provisional(self, file):
        made = book(Emergencies=[LATE], Calendar=holidays(row(date(2027, 1, 4), "休")))
        made.apply(refresh(made, NOW).changes)
        assert row_of(made, "JJ-2026-0001")["due"] == datetime(2027, 1, 5, 18)
        imported(made, file())
        after = row_of(made, "JJ-2026-0001")
        assert (after["due"], after["certainty"]) == (datetime(2027, 1, 5, 18), "正式")

    def test_of_the_next_year_stay(self, file):
        made = book(Calendar=holidays(row(date(2028, 1, 3), "休")))
        imported(made, file())
        assert days(made, 2028) == [(date(2028, 1, 3), "休", "预测")]


class TestCompanyDays:
    def test_stay_and_win(self, file):
        made = book(Emergencies=[LATE], Calendar=holidays(row(date(2027, 1, 4), "休", "公司", "官方")))
        imported(made, file())
        assert (date(2027, 1, 4), "休", "公司") in days(made)
        assert row_of(made, "JJ-2026-0001")["due"] == datetime(2027, 1, 6, 18)

    def test_beside_an_official_day_of_the_same_date(self, file):
        made = book(Emergencies=[LATE], Calendar=holidays(row(date(2027, 1, 1), "班", "公司", "官方")))
        imported(made, file())
        assert [each[1:] for each in days(made) if each[0] == date(2027, 1, 1)] == [("班", "公司"), ("休", NUMBER)]
        assert row_of(made, "JJ-2026-0001")["due"] == datetime(2027, 1, 4, 18)

    def test_that_are_marked_as_a_forecast_lose_the_mark_alone(self, file):
        made = book(Emergencies=[LATE], Calendar=holidays(row(date(2027, 8, 8), "休", "公司规定")))
        imported(made, file())
        assert (date(2027, 8, 8), "休", "公司规定") in days(made)
        assert row_of(made, "JJ-2026-0001")["certainty"] == "正式"
        assert ("节假日", "2027-08-08", "年份状态", "预测", "官方") in audit(made)


class TestOfficialAlready:
    ALL = tuple(row(day, kind, "国务院公报", "官方") for day, kind in DAYS.items())

    def test_and_equal_needs_nothing(self, file):
        result = import_calendar(book(Calendar=holidays(*self.ALL)), file(), NOW)
        assert (bool(result.changes), result.findings) == (False, ())

    def test_but_not_whole_is_completed(self, file):
        made = book(Calendar=holidays(*self.ALL[3:]))
        assert imported(made, file()).summary["added"] == 3
        assert [each[:2] for each in days(made)] == [each[:2] for each in OFFICIAL]

    @pytest.mark.parametrize(
        ("wrong", "other", "message"),
        [
            (date(2027, 1, 30), "休", "2027-01-30（周六） 在表里是“休”（国务院公报），在这份安排里是“班”"),
            (date(2027, 7, 1), "休", "2027-07-01（周四） 在表里是“休”（国务院公报），在这份安排里没有列出"),
        ],
    )
    def test_and_different_is_refused_at_its_cell(self, wrong, other, message, file):
        rest = [each for each in self.ALL if each["date"] != wrong]
        made = book(Calendar=holidays(*rest, row(wrong, other, "国务院公报", "官方")))
        result = import_calendar(made, file(), NOW)
        (found,) = result.findings
        assert (found.code, found.sheet, found.column, found.message) == ("official-differs", "节假日", "类型", message)
        assert not result.changes

    def test_and_citing_this_very_notice_follows_it(self, file):
        made = book()
        imported(made, file())
        ledger = Ledgers.read(made)["Calendar"]
        wrong = {date(2027, 1, 30): ("kind", "休"), date(2027, 6, 9): ("date", datetime(2027, 6, 10))}
        cells = [(int(number), *wrong[day.date()]) for number, day in ledger["date"].items() if day.date() in wrong]
        made.apply(ChangeSet(columns=cell_changes(ledger, cells)))
        assert days(made) != OFFICIAL
        imported(made, file())
        assert days(made) == OFFICIAL

    def test_may_be_amended_by_a_notice_on_one_holiday(self, file):
        made = book()
        imported(made, file())
        text = (
            "关于调整2027年端午节假期安排的通知\n国办发明电〔2027〕3号\n现将2027年端午节放假调休日期具体安排通知如下。\n"
            "6月9日至11日放假调休，共3天。6月12日（星期六）、6月6日（星期日）上班。"
        )
        result = imported(made, file(text, "端午.txt"))
        assert (result.findings, result.summary["added"]) == ((), 4)
        assert [each[1] for each in days(made) if each[0].month == 6] == ["班", "休", "休", "休", "班"]


class TestFaultsOfTheFile:
    @pytest.mark.parametrize(
        ("old", "new", "code", "message"),
        [
            (
                "1月30日（周六）",
                "1月29日（周五）",
                "makeup-not-weekend",
                "2027-01-29（周五） 列为“班”，可它本来就是工作日",
            ),
            ("1月30日（周六）", "1月3日（周日）", "holiday-twice", "2027-01-03（周日） 既列为“休”，又列为“班”"),
            ("6月9日（周三）", "5月5日（周三）", "holiday-twice", "2027-05-05（周三） 列了两次"),
            (
                "1月30日（周六）",
                "2028年1月30日（周日）",
                "holiday-out-of-year",
                "2028-01-30（周日） 不属于 2027 年的安排",
            ),
            ("周三）放假1天", "周四）放假1天", "holiday-weekday", "“6月9日(周四)”写的是周四，而 2027-06-09 是周三"),
            ("共7天", "共8天", "holiday-count", "国庆节写明共 8 天，列出的放假日是 7 天"),
            ("6月9日（周三）放假1天", "6月9日视情放假", "unread-holiday", "“6月9日视情放假”看不懂"),
        ],
    )
    def test_are_told_and_nothing_is_written(self, old, new, code, message, file):
        result = import_calendar(book(), file(NOTICE.replace(old, new)), NOW)
        assert (code, message) in [(each.code, each.message) for each in result.findings]
        assert (bool(result.changes), {each.sheet for each in result.findings}) == (False, {"2027.txt"})

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("一、元旦", "元旦"),
            ("二、春节", "春节"),
            ("三、清明节", "清明节"),
            ("四、劳动节", "劳动节"),
            ("五、端午节", "端午节"),
            ("七、国庆节", "国庆节"),
        ],
    )
    def test_of_a_year_without_one_of_its_holidays(self, line, name, file):
        text = "\n".join(each for each in NOTICE.splitlines() if not each.startswith(line))
        (found,) = import_calendar(book(), file(text), NOW).findings
        assert (found.code, found.message) == ("holiday-missing", f"2027 年的安排里没有{name}")

    def test_of_one_year_keep_the_others_out_too(self, file):
        entries = [{"date": str(day), "kind": kind} for day, kind in DAYS.items()]
        made = book()
        result = import_calendar(
            made, file(json.dumps([*entries, {"date": "2028-01-03", "kind": "休"}]), "x.json"), NOW
        )
        assert ([each.code for each in result.findings], bool(result.changes)) == (["holiday-missing"], False)

    def test_that_is_none_or_not_there_are_errors(self, file, tmp_path):
        with pytest.raises(UsageError, match="不是节假日安排"):
            import_calendar(book(), file("今天放假"), NOW)
        with pytest.raises(UsageError, match="无法读取"):
            import_calendar(book(), tmp_path / "no.txt", NOW)
        with pytest.raises(UsageError, match="无法读取"):
            import_calendar(book(), tmp_path, NOW)

    def test_are_all_known_refusals(self):
        codes = {"unread-holiday", "holiday-weekday", "holiday-count", "makeup-not-weekend", "holiday-twice",
                 "holiday-out-of-year", "holiday-missing", "official-differs"}  # fmt: skip
        assert codes <= BY_CODE.keys()


class TestFiles:
    def test_of_workbooks_are_written_one_by_one(self, tmp_path, workbook, file):
        notice = read_notice(file())
        workbook(tmp_path / "a.xlsx", Emergencies=[LATE])
        (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 cut off")
        first, second = (import_into(errand, notice) for errand in errands([tmp_path], NOW))
        assert (first.result.summary["years"], second.error is not None) == ([2027], True)
        assert row_of_file(tmp_path / "a.xlsx") == (datetime(2027, 1, 5, 18), "正式")
        assert not import_calendar(open_book(tmp_path / "a.xlsx"), file(), NOW).changes

    def test_with_forecasts_read_back_as_official(self, tmp_path, workbook, file):
        wrong = [row(date(2027, 7, 1) + timedelta(days=n), "休") for n in range(len(DAYS) + 2)]
        path = workbook(tmp_path / "a.xlsx", Calendar=holidays(*wrong))
        opened = open_book(path)
        opened.apply(import_calendar(opened, file(), NOW).changes)
        assert days(open_book(path)) == OFFICIAL

    def test_dry_are_left_to_the_byte(self, tmp_path, workbook, file):
        path = workbook(tmp_path / "a.xlsx", Emergencies=[LATE])
        before = path.read_bytes()
        (errand,) = errands([path], NOW, is_dry=True)
        assert import_into(errand, read_notice(file())).result.changes
        assert path.read_bytes() == before


def row_of_file(path: Path) -> tuple[object, object]:
    frame = Ledgers.read(open_book(path))["Emergencies"].frame
    return frame["due"].iloc[0], frame["certainty"].iloc[0]


def test_a_meeting_that_was_planned_provisionally_is_told_afterwards(file):
    """Friday 1 January 2027, planned in December on the plain week, turns out to be New Year's Day."""
    made = book(Recurring=[recurring(weekday="周五")])
    made.apply(recur(made, datetime(2026, 12, 15, 10), weeks=3).changes)
    imported(made, file(), datetime(2026, 12, 16, 10))
    found = recur(made, datetime(2026, 12, 16, 10), weeks=3).findings
    assert [each.message for each in found] == ["暂定的会议时间 2027-01-01 09:30 是休息日（元旦）"]
