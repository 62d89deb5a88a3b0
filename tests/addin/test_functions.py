"""The worksheet functions, called as Excel calls them: rows of cells in, rows of cells out."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal

import chinese_calendar
import numpy as np
import pytest
import xlwings

from coordination_xl.addin.functions import described, worksheet
from coordination_xl.addin.functions.described import FUNCTIONS, LONGEST_HELP
from coordination_xl.schema.settings import SETTINGS_ROWS
from coordination_xl.worktime.china import china_days
from tests.worktime.walker import Walker

DAY = timedelta(days=1)
FRIDAY = datetime(2026, 3, 6, 10)
HEADER = ["日期", "星期", "类型", "名称", "依据", "年份状态", "工作时段"]
OFFICIAL = "国办发明电〔2025〕7号"


def due(start, n, unit=None, *terms):
    """One cell."""
    return worksheet.due(start, n, unit, *terms)[0][0]


def sheet(*rows):
    """节假日 with its header: the shipped days of 2026, and rows of (date, kind, basis, hours)."""
    days = china_days()
    shipped = days[days["date"].dt.year == 2026]
    body = [
        [when.to_pydatetime(), None, kind, name, source, "官方", None]
        for when, kind, name, source in zip(
            shipped["date"], shipped["kind"], shipped["name"], shipped["source"], strict=True
        )
    ]
    return [HEADER, *body, *([when, None, kind, "", basis, "官方", hours] for when, kind, basis, hours in rows)]


@pytest.fixture(scope="module")
def walker():
    """The State Council's days, walked minute by minute."""
    days = china_days()
    council = {
        when.date(): (worked, None) for when, worked in zip(days["date"], days["is_workday"].tolist(), strict=True)
    }
    return Walker({0, 1, 2, 3, 4}, {weekday: [(540, 720), (810, 1080)] for weekday in range(5)}, council)


