"""The VBA text itself: what the language allows, and what our modules and those of xlwings must have in common."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings

from coordination_xl.addin import PROJECT
from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.setup.places import CONF, ERROR_LOG
from coordination_xl.addin.vba import Module, modules
from coordination_xl.addin.vba.messages import MESSAGES
from coordination_xl.addin.vba.patches import PATCHES, patched
from coordination_xl.errors import AddinError
from tests.libreoffice.basic.conditional import MAC, WINDOWS, view

LONGEST_LINE, MOST_CONTINUATIONS, LONGEST_NAME = 1023, 24, 31
ALL = modules()
OURS = [module for module in ALL if module.name not in {"xlwings", "Dictionary"}]
BY_NAME = {module.name: module for module in ALL}
STARTS = re.compile(
    r"^\s*(?:(?:Public|Private|Friend|Static)\s+)*(Sub|Function|Property (?:Get|Let|Set))\s+(\w+)", re.IGNORECASE
)


def named(module: Module) -> str:
    return module.name


def lines(module: Module) -> list[str]:
    return module.text.split("\r\n")


def code(module: Module) -> list[str]:
    """Lines without comments, strings emptied, continued lines joined."""
    joined = re.sub(r" _\r\n\s*", " ", module.text)
    bare = [re.sub(r'"[^"]*"', '""', line).partition("'")[0].rstrip() for line in joined.split("\r\n")]
    return [line for line in bare if not line.startswith("Attribute ")]


@pytest.mark.parametrize("module", ALL, ids=named)
def test_every_module_is_plain_text_for_vba(module):
    module.text.encode("ascii")
    assert module.text.count("\r") == module.text.count("\n") == module.text.count("\r\n")
    assert module.text.endswith("\r\n")
    assert lines(module)[0] == f'Attribute VB_Name = "{module.name}"'
    assert len(module.name) <= LONGEST_NAME
    assert max(map(len, lines(module))) <= LONGEST_LINE


@pytest.mark.parametrize("module", ALL, ids=named)
def test_no_statement_is_continued_more_often_than_vba_takes(module):
    run = 0
    for line in lines(module):
        run = run + 1 if line.endswith(" _") else 0
        assert run <= MOST_CONTINUATIONS


@pytest.mark.parametrize("constants", [WINDOWS, MAC], ids=["windows", "mac"])
@pytest.mark.parametrize("module", ALL, ids=named)
def test_every_block_is_closed_by_its_own_end(module, constants):
    open_blocks: list[str] = []
    seen = Counter()
    for line in code(replace(module, text=view(module.text, constants).replace("\n", "\r\n"))):
        word = line.strip().lower()
        if (start := STARTS.match(line)) and "declare" not in word:
            assert open_blocks == [], line
            open_blocks.append(start[1].split()[0].lower())
        elif word.startswith("select case"):
            open_blocks.append("select")
        elif re.fullmatch(r"if .* then", word):
            open_blocks.append("if")
        elif (end := re.fullmatch(r"end (sub|function|property|select|if)", word)) is not None:
            seen[end[1]] += 1
            assert open_blocks.pop() == end[1], line
    assert open_blocks == []
    assert seen["sub"] + seen["function"] + seen["property"] > 0


@pytest.mark.parametrize("module", OURS, ids=named)
def test_our_modules_declare_their_variables(module):
    assert "Option Explicit" in lines(module)


def procedures(module: Module) -> dict[str, tuple[bool, int, int]]:
    """Name to: is public, arguments it must get, arguments it may get."""
    found = {}
    for line in code(module):
        if (start := STARTS.match(line)) and "Declare" not in line:
            inside = line[start.end() :].partition("(")[2].rpartition(")")[0] if "(" in line[start.end() :] else ""
            inside = re.sub(r"\(\)", "", inside).rsplit(") As", 1)[0]
            parts = [part for part in inside.split(",") if part.strip()]
            needed = [part for part in parts if not re.match(r"\s*(Optional|ParamArray)\b", part)]
            found[start[2]] = ("Private" not in line, len(needed), len(parts))
    return found


def test_what_one_module_calls_in_another_is_public_there_and_gets_the_right_arguments():
    known = {module.name: procedures(module) for module in ALL}
    calls = 0
    for module in ALL:
        for line in code(module):
            for owner, name, rest in re.findall(r"\b(CxlClick|CxlMessages|CXL)\.(\w+)(.*)", line):
                is_public, needed, most = known[owner][name]
                assert is_public, (module.name, line)
                assert needed <= passed(rest) <= most, (module.name, line)
                calls += 1
    assert calls > len(BUTTONS)


def passed(rest: str) -> int:
    """How many arguments stand behind a procedure's name."""
    if rest.startswith("("):
        depth = 0
        for place, sign in enumerate(rest):
            depth += {"(": 1, ")": -1}.get(sign, 0)
            if depth == 0:
                rest = rest[1:place]
                break
    rest = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", rest)).strip()
    return rest.count(",") + 1 if rest and not rest.startswith((")", "&")) else 0


