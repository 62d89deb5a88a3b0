"""What is examined of Excel itself, in every state: that it is there, and that its settings let the add-in run."""

from __future__ import annotations

import plistlib
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from coordination_xl.addin.setup.checks import FAULT, OK, WARNING
from coordination_xl.addin.setup.install import plan_install
from tests.addin import machines
from tests.addin.machines import APP_PATHS, EXCEL, SECURITY, state, with_registry, write

OFFICE = r"HKCU\Software\Microsoft\Office\16.0\Excel"
POLICY = r"HKLM\Software\Policies\Microsoft\Office\16.0\Excel\Security"
COMMON = r"HKLM\Software\Policies\Microsoft\Office\16.0\Common"
TRUSTED = rf"{SECURITY}\Trusted Locations"


# Excel


@pytest.mark.parametrize("hive", ["HKCU", "HKLM"])
def test_excel_is_found_through_either_hive(windows, hive):
    keys = {APP_PATHS.replace("HKLM", hive): {"": f'"{EXCEL}"'}}
    machine = replace(windows, registry=lambda key: keys.get(key, {}))
    assert state(machine, "Excel") == (OK, f"{EXCEL}。")


def test_an_excel_that_was_removed_is_told(windows):
    windows.here(PureWindowsPath(EXCEL)).unlink()
    assert state(windows, "Excel")[0] == FAULT


def test_wps_alone_is_no_excel(windows):
    wps = {r"HKCU\Software\Kingsoft\Office\6.0\Common": {"version": "12"}}
    machine = replace(windows, registry=lambda key: wps.get(key, {}))
    told = state(machine, "Excel")
    assert told[0] == FAULT
    assert "WPS 请用命令行" in told[1]


def test_wps_registered_in_the_place_of_excel_is_no_excel(windows):
    program = PureWindowsPath(r"C:\Users\张三\AppData\Local\Kingsoft\WPS Office\office6\et.exe")
    machines.lay(windows, program)
    machine = replace(windows, registry=lambda key: {APP_PATHS: {"": str(program)}}.get(key, {}))
    assert state(machine, "Excel")[0] == FAULT


def test_a_mac_without_excel_is_told(macos):
    assert "16.89" in state(macos, "Excel")[1]
    macos.here(PurePosixPath("/Applications/Microsoft Excel.app/Contents/Info.plist")).unlink()
    assert state(macos, "Excel")[0] == FAULT


# Trust


@pytest.mark.parametrize("key", [SECURITY, POLICY])
@pytest.mark.parametrize(("name", "word"), [("DisableAllAddins", "禁用了所有加载项"), ("RequireAddinSig", "签名")])
def test_settings_that_stop_every_addin_are_told(windows, key, name, word):
    told = state(with_registry(windows, {key: {name: 1}}), "宏和加载项设置")
    assert told[0] == FAULT
    assert word in told[1]
    assert "信任中心" in told[1]
    assert state(with_registry(windows, {key: {name: 0}}), "宏和加载项设置")[0] == OK


@pytest.mark.parametrize(
    ("key", "name", "value", "expected"),
    [
        (POLICY, "requireaddinsig", 1, FAULT),
        (POLICY, "disablealladdins", 1, FAULT),
        (rf"{POLICY}\trusted locations", "alllocationsdisabled", 1, WARNING),
        (rf"{COMMON}\security\trusted locations", "allow user locations", 0, WARNING),
        (rf"{COMMON}\security\trusted locations", "allow user locations", 1, OK),
        (COMMON, "vbaoff", 1, FAULT),
    ],
)
def test_policies_are_read_as_windows_stores_them_without_capitals(windows, key, name, value, expected):
    stored = {key.casefold(): {name: value}}
    machine = replace(windows, registry=lambda asked: stored.get(asked.casefold(), {}))
    assert state(machine, "宏和加载项设置")[0] == expected


