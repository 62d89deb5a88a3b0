"""Every formula of the page on plain formulas, computed by a real spreadsheet program on the shipped workbook."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from openpyxl.formula.translate import Translator

from coordination_xl.addin.functions import worksheet
from coordination_xl.addin.functions.described import FUNCTIONS, MODULE
from coordination_xl.worktime import WorkCalendar
from coordination_xl.worktime.china import china_days
from tests.libreoffice.engine.formulas import to_host

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plain-formulas.zh-CN.md").read_text(encoding="utf-8")
FORMULAS = dict(re.findall(r"```excel (\w+)\n(=.+)\n```", PAGE))
BOOK = ROOT / "workbooks" / "coordination.xlsx"
AREAS = dict(re.findall(r"`(Calendar\[\w+\])` 换成 `(节假日![^`]+)`", PAGE))

DAY = timedelta(days=1)
EPOCH = datetime(1899, 12, 30)
EVERY_DAY = [datetime(2025, 1, 1) + k * DAY for k in range(730)]
CALENDAR = WorkCalendar.china()


def serials(moments):
    return [(moment - EPOCH) / DAY for moment in moments]


def due_times(starts, counts):
    when = CALENDAR.add_workdays(np.array(starts, dtype="datetime64[s]"), np.array(counts))
    return serials(when.astype(object))


def starts_and_counts(counts, number=150, seed=1):
    """Moments all over two years and around the make-up days, each with a number of days."""
    dice = np.random.default_rng(seed)
    near = [datetime(2026, 2, 13, 10), datetime(2026, 2, 14), datetime(2026, 2, 20), datetime(2026, 2, 28, 9)]
    near += [datetime(2025, 1, 24), datetime(2025, 1, 26, 8), datetime(2025, 2, 8), datetime(2025, 9, 26)]
    near += [datetime(2025, 9, 28), datetime(2025, 10, 11), datetime(2026, 9, 18, 17), datetime(2026, 10, 9)]
    far = [datetime(2025, 2, 1) + timedelta(minutes=30 * int(dice.integers(31_000))) for _ in range(number)]
    starts = near * 4 + far
    return starts, [int(n) for n in dice.choice(counts, len(starts))]


class Trial:
    """A sheet of one's own in the workbook: given columns from A on, one formula filled down in column H."""

    def __init__(self, office, book):
        self.book, self._office = book, office
        self.sheet = book.sheets.add("试算")

    def put(self, *columns, sheet=None):
        """Columns from row 2 on; moments as numbers, so that no format comes with them."""
        plain = [serials(column) if isinstance(column[0], datetime) else list(column) for column in columns]
        (sheet or self.sheet)["A2"].value = [list(row) for row in zip(*plain, strict=True)]
        return len(columns[0])

    def answers(self, formula, height):
        """Numbers and texts in column H."""
        area = self.sheet[f"H2:H{height + 1}"]
        area.number_format = "0.000000"  # in a cell without format of its own a date would come back as one
        area.formula = [[Translator(formula, "H2").translate_formula(f"H{row}")] for row in range(2, height + 2)]
        values = area.options(ndim=1, err_to_str=True).value
        area.clear_contents()
        return values

    def array_answers(self, formula, height):
        """The same, each cell an array formula of its own, which xlwings' surface of this host has no word for."""
        sheet = self._office.active_document().Sheets.getByName("试算")
        self.sheet[f"H2:H{height + 1}"].number_format = "0.000000"
        for row in range(2, height + 2):
            moved = Translator(formula, "H2").translate_formula(f"H{row}")
            sheet.getCellRangeByName(f"H{row}").setArrayFormula(to_host(moved))
        return self.sheet[f"H2:H{height + 1}"].options(ndim=1, err_to_str=True).value


@pytest.fixture
def trial(office):
    return Trial(office, office.open(str(BOOK)))


def same(answers, expected):
    assert len(answers) == len(expected)
    wrong = [(row, a, e) for row, (a, e) in enumerate(zip(answers, expected, strict=True)) if not _is_same(a, e)]
    assert not wrong, wrong[:5]


def _is_same(answer, expected):
    if isinstance(answer, str) or isinstance(expected, str):
        return answer == expected
    return abs(answer - expected) < 1e-6  # a tenth of a second


def test_every_formula_of_the_page_is_computed_here():
    computed = set(re.findall(r'FORMULAS\["(\w+)"\]', Path(__file__).read_text(encoding="utf-8")))
    assert computed == set(FORMULAS)
    assert PAGE.count("```excel") == len(FORMULAS)


def test_the_page_names_every_function_of_the_add_in():
    assert {f"{MODULE}.{function.name}" for function in FUNCTIONS} <= set(re.findall(r"CXL\.[A-Z]+", PAGE))


