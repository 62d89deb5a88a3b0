"""Mail addresses as people type them."""

from __future__ import annotations

import pytest

from coordination_xl.ledger.mailboxes import read_mailbox


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("kefu@example.com", "kefu@example.com"),
        (" ｋｅｆｕ＠example.com ", "kefu@example.com"),
        ("综合管理部 <xietiao@example.com>", "综合管理部 <xietiao@example.com>"),
        ("综合管理部<xietiao@example.com>", "综合管理部 <xietiao@example.com>"),
        ("＜xietiao@example.com＞", "xietiao@example.com"),
        ("a@intranet", "a@intranet"),
        ("a@例子.公司", "a@xn--fsqu00a.xn--55qx5d"),
    ],
)
def test_one_address_is_read(text, written):
    assert str(read_mailbox(text)) == written


@pytest.mark.parametrize(
    "text",
    ["", "综合管理部", "@example.com", "kefu@", "客服@example.com", "a@b.com、c@d.com", "a@b.com; c@d.com", "a@b.com> <c@d.com",
     "x@example.com\nBcc: all@example.com", "a b@example.com", "a..b@example.com", "a@" + "x" * 70 + ".com", "a" * 250 + "@b.cn"],
)  # fmt: skip
def test_what_no_mail_can_bear_is_no_address(text):
    assert read_mailbox(text) is None
