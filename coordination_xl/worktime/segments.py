"""Opening segments: the parts of one day in which work is done.

Segments are kept as pairs of seconds since midnight, ordered and apart: ``((32400, 43200), (48600, 64800))`` is
09:00–12:00 and 13:30–18:00. They stay inside one day; ``24:00`` may end the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from coordination_xl.errors import CalendarError

Clock = str | time
Segments = tuple[tuple[int, int], ...]

_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")
_END_OF_DAY = 86_400


def read_segments(given: Iterable[Iterable[Clock]], where: str) -> Segments:
    """Read the opening segments of a day.

    Args:
        given: ``(opening, closing)`` pairs, each ``"HH:MM"``, ``"HH:MM:SS"`` or :class:`datetime.time`.
        where: what to call these hours in an error, in Chinese.

    Returns:
        The same segments in seconds since midnight.

    Raises:
        CalendarError: there is no segment; one is empty or ends before it starts; two overlap or are out of order; a
            time cannot be read.

    Source: SPEC section 4.
    """
    segments: list[tuple[int, int]] = []
    for pair in given if isinstance(given, Iterable) and not isinstance(given, str) else [given]:
        ends = list(pair) if isinstance(pair, Iterable) and not isinstance(pair, str) else []
        if len(ends) != 2:
            raise _unusable(where, f"时段 {pair!r} 不是“开始、结束”两个时间")
        opening, closing = (_seconds(clock, where) for clock in ends)
        if closing <= opening:
            raise _unusable(where, f"时段 {_text(opening)}–{_text(closing)} 的结束不晚于开始")
        if segments and opening < segments[-1][1]:
            earlier = f"{_text(segments[-1][0])}–{_text(segments[-1][1])}"
            raise _unusable(where, f"时段 {earlier} 与 {_text(opening)}–{_text(closing)} 重叠或次序颠倒")
        segments.append((opening, closing))
    if not segments:
        raise _unusable(where, "没有任何工作时段")
    return tuple(segments)


def worked_seconds(segments: Segments) -> int:
    """Seconds worked on a day with these segments."""
    return sum(closing - opening for opening, closing in segments)


def _seconds(clock: Clock, where: str) -> int:
    if isinstance(clock, time):
        if clock.tzinfo is not None or clock.microsecond:
            raise _unusable(where, f"时间 {clock} 带有时区或不足一秒的部分")
        return clock.hour * 3600 + clock.minute * 60 + clock.second
    found = _CLOCK.fullmatch(clock.strip()) if isinstance(clock, str) else None
    if found is None:
        raise _unusable(where, f"时间 {clock!r} 无法识别")
    hour, minute, second = (int(part or 0) for part in found.groups())
    seconds = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or seconds > _END_OF_DAY:
        raise _unusable(where, f"时间 {clock!r} 不在 00:00 至 24:00 之间")
    return seconds


def _text(seconds: int) -> str:
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")


def _unusable(where: str, what: str) -> CalendarError:
    return CalendarError(where, what, "请按“09:00–12:00、13:30–18:00”的样子依次填写同一天内的时段")