def test_cases_buttons_and_commands_are_one_set():
    text = BY_NAME["CxlRibbon"].text
    cases = re.findall(r'Case "(\w+)"\r\n\s+CxlClick\.Start "(\w+)", "([^"]+)", (True|False)\r\n', text)
    assert [(case, case, command) for case, _, command, _ in cases] == [(b.id, b.id, b.command) for b in BUTTONS]
    assert [case for case, same, _, _ in cases if case != same] == []
    assert {case for case, _, _, needs in cases if needs == "False"} == {"cxlDoctor", "cxlHandbook"}
    assert text.count("Case ") == len(BUTTONS) + 2  # Select Case, Case Else
    assert text.count('"') == 2 + len(BUTTONS) * 6 + 2


def test_every_message_that_vba_names_is_there_and_none_is_left_over():
    text = "".join(module.text for module in ALL)
    asked = set(re.findall(r'\b(?:Tell|Worded\()\s?"(\w+)"', text))
    assert asked == {key for key in MESSAGES if not key.startswith("cxl")}
    assert {key for key in MESSAGES if key.startswith("cxl")} == {button.id for button in BUTTONS}


@pytest.mark.parametrize("message", ["InterpreterMissing", "PackageMissing"])
def test_who_has_lost_the_program_is_told_to_install_it_first(message):
    assert 0 < MESSAGES[message].find("安装程序") < MESSAGES[message].find("coordination-xl addin install")
    assert "\n### 安装一次\n" in (Path(__file__).parents[2] / "docs/handbook.zh-CN.md").read_text(encoding="utf-8")


def test_messages_are_stored_as_utf_16():
    text = BY_NAME["CxlMessages"].text
    for key, message in MESSAGES.items():
        case = re.search(rf'Case "{key}"\r\n((?:\s+digits = digits & "[0-9A-F]+"\r\n)+)', text)
        digits = "".join(re.findall(r'& "([0-9A-F]+)"', case[1]))
        assert bytes.fromhex(digits).decode("utf-16-be") == message


def test_a_cell_can_call_nothing_but_our_worksheet_functions():
    """A public function of an add-in's open module can be called by any formula: =RunPython("…") too."""
    callable_from_a_cell = {
        name
        for module in ALL
        if not module.is_class and "Option Private Module" not in lines(module)
        for name, (is_public, _, _) in procedures(module).items()
        if is_public and re.search(rf"Function {name}\b", module.text)
    }
    assert callable_from_a_cell == {"DUE", "WORKDAYS", "ISWORKDAY", "LIGHT"}


def shipped() -> str:
    path = Path(xlwings.__file__).with_name("xlwings_custom_addin.bas")
    return path.read_bytes().decode("ascii").replace("\r\n", "\n").replace("\n", "\r\n")


