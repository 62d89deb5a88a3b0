"""What Excel's own exceptions mean, on Windows and macOS: constructed, since neither library is on this platform."""

from __future__ import annotations

import datetime as dt
import sys
from types import ModuleType, SimpleNamespace

import pytest

from coordination_xl.books.excel.book import local_path
from coordination_xl.books.excel.facts import AppleFacts, ComFacts, facts_for, rows_of
from coordination_xl.books.excel.refusals import speaking, told
from coordination_xl.books.excel.values import from_host
from coordination_xl.errors import (
    ExcelBusy,
    NoWorkbookOpen,
    ProtectedSheet,
    SaveFailed,
    UsageError,
    WorkbookError,
    WorkbookNotLocal,
)

EXCEPTION = -2147352567


class com_error(Exception):  # noqa: N801 as pywin32 calls it
    def __init__(self, hresult, excepinfo=None):
        super().__init__(hresult, "", excepinfo, None)
        self.hresult, self.excepinfo = hresult, excepinfo


class CommandError(Exception):
    """As appscript calls it."""

    def __init__(self, errornumber):
        super().__init__(f"Command failed: OSERROR: {errornumber}")
        self.errornumber = errornumber


def scode(number, words="Microsoft Excel"):
    return (0, "Microsoft Excel", words, "xlmain11.chm", 0, number)


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (com_error(-2147418111), ExcelBusy),
        (com_error(-2147417846), ExcelBusy),
        (com_error(EXCEPTION, scode(-2146777998)), ExcelBusy),
        (CommandError(-1712), ExcelBusy),
        (type("ExcelBusyError", (Exception,), {})(), ExcelBusy),
        (com_error(-2147417848), NoWorkbookOpen),
        (com_error(-2147220995), NoWorkbookOpen),
        (CommandError(-609), NoWorkbookOpen),
        (CommandError(-1728), NoWorkbookOpen),
        (com_error(EXCEPTION, scode(-2146827284)), WorkbookError),
        (CommandError(-50), WorkbookError),
    ],
)
def test_exceptions_of_excel_are_told_in_the_users_words(error, meant):
    with pytest.raises(meant, match="台账") as caught, speaking("台账.xlsx"):
        raise error
    assert type(caught.value) is meant
    assert caught.value.remedy
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("number", [-1728, -1719])
def test_what_is_not_there_is_the_workbook_only_if_its_name_cannot_be_asked(number):
    class Closed:
        @property
        def name(self):
            raise CommandError(-1728)

    assert type(told(CommandError(number), "Excel", workbook=Closed())) is NoWorkbookOpen
    meant = told(CommandError(number), "Excel", workbook=SimpleNamespace(name="台账.xlsx"))
    assert type(meant) is UsageError
    assert "请先转到台账或表单的工作表" in str(meant)


@pytest.mark.parametrize(
    ("name", "is_online"), [("https://x.sharepoint.com/台账.xlsx", True), (r"C:\协调\台账.xlsx", False), (None, None)]
)
def test_a_workbook_from_the_web_is_known_by_its_real_name(monkeypatch, name, is_online):
    assert ComFacts().is_online(SimpleNamespace(api=SimpleNamespace(FullName=name))) is is_online
    module = ModuleType("appscript")
    module.k = SimpleNamespace(full_name="full_name")
    monkeypatch.setitem(sys.modules, "appscript", module)
    workbook = SimpleNamespace(api=SimpleNamespace(properties=lambda: {"full_name": name}))
    assert AppleFacts().is_online(workbook) is is_online


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("y"), AttributeError("z")])
def test_faults_of_the_program_are_not_taken_for_excels(error):
    with pytest.raises(type(error)) as caught, speaking("台账.xlsx"):
        raise error
    assert caught.value is error


@pytest.mark.parametrize("words", ["The cell is on a protected sheet.", "单元格受保护，因此为只读"])
def test_protection_is_known_by_its_words_while_a_sheet_is_written(words):
    error = com_error(EXCEPTION, scode(-2146827284, words))
    assert type(told(error, "台账.xlsx", "任务跟踪表")) is ProtectedSheet
    assert "任务跟踪表" in str(told(error, "台账.xlsx", "任务跟踪表"))
    other = com_error(EXCEPTION, scode(-2146827284, "应用程序定义或对象定义错误"))
    assert type(told(other, "台账.xlsx", "任务跟踪表")) is SaveFailed
    assert "应用程序定义" in str(told(other, "台账.xlsx", "任务跟踪表"))


@pytest.mark.parametrize(
    ("path", "match"),
    [("工作簿1", "还没有保存"), ("https://x.sharepoint.com/台账.xlsx", "网址"), ("Book1", "还没有保存")],
)
def test_a_workbook_without_a_folder_is_refused(path, match):
    with pytest.raises(WorkbookNotLocal, match=match):
        local_path(SimpleNamespace(name="台账.xlsx", fullname=path))


@pytest.mark.parametrize("path", [r"C:\协调\台账.xlsx", "\\\\server\\share\\台账.xlsx", "/Users/张三/台账.xlsx"])
def test_a_workbook_with_a_folder_has_its_path(path):
    assert local_path(SimpleNamespace(name="台账.xlsx", fullname=path)) == path


