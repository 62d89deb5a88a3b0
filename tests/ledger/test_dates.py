import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.ledger.dates import DateForm, DateStatus, find_dates, read_date, read_date_text, read_dates

ANCHOR = dt.date(2023, 10, 20)


def cells(*values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2023年10月20日", "2023-10-20"),
        ("2023-10-18", "2023-10-18"),
        ("2023/10/8", "2023-10-08"),
        ("2023.10.8", "2023-10-08"),
        ("2023–10–18", "2023-10-18"),
        ("20231018", "2023-10-18"),
        (" 2023 年 10 月 20 号 ", "2023-10-20"),
        ("２０２３年１０月２０日", "2023-10-20"),
        ("２０２３－１０－１８", "2023-10-18"),
        ("２０２３．１０．１８", "2023-10-18"),
        ("2023年10⽉20⽇", "2023-10-20"),
        ("\u200b2023-10-18\ufeff", "2023-10-18"),
        ("2023年10月20日（周五）", "2023-10-20"),
        ("2023年10月20日 星期五", "2023-10-20"),
        ("2023年10月20日 18:00", "2023-10-20T18:00"),
        ("2023-10-18T09:30", "2023-10-18T09:30"),
        ("2023-10-18 09:30:15", "2023-10-18T09:30:15"),
        ("2023-10-18T09:30:00+08:00", "2023-10-18T09:30"),
        ("2023-10-18 9:30 PM", "2023-10-18T21:30"),
        ("2023年10月18日下午3点", "2023-10-18T15:00"),
        ("2023年10月18日上午9：30", "2023-10-18T09:30"),
        ("2023年10月18日18时30分", "2023-10-18T18:30"),
        ("2023年10月18日下午3点半前", "2023-10-18T15:30"),
        ("2023年10月18日中午12点", "2023-10-18T12:00"),
        ("2023年10月18日24:00", "2023-10-19T00:00"),
        ("二〇二六年三月二日", "2026-03-02"),
        ("二零二六年十二月三十一日", "2026-12-31"),
        ("23年10月18日", "2023-10-18"),
        ("2023年10月20日前", "2023-10-20"),
        ("截至2023-10-20", "2023-10-20"),
        ("2023年10月20日下班前", "2023-10-20"),
    ],
)
def test_typed_dates_with_a_year_are_read_as_fixable_text(text, when):
    assert read_date(text) == (pd.Timestamp(when).to_pydatetime(), DateStatus.TEXT)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("10月18日前", "2023-10-18"),
        ("10月18日", "2023-10-18"),
        ("10月18", "2023-10-18"),
        ("10/18", "2023-10-18"),
        ("十月十八日", "2023-10-18"),
        ("10月25日三点一刻", "2023-10-25T03:15"),
        ("10月18日之前", "2023-10-18"),
        ("明年1月5日", "2024-01-05"),
        ("下月5日前", "2023-11-05"),
    ],
)
def test_dates_without_a_year_take_it_from_the_anchor(text, when):
    assert read_date(text, anchor=ANCHOR) == (pd.Timestamp(when).to_pydatetime(), DateStatus.YEARLESS)
    assert read_date(text) == (None, DateStatus.UNREADABLE)


@pytest.mark.parametrize(
    "value",
    [
        "2月30日",
        "2023-02-29",
        "2023-13-01",
        "月底前",
        "10月底前",
        "23-10-18",
        "12.5",
        "10-18",
        "18/10",
        "下午3点",
        "尽快",
        "-",
        "无",
        "10月18日-20日",
        "2023-10-18至2023-10-20",
        "10月18日前后",
        "10月18日25:00",
        "10月18日上午13点",
        "2023-10-18T09:30:00Z",
        "2023年10月20日（周四）",
        "3023-10-18",
        "#N/A",
        "=2023-10-18",
        "45219",
        12.5,
        45219e3,
        20231318.0,
        float("inf"),
        True,
        dt.time(9, 30),
        dt.timedelta(days=1),
        dt.date(1899, 12, 31),
        dt.datetime(2023, 10, 18, tzinfo=dt.UTC),
        object(),
    ],
)
def test_what_is_no_date_is_unreadable_and_never_blank(value):
    assert read_date(value, anchor=ANCHOR) == (None, DateStatus.UNREADABLE)


