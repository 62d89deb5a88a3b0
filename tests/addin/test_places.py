"""Where things lie on Windows and macOS, told on any system."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from coordination_xl.addin.setup import places
from coordination_xl.addin.setup.places import MACOS, WINDOWS
from coordination_xl.errors import AddinError

WIN = {
    "USERPROFILE": r"C:\Users\张三",
    "APPDATA": r"C:\Users\张三\AppData\Roaming",
    "LOCALAPPDATA": r"C:\Users\张三\AppData\Local",
}
MAC = {"HOME": "/Users/zhangsan"}
LINUX = {"HOME": "/home/zhangsan"}


def test_windows_loads_the_addin_from_the_users_startup_folder():
    expected = r"C:\Users\张三\AppData\Roaming\Microsoft\Excel\XLSTART\coordination_xl.xlam"
    assert str(places.addin_file(WINDOWS, WIN)) == expected


def test_macos_loads_the_addin_from_the_group_containers_startup_folder():
    expected = (
        "/Users/zhangsan/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized"
        "/Excel/coordination_xl.xlam"
    )
    assert str(places.addin_file(MACOS, MAC)) == expected


def test_the_conf_lies_where_the_vba_of_the_installed_xlwings_looks():
    vba = resources.files("xlwings").joinpath("xlwings_custom_addin.bas").read_text(encoding="ascii")
    looked = re.search(r"Function GetConfigFilePath\(\).*?End Function", vba, re.DOTALL)[0]
    assert r'Environ("USERPROFILE") & "\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf"' in looked
    assert str(places.conf_file(WINDOWS, WIN)) == r"C:\Users\张三\.coordination_xl\coordination_xl.conf"
    assert 'GetMacDir("$HOME", False) & "/" & PROJECT_NAME & ".conf"' in looked
    sandbox = "/Users/zhangsan/Library/Containers/com.microsoft.Excel/Data"
    assert str(places.conf_file(MACOS, MAC)) == f"{sandbox}/coordination_xl.conf"


def test_the_applescript_bears_the_name_that_the_vba_of_xlwings_calls():
    vba = resources.files("xlwings").joinpath("xlwings_custom_addin.bas").read_text(encoding="ascii")
    assert 'AppleScriptTask("xlwings-" & XLWINGS_VERSION & ".applescript"' in vba
    expected = "/Users/zhangsan/Library/Application Scripts/com.microsoft.Excel/xlwings-0.37.8.applescript"
    assert str(places.applescript_file(MACOS, MAC, "0.37.8")) == expected


def test_the_errors_of_python_are_kept_under_the_name_that_our_vba_uses():
    vba = resources.files("coordination_xl.addin.vba").joinpath("CxlClick.bas").read_text(encoding="ascii")
    assert f'ERROR_LOG As String = "{places.ERROR_LOG}"' in vba


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        (WINDOWS, WIN, r"C:\Users\张三\AppData\Local\coordination-xl"),
        (MACOS, MAC, "/Users/zhangsan/Library/Caches/coordination-xl"),
        ("linux", LINUX, "/home/zhangsan/.cache/coordination-xl"),
        ("linux", LINUX | {"XDG_CACHE_HOME": "/var/cache/z"}, "/var/cache/z/coordination-xl"),
        ("linux", LINUX | {"XDG_CACHE_HOME": "relative"}, "/home/zhangsan/.cache/coordination-xl"),
    ],
)
def test_pages_are_laid_into_the_cache_of_the_system(platform, env, expected):
    assert str(places.cache_folder(platform, env)) == expected


@pytest.mark.parametrize("place", [places.addin_file, places.conf_file])
def test_linux_has_no_place_for_an_addin(place):
    with pytest.raises(AddinError, match=r"没有 Excel.*addin build"):
        place("linux", LINUX)


@pytest.mark.parametrize(
    ("place", "missing"),
    [(places.addin_file, "APPDATA"), (places.conf_file, "USERPROFILE"), (places.cache_folder, "LOCALAPPDATA")],
)
def test_a_missing_variable_is_named(place, missing):
    env = {name: value for name, value in WIN.items() if name != missing}
    with pytest.raises(AddinError, match=missing):
        place(WINDOWS, env)
