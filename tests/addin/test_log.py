from datetime import datetime

import pytest

from coordination_xl.addin.clicking.log import LARGEST, write_down
from coordination_xl.addin.setup.places import log_file

WHEN = datetime(2026, 11, 20, 10, 0)


@pytest.mark.parametrize(
    ("platform", "env", "path"),
    [
        (
            "win32",
            {"LOCALAPPDATA": r"C:\Users\王\AppData\Local"},
            r"C:\Users\王\AppData\Local\coordination-xl\addin.log",
        ),
        ("darwin", {"HOME": "/Users/wang"}, "/Users/wang/Library/Logs/coordination-xl/addin.log"),
        ("linux", {"HOME": "/home/wang"}, "/home/wang/.local/state/coordination-xl/addin.log"),
        ("linux", {"HOME": "/home/wang", "XDG_STATE_HOME": "/s"}, "/s/coordination-xl/addin.log"),
        ("linux", {"HOME": "/home/wang", "XDG_STATE_HOME": "rel"}, "/home/wang/.local/state/coordination-xl/addin.log"),
    ],
)
def test_the_log_lies_where_the_system_keeps_logs(platform, env, path):
    assert str(log_file(platform, env)) == path


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_without_the_users_variables_there_is_no_place(platform):
    assert log_file(platform, {}) is None


def fault():
    try:
        return {}["完成时限"]
    except KeyError as error:
        return error


def test_a_fault_is_written_with_its_traceback(tmp_path):
    assert write_down(tmp_path / "a" / "addin.log", "校验", fault(), WHEN)
    text = (tmp_path / "a" / "addin.log").read_text(encoding="utf-8")
    assert text.startswith("2026-11-20 10:00:00 校验\nTraceback")
    assert "KeyError: '完成时限'" in text


def test_a_large_log_is_put_aside_and_only_two_remain(tmp_path):
    log = tmp_path / "addin.log"
    for _ in range(3):
        log.write_bytes(b"x" * (LARGEST + 1))
        write_down(log, "校验", fault(), WHEN)
    assert log.stat().st_size < LARGEST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["addin.log", "addin.log.1"]


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path):
    (tmp_path / "addin.log").mkdir()
    assert not write_down(tmp_path / "addin.log", "校验", fault(), WHEN)
