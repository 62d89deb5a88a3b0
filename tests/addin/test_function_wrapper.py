"""The VBA that cells call: what it says of itself, and that VBA, Excel and the file format can take it."""

from __future__ import annotations

import re

import pytest

from coordination_xl.addin.functions import worksheet
from coordination_xl.addin.functions.described import CATEGORY, FUNCTIONS, PYTHON_MODULE, Function
from coordination_xl.addin.vba import modules
from coordination_xl.addin.vba.functions import FROM_1904, NO_ANSWER, NO_SERVER, functions_module
from tests.libreoffice.basic.conditional import MAC, WINDOWS, view

TEXT = functions_module().text
LINES = TEXT.split("\r\n")
JOINED = TEXT.replace(" _\r\n", " ")
HEADER = re.compile(r"^Public Function (\w+)\((.*)\)\r$", re.MULTILINE)
CALL = re.compile(
    r'^ +(\w+) = XLPy\.CallUDF\("([\w.]+)", "(\w+)", Array\((.*)\), ThisWorkbook, Application\.Caller\)\r$',
    re.MULTILINE,
)
WORDS = re.compile(r"Words\(([^()]*)\)")

RESERVED = frozenset(
    re.findall(
        r"\w+",
        """and any as boolean byref byte byval call case close const currency date debug decimal declare dim do double each else
        elseif empty end enum eqv erase error event exit false for friend function get global gosub goto if imp implements in
        input integer is let like line lock long loop lset me mod name new next not nothing null object on open option
        optional or paramarray preserve print private property public put raiseevent redim rem resume return rset seek
        select set single static step stop string sub then to true type typeof until variant wend while with write
        withevents xor""",
    )
)
"""Words that VBA keeps for itself, as the language reference lists them."""


def decoded(words):
    """The texts of all ``Words(...)`` in a piece of source."""
    return [bytes.fromhex("".join(re.findall(r'"(\w*)"', each))).decode("utf-16-be") for each in WORDS.findall(words)]


def procedure(name):
    return re.search(
        rf"^(?:Private|Public) (?:Sub|Function) {name}\(.*?^End (?:Sub|Function)", JOINED, re.MULTILINE | re.DOTALL
    )[0]


class TestForm:
    def test_it_is_the_module_that_a_cell_names(self):
        assert functions_module().name == "CXL"
        assert LINES[0] == 'Attribute VB_Name = "CXL"'
        assert not functions_module().is_class

    def test_it_is_a_module_of_the_add_in(self):
        assert functions_module() in modules()

    def test_it_is_ascii_with_lines_that_vba_takes(self):
        assert TEXT.isascii()
        assert max(map(len, LINES)) <= 1023
        assert "\n" not in TEXT.replace("\r\n", "")
        assert TEXT.endswith("\r\n")

    def test_no_statement_runs_over_more_lines_than_vba_takes(self):
        run = longest = 0
        for line in LINES:
            run = run + 1 if line.endswith(" _") else 0
            longest = max(longest, run)
        assert longest <= 24

    def test_it_stays_visible_to_cells(self):
        assert "Option Private Module" not in TEXT

    def test_it_is_the_same_every_time(self):
        assert functions_module() == functions_module()

    def test_every_block_is_closed(self):
        for opening in ("Sub", "Function"):
            assert len(re.findall(rf"^(?:Public|Private) {opening} ", TEXT, re.MULTILINE)) == TEXT.count(
                f"\nEnd {opening}"
            )
        assert TEXT.count("#If ") == TEXT.count("#Else") == TEXT.count("#End If")


class TestFunctions:
    def test_every_function_is_there_and_no_other(self):
        assert [name for name, _ in HEADER.findall(TEXT)] == [function.name for function in FUNCTIONS]
        assert {function.name for function in FUNCTIONS} == {"DUE", "WORKDAYS", "ISWORKDAY", "LIGHT"}

    @pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
    def test_arguments_are_handed_on_in_order(self, function: Function):
        parameters = dict(HEADER.findall(TEXT))[function.name].split(", ")
        assert [each.removeprefix("Optional ") for each in parameters] == [each.name for each in function.arguments]
        assert [each.startswith("Optional ") for each in parameters] == [
            each.is_optional for each in function.arguments
        ]
        calls = {name: rest for name, *rest in CALL.findall(TEXT)}
        module, python, handed = calls[function.name]
        assert (module, python) == (PYTHON_MODULE, function.python) == (worksheet.__name__, function.python)
        assert callable(getattr(worksheet, python))
        assert handed.split(", ") == [each.name for each in function.arguments]

    def test_no_name_is_one_that_vba_keeps_for_itself(self):
        names = {each.name for function in FUNCTIONS for each in function.arguments}
        names |= {function.name for function in FUNCTIONS}
        assert all(re.fullmatch(r"[A-Za-z]\w{0,254}", name) for name in names)
        assert not {name.lower() for name in names} & RESERVED

    def test_no_function_bears_the_name_of_a_cell_or_of_the_module(self):
        for function in FUNCTIONS:
            assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", function.name)
            assert function.name != functions_module().name

    def test_only_what_reads_the_clock_is_computed_at_every_calculation(self):
        assert JOINED.count("Application.Volatile") == 1
        assert "If IsMissing(as_of) Then Application.Volatile" in procedure("LIGHT")


class TestWords:
    def test_the_mac_is_told_what_to_do_instead(self):
        assert decoded(procedure("OnMac")) == [NO_SERVER]
        assert "docs/plain-formulas.zh-CN.md" in NO_SERVER

    def test_a_workbook_whose_days_count_from_1904_is_told_what_to_do_instead(self):
        assert decoded(procedure("From1904")) == [FROM_1904]
        assert "docs/plain-formulas.zh-CN.md" in FROM_1904

    def test_a_python_that_does_not_answer_is_told(self):
        assert decoded(procedure("Unanswered")) == [NO_ANSWER]
        assert "【环境检查】" in NO_ANSWER

    @pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
    def test_the_function_wizard_is_told_every_word(self, function: Function):
        source = procedure(f"Describe{function.name}")
        assert decoded(source) == [*(each.help for each in function.arguments), function.help]
        assert f"Dim texts(0 To {len(function.arguments) - 1}) As String" in source
        assert f'Describe "{function.name}", ' in source
        assert f"Describe{function.name}\r\n" in procedure("IsDescribed")

    def test_they_stand_in_a_category_of_their_own(self):
        assert decoded(procedure("Category")) == [CATEGORY]


class TestTelling:
    def test_excel_is_told_when_the_add_in_opens(self):
        (document,) = [each.text for each in modules() if each.name == "ThisWorkbook"]
        opening = re.compile(r"Private Sub Workbook_Open\(\)\s+CXL\.RegisterHelp\s+End Sub")
        assert opening.search(view(document, WINDOWS))
        assert "CXL" not in view(document, MAC)  # no window opens and shuts for functions that cannot run

    def test_it_is_told_at_no_other_time(self):
        """Unhidden for a moment, the add-in comes to the front: not while somebody works."""
        texts = [each.text for each in modules() if each.name in {"ThisWorkbook", "CXL", "CxlClick", "CxlRibbon"}]
        assert sum(text.count("RegisterHelp") for text in texts) == 2  # where it is defined, and Workbook_Open
        assert "OnTime" not in TEXT
