"""The add-in as a package: what is in it, that it hangs together, and that it is the same everywhere and always."""

from __future__ import annotations

import io
import os
import posixpath
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

import coordination_xl
from coordination_xl.addin.package import build as building
from coordination_xl.addin.package import build_addin, write_addin
from coordination_xl.addin.vba import Module, modules
from coordination_xl.errors import AddinError
from tests.addin.addin_files import RIBBON, SMALL, decompressed, parts_of, project_of

NAME = "coordination_xl.xlam"
ROOT = Path(coordination_xl.__file__).parents[1]
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
SHEET_NAMESPACE = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
MICROSOFTS_OWN = {
    b"C:\\Windows\\System32\\stdole2.tlb",
    b"C:\\Program Files\\Common Files\\Microsoft Shared\\OFFICE16\\MSO.DLL",
}


@pytest.fixture(scope="module")
def addin() -> bytes:
    return build_addin()


@pytest.fixture(scope="module")
def parts(addin) -> dict[str, bytes]:
    return parts_of(addin)


def types_of(parts) -> dict[str, str]:
    """The content type of each part, as a reader works it out."""
    root = ET.fromstring(parts["[Content_Types].xml"])
    defaults = {each.get("Extension"): each.get("ContentType") for each in root.iter(f"{CONTENT_TYPES}Default")}
    overrides = {each.get("PartName"): each.get("ContentType") for each in root.iter(f"{CONTENT_TYPES}Override")}
    names = [name for name in parts if name != "[Content_Types].xml"]
    return {name: overrides.get(f"/{name}") or defaults[name.rpartition(".")[2]] for name in names}


def targets_of(parts, source: str) -> dict[str, str]:
    """Type of relationship and target, of the relationships of a part (``""``: of the package)."""
    folder, name = posixpath.split(source)
    relationships = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relationships is None:
        return {}
    found = ET.fromstring(relationships).iter(RELATIONSHIP)
    return {posixpath.normpath(posixpath.join(folder, each.get("Target"))): each.get("Type") for each in found}


# --- it hangs together -----------------------------------------------------------------------------------------------


def test_every_relationship_ends_at_a_part_and_every_part_is_reached(parts):
    reached, waiting = set(), [""]
    while waiting:
        for target in targets_of(parts, waiting.pop()):
            assert target in parts
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    assert reached == {name for name in parts if name != "[Content_Types].xml" and not name.endswith(".rels")}


def test_every_part_has_a_content_type_and_no_type_is_without_a_part(parts):
    assert set(types_of(parts)) == set(parts) - {"[Content_Types].xml"}
    overrides = ET.fromstring(parts["[Content_Types].xml"]).iter(f"{CONTENT_TYPES}Override")
    assert all(each.get("PartName").removeprefix("/") in parts for each in overrides)


def test_relationship_ids_are_unique(parts):
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        ids = [each.get("Id") for each in ET.fromstring(parts[name]).iter(RELATIONSHIP)]
        assert len(ids) == len(set(ids))


