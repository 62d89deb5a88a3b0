from __future__ import annotations

import io
import os
import shutil
import stat
import struct
import subprocess
import sys
import zipfile

import pytest

from coordination_xl.books import ChangeSet, XlsxBook, open_book
from coordination_xl.books.xlsx.save import BACKUP_FOLDER, BACKUPS_KEPT, backups
from coordination_xl.errors import (
    DamagedWorkbook,
    DuplicateTable,
    EncryptedWorkbook,
    LockedWorkbook,
    NotAWorkbook,
    ReadOnlyWorkbook,
    SaveFailed,
    SignedWorkbook,
    WorkbookNotFound,
)
from tests.books.contract import change, column
from tests.packages.minimal import members, sheet_xml, table_xml, text_cell, zipped

SHEET = sheet_xml(
    f'<row r="1">{text_cell("A1", "值")}</row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def parts(**options):
    return members(SHEET, (table_xml("A1:A3", ("值",)),), **options)


def one_change(book, value=5) -> ChangeSet:
    return ChangeSet(columns=(change(book, "值", (2,), column(value), table="T"),))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(zipped(parts()))
    return path


def refused(path, error, match, action=None):
    """The call is refused by name, in Chinese, and the folder stays as it was."""
    before = {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()}
    with pytest.raises(error, match=match) as caught:
        (action or (lambda: open_book(path)))()
    assert type(caught.value) is error
    assert path.name in str(caught.value)
    assert caught.value.remedy
    assert {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()} == before


def test_missing_file(tmp_path):
    refused(tmp_path / "无.xlsx", WorkbookNotFound, "找不到")


def test_folder(tmp_path):
    folder = tmp_path / "台账.xlsx"
    folder.mkdir()
    refused(folder, NotAWorkbook, "不是文件")


@pytest.mark.parametrize(
    ("content", "error", "match"),
    [
        (b"", NotAWorkbook, "空文件"),
        ("编号,事项\n".encode("gbk"), NotAWorkbook, "不是 Excel"),
        (b"<html><table></table></html>", NotAWorkbook, "不是 Excel"),
        (OLE + "Workbook".encode("utf-16-le"), NotAWorkbook, r"\.xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedWorkbook, "密码"),
        (b"PK\x03\x04 and nothing more", DamagedWorkbook, "损坏"),
    ],
)
def test_foreign_file(path, content, error, match):
    path.write_bytes(content)
    refused(path, error, match)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_file(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refused(path, DamagedWorkbook, "损坏")


def test_zip_without_workbook(path):
    for names in (["mimetype"], ["[Content_Types].xml"]):
        path.write_bytes(zipped(dict.fromkeys(names, "<Types/>")))
        refused(path, NotAWorkbook, "不是 Excel 工作簿")


def test_word_document(path):
    document = parts()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = document["[Content_Types].xml"]
    document["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
    )
    path.write_bytes(zipped(document))
    refused(path, NotAWorkbook, "不是 Excel 工作簿")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", "<workbook"),
        ("xl/tables/table1.xml", "<table></tabl>"),
        ("xl/tables/table1.xml", '<table ref="x"/>'),
        ("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'),
    ],
)
def test_part_that_cannot_be_parsed(path, part, content):
    path.write_bytes(zipped(parts() | {part: content}))
    refused(path, DamagedWorkbook, "损坏")


@pytest.mark.parametrize(
    "content", ["<worksheet><sheetData><row></sheetData>", SHEET.replace("</v>", "", 1), SHEET[:-20], "<worksheet/>"]
)
def test_sheet_that_cannot_be_parsed_is_refused_when_it_is_read_or_written(path, content):
    good = XlsxBook.open(path)
    wanted = one_change(good)
    path.write_bytes(zipped(parts() | {"xl/worksheets/sheet1.xml": content}))
    refused(path, DamagedWorkbook, "台账", lambda: XlsxBook.open(path).grid("T"))
    refused(path, DamagedWorkbook, "台账", lambda: XlsxBook.open(path).apply(wanted))


def test_missing_sheet_part(path):
    package = parts()
    del package["xl/worksheets/sheet1.xml"]
    path.write_bytes(zipped(package))
    refused(path, DamagedWorkbook, "sheet1")


def test_wrong_crc(path):
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("xl/styles.xml")
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    refused(path, DamagedWorkbook, "styles")


def test_member_that_claims_to_be_small_but_is_not(path):
    content = bytearray(zipped(parts(extra={"xl/media/bomb.bin": b"\0" * 5_000_000})))
    size = struct.pack("<I", 5_000_000)
    for _ in range(2):
        at = content.index(size)
        content[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(bytes(content))
    refused(path, DamagedWorkbook, "bomb")


def test_absurd_size(path):
    content = bytearray(zipped(parts(extra={"xl/media/bomb.bin": b"\0" * 5_000_000})))
    size = struct.pack("<I", 5_000_000)
    for _ in range(2):
        at = content.index(size)
        content[at : at + 4] = struct.pack("<I", 3_000_000_000)
    path.write_bytes(bytes(content))
    refused(path, DamagedWorkbook, "GB")


def test_two_members_of_one_name(path):
    file = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/styles.xml", "<x/>")
    path.write_bytes(file.getvalue())
    refused(path, DamagedWorkbook, "two members of one name")


def test_two_tables_of_one_name(path):
    tables = (table_xml("A1:A3", ("值",)), table_xml("C1:C3", ("值",), number=2))
    path.write_bytes(zipped(members(SHEET, tables)))
    refused(path, DuplicateTable, "t")


def test_encrypted_member(path):
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    refused(path, EncryptedWorkbook, "加密")


def test_signed_workbook_is_read_but_not_written(path):
    path.write_bytes(zipped(parts(extra={"_xmlsignatures/sig1.xml": "<Signature/>"})))
    book = XlsxBook.open(path)
    refused(path, SignedWorkbook, "签名", lambda: book.apply(one_change(book)))


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#", ".~{}"])
def test_open_workbook_is_read_but_not_written(path, lock):
    path.with_name(lock.format(path.name)).touch()
    book = XlsxBook.open(path)
    assert book.grid("T").height == 2
    refused(path, LockedWorkbook, "锁文件", lambda: book.apply(one_change(book)))


def test_read_only_file(path):
    path.chmod(0o444)
    book = XlsxBook.open(path)
    refused(path, ReadOnlyWorkbook, "文件是只读的", lambda: book.apply(one_change(book)))


def test_read_only_folder(path):
    book = XlsxBook.open(path)
    path.parent.chmod(0o555)
    try:
        refused(path, ReadOnlyWorkbook, "文件夹是只读的", lambda: book.apply(one_change(book)))
    finally:
        path.parent.chmod(0o755)


def test_file_changed_by_others_meanwhile(path):
    book = XlsxBook.open(path)
    wanted = one_change(book)
    path.write_bytes(zipped(parts(extra={"docProps/x.xml": "<x/>"})))
    refused(path, SaveFailed, "别的程序改过", lambda: book.apply(wanted))


def test_file_changed_by_others_while_it_is_being_saved(path, monkeypatch):
    book = XlsxBook.open(path)
    theirs = zipped(parts(extra={"docProps/x.xml": "<x/>"}))
    flush = os.fsync

    def slow(handle):
        flush(handle)
        path.write_bytes(theirs)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(SaveFailed, match="别的程序改过"):
        book.apply(one_change(book))
    assert path.read_bytes() == theirs
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_file_removed_meanwhile(path):
    book = XlsxBook.open(path)
    wanted = one_change(book)
    path.unlink()
    refused(path, SaveFailed, "别的程序改过", lambda: book.apply(wanted))


def test_file_touched_but_not_changed_is_written(path):
    book = XlsxBook.open(path)
    os.utime(path, (1, 1))
    book.apply(one_change(book))
    assert XlsxBook.open(path).grid("T").columns[0].tolist() == [5.0, 2.0]


FULL_DISK = """
import resource, signal, sys
import numpy as np
from coordination_xl.books import ChangeSet, ColumnChange, XlsxBook
from coordination_xl.errors import SaveFailed
book = XlsxBook.open(sys.argv[1])
values = book.grid("T").columns[0][:1]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
try:
    book.apply(ChangeSet(columns=(ColumnChange("T", "值", np.array([2]), values, values, np.array(["新"], dtype=object)),)))
except SaveFailed as error:
    sys.stdout.buffer.write(str(error).encode())
"""


def failing_save(path, how) -> str:
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path), how], capture_output=True, check=True)
    return done.stdout.decode()


