"""The promise: whatever kills the sender, nobody gets a notice twice, and none is lost without a report. Source: SPEC section 5."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from coordination_xl.actions.send import send
from coordination_xl.books import open_book
from tests.builders import row_of
from tests.dispatch.doomed import CERTAIN, DOUBTFUL, STEPS
from tests.dispatch.post_office import NOW, opened, with_mails

ROOT = Path(__file__).parents[2]
MAILS = 3
SECOND = f"TZ-2026-{2:04}"


@pytest.fixture
def office():
    with opened() as server:
        yield server


def killed(path, office, step, number):
    call = [sys.executable, "-m", "tests.dispatch.doomed", str(path), office.url, step, str(number)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode in (-signal.SIGKILL, 0), done.stderr.decode()
    return done.returncode == -signal.SIGKILL


def sent_again(path, office):
    book = open_book(path)
    result = send(book, NOW, smtp=office.url).deliver(book, clock=lambda: NOW)
    result.write(book)
    return result


def states(path, count=MAILS):
    book = open_book(path)
    return [row_of(book, f"TZ-2026-{number:04}")["state"] for number in range(1, count + 1)]


def copies(office):
    """How many of each mail are in somebody's mailbox."""
    return Counter(office.got)


@pytest.mark.parametrize("step", CERTAIN)
def test_killed_before_the_dot_the_mail_goes_out_next_time(tmp_path, office, step):
    path = with_mails(tmp_path, MAILS)
    assert killed(path, office, step, 2)
    assert len(office.got) == (0 if step == "connect" else 1)
    result = sent_again(path, office)
    assert set(copies(office).values()) == {1}
    assert (len(office.got), states(path), result.findings) == (MAILS, ["已发送"] * MAILS, ())
    assert result.summary["recovered"] == (0 if step == "connect" else 1)


@pytest.mark.parametrize("step", DOUBTFUL)
def test_killed_between_dot_and_answer_the_mail_is_reported_and_not_repeated(tmp_path, office, step):
    path = with_mails(tmp_path, MAILS)
    assert killed(path, office, step, 2)
    result = sent_again(path, office)
    assert max(copies(office).values()) == 1
    assert {to for _, to in office.got} >= {"p1@example.com", "p3@example.com"}
    assert states(path) == ["已发送", "待核实", "已发送"]
    (found,) = result.findings
    assert (found.code, found.id) == ("sending-uncertain", SECOND)
    assert "2026-03-06 10:00 发给 p2@example.com" in found.message
    before = len(office.got)
    assert sent_again(path, office).findings == ()
    assert len(office.got) == before


@pytest.mark.parametrize("step", ["before the save", "after the save"])
def test_killed_while_the_outcome_is_written_down_it_is_written_down_next_time(tmp_path, office, step):
    path = with_mails(tmp_path, MAILS)
    assert killed(path, office, step, 0)
    result = sent_again(path, office)
    assert result.summary["recovered"] == (MAILS if step == "before the save" else 0)
    assert states(path) == ["已发送"] * MAILS
    assert set(copies(office).values()) == {1}
    assert len(office.got) == MAILS
    assert row_of(open_book(path), SECOND)["sent_at"] == NOW


@pytest.mark.parametrize("seed", range(2))
def test_killed_again_and_again_at_random_two_hundred_mails_arrive_once(tmp_path, office, seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    path = with_mails(tmp_path, 200)
    for _ in range(4):
        killed(path, office, chance.choice(STEPS[1:]), chance.randrange(1, 60))
        assert max(copies(office).values(), default=1) == 1
    reported = {found.id for found in sent_again(path, office).findings if found.code == "sending-uncertain"}
    everybody = {f"TZ-2026-{number:04}": f"p{number}@example.com" for number in range(1, 201)}
    arrived = {to for _, to in office.got}
    assert max(copies(office).values()) == 1
    assert {to for number, to in everybody.items() if number not in reported} <= arrived
    assert len(reported) <= 4
    told = dict(zip(everybody, states(path, 200), strict=True))
    assert {number for number, state in told.items() if state != "已发送"} == reported