class TestDue:
    @pytest.mark.parametrize(
        ("start", "n", "unit", "expected"),
        [
            (datetime(2026, 2, 13, 10), 1, "工作日", datetime(2026, 2, 14, 18)),  # a make-up Saturday is worked
            (datetime(2026, 2, 13, 10), 2, "工作日", datetime(2026, 2, 24, 18)),  # nine days of Spring Festival
            (datetime(2026, 3, 7), 1, "工作日", datetime(2026, 3, 9, 18)),  # from Saturday: Monday's close
            (datetime(2026, 3, 7), 0, "工作日", datetime(2026, 3, 9, 18)),
            (datetime(2026, 3, 6), 0, "工作日", datetime(2026, 3, 6, 18)),
            (
                datetime(2026, 10, 12, 14),
                -3,
                "工作日",
                datetime(2026, 10, 8, 18),
            ),  # before a meeting, Saturday 10th worked
            (datetime(2026, 3, 6, 17), 2, "工作小时", datetime(2026, 3, 9, 10)),
            (datetime(2026, 3, 6, 16), 2, "工作小时", datetime(2026, 3, 6, 18)),  # at closing, not at the next opening
            (datetime(2026, 3, 6, 23, 50), 30, "分钟", datetime(2026, 3, 7, 0, 20)),
            (datetime(2026, 3, 6, 23), 4, "小时", datetime(2026, 3, 7, 3)),
            (datetime(2026, 3, 6), 3, "自然日", datetime(2026, 3, 9, 18)),
            (datetime(2026, 3, 6, 9, 30), 3, "自然日", datetime(2026, 3, 9, 9, 30)),
            (datetime(2026, 2, 9), 1, "周", datetime(2026, 2, 24, 18)),  # a week leads into the holiday
        ],
    )
    def test_counts_as_the_specification_says(self, start, n, unit, expected):
        assert due(start, n, unit) == expected

    def test_without_unit_counts_working_days(self):
        assert due(FRIDAY, 1) == datetime(2026, 3, 9, 18)

    @pytest.mark.parametrize("unit", ["天", " 自然日 ", "日历天"])
    def test_knows_the_other_spellings_of_a_unit(self, unit):
        assert due(datetime(2026, 3, 6), 1, unit) == datetime(2026, 3, 7, 18)

    def test_agrees_with_a_day_by_day_walk(self, walker):
        dice = np.random.default_rng(5)
        starts = [datetime(2025, 1, 5) + timedelta(minutes=int(dice.integers(600 * 1440))) for _ in range(400)]
        counts = [int(dice.integers(-25, 26)) for _ in starts]
        answer = worksheet.due([[start] for start in starts], [[float(n)] for n in counts], "工作日")
        assert [row[0] for row in answer] == [
            walker.add_workdays(start, n) for start, n in zip(starts, counts, strict=True)
        ]

    def test_working_hours_agree_with_a_minute_by_minute_walk(self, walker):
        dice = np.random.default_rng(6)
        starts = [datetime(2026, 1, 20) + timedelta(minutes=int(dice.integers(60 * 1440))) for _ in range(60)]
        halves = [int(dice.integers(-40, 41)) for _ in starts]
        answer = worksheet.due([[start] for start in starts], [[half / 2] for half in halves], "工作小时")
        assert [row[0] for row in answer] == [
            walker.add_minutes(start, 30 * half) for start, half in zip(starts, halves, strict=True)
        ]

    def test_a_serial_number_and_a_written_date_are_dates(self):
        serial = (FRIDAY - datetime(1899, 12, 30)) / DAY
        assert due(serial, 1) == due("2026年3月6日 10:00", 1) == due(FRIDAY, 1)

    def test_an_amount_in_a_cell_with_a_currency_format_is_a_number(self):
        assert due(FRIDAY, Decimal(1)) == due(FRIDAY, 1)  # COM hands it over as currency

    def test_what_rests_on_a_provisional_answer_says_so(self):
        provisional = worksheet.due(datetime(2026, 12, 30), 3)
        assert provisional[0][0].startswith("暂定 ")
        assert worksheet.light(provisional, None, FRIDAY) == provisional
        assert worksheet.due(provisional, 1, "小时") == provisional
        assert worksheet.workdays(FRIDAY, provisional) == provisional

    def test_a_time_that_excel_rounded_is_still_that_time(self):
        assert due(FRIDAY - timedelta(microseconds=300), 2, "小时") == datetime(2026, 3, 6, 12)

    def test_a_year_without_official_days_is_computed_and_said_to_be_provisional(self):
        assert due(datetime(2026, 12, 30), 3) == "暂定 2027-01-04 18:00：2027 年的放假安排未公布"

    def test_wall_clock_needs_no_official_days(self):
        assert due(datetime(2026, 12, 31, 23), 2, "小时") == datetime(2027, 1, 1, 1)

    @pytest.mark.parametrize(
        ("start", "n", "unit", "said"),
        [
            ("下周三", 1, "工作日", "“下周三”不是日期"),
            ("2026-02-30", 1, "工作日", "不是日期"),
            (True, 1, "工作日", "不是日期"),
            (FRIDAY, "三", "工作日", "“三”不是数字"),
            (FRIDAY, 1.5, "工作日", "应为整数"),
            (FRIDAY, 1e6, "工作小时", "超过十年"),
            (FRIDAY, 1, "工作曰", "单位“工作曰”应为：分钟、小时、工作小时、工作日、自然日、周"),
            ("#REF!", 1, "工作日", "错误值 #REF!"),
            (FRIDAY, -2146826243, "工作日", "错误值 #SPILL!"),  # xlwings has no name for it: it comes as its number
        ],
    )
    def test_what_cannot_be_understood_is_answered_in_words(self, start, n, unit, said):
        assert said in due(start, n, unit)

    @pytest.mark.parametrize(("start", "n", "unit"), [(None, 1, "工作日"), (FRIDAY, None, "工作日"), (FRIDAY, 1, "  ")])
    def test_blank_gives_blank(self, start, n, unit):
        assert due([[start]], [[n]], [[unit]]) == ""

    def test_one_bad_cell_leaves_the_others_alone(self):
        answer = worksheet.due([[FRIDAY], ["不详"], [None], [FRIDAY]], 1, "工作日")
        assert [answer[0], answer[2], answer[3]] == [[datetime(2026, 3, 9, 18)], [""], [datetime(2026, 3, 9, 18)]]
        assert answer[1][0].startswith("“不详”不是日期")