def test_excel_is_told_that_it_is_an_add_in_with_macros_and_what_each_part_is(parts):
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "application/vnd.openxmlformats-package"
    assert types_of(parts) == {
        "_rels/.rels": f"{package}.relationships+xml",
        "customUI/customUI.xml": "application/xml",
        "customUI/customUI14.xml": "application/xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/core.xml": f"{package}.core-properties+xml",
        "xl/workbook.xml": ADDIN_TYPE,
        "xl/_rels/workbook.xml.rels": f"{package}.relationships+xml",
        "xl/worksheets/sheet1.xml": f"{sheets}.worksheet+xml",
        "xl/styles.xml": f"{sheets}.styles+xml",
        "xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    }
    vba = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    assert targets_of(parts, "xl/workbook.xml")["xl/vbaProject.bin"] == vba


def test_both_ribbons_are_related_to_the_package_under_the_type_of_their_time(parts):
    related = targets_of(parts, "")
    office = "http://schemas.microsoft.com/office"
    assert related["customUI/customUI.xml"] == f"{office}/2006/relationships/ui/extensibility"
    assert related["customUI/customUI14.xml"] == f"{office}/2007/relationships/ui/extensibility"
    assert b'"http://schemas.microsoft.com/office/2006/01/customui"' in parts["customUI/customUI.xml"]
    assert b'"http://schemas.microsoft.com/office/2009/07/customui"' in parts["customUI/customUI14.xml"]


def test_the_workbook_hides_as_an_add_in_does_and_not_by_its_window(parts):
    """A window that the file hides stays hidden while ``IsAddin`` is off, and Excel describes no macro of a hidden workbook."""
    workbook, types = (ET.fromstring(parts[name]) for name in ("xl/workbook.xml", "[Content_Types].xml"))
    assert workbook.find("bookViews/workbookView", SHEET_NAMESPACE).get("visibility") is None
    assert [each.get("ContentType") for each in types if each.get("PartName") == "/xl/workbook.xml"] == [
        "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    ]


def test_the_code_names_are_those_of_the_project(addin, parts):
    workbook, sheet = (ET.fromstring(parts[name]) for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"))
    names = [workbook.find("workbookPr", SHEET_NAMESPACE), sheet.find("sheetPr", SHEET_NAMESPACE)]
    with project_of(addin) as project:
        listed = re.findall(r"Document=(\w+)/", project.openstream("PROJECT").read().decode())
    assert [each.get("codeName") for each in names] == listed == ["ThisWorkbook", "Sheet1"]


def test_no_sheet_is_taken_for_a_conf_of_xlwings(parts):
    """xlwings reads its settings from a sheet named after the project, if there is one, before it looks for the file."""
    workbook = ET.fromstring(parts["xl/workbook.xml"])
    names = [sheet.get("name") for sheet in workbook.iterfind("sheets/sheet", SHEET_NAMESPACE)]
    assert names == ["Sheet1"]


def test_excels_list_of_add_ins_shows_a_title_and_what_it_is_for(parts):
    core = ET.fromstring(parts["docProps/core.xml"])
    dublin = "{http://purl.org/dc/elements/1.1/}"
    assert core.findtext(f"{dublin}title") == "协调管理"
    assert "跨部门" in core.findtext(f"{dublin}description")


# --- others open it --------------------------------------------------------------------------------------------------


def as_workbook(addin: bytes) -> bytes:
    """The same package under the type of a workbook with macros: openpyxl opens no add-in, not even one of Excel's own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts_of(addin).items():
            archive.writestr(name, content.replace(ADDIN_TYPE.encode(), ADDIN_TYPE.replace("addin", "sheet").encode()))
    return made.getvalue()


def test_openpyxl_opens_it(addin):
    workbook = openpyxl.load_workbook(io.BytesIO(as_workbook(addin)))
    assert workbook.sheetnames == ["Sheet1"]
    assert workbook.code_name == "ThisWorkbook"
    assert workbook.properties.title == "协调管理"


@pytest.mark.libreoffice
def test_libreoffice_opens_it(addin, tmp_path):
    """It has to be told the filter: of itself it takes no add-in for a workbook, not even one of Excel's own."""
    soffice = shutil.which("soffice")
    if soffice is None:
        assert os.environ.get("CI", "").lower() not in ("1", "true", "yes"), "a build server must have LibreOffice"
        pytest.skip("not on this machine: soffice")
    path, out = tmp_path / NAME, tmp_path / "out"
    path.write_bytes(addin)
    opening = ["--infilter=Calc MS Excel 2007 VBA XML", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    with tempfile.TemporaryDirectory() as profile:
        for _ in range(2):  # a fresh profile can end LibreOffice once
            start = [soffice, f"-env:UserInstallation=file://{profile}", "--headless", *opening]
            done = subprocess.run(start, capture_output=True, timeout=120, check=False)
            if done.returncode == 0:
                break
    assert (out / "coordination_xl.xlsx").is_file(), done.stderr
    assert openpyxl.load_workbook(out / "coordination_xl.xlsx").sheetnames == ["Sheet1"]


# --- the same everywhere and always ----------------------------------------------------------------------------------


def test_two_builds_are_the_same(addin):
    assert build_addin() == addin


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C", "USER": "somebody", "HOME": "/nowhere"},
    ],
    ids=["Shanghai", "Los Angeles"],
)
def test_another_process_elsewhere_builds_the_same(addin, tmp_path, surroundings):
    build = "import sys; from coordination_xl.addin.package import build_addin; sys.stdout.buffer.write(build_addin())"
    environment = os.environ | surroundings | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", build], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stdout == addin


def test_the_archive_bears_neither_time_nor_system(addin):
    with zipfile.ZipFile(io.BytesIO(addin)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr, entry.compress_type, entry.extra) for entry in entries} == {
        (0, 0o644 << 16, zipfile.ZIP_STORED, b"")
    }


def everything_in(addin: bytes) -> dict[str, bytes]:
    """Each part as it is, and in place of the project each of its streams without its compression."""
    found = parts_of(addin)
    del found["xl/vbaProject.bin"]
    with project_of(addin) as project:
        for path in project.listdir():
            content = project.openstream(path).read()
            is_packed = path[0] == "VBA" and path[1] != "_VBA_PROJECT"
            found["/".join(path)] = decompressed(content) if is_packed else content
    return found


def test_nothing_of_this_machine_is_in_it(addin):
    folders = (Path.home(), ROOT, Path(openpyxl.__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix))
    traces = {str(folder) for folder in folders if len(folder.parts) > 2}  # "/app" is part of other paths
    names = {socket.gethostname(), os.environ.get("USER", "")}
    traces |= {name for name in names if name and not name.isalpha()}  # "office" is a word like any other
    for name, content in everything_in(addin).items():
        for trace in traces:
            for encoding in ("utf-8", "utf-16-le"):
                assert trace.encode(encoding) not in content, (name, trace)


def test_no_path_of_anybodys_is_in_it_but_where_microsoft_puts_its_libraries(addin):
    """The modules are not asked: their text is what their makers wrote, and is compared to the byte elsewhere."""
    texts = {f"VBA/{module.name}" for module in modules()}
    paths = re.compile(rb"[A-Za-z]:\\[^#\0]*|/(?:home|Users|root|tmp|work|var|opt)/[^\0\s]*|\\\\[\w.]+\\[^\0]*|absPath")
    found = {
        path for name, content in everything_in(addin).items() if name not in texts for path in paths.findall(content)
    }
    assert found == MICROSOFTS_OWN


def test_nobody_is_named_as_its_author_and_no_day_is_written_down(addin):
    texts = {f"VBA/{module.name}" for module in modules()}
    for name, content in everything_in(addin).items():
        if name not in texts:
            assert not re.search(rb"felix|zumstein|lastModifiedBy|20\d\d-\d\d-\d\d", content, re.IGNORECASE), name
    creator = re.findall(rb"<dc:creator>(.*?)</dc:creator>", parts_of(addin)["docProps/core.xml"])
    assert creator == [b"coordination-xl"]


# --- writing it ------------------------------------------------------------------------------------------------------


def test_it_is_written_under_its_name_and_nothing_is_left_beside(addin, tmp_path):
    path = write_addin(tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / NAME
    assert path.read_bytes() == addin
    assert list(path.parent.iterdir()) == [path]


def test_an_older_one_is_replaced(addin, tmp_path):
    (tmp_path / NAME).write_bytes(b"old")
    assert write_addin(tmp_path).read_bytes() == addin
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / NAME).mkdir()  # stands for a file that Excel holds open: it cannot be replaced either
    with pytest.raises(AddinError, match="无法写入") as refused:
        write_addin(tmp_path)
    assert refused.value.where == str(tmp_path / NAME)
    assert "退出 Excel" in refused.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(AddinError, match="无法写入"):
        write_addin(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_modules_of_another_shape_stop_the_build_before_anything_is_written(tmp_path, monkeypatch):
    changed = Module("xlwings", 'Attribute VB_Name = "xlwings"\n', is_class=False)
    monkeypatch.setattr(building, "shipped_modules", lambda: (RIBBON, changed))
    (tmp_path / NAME).write_bytes(b"old")
    with pytest.raises(AddinError, match="VBA 模块 xlwings"):
        write_addin(tmp_path)
    assert (tmp_path / NAME).read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_other_modules_make_another_add_in(addin):
    assert build_addin(SMALL) != addin
