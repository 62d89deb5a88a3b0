"""The State Council's notices, and calendars as data: the days they name, and what is said of those that cannot be right."""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import MappingProxyType

import chinese_calendar
import pytest

from coordination_xl.errors import UsageError
from coordination_xl.ledger.holiday_files import read_holidays
from coordination_xl.ledger.holiday_notices import notice_year
from coordination_xl.worktime import china_days

OPENING = """国务院办公厅关于{year}年
部分节假日安排的通知
{number}

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：

　　经国务院批准，现将{year}年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。

"""
CLOSING = """
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。

　　国务院办公厅
　　{signed}
"""
NEW_PRINCIPLES = """　　经党中央、国务院批准，根据2024年11月修订的《全国年节及纪念日放假办法》，自2025年1月1日起，全体公民放假的假日增加2天，其中春节、劳动节各增加1天。据此对放假调休原则作进一步优化完善，除个别特殊情形外，春节自农历除夕起放假调休8天，国庆节自10月1日起放假调休7天，劳动节放假调休5天，元旦、清明节、端午节、中秋节分别放假调休或连休3天（如逢周三则只在当日放假），国庆节放假如逢中秋节则合并放假8天。

　　按照上述原则，现将2025年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
"""  # noqa: E501 - a sentence of the notice
ITEMS = {
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日放假。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}
NUMBERS = {
    2019: ("国办发明电〔2018〕15号", "2018年12月4日"),
    2024: ("国办发明电〔2023〕7号", "2023年10月25日"),
    2025: ("国办发明电〔2024〕12号", "2024年11月12日"),
    2026: ("国办发明电〔2025〕7号", "2025年11月4日"),
}


def notice(year: int, items: str = "") -> str:
    """The whole notice of a year, its items changed if they are given."""
    number, signed = NUMBERS[year]
    opening = OPENING.format(year=year, number=number)
    if year == 2025:
        opening = opening[: opening.index("　　经国务院")] + NEW_PRINCIPLES
    body = "\n\n".join("　　" + line for line in (items or ITEMS[year]).splitlines())
    return opening + body + CLOSING.format(signed=signed)


def read(text: str, name: str = "2026.txt", encoding: str = "utf-8"):
    return read_holidays(name, text.encode(encoding))


def days(read_notice) -> dict[date, str]:
    return {each.day: each.kind for each in read_notice.days}


def messages(text: str) -> list[str]:
    return [found.message for found in read(text).findings]


def item(text: str, year: int = 2026) -> str:
    return f"关于{year}年部分节假日安排的通知\n{text}"


class TestRealNotices:
    @pytest.mark.parametrize("year", [2024, 2025, 2026])
    def test_give_exactly_the_shipped_days(self, year):
        shipped = china_days()
        shipped = shipped[shipped["date"].dt.year == year]
        got = read(notice(year))
        told = [(each.day, each.kind, each.name, got.basis) for each in got.days]
        expected = zip(shipped["date"].dt.date, shipped["kind"], shipped["name"], shipped["source"], strict=True)
        assert sorted(told) == sorted(expected)
        assert (got.findings, got.year) == ((), year)

    @pytest.mark.parametrize("year", ITEMS)
    def test_agree_with_chinesecalendar_day_by_day(self, year):
        """2019's 劳动节 was changed by a notice of its own; that one is below."""
        got = days(read(notice(year)))
        day, wrong = date(year, 1, 1), []
        while day.year == year:
            works = got[day] == "班" if day in got else day.weekday() < 5
            if works != chinese_calendar.is_workday(day):
                wrong.append(day)
            day += timedelta(days=1)
        changed = [date(2019, 4, 28), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 5)]
        assert wrong == (changed if year == 2019 else [])

    def test_that_changes_one_holiday_later_is_read_too(self):
        """国办发明电〔2019〕3号."""
        text = (
            "国务院办公厅关于调整2019年劳动节假期安排的通知\n国办发明电〔2019〕3号\n经国务院批准，现将2019年劳动节放假调休日期"
            "具体安排通知如下。\n2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。\n国务院办公厅\n2019年3月21日"
        )
        got = read(text)
        assert days(got) == {date(2019, 5, day): "休" for day in (1, 2, 3, 4)} | {
            date(2019, 4, 28): "班",
            date(2019, 5, 5): "班",
        }
        assert (got.basis, got.findings, {each.name for each in got.days}) == ("国办发明电〔2019〕3号", (), {"劳动节"})

    def test_reach_back_into_the_old_year(self):
        got = days(read(notice(2019)))
        assert [day for day in sorted(got) if day.year == 2018] == [date(2018, 12, day) for day in (29, 30, 31)]
        assert got[date(2018, 12, 29)] == "班"