def test_a_cloud_address_that_is_nowhere_on_this_machine_is_refused():
    import xlwings

    class Workbook:
        name = "台账.xlsx"

        @property
        def fullname(self):
            raise xlwings.XlwingsError("Couldn't find your local OneDrive file")

    with pytest.raises(WorkbookNotLocal, match="OneDrive"):
        local_path(Workbook())


def test_windows_is_asked_in_its_own_names():
    facts = facts_for("win32")
    api = SimpleNamespace(
        Date1904=True, ReadOnly=False, Saved=False, ProtectContents=True, ProtectionMode=False, Locked=None
    )
    thing = SimpleNamespace(api=api)
    assert isinstance(facts, ComFacts)
    assert (facts.date1904(thing), facts.is_read_only(thing), facts.is_saved(thing)) == (True, False, False)
    assert facts.is_protected(thing)
    assert facts.is_locked(thing)  # null: some cells are
    api.Locked = False
    assert not facts.is_locked(thing)
    api.ProtectionMode = True
    assert not facts.is_protected(thing)


def test_macos_is_asked_in_its_own_names():
    facts = facts_for("darwin")

    def says(value):
        return SimpleNamespace(get=lambda: value)

    api = SimpleNamespace(
        date_1904=says(False),
        read_only=says(True),
        saved=says(True),
        protect_contents=says(True),
        locked=says("missing"),
    )
    thing = SimpleNamespace(api=api)
    assert isinstance(facts, AppleFacts)
    assert (facts.date1904(thing), facts.is_read_only(thing), facts.is_saved(thing)) == (False, True, True)
    assert facts.is_protected(thing)
    assert facts.is_locked(thing)


def test_a_host_that_does_not_tell_is_not_guessed_at():
    thing = SimpleNamespace(api=SimpleNamespace())
    facts = facts_for("linux")
    answers = (
        *(facts.date1904, facts.is_read_only, facts.is_saved),
        *(facts.is_protected, facts.is_locked, facts.fills_columns),
    )
    assert [answer(thing) for answer in answers] == [None] * 6


def test_windows_lets_the_filling_of_columns_be_switched():
    facts, correct = facts_for("win32"), SimpleNamespace(AutoFillFormulasInLists=True)
    app = SimpleNamespace(api=SimpleNamespace(AutoCorrect=correct))
    assert facts.fills_columns(app) is True
    facts.fill_columns(app, on=False)
    assert correct.AutoFillFormulasInLists is False
    assert facts.fills_columns(app) is False


class AppleSwitch:
    """A property of appscript that can be had and set, or a refusal."""

    def __init__(self, value):
        self.value = value

    def get(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value

    def set(self, value):
        self.get()
        self.value = value


def test_macos_lets_the_filling_of_columns_be_switched_where_it_tells_of_it():
    facts, switch = facts_for("darwin"), AppleSwitch(True)
    app = SimpleNamespace(api=SimpleNamespace(autocorrect_object=SimpleNamespace(Automatically_fill_formulas=switch)))
    assert facts.fills_columns(app) is True
    facts.fill_columns(app, on=False)
    assert facts.fills_columns(app) is False
    switch.value = CommandError(-10000)
    assert facts.fills_columns(app) is None
    facts.fill_columns(app, on=True)  # refused, and nothing more
    switch.value = CommandError(-1712)
    with pytest.raises(CommandError):  # busy is no answer
        facts.fills_columns(app)


def test_on_windows_a_block_is_read_in_one_call_as_com_gives_it():
    moment = dt.datetime(2026, 11, 20, 18, 0, tzinfo=dt.UTC)  # pywin32 puts a zone on the local time
    block = SimpleNamespace(raw_value=((moment, "x"), (-2146826246, None)))
    assert rows_of(block, "win32") == [[moment, "x"], [-2146826246, None]]
    assert from_host(moment) == dt.datetime(2026, 11, 20, 18, 0)
    assert rows_of(SimpleNamespace(raw_value=None), "win32") == [[None]]
    assert rows_of(SimpleNamespace(raw_value=((1.0, 2.0),)), "win32") == [[1.0, 2.0]]


class Cells:
    """A range as xlwings has it on macOS: errors are nothing, and only what is shown tells them."""

    def __init__(self, rows, shown):
        self.rows = rows
        self.api = SimpleNamespace(string_value=SimpleNamespace(get=lambda: shown))

    def options(self, **options):
        assert options == {"ndim": 2}  # err_to_str fails there
        return SimpleNamespace(value=self.rows)


@pytest.mark.parametrize(
    ("rows", "shown", "read"),
    [
        ([[1.0, None], ["文", None]], [["1", "#N/A"], ["文", ""]], [[1.0, "#N/A"], ["文", None]]),
        ([[1.0, None]], [["1", "#REF!"]], [[1.0, "#REF!"]]),
        ([[1.0, None]], ["1", "#REF!"], [[1.0, "#REF!"]]),
        ([[None], [2.0]], ["#DIV/0!", "2"], [["#DIV/0!"], [2.0]]),
        ([[None]], "#SPILL!", [["#SPILL!"]]),
    ],
)
def test_on_macos_errors_are_known_by_what_they_show(rows, shown, read):
    assert rows_of(Cells(rows, shown), "darwin") == read
