"""What a workbook can do to a click by its name, its sheets and its folder: be opened by it, and nothing else."""

from __future__ import annotations

import openpyxl
import pytest

from tests.libreoffice.basic.desk import SYSTEMS, Desk, box, built_modules, own_part, python_of

HARMLESS = [
    "协调管理 2026（第 3 版）.xlsx",
    "研发 & 市场.xlsx",
    "a^b;c,d!.xlsx",
    "it's 'quoted'.xlsx",
    "完成率100%.xlsx",
    "(1) [2] {3} ~#@+-_.xlsx",
    "x^&calc&.xlsx",
    "^&calc^",
    "工作簿1",
]
HARMFUL = {
    "windows": [
        "a=b.xlsx",
        "%TEMP%.xlsx",
        "x%CMDCMDLINE%&calc.xlsx",
        "50%-80%.xlsx",
        " a.xlsx",
        "a.xlsx ",
        "\u3000a.xlsx",
    ],
    "mac": [
        "a=b.xlsx",
        "$(touch x).xlsx",
        "`touch x`.xlsx",
        'a" ; touch x ; ".xlsx',
        "a|b.xlsx",
        "a\\",
        " a.xlsx",
        "a\u00a0",
    ],
}


@pytest.fixture(params=SYSTEMS)
def desk(request, office, tmp_path) -> Desk:
    return Desk(tmp_path, request.param, office.document(office.new()))


def test_a_workbooks_name_reaches_python_as_it_is_and_starts_nothing_else(desk):
    for name in HARMLESS:
        clicked = desk.click("cxlCheck", book=name)
        assert clicked.shown == []
        (line,) = clicked.started
        assert f"--wb={name}" in python_of(desk, line)


def test_a_name_that_the_command_line_would_not_carry_is_refused(desk):
    for name in HARMFUL[desk.system]:
        clicked = desk.click("cxlCheck", book=name)
        assert (clicked.shown, clicked.started) == ([box("UnsafeName", name)], [])


def test_the_handbook_opens_whatever_the_workbook_is_called(desk):
    for name in HARMFUL[desk.system]:
        clicked = desk.click("cxlHandbook", book=name)
        assert clicked.shown == []
        assert "--wb=" in python_of(desk, clicked.started[0])


FOREIGN = {
    "INTERPRETER_WIN": "C:\\evil\\python.exe",
    "INTERPRETER_MAC": "/evil/python",
    "INTERPRETER": "evil",
    "PYTHONPATH": "/evil",
    "ADD_WORKBOOK_TO_PYTHONPATH": "True",
    "USE UDF SERVER": "True",
    "CONDA PATH": "/evil/conda",
    "CONDA ENV": "evil",
    "TEMP DIR": "/evil/temp",
    "SHOW CONSOLE": "True",
    "SHOW_ERROR_POPUPS": "False",
    "LICENSE_KEY": "evil",
    "UDF MODULES": "evil",
    "ONEDRIVE_CONSUMER_MAC": "/evil",
}


@pytest.fixture
def foreign(tmp_path):
    """A workbook that comes with settings in a sheet, settings in a file beside it, and a sheet of Python."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    book = openpyxl.Workbook()
    conf = book.create_sheet("coordination_xl.conf")
    for pair in FOREIGN.items():
        conf.append(pair)
    book.create_sheet("evil.py").append(["import os"])
    book.save(folder / "foreign.xlsx")
    text = "".join(f'"{key}","{value}"\n' for key, value in FOREIGN.items())
    (folder / "coordination_xl.conf").write_text(text)
    return folder / "foreign.xlsx"


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_foreign_workbook_and_its_folder_set_nothing(office, tmp_path, foreign, system):
    desk = Desk(tmp_path, system, office.document(office.open(foreign)))
    key = "INTERPRETER_MAC" if desk.is_mac else "INTERPRETER_WIN"
    expected = dict.fromkeys(FOREIGN, "(default)") | {key: desk.python}
    assert {key: desk.config(key) for key in FOREIGN} == expected


@pytest.mark.parametrize("system", SYSTEMS)
def test_without_our_change_its_sheet_would_set_everything(office, tmp_path, foreign, system):
    """So that the test above shows something."""
    text = built_modules()["xlwings"].replace('Optional source As String = "user"', 'Optional source As String = " "')
    text = text.replace('source = "" Or', 'source = " " Or')
    desk = Desk(tmp_path, system, office.document(office.open(foreign)), built_modules() | {"xlwings": text})
    assert {key: desk.config(key) for key in FOREIGN} == FOREIGN


def test_without_our_change_a_file_beside_it_would_too(office, tmp_path, foreign):
    text = built_modules()["xlwings"].replace(
        'Optional source As String = "user"', 'Optional source As String = "directory"'
    )
    desk = Desk(tmp_path, "mac", office.document(office.open(foreign)), built_modules() | {"xlwings": text})
    assert desk.config("INTERPRETER_MAC") == FOREIGN["INTERPRETER_MAC"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_click_on_a_foreign_workbook_starts_the_same_as_on_any_other(office, tmp_path, foreign, system):
    desk = Desk(tmp_path, system, office.document(office.open(foreign)))
    clicked = desk.click("cxlCheck")
    assert clicked.shown == []
    (line,) = clicked.started
    assert "evil" not in line
    assert str(foreign.parent) not in line
    _, _, code, book, *_ = python_of(desk, line)
    assert own_part(code) == "from coordination_xl.addin import macros; macros.check()"
    assert book == "--wb=foreign.xlsx"