class TestWriting:
    """However it was pasted, it says the same."""

    SAME = days(read(notice(2026)))

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace("\n", ""),
            lambda text: text.replace("\n", "\r\n"),
            lambda text: text.replace("日", "日 ").replace("月", " 月 "),
            lambda text: text.replace("周", "星期"),
            lambda text: text.replace("：", ":").replace("（", "(").replace("）", ")").replace("，", ","),
            lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
            lambda text: text.replace("至", "—"),
            lambda text: text.replace("、周", "，周"),
            lambda text: text.replace("一、元旦", "元旦").replace("二、春节", "1. 春节"),
            lambda text: text.replace("上班", "正常上班").replace("放假，共3天", "放假3天，共3天"),
            lambda text: text + "\n来源：新华社\n编辑：2025年11月5日上班",
        ],
        ids=["one line", "crlf", "blanks", "weekdays", "half width", "full width", "dashes", "commas", "numbers", "words",
             "what follows the signature"],
    )  # fmt: skip
    def test_does_not_matter(self, change):
        got = read(change(notice(2026)))
        assert (days(got), got.findings) == (self.SAME, ())

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_in_any_encoding_of_an_editor(self, encoding):
        assert days(read(notice(2026), encoding=encoding)) == self.SAME

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("元旦：1月1日放假1天。", {date(2026, 1, 1): "休"}),
            ("清明节：4月5日放假，4月6日（星期一）补休。", {date(2026, 4, 5): "休", date(2026, 4, 6): "休"}),
            ("元旦：12月31日至1月1日放假，共2天。", {date(2025, 12, 31): "休", date(2026, 1, 1): "休"}),
            ("2026年元旦：自1月1日起至2日放假公休，共2天。", {date(2026, 1, 1): "休", date(2026, 1, 2): "休"}),
            ("国庆节：10月1日、2日放假，共2天。", {date(2026, 10, 1): "休", date(2026, 10, 2): "休"}),
            ("五一劳动节：5月1日放假；5月9日、10日均上班。",
             {date(2026, 5, 1): "休", date(2026, 5, 9): "班", date(2026, 5, 10): "班"}),
        ],
    )  # fmt: skip
    def test_of_other_years_is_understood(self, text, expected):
        got = read(item(text))
        assert (days(got), got.findings) == (expected, ())


class TestFaults:
    def test_weekday_that_is_not_the_dates(self):
        (found,) = read(item("一、元旦：1月1日（周五）放假1天。")).findings
        assert found.message == "“1月1日(周五)”写的是周五，而 2026-01-01 是周四"
        assert (found.sheet, found.address, found.row, found.id) == ("2026.txt", "第2行", 2, "2026-01-01")

    def test_weekdays_of_both_ends_are_looked_at(self):
        assert len(messages(item("春节：2月15日（周六）至23日（周日）放假，共9天。"))) == 2

    @pytest.mark.parametrize(
        ("text", "said", "count"),
        [
            ("5月1日至5日放假调休，共4天。", 4, 5),
            ("5月1日放假2天。", 2, 1),
            ("5月1日放假，5月4日补休，共3天。", 3, 2),
            ("共3天。", 3, 0),
        ],
    )
    def test_count_that_is_not_the_days(self, text, said, count):
        assert messages(item(f"劳动节：5月1日放假。{text}")) == [f"劳动节写明共 {said} 天，列出的放假日是 {count} 天"]

    @pytest.mark.parametrize(
        "text",
        [
            "2月30日放假。",
            "13月1日放假。",
            "5月5日至1日放假。",
            "5月1日至8月1日放假。",
            "5月1日为法定节假日。",
            "5月2日（周六）公休日调至5月4日。",
            "周六上班。",
            "5月9日、周日上班。",
        ],
    )
    def test_sentence_that_nobody_understands(self, text):
        (found,) = read(item(f"劳动节：5月1日放假。{text}")).findings
        assert (found.code, found.severity) == ("unread-holiday", "错误")
        assert "10月1日（周四）至7日（周三）放假调休，共7天" in found.suggestion

    def test_all_are_told_at_once(self):
        assert len(messages(item("元旦：1月1日（周五）放假2天。\n劳动节：5月1日视情放假。"))) == 3