def test_is_workday_for_two_years(trial):
    height = trial.put([day + timedelta(hours=k % 24) for k, day in enumerate(EVERY_DAY)])
    same(trial.answers(FORMULAS["is_workday"], height), [bool(CALENDAR.is_workday(day)) for day in EVERY_DAY])


def test_workdays_between_two_days_either_way(trial):
    dice = np.random.default_rng(2)
    first = [EVERY_DAY[k] + timedelta(hours=int(dice.integers(24))) for k in dice.integers(730, size=300)]
    last = [EVERY_DAY[k] + timedelta(hours=int(dice.integers(24))) for k in dice.integers(730, size=299)] + [first[-1]]
    height = trial.put(first, last)
    expected = [int(CALENDAR.count_workdays(a, b)) for a, b in zip(first, last, strict=True)]
    assert min(expected) < 0 < max(expected)
    same(trial.answers(FORMULAS["workdays"], height), expected)


def test_due_after(trial):
    starts, counts = starts_and_counts(range(13))
    height = trial.put(starts, counts)
    same(trial.answers(FORMULAS["due_after"], height), due_times(starts, counts))


def test_due_before(trial):
    starts, counts = starts_and_counts(range(-12, 0))
    height = trial.put(starts, counts)
    same(trial.answers(FORMULAS["due_before"], height), due_times(starts, counts))


def test_due_formulas_reach_as_far_as_they_say_and_no_further(trial):
    trial.put([datetime(2024, 12, 30)] * 3, [200, 201, -1])
    answers = trial.answers(FORMULAS["due_after"], 3)
    same(answers, [*due_times([datetime(2024, 12, 30)], [200]), *["天数应在 0 到 200 之间"] * 2])
    trial.put([datetime(2026, 12, 30)] * 3, [-200, -201, 0])
    answers = trial.answers(FORMULAS["due_before"], 3)
    same(answers, [*due_times([datetime(2026, 12, 30)], [-200]), *["天数应在 -200 到 -1 之间"] * 2])


def test_the_formula_with_let_once_it_is_written_out(trial):
    """This LibreOffice knows neither LET nor SEQUENCE: names are replaced by what they stand for, and it is an array formula."""
    starts, counts = starts_and_counts(range(-12, 13), number=40)
    height = trial.put(starts, counts)
    formula = written_out(FORMULAS["due_365"])
    assert "LET" not in formula
    same(trial.array_answers(formula, height), due_times(starts, counts))


def written_out(formula):
    """A LET formula without LET, and with the rows of a column for SEQUENCE."""
    parts = _arguments(re.fullmatch(r"=LET\((.+)\)", formula)[1])
    known = {}
    for name, value in zip(parts[:-1:2], parts[1::2], strict=True):
        known[name] = f"({_replaced(value, known)})"
    plain = _replaced(parts[-1], known)
    return "=" + re.sub(r"SEQUENCE\((\d+)\)", r"ROW(INDEX($A:$A,1):INDEX($A:$A,\1))", plain)


def _replaced(text, known):
    return re.sub(r"(?<![\w\"])([a-z])(?![\w(\"])", lambda found: known[found[1]], text)


def _arguments(text):
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


class TestDayList:
    @pytest.fixture
    def listed(self, trial):
        sheet = trial.book.sheets.add("工作日清单")
        sheet["A1"].value = ["日期", "上班", "第几个"]
        sheet["A2"].value = serials([EVERY_DAY[0]])[0]
        height = len(EVERY_DAY)
        columns = (
            ("A", FORMULAS["list_date"]),
            ("B", FORMULAS["list_is_workday"]),
            ("C", FORMULAS["list_count"]),
        )
        for letter, formula in columns:
            first = 3 if letter == "A" else 2
            home = f"{letter}{first}"
            sheet[f"{home}:{letter}{height + 1}"].formula = [
                [Translator(formula, home).translate_formula(f"{letter}{row}")] for row in range(first, height + 2)
            ]
        return trial

    def test_due_by_the_list(self, listed):
        starts, counts = starts_and_counts(range(-12, 13))
        height = listed.put(starts, counts)
        same(listed.answers(FORMULAS["due_list"], height), due_times(starts, counts))

    def test_workdays_by_the_list(self, listed):
        first, _ = starts_and_counts([1], seed=3)
        last, _ = starts_and_counts([1], seed=4)
        height = listed.put(first, last)
        expected = [int(CALENDAR.count_workdays(a, b)) for a, b in zip(first, last, strict=True)]
        same(listed.answers(FORMULAS["workdays_list"], height), expected)

    def test_what_lies_outside_the_list_is_an_error_and_no_date(self, listed):
        listed.put(
            [datetime(2024, 12, 31), datetime(2026, 12, 30), datetime(2025, 1, 2), datetime(2025, 1, 1)], [1, 9, -3, 1]
        )
        answers = listed.answers(FORMULAS["due_list"], 4)
        assert all(isinstance(each, str) and each.startswith("#") for each in answers), answers


