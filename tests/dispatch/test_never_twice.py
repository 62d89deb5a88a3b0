"""Nothing is sent twice, whatever people do to rows, workbooks and drafts; and of what is uncertain. Source: SPEC section 5."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from coordination_xl.dispatch.sending.journal import DATA, NAME, Event
from coordination_xl.errors import (
    SendingElsewhere,
)
from tests.dispatch.post_office import NOW, STEM, PostOffice, free_port, lay_out, mail, opened, row, with_mails
from tests.dispatch.sendings import Once, change, delivered, intent_of, one, planned, shown


@pytest.fixture
def office():
    with opened() as server:
        yield server


class TestUncertain:
    """The server has the text, and its answer never came."""

    @pytest.fixture
    def path(self, tmp_path, office):
        office.on_data = lambda number: "drop" if number == 0 else None
        made = one(tmp_path)
        (found,) = delivered(made, office).findings
        assert (found.code, shown(made)["state"], len(office.got)) == ("sending-uncertain", "待核实", 1)
        return made

    def test_is_not_repeated_in_the_same_sending_nor_in_the_next(self, path, office):
        assert delivered(path, office).notices == ()
        assert len(office.got) == 1

    def test_goes_out_again_when_somebody_who_was_told_asks_for_it(self, path, office):
        change(path, 1, state="待发送")
        assert delivered(path, office).findings == ()
        assert (len(office.got), shown(path)["state"]) == (2, "已发送")

    def test_and_the_wish_outlasts_a_server_that_is_down(self, path, office):
        change(path, 1, state="待发送")
        (found,) = delivered(path, PostOffice(port=free_port())).findings
        assert (found.code, shown(path)["state"]) == ("sent-later", "待发送")
        assert delivered(path, office).findings == ()
        assert (len(office.got), shown(path)["state"]) == (2, "已发送")

    def test_but_once_only(self, path, office):
        change(path, 1, state="待发送")
        office.on_data = lambda _: "drop"
        delivered(path, office)
        assert (len(office.got), shown(path)["state"]) == (2, "待核实")
        assert "2026-03-06 10:00:01" in shown(path)["failure"]  # another moment than that of the first
        change(path, 1, state="待发送", failure="2026-03-06 10:00:00 发给 a@example.com 时没有等到服务器的答复")
        delivered(path, office)
        assert (len(office.got), shown(path)["state"]) == (2, "待核实")

    def test_a_workbook_from_a_backup_does_not_ask_for_it(self, path, office):
        change(path, 1, state="待发送", failure="")
        (found,) = delivered(path, office).findings
        assert (found.code, shown(path)["state"], len(office.got)) == ("sending-uncertain", "待核实", 1)

    def test_the_same_notice_under_another_number_is_not_sent_either(self, tmp_path, office):
        office.on_data = lambda number: "drop" if number == 0 else None
        copy = row(1, id="TZ-2026-0002", file=f"{STEM}/TZ-2026-0002.eml")
        mails = {str(row(1)["file"]): mail(1, "a@example.com"), str(copy["file"]): mail(2, "a@example.com")}
        path = lay_out(tmp_path, [row(1), copy], mails)
        result = delivered(path, office)
        assert [each.code for each in result.findings] == ["sending-uncertain"] * 2
        assert len(office.got) == 1

    def test_who_was_put_off_meanwhile_gets_it(self, tmp_path, office):
        office.on_data = lambda number: "drop" if number == 0 else None
        office.on_rcpt = Once("b@example.com", "450 later")
        path = one(tmp_path, "a@example.com", "b@example.com")
        delivered(path, office)
        assert [to for _, to in office.got] == ["a@example.com", "b@example.com"]
        assert shown(path)["state"] == "待核实"
        assert "a@example.com" in shown(path)["failure"]
        assert "b@example.com" not in shown(path)["failure"]


class TestNeverTwice:
    def test_a_row_that_somebody_sets_back_is_not_sent_again(self, tmp_path, office):
        path = one(tmp_path)
        delivered(path, office)
        change(path, 1, state="待发送", sent_at="")
        (found,) = delivered(path, office, clock=lambda: NOW + timedelta(days=1)).findings
        assert (found.code, found.message) == (
            "not-repeated",
            "这份通知已于 2026-03-06 10:00 发给 a@example.com（TZ-2026-0001），没有再发",
        )
        assert (shown(path)["state"], shown(path)["sent_at"], len(office.got)) == ("已发送", NOW, 1)
        assert delivered(path, office).findings == ()

    def test_a_copied_row_under_another_number_is_not_sent(self, tmp_path, office):
        copy = row(1, id="TZ-2026-0009", file=f"{STEM}/TZ-2026-0009.eml")
        mails = {str(row(1)["file"]): mail(1, "a@example.com"), str(copy["file"]): mail(9, "A@EXAMPLE.com")}
        path = lay_out(tmp_path, [row(1), copy], mails)
        (found,) = delivered(path, office).findings
        assert (found.code, found.id, "（TZ-2026-0001）" in found.message) == ("not-repeated", "TZ-2026-0009", True)
        assert [to for _, to in office.got] == ["a@example.com"]

    @pytest.mark.parametrize(
        "other", [{"due_version": "2026-03-25"}, {"rung": "分管领导"}, {"kind": "催办单"}, {"source": "WT-2026-0002"}]
    )
    def test_another_version_rung_kind_or_matter_is_another_notice(self, tmp_path, office, other):
        copy = row(1, id="TZ-2026-0009", file=f"{STEM}/TZ-2026-0009.eml", **other)
        mails = {str(row(1)["file"]): mail(1, "a@example.com"), str(copy["file"]): mail(9, "a@example.com")}
        assert delivered(lay_out(tmp_path, [row(1), copy], mails), office).findings == ()
        assert len(office.got) == 2

    def test_a_workbook_restored_from_a_backup_sends_nothing_anew(self, tmp_path, office):
        path = with_mails(tmp_path, 3)
        backup = path.read_bytes()
        delivered(path, office)
        path.write_bytes(backup)
        result = delivered(path, office)
        assert [each.code for each in result.findings] == ["not-repeated"] * 3
        assert (len(office.got), shown(path, 2)["state"]) == (3, "已发送")

    def test_a_copy_of_the_workbook_that_draws_the_same_notice_up_does_not_send_it(self, tmp_path, office):
        path = one(tmp_path)
        delivered(path, office)
        copy = row(1, file="台账 - 副本/TZ-2026-0001.eml")
        twin = lay_out(tmp_path, [copy], {str(copy["file"]): mail(1, "a@example.com", body="另一次生成")})
        assert [each.code for each in delivered(twin, office).findings] == ["not-repeated"]
        assert len(office.got) == 1

    def test_another_workbook_that_numbers_alike_sends_its_own(self, tmp_path, office):
        delivered(one(tmp_path), office)
        other = row(1, title="关于别的事的问题分派通知", file="二部/TZ-2026-0001.eml")
        content = mail(1, "a@example.com").replace(b".abc@", b".def@")
        assert delivered(lay_out(tmp_path, [other], {str(other["file"]): content}), office).findings == ()
        assert len(office.got) == 2

    def test_the_same_mail_in_another_row_is_not_sent(self, tmp_path, office):
        again = row(2, file=f"{STEM}/副本.eml")
        path = lay_out(
            tmp_path,
            [row(1), again],
            {str(row(1)["file"]): mail(1, "a@example.com"), str(again["file"]): mail(1, "a@example.com")},
        )
        delivered(path, office)
        assert len(office.got) == 1

    def test_a_mail_with_one_notice_that_is_out_already_is_kept_back_and_says_so(self, tmp_path, office):
        shared = f"{STEM}/汇总.eml"
        path = lay_out(
            tmp_path,
            [row(1), row(1, id="TZ-2026-0002", file=shared), row(3, file=shared)],
            {str(row(1)["file"]): mail(1, "a@example.com"), shared: mail(2, "a@example.com")},
        )
        result = delivered(path, office)
        assert len(office.got) == 1
        assert [shown(path, n)["state"] for n in (1, 2, 3)] == ["已发送", "已发送", "失败"]
        assert "同一封邮件里的 TZ-2026-0001 已于 2026-03-06 10:00 发给 a@example.com" in shown(path, 3)["failure"]
        assert {each.code for each in result.findings} == {"not-repeated", "not-sent"}

    def test_two_senders_at_once_send_once(self, tmp_path, office):
        office.delay = 0.2
        path = with_mails(tmp_path, 4)
        seen, start = [], threading.Barrier(2)

        def go():
            book, sending = planned(path, office)
            start.wait()
            try:
                seen.append(sending.deliver(book).summary["mails"])
            except SendingElsewhere:
                seen.append("elsewhere")

        both = [threading.Thread(target=go) for _ in range(2)]
        [each.start() for each in both]
        [each.join() for each in both]
        assert sorted(seen, key=str) == [4, "elsewhere"]
        assert len(set(office.got)) == len(office.got) == 4

    def test_a_sender_that_read_the_workbook_before_another_one_sent_sends_nothing(self, tmp_path, office):
        path = with_mails(tmp_path, 2)
        late_book, late = planned(path, office)
        book, sending = planned(path, office)
        sending.deliver(book)
        result = late.deliver(late_book)
        assert (result.summary["mails"], result.summary["recovered"], len(office.got)) == (0, 2, 2)


def test_a_line_that_was_being_written_when_the_power_went_is_no_deed(tmp_path, office):
    path = one(tmp_path)
    data = Event(NOW, DATA, "<TZ-2026-0001.abc@example.com>", ("a@example.com",)).line
    (tmp_path / "outbox" / NAME).write_bytes(intent_of().line + data[:-10])
    assert delivered(path, office).findings == ()
    assert len(office.got) == 1


def test_of_a_whole_line_without_its_end_nobody_knows(tmp_path, office):
    path = one(tmp_path)
    data = Event(NOW, DATA, "<TZ-2026-0001.abc@example.com>", ("a@example.com",)).line
    (tmp_path / "outbox" / NAME).write_bytes(intent_of().line + data[:-1])
    assert [each.code for each in delivered(path, office).findings] == ["sending-uncertain"]
    assert office.got == []
