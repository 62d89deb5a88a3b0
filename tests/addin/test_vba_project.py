"""The VBA project: read back by oletools, olefile and pyOpenVBA, and held against [MS-OVBA] and [MS-CFB]."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import olefile
import pytest
import xlwings
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB

from coordination_xl.addin.package import build_addin
from coordination_xl.addin.package.compound import compound
from coordination_xl.addin.package.disguise import disguised
from coordination_xl.addin.vba import Module, modules
from coordination_xl.errors import AddinError
from tests.addin.addin_files import (
    CLASS_ATTRIBUTES,
    LIST_CLASS,
    RIBBON,
    SMALL,
    decompressed,
    parts_of,
    project_of,
    read_by_oletools,
    standard,
)


@pytest.fixture(scope="module")
def addin() -> bytes:
    return build_addin()


@pytest.fixture(scope="module")
def ours() -> tuple[Module, ...]:
    return modules()


@pytest.fixture
def project(addin):
    with project_of(addin) as opened:
        yield opened


@pytest.fixture
def opened(addin, tmp_path):
    """The add-in as pyOpenVBA sees it."""
    path = tmp_path / "coordination_xl.xlam"
    path.write_bytes(addin)
    with ExcelFile(path) as file:
        yield file


def lines_of(project) -> list[str]:
    return project.openstream("PROJECT").read().decode("ascii").split("\r\n")


def revealed(project_id: str, hidden: str) -> tuple[int, bytes]:
    """Version and data of a disguised line, decoded as [MS-OVBA] 2.4.3.3 says; fails if the id is not the one meant."""
    seed, version, key, *rest = bytes.fromhex(hidden)
    assert seed ^ key == sum(project_id.encode()) % 256
    plain, last_plain, last, last_but_one = [], seed ^ key, key, version
    for byte in rest:
        last_plain = byte ^ (last_but_one + last_plain) % 256
        plain.append(last_plain)
        last, last_but_one = byte, last
    data = bytes(plain)[(seed & 6) // 2 :]
    assert int.from_bytes(data[:4], "little") == len(data) - 4
    return seed ^ version, data[4:]


def hidden_lines(lines: list[str]) -> dict[str, str]:
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    return {name: pairs[name].strip('"') for name in ("ID", "CMG", "DPB", "GC")}


# --- the modules -----------------------------------------------------------------------------------------------------


def test_oletools_reads_every_module_as_it_was_given(addin, ours):
    read = read_by_oletools(addin)
    assert set(read) == {module.name for module in ours} | {"ThisWorkbook", "Sheet1"}
    assert all(read[module.name].encode("ascii") == module.text.encode("ascii") for module in ours)


def test_pyopenvba_reads_every_module_as_it_was_given(opened, ours):
    read = opened.vba_modules()
    assert set(read) == {module.name for module in ours} | {"ThisWorkbook", "Sheet1"}
    assert all(read[module.name] == module.text for module in ours)
    assert opened.validate() == []


def test_modules_of_any_size_come_back_whole():
    """Around the sizes at which the compression begins a new chunk and the compound file a new kind of sector."""
    sizes = (0, 1, 4095, 4096, 4097, 8192, 70_000)
    filled = [standard(f"M{size}", "".join(f"'{n:04d}{'=' * (n % 7)}\r\n" for n in range(size // 8))) for size in sizes]
    read = read_by_oletools(build_addin([*SMALL, *filled]))
    assert all(read[module.name] == module.text for module in filled)


def test_a_module_that_hardly_compresses_comes_back_whole():
    signs = "".join(f"'{pow(7, n, 1_000_003):06d}{pow(11, n, 999_983):06d}\r\n" for n in range(3000))
    module = standard("Noise", signs)
    assert read_by_oletools(build_addin([*SMALL, module]))["Noise"] == module.text


def attributes_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Attribute ")]


def test_the_workbook_and_the_sheet_have_empty_modules_unless_code_is_given():
    read = read_by_oletools(build_addin(SMALL))
    for name in ("ThisWorkbook", "Sheet1"):
        assert attributes_of(read[name]) == read[name].splitlines()
        assert read[name].startswith(f'Attribute VB_Name = "{name}"\r\n')


def test_they_are_of_excels_own_classes_as_in_an_add_in_that_excel_opens(opened):
    with ExcelFile(Path(xlwings.__file__).with_name("quickstart_addin_ribbon.xlam")) as theirs:
        for name, known in (("ThisWorkbook", "ThisWorkbook"), ("Sheet1", "Sheet2")):
            expected = attributes_of(theirs.get_module(known).replace(known, name))
            assert attributes_of(opened.get_module(name)) == expected
            assert attributes_of(read_by_oletools(build_addin(SMALL))[name]) == expected


def test_code_for_the_workbook_takes_the_place_of_the_empty_module(opened):
    text = "".join(f"{line}\r\n" for line in attributes_of(opened.get_module("ThisWorkbook")))
    text += "Private Sub Workbook_Open()\r\nEnd Sub\r\n"
    addin = build_addin([*SMALL, Module("ThisWorkbook", text, is_class=True)])
    assert read_by_oletools(addin)["ThisWorkbook"] == text
    with project_of(addin) as project:
        assert [line for line in lines_of(project) if "ThisWorkbook" in line] == [
            "Document=ThisWorkbook/&H00000000",
            "ThisWorkbook=0, 0, 0, 0, C",
        ]


# --- the rules of a project without compiled code --------------------------------------------------------------------


def test_the_project_holds_no_compiled_code(project, opened):
    assert project.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000100")
    assert {module.text_offset for module in opened.vba_project().modules} == {0}
    assert not [path for path in project.listdir() if path[-1].startswith("__SRP_")]


def test_the_streams_are_those_a_project_needs_and_no_others(project, ours):
    names = {"ThisWorkbook", "Sheet1", *(module.name for module in ours)}
    expected = {("PROJECT",), ("PROJECTwm",)} | {("VBA", name) for name in {"dir", "_VBA_PROJECT", *names}}
    assert {tuple(path) for path in project.listdir()} == expected


def test_the_project_refers_to_ole_automation_and_office_only(opened):
    """``IRibbonControl`` is in the Office library; the ids are Microsoft's, the same on every machine."""
    assert [(each.name, each.kind, each.guid, each.version) for each in opened.references()] == [
        ("stdole", "registered", "{00020430-0000-0000-C000-000000000046}", (2, 0)),
        ("Office", "registered", "{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}", (2, 0)),
    ]