@pytest.mark.parametrize("value", [None, "", "  ", "\u3000", float("nan"), pd.NaT, np.datetime64("NaT")])
def test_nothing_is_blank(value):
    assert read_date(value, anchor=ANCHOR) == (None, DateStatus.BLANK)


@pytest.mark.parametrize(
    ("value", "date1904", "when", "has_time"),
    [
        (dt.date(2023, 10, 20), False, "2023-10-20", False),
        (dt.datetime(2023, 10, 20), False, "2023-10-20", False),
        (dt.datetime(2023, 10, 20, 17, 59, 59, 999_000), False, "2023-10-20T18:00", True),
        (45219.0, False, "2023-10-20", False),
        (45219.75, False, "2023-10-20T18:00", True),
        (45219 - 1462, True, "2023-10-20", False),
        (45219.999999, False, "2023-10-21", False),
        (np.datetime64("2023-10-20T09:00"), False, "2023-10-20T09:00", True),
        (pd.Timestamp("2023-10-20 09:00"), False, "2023-10-20T09:00", True),
        (32874.0, False, "1990-01-01", False),
        (73415.0, False, "2100-12-31", False),
    ],
)
def test_real_dates_and_serials_are_exact(value, date1904, when, has_time):
    read = read_dates(cells(value), date1904=date1904)
    assert (read.when[0], read.has_time[0], read.status[0]) == (np.datetime64(when, "s"), has_time, DateStatus.EXACT)


@pytest.mark.parametrize("serial", [32873.0, 73416.0, 0.5, -1.0])
def test_serials_outside_the_plausible_years_are_unreadable(serial):
    assert read_date(serial)[1] == DateStatus.UNREADABLE


def test_the_number_20231018_is_a_date_typed_without_hyphens():
    assert read_date(20231018.0) == (dt.datetime(2023, 10, 18), DateStatus.TEXT)


@pytest.mark.parametrize(
    ("text", "anchor", "when"),
    [
        ("10月18日", "2023-10-20", "2023-10-18"),
        ("1月5日", "2026-12-20", "2027-01-05"),
        ("12月28日", "2027-01-05", "2026-12-28"),
        ("6月30日", "2026-12-30", "2026-06-30"),
        ("6月29日", "2026-12-30", "2027-06-29"),
        ("2月29日", "2023-12-20", "2024-02-29"),
        ("2月29日", "2026-12-20", None),
    ],
)
def test_a_yearless_date_is_the_earliest_not_more_than_183_days_before_its_anchor(text, anchor, when):
    read = read_dates(cells(text), anchors=np.array([anchor], dtype="datetime64[D]"))
    assert str(read.when[0]) == ("NaT" if when is None else f"{when}T00:00:00")
    assert read.status[0] == (DateStatus.UNREADABLE if when is None else DateStatus.YEARLESS)


def test_each_row_has_its_own_anchor_and_a_row_without_one_is_unreadable():
    anchors = np.array(["2023-10-20", "2026-12-20", "NaT"], dtype="datetime64[s]")
    read = read_dates(cells("1月5日 18:00", "1月5日 18:00", "1月5日 18:00"), anchors=anchors)
    assert [str(when) for when in read.when] == ["2024-01-05T18:00:00", "2027-01-05T18:00:00", "NaT"]
    assert list(read.has_time) == [True, True, False]
    assert list(read.is_unreadable) == [False, False, True]


def test_anchors_of_another_length_are_refused():
    with pytest.raises(ValueError, match="1 anchors for 2 values"):
        read_dates(cells("10月18日", None), anchors=np.array(["2023-10-20"], dtype="datetime64[D]"))


def test_no_rows_give_no_dates():
    read = read_dates(cells(), anchors=np.array([], dtype="datetime64[s]"))
    assert len(read.when) == len(read.has_time) == len(read.status) == 0


