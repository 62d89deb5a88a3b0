"""What people type wrongly, and what they do to each other's work: a finding or one line, which says what would be right."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import check, extend, load, open_book, recur, refresh, register, split
from coordination_xl.books import ChangeSet
from coordination_xl.cli import main
from coordination_xl.errors import SaveFailed, UnknownRecord
from tests.builders import coordination, emergency, extension, held, meeting, problem, recurring, task
from tests.flows.office import stage

NOW = datetime(2026, 3, 6, 10, 0)


@stage
def busy(office):
    """An office in which something of everything is under way, on Friday 6 March, ten o'clock."""
    made = office(
        Coordination=[coordination()],
        Problems=[problem()],
        Meetings=[meeting()],
        Emergencies=[emergency()],
        Tasks=[task(source="XT-2026-0001")],
        Recurring=[recurring()],
    )
    return made.at(3, 6, 10, 0)


def one_line(capsys, *words: object) -> str:
    """What a call that cannot be carried out says: one line, and nothing on standard output."""
    capsys.readouterr()
    assert main([*map(str, words), "--now", NOW.isoformat()]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


VERBS = {
    "check": (check, ()),
    "refresh": (lambda book, now: refresh(book, now.replace(hour=17)), ()),
    "split": (split, (("XT-2026-0001",),)),
    "recur": (recur, ()),
}


class TestOverlappingEdits:
    @pytest.mark.parametrize("verb", VERBS)
    def test_what_somebody_saved_meanwhile_is_not_overwritten(self, verb, busy):
        act, arguments = VERBS[verb]
        busy.types("WT-2026-0001", urgency="火急", state="已分派")
        book = open_book(busy.path)
        result = act(book, *arguments, now=busy.now)
        assert result.changes
        busy.types("WT-2026-0001", remarks="客户来电催办")  # a colleague, in Excel
        theirs = busy.path.read_bytes()
        with pytest.raises(SaveFailed, match="文件在打开后被别的程序改过") as refused:
            result.write(book)
        assert busy.path.name in str(refused.value)
        assert busy.path.read_bytes() == theirs
        busy.run(act, *arguments)
        assert busy.sees("WT-2026-0001", "remarks") == ("客户来电催办",)

    def test_a_form_whose_row_somebody_changed_since_is_not_registered(self, busy):
        busy.run(load, "XT-2026-0001")
        busy.fills("CoordinationForm", remarks="依赖月结，已确认")
        busy.types("XT-2026-0001", goal="3月20日前完成联调")
        result = busy.run(register, "协调表")
        assert not result.changes
        assert [found.code for found in result.findings] == ["form-stale"]
        assert "核心目标" in result.findings[0].message
        assert busy.sees("XT-2026-0001", "remarks") == ("依赖月结",)


class TestUnknownIds:
    @pytest.mark.parametrize("verb", ["explain", "load", "split", "extend", "archive"])
    def test_are_refused_by_name_and_with_an_example(self, verb, busy, capsys):
        before = busy.path.read_bytes()
        told = one_line(capsys, verb, busy.path, "XT-2026-9999")
        assert "编号“XT-2026-9999”：在各台账中都找不到" in told
        assert "例：XT-2026-0001" in told
        assert busy.path.read_bytes() == before

    def test_one_unknown_among_known_ones_stops_them_all(self, busy):
        with pytest.raises(UnknownRecord, match="RW-2026-0404"):
            split(open_book(busy.path), ("XT-2026-0001", "RW-2026-0404"), NOW)

    @pytest.mark.parametrize("verb", ["archive", "extend", "explain"])
    def test_ids_of_rows_that_the_verb_is_not_for_are_refused(self, verb, busy, capsys):
        assert "LH-2026-0001" in one_line(capsys, verb, busy.path, "LH-2026-0001")

    def test_a_form_that_is_none_is_refused_with_the_names_of_those_that_are(self, busy, capsys):
        assert "协调表" in one_line(capsys, "register", busy.path, "请假条")

    @pytest.mark.parametrize(
        ("table", "row"),
        [
            ("Tasks", task(id="RW-2026-0002", title="对账", source="XT-2026-0404")),
            (
                "Progress",
                {"source": "XT-2026-0404", "reported_at": NOW, "reporter": "技术部*工程师", "achievement": "过半"},
            ),
        ],
    )
    def test_a_source_that_is_not_there_is_found(self, table, row, busy):
        busy.adds(table, **row)
        (found,) = (each for each in busy.findings() if each.code == "unknown-reference")
        assert found.message == "“来源编号”写的“XT-2026-0404”在台账中找不到"
        assert found.sheet == {"Tasks": "任务跟踪表", "Progress": "进展反馈"}[table]


class TestCircles:
    def test_a_task_that_comes_from_itself_by_way_of_another_is_found(self, office):
        made = office(Tasks=[task(source="RW-2026-0002"), task(id="RW-2026-0002", title="对账", source="RW-2026-0001")])
        made.at(3, 6, 10, 0)
        told = [each.message for each in made.findings() if each.code == "circular-reference"]
        assert told
        assert any("RW-2026-0001" in each and "RW-2026-0002" in each for each in told)
        assert made.sees("RW-2026-0001", "light") == ("绿",)  # and its own clocks run on

    def test_a_task_that_is_its_own_source_is_found(self, office):
        made = office(Tasks=[task(source="RW-2026-0001")])
        made.wait(3, 6, 10)
        assert "circular-reference" in [each.code for each in made.findings()]


class TestPromisesWithoutPeople:
    def test_a_resolution_without_a_person_is_found_and_not_split(self, office):
        words = "1.技术部2026年3月12日前腾出环境；2.更新操作手册"
        made = office(Meetings=[held(state="已分发", resolutions=words, acceptance="腾出环境：独占3天",
                                     minutes_signed_at=datetime(2026, 3, 6, 9))])  # fmt: skip
        made.at(3, 6, 10, 0)
        told = made.warned("HY-2026-0001", "task-without-owner")
        assert told.startswith("“更新操作手册”没有落实到一个责任人，也没有写明完成时限")
        result = made.run(split, ("HY-2026-0001",))
        assert any("更新操作手册" in found.message for found in result.findings if found.is_error)
        assert [row["title"] for row in made.rows("Tasks") if row.get("id")] == ["腾出环境"]

    def test_everybody_is_nobody(self, busy):
        busy.types("RW-2026-0001", responsible="各部门")
        told = busy.warned("RW-2026-0001", "no-single-person")
        assert told == "“责任人”写的“各部门”没有落实到一个人。写明部门和一个人，例：财务部*会计"


class TestTooLate:
    def test_an_extension_after_the_due_time_is_found_and_changes_nothing(self, office):
        late = {"applied_at": datetime(2026, 3, 5, 9), "current_due": datetime(2026, 3, 4, 18), "decision": "同意",
                "new_due": datetime(2026, 3, 9, 18), "approver": "技术部*经理", "decided_at": datetime(2026, 3, 5, 15)}  # fmt: skip
        made = office(Problems=[problem(deadline=datetime(2026, 3, 4))], Extensions=[extension(**late)])
        made.at(3, 6, 10, 0)
        assert "最迟应在 2026-03-04 18:00 以前申请延期" in made.warned("YQ-2026-0001", "extension-too-late")
        before = made.path.read_bytes()
        assert not made.run(extend, ()).changes
        assert made.path.read_bytes() == before


class TestJumps:
    @pytest.mark.parametrize(
        ("record", "state", "allowed"),
        [
            ("XT-2026-0001", "已归档", "“执行中”之后只能是：已完成、沟通中"),
            ("WT-2026-0001", "已办结", "“处理中”之后只能是：待验收"),
            ("HY-2026-0001", "已分发", "“已通知”之后只能是：已召开"),
            ("JJ-2026-0001", "已复盘", "“方案执行”之后只能是：已升级、已解决"),
            ("RW-2026-0001", "已完成", "“进行中”之后只能是：待验收、挂账、已取消"),
        ],
    )
    def test_say_what_is_allowed_and_are_not_forgotten(self, record, state, allowed, busy):
        busy.types(record, state=state)
        assert busy.warned(record, "state-jump").endswith(allowed)
        busy.at(3, 6, 11, 0)
        assert busy.warned(record, "state-jump").endswith(allowed)

    def test_a_state_that_nobody_knows_is_told_with_those_that_there_are(self, busy):
        busy.types("RW-2026-0001", state="差不多了")
        assert "待办、进行中、待验收、已完成、挂账、已取消" in busy.warned("RW-2026-0001", "not-in-vocabulary")


class TestNothingIsEvaluated:
    @pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-见附件", "@各位", "{{ 7*7 }}", "<b>急</b>"])
    def test_what_looks_like_code_stays_the_text_it_is(self, text, busy):
        busy.types("XT-2026-0001", goal=text)
        busy.run(check, fix=True)
        busy.run(load, "XT-2026-0001")
        assert busy.sees("XT-2026-0001", "goal") == (text,)
        assert busy.form("CoordinationForm", "goal") == (text,)


def test_an_empty_change_of_mind_writes_nothing(busy):
    before = busy.path.read_bytes()
    open_book(busy.path).apply(ChangeSet())
    assert busy.path.read_bytes() == before
