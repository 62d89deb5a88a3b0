"""The notices that the year's matters gave rise to, before they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workbooks.demo import clock
from workbooks.demo.roster import head_of

Row = dict[str, object]
_OFFICE = "综合管理部*主管"


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice before it is sent.

    Attributes:
        at: when it was written.
        is_urgent: whether it is read at any hour.
    """

    at: datetime
    kind: str
    source: object
    title: str
    recipients: str
    copies: str = ""
    channel: str = "OA"
    answer: str = "已阅"
    rung: str = ""
    due: str = ""
    is_urgent: bool = False


def drafts(ledgers: dict[str, list[Row]]) -> list[Draft]:
    """What the course of the matters made necessary, over the finished ledgers."""
    return [
        *_of_coordinations(ledgers["Coordination"]),
        *_of_problems(ledgers["Problems"]),
        *_of_meetings(ledgers["Meetings"]),
        *_of_emergencies(ledgers["Emergencies"]),
    ]


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _of_coordinations(rows: list[Row]) -> list[Draft]:
    found = []
    for row in rows:
        raised, title = _moment(row["raised_at"]), row["title"]
        if raised is None or raised.year != clock.YEAR or row["state"] == "草稿":
            continue
        found.append(
            Draft(
                clock.after(raised, 0.5),
                "协调通知",
                row["id"],
                f"关于商请配合“{title}”的通知",
                str(row["receivers"]),
                str(row["initiator"]),
                answer="配合答复",
            )
        )
        agreed, done = _moment(row.get("agreed_at")), _moment(row.get("done_at"))
        if row["version"] == 2.0 and agreed:
            found.append(
                Draft(
                    clock.after(agreed, 16.0),
                    "变更通知",
                    row["id"],
                    f"关于“{title}”完成时限调整的通知",
                    str(row["receivers"]),
                    channel="邮件",
                )
            )
        if row["state"] == "已归档" and done and row["urgency"] == "紧急":
            found.append(
                Draft(
                    clock.after(done, 9.0),
                    "归档通知",
                    row["id"],
                    f"关于“{title}”办结归档的通知",
                    str(row["initiator"]),
                    answer="无",
                    channel="邮件",
                )
            )
    return found


def _of_problems(rows: list[Row]) -> list[Draft]:
    found = []
    for row in rows:
        dispatched, accepted = _moment(row.get("dispatched_at")), _moment(row.get("accepted_at"))
        if dispatched:
            lead = str(row["lead_department"])
            copies = "、".join(str(row[name]) for name in ("leader", "raiser"))
            found.append(
                Draft(
                    dispatched, "问题分派通知", row["id"], f"关于分派“{row['title']}”问题的通知", head_of(lead), copies
                )
            )
        if accepted and row["urgency"] == "紧急":
            found.append(
                Draft(
                    clock.after(accepted, 1.0),
                    "问题解决报告",
                    row["id"],
                    f"关于“{row['title']}”的解决报告",
                    str(row["raiser"]),
                    str(row["leader"]),
                    answer="无",
                    channel="邮件",
                )
            )
    return found


def _of_meetings(rows: list[Row]) -> list[Draft]:
    found = []
    for row in rows:
        notified, signed = _moment(row.get("notified_at")), _moment(row.get("minutes_signed_at"))
        people = str(row["attendees"])
        if notified:
            found.append(
                Draft(
                    clock.after(notified, -0.25),
                    "会议通知",
                    row["id"],
                    f"关于召开{row['title']}的通知",
                    people,
                    str(row["approver"]),
                    answer="回复",
                    channel="邮件",
                )
            )
        if signed:
            found.append(
                Draft(clock.after(signed, 0.25), "会议纪要", row["id"], f"{row['title']}纪要", people, str(row["host"]))
            )
    return found


def _of_emergencies(rows: list[Row]) -> list[Draft]:
    found = []
    for row in rows:
        for name, kind, wording in (
            ("reported_at", "紧急事项报告", "关于“{}”的紧急报告"),
            ("escalated_at", "升级报告", "关于“{}”提请总经理办公会协调的报告"),
        ):
            if at := _moment(row.get(name)):
                to = str(row["leader"]) if kind == "紧急事项报告" else "总经理办公会*秘书"
                found.append(
                    Draft(
                        clock.minutes_later(at, 5),
                        kind,
                        row["id"],
                        wording.format(row["title"]),
                        to,
                        _OFFICE,
                        is_urgent=True,
                    )
                )
        if reviewed := _moment(row.get("reviewed_at")):
            found.append(
                Draft(
                    clock.after(reviewed, 3.0),
                    "复盘报告",
                    row["id"],
                    f"关于“{row['title']}”的复盘报告",
                    str(row["leader"]),
                    str(row["team_head"]),
                    answer="无",
                    channel="邮件",
                )
            )
    return found
