"""A notice from its row to its answer: written, sent by a real server, answered by mail, chased rung by rung.

March 2026 has no days off but Saturdays and Sundays; the 2nd is a Monday. Working hours are 09:00–12:00 and 13:30–18:00.
"""

from __future__ import annotations

import email
import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from coordination_xl import open_book, receipts, remind, run
from coordination_xl.actions.batch import Errand, carry_out
from tests.builders import CONTACTS, meeting, problem, settings, task
from tests.dispatch.post_office import opened
from tests.flows.office import Office

STAFF = [row | {"email": f"p{place}@example.com"} for place, row in enumerate(CONTACTS)]
ADDRESS = {f"{row['department']}*{row['person']}": row["email"] for row in STAFF}
WT, RW = "WT-2026-0001", "RW-2026-0001"
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def post():
    with opened() as server:
        yield server


@pytest.fixture
def office(tmp_path, post):
    """An office whose 参数 name the server, and how many mails a minute go out: more than a test has."""

    def make(**tables: object) -> Office:
        told = settings(发信服务器=post.url, 每分钟发送="6000")
        return Office(tmp_path / "协调.xlsx", Contacts=STAFF, Settings=told, **tables)

    return make


def runs(made: Office, *when: int):
    """The timetable calls ``run``."""
    made.wait(*when)
    outcome = carry_out(Errand(made.path, made.now, actor="定时"))
    assert outcome.error is None
    return outcome


def answers(made: Office, text: bytes, who: str, words: str) -> None:
    """Somebody presses reply; the mail is laid into the folder 回信."""
    asked = email.message_from_bytes(text, policy=policy.default)
    reply = EmailMessage()
    reply["From"], reply["To"] = ADDRESS[who], asked["From"]
    reply["Subject"], reply["In-Reply-To"] = f"回复: {asked['Subject']}", asked["Message-ID"]
    reply["Date"] = format_datetime(made.now.replace(tzinfo=SHANGHAI))
    reply["Message-ID"] = f"<{made.now:%H%M}-{ADDRESS[who]}>"
    reply.set_content(f"{words}\n\n发件人: 综合管理部\n主题: {asked['Subject']}\n")
    folder = made.path.with_name("回信")
    folder.mkdir(exist_ok=True)
    folder.joinpath(f"{len(list(folder.iterdir()))}.eml").write_bytes(bytes(reply))


def reads(made: Office):
    """Somebody runs 回执 over the folder."""
    result = receipts(open_book(made.path), made.now, source=made.path.with_name("回信"))
    result.write(open_book(made.path))
    return result


def sent(post) -> list[tuple[str, tuple[str, ...]]]:
    """Kind and recipients of all that the server has got."""
    texts = [email.message_from_bytes(text, policy=policy.default) for text in post.texts]
    people = [recipients for _, recipients in post.received]
    return [(re.search(r"【(.*?)】", str(each["Subject"]))[1], to) for each, to in zip(texts, people, strict=True)]


@pytest.fixture
def assigned(office) -> Office:
    row = problem(state="已分派", dispatched_at=datetime(2026, 3, 2, 10), deadline=datetime(2026, 3, 11))
    return office(Problems=[row])