class TestShapes:
    def test_a_column_meets_a_row(self):
        answer = worksheet.due([[FRIDAY], [FRIDAY + 3 * DAY]], [[1.0, 2.0, 3.0]])
        assert [[each.day for each in row] for row in answer] == [[9, 10, 11], [10, 11, 12]]

    def test_a_row_stays_a_row(self):
        assert worksheet.is_workday([[FRIDAY, FRIDAY + DAY]]) == [[True, False]]

    def test_ranges_of_different_size_are_refused_in_words(self):
        answer = worksheet.due([[FRIDAY], [FRIDAY]], [[1], [2], [3]])
        assert len(answer) == len(answer[0]) == 1
        assert "2 行 1 列、3 行 1 列" in answer[0][0]

    def test_answers_are_what_excel_takes(self):
        for answer in (due(FRIDAY, 1), worksheet.workdays(FRIDAY, FRIDAY)[0][0], worksheet.is_workday(FRIDAY)[0][0]):
            assert type(answer) in {datetime, int, bool}


class TestDays:
    def test_every_day_of_three_years_is_as_another_library_says(self):
        days = [date(2024, 1, 1) + k * DAY for k in range(1096)]
        answer = worksheet.is_workday([[datetime(day.year, day.month, day.day)] for day in days])
        assert [row[0] for row in answer] == [chinese_calendar.is_workday(day) for day in days]

    def test_counts_are_as_another_library_says(self):
        dice = np.random.default_rng(7)
        for _ in range(60):
            first = date(2024, 1, 1) + int(dice.integers(1000)) * DAY
            last = first + int(dice.integers(90)) * DAY
            expected = len(chinese_calendar.get_workdays(first, last)) - chinese_calendar.is_workday(first)
            assert worksheet.workdays(first, last) == [[expected]]
            assert worksheet.workdays(last, first) == [[-expected]]

    def test_the_time_of_day_does_not_count(self):
        assert worksheet.workdays(FRIDAY, datetime(2026, 3, 9, 0, 1)) == [[1]]

    def test_years_without_official_days_are_said_to_be_provisional(self):
        assert worksheet.workdays(datetime(2026, 12, 28), datetime(2028, 1, 3)) == [
            ["暂定 265：2027 年的放假安排未公布"]
        ]
        assert worksheet.is_workday(datetime(2031, 1, 4)) == [["暂定 休息：2031 年的放假安排未公布"]]

    def test_blank_gives_blank(self):
        assert worksheet.workdays([[None], [FRIDAY]], [[FRIDAY], [None]]) == [[""], [""]]
        assert worksheet.is_workday([[None]]) == [[""]]


