"""The reminders and warnings that have gone out for what is open."""

from __future__ import annotations

from datetime import datetime

from workbooks.demo import clock
from workbooks.demo.drafts import Draft
from workbooks.demo.roster import department_of, head_of, leader_of

Row = dict[str, object]
_LADDER = (("责任人", 1), ("部门负责人", 3), ("分管领导", 5), ("总经理办公会", 10))
_LAST = 10
_KINDS = {"责任人": "逾期预警", "部门负责人": "催办单", "分管领导": "升级报告", "总经理办公会": "升级报告"}
_RESOLUTION_LADDER = (("责任人", 1), ("分管领导", 2), ("总经理办公会", 10))


def reminders(ledgers: dict[str, list[Row]]) -> list[Draft]:
    """Every reminder up to now, over the finished ledgers."""
    return [*_of_late_tasks(ledgers["Tasks"]), *_of_today(ledgers)]


def _of_late_tasks(rows: list[Row]) -> list[Draft]:
    """The rungs that tasks still open have climbed up to yesterday evening."""
    found = []
    for row in rows:
        due = row["deadline"]
        if (
            row["state"] in {"已完成", "已取消", "挂账"}
            or not isinstance(due, datetime)
            or due.date() >= clock.LAST_WORKDAY
        ):
            continue
        who = str(row["responsible"])
        department = department_of(who)
        to = {
            "责任人": who,
            "部门负责人": head_of(department),
            "分管领导": leader_of(department),
            "总经理办公会": "总经理办公会*秘书",
        }
        for rung, workdays in _RESOLUTION_LADDER if str(row["source"]).startswith("HY") else _LADDER:
            day = clock.shift(due, workdays)
            if day <= clock.LAST_WORKDAY:
                at = clock.at_close(day).replace(hour=9, minute=5)
                kind, rule = _KINDS[rung], "A17-决议" if str(row["source"]).startswith("HY") else "B5"
                found.append(
                    Draft(
                        at,
                        kind,
                        row["id"],
                        f"关于“{row['title']}”的{kind}{'（送总经理办公会）' if workdays == _LAST else ''}",
                        to[rung],
                        channel="邮件",
                        rung=rung,
                        due=f"{rule} {due:%Y-%m-%d %H:%M}",
                    )
                )
    return found


def _of_today(ledgers: dict[str, list[Row]]) -> list[Draft]:
    """What was written on the day itself, and the odd ones."""

    def by_title(table: str, title: str) -> Row:
        return next(row for row in ledgers[table] if row["title"] == title)

    late = by_title("Coordination", "客户投诉闭环时限压缩")
    soon = by_title("Tasks", "试行物流投诉直办")
    attendance = by_title("Problems", "考勤系统外勤打卡偏移")
    leads = by_title("Problems", "投放线索重复分配")
    stock = by_title("Emergencies", "主料仓库突发断供")
    counting, checking = by_title("Tasks", "完成差异逐笔复核"), by_title("Tasks", "核查合规记录")
    return [
        Draft(
            datetime(2026, 11, 20, 9, 5),
            "进度催报",
            late["id"],
            f"关于“{late['title']}”的进度催报",
            str(late["follow_up"]),
            str(late["initiator"]),
            "邮件",
            "回复",
        ),
        Draft(
            datetime(2026, 11, 16, 9, 10),
            "进度催报",
            attendance["id"],
            f"关于“{attendance['title']}”的进度催报",
            str(attendance["responsible"]),
            channel="邮件",
            answer="回复",
        ),
        Draft(
            datetime(2026, 11, 20, 9, 10),
            "进度催报",
            leads["id"],
            f"关于“{leads['title']}”的进度催报",
            "数据部*经理",
            channel="邮件",
            answer="回复",
        ),
        Draft(
            datetime(2026, 11, 19, 9, 15),
            "催办单",
            soon["id"],
            f"关于“{soon['title']}”即将到期的提醒",
            str(soon["responsible"]),
            "运营部*专员",
            "即时通讯",
            "回复",
            due="2026-11-20 18:00",
        ),
        Draft(
            datetime(2026, 11, 20, 9, 20),
            "变更通知",
            stock["id"],
            "关于二代网关排产临时调整的通知",
            "生产部*主管、运营部*专员",
            "公司领导*副总经理",
            "即时通讯",
            "回复",
        ),
        Draft(
            datetime(2026, 11, 20, 9, 45),
            "催办单",
            checking["id"],
            f"关于“{checking['title']}”即将到期的提醒",
            str(checking["responsible"]),
            channel="书面",
            answer="回复",
            due="2026-11-20 18:00",
        ),
        Draft(
            datetime(2026, 11, 20, 9, 50),
            "催办单",
            counting["id"],
            f"关于“{counting['title']}”即将到期的提醒",
            str(counting["responsible"]),
            channel="书面",
            answer="回复",
            due="2026-11-24 18:00",
        ),
    ]
