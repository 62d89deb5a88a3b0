"""The grammar of dates that people type, alone in a cell or inside a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from coordination_xl.ledger.date_forms import SECONDS_A_DAY, DateForm
from coordination_xl.ledger.folding import fold
from coordination_xl.ledger.numerals import COUNTING, DIGITS, read_numeral

_NUMBER: Final = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})"
_YEAR: Final = rf"(?:\d{{4}}|[{DIGITS}]{{4}})"
_DAY_MARK: Final = r"(?:\s*[日号]|(?=\s*(?:之前|以前|前|止|[,;。、()]|$)))"
_PREFIX: Final = r"(?:(?:[应须需]?[于在]|截至|截止到?|最迟|最晚|不晚于|不迟于)\s*)?"
_START: Final = rf"(?<![\d{COUNTING}A-Za-z])"

_YEAR_WORDS: Final = MappingProxyType({"去年": -1, "今年": 0, "本年": 0, "明年": 1, "次年": 1, "后年": 2})
_MONTH_WORDS: Final = MappingProxyType(
    {"上月": -1, "上个月": -1, "本月": 0, "当月": 0, "这个月": 0, "下月": 1, "下个月": 1, "次月": 1}
)

_STRONG: Final = "|".join(
    (
        rf"(?P<y1>{_YEAR}|\d{{2}})\s*年\s*(?P<m1>{_NUMBER})\s*月\s*(?P<d1>{_NUMBER}){_DAY_MARK}",
        r"(?P<y2>\d{4})\s*(?P<sep>[-/.–—])\s*(?P<m2>\d{1,2})\s*(?P=sep)\s*(?P<d2>\d{1,2})(?![\d%])(?!(?P=sep)\d)",
        rf"(?:(?P<yw>{'|'.join(_YEAR_WORDS)})\s*)?(?P<m4>{_NUMBER})\s*月\s*(?P<d4>{_NUMBER}){_DAY_MARK}",
        rf"(?P<mw>{'|'.join(_MONTH_WORDS)})\s*(?P<d6>{_NUMBER})\s*[日号]",
    )
)
_COMPACT: Final = r"(?P<y3>(?:19|20|21)\d\d)(?P<m3>\d\d)(?P<d3>\d\d)(?![\dA-SU-Za-z])"
_SLASHED: Final = r"(?P<m5>\d{1,2})\s*/\s*(?P<d5>\d{1,2})(?![\d%])(?!\s*/)"
_WEAK: Final = rf"(?<!\d[-/.:])(?:{_COMPACT}|{_SLASHED})"

_WEEKDAYS: Final = MappingProxyType({c: i for i, c in enumerate("一二三四五六日")} | {"天": 6})
_WEEK: Final = "(?:周|星期|礼拜)"
_WEEKDAY: Final = rf"(?:\s*\(\s*{_WEEK}(?P<w1>[一二三四五六日天])\s*\)|\s*{_WEEK}(?P<w2>[一二三四五六日天]))?"

_NIGHT: Final = frozenset({"凌晨", "清晨"})
_MORNING: Final = frozenset({"早上", "早晨", "早", "上午", "am"})
_NOON: Final = frozenset({"中午", "正午"})
_AFTERNOON: Final = frozenset({"下午", "午后", "傍晚", "pm"})
_EVENING: Final = frozenset({"晚上", "晚间", "晚", "夜里"})
_PERIOD: Final = "(?P<period>凌晨|清晨|早上|早晨|早|上午|中午|正午|下午|午后|傍晚|晚上|晚间|晚|夜里)?"
_CLOCK: Final = (
    r"(?P<h1>\d{1,2})\s*:\s*(?P<n1>\d{2})(?:\s*:\s*(?P<s1>\d{2}(?:\.\d+)?))?"
    r"(?:\s*(?P<half>[ap]m)|\+08:?00)?(?![\d:])"
)
_SPOKEN: Final = (
    rf"(?P<h2>{_NUMBER})\s*[点时](?!建议|意见|要求|共识|问题|内容|方案|措施|间)"
    rf"(?:钟|整|(?P<quarter>半|一刻|三刻)"
    rf"|\s*(?P<n2>{_NUMBER})(?:\s*分(?![析工配发别解])(?:\s*(?P<s2>{_NUMBER})\s*秒)?|(?![\d个天人])))?"
)
_TIME: Final = rf"(?:\s*[T,]?\s*(?P<time>{_PERIOD}\s*(?:{_CLOCK}|{_SPOKEN})))?"
_BEFORE: Final = "前(?![端期置后言景述往]|台(?!账)|提(?![供交出报升前醒]))"
_BY: Final = rf"(?:\s*(?P<by>(?:下班)?(?:之前|以前|{_BEFORE}|为止|止(?!损|付)|内(?![部容外审测控]))|下班))?"
_TAIL: Final = rf"{_WEEKDAY}{_TIME}{_BY}"

_CELL: Final = re.compile(rf"{_PREFIX}(?:{_STRONG}|{_WEAK}){_TAIL}", re.IGNORECASE)
_IN_PROSE: Final = re.compile(rf"{_PREFIX}{_START}(?:{_STRONG}|(?P<weak>{_WEAK})){_TAIL}", re.IGNORECASE)
_RANGE_TAIL: Final = re.compile(rf"\s*[-~–—至到]+\s*{_NUMBER}\s*[日号]")
_ABOUT: Final = re.compile(r"\s*(?:前后|左右|上下)")
_FROM: Final = re.compile(r"\s*(?:之后|以后|后|起)")
_QUARTERS: Final = MappingProxyType({"半": 30, "一刻": 15, "三刻": 45})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date inside a sentence.

    Attributes:
        start: position of its first character in the sentence as typed, a leading ``于`` or ``截至`` included.
        end: position behind its last character, a trailing ``前`` or ``之前`` included.
        text: the characters between.
        form: what they say; impossible dates are found too, and do not resolve.
        is_by: whether it is a limit (``前``, ``之前``, ``止``) rather than a mention.
        is_from: whether it is a beginning (``后``, ``起``) and so no limit.
    """

    start: int
    end: int
    text: str
    form: DateForm
    is_by: bool
    is_from: bool


