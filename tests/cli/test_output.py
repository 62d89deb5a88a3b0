"""Where the command line speaks: pipe, terminal, silence, log."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading

import pytest

from tests.builders import problem

ESCAPE = "\x1b"


def in_terminal(*words: object) -> tuple[int, str]:
    """Run the command line in a terminal of its own; what a person would see."""
    main, worker = pty.openpty()
    command = [sys.executable, "-m", "coordination_xl", *map(str, words), "--now", "2026-03-06T10:00"]
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "160"}
    environment.pop("NO_COLOR", None)
    seen = bytearray()

    def listen() -> None:
        try:
            while chunk := os.read(main, 65_536):
                seen.extend(chunk)
        except OSError:  # the terminal closes with its last process
            return

    with subprocess.Popen(command, stdin=worker, stdout=worker, stderr=worker, env=environment) as process:
        os.close(worker)
        ear = threading.Thread(target=listen)
        ear.start()
        status = process.wait()
    ear.join()
    os.close(main)
    return status, seen.decode()


class TestTerminal:
    def test_shows_a_table_in_colour(self, make):
        status, seen = in_terminal("check", make("faulty"))
        assert status == 1
        assert ESCAPE in seen
        assert "┃" in seen

    def test_shows_what_stands_in_a_cell_and_obeys_none_of_it(self, tmp_path, workbook):
        """Neither markup nor emoji codes nor control characters."""
        row = problem(raiser="[/b]:smile:部*甲", title="[red]")
        status, seen = in_terminal("check", workbook(tmp_path / "b.xlsx", Problems=[row]))
        assert status == 1
        assert "[/b]:smile:" in seen


class TestPipe:
    def test_is_plain_text_without_escape_codes(self, make):
        command = [sys.executable, "-m", "coordination_xl", "run", str(make("faulty")), "--now", "2026-03-06"]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (1, b"")
        text = done.stdout.decode("utf-8")
        assert ESCAPE not in text
        assert "┃" not in text
        assert "“火急”" not in text.splitlines()[0]

    def test_columns_line_up_although_letters_are_wide(self, cli, make):
        lines = cli("refresh", make("clean")).out.splitlines()
        head = lines[lines.index("预警灯") + 1]
        row = next(line for line in lines if line.startswith("问题台账"))
        wide = {letter for letter in head + row if ord(letter) > 0x2E80}
        assert len(head.split("▲")[0]) + sum(letter in wide for letter in head.split("▲")[0]) == (
            len(row.split("0")[0]) + sum(letter in wide for letter in row.split("0")[0])
        )

    def test_a_finding_is_one_line_whatever_its_cell_holds(self, cli, tmp_path, workbook):
        path = workbook(tmp_path / "b.xlsx", Problems=[problem(wished_by="尽\n快\r\n\t好", raiser="x\u2028y部*甲")])
        called = cli("check", path)
        rows = [line for line in called.out.splitlines() if "问题台账!" in line and "WT-" in line]
        assert len([line for line in rows if "不是能认出的日期" in line]) == 1


class TestQuiet:
    @pytest.mark.parametrize("verb", ["check", "refresh", "run"])
    def test_says_nothing_but_works(self, verb, cli, make):
        path = make("faulty")
        before = path.read_bytes()
        called = cli(verb, path, "--quiet")
        assert (called.out, called.err) == ("", "")
        assert path.read_bytes() != before

    def test_still_says_what_went_wrong(self, cli, tmp_path):
        called = cli("check", tmp_path / "没有.xlsx", "--quiet")
        assert (called.status, called.out) == (2, "")
        assert "没有.xlsx" in called.err


class TestLog:
    def test_has_one_line_a_call_with_the_time(self, cli, make, tmp_path):
        path, log = make("faulty"), tmp_path / "运行.log"
        cli("check", path, "--log", log)
        cli("refresh", path, "--log", log)
        cli("run", path, "--log", log)
        lines = log.read_text(encoding="utf-8").splitlines()
        assert [line[20:].split()[0] for line in lines] == ["check", "refresh", "run"]
        assert all(line[:2] == "20" and line[10] == " " for line in lines)
        assert "findings=2" in lines[0]

    def test_has_failures_too(self, cli, make, tmp_path):
        log = tmp_path / "运行.log"
        cli("check", tmp_path / "没有.xlsx", "--log", log)
        cli("explain", make("clean"), "WT-2026-9999", "--log", log)
        cli("run", make("clean"), tmp_path / "没有.xlsx", "--log", log)
        lines = log.read_text(encoding="utf-8").splitlines()
        assert [line[20:].split()[0] for line in lines] == ["failed"] * 3

    def test_that_cannot_be_written_stops_the_call_before_it_begins(self, cli, make, tmp_path):
        path = make("faulty")
        before = path.read_bytes()
        called = cli("check", path, "--log", tmp_path / "没有" / "运行.log")
        assert (called.status, called.out, path.read_bytes()) == (2, "", before)
        assert "无法写入" in called.err


def test_the_module_can_be_run():
    done = subprocess.run([sys.executable, "-m", "coordination_xl", "--help"], capture_output=True, check=False)
    assert done.returncode == 0
    assert "refresh" in done.stdout.decode("utf-8")
