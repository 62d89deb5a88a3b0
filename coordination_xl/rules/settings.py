"""参数, understood: the few values that rules need. Source: SPEC section 3, section 4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coordination_xl.errors import RuleError
from coordination_xl.ledger.folding import fold
from coordination_xl.schema import faults, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coordination_xl.ledger.findings import Finding
    from coordination_xl.ledger.frames import Ledger

_SEGMENT = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~至到]\s*(\d{1,2}:\d{2})")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_SERIAL = re.compile(r"\{序号(?::(?P<width>[1-9]))?\}")
_ESCAPED_SERIAL = re.compile(r"\\\{序号(?::(?P<width>[1-9]))?\\\}")
_WEEKDAYS = "一二三四五六日"
_ALWAYS = "全天"
_DAYS = re.compile(rf"(?:周|星期)(?P<first>[{_WEEKDAYS}]+)(?:[至到~-](?:周|星期)?(?P<last>[{_WEEKDAYS}]))?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What 参数 says.

    Attributes:
        company: name of the company.
        office: the department that coordinates.
        hours: opening segments of a worked day.
        week: worked weekdays, Monday is 0.
        warning_workdays: how many working days before its due time a matter turns 蓝.
        warning_share: the share of a short span that is the window instead.
        id_pattern: how ids are made: ``{前缀}``, ``{年}`` and ``{序号:4}`` with text between.
        sender: name and address that mails are from.
        outbox: folder for notices and reports; a relative one begins at the workbook's own.
        archive: folder for dossiers, likewise.
        is_quiet_after_hours: whether people are reminded in working hours only.
        fresh_workdays: how many working days back a matter may have come up that is noticed without being named.
        smtp: address of the server that mails go out by, without its password; ``""`` leaves drafts.
        imap: address of the mailbox that answers come to, likewise; ``""`` looks at none.
        rate: mails a minute, at most.
    """

    company: str
    office: str
    hours: tuple[tuple[str, str], ...]
    week: tuple[int, ...]
    warning_workdays: int
    warning_share: float
    id_pattern: str
    sender: str
    outbox: str
    archive: str
    is_quiet_after_hours: bool
    fresh_workdays: int
    smtp: str
    imap: str
    rate: int

    @classmethod
    def of(cls, ledger: Ledger) -> Settings:
        """Read the 参数 ledger; a row that is missing or blank means the value a new workbook has.

        Raises:
            RuleError: a value cannot be understood.
        """
        rows = _values(ledger)

        def value(setting: settings.Setting, read: Callable[[str], object]) -> object:
            text = rows.get(setting.key) or setting.value
            try:
                return read(text)
            except ValueError:
                raise RuleError(
                    f"工作表“{ledger.sheet}”的“{setting.key}”", f"取值“{text}”无法理解", f"应像：{setting.value}"
                ) from None

        return cls(**{field: value(setting, read) for field, (setting, read) in _READERS.items()})  # type: ignore[arg-type]


def check_settings(ledger: Ledger) -> list[Finding]:
    """Every value of 参数 that cannot be understood."""
    found = []
    readers = {setting.key: (setting, read) for setting, read in _READERS.values()}
    for row, key, text in zip(ledger.rows, ledger["key"], ledger["value"], strict=True):
        if key not in readers or not text:
            continue
        setting, read = readers[key]
        try:
            read(text)
        except ValueError:
            found.append(ledger.finding(faults.BROKEN_SETTING, int(row), "value", key=key, example=setting.value))
    return found


def _values(ledger: Ledger) -> Mapping[str, str]:
    return dict(zip(ledger["key"], ledger["value"], strict=True))


