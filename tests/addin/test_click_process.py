"""The process of one click where Excel cannot help it: no workbook, a box of the system's own, a second click, its end."""

from __future__ import annotations

import ast
import ctypes
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from coordination_xl.addin.clicking import boxes, opening, questions
from coordination_xl.addin.clicking.caller import caller, given, window
from coordination_xl.addin.clicking.turn import Turn
from coordination_xl.addin.excel_processes import XLWINGS_CLEANUP, XLWINGS_MODULE, spare_other_excels
from coordination_xl.addin.vba.messages import SAID, said_line
from coordination_xl.addin.wording import MOST_LINES, fitting


@pytest.fixture(scope="module")
def windows_cleanup():
    """What xlwings' own source registers for the exit on Windows; the module itself cannot be imported elsewhere."""
    (folder,) = find_spec("xlwings").submodule_search_locations
    source = (Path(folder) / f"{XLWINGS_MODULE.rpartition('.')[2]}.py").read_text(encoding="utf-8")
    functions = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef)]
    registered = [each for each in functions if "atexit.register" in map(ast.unparse, each.decorator_list)]
    assert [each.name for each in registered] == [XLWINGS_CLEANUP], "xlwings registers something else now"
    assert source.count("atexit.") == 1
    return ast.unparse(registered[0])