def test_the_module_of_xlwings_differs_by_the_patches_alone():
    before, after = shipped().split("\r\n"), BY_NAME["xlwings"].text.split("\r\n")
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    assert all(any(patch.old.strip() in line for patch in PATCHES) for line in gone), gone
    assert all(any(patch.new.strip() in line or line in patch.new for patch in PATCHES) for line in new), new
    assert "Redistribution and use in source and binary forms" in BY_NAME["xlwings"].text


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.old.strip()[:30])
def test_a_changed_xlwings_stops_the_build(patch):
    with pytest.raises(AddinError, match=r"xlwings 9\.9.*应有 \d+ 处，实有 0 处"):
        patched(shipped().replace(patch.old, ""), "9.9")
    with pytest.raises(AddinError, match=f"应有 {patch.times} 处，实有 {patch.times + 1} 处"):
        patched(shipped() + patch.old, "9.9")
    assert patch.why


def test_every_setting_is_read_without_naming_a_source_so_that_the_default_counts():
    """The default is the user's own file; LibreOffice shows the same at work, see tests/libreoffice/test_clicks.py."""
    calls = re.findall(r"GetConfig\(([^()]*(?:\([^()]*\))?[^()]*)\)", "\n".join(module.text for module in ALL))
    calls = [call for call in calls if not call.startswith("configKey")]
    assert len(calls) > 30
    assert all(call.count(",") <= 1 for call in calls), "a third argument would be the source"
    assert 'Optional source As String = "user") As Variant' in BY_NAME["xlwings"].text


def test_nothing_of_the_active_workbook_reaches_a_command_line_but_its_guarded_name():
    text = "\n".join(code(BY_NAME["xlwings"]))
    uses = set(re.findall(r"ActiveWorkbook\b\.?(?:\w+)?", text))
    assert uses <= {"ActiveWorkbook", "ActiveWorkbook.Sheets", "ActiveWorkbook.VBProject"}
    assert text.count("CxlClick.CallerName()") == 2


def test_no_program_is_looked_for_beside_a_workbook():
    text = BY_NAME["xlwings"].text
    assert '"cmd.exe' not in text
    assert text.count('Environ("ComSpec") & "') == 3


def test_no_english_box_of_xlwings_is_left_on_a_way_that_we_use():
    boxes = [line.strip() for line in lines(BY_NAME["xlwings"]) if re.search(r"^[^']*(\bMsgBox |\.Popup )", line)]
    assert [box.partition(",")[0] for box in boxes] == [
        'MsgBox "Embedded code requires a valid LICENSE_KEY."',  # never: no sheet is looked at
        'MsgBox "This functionality is not yet supported on Mac." & vbNewLine & _',  # RunFrozenPython
        "MsgBox Content",  # below the Exit Sub of ShowError
        "WScript.Popup Content",
    ]
    text = BY_NAME["xlwings"].text
    assert "    For i = 1 To 0\r\n" in text
    assert text.count("uses_embedded_code = True\r\n") == 1
    assert text.index("CxlClick.PythonFailed FileName, Message\r\n    Exit Sub\r\n") < text.index("MsgBox Content")
    assert "RunFrozenPython" not in "".join(module.text for module in OURS)


def test_esc_cannot_stop_the_code_that_waits_for_python():
    assert "Const CANCEL_DISABLED As Long = 0\r\n" in BY_NAME["CxlClick"].text  # xlDisabled
    before, after = BY_NAME["CxlClick"].text.split("    RunPython command\r\n")
    assert before.endswith("Application.EnableCancelKey = CANCEL_DISABLED\r\n")
    assert "EnableCancelKey" not in after


def test_settings_and_log_are_where_the_installer_puts_them():
    assert f'PROJECT_NAME As String = "{PROJECT}"' in BY_NAME["xlwings"].text
    assert f"{PROJECT}.conf" == CONF
    assert f'ERROR_LOG As String = "{ERROR_LOG}"' in BY_NAME["CxlClick"].text


def test_the_class_dictionary_has_the_attributes_that_a_project_stores():
    attributes = [line.split(" ")[1] for line in lines(BY_NAME["Dictionary"]) if line.startswith("Attribute VB_")]
    assert attributes[:8] == [
        "VB_Name",
        "VB_Base",
        "VB_GlobalNameSpace",
        "VB_Creatable",
        "VB_PredeclaredId",
        "VB_Exposed",
        "VB_TemplateDerived",
        "VB_Customizable",
    ]
    assert not BY_NAME["Dictionary"].text.startswith("VERSION")
