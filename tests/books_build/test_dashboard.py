"""The figures of the dashboard, calculated by a real spreadsheet program and compared with a count by hand."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from coordination_xl import open_book, refresh
from coordination_xl.books.build import build_workbook, figures
from coordination_xl.books.build.figures import LIGHT_COLUMNS, TOTAL_ROW
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.rules.figures.figures import figures_of
from coordination_xl.rules.timing.schedule import Plan
from coordination_xl.schema import dashboard
from tests.render import convert, missing_tools
from workbooks.demo import NOW as DEMO_NOW
from workbooks.demo import demo_rows

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {missing_tools()}"),
]


def calculated(package: bytes, folder, now=None, departments=()):
    """The dashboard as LibreOffice calculates it after ``refresh`` has written its cells."""
    book = openpyxl.load_workbook(io.BytesIO(package))
    sheet = book[dashboard.SHEET]

    def cells(name):
        ((_, address),) = book.defined_names[name].destinations
        found = sheet[address.replace("$", "")]
        return [row[0] for row in found] if isinstance(found, tuple) else [found]

    for name, values in ((dashboard.AS_OF, [now]), (dashboard.DEPARTMENTS, departments)):
        for cell, value in zip(cells(name), values, strict=False):
            cell.value = value
    source = folder / "source.xlsx"
    book.save(source)
    return openpyxl.load_workbook(convert(source, folder / "calculated", "xlsx"), data_only=True)[dashboard.SHEET]


@pytest.fixture(scope="module")
def full(living, now, tmp_path_factory):
    return calculated(living, tmp_path_factory.mktemp("full"), now, ["运营部", "技术部", "人力资源部"])


@pytest.fixture(scope="module")
def closing(tmp_path_factory):
    """Things finished around the edges of the last 30 days, from 17 February to 18 March."""
    tasks = [
        {"id": f"RW-2026-{number:04}", "light": "灰", "title": "旧", "state": "已完成", "done_at": done_at,
         "is_on_time": on_time, "is_on_original": original, "elapsed_workdays": days}
        for number, (done_at, on_time, original, days) in enumerate(
            (
                (dt.datetime(2026, 2, 16, 23, 59), "否", "否", 20),
                (dt.datetime(2026, 2, 17), "是", "是", 2),
                (dt.datetime(2026, 3, 18, 9), "是", "否", 4),
                (dt.datetime(2026, 1, 18), "是", "是", 10),
                (dt.datetime(2026, 1, 17, 23), "是", "是", 90),
            ),
            start=1,
        )
    ]  # fmt: skip
    signed = {"id": "HY-2026-0001", "light": "灰", "title": "会", "state": "已分发", "is_on_time": "是",
              "minutes_signed_at": dt.datetime(2026, 3, 10)}  # fmt: skip
    package = build_workbook({"Tasks": tasks, "Meetings": [signed]})
    return calculated(package, tmp_path_factory.mktemp("closing"), dt.datetime(2026, 3, 18, 9, 30))


@pytest.fixture(scope="module")
def empty(blank, tmp_path_factory):
    return calculated(blank, tmp_path_factory.mktemp("empty"))


def lights(sheet, row):
    return [sheet[f"{letter}{row}"].value for letter in LIGHT_COLUMNS.values()]


def test_every_light_is_counted_and_finished_matters_are_not(full):
    assert lights(full, TOTAL_ROW) == [4, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("card", "figure", "note"),
    [
        ("B", 7, "任务 3 · 协调 2 · 其他 2"),
        ("F", 4, "最长 12 个工作日"),
        ("J", 2, "截至 3月22日（周日）"),
        ("N", 1, "须当日补报"),
        ("R", 0.5, "近 30 日 · 按原定时限 0%"),
        ("V", 5.5, "工作日 · 近 30 日"),
    ],
)
def test_each_card_shows_what_a_count_by_hand_gives(full, card, figure, note):
    assert full[f"{card}4"].value == figure
    assert full[f"{card}5"].value == note


def test_thirty_days_end_with_today_and_a_meeting_has_no_other_due_time_than_its_own(closing):
    assert closing["R4"].value == 1
    assert closing["R5"].value == "近 30 日 · 按原定时限 67%"


def test_the_thirty_days_before_end_where_these_begin(closing):
    assert closing["V4"].value == 3
    assert closing["V5"].value == "工作日 · 较前 30 日 -12.0"


def test_departments_are_counted_by_how_the_text_begins(full):
    first = figures.FIRST_DEPARTMENT
    assert lights(full, first) == [3, 0, 0, 0, 0], "运营部: one task, one problem, one emergency"
    assert lights(full, first + 1) == [1, 0, 1, 0, 1], "技术部: a coordination, a task, a paused task"
    assert lights(full, first + 2) == [0, 1, 0, 0, 0], "人力资源部"
    assert lights(full, first + 3) == [0, 0, 0, 1, 0], "其他: 数据部"
    assert [full[f"{figures.LABEL}{first + n}"].value or "" for n in range(5)] == [
        "运营部",
        "技术部",
        "人力资源部",
        "其他",
        "",
    ]
    assert lights(full, figures.LAST_BAR) == [0, 0, 0, 0, 0], "a blank label counts nothing"


def test_red_by_the_hour_counts_as_the_first_day(full):
    ages = [full[f"{figures.AGE}{row}"].value for row in range(figures.FIRST_DEPARTMENT, figures.FIRST_DEPARTMENT + 4)]
    assert ages == [2, 1, 0, 1]


def test_the_head_names_the_moment_of_the_figures(full):
    assert full["J1"].value == "统计截至 2026-03-18 09:30（周三） · 数据来自各台账 · 到期与逾期按工作日计"


def test_an_empty_workbook_shows_dashes_and_no_error(empty):
    values = [cell.value for row in empty.iter_rows() for cell in row if cell.value is not None]
    assert not [value for value in values if isinstance(value, str) and value.startswith(("#", "Err:"))]
    assert [empty[f"{card}4"].value for card in "BFJNRV"] == [0, 0, "—", 0, "—", "—"]
    assert empty["J1"].value == "尚未刷新：点【刷新逾期】后显示"
    assert lights(empty, figures.FIRST_DEPARTMENT) == [0, 0, 0, 0, 0]


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    path.write_bytes(build_workbook(demo_rows()))
    book = open_book(path)
    book.apply(refresh(book, DEMO_NOW).changes)
    return path


@pytest.fixture(scope="module")
def board(demo_path):
    shown = convert(demo_path, demo_path.parent / "calculated", "xlsx")
    return openpyxl.load_workbook(shown, data_only=True)[dashboard.SHEET]


@pytest.fixture(scope="module")
def told(demo_path):
    ledgers = Ledgers.read(open_book(demo_path))
    return figures_of(ledgers, Plan.of(ledgers, DEMO_NOW), DEMO_NOW)


class TestTheDemo:
    """What the formulas of the board give is what the digest says."""

    def test_cards(self, board, told):
        cards = [board[f"{card}4"].value for card in "BFJNRV"]
        counts = [told.open, told.lights["红"], len(told.due_this_week), told.lights["黄"]]
        assert cards == [*counts, pytest.approx(told.recent.rate), pytest.approx(told.recent.average)]
        assert board["R5"].value == f"近 30 日 · 按原定时限 {told.recent.original_rate:.0%}"

    def test_bars_of_the_departments_that_have_one(self, board, told):
        first = figures.FIRST_DEPARTMENT
        shown = {board[f"{figures.LABEL}{first + n}"].value: lights(board, first + n) for n in range(7)}
        assert shown == dict(zip(told.departments.index[:7], told.departments.head(7).to_numpy().tolist(), strict=True))

    def test_ages(self, board, told):
        rows = range(figures.FIRST_DEPARTMENT, figures.FIRST_DEPARTMENT + len(dashboard.AGES))
        assert {
            board[f"{figures.AGE_LABEL}{row}"].value: board[f"{figures.AGE}{row}"].value for row in rows
        } == told.ages
