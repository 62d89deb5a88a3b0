"""What we change in the VBA module of xlwings, and why: every change must find its place, or the build stops."""

from __future__ import annotations

from dataclasses import dataclass

from coordination_xl.errors import AddinError

__all__ = ["PATCHES", "Patch", "patched"]


@dataclass(frozen=True, slots=True)
class Patch:
    """One replacement.

    Attributes:
        old: text of the module, exact.
        new: what stands there instead.
        times: how often ``old`` occurs; any other number means that xlwings has changed.
        why: the reason, for the reader.
    """

    old: str
    new: str
    times: int
    why: str


PATCHES = (
    Patch(
        'Attribute VB_Name = "xlwings"\r\n',
        'Attribute VB_Name = "xlwings"\r\n'
        "'Changed for coordination_xl: see PATCHES in coordination_xl/addin/vba/patches.py\r\n"
        "Option Private Module\r\n",
        1,
        "Public functions of an add-in can be called from any cell: =RunPython(...) in a foreign workbook would run its code.",
    ),
    Patch(
        'PROJECT_NAME As String = "myaddin"',
        'PROJECT_NAME As String = "coordination_xl"',
        1,
        "The name of our settings.",
    ),
    Patch(
        'Optional source As String = "") As Variant',
        'Optional source As String = "user") As Variant',
        1,
        "Only the user's own file counts: a sheet or a file beside a foreign workbook could name another interpreter.",
    ),
    Patch(
        'GetConfig("ADD_WORKBOOK_TO_PYTHONPATH", "true")',
        '"false"',
        2,
        "A file named pandas.py beside a foreign workbook would be imported instead of the real one.",
    ),
    Patch(
        "ActiveWorkbook.FullName",
        '""',
        5,
        "The path goes unquoted through cmd.exe and the shell: a folder's name could be a command. Only the line above used it.",
    ),
    Patch(
        "ThisWorkbook.FullName",
        '""',
        5,
        "The same, for a user's own name with such signs. One of them stands in a comment.",
    ),
    Patch(
        '"cmd.exe /C " &',
        'Environ("ComSpec") & " /C " &',
        1,
        "Without its folder a program is looked for where Excel stands first: a foreign workbook's folder could hold a cmd.exe.",
    ),
    Patch(
        '"cmd.exe " & ConsoleSwitch',
        'Environ("ComSpec") & " " & ConsoleSwitch',
        2,
        "The same, for the worksheet functions.",
    ),
    Patch(
        "    For i = 1 To 2\r\n",
        "    For i = 1 To 0\r\n",
        1,
        "A sheet whose name ends in .py would switch on code embedded in a foreign workbook; and there may be no workbook.",
    ),
    Patch(
        "ActiveWorkbook.Name",
        "CxlClick.CallerName()",
        2,
        "There may be no workbook, or one whose name cannot be passed on.",
    ),
    Patch(
        "    ' Shows a MsgBox with the content of a text file\r\n",
        "    CxlClick.PythonFailed FileName, Message\r\n    Exit Sub\r\n",
        1,
        "A traceback is not shown to an office worker, nor written into the workbook.",
    ),
    Patch(
        'MsgBox "Could not find Interpreter!", vbCritical',
        'CxlClick.Tell "InterpreterMissing", PYTHON_WIN',
        1,
        "Chinese instead of English.",
    ),
    Patch(
        "MsgBox \"To enable RunPython, please run 'xlwings runpython install' in a terminal once and try again.\", vbCritical",
        'Application.StatusBar = False: CxlClick.Tell "ScriptMissing", ""',
        1,
        "Chinese instead of English, and the status bar must not go on saying that something runs.",
    ),
    Patch(
        'MsgBox "Your Conda version seems to be too old for the Conda settings. Use the Interpreter setting instead."',
        'CxlClick.Tell "CondaMissing", ""',
        1,
        "Chinese instead of English.",
    ),
    Patch(
        '        Application.StatusBar = "Running..."',
        "        'The status bar is set by CxlClick.",
        1,
        "Chinese instead of English.",
    ),
)
"""In the order in which they are made."""


def patched(source: str, version: str) -> str:
    """The module with every patch made.

    Args:
        source: the module as xlwings ships it, lines ended by CRLF.
        version: of xlwings, for the message.

    Raises:
        AddinError: a place is not there as often as it should be.
    """
    for patch in PATCHES:
        found = source.count(patch.old)
        if found != patch.times:
            raise AddinError(
                f"xlwings {version}",
                f"它的 VBA 模块与已知的不同：“{patch.old.strip()}”应有 {patch.times} 处，实有 {found} 处",
                "请安装 coordination-xl 说明中列出的 xlwings 版本，再重新生成加载项",
            )
        source = source.replace(patch.old, patch.new)
    return source