class TestAssignment:
    """A9: dispatched to the responsible department, confirmed as read."""

    def test_goes_out_with_the_first_run_and_never_again(self, assigned, post):
        runs(assigned, 3, 2, 11)
        (mail,) = post.texts
        assert str(email.message_from_bytes(mail, policy=policy.default)["Subject"]).startswith("【问题分派通知】")
        for hour in (12, 14, 16):
            outcome = runs(assigned, 3, 2, hour)
            assert not outcome.result.notices
        assert len(post.received) == 1

    def test_the_row_says_sent_and_then_read(self, assigned, post):
        runs(assigned, 3, 2, 11)
        (row,) = assigned.rows("Dispatch")
        assert (row["state"], row["sent_at"].replace(second=0)) == ("已发送", datetime(2026, 3, 2, 11))
        assigned.wait(3, 2, 15, 30)
        answers(assigned, post.texts[0], row["recipients"].split("、")[0], "已阅")
        reads(assigned)
        (row,) = assigned.rows("Dispatch")
        assert (row["state"], row["read_at"]) == ("已阅", datetime(2026, 3, 2, 15, 30))
        assert not reads(assigned).changes

    def test_who_does_not_confirm_is_chased_the_day_after_the_next(self, assigned, post):
        """Sent on Monday: due on Tuesday's close; late on Wednesday."""
        runs(assigned, 3, 2, 11)
        assigned.reports(WT, "方案已定")
        runs(assigned, 3, 3, 17)
        assert len(post.received) == 1
        runs(assigned, 3, 4, 9, 30)
        kinds = Counter(row["kind"] for row in assigned.rows("Dispatch"))
        assert kinds["催办单"] == 1
        (chased,) = (row for row in assigned.rows("Dispatch") if row["kind"] == "催办单")
        assert chased["recipients"] == assigned.rows("Dispatch")[0]["recipients"]

    def test_progress_told_by_reply_is_a_row_of_feedback(self, assigned, post):
        runs(assigned, 3, 2, 11)
        runs(assigned, 3, 5, 9, 30)  # two working days without a word
        urged = [text for text, (kind, _) in zip(post.texts, sent(post), strict=True) if "预警" in kind]
        assert urged
        to = assigned.rows("Dispatch")[-1]["recipients"]
        assigned.wait(3, 5, 10)
        answers(assigned, urged[-1], to, f"{WT} 已联系仓库清点，周五给出方案。")  # several matters: one is named
        reads(assigned)
        (row,) = assigned.rows("Progress")
        assert (row["source"], row["reported_at"]) == (WT, datetime(2026, 3, 5, 10))
        assert "已联系仓库清点，周五给出方案。" in row["achievement"]
        assert assigned.at(3, 5, 11).sees(WT, "light") != ("黄",)


class TestLadder:
    """责任人 at once, 部门负责人 after three working days, 分管领导 after five, 总经理办公会 after ten; each once."""

    @pytest.fixture
    def late(self, office) -> Office:
        row = task(id=RW, deadline=datetime(2026, 3, 6), created_at=datetime(2026, 3, 2, 9))
        return office(Tasks=[row])

    def rungs(self, made: Office) -> list[str]:
        own = [row for row in made.rows("Dispatch") if row["due_version"].startswith("B5 ")]
        return [row.get("rung", "") for row in own]

    def test_is_climbed_as_the_days_go_by(self, late):
        told = []
        for day, rungs in (
            (6, [""]),  # Friday, due this evening: 蓝
            (9, ["", "责任人"]),  # one working day late
            (10, ["", "责任人"]),
            (11, ["", "责任人", "部门负责人"]),
            (13, ["", "责任人", "部门负责人", "分管领导"]),
            (20, ["", "责任人", "部门负责人", "分管领导", "总经理办公会"]),
            (23, ["", "责任人", "部门负责人", "分管领导", "总经理办公会"]),
        ):
            late.reports(RW, "在办")
            runs(late, 3, day, 9, 30)
            told.append((self.rungs(late), rungs))
        assert [found for found, _ in told] == [wanted for _, wanted in told]

    def test_nothing_is_told_in_the_evening_or_on_sunday(self, late):
        late.wait(3, 8, 10)
        result = remind(open_book(late.path), late.now)
        assert not result.notices
        assert result.summary["held"] == 1
        late.wait(3, 9, 19)
        assert not remind(open_book(late.path), late.now).notices

    def test_while_it_is_paused_nothing_is_told(self, late):
        late.types(RW, state="挂账", pause_reason="等待预算", paused_at=datetime(2026, 3, 5, 10))
        runs(late, 3, 11, 9, 30)
        assert not late.rows("Dispatch")

    def test_a_rule_that_is_switched_off_tells_nothing(self, late):
        late.switches_off("B5")
        late.reports(RW, "在办")
        runs(late, 3, 11, 9, 30)
        assert not self.rungs(late)


