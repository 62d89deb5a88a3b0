"""So many mails a minute, evenly. Source: SPEC section 3, 参数 每分钟发送."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """Lets one mail go every so many seconds; the first at once.

    Args:
        rate: mails a minute.
        clock: seconds that only run on.
        sleep: waits some seconds.
    """

    def __init__(
        self, rate: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._gap = 60 / rate
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    def __call__(self) -> None:
        """Return when the next mail may go."""
        if (rest := self._next - self._clock()) > 0:
            self._sleep(rest)
        self._next = max(self._next, self._clock()) + self._gap
