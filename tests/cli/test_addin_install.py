"""addin install, uninstall and doctor as commands.

A Windows account in a folder stands in for the machine, for these tests have no Excel; every file they write is real.
"""

from __future__ import annotations

import pytest

from coordination_xl.cli.verbs import addin as verb
from tests.addin import machines
from tests.addin.machines import addin, files


@pytest.fixture
def machine(tmp_path, monkeypatch):
    laid_out = machines.windows(tmp_path / "张三")
    monkeypatch.setattr(verb, "this_machine", lambda: laid_out)
    return laid_out


def told(called):
    """What the table says of each file."""
    lines = [line.split(maxsplit=2) for line in called.out.splitlines() if ":\\" in line]
    return {path: state for _, state, path in lines}


def test_install_says_what_was_written_where_and_what_to_do_next(cli, machine):
    called = cli("addin", "install")
    assert (called.status, called.err) == (0, "")
    assert machine.here(machine.addin_file).is_file()
    assert told(called) == {str(machine.addin_file): "已写入", str(machine.conf_file): "已写入"}
    assert "退出 Excel 再打开" in called.out
    assert "宏设置" in called.out


@pytest.mark.usefixtures("machine")
def test_a_dry_run_writes_nothing_and_says_so(cli, tmp_path):
    before = files(tmp_path)
    called = cli("addin", "install", "--dry-run")
    assert (called.status, files(tmp_path)) == (0, before)
    assert set(told(called).values()) == {"将写入"}


@pytest.mark.usefixtures("machine")
def test_twice_says_that_nothing_changed(cli, tmp_path):
    cli("addin", "install")
    before = files(tmp_path)
    called = cli("addin", "install")
    assert set(told(called).values()) == {"没有变化"}
    assert files(tmp_path) == before


def test_json_names_every_file(cli, machine):
    document = cli("addin", "install", "--json").document
    assert document["summary"]["files"] == [
        {"what": "设置文件", "path": str(machine.conf_file), "is_changed": True},
        {"what": "加载项", "path": str(machine.addin_file), "is_changed": True},
    ]


def test_a_foreign_file_in_the_way_is_an_error_and_stays(cli, machine):
    place = machine.here(machine.addin_file)
    place.parent.mkdir(parents=True)
    place.write_bytes(addin(group="somebodyElse"))
    called = cli("addin", "install")
    assert (called.status, called.out) == (2, "")
    assert "不是本程序的加载项" in called.err
    assert place.read_bytes() == addin(group="somebodyElse")


def test_uninstall_lists_what_goes_and_what_stays(cli, machine):
    cli("addin", "install")
    conf = machine.here(machine.conf_file)
    conf.write_bytes(conf.read_bytes() + b'"TEMP DIR","D:"\r\n')
    called = cli("addin", "uninstall", "--dry-run")
    assert called.status == 0
    assert machine.here(machine.addin_file).is_file()
    document = cli("addin", "uninstall", "--json").document
    assert document["summary"]["removed"] == [str(machine.addin_file)]
    assert [kept["path"] for kept in document["summary"]["kept"]] == [str(machine.conf_file)]
    assert not machine.here(machine.addin_file).exists()


@pytest.mark.usefixtures("machine")
def test_doctor_is_content_with_a_fresh_installation(cli):
    cli("addin", "install")
    called = cli("addin", "doctor")
    assert called.status == 0
    assert called.out.rstrip().endswith("全部正常。")


@pytest.mark.usefixtures("machine")
def test_doctor_tells_what_to_mend_and_how(cli):
    called = cli("addin", "doctor")
    assert called.status == 1
    assert "▲ 须处理" in called.out
    remedies = [line for line in called.out.splitlines() if line.endswith("addin install。")]
    assert any("加载项文件：退出 Excel" in line for line in remedies)
    checks = cli("addin", "doctor", "--json").document["summary"]["checks"]
    assert {"name", "state", "found", "remedy"} == set(checks[0])


def test_on_this_system_without_excel_install_refuses_and_doctor_says_what_it_can(cli):
    called = cli("addin", "install")
    assert called.status == 2
    assert "addin build" in called.err
    assert "没有 Excel" in cli("addin", "doctor").out