class TestBasis:
    @pytest.mark.parametrize(
        "typed",
        ["国办发明电〔2025〕7号", "国办发明电[2025]7号", "国办发明电（２０２５） 7 号", "国办发明电【2025】7号"],
    )
    def test_is_the_number_of_the_notice(self, typed):
        assert read(item(f"{typed}\n元旦：1月1日放假。")).basis == "国办发明电〔2025〕7号"

    def test_is_the_files_name_where_there_is_none(self):
        assert read(item("元旦：1月1日放假。"), "放假.txt").basis == "国务院通知（放假.txt）"


class TestJson:
    DAYS = (
        {"name": "元旦", "date": "2026-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2026-01-04", "isOffDay": False},
    )
    EXPECTED = MappingProxyType({date(2026, 1, 1): "休", date(2026, 1, 4): "班"})

    def test_of_a_public_data_set(self):
        got = read(
            json.dumps({"$schema": "…", "year": 2026, "papers": ["https://www.gov.cn"], "days": self.DAYS}), "2026.json"
        )
        assert (days(got), got.year, got.basis) == (self.EXPECTED, 2026, "国务院通知（2026.json）")
        assert {each.name for each in got.days} == {"元旦"}

    @pytest.mark.parametrize(
        ("key", "off", "worked"),
        [("kind", "休", "班"), ("type", "放假", "补班"), ("type", "holiday", "workday"), ("isOffDay", True, False)],
    )
    def test_that_is_a_plain_list(self, key, off, worked):
        entries = [{"date": "2026-01-01", key: off}, {"date": "2026/1/4", key: worked}]
        got = read(json.dumps(entries))
        assert (days(got), got.year, {each.name for each in got.days}) == (self.EXPECTED, 0, {""})

    @pytest.mark.parametrize(
        "entry",
        [{"date": "1月1日", "kind": "休"}, {"date": "2026-01-01"}, {"date": "2026-01-01", "kind": "？"}, {"kind": "休"},
         {"date": None, "kind": "休"}, "2026-01-01", None, {"date": "2026-01-01", "isOffDay": "yes"}],
        ids=str,
    )  # fmt: skip
    def test_entry_that_nobody_understands_is_told(self, entry):
        (found,) = read(json.dumps([*self.DAYS, entry])).findings
        assert (found.code, found.address) == ("unread-holiday", "第3项")

    @pytest.mark.parametrize("text", ["{", "[1,", '{"a": 1}', '{"days": 3}', "[" * 100_000], ids=lambda text: text[:9])
    def test_that_is_none_is_refused(self, text):
        with pytest.raises(UsageError, match="认不出通知全文、JSON 或 ICS"):
            read(text)


def event(title: str, start: str, end: str = "", more: str = "") -> str:
    ends = f"DTEND{end}\n" if end else ""
    return f"BEGIN:VEVENT\nUID:{start}\nSUMMARY:{title}\nDTSTART{start}\n{ends}{more}END:VEVENT\n"


def ics(*events: str) -> str:
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//\n" + "".join(events) + "END:VCALENDAR\n"


