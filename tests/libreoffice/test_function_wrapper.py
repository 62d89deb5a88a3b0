"""The VBA that cells call, executed for real by LibreOffice's Basic; only xlwings' server and Excel's own words are stand-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordination_xl.addin.functions.described import CATEGORY, FUNCTIONS, PYTHON_MODULE
from coordination_xl.addin.vba import modules
from coordination_xl.addin.vba.functions import FROM_1904, NO_ANSWER, NO_SERVER
from tests.libreoffice.basic.conditional import MAC, WINDOWS
from tests.libreoffice.basic.project import NotRun, Project

STAND_INS = {
    "XLPy.CallUDF(": "FakeCall(",
    "Application.Caller.Parent.Parent.Date1904": "FakeIs1904()",
    "Application.Caller": "FakeCaller()",
    "Application.Volatile": "FakeVolatile",
    "Application.MacroOptions Macro:=": "FakeOptions ",
    "Description:=": "",
    "Category:=": "",
    "ArgumentDescriptions:=": "",
    "Application.OnTime": "FakeLater",
    "Application.ScreenUpdating": "isUpdating",
    "Application.EnableEvents": "hasEvents",
    "ThisWorkbook.Name": "addinName",
    "ThisWorkbook.IsAddin": "isAddin",
    "ThisWorkbook.Saved": "isSaved",
    "ThisWorkbook": "addinName",
}
"""Excel cannot be here: what the module asks of it, and what answers instead.."""


class Running:
    """The module with its stand-ins, and what they wrote down."""

    def __init__(self, office, constants):
        texts = {module.name: module.text for module in modules()}
        text = texts["CXL"]
        for old, new in STAND_INS.items():
            text = text.replace(old, new)
        fakes = (Path(__file__).parent / "basic" / "functions.bas").read_text("ascii").split("\n", 1)[1]
        sources = {"CXL": text, "CxlMessages": texts["CxlMessages"], "Fakes": fakes}
        library = "Functions" + ("Mac" if constants is MAC else "Win")
        self.project = Project(office.new_document(), library, sources, constants)
        self.prepare()

    def prepare(self, refused=0, broken=False, addin=True, is_1904=False):
        self.call("Fakes.Prepare", refused, broken, addin, is_1904)

    def call(self, procedure, *arguments):
        try:
            return self.project.call(procedure, *arguments)
        except NotRun:  # a Sub has nothing to return
            return None

    @property
    def state(self):
        names = ("called", "described", "later", "seen", "volatiles", "addin", "saved", "updating", "events")
        return dict(zip(names, self.call("Fakes.State").split("\a"), strict=True))


@pytest.fixture
def windows(office):
    return Running(office, WINDOWS)


@pytest.fixture
def mac(office):
    return Running(office, MAC)


def test_a_call_reaches_python_with_every_argument(windows):
    windows.call("CXL.DUE", 46066.0, 3.0, "工作日", "HOLIDAYS", "SETTINGS")
    assert windows.state["called"] == (
        f"{PYTHON_MODULE}|due|coordination_xl.xlam|B2|Double 46066|Double 3|String 工作日|String HOLIDAYS|String SETTINGS"
    )


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
def test_what_is_left_out_is_handed_on_as_missing(windows, function):
    required = [each for each in function.arguments if not each.is_optional]
    windows.call(f"CXL.{function.name}", *[46066.0] * len(required))
    _, python, _, _, *handed = windows.state["called"].split("|")
    assert python == function.python
    assert handed == ["Double 46066"] * len(required) + ["missing"] * (len(function.arguments) - len(required))


def test_an_array_goes_in_and_comes_out(windows):
    column = ((46066.0,), (46067.0,), (46068.0,))
    assert windows.call("CXL.ISWORKDAY", column) == column
    assert windows.state["called"].endswith("|is_workday|coordination_xl.xlam|B2|rows 3|missing|missing")


def test_only_a_light_without_moment_is_computed_at_every_calculation(windows):
    windows.call("CXL.LIGHT", 46066.0, 46066.0, 46067.0)
    assert windows.state["volatiles"] == "0"
    windows.call("CXL.LIGHT", 46066.0)
    assert windows.state["volatiles"] == "1"


def test_a_python_that_does_not_answer_is_told_in_the_cell(windows):
    windows.prepare(broken=True)
    for function in FUNCTIONS:
        required = [46066.0 for each in function.arguments if not each.is_optional]
        assert windows.call(f"CXL.{function.name}", *required) == NO_ANSWER


def test_where_days_count_from_1904_nothing_is_computed_four_years_off(windows):
    windows.prepare(is_1904=True)
    for function in FUNCTIONS:
        required = [44604.0 for each in function.arguments if not each.is_optional]
        assert windows.call(f"CXL.{function.name}", *required) == FROM_1904
    assert windows.state["called"] == ""


def test_a_call_from_elsewhere_than_a_cell_is_answered(windows):
    windows.prepare(is_1904=None)  # there is no workbook that could be asked
    windows.call("CXL.ISWORKDAY", 46066.0)
    assert "|is_workday|" in windows.state["called"]


def test_on_the_mac_every_function_points_to_the_plain_formulas(mac):
    for function in FUNCTIONS:
        required = [46066.0 for each in function.arguments if not each.is_optional]
        assert mac.call(f"CXL.{function.name}", *required) == NO_SERVER
    assert mac.state["called"] == ""


class TestHelp:
    def expected(self):
        return "".join(
            "|".join(
                [
                    f"'coordination_xl.xlam'!{each.name}",
                    each.help,
                    CATEGORY,
                    *(argument.help for argument in each.arguments),
                ]
            )
            + "\n"
            for each in FUNCTIONS
        )

    @pytest.fixture(params=["windows", "mac"])
    def running(self, request):
        return request.getfixturevalue(request.param)

    def test_every_function_is_described_in_chinese(self, running):
        running.call("CXL.RegisterHelp")
        state = running.state
        assert state["described"] == self.expected()
        assert (state["later"], state["addin"], state["saved"]) == ("", "True", "True")

    def test_where_excel_refuses_a_hidden_workbook_it_is_unhidden_for_a_moment(self, windows):
        windows.prepare(refused=1)
        windows.call("CXL.RegisterHelp")
        state = windows.state
        assert state["described"] == self.expected()
        assert state["seen"].split() == ["True", "False", "False", "False", "False"]
        assert [state[each] for each in ("addin", "saved", "updating", "events")] == ["True"] * 4
        assert state["later"] == ""

    def test_where_excel_never_takes_it_nobody_is_bothered_and_nothing_is_put_off(self, windows):
        windows.prepare(refused=99)
        windows.call("CXL.RegisterHelp")
        state = windows.state
        assert (state["described"], state["later"]) == ("", "")
        assert [state[each] for each in ("addin", "saved", "updating", "events")] == ["True"] * 4
        assert state["seen"].split() == ["True", "False"]

    def test_a_workbook_that_is_no_add_in_stays_none(self, windows):
        windows.prepare(refused=99, addin=False)
        windows.call("CXL.RegisterHelp")
        assert (windows.state["addin"], windows.state["seen"].split()) == ("False", ["False"])