@settings(max_examples=200)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back_in_every_form(day):
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
    texts = [day.strftime(form) for form in forms] + [f"{day.year}年{day.month}月{day.day}日"]
    read = read_dates(cells(*texts, day))
    assert set(read.when.tolist()) == {dt.datetime(day.year, day.month, day.day)}


@settings(max_examples=300)
@given(
    st.builds(
        DateForm,
        st.none(),
        st.integers(0, 13),
        st.integers(0, 32),
        st.none() | st.integers(0, 86_400),
        st.none() | st.integers(0, 6),
        st.none() | st.integers(-1, 2),
        st.none() | st.integers(-1, 1),
    ),
    st.dates(dt.date(1980, 1, 1), dt.date(2110, 12, 31)),
)
def test_a_column_of_yearless_dates_is_placed_as_each_alone(form, anchor):
    from coordination_xl.ledger.anchored_dates import place_yearless

    placed = place_yearless([form], np.array([0]), np.array([anchor], dtype="datetime64[s]"))
    assert placed.tolist()[0] == form.resolve(anchor)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789年月日前.-/:：下午点时周（）一二三十〇 ", max_size=24))
def test_any_text_is_either_blank_or_a_date_or_unreadable(text):
    read = read_dates(cells(text), anchors=np.array(["2026-11-20"], dtype="datetime64[D]"))
    is_nothing = read.status[0] in (DateStatus.BLANK, DateStatus.UNREADABLE)
    assert np.isnat(read.when[0]) == is_nothing
    assert (read.status[0] == DateStatus.BLANK) == (not text.strip())


def test_100_000_texts_of_3_000_kinds_take_less_than_half_a_second():
    days = [dt.date(2021, 1, 1) + dt.timedelta(days=i) for i in range(1_500)]
    days = [day for day in days if (day.month, day.day) != (2, 29)]
    texts = [f"{d.year}年{d.month}月{d.day}日" for d in days] + [
        f"{d.month}月{d.day}日 {i % 24}:{i % 60:02}" for i, d in enumerate(days)
    ]
    column = np.array(texts * 50, dtype=object)[:100_000]
    anchors = np.datetime64("2023-06-01", "s") + np.arange(100_000)
    start = time.process_time()
    read = read_dates(column, anchors=anchors)
    assert time.process_time() - start < 0.5
    assert not read.is_unreadable.any()


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("1.市场部10月18日前提供用户画像", [("10月18日前", True)]),
        ("①10月18日提供", [("10月18日", False)]),
        ("用户画像-2023-10-18", [("2023-10-18", False)]),
        ("于10月18日18:00前提供", [("于10月18日18:00前", True)]),
        ("10月18日前端开发完成", [("10月18日", False)]),
        ("10月18日3点建议", [("10月18日", False)]),
        ("10/18前完成3/4", [("10/18前", True)]),
        ("20231018前交", [("20231018前", True)]),
        ("订单20231018共3件", []),
        ("10月18日-20日封闭测试", []),
        ("10月18日至10月20日测试", [("10月18日", False), ("10月20日", False)]),
        ("10月18日前后交付，10月20日左右验收", []),
        ("需延长3天分析周期", []),
        ("样本量≥1000，1.5万元", []),
    ],
)
def test_dates_inside_prose_are_found_where_they_stand(prose, found):
    dates = find_dates(prose)
    assert [(date.text, date.is_by) for date in dates] == found
    assert all(prose[date.start : date.end] == date.text for date in dates)


def test_the_seeds_dates_are_read_to_the_letter():
    assert read_date("2023年10月20日")[0] == dt.datetime(2023, 10, 20)
    text = "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放"
    assert [found.form.resolve(ANCHOR) for found in find_dates(text)] == [
        dt.datetime(2023, 10, 18),
        dt.datetime(2023, 10, 25),
    ]
    assert [found.form.resolve(ANCHOR) for found in find_dates("10月18日:市场部已提交用户画像")] == [
        dt.datetime(2023, 10, 18)
    ]


def test_a_form_tells_what_was_written():
    assert read_date_text("10月18日下午3点") == DateForm(None, 10, 18, seconds=15 * 3600)
    assert read_date_text("市场部10月18日") is None