def test_full_disk_leaves_the_file_as_it_was(path):
    before = path.read_bytes()
    assert "磁盘空间不足" in failing_save(path, "limit")
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "小盘"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_small_disk_leaves_the_file_as_it_was(small_disk):
    path = small_disk / "台账.xlsx"
    path.write_bytes(zipped(parts(extra={"xl/media/image1.bin": os.urandom(20_000)})))
    before = path.read_bytes()
    assert "磁盘空间不足" in failing_save(path, "none")
    assert path.read_bytes() == before
    assert [p.name for p in small_disk.iterdir()] == [path.name]


def test_interrupted_save_leaves_nothing_behind(path, monkeypatch):
    book = XlsxBook.open(path)
    before = path.read_bytes()

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        book.apply(one_change(book))
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_permissions_are_kept(path):
    path.chmod(0o640)
    book = XlsxBook.open(path)
    book.apply(one_change(book))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_link_is_followed(path, tmp_path):
    link = tmp_path / "捷径.xlsx"
    link.symlink_to(path)
    book = XlsxBook.open(link)
    book.apply(one_change(book))
    assert link.is_symlink()
    assert XlsxBook.open(path).grid("T").columns[0].tolist() == [5.0, 2.0]


def test_newest_backups_are_kept(path):
    contents = []
    for number in range(BACKUPS_KEPT + 2):
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        contents.append(path.read_bytes())
        book = XlsxBook.open(path)
        book.apply(one_change(book, 100 + number))
    kept = backups(path)
    assert [p.read_bytes() for p in kept] == contents[-BACKUPS_KEPT:]
    assert kept[-1].name == "台账.20231114T221324.000000Z.xlsx"
    assert {p.name for p in path.parent.iterdir()} == {path.name, BACKUP_FOLDER}


def test_backups_of_another_workbook_stay(path):
    other = path.with_name("台账.2.xlsx")
    shutil.copy(path, other)
    for target in (path, other):
        for number in range(BACKUPS_KEPT + 1):
            os.utime(target, (1_700_000_000 + number, 1_700_000_000 + number))
            book = XlsxBook.open(target)
            book.apply(one_change(book, 100 + number))
    assert len(backups(path)) == len(backups(other)) == BACKUPS_KEPT


def test_empty_change_set_writes_nothing(path):
    before = (path.stat().st_mtime_ns, path.stat().st_ino)
    XlsxBook.open(path).apply(ChangeSet(note="只是说明"))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_same_value_again_writes_nothing(path):
    book = XlsxBook.open(path)
    book.apply(one_change(book, "新"))
    before = (path.stat().st_mtime_ns, path.stat().st_ino)
    book.apply(one_change(book, "新"))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_two_programs_that_write_the_same_give_the_same_bytes(path, tmp_path):
    twin = tmp_path / "二.xlsx"
    shutil.copy(path, twin)
    for target in (path, twin):
        book = XlsxBook.open(target)
        book.apply(one_change(book, "新"))
    assert path.read_bytes() == twin.read_bytes()