class TestLight:
    DUE = datetime(2026, 3, 12, 18)

    def light(self, now, due_at=DUE, done_at=None, *terms):
        return worksheet.light(due_at, done_at, now, *terms)[0][0]

    def test_due_now_is_not_overdue(self):
        assert self.light(self.DUE) == "蓝"
        assert self.light(self.DUE + timedelta(seconds=1)) == "红"

    def test_two_working_days_before_it_turns_blue(self):
        assert self.light(datetime(2026, 3, 9, 23, 59)) == "绿"
        assert self.light(datetime(2026, 3, 10)) == "蓝"

    def test_the_window_counts_working_days(self):
        assert self.light(datetime(2026, 2, 13, 17), datetime(2026, 2, 24, 18)) == "蓝"  # the 14th and the 24th
        assert self.light(datetime(2026, 2, 12, 17), datetime(2026, 2, 24, 18)) == "绿"

    def test_a_date_without_clock_means_the_close_of_business(self):
        assert self.light(datetime(2026, 3, 12, 18), datetime(2026, 3, 12)) == "蓝"
        assert self.light(datetime(2026, 3, 12, 18, 1), datetime(2026, 3, 12)) == "红"

    def test_what_is_done_is_grey_even_if_late(self):
        assert self.light(datetime(2026, 4, 1), done_at=datetime(2026, 3, 20)) == "灰"

    def test_without_due_time_there_is_no_light_unless_it_is_done(self):
        assert self.light(FRIDAY, [[None]]) == ""
        assert self.light(FRIDAY, [[None]], FRIDAY) == "灰"

    def test_without_moment_it_is_judged_by_the_clock(self):
        today = datetime.now()
        assert worksheet.light([[today - 40 * DAY], [today + 3650 * DAY]]) == [
            ["红"],
            [f"暂定 绿：{max(today.year, 2027)} 年的放假安排未公布"],
        ]

    def test_red_needs_no_official_days(self):
        assert self.light(datetime(2031, 1, 9), datetime(2031, 1, 3)) == "红"

    def test_something_that_is_no_date_is_told(self):
        assert self.light(FRIDAY, done_at="是") == "“是”不是日期，应写明年月日，例：2026-03-05"


class TestHolidays:
    OWN = datetime(2026, 3, 9)

    def test_the_sheet_handed_over_makes_the_same_as_the_shipped_days(self):
        starts = [[datetime(2026, 1, 1) + k * DAY] for k in range(300)]
        assert worksheet.due(starts, 3, "工作日", sheet()) == worksheet.due(starts, 3, "工作日")

    def test_a_day_of_the_companys_own_counts(self):
        assert due(FRIDAY, 1, None, sheet((self.OWN, "休", "公司", None))) == datetime(2026, 3, 10, 18)

    def test_it_goes_before_the_make_up_day(self):
        given = sheet((datetime(2026, 2, 14), "休", "公司", None))
        assert worksheet.is_workday(datetime(2026, 2, 14), given) == [[False]]

    def test_half_a_day_closes_at_noon(self):
        given = sheet((self.OWN, "班", "公司", "09:00-12:00"))
        assert due(FRIDAY, 1, None, given) == datetime(2026, 3, 9, 12)

    def test_the_sheet_is_the_truth_about_years(self):
        assert due(datetime(2025, 3, 6), 1, None, sheet()).startswith("暂定 ")

    def test_columns_are_found_by_header(self):
        given = [row[::-1] for row in sheet((self.OWN, "休", "公司", None))]
        assert due(FRIDAY, 1, None, given) == datetime(2026, 3, 10, 18)

    @pytest.mark.parametrize(
        "given",
        [
            [[OWN, "休"]],
            [["日期", "类型"], [OWN, "休"]],
            [[OWN, "周一", "休"]],
            [["日期", "星期", "类型"], [OWN, "周一", "休"], [None, None, None]],
        ],
    )
    def test_two_columns_come_on_top_of_the_shipped_days(self, given):
        assert due(FRIDAY, 1, None, given) == datetime(2026, 3, 10, 18)
        assert due(datetime(2026, 2, 13), 1, None, given) == datetime(2026, 2, 14, 18)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ([[OWN, "休"], [OWN, "班"]], "既是“休”又是“班”"),
            ([["三月九日", "休"]], "节假日参数第 1 行"),
            ([["日期", "类型"], [None, None], ["三月九日", "休"]], "节假日参数第 3 行"),
            ([[OWN, "半天"]], "类型应为“休”或“班”"),
            ([[OWN]], "只有 1 列"),
            ([["日期", "名称"], [OWN, "春游"]], "缺少列：“类型”"),
        ],
    )
    def test_a_sheet_that_cannot_be_understood_is_refused_in_words(self, given, said):
        assert said in due(FRIDAY, 1, None, given)

    def test_blank_cells_mean_the_shipped_days(self):
        assert due(FRIDAY, 1, None, [[None, None]]) == datetime(2026, 3, 9, 18)


