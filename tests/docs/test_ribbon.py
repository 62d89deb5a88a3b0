"""The documents tell of every button, worksheet function and place of the add-in, and of none that is not there."""

from __future__ import annotations

import re

import pytest

from coordination_xl.addin.buttons import BUTTONS, GROUPS, TAB
from coordination_xl.addin.functions.described import FUNCTIONS, MODULE
from coordination_xl.addin.marking.marks import MOST_MARKS
from coordination_xl.addin.setup import places
from coordination_xl.addin.setup.places import log_file
from coordination_xl.addin.vba.sources import WITHOUT_WORKBOOK
from tests.docs.pages import CHECKLIST, FORMULAS, HANDBOOK, PAGES, README, README_ZH, links_of, rows_below, text_of

LABELS = [button.label for button in BUTTONS]
TABLES = {
    README: "| button | works on |",
    README_ZH: "| 按钮 | 处理什么 |",
    HANDBOOK: "| 按钮 | 先做什么 |",
    CHECKLIST: "| button | do |",
}
WINDOWS = {name: f"%{name}%" for name in ("APPDATA", "LOCALAPPDATA", "USERPROFILE")}
MACOS = {"HOME": "~"}


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK])
def test_every_button_has_its_row_in_the_order_of_the_ribbon(page):
    assert [row[0] for row in rows_below(page, TABLES[page])] == LABELS


def test_every_button_is_walked_through_and_no_other():
    assert {row[0] for row in rows_below(CHECKLIST, TABLES[CHECKLIST])} == set(LABELS)


def test_the_specification_has_the_buttons_in_their_groups():
    section = text_of("docs/SPEC.md").split("### The ribbon")[1].split("\n- ")[0]
    told = " ".join(section.split())
    for group in GROUPS:
        assert f"{group.label} ({', '.join(button.label for button in group.buttons)})" in told


def test_the_chapter_of_a_button_says_to_click_it_before_it_tells_of_commands():
    chapters = {part.split(" ", 1)[0]: part for part in text_of(HANDBOOK).split("\n## ")[1:]}
    told = {row[0]: re.findall(r"\[第 (\d+) 节\]", " ".join(row)) for row in rows_below(HANDBOOK, TABLES[HANDBOOK])}
    linked = {label: numbers[0] for label, numbers in told.items() if numbers}
    assert len(linked) > 8
    for label, number in linked.items():
        before_commands, _, _ = chapters[number].partition("coordination-xl ")
        assert f"【{label}】" in before_commands


@pytest.mark.parametrize("page", PAGES)
def test_every_button_that_a_page_names_is_on_the_ribbon(page):
    named = set(re.findall("【([^【】▲◆●]+)】", text_of(page)))
    assert named - {"基本情况", "办理要求", "联系人", "阅知确认"} <= set(LABELS)


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK, CHECKLIST, "docs/SPEC.md"])
def test_the_tab_is_called_as_it_is(page):
    assert TAB in text_of(page)


@pytest.mark.parametrize("page", [README_ZH, HANDBOOK])
def test_the_buttons_that_need_no_workbook_are_said_to(page):
    rows = {row[0]: " ".join(row[1:]) for row in rows_below(page, TABLES[page])}
    labels = {button.label for button in BUTTONS if button.macro in WITHOUT_WORKBOOK}
    assert {label for label, told in rows.items() if "没有打开工作簿也可以" in told} == labels


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK, CHECKLIST, FORMULAS, "docs/SPEC.md"])
def test_every_worksheet_function_is_told_of_and_no_other(page):
    told = set(re.findall(rf"\b{MODULE}\.([A-Z]+)\(", text_of(page)))
    assert told == {function.name for function in FUNCTIONS}


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK, FORMULAS])
def test_no_example_has_more_arguments_than_its_function(page):
    for name, inside in re.findall(rf"`={MODULE}\.([A-Z]+)\(([^`]*)\)`", text_of(page)):
        function = next(each for each in FUNCTIONS if each.name == name)
        arguments = re.sub(r"\([^()]*\)", "", inside).split(",")
        needed = sum(not argument.is_optional for argument in function.arguments)
        assert needed <= len(arguments) <= len(function.arguments)


@pytest.mark.parametrize("page", [README, README_ZH])
@pytest.mark.parametrize(
    "path",
    [
        places.addin_file(places.WINDOWS, WINDOWS),
        places.addin_file(places.MACOS, MACOS),
        places.conf_file(places.WINDOWS, WINDOWS),
        places.conf_file(places.MACOS, MACOS),
        places.applescript_file(places.MACOS, MACOS, "<version>"),
        places.launcher_file(places.MACOS, MACOS),
    ],
    ids=str,
)
def test_the_places_are_those_that_installing_writes_to(page, path):
    assert f"`{path}`" in text_of(page)


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK])
def test_the_log_is_where_the_pages_say(page):
    for path in (log_file(places.WINDOWS, WINDOWS), log_file(places.MACOS, MACOS)):
        assert f"`{path}`" in text_of(page)


def test_the_number_of_marks_is_that_of_the_program():
    for page, told in ((README, "At most {} cells"), (README_ZH, "最多标 {} 格"), (HANDBOOK, "最多标 {} 格")):
        assert told.format(MOST_MARKS) in text_of(page)


@pytest.mark.parametrize("page", [README, README_ZH])
def test_every_document_can_be_reached_from_the_readme(page):
    documents = {each for each in PAGES if each.startswith("docs/")}
    assert documents <= {link.partition("#")[0] for link in links_of(page)}