def test_wall_clock_and_calendar_days(trial):
    starts = [datetime(2026, 2, 13), datetime(2026, 2, 13, 9, 30), datetime(2026, 12, 31, 23, 45)]
    counts = [3, -2, 10]
    trial.put(starts, counts)
    for formula, unit in (
        (FORMULAS["due_days"], "自然日"),
        (FORMULAS["due_hours"], "小时"),
        (FORMULAS["due_minutes"], "分钟"),
    ):
        expected = [row[0] for row in worksheet.due([[s] for s in starts], [[n] for n in counts], unit)]
        same(trial.answers(formula, 3), serials(expected))


def test_light(trial):
    dice = np.random.default_rng(5)
    dues = [datetime(2026, 1, 5) + timedelta(hours=6 * int(dice.integers(1200))) for _ in range(300)]
    nows = [due + timedelta(hours=6 * int(dice.integers(-40, 12))) for due in dues]
    dones = [46_000.0 if k % 7 == 0 else None for k in range(300)]
    height = trial.put(dues, dones, nows)
    expected = [
        row[0] for row in worksheet.light([[due] for due in dues], [[done] for done in dones], [[now] for now in nows])
    ]
    assert set(expected) == {"灰", "红", "蓝", "绿"}
    same(trial.answers(FORMULAS["light"], height), expected)


def test_certainty(trial):
    days = [datetime(year, 6, 1) for year in (2022, 2023, 2024, 2025, 2026, 2027)]
    height = trial.put(days)
    expected = ["正式" if CALENDAR.covers(day) else "暂定" for day in days]
    same(trial.answers(FORMULAS["certainty"], height), expected)
    trial.book.sheets["节假日"]["F145"].value = "预测"  # the last row, of 2026
    same(trial.answers(FORMULAS["certainty"], height), [*expected[:4], "暂定", "暂定"])


def test_blank_cells_stay_blank(trial):
    trial.put([None, None], [None, 3])
    for formula in (
        FORMULAS["is_workday"], FORMULAS["workdays"], FORMULAS["due_after"], FORMULAS["due_before"],
        FORMULAS["due_days"], FORMULAS["due_hours"], FORMULAS["due_minutes"], FORMULAS["certainty"],
    ):  # fmt: skip
        assert trial.answers(formula, 1) == [None]


def test_the_formula_that_the_page_warns_of_is_wrong_about_make_up_days(trial):
    starts = [datetime(2026, 2, 13), datetime(2026, 3, 6)]
    trial.put(starts, [1, 1])
    answers = trial.answers(FORMULAS["wrong"], 2)
    assert answers == serials([datetime(2026, 2, 24), datetime(2026, 3, 9)])
    right = [int(when) for when in due_times(starts, [1, 1])]
    assert answers[0] != right[0]
    assert answers[1] == right[1]


def test_areas_may_stand_for_the_names_of_columns(trial):
    assert set(AREAS) == {f"Calendar[{name}]" for name in ("日期", "类型", "依据", "年份状态")}
    starts, counts = starts_and_counts(range(1, 13), number=20)
    height = trial.put(starts, counts)
    for formula in (FORMULAS["is_workday"], FORMULAS["due_after"], FORMULAS["certainty"]):
        plain = formula
        for name, area in AREAS.items():
            plain = plain.replace(name, area)
        assert "[" not in plain
        assert trial.answers(plain, height) == trial.answers(formula, height)


def test_the_python_functions_agree_with_the_programs_own(trial):
    """With no weekend at all and every rest day listed, WORKDAY.INTL and NETWORKDAYS.INTL have nothing left to mistake."""
    days = china_days()
    named = dict(zip(map(datetime.fromisoformat, days["date"].astype(str)), days["is_workday"].tolist(), strict=True))
    span = [datetime(2024, 6, 1) + k * DAY for k in range(1000)]
    rests = [day for day in span if not named.get(day, day.weekday() < 5)]
    trial.sheet["F2"].value = [[serial] for serial in serials(rests)]
    listed = f"$F$2:$F${len(rests) + 1}"
    starts, counts = starts_and_counts([*range(-30, 0), *range(1, 31)])
    starts = [start.replace(hour=0, minute=0) for start in starts]
    height = trial.put(starts, counts)
    answer = worksheet.due([[start] for start in starts], [[n] for n in counts])
    ours = [row[0].replace(hour=0) for row in answer]
    same(trial.answers(f'=WORKDAY.INTL(A2,B2,"0000000",{listed})', height), serials(ours))
    ends = [start + n * DAY for start, n in zip(starts, map(abs, counts), strict=True)]
    height = trial.put(starts, ends)
    ours = [row[0] for row in worksheet.workdays([[start] for start in starts], [[end] for end in ends])]
    same(trial.answers(f'=NETWORKDAYS.INTL(A2+1,B2,"0000000",{listed})', height), ours)
