"""Installing and removing, on Windows and macOS accounts laid out in a folder."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
import xlwings

from coordination_xl.addin.setup.install import is_ours, plan_install, plan_uninstall
from coordination_xl.addin.setup.machine import this_machine
from coordination_xl.addin.setup.places import ACCOUNTS, handbook_folder, log_file
from coordination_xl.errors import AddinError
from tests.addin import machines
from tests.addin.machines import addin, files, vba_input


@pytest.fixture(params=[machines.windows, machines.macos], ids=["windows", "macos"])
def machine(request, tmp_path):
    return request.param(tmp_path)


def install(machine, content=None):
    return plan_install(machine, lambda: content or addin()).apply()


def test_the_addin_and_its_conf_are_laid_down(machine):
    install(machine)
    assert machine.here(machine.addin_file).read_bytes() == addin()
    key = "interpreter_win" if machine.platform == "win32" else "interpreter_mac"
    read = vba_input(machine.here(machine.conf_file).read_bytes(), machine.code_page)
    assert read[key] == str(machine.interpreter)


def test_a_plan_writes_nothing(machine, tmp_path):
    before = files(tmp_path)
    assert plan_install(machine, addin).changes()
    assert files(tmp_path) == before


def test_twice_changes_nothing(machine, tmp_path):
    install(machine)
    before = files(tmp_path)
    assert install(machine) == ()
    assert files(tmp_path) == before


def test_an_older_addin_of_ours_is_replaced(machine):
    install(machine, addin("old"))
    assert [piece.what for piece in install(machine)] == ["加载项"]
    assert machine.here(machine.addin_file).read_bytes() == addin()


@pytest.mark.parametrize(
    "foreign", [b"", b"PK\x03\x04 broken", addin(group="somebodyElse"), b"\xd0\xcf\x11\xe0 old xla"]
)
def test_a_file_that_is_not_ours_stays_and_nothing_is_written(machine, tmp_path, foreign):
    place = machine.here(machine.addin_file)
    place.parent.mkdir(parents=True)
    place.write_bytes(foreign)
    before = files(tmp_path)
    with pytest.raises(AddinError, match="不是本程序的加载项"):
        install(machine)
    assert files(tmp_path) == before
    removal = plan_uninstall(machine)
    removal.apply()
    assert (removal.paths, place.read_bytes()) == ((), foreign)
    assert [path for path, _ in removal.kept] == [machine.addin_file]


def test_a_folder_in_the_place_of_the_addin_is_told(machine):
    machine.here(machine.addin_file).mkdir(parents=True)
    with pytest.raises(AddinError, match=r"coordination_xl\.xlam"):
        install(machine)


def test_nothing_but_the_addin_is_ever_left_in_the_startup_folder(machine):
    install(machine, addin("old"))
    install(machine)
    startup = machine.here(machine.addin_file).parent
    assert [path.name for path in startup.iterdir()] == ["coordination_xl.xlam"]
    assert [path.name for path in startup.parent.iterdir()] == [startup.name]


def test_excel_never_sees_a_draft_in_its_startup_folder(machine, monkeypatch):
    startup = machine.here(machine.addin_file).parent
    install(machine, addin("old"))
    seen = []
    really = Path.replace

    def replace_and_look(path, target):
        seen.extend(each.name for each in startup.iterdir())
        return really(path, target)

    monkeypatch.setattr(Path, "replace", replace_and_look)
    install(machine)
    assert set(seen) == {"coordination_xl.xlam"}


def test_removing_leaves_nothing_of_ours(machine, tmp_path):
    other = machine.here(machine.addin_file.with_name("another.xlam"))
    other.parent.mkdir(parents=True)
    other.write_bytes(b"someone else's")
    before = files(tmp_path)
    install(machine)
    machine.here(machine.error_file).write_text("Traceback", encoding="utf-8")
    accounts = machine.here(machine.program_folder / ACCOUNTS)
    accounts.parent.mkdir(exist_ok=True)
    accounts.write_text("xietiao@mail.example.com\n", encoding="utf-8")
    log = machine.here(log_file(machine.platform, machine.env))
    page = machine.here(handbook_folder(machine.platform, machine.env) / "pictures" / "tab.png")
    for place in (log, log.with_name("addin.log.1"), page):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"ours")
    removal = plan_uninstall(machine)
    removal.apply()
    left = set(files(tmp_path)) - set(before)
    assert left <= {path for path in left if path.endswith(".applescript")}
    assert files(tmp_path).items() >= before.items()
    assert not machine.here(machine.program_folder).exists()
    assert not log.parent.exists()


def test_removing_twice_is_no_fault(machine):
    install(machine)
    plan_uninstall(machine).apply()
    assert plan_uninstall(machine).paths == ()


def test_a_conf_with_settings_of_the_users_own_is_left_behind(machine):
    install(machine)
    place = machine.here(machine.conf_file)
    place.write_bytes(place.read_bytes() + b'"TEMP DIR","D"\n')
    removal = plan_uninstall(machine)
    removal.apply()
    assert place.is_file()
    assert dict(removal.kept)[machine.conf_file].startswith("里面有您自己加的设置")


def test_a_line_nobody_can_read_is_told(machine):
    place = machine.here(machine.conf_file)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"garbage\n")
    assert plan_install(machine, addin).dropped == ("garbage",)


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A Windows machine whose add-in Excel holds open: replacing and deleting are refused. Not to be had without Excel."""
    machine = machines.windows(tmp_path)
    install(machine, addin("old"))
    place = machine.here(machine.addin_file)

    def refusing(real):
        def refused(path, *arguments, **options):
            if place in (path, *arguments):
                raise PermissionError(13, "The process cannot access the file", str(path))
            return real(path, *arguments, **options)

        return refused

    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, refusing(getattr(Path, name)))
    return machine


