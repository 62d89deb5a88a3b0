"""The VBA modules that belong to the workbook itself and to its one sheet; empty unless code is given for them."""

from __future__ import annotations

from coordination_xl.addin.vba import Module

WORKBOOK, SHEET = "ThisWorkbook", "Sheet1"
"""Code names, which the parts of the workbook bear too."""

BASES = {
    WORKBOOK: "0{00020819-0000-0000-C000-000000000046}",
    SHEET: "0{00020820-0000-0000-C000-000000000046}",
}
"""Excel's own classes for a workbook and for a worksheet."""


def document(name: str) -> Module:
    """The empty module of the workbook or the sheet."""
    attributes = {
        "VB_Name": f'"{name}"',
        "VB_Base": f'"{BASES[name]}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True",
        "VB_Exposed": "True",
        "VB_TemplateDerived": "False",
        "VB_Customizable": "True",
    }
    text = "".join(f"Attribute {key} = {value}\r\n" for key, value in attributes.items())
    return Module(name, text, is_class=True)
