"""Names of notices' files: every system takes them, and they say nothing of what a matter is about."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination_xl.notices.file_names import folder_name, safe_file_name, safe_name, stem_of

any_text = st.text(st.characters(), max_size=300)


def test_a_stem_says_number_kind_and_record():
    assert stem_of("TZ-2026-0211", "问题分派通知", "WT-2026-0036") == "TZ-2026-0211 问题分派通知 WT-2026-0036"
    assert stem_of("TZ-2026-0212", "催办汇总") == "TZ-2026-0212 催办汇总"


@pytest.mark.parametrize(
    ("record", "stem"),
    [
        ("WT/2026/36", "TZ-1 催办单 WT-2026-36"),
        ("..\\..\\WT", "TZ-1 催办单 ..-..-WT"),
        ('a*b?c:d"e<f>g|h', "TZ-1 催办单 a-b-c-d-e-f-g-h"),
        ("一\r\n二\x00三\u2028四\u202e五\u200b六\ud800七", "TZ-1 催办单 一 二 三 四 五 六 七"),
        ("WT-1. . ", "TZ-1 催办单 WT-1"),
        ("  WT  1\u3000", "TZ-1 催办单 WT 1"),
        ("😀𠮷", "TZ-1 催办单 😀𠮷"),
    ],
)
def test_an_id_typed_by_hand_does_no_harm(record, stem):
    assert stem_of("TZ-1", "催办单", record) == stem


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("综合管理部 台账2026", "综合管理部 台账2026"),
        ("CON", "_CON"),
        ("con.2026", "_con.2026"),
        ("Nul .x", "_Nul .x"),
        ("LPT9", "_LPT9"),
        ("COM¹", "_COM¹"),
        ("CONSOLE", "CONSOLE"),
        (".ssh", "ssh"),
        ("~$台账", "$台账"),
        ("..", "_"),
        ("", "_"),
        ("///", "---"),
    ],
)
def test_a_folder_bears_the_name_of_the_workbook(stem, name):
    assert folder_name(stem) == name


def test_composed_and_decomposed_letters_are_one_name():
    assert safe_name("Cafe\u0301") == safe_name("Caf\u00e9") == "Caf\u00e9"


def test_a_long_name_is_cut_between_letters_and_stays_unlike_the_next():
    first, second = (stem_of("很" * 60, "催办单", f"WT-{number}") for number in (1, 2))
    assert first != second
    assert first.startswith("很" * 37 + "~")
    assert len(first.encode()) <= 120
    assert stem_of("很" * 60, "催办单", "WT-1") == first


def test_a_name_that_just_fits_is_not_cut():
    assert safe_name("很" * 40) == "很" * 40
    assert safe_name("很" * 40 + "x") != "很" * 40 + "x"


def test_a_suffix_outlives_a_long_name():
    assert safe_file_name("很" * 60 + ".docx").endswith(".docx")
    assert safe_file_name("纪要/3月.docx") == "纪要-3月.docx"
    assert safe_file_name("v1.2 说明") == "v1.2 说明"
    assert safe_file_name(".docx") == "docx"


@given(any_text)
def test_whatever_is_typed_every_system_takes_the_name(text):
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(each).startswith("C") for each in name)
    assert name[-1] not in " ."
    assert name[0] not in " .~"
    assert not PureWindowsPath(name).is_reserved()
    assert safe_name(name) == name


@given(any_text)
def test_whatever_is_typed_a_file_of_that_name_can_be_made_and_zipped(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp() / "named"
    folder.mkdir(exist_ok=True)
    path = folder / f"{safe_name(text)}.eml"
    path.write_bytes(b"x")
    assert path.name in {each.name for each in folder.iterdir()}
    path.unlink()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(path.name, b"x")
    assert zipfile.ZipFile(packed).namelist() == [path.name]
