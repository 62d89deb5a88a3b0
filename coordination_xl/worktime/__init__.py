"""Working days and working hours of a Chinese company, vectorised.

A **day** is worked or not as the 节假日 sheet says, and by the plain week where it says nothing; make-up weekends
are full working days. Times are naive Asia/Shanghai; now is never read here. What this room does **not** do: wall-clock
hours, recurrences, lunar dates, guessing holidays that are not announced.
"""

from coordination_xl.worktime.calendar import WorkCalendar
from coordination_xl.worktime.china import china_days

__all__ = ["WorkCalendar", "china_days"]
