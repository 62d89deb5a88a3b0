"""A click, in full: the callback of the built add-in, run by LibreOffice, down to what Windows or macOS would be asked to start."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from coordination_xl.addin.buttons import BUTTONS
from coordination_xl.addin.vba.messages import MESSAGES, SAID, said_line
from tests.addin.addin_files import parts_of
from tests.libreoffice.basic.desk import STANDARD, SYSTEMS, Desk, box, built_addin, built_modules, own_part, python_of

NEEDLESS = {"cxlDoctor", "cxlHandbook"}


@pytest.fixture(scope="module")
def ids() -> list[str]:
    """The buttons that Excel will show."""
    ribbon = ET.fromstring(parts_of(built_addin())["customUI/customUI14.xml"])
    return [each.get("id") for each in ribbon.iter() if each.tag.endswith("}button")]


@pytest.fixture(params=SYSTEMS)
def desk(request, office, tmp_path) -> Desk:
    return Desk(tmp_path, request.param, office.document(office.new()))


@pytest.fixture
def windows(office, tmp_path) -> Desk:
    return Desk(tmp_path, "windows", office.document(office.new()))


@pytest.fixture
def mac(office, tmp_path) -> Desk:
    return Desk(tmp_path, "mac", office.document(office.new()))


def test_libreoffice_itself_reads_every_module_from_the_built_file(office, tmp_path):
    path = tmp_path / "coordination_xl.xlam"
    path.write_bytes(built_addin())
    libraries = office._load(path.as_uri(), FilterName="Calc MS Excel 2007 VBA XML").BasicLibraries
    (project,) = set(libraries.ElementNames) - {"Standard"}
    for name, text in built_modules().items():
        read = [line.rstrip() for line in libraries.getByName(project).getByName(name).rstrip().splitlines()]
        written = [line.rstrip() for line in text.rstrip().splitlines() if not line.startswith("Attribute VB_")]
        assert read == ["Rem Attribute VBA_ModuleType=VBAModule", "Option VBASupport 1", *written]


def test_every_module_of_the_built_add_in_compiles(desk):
    assert set(built_modules()) == STANDARD
    assert all(desk.project.probe(name) for name in STANDARD)


def test_every_button_of_the_ribbon_starts_exactly_its_own_python(desk, ids):
    started = {}
    for button in ids:
        clicked = desk.click(button, book="工作簿1")
        assert clicked.shown == []
        (line,) = clicked.started
        flag, switch, code, book, *rest = python_of(desk, line)
        assert [flag, switch, book] == ["-B", "-c", "--wb=工作簿1"]
        assert "--from_xl=1" in rest
        started[button] = own_part(code)
    assert started == {button.id: button.command for button in BUTTONS}


def test_the_status_bar_says_which_button_runs_and_is_given_back(windows):
    for button in BUTTONS:
        clicked = windows.click(button.id)
        assert clicked.meanwhile == f"【{button.label}】正在运行，请稍候"
        assert clicked.after == "False"


def test_on_the_mac_the_status_bar_stays_until_python_has_ended(mac):
    clicked = mac.click("cxlCheck")
    assert clicked.meanwhile == clicked.after == "【校验】正在运行，请稍候"


def test_every_message_comes_out_as_it_went_in(desk):
    told = {key: desk.project.call("Stage.Ask", "message", key, str(desk.home), "") for key in MESSAGES}
    assert told == dict(MESSAGES)


def test_without_a_workbook_a_click_says_so_and_starts_nothing(desk, ids):
    for button in ids:
        if button not in NEEDLESS:
            clicked = desk.click(button, state="no workbook")
            assert (clicked.shown, clicked.started) == ([box("NoWorkbook")], [])


def test_handbook_and_doctor_start_without_a_workbook_too(desk):
    for button in NEEDLESS:
        clicked = desk.click(button, state="no workbook")
        assert clicked.shown == []
        assert "--wb=" in python_of(desk, clicked.started[0])


def test_protected_view_is_told(windows):
    clicked = windows.click("cxlCheck", state="protected view")
    assert (clicked.shown, clicked.started) == ([box("ProtectedView")], [])
    assert windows.click("cxlHandbook", state="protected view").shown == []


def test_a_button_that_no_case_knows_is_named(desk):
    clicked = desk.click("cxlCheckk")
    assert (clicked.shown, clicked.started) == ([box("UnknownButton", "cxlCheckk")], [])


def test_without_settings_a_click_says_what_to_install(desk, ids):
    desk.conf.unlink()
    for button in ids:
        clicked = desk.click(button)
        assert (clicked.shown, clicked.started) == ([box("NotInstalled", str(desk.conf))], [])


def test_settings_that_name_no_python_are_as_good_as_none(desk):
    desk.write_conf('"INTERPRETER","python"\n"PYTHONPATH","/x"\n')
    clicked = desk.click("cxlCheck")
    assert (clicked.shown, clicked.started) == ([box("NotInstalled", str(desk.conf))], [])


@pytest.mark.parametrize("name", ["python", "C:\\gone\\python.exe"])
def test_a_python_that_is_not_there_is_named_even_if_one_may_be_on_the_path(windows, name):
    windows.write_conf(f'"INTERPRETER_WIN","{name}"\n')
    clicked = windows.click("cxlCheck")
    assert (clicked.shown, clicked.started) == ([box("InterpreterMissing", name)], [])


def test_a_second_click_while_the_first_runs_is_told_to_wait(windows):
    clicked = windows.click("cxlCheck", state="second click")
    assert clicked.shown == [box("StillRunning")]
    assert len(clicked.started) == 1
    assert windows.click("cxlCheck").shown == []


def test_a_python_that_fails_is_told_in_one_sentence_and_its_words_are_kept(windows):
    trace = "Traceback (most recent call last):\nZeroDivisionError: division by zero"
    clicked = windows.click("cxlCheck", code=1, stderr=trace)
    assert clicked.shown == [box("PythonFailed", f"原因记在 {windows.error_log}。")]
    assert windows.error_log.read_text().split() == trace.split()
    assert clicked.after == "False"
    assert list(windows.home.parent.glob("*xlwings-*.log")) == []


def test_a_python_without_our_package_is_told_what_to_install(windows):
    clicked = windows.click("cxlCheck", code=1, stderr="ModuleNotFoundError: No module named 'coordination_xl'")
    assert clicked.shown == [box("PackageMissing", f"原因记在 {windows.error_log}。")]


@pytest.mark.parametrize("text", ["【校验】没有做完：\n工作簿以只读方式打开。", "𠮷" * 300])
def test_what_python_says_of_its_own_end_is_shown_whatever_the_code_page(desk, text):
    clicked = desk.click("cxlCheck", code=1, stderr=f"warning: ???\n{said_line(text)}\n????")
    assert "\n".join(clicked.shown) == f"{MESSAGES['Title']}: {text}"


@pytest.mark.parametrize("digits", ["", "4F6", "FF"])
def test_what_python_says_is_left_alone_where_it_was_cut(windows, digits):
    clicked = windows.click("cxlCheck", code=1, stderr=SAID + digits)
    assert clicked.shown == [box("PythonFailed", f"原因记在 {windows.error_log}。")]


def test_where_nothing_can_be_kept_no_file_is_named(windows):
    windows.error_log.mkdir()
    clicked = windows.click("cxlCheck", code=1, stderr="x")
    assert clicked.shown == [box("PythonFailed", "原因没有能够记下。")]


def test_a_shell_that_fails_on_the_mac_is_told_in_one_sentence(mac):
    clicked = mac.click("cxlCheck", stderr="sh: fork: Resource temporarily unavailable")
    assert clicked.shown == [box("PythonFailed", f"原因记在 {mac.error_log}。")]
    assert "fork" in mac.error_log.read_text()
    assert clicked.after == "False"


def test_a_mac_whose_shell_finds_no_python_names_it(mac):
    for said in ("sh: {0}: No such file or directory", "/x/python: line 2: {0}: No such file or directory"):
        clicked = mac.click("cxlCheck", stderr=said.format(mac.python))
        assert (clicked.shown, clicked.after) == ([box("InterpreterMissing", mac.python)], "False")
    trace = "Traceback (most recent call last):\nFileNotFoundError: [Errno 2] No such file or directory: 'x'"
    assert mac.click("cxlCheck", stderr=trace).shown == [box("PythonFailed", f"原因记在 {mac.error_log}。")]


@pytest.mark.parametrize(
    "said",
    ["No Python at '\"C:\\Python311\\python.exe'", "did not find executable at 'C:\\Python313\\python.exe': 找不到"],
)
def test_an_environment_whose_python_was_uninstalled_is_named(windows, said):
    clicked = windows.click("cxlCheck", code=103, stderr=said)
    assert clicked.shown == [box("InterpreterMissing", windows.python)]


def test_a_mac_without_the_script_is_told_what_to_install(mac):
    clicked = mac.click("cxlCheck", state="no script")
    assert (clicked.shown, clicked.started, clicked.after) == ([box("ScriptMissing")], [], "False")


def test_a_windows_that_forbids_its_script_host_is_told(windows):
    clicked = windows.click("cxlCheck", state="no shell")
    assert clicked.started == []
    (shown,) = clicked.shown
    assert shown.startswith(box("CannotStart").partition("（")[0] + "（429")
    assert windows.click("cxlCheck").shown == []
