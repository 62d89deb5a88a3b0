"""addin build in a terminal."""

from __future__ import annotations

import pytest

from coordination_xl.addin.package import build_addin
from coordination_xl.cli import main

NAME = "coordination_xl.xlam"


def test_the_file_is_written_and_the_next_step_is_told(cli, tmp_path):
    called = cli("addin", "build", "--out", tmp_path / "there")
    assert (called.status, called.err) == (0, "")
    assert (tmp_path / "there" / NAME).read_bytes() == build_addin()
    assert f"已生成加载项：{tmp_path / 'there' / NAME}" in called.out
    assert "coordination-xl addin install" in called.out
    assert "启动文件夹" in called.out


def test_without_a_folder_it_lands_in_the_current_one(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli("addin", "build").status == 0
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_json_names_the_file(cli, tmp_path):
    called = cli("addin", "build", "--out", tmp_path, "--json")
    assert called.document["summary"] == {"files": [str(tmp_path / NAME)]}


def test_quiet_says_nothing_and_the_log_keeps_a_line(cli, tmp_path):
    log = tmp_path / "log.txt"
    called = cli("addin", "build", "--out", tmp_path, "--quiet", "--log", log)
    assert (called.status, called.out, called.err) == (0, "", "")
    assert "addin build" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["a file", "held"])
def test_a_place_that_cannot_be_written_is_told_in_chinese(cli, tmp_path, place):
    out = tmp_path / "out"
    if place == "a file":
        out.write_bytes(b"mine")
    else:
        (out / NAME).mkdir(parents=True)
    log = tmp_path / "log.txt"
    called = cli("addin", "build", "--out", out, "--log", log)
    assert called.status == 2
    assert called.out == ""
    assert "无法完成" in called.err
    assert "无法写入" in called.err
    assert "Traceback" not in called.err
    assert "failed" in log.read_text(encoding="utf-8")


def test_the_verbs_of_the_add_in_are_listed(capsys):
    assert main(["addin", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(verb in told for verb in ("build", "install", "uninstall", "doctor"))
    assert main(["--help"]) == 0
    assert "addin" in capsys.readouterr().out