def test_the_directory_gives_name_code_page_and_kinds(opened, ours):
    project = opened.vba_project()
    assert (project.name, project.code_page) == ("CoordinationXl", 1252)
    classes = {"ThisWorkbook", "Sheet1", *(module.name for module in ours if module.is_class)}
    assert {module.name for module in project.modules if module.kind.name == "other"} == classes


def test_the_list_of_names_agrees_with_the_directory(project, opened):
    names = [module.name for module in opened.vba_project().modules]
    expected = b"".join(name.encode() + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names) + b"\0\0"
    assert project.openstream("PROJECTwm").read() == expected


def test_the_project_stream_lists_each_module_once_under_its_kind(project, ours):
    lines = lines_of(project)
    listed = [line for line in lines if re.match(r"(Document|Module|Class)=", line)]
    expected = ["Document=ThisWorkbook/&H00000000", "Document=Sheet1/&H00000000"]
    others = [module for module in ours if module.name not in ("ThisWorkbook", "Sheet1")]
    expected += [f"{'Class' if module.is_class else 'Module'}={module.name}" for module in others]
    assert listed == expected
    workspace = lines[lines.index("[Workspace]") + 1 :]
    assert [line.split("=")[0] for line in workspace if line] == [re.split("[=/]", line)[1] for line in listed]


