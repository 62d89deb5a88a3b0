"""Small VBA for the builder, and outside readers of what it makes."""

from __future__ import annotations

import io
import warnings
import zipfile

import olefile

from coordination_xl.addin.vba import Module


def standard(name: str, body: str = "") -> Module:
    return Module(name, f'Attribute VB_Name = "{name}"\r\n{body}')


RIBBON = standard("CxlRibbon", "Option Explicit\r\nPublic Sub OnClick(control As IRibbonControl)\r\nEnd Sub\r\n")
CLASS_ATTRIBUTES = (
    'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\nAttribute VB_Creatable = False\r\nAttribute VB_PredeclaredId = False\r\n"
    "Attribute VB_Exposed = False\r\nAttribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
)
LIST_CLASS = Module("Box", f'Attribute VB_Name = "Box"\r\n{CLASS_ATTRIBUTES}Public Count As Long\r\n', is_class=True)
SMALL = (RIBBON, LIST_CLASS)


def parts_of(addin: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(addin)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def project_of(addin: bytes) -> olefile.OleFileIO:
    """The VBA project, opened by a reader that complains about the least irregularity of the compound file."""
    return olefile.OleFileIO(io.BytesIO(parts_of(addin)["xl/vbaProject.bin"]), raise_defects=olefile.DEFECT_UNSURE)


def read_by_oletools(addin: bytes) -> dict[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own dependency finds it old-fashioned
        from oletools.olevba import VBA_Parser
    parser = VBA_Parser("coordination_xl.xlam", data=addin)
    try:
        return {name.rsplit(".", 1)[0]: text for _, _, name, text in parser.extract_macros()}
    finally:
        parser.close()


def decompressed(content: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools.olevba import decompress_stream
    return bytes(decompress_stream(bytearray(content)))
