"""VBA of the add-in, run for real: its modules in a Basic library of an open document, with a stage for what only Excel has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.libreoffice.basic.conditional import view

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = "Option VBASupport 1\n"
CLASS_HEAD = f"{HEAD}Option ClassModule\n"
CLASSES = {
    "IRibbonControl": "Public ID As String\n",
    "StageWorkbook": "Public Name As String\n",
    "Dictionary": """\
Private names As String
Private values As New Collection
Public Sub Add(name, value)
    names = names & "|" & name & "|"
    values.Add value, name
End Sub
Public Function Exists(name) As Boolean
    Exists = InStr(names, "|" & name & "|") > 0
End Function
Public Function Item(name)
    Item = values.Item(name)
End Function
""",
    "StageShell": """\
Public Function Run(command As String, style, wait) As Long
    Run = StageRun(command)
End Function
Public Function ExpandEnvironmentStrings(text)
    ExpandEnvironmentStrings = text
End Function
""",
}
STAGED = {
    # Basic takes its own functions before a module's: these must bear another name, the add-in's own FileExists too.
    "FileExists": "AddinFileExists",
    "CreateObject(": "StageObject(",
    "Environ(": "StageEnviron(",
    "MsgBox ": "StageMsgBox ",
    "Application.ActiveProtectedViewWindow": "StageProtectedView()",
    "GetAttr(FileSpec)": "GetAttr(StageLocal(FileSpec))",
    "wb.FullName": "StageFullName()",  # LibreOffice gives the name without its folder
    "Application.StatusBar": "StageBar",
    "Application.Path": "StagePath()",
    "Application.PathSeparator": "StageSeparator()",
    # Basic does not pass on an argument that was left out, though it has a default.
    "CxlClick.PythonFailed FileName, Message": 'CxlClick.PythonFailed FileName, "" & Message',
    # LibreOffice's Application has no window, and its Randomize takes numbers below 32768 alone.
    "Randomize Timer() + Application.Hwnd": "Randomize",
    "Application.Hwnd": "StageHwnd()",
}
"""What is changed in the add-in's source before it runs here; all else runs as it stands."""


class NotRun(AssertionError):
    """The procedure did not come to its end: LibreOffice shows its error in a box that nobody sees."""


class Project:
    """The add-in's modules, compiled by LibreOffice.

    Args:
        document: an open spreadsheet, as UNO gives it.
        library: a name not used before in this document: Basic keeps what it has compiled.
        modules: source by name, as read from the add-in.
        constants: of conditional compilation: which system it is.
    """

    def __init__(self, document: Any, library: str, modules: Mapping[str, str], constants: dict[str, object]) -> None:
        libraries = document.BasicLibraries
        libraries.VBACompatibilityMode = True
        self._name = library
        self._library = libraries.createLibrary(library)
        self._scripts = document.getScriptProvider()
        for name, text in CLASSES.items():
            self._library.insertByName(name, CLASS_HEAD + text)
        stage = Path(__file__).with_name("stage.bas").read_text("ascii")
        self._library.insertByName("Stage", view(stage, constants))
        for name, text in modules.items():
            self._library.insertByName(name, HEAD + _staged(view(text, constants)) + _probe(name))

    def call(self, procedure: str, *arguments: object) -> Any:
        """Run ``Module.Function`` and return what it returns.

        Raises:
            NotRun: it was stopped by an error.
        """
        uri = f"vnd.sun.star.script:{self._name}.{procedure}?language=Basic&location=document"
        answer, _, _ = self._scripts.getScript(uri).invoke(arguments, (), ())
        if answer is None:
            raise NotRun(procedure)
        return answer

    def probe(self, module: str) -> bool:
        """Whether the module compiles."""
        return self.call(f"{module}.StageProbe{module}") == module


def _staged(text: str) -> str:
    for old, new in STAGED.items():
        text = re.sub(r"\b" + re.escape(old) + (r"\b" if old[-1].isalpha() else ""), new, text)
    return "\n".join(line for line in text.split("\n") if "Declare PtrSafe" not in line)


def _probe(module: str) -> str:
    name = f"StageProbe{module}"
    return f'\nFunction {name}()\n    {name} = "{module}"\nEnd Function\n'
