"""Every check in every state, on accounts laid out in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from coordination_xl.addin.setup import doctor
from coordination_xl.addin.setup.checks import FAULT, OK, WARNING, files
from coordination_xl.addin.setup.doctor import doctor_report, examine
from coordination_xl.addin.setup.install import plan_install
from coordination_xl.errors import AddinError
from tests.addin import machines
from tests.addin.machines import VERSION, addin, state, write


def wanting(machine):
    return [check.name for check in examine(machine) if not check.is_fine]


def test_a_fresh_installation_is_fine(windows, macos):
    assert (wanting(windows), wanting(macos)) == ([], [])


def test_what_is_not_fine_says_how_to_mend_it(tmp_path):
    bare = replace(machines.windows(tmp_path), registry=lambda _: {}, has_module=lambda _: False)
    checks = examine(bare)
    assert {check.name for check in checks if check.state == FAULT} >= {"Excel", "加载项文件", "设置文件", "pywin32"}
    assert all(bool(check.remedy) != check.is_fine for check in checks)


def test_linux_says_what_can_be_checked_there(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))  # a build server's own may not be there, or not be writable
    checks = {check.name: check for check in doctor_report()}
    assert "没有 Excel" in checks["Excel"].found
    assert checks["加载项文件"].found == "可以生成"
    assert "设置文件" not in checks
    assert {name for name, check in checks.items() if check.state != OK} == {"Excel"}


# Files


def test_an_addin_of_another_version_is_told(windows):
    write(windows, windows.addin_file, addin("old"))
    told = state(windows, "加载项文件")
    assert told[0] == FAULT
    assert "另一个版本" in told[1]
    assert "addin install" in told[1]


def test_a_missing_or_foreign_addin_is_told(windows):
    write(windows, windows.addin_file, b"foreign")
    assert "不是本程序的加载项" in state(windows, "加载项文件")[1]
    windows.here(windows.addin_file).unlink()
    assert "没有安装" in state(windows, "加载项文件")[1]
    windows.here(windows.addin_file).mkdir()
    assert "无法读取" in state(windows, "加载项文件")[1]


def test_an_xlwings_from_which_nothing_can_be_built_is_told(windows):
    def build():
        raise AddinError("xlwings 9.9", "模块与已知的不同", "安装说明里的版本")

    told = files.addin_file(windows, build)
    assert (told.state, told.found, told.remedy) == (FAULT, "xlwings 9.9：模块与已知的不同", "安装说明里的版本")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (b'"ADD_WORKBOOK_TO_PYTHONPATH","False"', b'"ADD_WORKBOOK_TO_PYTHONPATH","True"', "ADD_WORKBOOK_TO_PYTHONPATH"),
        (b'"PYTHONPATH",""', b'"PYTHONPATH","C:\\tmp"', "PYTHONPATH"),
        (b'"PYTHONPATH",""', b'"CONDA ENV","base"', "PYTHONPATH、CONDA ENV"),
        (b'"PYTHONPATH",""', b'"PYTHONPATH"', "看不懂的行"),
    ],
)
def test_a_conf_that_was_changed_is_told(windows, old, new, word):
    content = windows.here(windows.conf_file).read_bytes()
    assert old in content
    write(windows, windows.conf_file, content.replace(old, new))
    told = state(windows, "设置文件")
    assert told[0] == FAULT
    assert word in told[1]


def test_a_missing_conf_is_told(windows):
    windows.here(windows.conf_file).unlink()
    assert state(windows, "设置文件")[0] == FAULT
    assert state(windows, "按钮用的 Python") == (FAULT, f"设置文件没有写明。{files.INSTALL}")


def test_the_applescript_must_be_that_of_the_installed_xlwings(macos):
    write(macos, macos.applescript_file, b"older")
    assert "不同" in state(macos, "AppleScript")[1]
    macos.here(macos.applescript_file).unlink()
    assert state(macos, "AppleScript")[0] == FAULT
    assert state(replace(macos, xlwings_version="9.9"), "AppleScript")[0] == FAULT


def test_a_folder_that_cannot_be_written_is_told(windows):
    home = windows.here(PureWindowsPath(windows.env["USERPROFILE"]))
    home.rename(home.with_name("moved"))
    assert state(windows, "写入权限")[0] == WARNING


# Python


def test_the_python_of_the_store_is_told_first(windows):
    store = PureWindowsPath(r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_q")
    first = examine(replace(windows, base=store))[0]
    assert (first.state, "应用商店" in first.found, "python.org" in first.remedy) == (FAULT, True, True)


def test_an_interpreter_that_was_moved_away_is_told(windows, macos):
    for machine in (windows, macos):
        machine.here(machine.interpreter).unlink()
        told = state(machine, "按钮用的 Python")
        assert told[0] == FAULT
        assert "不存在" in told[1]


def test_another_environment_than_the_buttons_use_is_a_warning(windows):
    other = PureWindowsPath(r"D:\other\.venv\Scripts\python.exe")
    machines.lay(windows, other)
    told = state(replace(windows, interpreter=other), "按钮用的 Python")
    assert told[0] == WARNING
    assert str(windows.interpreter) in told[1]
    assert str(other) in told[1]
    windows.here(windows.interpreter).unlink()
    assert state(replace(windows, interpreter=other), "按钮用的 Python")[0] == FAULT


def test_windows_does_not_mind_the_case_of_a_path(windows):
    shouted = PureWindowsPath(str(windows.interpreter).upper())
    machines.lay(windows, shouted)
    assert state(replace(windows, interpreter=shouted), "按钮用的 Python")[0] == OK


def test_the_short_name_in_the_conf_is_this_interpreter(tmp_path, built):
    machine = machines.windows(tmp_path, python=r"D:\100%\.venv\Scripts\python.exe")
    short = PureWindowsPath(r"D:\100~1\VENV~1\Scripts\python.exe")
    machines.lay(machine, short)
    machine = replace(machine, short_name=lambda _: short)
    plan_install(machine, lambda: built).apply()
    assert state(machine, "按钮用的 Python") == (OK, f"{short}。")
    assert state(replace(machine, interpreter=short), "按钮用的 Python")[0] == OK


def test_a_launcher_for_another_environment_is_told(tmp_path, built):
    machine = machines.macos(tmp_path, python="/Users/zhangsan/协调/.venv/bin/python")
    plan_install(machine, lambda: built).apply()
    assert state(machine, "按钮用的 Python") == (OK, "/Users/zhangsan/.coordination_xl/python。")
    other = PurePosixPath("/Users/zhangsan/别处/.venv/bin/python")
    machines.lay(machine, other)
    assert "指向别的 Python" in state(replace(machine, interpreter=other), "按钮用的 Python")[1]


@pytest.mark.parametrize("place", ["beside", "above"])
def test_the_library_of_xlwings_is_looked_for_where_excel_looks(windows, place):
    library = f"xlwings64-{VERSION}.dll"
    scripts = windows.interpreter.parent
    windows.here(scripts.parent / library).unlink()
    assert state(windows, f"xlwings {VERSION}")[0] == WARNING
    machines.lay(windows, (scripts if place == "beside" else scripts.parent) / library)
    assert state(windows, f"xlwings {VERSION}")[0] == OK


def test_the_library_of_another_version_does_not_count(windows):
    told = state(replace(windows, xlwings_version="0.99.0"), "xlwings 0.99.0")
    assert told[0] == WARNING
    assert "xlwings64-0.99.0.dll" in told[1]


def test_missing_companions_are_named_with_the_command_that_brings_them(windows, macos):
    told = state(replace(windows, has_module=lambda _: False), "pywin32")
    assert told[0] == FAULT
    assert f'"{windows.interpreter}" -m pip install pywin32' in told[1]
    assert "psutil" in state(replace(macos, has_module=lambda name: name == "appscript"), "appscript、psutil")[1]


def test_each_check_is_told_once(windows, macos):
    for machine in (windows, macos):
        names = [check.name for check in examine(machine)]
        assert len(names) == len(set(names))
        assert len(names) <= len(doctor.CHECKS)