def test_everybody_may_see_the_code_and_there_is_no_password(project):
    hidden = hidden_lines(lines_of(project))
    assert revealed(hidden["ID"], hidden["CMG"]) == (2, bytes(4))
    assert revealed(hidden["ID"], hidden["DPB"]) == (2, b"\0")
    assert revealed(hidden["ID"], hidden["GC"]) == (2, b"\xff")


def test_the_disguise_is_what_vba_itself_writes():
    """Our reading of the rule, held against lines in a file that an outside program made and Excel opens."""
    with ExcelFile(Path(xlwings.__file__).with_name("quickstart_addin_ribbon.xlam")) as file:
        hidden = hidden_lines(CFB.from_bytes(file.vba_project_bytes()).get_stream("PROJECT").decode().split("\r\n"))
    assert revealed(hidden["ID"], hidden["CMG"]) == (2, bytes(4))
    assert revealed(hidden["ID"], hidden["GC"]) == (2, b"\xff")
    for data in (b"", b"\0", b"\xff", bytes(range(40))):
        assert revealed(hidden["ID"], disguised(hidden["ID"], data)) == (2, data)


# --- the compound file -----------------------------------------------------------------------------------------------


def test_no_entry_of_the_compound_file_bears_a_time_or_an_id(project):
    entries = [entry for entry in project.direntries if entry is not None]
    assert len(entries) > 8
    assert {(entry.createTime, entry.modifyTime, entry.clsid) for entry in entries} == {(0, 0, "")}