class TestIcs:
    DAY = ";VALUE=DATE:202601"

    def one(self, *arguments: str):
        return read(ics(event(*arguments)))

    def test_end_of_an_all_day_event_is_not_part_of_it(self):
        got = self.one("元旦假期", self.DAY + "01", self.DAY + "04")
        assert days(got) == {date(2026, 1, day): "休" for day in (1, 2, 3)}
        assert (got.year, {each.name for each in got.days}) == (0, {"元旦"})

    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("元旦（休）", "休"), ("元旦(休)", "休"), ("元旦 放假", "休"), ("元旦假期", "休"), ("休", "休"), ("元旦（班）", "班"),
            ("上班(补元旦假期)", "班"), ("元旦 补班 第1天/共1天", "班"), ("元旦调休上班", "班"), ("班", "班"), ("元旦 班", "班"),
        ],
    )  # fmt: skip
    def test_title_says_what_it_is(self, title, kind):
        assert days(self.one(title, self.DAY + "04")) == {date(2026, 1, 4): kind}

    @pytest.mark.parametrize("mark", ["WORK-HOLIDAY", "ALTERNATE-WORKDAY"])
    def test_the_mark_of_a_phones_calendar_says_it_too(self, mark):
        got = self.one("元旦", self.DAY + "01", "", f"X-APPLE-SPECIAL-DAY:{mark}\n")
        assert list(days(got).values()) == ["休" if mark == "WORK-HOLIDAY" else "班"]

    def test_other_events_are_passed_over(self):
        text = ics(
            event("立春", ";VALUE=DATE:20260204"), event("元旦", self.DAY + "01"), event("元旦（休）", self.DAY + "02")
        )
        assert days(read(text)) == {date(2026, 1, 2): "休"}

    @pytest.mark.parametrize(
        ("start", "end", "more", "expected"),
        [
            (";VALUE=DATE:20260101", "", "DURATION:P3D\n", [1, 2, 3]),
            (";VALUE=DATE:20260101", ";VALUE=DATE:20260101", "", [1]),
            (":20260101T000000", ":20260103T000000", "", [1, 2]),
            (":20260101T090000", ":20260102T180000", "", [1, 2]),
            (":20251231T160000Z", ":20260101T160000Z", "", [1]),
        ],
        ids=["duration", "no length", "by midnights", "by hours", "universal time"],
    )
    def test_event_lasts_as_long_as_it_says(self, start, end, more, expected):
        assert sorted(days(self.one("元旦（休）", start, end, more))) == [date(2026, 1, day) for day in expected]

    @pytest.mark.parametrize(
        ("end", "more"),
        [(";VALUE=DATE:20251230", ""), (";VALUE=DATE:20260501", ""), ("", "RRULE:FREQ=YEARLY\n")],
        ids=["ends before it begins", "lasts for months", "repeats"],
    )
    def test_event_that_cannot_be_right_is_told(self, end, more):
        (found,) = self.one("元旦（休）", self.DAY + "01", end, more).findings
        assert (found.code, found.address, found.value) == ("unread-holiday", "第1个事件", "元旦(休)")

    @pytest.mark.parametrize("text", ["BEGIN:VCALENDAR\nnonsense", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR"])
    def test_that_is_none_is_refused(self, text):
        with pytest.raises(UsageError, match="ICS"):
            read(text)

    @pytest.mark.parametrize(
        "text", [ics(), ics(event("立春", ";VALUE=DATE:20260204")), '{"year": 2027, "days": []}', "[]"]
    )
    def test_without_a_single_day_is_refused(self, text):
        with pytest.raises(UsageError, match="没有一天放假"):
            read(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        "今天放假".encode(),
        "元旦：1月1日放假。".encode(),
        b"PK\x03\x04\0\0",
        b"\xff\xff\xff",
        b"\xff\xfe\0",
    ],
    ids=["empty", "blank", "prose", "no year", "zip", "no text", "half a character"],
)
def test_what_is_none_of_the_three_is_refused_by_name(content):
    with pytest.raises(UsageError, match=r"^放假\.txt：不是节假日安排"):
        read_holidays("放假.txt", content)


@pytest.mark.parametrize(
    ("day", "year"),
    [((2026, 12, 25), 2026), ((2026, 12, 26), 2027), ((2026, 12, 31), 2027), ((2027, 1, 1), 2027)],
)
def test_the_last_days_of_december_belong_to_the_next_year(day, year):
    assert notice_year(date(*day)) == year