def test_an_addin_that_excel_holds_open_is_told_with_the_way_out(held):
    machine = held
    with pytest.raises(AddinError, match=r"Excel 正开着它.*退出 Excel"):
        install(machine)
    assert machine.here(machine.addin_file).read_bytes() == addin("old")
    assert not list(machine.here(machine.addin_file).parent.parent.glob("*.new"))
    with pytest.raises(AddinError, match=r"Excel 正开着它.*退出 Excel"):
        plan_uninstall(machine).apply()


def test_where_the_addin_cannot_be_replaced_nothing_else_has_changed(held, tmp_path):
    machine = replace(held, interpreter=PureWindowsPath(r"D:\new\.venv\Scripts\python.exe"))
    before = files(tmp_path)
    with pytest.raises(AddinError):
        install(machine)
    assert files(tmp_path) == before
    machine.here(machine.conf_file).unlink()
    before = files(tmp_path)
    with pytest.raises(AddinError):
        install(machine)
    assert files(tmp_path) == before


def test_a_mac_on_which_excel_was_never_opened_is_told(tmp_path):
    machine = machines.macos(tmp_path)
    machine.here(machine.conf_file).parent.rmdir()
    with pytest.raises(AddinError, match="打开一次 Excel"):
        install(machine)


def test_the_applescript_is_that_of_xlwings_and_stays_for_other_addins(tmp_path):
    machine = machines.macos(tmp_path)
    install(machine)
    place = machine.here(machine.applescript_file)
    original = Path(xlwings.__file__).parent / f"xlwings-{xlwings.__version__}.applescript"
    assert place.read_bytes() == original.read_bytes()
    removal = plan_uninstall(machine)
    removal.apply()
    assert place.is_file()
    assert machine.applescript_file in dict(removal.kept)


def test_the_launcher_may_be_run_and_goes_with_the_addin(tmp_path):
    machine = machines.macos(tmp_path, python="/Users/zhangsan/协调 台账/.venv/bin/python")
    install(machine)
    launcher = machine.here(machine.launcher_file)
    assert launcher.stat().st_mode & stat.S_IXUSR
    plan_uninstall(machine).apply()
    assert not launcher.exists()


def test_a_launcher_that_is_needed_no_more_is_removed_at_the_end(tmp_path):
    install(machines.macos(tmp_path, python="/Users/zhangsan/协调/.venv/bin/python"))
    machine = replace(
        this_machine(), platform="darwin", env={"HOME": "/Users/zhangsan"}, root=tmp_path,
        interpreter=PurePosixPath("/opt/python"),
    )  # fmt: skip
    install(machine)
    plan_uninstall(machine).apply()
    assert not machine.here(machine.program_folder).exists()


def test_linux_refuses_before_it_builds_anything():
    with pytest.raises(AddinError, match="addin build"):
        plan_install(this_machine(), lambda: pytest.fail("built"))
    with pytest.raises(AddinError, match="没有 Excel"):
        plan_uninstall(this_machine())


def test_the_addin_that_is_really_built_is_known_as_ours():
    package = pytest.importorskip("coordination_xl.addin.package")
    assert is_ours(package.build_addin())
