"""The journal of sending: what it keeps, and what a crash leaves of it."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta

import pytest

from coordination_xl.dispatch.sending.history import History
from coordination_xl.dispatch.sending.journal import (
    DATA,
    DEFERRED,
    INTENT,
    NAME,
    RECORDED,
    REFUSED,
    SENT,
    Event,
    Journal,
    Notice,
    read_journal,
)
from coordination_xl.dispatch.sending.outbox import LOCK, Outbox
from coordination_xl.dispatch.sending.pace import Pace
from coordination_xl.errors import JournalDamaged, JournalUnwritable, SendingElsewhere

NOW = datetime(2026, 3, 6, 10, 0)
NOTICE = Notice(
    "TZ-2026-0001", "催办单", "RW-2026-0001", "部门负责人", "A17 2026-03-05 18:00", "关于“退货\n积压”的催办单", "台账"
)
EVENTS = (
    Event(NOW, INTENT, "<1@x>", ("a@x", "b@x"), "台账/1.eml", (NOTICE,)),
    Event(NOW, DATA, "<1@x>", ("a@x", "b@x")),
    Event(NOW + timedelta(seconds=1), SENT, "<1@x>", ("a@x",), words="250 ok"),
    Event(NOW + timedelta(seconds=1), REFUSED, "<1@x>", ("b@x",), words="550 “不”"),
    Event(NOW + timedelta(seconds=9), RECORDED, "<1@x>", notices=(NOTICE,)),
)


def written(folder, events=EVENTS):
    with Journal(folder) as journal:
        for event in events:
            journal.append(event)
    return folder / NAME


def test_what_is_written_is_read_again(tmp_path):
    written(tmp_path)
    assert read_journal(tmp_path) == EVENTS
    assert Journal(tmp_path).past == EVENTS


def test_each_event_is_a_line_and_earlier_lines_never_change(tmp_path):
    before = written(tmp_path, EVENTS[:2]).read_bytes()
    after = written(tmp_path, EVENTS[2:]).read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == len(EVENTS)


def test_no_journal_is_no_past(tmp_path):
    assert read_journal(tmp_path) == ()


@pytest.mark.parametrize("length", range(1, len(EVENTS[1].line)))
def test_of_a_last_line_cut_anywhere_all_or_nothing_is_left(tmp_path, length):
    path = tmp_path / NAME
    path.write_bytes(EVENTS[0].line + EVENTS[1].line[:length])
    is_whole = length == len(EVENTS[1].line) - 1  # but for the line's end
    kept = EVENTS[: 1 + is_whole]
    assert read_journal(tmp_path) == kept
    assert path.read_bytes().endswith(EVENTS[1].line[:length])  # reading does not mend
    written(tmp_path, EVENTS[2:3])
    assert read_journal(tmp_path) == (*kept, EVENTS[2])


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b"null", b"\0\0\0", b'{"at": "2026-03-06T10:00:00", "event": "eaten", "mail": "<1@x>"}',
     b'{"at": "yesterday", "event": "sent", "mail": "<1@x>"}', b'{"at": "2026-03-06T10:00:00", "event": "sent", "mail": 1}',
     b'{"at": "2026-03-06T10:00:00", "event": "intent", "mail": "<1@x>", "notices": [{"id": "TZ"}]}', b"\xff\xfe"],
)  # fmt: skip
def test_a_damaged_line_stops_everything_and_is_named(tmp_path, line):
    (tmp_path / NAME).write_bytes(EVENTS[0].line + line + b"\n" + EVENTS[1].line)
    for opening in (read_journal, Journal, lambda folder: Outbox(folder).past()):
        with pytest.raises(JournalDamaged, match="第 2 行"):
            opening(tmp_path)


def test_a_journal_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(JournalUnwritable), Outbox(tmp_path / "outbox").journal():
        pass


def hold(folder, is_held, may_end):
    with Outbox(folder).journal():
        is_held.set()
        may_end.wait(30)


def test_one_process_at_a_time_writes_and_a_killed_one_lets_go(tmp_path):
    context = multiprocessing.get_context("spawn")
    is_held, may_end = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path, is_held, may_end))
    other.start()
    assert is_held.wait(60)
    with pytest.raises(SendingElsewhere), Outbox(tmp_path).journal():
        pass
    other.kill()
    other.join()
    with Outbox(tmp_path).journal() as journal:
        journal.append(EVENTS[0])
    assert read_journal(tmp_path) == EVENTS[:1]
    assert {each.name for each in tmp_path.iterdir()} <= {NAME, LOCK}


class TestHistory:
    def deed(self, *events, notice=NOTICE, mail="<1@x>", to="a@x", excused=""):
        return History(events).deed(notice, mail, to, excused)

    def test_an_intent_is_no_deed(self):
        assert self.deed(EVENTS[0]) is None

    def test_text_without_an_answer_is_uncertain_and_with_a_yes_certain(self):
        assert not self.deed(*EVENTS[:2]).is_certain
        certain = self.deed(*EVENTS[:3])
        assert (certain.is_certain, certain.at, certain.notice.id) == (True, NOW + timedelta(seconds=1), "TZ-2026-0001")

    @pytest.mark.parametrize("answer", [REFUSED, DEFERRED])
    def test_a_no_or_a_later_makes_it_undone(self, answer):
        assert self.deed(*EVENTS[:2], Event(NOW, answer, "<1@x>", ("a@x",))) is None
        assert self.deed(*EVENTS[:2], Event(NOW, answer, "<1@x>", ("b@x",))) is not None

    def test_an_uncertain_one_is_excused_by_its_moment_and_a_certain_one_by_nothing(self):
        assert self.deed(*EVENTS[:2], excused="2026-03-06 10:00:00 发给 a@x 时没有等到答复") is None
        assert self.deed(*EVENTS[:2], excused="2026-03-06 10:00:01 发给 a@x 时没有等到答复") is not None
        assert self.deed(*EVENTS[:3], excused="2026-03-06 10:00:01") is not None

    def test_it_is_known_whose_workbook_lacks_it(self):
        assert list(History(EVENTS[:2]).unrecorded()) == []
        assert list(History(EVENTS[:4]).unrecorded()) == [("<1@x>", NOTICE)]
        assert list(History(EVENTS).unrecorded()) == []


class TestPace:
    def test_the_first_goes_at_once_and_the_others_at_even_gaps(self):
        time, naps = [100.0], []

        def sleep(seconds):
            naps.append(seconds)
            time[0] += seconds

        pace = Pace(30, lambda: time[0], sleep)
        for _ in range(3):
            pace()
        assert naps == [2.0, 2.0]

    def test_time_that_passed_anyway_counts_and_is_not_saved_up(self):
        time, naps = [0.0], []
        pace = Pace(60, lambda: time[0], naps.append)
        pace()
        time[0] = 10
        pace()
        assert naps == []
        pace()
        assert naps == [1.0]