@pytest.mark.parametrize("warnings", [1, 2, 3, 4])
def test_the_setting_for_macros_does_not_matter_in_a_trusted_folder(windows, warnings):
    assert state(with_registry(windows, {SECURITY: {"VBAWarnings": warnings}}), "宏和加载项设置")[0] == OK


@pytest.mark.parametrize(("warnings", "expected"), [(1, WARNING), (2, WARNING), (3, FAULT), (4, FAULT)])
def test_it_does_where_no_folder_is_trusted(windows, warnings, expected):
    machine = with_registry(windows, {SECURITY: {"VBAWarnings": warnings}, TRUSTED: {"AllLocationsDisabled": 1}})
    assert state(machine, "宏和加载项设置")[0] == expected


def test_a_startup_folder_on_a_network_is_not_trusted_by_itself(windows):
    machine = replace(windows, env=dict(windows.env) | {"APPDATA": r"\\server\profiles\张三\Roaming"})
    assert state(machine, "宏和加载项设置")[0] == WARNING
    assert state(with_registry(machine, {TRUSTED: {"AllowNetworkLocations": 1}}), "宏和加载项设置")[0] == OK


@pytest.mark.parametrize(
    ("place", "settings", "expected"),
    [
        ("/Users/zhangsan/Library/Preferences", {"VisualBasicMacroExecutionState": "DisabledWithoutWarnings"}, FAULT),
        ("/Users/zhangsan/Library/Preferences", {"VisualBasicMacroExecutionState": "DisabledWithWarnings"}, OK),
        ("/Library/Managed Preferences", {"VisualBasicEntirelyDisabled": True}, FAULT),
        ("/Library/Managed Preferences", {"VisualBasicEntirelyDisabled": False}, OK),
        ("/Library/Managed Preferences", {"DisableVisualBasicMacScript": True}, FAULT),
    ],
)
def test_settings_of_office_for_mac_are_read(macos, place, settings, expected):
    write(macos, PurePosixPath(place, "com.microsoft.office.plist"), plistlib.dumps(settings))
    assert state(macos, "宏设置")[0] == expected


@pytest.mark.parametrize("content", [b"", b"bplist00 broken", b"<plist><dict>"])
def test_a_preference_file_that_cannot_be_read_is_passed_over(macos, content):
    write(macos, PurePosixPath("/Users/zhangsan/Library/Preferences/com.microsoft.office.plist"), content)
    assert state(macos, "宏设置")[0] == OK


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.com/\r\n", FAULT),
        (b"[ZoneTransfer]\r\nZoneId=4\r\n", FAULT),
        (b"[ZoneTransfer]\r\nZoneId=0\r\n", OK),
        (b"", OK),
    ],
)
def test_the_mark_of_a_file_from_the_web_is_seen(windows, mark, expected):
    write(windows, windows.addin_file.with_name("coordination_xl.xlam:Zone.Identifier"), mark)
    assert state(windows, "来自网络的标记")[0] == expected


def test_installing_again_takes_the_mark_away_as_the_remedy_says(windows):
    write(
        windows, windows.addin_file.with_name("coordination_xl.xlam:Zone.Identifier"), b"[ZoneTransfer]\r\nZoneId=3\r\n"
    )
    assert "重新运行 coordination-xl addin install" in state(windows, "来自网络的标记")[1]
    content = windows.here(windows.addin_file).read_bytes()
    assert [piece.what for piece in plan_install(windows, lambda: content).changes()] == ["加载项"]


def test_an_addin_that_excel_has_disabled_is_told(windows):
    items = rf"{OFFICE}\Resiliency\DisabledItems"
    ours = b"\x01\x00\x00\x00" + str(windows.addin_file).upper().encode("utf-16-le")
    other = b"\x01\x00\x00\x00" + r"C:\other.xlam".encode("utf-16-le")
    assert state(with_registry(windows, {items: {"9A3B": other}}), "Excel 的禁用项目")[0] == OK
    assert state(with_registry(windows, {items: {"9A3B": other, "77": ours}}), "Excel 的禁用项目")[0] == FAULT
