"""What the documents say of notices is what the schema says."""

from __future__ import annotations

import re

import pytest

from coordination_xl.dispatch.passwords import variable_of
from coordination_xl.dispatch.servers import imap_server, smtp_server
from coordination_xl.schema import settings
from coordination_xl.schema.notices import NOTICES
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.vocabulary import ANSWER_NEEDED, DISPATCH_STATE
from tests.docs.pages import HANDBOOK, README, README_ZH, rows_below, text_of

NOTHING = "—"


KINDS = rows_below(HANDBOOK, "| 通知 | 何时应发 |")


def test_the_handbook_has_the_fourteen_kinds_in_their_order():
    assert [row[0] for row in KINDS] == [notice.kind for notice in NOTICES]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.kind)
def test_the_handbook_says_who_gets_a_notice_and_what_it_asks_for(notice):
    row = next(row for row in KINDS if row[0] == notice.kind)
    assert row[2:] == ["、".join(notice.to), "、".join(notice.copies) or NOTHING, notice.answer]
    assert notice.answer in ANSWER_NEEDED.words


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.kind)
def test_the_handbook_names_the_states_in_which_a_notice_is_due(notice):
    when = next(row[1] for row in KINDS if row[0] == notice.kind)
    assert set(re.findall("“(.+?)”", when)) == set(notice.states)


def test_the_handbook_has_the_ladders_of_the_rules():
    told = {
        row[0]: dict(re.findall(r"(逾期|漏反馈) (\d+) 个工作日", row[1]))
        for row in rows_below(HANDBOOK, "| 收到的人 |")
    }
    for rule, lateness in (("B5", "逾期"), ("B3-一般", "漏反馈")):
        ladder = next(timer.ladder for timer in TIMERS if timer.rule == rule)
        steps = dict(step.split() for step in ladder.split("、"))
        assert {rung: days[lateness] for rung, days in told.items() if lateness in days} == {
            rung: days for rung, days in steps.items() if days != "0"
        }


@pytest.mark.parametrize("page", [HANDBOOK, "docs/SPEC.md"])
def test_every_state_of_sending_is_explained(page):
    assert [row[0] for row in rows_below(page, "| 发送状态 |")] == list(DISPATCH_STATE.words)


@pytest.mark.parametrize("page", [HANDBOOK, "docs/SPEC.md"])
@pytest.mark.parametrize(
    "setting",
    [settings.SENDER, settings.OUTBOX, settings.QUIET, settings.FRESH, settings.SMTP, settings.IMAP, settings.RATE],
)
def test_every_setting_of_sending_is_told_of(page, setting):
    assert setting.key.partition("（")[0] in text_of(page)


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK, "docs/SPEC.md"])
def test_passwords_are_looked_for_where_the_documents_say(page):
    servers = smtp_server("smtp://a@b.example"), imap_server("imaps://a@b.example")
    assert set(re.findall(r"COORDINATION_XL_\w+_PASSWORD", text_of(page))) == {variable_of(each) for each in servers}


@pytest.mark.parametrize("page", [README, HANDBOOK])
def test_the_servers_in_the_examples_can_be_understood(page):
    told = re.findall(r"(?:smtp|imap)s?://[\w@.:/%]*[\w/]", text_of(page), re.ASCII)
    assert told
    for address in told:
        (smtp_server if address.startswith("smtp") else imap_server)(address)
