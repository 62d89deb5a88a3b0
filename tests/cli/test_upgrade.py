"""``upgrade`` on the command line."""

from __future__ import annotations

import shutil

import pytest

from tests.packages.older import BLANK_1, BLANK_2, CURRENT, DEMO_1, with_cell


@pytest.fixture
def path(tmp_path):
    return tmp_path / "协调.xlsx"


def test_says_what_came_in(cli, path):
    shutil.copy(BLANK_1, path)
    told = cli("upgrade", path)
    assert told.status == 1  # what is older and was left alone is a finding
    assert "工作簿版本：1 → 3" in told.out
    assert "新增 17 项" in told.out
    for line in (("发文记录", "列", "邮件文件"), ("协调表", "名称", "载入标记（N10）"), ("参数", "行", "发信服务器")):
        assert any(all(word in each for word in line) for each in told.out.splitlines())
    assert "看板的公式是旧版本的" in told.out
    assert f"结果已写入：{path}" in told.out


def test_a_dry_run_says_it_all_and_writes_nothing(cli, path):
    shutil.copy(BLANK_1, path)
    told = cli("upgrade", path, "--dry-run")
    assert "新增一列" in told.out
    assert "新增 17 项" in told.out
    assert "试运行" in told.out
    assert path.read_bytes() == BLANK_1.read_bytes()


def test_a_dry_run_stops_where_the_real_one_would(cli, path):
    path.write_bytes(with_cell(BLANK_1.read_bytes(), "发文记录", "W5", "便签"))
    told = cli("upgrade", path, "--dry-run")
    assert told.status == 2
    assert "那里已有：W5" in told.err


def test_scripts_get_it_as_figures(cli, path):
    shutil.copy(BLANK_2, path)
    summary = cli("upgrade", path, "--json").document["summary"]
    assert (summary["from_version"], summary["to_version"]) == (2, 3)
    assert [each["column"] for each in summary["columns"]] == ["答复内容", "回执明细", "邮件文件"]


def test_an_up_to_date_workbook_is_not_touched(cli, path):
    shutil.copy(CURRENT, path)
    told = cli("upgrade", path)
    assert told.status == 0
    assert "工作簿已是版本 3，不缺什么。" in told.out
    assert path.read_bytes() == CURRENT.read_bytes()


def test_the_refusal_of_notices_names_it_and_then_they_can_be_written(cli, path):
    shutil.copy(DEMO_1, path)
    words = ("notice", path, "会议通知", "--now", "2026-11-20T09:00")
    assert "先运行 coordination-xl upgrade" in cli(*words).err
    cli("upgrade", path, "--now", "2026-11-20T09:00")
    assert cli(*words).status in {0, 1}


@pytest.mark.parametrize(
    "words",
    [
        ("check",), ("check", "--fix"), ("refresh",), ("explain", "WT-2026-0050"), ("load", "XT-2026-0030"),
        ("register", "协调表"), ("split",), ("extend",), ("recur",), ("notice", "会议通知"), ("remind",), ("send",),
        ("archive",), ("cases", "退货"), ("report",), ("run",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_verb_works_on_an_upgraded_workbook(cli, path, words, upgraded_demo):
    path.write_bytes(upgraded_demo)
    verb, *rest = words
    told = cli(verb, path, *rest, "--now", "2026-11-20T09:00")
    assert told.status in {0, 1}, told.err


@pytest.fixture(scope="module")
def upgraded_demo(tmp_path_factory) -> bytes:
    from coordination_xl.cli import main

    path = tmp_path_factory.mktemp("demo") / "协调.xlsx"
    shutil.copy(DEMO_1, path)
    assert main(["upgrade", str(path), "--now", "2026-11-20T09:00", "--quiet"]) in {0, 1}
    return path.read_bytes()
