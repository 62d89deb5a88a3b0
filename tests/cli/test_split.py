"""``split`` on the command line: the proposed tasks, the exit status, JSON, a dry run."""

from __future__ import annotations

import pytest

from coordination_xl import open_book
from coordination_xl.books.build import build_workbook
from coordination_xl.ledger.collection import Ledgers
from tests.builders import CONTACTS, coordination, task


@pytest.fixture
def path(tmp_path):
    """One coordination of two tasks, and one of which the second task has nobody."""
    faulty = coordination(
        id="XT-2026-0002",
        agreement="1.市场部2026年3月12日前提供画像；2.客服部发放问卷",
        responsible="画像-市场部*专员",
        deadlines="画像：2026-03-12",
        acceptance="画像：三类客户",
    )
    path = tmp_path / "协调.xlsx"
    path.write_bytes(build_workbook({"Contacts": CONTACTS, "Coordination": [coordination(), faulty]}))
    return path


def tasks(path) -> list[str]:
    return list(Ledgers.read(open_book(path))["Tasks"]["title"])


def test_of_a_sound_agreement_ends_with_0(cli, path):
    called = cli("split", path, "XT-2026-0001")
    assert (called.status, called.err) == (0, "")
    assert tasks(path) == ["腾出环境", "提供对账样例"]
    assert "○ 新增  XT-2026-0001  RW-2026-0001  腾出环境" in called.out
    assert "共 2 项任务：新增 2 项，更新 0 项，不变 0 项，拒绝 0 项。" in called.out


def test_of_a_faulty_one_ends_with_1_and_says_what_to_do(cli, path):
    called = cli("split", path)
    assert called.status == 1
    assert tasks(path) == ["腾出环境", "提供对账样例", "提供画像"]
    assert "▲ 拒绝  XT-2026-0002" in called.out
    assert "“客服部发放问卷”没有落实到一个责任人，也没有写明完成时限" in called.out
    assert "在“责任部门/人”和“完成时限”里为这项任务各补一条" in called.out
    assert "按下面的建议改好后再拆分一次" in called.out


def test_a_second_time_leaves_the_file(cli, path):
    cli("split", path)
    before = path.read_bytes()
    called = cli("split", path)
    assert (called.status, path.read_bytes()) == (1, before)
    assert "没有变化，文件未动" in called.out


def test_a_dry_run_shows_the_rows_and_writes_none(cli, path):
    before = path.read_bytes()
    called = cli("split", path, "XT-2026-0001", "--dry-run")
    assert (called.status, path.read_bytes()) == (0, before)
    assert "试运行，文件未动" in called.out
    assert "RW-2026-0002  新增一行" in called.out


def test_json_has_every_proposed_task(cli, path):
    document = cli("split", path, "--json").document
    assert document["summary"]["counts"] == {"新增": 3, "更新": 0, "不变": 0, "拒绝": 1}
    assert document["summary"]["proposed"][0] == {
        "source": "XT-2026-0001", "id": "RW-2026-0001", "title": "腾出环境", "who": "技术部*工程师",
        "by": "2026-03-12T18:00:00", "acceptance": "独占3天", "status": "新增", "reason": "",
    }  # fmt: skip
    assert [found["code"] for found in document["findings"]] == ["task-without-owner"]


def test_an_unknown_id_ends_with_2_and_touches_nothing(cli, path):
    before = path.read_bytes()
    called = cli("split", path, "XT-2026-0001", "XT-2026-0099")
    assert (called.status, path.read_bytes()) == (2, before)
    assert "编号“XT-2026-0099”：在各台账中都找不到" in called.err


def test_nothing_to_split_is_said(cli, tmp_path):
    path = tmp_path / "空.xlsx"
    path.write_bytes(build_workbook({"Contacts": CONTACTS, "Tasks": [task()]}))
    called = cli("split", path)
    assert (called.status, called.out) == (0, f"没有可以拆分的约定。\n没有变化，文件未动：{path}\n")
