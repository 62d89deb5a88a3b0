"""代办人: who acts for somebody who is on leave."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from coordination_xl import check, explain, refresh
from coordination_xl.ledger.directories import Directory
from coordination_xl.rules.people.delegates import Delegates
from tests.builders import NOW, book, coordination, dispatch, ledger_of, problem, task

A, B, C = "技术部*甲", "技术部*乙", "财务部*丙"


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour)


def person(name: str, delegate: str | None = None, first: object = None, last: object = None) -> dict[str, object]:
    department, title = name.split("*")
    row = {"department": department, "person": title, "role": "员工", "delegate": delegate}
    return row | {"leave_from": first, "leave_to": last}


def told(text: str, *people: dict[str, object], now: datetime = NOW) -> str:
    contacts = ledger_of("Contacts", *people)
    return Delegates.of(contacts, Directory.of(contacts.frame)).named(pd.Series([text]), now.date()).iloc[0]


def findings(*people: dict[str, object], now: datetime = NOW, **tables: object) -> list[tuple[str, str]]:
    found = check(book(Contacts=people, **tables), now).findings
    return [(each.code, each.message) for each in found if each.table == "Contacts"]


class TestLeave:
    @pytest.mark.parametrize(("day", "is_away"), [(3, False), (4, True), (5, True), (6, True), (7, False)])
    def test_lasts_from_its_first_to_its_last_day(self, day, is_away):
        people = (person(A, B, at(4), at(6)), person(B))
        expected = f"{A}（休假，代办：{B}）" if is_away else A
        assert told(A, *people, now=at(day, 23)) == told(A, *people, now=at(day)) == expected

    def test_without_a_last_day_goes_on(self):
        assert told(A, person(A, B, at(4)), person(B), now=datetime(2027, 1, 1)) == f"{A}（休假，代办：{B}）"

    def test_is_of_whole_days(self):
        assert told(A, person(A, B, at(6, 14), at(6, 15)), person(B), now=at(6)) == f"{A}（休假，代办：{B}）"

    def test_without_a_first_day_is_none(self):
        assert told(A, person(A, B, None, at(9)), person(B)) == A

    def test_may_be_one_of_two(self):
        people = (person(A, B, at(2), at(3)), person(A, C, at(5), at(9)), person(B), person(C))
        assert told(A, *people) == f"{A}（休假，代办：{C}）"
        assert told(A, *people, now=at(4)) == A


class TestActing:
    def test_is_the_last_of_those_on_leave(self):
        people = (person(A, B, at(4)), person(B, C, at(4)), person(C))
        assert told(A, *people) == f"{A}（休假，代办：{C}）"

    @pytest.mark.parametrize(
        "people",
        [
            (person(A, None, at(4)),),
            (person(A, B, at(4)),),
            (person(A, A, at(4)),),
            (person(A, B, at(4)), person(B, None, at(4))),
            (person(A, B, at(4)), person(B, A, at(4))),
            (person(A, B, at(4)), person(B, C, at(4)), person(C, B, at(4))),
            (person(A, "技术部", at(4)), person(B)),
            (person(A, f"{B}、{C}", at(4)), person(B), person(C)),
        ],
        ids=["none", "a stranger", "oneself", "away too", "each other", "a circle behind", "a department", "two"],
    )
    def test_nobody_is_said_so(self, people):
        assert told(A, *people) == f"{A}（休假，无代办人）"

    def test_is_known_by_an_alias_of_the_department_too(self):
        away = person(A, "研发部乙", at(4)) | {"department_aliases": "研发部"}
        assert told("研发部甲", away, person(B)) == f"研发部甲（休假，代办：{B}）"

    def test_each_of_several_is_told(self):
        people = (person(A, B, at(4)), person(B), person(C))
        assert told(f"{C}；{A}", *people) == f"{C}、{A}（休假，代办：{B}）"

    @pytest.mark.parametrize("text", ["", "技术部", "某某", "各部门", f"{B}，{C}"])
    def test_everything_else_stays_as_it_is(self, text):
        assert told(text, person(A, B, at(4)), person(B), person(C)) == text

    def test_keeps_the_index(self):
        contacts = ledger_of("Contacts", person(A, B, at(4)), person(B))
        texts = pd.Series([B, A, A], index=[7, 3, 9])
        answer = Delegates.of(contacts, Directory.of(contacts.frame)).named(texts, NOW.date())
        assert (list(answer.index), answer[3], answer[7]) == ([7, 3, 9], f"{A}（休假，代办：{B}）", B)


class TestShown:
    PEOPLE = (person(A, B, at(4)), person(B))

    def test_on_the_red_list_and_in_the_summary(self):
        made = book(
            blocks=True,
            Tasks=[task(responsible=A, deadline=at(5)), task(id="RW-2026-0002", responsible=B)],
            Contacts=self.PEOPLE,
        )
        result = refresh(made, NOW)
        assert [each["who"] for each in result.summary["worst"]] == [f"{A}（休假，代办：{B}）"]
        assert any(f"{A}（休假，代办：{B}）" in block.new for block in result.changes.blocks)

    def test_in_the_explanation(self):
        away, there = (
            explain(book(Tasks=[task(responsible=who)], Contacts=self.PEOPLE), "RW-2026-0001", NOW) for who in (A, B)
        )
        assert (away.answers, away.is_answering_away) == (f"{A}（休假，代办：{B}）", True)
        assert (there.answers, there.is_answering_away) == (B, False)

    def test_in_the_explanation_of_a_dispatch(self):
        made = book(Dispatch=[dispatch(recipients=A, answer_needed="回复")], Contacts=self.PEOPLE)
        assert explain(made, "TZ-2026-0001", NOW).answers == f"{A}（休假，代办：{B}）"


class TestCheck:
    def test_leave_that_ends_before_it_begins(self):
        assert [code for code, _ in findings(person(A, B, at(5), at(4)), person(B))] == ["date-order"]

    @pytest.mark.parametrize(
        "people", [(person(A, B), person(B, A)), (person(A, B, at(4), at(9)), person(B, A, at(10)))]
    )
    def test_two_may_stand_in_for_each_other_while_one_is_there(self, people):
        assert findings(*people) == []

    def test_not_while_both_are_away_now_or_later(self):
        people = (person(A, B, at(9), at(12)), person(B, A, at(11), at(13)))
        ways = [f"{A} → {B} → {A}", f"{B} → {A} → {B}"]
        assert findings(*people) == [
            ("unusable-delegate", f"“代办人”写的“{other}”与本人同时休假，代办绕回了自己：{way}")
            for other, way in zip((B, A), ways, strict=True)
        ]
        assert findings(*people, now=datetime(2026, 3, 14)) == []

    def test_one_who_leads_into_a_circle_is_not_in_it(self):
        people = (person(A, B, at(4)), person(B, C, at(4)), person(C, B, at(4)))
        assert [message for code, message in findings(*people) if A in message.partition("绕回")[2]] == []
        assert len(findings(*people)) == 2

    @pytest.mark.parametrize("delegate", ["技术部", f"{B}、{C}", "大家"])
    def test_is_one_person(self, delegate):
        assert [code for code, _ in findings(person(A, delegate), person(B), person(C))] == ["unusable-delegate"]

    def test_is_somebody_of_the_contacts(self):
        assert [code for code, _ in findings(person(A, "技术部*丁"))] == ["unknown-person"]
        assert [code for code, _ in findings(person(A, "法务部*丁"))] == ["unknown-department"]

    def test_nobody_for_open_matters_is_told_and_which(self):
        rows = [task(id=f"RW-2026-{n:04}", responsible=A) for n in range(1, 5)]
        tables = {"Tasks": [*rows, task(id="RW-2026-0005", responsible=A, state="已完成", done_at=at(5))]}
        ((code, message),) = findings(person(A, None, at(4), at(9)), **tables)
        assert code == "nobody-acts"
        assert "（2026-03-04 至 2026-03-09），名下有 4 件未办结（RW-2026-0001、RW-2026-0002、RW-2026-0003…）" in message

    def test_nobody_where_nothing_is_open_is_fine(self):
        assert findings(person(A, None, at(4)), Problems=[problem(state="草稿", responsible=A)]) == []
        assert findings(person(A, None, at(7)), Tasks=[task(responsible=A)]) == [], "not away yet"
        assert findings(person(A, B, at(4)), person(B), Tasks=[task(responsible=A)]) == []

    def test_a_coordination_is_answered_for_by_its_initiator(self):
        tables = {"Coordination": [coordination(initiator=A)]}
        assert [code for code, _ in findings(person(A, None, at(4)), **tables)] == ["nobody-acts"]

    @pytest.mark.parametrize(
        ("email", "is_fine"),
        [
            ("a@b.cn", True), ("kefu.jl+x@mail.example.com", True), ("客服@例子.公司", True), ("oa@intranet", True),
            ("王芳 <w@b.cn>", True), ("ａ＠ｂ．ｃｎ", True), ("", True),
            ("a.b.cn", False), ("a@", False), ("@b.cn", False), ("a@@b.cn", False), ("a b@c.cn", False), ("a@b..cn", False),
            ("a@b.cn、c@d.cn", False), ("a@.cn", False), ("<a@b.cn", False),
        ],
    )  # fmt: skip
    def test_an_address_is_what_a_mail_server_takes(self, email, is_fine):
        found = [code for code, _ in findings(person(A) | {"email": email})]
        assert found == ([] if is_fine else ["malformed-email"])
