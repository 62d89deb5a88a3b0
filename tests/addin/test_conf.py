"""The conf, read back as VBA's ``Input #`` reads it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from coordination_xl.addin.setup import conf
from coordination_xl.errors import AddinError
from tests.addin.machines import macos, vba_input, windows

NOTHING = conf.parse(b"", "cp936")


def written(machine, old=NOTHING):
    return conf.conf_text(machine, old)


@pytest.mark.parametrize(
    "user", ["张三", "Zhang San", "A & B", "O'Brien", "张三 (财务)", "a^b", "x,y", "逗号，句号。", "a!b", "李四#2"]
)
def test_windows_reads_the_interpreter_back_whatever_the_user_is_called(tmp_path, user):
    machine = windows(tmp_path, user)
    assert vba_input(written(machine), "cp936")["interpreter_win"] == str(machine.interpreter)


def test_a_foreign_workbook_can_neither_add_modules_nor_keep_an_interpreter(tmp_path):
    read = vba_input(written(windows(tmp_path)), "cp936")
    assert read["add_workbook_to_pythonpath"] == "False"
    assert (read["pythonpath"], read["use udf server"], read["show console"]) == ("", "False", "False")


def test_lines_end_as_the_system_ends_them(tmp_path):
    assert written(windows(tmp_path)).count(b"\r\n") == len(written(windows(tmp_path)).split(b"\n")) - 1
    assert b"\r" not in written(macos(tmp_path / "mac"))


@pytest.mark.parametrize(
    ("user", "code_page"),
    [("张三", "cp1252"), ("김철수", "cp936"), ("😀", "cp936"), ("张三", "utf-8"), ("张三", "cp65001")],
)
def test_a_user_folder_that_vba_cannot_name_is_refused(tmp_path, user, code_page):
    machine = windows(tmp_path, user, python=r"C:\coordination\.venv\Scripts\python.exe", code_page=code_page)
    with pytest.raises(AddinError, match="更改系统区域设置"):
        written(machine)


@pytest.mark.parametrize("code_page", ["utf-8", "cp65001"])
def test_where_windows_is_set_to_utf_8_that_is_what_has_to_go(tmp_path, code_page):
    with pytest.raises(AddinError, match="取消勾选“Beta 版：使用 Unicode UTF-8"):
        written(windows(tmp_path, "张三", python=r"C:\py\Scripts\python.exe", code_page=code_page))


@pytest.mark.parametrize(
    ("python", "base"),
    [
        (r"C:\Users\张三\AppData\Local\Microsoft\WindowsApps\PythonSoftwareFoundation.Python.3.12_q\python.exe", ""),
        (r"C:\work\.venv\Scripts\python.exe", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_q"),
    ],
)
def test_the_python_of_the_store_is_refused_for_excel_would_not_see_what_it_writes(tmp_path, python, base):
    machine = replace(windows(tmp_path, python=python), base=PureWindowsPath(base))
    with pytest.raises(AddinError, match=r"应用商店版.*python\.org"):
        written(machine)


@pytest.mark.parametrize("folder", ["100%", "%TEMP%", "환경", "😀"])
def test_an_interpreter_that_vba_cannot_name_goes_by_its_short_name(tmp_path, folder):
    machine = windows(tmp_path, python=rf"D:\{folder}\.venv\Scripts\python.exe")
    short = PureWindowsPath(r"D:\PY~1\VENV~1\Scripts\python.exe")
    named = replace(machine, short_name=lambda path: short if path == machine.interpreter else None)
    assert vba_input(written(named), "cp936")["interpreter_win"] == str(short)
    with pytest.raises(AddinError, match="百分号"):
        written(machine)


def test_the_console_interpreter_is_taken_for_the_windowed_one(tmp_path):
    machine = windows(tmp_path, python=r"C:\coordination\.venv\Scripts\pythonw.exe")
    expected = r"C:\coordination\.venv\Scripts\python.exe"
    assert vba_input(written(machine), "cp936")["interpreter_win"] == expected


def test_an_unknown_interpreter_is_refused(tmp_path):
    with pytest.raises(AddinError, match="哪一个 Python"):
        written(replace(windows(tmp_path), interpreter=PureWindowsPath()))


def test_macos_names_a_plain_interpreter_itself(tmp_path):
    machine = macos(tmp_path)
    assert not conf.needs_launcher(machine)
    assert vba_input(written(machine), "ascii")["interpreter_mac"] == str(machine.interpreter)


@pytest.mark.parametrize("folder", ["协调", "My Work", "A&B", "O'Brien", "a$b", 'q"q', "(x)"])
def test_macos_starts_an_interpreter_with_a_difficult_path_through_the_launcher(tmp_path, folder):
    machine = macos(tmp_path, python=f"/Users/zhangsan/{folder}/.venv/bin/python")
    named = vba_input(written(machine), "ascii")["interpreter_mac"]
    assert named == "/Users/zhangsan/.coordination_xl/python"


@pytest.mark.parametrize("folder", ["协调", "My Work", "A&B", "O'Brien", "a$b", 'q"q', "(x)", "back\\slash"])
def test_the_launcher_hands_every_argument_on(tmp_path, folder):
    program = tmp_path / folder / "python"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s|" "$0" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    machine = replace(macos(tmp_path / "mac"), interpreter=PurePosixPath(program))
    launcher = tmp_path / "launcher"
    launcher.write_bytes(conf.launcher_text(machine))
    launcher.chmod(0o755)
    said = subprocess.run([launcher, "-c", "import a; a.b()", "--wb=协调 台账.xlsx"], capture_output=True, check=True)
    assert os.fsdecode(said.stdout) == f"{program}|-c|import a; a.b()|--wb=协调 台账.xlsx|"


def test_a_mac_account_with_a_difficult_name_is_refused(tmp_path):
    with pytest.raises(AddinError, match="只有英文字母和数字的账户"):
        written(macos(tmp_path, user="张 三"))


def test_lines_of_the_users_own_are_kept_to_the_byte(tmp_path):
    machine = windows(tmp_path)
    own = '"ONEDRIVE_COMMERCIAL_WIN","D:\\张三 的文档"'.encode("cp936")
    old = conf.parse(b'"INTERPRETER_WIN","C:\\old\\python.exe"\r\n' + own + b"\r\n", "cp936")
    content = written(machine, old)
    assert own in content.split(b"\r\n")
    read = vba_input(content, "cp936")
    assert read["interpreter_win"] == str(machine.interpreter)
    assert read["onedrive_commercial_win"] == r"D:\张三 的文档"


@pytest.mark.parametrize("key", ["CONDA PATH", "conda env", "INTERPRETER", "Interpreter_Win"])
def test_a_line_that_would_start_another_python_goes(tmp_path, key):
    old = conf.parse(f'"{key}","C:\\anaconda3"\r\n'.encode(), "cp936")
    assert old.kept == ()
    assert b"anaconda" not in written(windows(tmp_path), old)


def test_a_line_that_vba_would_stumble_over_goes_and_is_told(tmp_path):
    old = conf.parse('"SHOW CONSOLE"\r\n乱写\r\n\r\n"A","b"\r\n'.encode("cp936"), "cp936")
    assert old.dropped == ('"SHOW CONSOLE"', "乱写")
    assert vba_input(written(windows(tmp_path), old), "cp936")["a"] == "b"


def test_a_line_without_quotes_is_read_as_vba_reads_it():
    old = conf.parse(b"SHOW CONSOLE , True\nTEMP DIR,C:\\tmp\n", "cp936")
    assert old.values == {"SHOW CONSOLE": "True", "TEMP DIR": r"C:\tmp"}
    assert old.kept == (b"TEMP DIR,C:\\tmp",)


def test_the_mark_of_utf_8_does_not_hide_the_first_key():
    assert conf.parse(b'\xef\xbb\xbf"PYTHONPATH",""\n', "utf-8").values == {"PYTHONPATH": ""}