class TestMeeting:
    """A14: an invitation with its calendar, answered by those who come and those who do not."""

    def test_replies_become_the_attendance(self, office, post):
        row = meeting(
            state="已批准",
            starts_at=datetime(2026, 3, 12, 14),
            applied_at=datetime(2026, 3, 2, 9),
            approved_at=datetime(2026, 3, 3, 9),
            notified_at=None,
            place="第一会议室",
            attendees="技术部*工程师、财务部*会计",
            host="技术部*经理",
            recorder="技术部*工程师",
        )
        made = office(Meetings=[row])
        runs(made, 3, 3, 10)
        assert made.sees(row["id"], "notified_at")[0].date() == datetime(2026, 3, 3).date()
        made.wait(3, 4, 9)
        answers(made, post.texts[0], "技术部*工程师", "参加。")
        answers(made, post.texts[0], "财务部*会计", "月底结账，请假。")
        reads(made)
        rsvp, detail = made.sees(row["id"], "rsvp", "rsvp_detail")
        assert rsvp == "有人请假"
        assert "财务部*会计" in detail


def test_when_the_server_is_down_the_notices_wait_and_the_rest_goes_on(office, post):
    row = problem(state="已分派", dispatched_at=datetime(2026, 3, 2, 10), deadline=datetime(2026, 3, 11))
    made = office(Problems=[row])
    post.on_mail = lambda _: "451 try later"
    made.wait(3, 2, 11)
    result = run(open_book(made.path), made.now)
    result.write(open_book(made.path))
    assert [each["state"] for each in made.rows("Dispatch")] == ["待发送"]
    post.on_mail = lambda _: None
    runs(made, 3, 2, 12)
    assert [each["state"] for each in made.rows("Dispatch")] == ["已发送"]


class TestWhatHasMovedOn:
    """A notice that waited is judged anew before it goes out."""

    def waiting(self, made: Office, *when: int) -> None:
        """Notices are written, and nobody sends them yet."""
        made.wait(*when)
        run(open_book(made.path), made.now).write(open_book(made.path))

    def test_content_does_not_go_to_who_may_not_read_it_any_more(self, assigned, post):
        self.waiting(assigned, 3, 2, 11)
        assigned.types(WT, confidentiality="机密")
        runs(assigned, 3, 2, 12)
        (row, *anew) = assigned.rows("Dispatch")
        assert (row["state"], post.received) == ("失败", []) or not anew
        assert "机密" in row["failure"]
        assert not any("退货" in text.decode(errors="ignore") for text in post.texts)

    def test_a_reminder_of_a_matter_that_is_paused_by_now_stays(self, office, post):
        made = office(Tasks=[task(id=RW, deadline=datetime(2026, 3, 6), created_at=datetime(2026, 3, 2, 9))])
        self.waiting(made, 3, 9, 10)
        made.types(RW, state="挂账", pause_reason="等待预算", paused_at=datetime(2026, 3, 9, 10, 30))
        runs(made, 3, 9, 11)
        assert not post.received
        assert {row["state"] for row in made.rows("Dispatch")} == {"失败"}
        assert "挂账" in made.rows("Dispatch")[0]["failure"]

    def test_a_reminder_by_a_rule_that_is_gone_by_now_stays(self, office, post):
        made = office(Tasks=[task(id=RW, deadline=datetime(2026, 3, 6), created_at=datetime(2026, 3, 2, 9))])
        made.reports(RW, "在办")
        self.waiting(made, 3, 9, 10)
        made.switches_off("B5")
        runs(made, 3, 9, 11)
        assert not post.received