def test_the_tree_of_the_compound_file_is_black_and_in_order(project):
    """[MS-CFB] 2.6.4: shorter names first, then by capital letters; all nodes black is a valid tree."""

    def walk(index: int) -> list[str]:
        if index == olefile.NOSTREAM:
            return []
        entry = project.direntries[index]
        assert entry.color == 1
        return [*walk(entry.sid_left), entry.name, *walk(entry.sid_right)]

    top = walk(project.direntries[0].sid_child)
    (storage,) = [entry for entry in project.direntries if entry and entry.name == "VBA"]
    for names in (top, walk(storage.sid_child)):
        assert names == sorted(names, key=lambda name: (len(name), name.upper()))
    assert top == ["VBA", "PROJECT", "PROJECTwm"]


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 4095, 4096, 4097, 512 * 126, 512 * 127, 512 * 128 + 1, 5_000_000])
def test_streams_of_any_size_come_back_from_a_compound_file(size):
    content = bytes(n * 31 % 251 for n in range(997)) * (size // 997 + 1)
    contents = {"A": content[:size], "Inner": {"bb": content[: size // 3], "B1": b"x", "leer": b""}}
    made = compound(contents)
    with olefile.OleFileIO(io.BytesIO(made), raise_defects=olefile.DEFECT_UNSURE) as read:
        assert read.openstream("A").read() == content[:size]
        assert read.openstream("Inner/bb").read() == content[: size // 3]
        assert read.openstream("Inner/leer").read() == b""
    again = CFB.from_bytes(made)
    assert again.get_stream("A") == content[:size]
    assert again.get_stream_at(["Inner"], "B1") == b"x"


@pytest.mark.parametrize("sectors", [1, *range(118, 130), *range(246, 258)])
def test_the_table_of_sectors_lists_every_sector_of_the_file_itself_included(sectors):
    """[MS-CFB] 2.3; a table begins a new sector of its own after 128 sectors, and that one is in it too."""
    made = compound({"A": bytes(512 * sectors)})
    count, *places = struct.unpack_from("<I", made, 44) + struct.unpack_from("<109I", made, 76)
    table = b"".join(made[512 * (place + 1) : 512 * (place + 2)] for place in places[:count])
    numbers = struct.unpack(f"<{len(table) // 4}I", table)
    total = len(made) // 512 - 1
    assert len(made) % 512 == 0
    assert 0xFFFFFFFF not in numbers[:total]
    assert set(numbers[total:]) <= {0xFFFFFFFF}
    assert [place for place, number in enumerate(numbers) if number == 0xFFFFFFFD] == places[:count]


def test_what_no_longer_fits_is_refused_rather_than_cut():
    with pytest.raises(ValueError, match="too many"):
        compound({"A": bytes(8_000_000)})


# --- modules that VBA would not take ---------------------------------------------------------------------------------

MISSHAPEN = {
    "ASCII 以外的字符（U+534F）": standard("Bad", "' 协调\r\n"),
    "ASCII 以外的字符（U+0000）": standard("Bad", "'\0\r\n"),
    "CRLF": standard("Bad", "Dim a\nDim b\r\n"),
    "不是以 CRLF 结尾": standard("Bad", "Dim a"),
    "Attribute VB_Name": Module("Bad", "Option Explicit\r\n"),
    "第一行": Module("Bad", 'VERSION 1.0 CLASS\r\nBEGIN\r\nEND\r\nAttribute VB_Name = "Bad"\r\n', is_class=True),
    "名称不能用作": standard("1Bad"),
    "超过 1023 个字符": standard("Bad", f"'{'x' * 1023}\r\n"),
    "VB_Base": Module("Bad", 'Attribute VB_Name = "Bad"\r\n', is_class=True),
    "VB_Customizable": Module(
        "Bad",
        'Attribute VB_Name = "Bad"\r\n' + CLASS_ATTRIBUTES.replace("Attribute VB_Customizable = False\r\n", ""),
        is_class=True,
    ),
    "当作标准模块": Module("Bad", f'Attribute VB_Name = "Bad"\r\n{CLASS_ATTRIBUTES}'),
}


@pytest.mark.parametrize(("told", "module"), MISSHAPEN.items(), ids=MISSHAPEN)
def test_a_module_that_vba_would_not_take_is_refused_by_name(told, module):
    with pytest.raises(AddinError) as refused:
        build_addin([*SMALL, module])
    assert told in str(refused.value)
    assert f"VBA 模块 {module.name}（xlwings {xlwings.__version__}）" in refused.value.where
    assert "重新安装" in refused.value.remedy


def test_two_modules_of_one_name_are_refused():
    with pytest.raises(AddinError, match="用了两次"):
        build_addin([*SMALL, standard("BOX")])


def test_a_module_may_not_be_named_like_the_project():
    with pytest.raises(AddinError, match="用了两次"):
        build_addin([*SMALL, standard("coordinationXL")])


@pytest.mark.parametrize(
    "given",
    [
        (LIST_CLASS,),
        (standard("CxlRibbon", "Sub OnPress(control As IRibbonControl)\r\nEnd Sub\r\n"),),
        (standard("Other", RIBBON.text.partition("\r\n")[2]),),
        (standard("CxlRibbon", "Sub OnClick()\r\nEnd Sub\r\n"),),
    ],
    ids=["no module", "another procedure", "another module", "no argument"],
)
def test_a_ribbon_whose_callback_is_nowhere_is_refused(given):
    with pytest.raises(AddinError, match=r"CxlRibbon\.OnClick"):
        build_addin(given)


def test_the_longest_line_that_vba_takes_is_taken():
    line = f"'{'x' * 1022}\r\n"
    assert read_by_oletools(build_addin([*SMALL, standard("Long", line)]))["Long"].endswith(line)


def test_the_compressed_streams_are_all_in_chunks_of_tokens(addin):
    """Excel does not load a module whose first chunk is raw, though the format would allow it."""
    with project_of(addin) as project:
        for path in project.listdir():
            if path[0] == "VBA" and path[1] != "_VBA_PROJECT":
                content = project.openstream(path).read()
                assert content[0] == 1
                assert content[2] & 0xF0 == 0xB0
                assert decompressed(content)


def test_the_package_holds_the_project_that_was_tested(addin, project):
    assert parts_of(addin)["xl/vbaProject.bin"] == project.fp.getvalue()