@pytest.mark.parametrize(("platform", "killed"), [("win32", ""), ("linux", "killed")])
def test_the_end_of_a_click_ends_no_excel(windows_cleanup, platform, killed):
    code = f"""
import atexit, sys
from types import ModuleType
xlwings = sys.modules["{XLWINGS_MODULE}"] = ModuleType("{XLWINGS_MODULE}")
xlwings.atexit = atexit
exec("class Apps:\\n    cleanup = staticmethod(lambda: print('killed'))\\n" + {windows_cleanup!r}, vars(xlwings))
from coordination_xl.addin.excel_processes import spare_other_excels
spare_other_excels("{platform}")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == killed


def test_every_module_that_imports_xlwings_for_a_click_or_a_cell_spares_them():
    import coordination_xl

    addin = Path(coordination_xl.__file__).parent / "addin"
    for file in addin.rglob("*.py"):
        imports = [line for line in file.read_text(encoding="utf-8").splitlines() if line == "import xlwings as xw"]
        if imports:
            assert "\nspare_other_excels()\n" in file.read_text(encoding="utf-8"), file.name
    spare_other_excels("darwin")  # asks for nothing there


def clicked(macro, tmp_path, *arguments, before=""):
    browser = tmp_path / "browser.sh"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{tmp_path}/opened.txt"\n')
    browser.chmod(0o755)
    places = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CACHE_HOME": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", f"{before}\nfrom coordination_xl.addin import macros; macros.{macro}()", *arguments],
        env=os.environ | places | {"BROWSER": f"{browser} %s", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


FROM_EXCEL = ("--wb=", "--from_xl=1", "--app=x", "--hwnd=4711")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a box would wait for somebody to read it")
class TestWithoutAWorkbook:
    def test_the_doctor_tells_what_it_found(self, tmp_path):
        done = clicked("doctor", tmp_path, *FROM_EXCEL)
        assert done.returncode == 0
        assert done.stderr.startswith("协调管理 · 环境检查\n检查 ")

    def test_the_handbook_is_shown(self, tmp_path):
        done = clicked("handbook", tmp_path, *FROM_EXCEL)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "opened.txt").read_text().strip().endswith("handbook.zh-CN.html")

    def test_any_other_button_says_that_there_is_none(self, tmp_path):
        done = clicked("check", tmp_path, *FROM_EXCEL)
        assert "没有打开的工作簿" in done.stderr
        assert not list(tmp_path.rglob("addin.log"))

    def test_what_cannot_be_told_is_left_to_the_vba_behind_its_mark(self, tmp_path):
        done = clicked("check", tmp_path, before="import xlwings; xlwings.Book.caller = lambda: 1 / 0")
        assert done.returncode == 1
        line, text = done.stderr.splitlines()[-2:]
        assert line.startswith(SAID)
        assert bytes.fromhex(line.removeprefix(SAID)).decode("utf-16-be") == text
        assert text.startswith("【校验】没有做完")
        assert list(tmp_path.rglob("addin.log"))


def test_a_blank_name_is_not_looked_up(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["-c", *FROM_EXCEL])
    monkeypatch.setattr("xlwings.Book.caller", lambda: pytest.fail("on macOS this makes a new workbook"))
    assert caller() == (None, None)
    assert (given("wb"), given("other"), window()) == ("", None, 4711)


@pytest.mark.parametrize("fault", [OSError, KeyError, AttributeError])
def test_a_workbook_that_is_gone_is_none(monkeypatch, fault):
    def gone():
        raise fault

    monkeypatch.setattr("xlwings.Book.caller", gone)
    assert caller() == (None, None)


class TestBoxes:
    """The systems themselves are not here: what they would be asked is held."""

    def test_on_windows_the_box_belongs_to_excel(self, monkeypatch):
        asked = []
        user32 = SimpleNamespace(MessageBoxW=lambda *given: asked.append(given) or 1)
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
        assert boxes.shown("没有做完", "协调管理 · 校验", is_fault=True, owner=4711, platform="win32")
        assert asked == [(4711, "没有做完", "协调管理 · 校验", 0x10030)]
        assert not boxes.is_agreed("发送吗？", "协调管理 · 发送", 4711)
        assert not boxes.is_agreed("发送吗？", "协调管理 · 发送", 4711, is_risky=True)
        assert asked[1:] == [(4711, "发送吗？", "协调管理 · 发送", look) for look in (0x24, 0x124)]

    def test_on_windows_the_box_finds_excel_though_the_window_of_the_click_is_gone(self, monkeypatch):
        asked = []
        user32 = SimpleNamespace(MessageBoxW=lambda owner, *_: asked.append(owner) or 6 * (owner == 815))
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
        monkeypatch.setattr(sys, "platform", "win32")
        excel = SimpleNamespace(hwnd=4711, api=SimpleNamespace(Hwnd=815))  # as xlwings keeps it, and as Excel says now
        questions.tell(excel, "已升级。", "校验", owner=4711)
        assert questions.is_agreed(excel, "现在升级吗？", "校验")
        assert asked == [815, 815]

    def test_on_macos_texts_are_arguments_and_never_code(self, monkeypatch):
        asked = []

        def run(line, **given):
            asked.append(line)
            assert given["stdout"] == given["stderr"] == subprocess.DEVNULL  # what stands there is told as a failure
            return subprocess.CompletedProcess(line, 0)

        monkeypatch.setattr(subprocess, "run", run)
        text = 'a" & (do shell script "x") & "'
        assert boxes.shown(text, "标题", platform="darwin")
        program, option, script, *told = asked[0]
        assert (program, option, told) == ("/usr/bin/osascript", "-e", ["标题", text, "news"])
        assert text not in script

    def test_a_mac_without_the_program_has_no_boxes(self, monkeypatch):
        def missing(*_, **__):
            raise FileNotFoundError

        monkeypatch.setattr(subprocess, "run", missing)
        assert not boxes.shown("a", "b", platform="darwin")

    def test_elsewhere_there_are_none(self):
        assert not boxes.shown("a", "b", platform="linux")

    @pytest.mark.parametrize(("is_risky", "default"), [(False, "是"), (True, "否")])
    def test_excels_own_box_on_macos_waits_as_long_as_it_must(self, monkeypatch, is_risky, default):
        keyword = SimpleNamespace(critical="critical", informational="info", button_returned="button")
        asked = {}

        class Additions:
            def __init__(self, pid):
                asked["pid"] = pid

            def activate(self):
                asked["active"] = True

            def display_alert(self, title, **given):
                asked.update(given, title=title)
                return {"button": "否"}

        for name, content in {"appscript": {"k": keyword}, "osax": {"OSAX": Additions}}.items():
            module = ModuleType(name)
            vars(module).update(content)
            monkeypatch.setitem(sys.modules, name, module)
        answer = questions.alert_on_mac(7, "归档吗？", "协调管理", "yes_no", mode="info", is_risky=is_risky)
        assert answer == "no"
        assert asked == {
            "pid": 7,
            "active": True,
            "title": "协调管理",
            "message": "归档吗？",
            "buttons": ["否", "是"],
            "default_button": default,
            "as_": "info",
            "timeout": -1,
        }


class TestTurns:
    def test_one_click_at_a_time_on_a_workbook(self, tmp_path):
        first = Turn(tmp_path / "state", "台账.xlsx")
        assert first.take()
        assert not Turn(tmp_path / "state", "台账.XLSX").take()
        assert Turn(tmp_path / "state", "另一本.xlsx").take()
        first.give_back()
        assert Turn(tmp_path / "state", "台账.xlsx").take()

    def test_a_crash_lets_go_of_it(self, tmp_path):
        code = "import os,sys\nfrom pathlib import Path\nfrom coordination_xl.addin.clicking.turn import Turn\n"
        code += "assert Turn(Path(sys.argv[1]), 'a').take(); os._exit(3)"
        assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 3
        assert Turn(tmp_path, "a").take()

    def test_where_no_lock_can_lie_nobody_is_held_up(self, tmp_path):
        (tmp_path / "file").touch()
        turn = Turn(tmp_path / "file", "a")
        assert turn.take()
        turn.give_back()


class TestFittingABox:
    @pytest.mark.parametrize("line", ["短", "字" * 150])
    def test_a_long_text_is_cut_in_the_middle_and_says_so(self, line):
        text = "\n".join(["开头", *[line] * 200, "归档后不再计时。", "现在归档吗？"])
        cut = fitting(text).splitlines()
        assert sum(-(-len(each) // 60) for each in cut) <= MOST_LINES
        assert cut[0] == "开头"
        assert cut[-1] == "现在归档吗？"
        (told,) = [each for each in cut if each.startswith("……")]
        assert int(told.split()[2]) == 203 - (len(cut) - 1)

    def test_a_text_that_fits_is_left_alone(self):
        text = "\n".join(["行"] * MOST_LINES)
        assert fitting(text) == text

    def test_one_endless_line_is_cut_too(self):
        assert len(fitting("字" * 10_000)) <= 60 * MOST_LINES


def test_a_sentence_travels_as_ascii():
    assert said_line("【校验】") == f"{SAID}3010" + "6821" + "9A8C" + "3011"


def test_on_windows_a_page_is_opened_by_its_path(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", lambda path: opened.append(path), raising=False)
    page = tmp_path / "周报-2026-W47.html"
    assert opening.open_page(page)
    assert opening.open_folder(tmp_path)
    assert opened == [page, tmp_path]

    def refused(_):
        raise OSError

    monkeypatch.setattr(os, "startfile", refused)
    assert not opening.open_page(page)