def read_date_text(text: str) -> DateForm | None:
    """Read a cell that holds one date and nothing else; None if it does not.

    Two-digit years count only with ``年`` (``23年10月18日``); ``23-10-18``, ``12.5`` and bare times of day
    are not dates.
    """
    match = _CELL.fullmatch(fold(text).strip())
    return _form(match) if match else None


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Dates inside prose, left to right, without overlap.

    ``10/18`` and ``20231018`` count here only with a time or a limit behind them (``10/18前``). A range such as
    ``10月18日-20日`` is no single date, and ``10月18日前后`` no certain one: both are left out.
    """
    folded = fold(text)
    found = []
    for match in _IN_PROSE.finditer(folded):
        start, end = match.span()
        is_doubtful = match["weak"] and not (match["by"] or match["time"])
        if is_doubtful or _RANGE_TAIL.match(folded, end) or (not match["by"] and _ABOUT.match(folded, end)):
            continue
        is_by = match["by"] is not None or folded.startswith(("截", "最", "不"), start)
        is_from = not is_by and _FROM.match(folded, end) is not None
        found.append(FoundDate(start, end, text[start:end], _form(match), is_by, is_from))
    return tuple(found)


def _form(match: re.Match[str]) -> DateForm:
    part = match.groupdict()
    year_text = part["y1"] or part["y2"] or part["y3"]
    year = read_numeral(year_text) or 0 if year_text else None
    if year is not None and year_text and len(year_text) == 2:
        year += 2000
    month = part["m1"] or part["m2"] or part["m3"] or part["m4"] or part["m5"]
    day = part["d1"] or part["d2"] or part["d3"] or part["d4"] or part["d5"] or part["d6"]
    weekday = part["w1"] or part["w2"]
    seconds = _seconds(part) if part["time"] else None
    is_clock_wrong = part["time"] is not None and seconds is None
    return DateForm(
        year=year,
        month=read_numeral(month) or 0 if month else None,
        day=0 if is_clock_wrong else read_numeral(day) or 0,
        seconds=seconds,
        weekday=_WEEKDAYS[weekday] if weekday else None,
        year_offset=_YEAR_WORDS[part["yw"]] if part["yw"] else None,
        month_offset=_MONTH_WORDS[part["mw"]] if part["mw"] else None,
    )


def _seconds(part: dict[str, str | None]) -> int | None:
    """Second of the day, None for a clock that does not exist (25:00, 上午13点)."""
    hour = read_numeral(part["h1"] or part["h2"] or "")
    minute = _QUARTERS[part["quarter"]] if part["quarter"] else read_numeral(part["n1"] or part["n2"] or "0")
    second = round(float(part["s1"])) if part["s1"] else read_numeral(part["s2"] or "0")
    if hour is None or minute is None or second is None or minute > 59 or second > 60:
        return None
    hour = _hour_of_day(hour, part["period"], (part["half"] or "").lower())
    if hour is None:
        return None
    seconds = hour * 3600 + minute * 60 + second
    return seconds if seconds <= SECONDS_A_DAY else None


def _hour_of_day(hour: int, period: str | None, half: str) -> int | None:
    word = period or half
    if period and half:
        return None
    if word in _NIGHT:
        return hour % 12 if hour <= 12 else None
    if word in _MORNING:
        return (0 if word == "am" and hour == 12 else hour) if hour <= 12 else None
    if word in _NOON:
        return hour + 12 if hour in (1, 2) else hour if hour in (11, 12, 13) else None
    if word in _AFTERNOON:
        return hour + 12 if 1 <= hour < 12 else hour if 12 <= hour < 20 else None
    if word in _EVENING:
        return hour + 12 if 4 <= hour <= 12 else hour if 16 <= hour <= 24 else None
    return hour if hour <= 24 else None
