"""A notice for 2027, made up but well formed, and a matter that is due across that New Year."""

from __future__ import annotations

from datetime import date, datetime

from tests.builders import emergency

NUMBER = "国办发明电〔2026〕9号"
NOTICE = f"""国务院办公厅关于2027年部分节假日安排的通知
{NUMBER}
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（农历正月初七、周五）放假调休，共8天。1月30日（周六）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月4日
"""
OFF = {(1, day) for day in (1, 2, 3)} | {(2, day) for day in range(5, 13)} | {(4, day) for day in (3, 4, 5)} | {
    (5, day) for day in range(1, 6)} | {(6, 9), (9, 15)} | {(10, day) for day in range(1, 8)}  # fmt: skip
MAKE_UP = {(1, 30), (2, 14), (4, 25), (5, 8), (9, 26), (10, 9)}
DAYS = {date(2027, *each): "休" for each in OFF} | {date(2027, *each): "班" for each in MAKE_UP}

LATE = emergency(state="已解决", discovered_at=datetime(2026, 12, 28, 8), resolved_at=datetime(2026, 12, 30, 10),
                 first_told_at=datetime(2026, 12, 28, 8, 10), reported_at=datetime(2026, 12, 28, 8, 50),
                 plan_approved_at=datetime(2026, 12, 28, 9))  # fmt: skip
"""Its retrospective is due three working days after 30 December."""
