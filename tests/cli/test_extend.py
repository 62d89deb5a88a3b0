"""``extend`` and what ``explain`` tells of an extension, on the command line."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.builders import CONTACTS, coordination, extension, progress, task

RW = "RW-2026-0001"


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour)


REQUEST = extension(
    source=RW, current_due=at(12), new_due=at(16), decision="同意", approver="技术部*经理", decided_at=at(5, 15)
)


@pytest.fixture
def path(tmp_path, workbook):
    made = tmp_path / "book.xlsx"
    other = extension(id="YQ-2026-0002", source="XT-2026-0001", current_due=at(16), new_due=at(20), decision="同意",
                      approver="技术部*经理", decided_at=at(5, 15))  # fmt: skip
    away = [
        row | {"delegate": "技术部*经理", "leave_from": at(2)} if row["person"] == "工程师" else row for row in CONTACTS
    ]
    return workbook(
        made,
        Tasks=[task()],
        Coordination=[coordination()],
        Extensions=[REQUEST, other],
        Contacts=away,
        Progress=[progress(RW, at(5, 9), is_major_risk="是", risk="供应商停产")],
    )


def test_writes_the_deadline_and_says_what_refresh_moves(cli, path):
    called = cli("extend", path)
    assert called.status == 0
    lines = [" ".join(line.split()) for line in called.out.splitlines()]
    assert "任务跟踪表 RW-2026-0001 完成时限 2026-03-12 18:00 2026-03-16 18:00 YQ-2026-0001" in lines
    assert "另有 1 件的到期时间由【刷新逾期】顺延，不改单元格" in lines
    assert "协调台账 XT-2026-0001 （计算得出） 2026-03-16 18:00 2026-03-20 18:00 YQ-2026-0002" in lines
    assert cli("extend", path, RW).out.startswith("没有待生效的延期。")


def test_shows_the_change_first(cli, path):
    before = path.read_bytes()
    called = cli("extend", path, RW, "--dry-run")
    assert any(
        line.split() == ["任务跟踪表", RW, "完成时限", "2026-03-12", "2026-03-16"] for line in called.out.splitlines()
    )
    assert path.read_bytes() == before


def test_gives_a_document(cli, path):
    document = cli("extend", path, "--json").document
    assert {"sheet": "任务跟踪表", "table": "Tasks", "id": RW, "column": "完成时限", "old": "2026-03-12",
            "new": "2026-03-16T00:00:00"} in document["changes"]  # fmt: skip
    assert document["summary"]["by_refresh"][0]["id"] == "XT-2026-0001"


def test_what_cannot_count_is_a_finding(cli, tmp_path, workbook):
    made = workbook(tmp_path / "b.xlsx", Tasks=[task()], Extensions=[REQUEST | {"approver": "技术部*工程师"}])
    called = cli("extend", made)
    assert called.status == 1
    assert "第 1 次延期须由部门负责人审批，“技术部*工程师”是员工；时限不因此改变" in called.out


def test_explain_tells_the_extension_the_delegate_and_the_risk(cli, path):
    told = cli("explain", path, RW).out
    assert (
        "原定 2026-03-12 18:00，经 YQ-2026-0001 批准延至 2026-03-16 18:00（审批人技术部*经理，第1次延期）"
        in " ".join(told.split())
    )
    assert "现由谁办理：技术部*工程师（休假，代办：技术部*经理）" in told
    assert "重大风险（2026-03-05 09:00 技术部*工程师反馈于 RW-2026-0001）：供应商停产" in told


def test_explain_gives_them_as_data(cli, path):
    told = cli("explain", path, RW, "--json").document["summary"]
    assert told["answers"] == "技术部*工程师（休假，代办：技术部*经理）"
    assert told["risk"]["risk"] == "供应商停产"
    own = told["clocks"][0]
    assert (own["original"], own["due"]) == ("2026-03-12T18:00:00", "2026-03-16T18:00:00")
    assert [step["id"] for step in own["extensions"]] == ["YQ-2026-0001"]