def read_hours(text: str) -> tuple[tuple[str, str], ...]:
    """Opening segments: ``09:00-12:00、13:30-18:00``.

    Raises:
        ValueError: no segment in it, something besides segments, or segments that overlap or are no times of a day.
    """
    folded = fold(text)
    segments = tuple((start.zfill(5), end.zfill(5)) for start, end in _SEGMENT.findall(folded))
    if not segments or _SEGMENT.sub("", folded).strip("、,;； \n"):
        raise ValueError(text)
    times = [time for segment in segments for time in segment]
    if any(before >= after for before, after in pairwise(times)) or not all(_CLOCK.fullmatch(time) for time in times):
        raise ValueError(text)
    return segments


def read_week(text: str) -> tuple[int, ...]:
    """Weekdays: ``周一、周二`` → ``(0, 1)``; also ``周一至周五``.

    Raises:
        ValueError: something else than weekdays is in it.
    """
    days: set[int] = set()
    for part in re.split(r"[、,;\s]+", fold(text).replace("天", "日").strip()):
        match = _DAYS.fullmatch(part)
        if match is None:
            raise ValueError(text)
        first, last = _WEEKDAYS.index(match["first"][0]), _WEEKDAYS.index(match["last"] or match["first"][-1])
        if match["last"] and (first >= last or len(match["first"]) > 1):
            raise ValueError(text)
        days.update(range(first, last + 1) if match["last"] else map(_WEEKDAYS.index, match["first"]))
    return tuple(sorted(days))


def _read_share(text: str) -> float:
    share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _read_id_pattern(text: str) -> str:
    if text.count("{前缀}") != 1 or len(_SERIAL.findall(text)) != 1:
        raise ValueError(text)
    return text


def id_shape(pattern: str, prefix: str, year: int | None = None) -> re.Pattern[str]:
    """What an id made by ``pattern`` looks like, of one year or of any; the serial may have outgrown its width.

    Its group ``serial`` is the serial number.
    """
    years = r"\d{4}" if year is None else str(year)
    shape = re.escape(pattern).replace(re.escape("{前缀}"), re.escape(prefix)).replace(re.escape("{年}"), years)
    return re.compile(_ESCAPED_SERIAL.sub(lambda serial: rf"(?P<serial>\d{{{serial['width'] or 1},}})", shape))


def id_of(pattern: str, prefix: str, year: int, serial: int) -> str:
    """The id that ``pattern`` makes."""
    filled = pattern.replace("{前缀}", prefix).replace("{年}", str(year))
    return _SERIAL.sub(lambda width: str(serial).zfill(int(width["width"] or 1)), filled)


def id_example(pattern: str, prefix: str) -> str:
    """An id made by ``pattern``, to show how one looks."""
    return id_of(pattern, prefix, 2026, 1)


def _read_quiet(text: str) -> bool:
    if text.strip() not in {settings.QUIET.value, _ALWAYS}:
        raise ValueError(text)
    return text.strip() == settings.QUIET.value


def _read_rate(text: str) -> int:
    rate = _read_count(text)
    if not rate:
        raise ValueError(text)
    return rate


def _read_count(text: str) -> int:
    count = float(text)
    if not count.is_integer() or count < 0:
        raise ValueError(text)
    return int(count)


_READERS: Mapping[str, tuple[settings.Setting, Callable[[str], object]]] = {
    "company": (settings.COMPANY, str),
    "office": (settings.OFFICE, str),
    "hours": (settings.HOURS, read_hours),
    "week": (settings.WEEK, read_week),
    "warning_workdays": (settings.WARNING_WORKDAYS, _read_count),
    "warning_share": (settings.WARNING_SHARE, _read_share),
    "id_pattern": (settings.ID_PATTERN, _read_id_pattern),
    "sender": (settings.SENDER, str),
    "outbox": (settings.OUTBOX, str),
    "archive": (settings.ARCHIVE, str),
    "is_quiet_after_hours": (settings.QUIET, _read_quiet),
    "fresh_workdays": (settings.FRESH, _read_count),
    "smtp": (settings.SMTP, str.strip),
    "imap": (settings.IMAP, str.strip),
    "rate": (settings.RATE, _read_rate),
}
