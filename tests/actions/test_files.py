"""Files beside the workbook: all of them or none, and none before the workbook itself is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from coordination_xl.actions.changing.files import NewFile, write_all
from coordination_xl.errors import LockedWorkbook, SaveFailed


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every path below a folder; the content of a file, ``None`` of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.fixture
def files(tmp_path):
    return [NewFile(tmp_path / "案卷" / "甲" / "一.html", b"1"), NewFile(tmp_path / "案卷" / "乙" / "二.html", b"2")]


WRITTEN = {"案卷": None, "案卷/甲": None, "案卷/乙": None, "案卷/甲/一.html": b"1", "案卷/乙/二.html": b"2"}


def locked() -> None:
    raise LockedWorkbook("台账.xlsx", "有人打开着", "请先关闭")


def test_files_stand_in_place_after_the_workbook_is_written(tmp_path, files):
    seen = []
    write_all(files, lambda: seen.append([name for name in tree(tmp_path) if name.endswith("html")]))
    assert seen == [[]], "no file may be in place before the workbook is written"
    assert tree(tmp_path) == WRITTEN


def test_a_workbook_that_cannot_be_written_leaves_no_file_and_no_folder(tmp_path, files):
    with pytest.raises(LockedWorkbook):
        write_all(files, locked)
    assert tree(tmp_path) == {}


def test_a_stop_by_hand_leaves_nothing_either(tmp_path, files):
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_all(files, stopped)
    assert tree(tmp_path) == {}


def test_a_full_disk_stops_before_the_workbook_is_touched(tmp_path, files, monkeypatch):
    whole = Path.write_bytes

    def writing(path, content):
        if content == b"2":
            whole(path, b"")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return whole(path, content)

    monkeypatch.setattr(Path, "write_bytes", writing)
    committed = []
    with pytest.raises(SaveFailed, match=r"无法写入.*检查文件夹权限和磁盘空间"):
        write_all(files, lambda: committed.append(1))
    assert (committed, tree(tmp_path)) == ([], {})


def test_a_folder_that_cannot_be_made_takes_back_those_above_it(tmp_path, monkeypatch):
    whole = Path.mkdir

    def making(path, *arguments, **options):
        if path.name == "内":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        whole(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", making)
    with pytest.raises(SaveFailed):
        write_all([NewFile(tmp_path / "外" / "内" / "一.html", b"1")], lambda: None)
    assert tree(tmp_path) == {}


def test_a_file_where_a_folder_should_be_is_told(tmp_path, files):
    (tmp_path / "案卷").write_bytes(b"file")
    with pytest.raises(SaveFailed, match="案卷"):
        write_all(files, lambda: None)
    assert tree(tmp_path) == {"案卷": b"file"}


def test_a_folder_where_a_file_should_be_is_told_before_the_workbook_is_touched(tmp_path, files):
    files[1].path.mkdir(parents=True)
    committed = []
    with pytest.raises(SaveFailed, match="已有同名文件夹"):
        write_all(files, lambda: committed.append(1))
    assert committed == []
    assert tree(tmp_path) == {"案卷": None, "案卷/乙": None, "案卷/乙/二.html": None}


def test_a_crash_between_the_files_keeps_what_is_in_place_and_a_second_run_adds_the_rest(tmp_path, files, monkeypatch):
    whole = Path.replace

    def replacing(path, target):
        if target.name == "二.html":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path), None, str(target))
        return whole(path, target)

    committed = []
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replacing)
        with pytest.raises(SaveFailed, match=r"二\.html：台账已写入，但这个文件没有写成"):
            write_all(files, lambda: committed.append(1))
    assert committed == [1]
    assert tree(tmp_path) == {key: value for key, value in WRITTEN.items() if key != "案卷/乙/二.html"}
    write_all(files, lambda: None)
    assert tree(tmp_path) == WRITTEN


def test_what_is_there_already_is_not_written_again(tmp_path, files):
    write_all(files, lambda: None)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert all(file.is_there for file in files)
    write_all(files, lambda: None)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_another_content_replaces_what_is_there(files):
    write_all(files, lambda: None)
    changed = NewFile(files[0].path, b"new")
    assert not changed.is_there
    write_all([changed], lambda: None)
    assert files[0].path.read_bytes() == b"new"


def test_somebody_elses_file_in_a_new_folder_stays_when_it_is_taken_back(tmp_path, files):
    def commit():
        (tmp_path / "案卷" / "甲" / "别人的.txt").write_bytes(b"x")
        locked()

    with pytest.raises(LockedWorkbook):
        write_all(files, commit)
    assert tree(tmp_path) == {"案卷": None, "案卷/甲": None, "案卷/甲/别人的.txt": b"x"}


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EFBIG, "文件过大")]
)
def test_the_system_is_quoted_in_chinese(number, words, tmp_path):
    def full() -> None:
        raise OSError(number, os.strerror(number), "周报.html")

    with pytest.raises(SaveFailed, match=words):
        write_all([NewFile(tmp_path / "a.txt", b"a")], full)