class TestSettings:
    HEADER = ("参数", "取值", "说明")

    def settings(self, key, value):
        rows = [[each.key, each.value, each.meaning] for each in SETTINGS_ROWS]
        return [self.HEADER, *([k, value if k == key else v, m] for k, v, m in rows)]

    def test_a_new_workbooks_own_settings_change_nothing(self):
        assert due(FRIDAY, 1, None, None, self.settings("", "")) == datetime(2026, 3, 9, 18)

    def test_the_companys_hours_count(self):
        given = self.settings("工作时间", "08:30-12:00、13:00-17:30")
        assert due(FRIDAY, 1, "工作日", None, given) == datetime(2026, 3, 9, 17, 30)
        assert due(datetime(2026, 3, 6, 17), 1, "工作小时", None, given) == datetime(2026, 3, 9, 9)

    def test_so_do_its_weekdays_and_its_window(self):
        assert worksheet.is_workday(FRIDAY + DAY, None, self.settings("每周工作日", "周一至周六")) == [[True]]
        given = self.settings("预警窗口（工作日）", "5")
        assert worksheet.light(FRIDAY + 5 * DAY, None, FRIDAY, None, given) == [["蓝"]]

    def test_a_value_that_cannot_be_understood_is_refused_in_words(self):
        assert "取值“朝九晚五”无法理解" in due(FRIDAY, 1, None, None, self.settings("工作时间", "朝九晚五"))


class TestDecoration:
    def test_names_and_order_of_arguments_are_those_described(self):
        for function in FUNCTIONS:
            parameters = inspect.signature(getattr(worksheet, function.python)).parameters.values()
            assert [each.name for each in parameters] == [argument.name for argument in function.arguments]
            optional = [each.default is not inspect.Parameter.empty for each in parameters]
            assert optional == [argument.is_optional for argument in function.arguments]

    def test_help_fits_the_function_wizard(self):
        for function in FUNCTIONS:
            for text in (function.help, *(argument.help for argument in function.arguments)):
                assert 0 < len(text.encode("utf-16-le")) // 2 <= LONGEST_HELP

    @pytest.mark.skipif(sys.platform == "win32", reason="stand-ins would get in the way of the real pywin32")
    def test_xlwings_on_windows_sees_what_is_described(self):
        """Its decorators work on Windows only; here they run with empty stand-ins for the pywin32 they import."""
        code = """
import json, sys, types
for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["pythoncom"].CoInitialize = sys.modules["win32com.client"].Dispatch = None
sys.modules["pywintypes"].com_error = Exception
import xlwings
from xlwings import udfs
xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
from coordination_xl.addin.functions import worksheet
seen = {name: code.__xlfunc__ for name, code in vars(worksheet).items() if hasattr(code, "__xlfunc__")}
print(json.dumps({name: [each["category"], each["ret"]["options"], each["args"]] for name, each in seen.items()}))
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        seen = json.loads(done.stdout)
        assert set(seen) == {function.python for function in FUNCTIONS}
        for function in FUNCTIONS:
            category, returns, arguments = seen[function.python]
            assert (category, returns) == (described.CATEGORY, {})
            assert [(each["name"], each["doc"], "optional" in each) for each in arguments] == [
                (argument.name, argument.help, argument.is_optional) for argument in function.arguments
            ]
            assert [each["options"] for each in arguments] == [{"ndim": 2, "err_to_str": True}] * len(arguments)

    @pytest.mark.skipif(sys.platform == "win32", reason="there the decorators record what they are given")
    def test_elsewhere_they_are_ordinary_functions(self):
        assert not hasattr(worksheet.due, "__xlfunc__")
        assert xlwings.func is not None
