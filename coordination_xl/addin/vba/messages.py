"""What the VBA of the add-in says, before any Python runs: Chinese texts, carried through ASCII as hex."""

from __future__ import annotations

from types import MappingProxyType

from coordination_xl.addin.buttons import BUTTONS, TAB

__all__ = ["MESSAGES", "SAID", "messages_source", "said_line"]

_INSTALL = "请打开命令行窗口，运行 coordination-xl addin install，再重新打开 Excel"
_REINSTALL = "请照使用手册“安装一次”重新安装程序，运行 coordination-xl addin install，再重新打开 Excel"

MESSAGES = MappingProxyType(
    {
        "Title": TAB,
        "Running": "【{0}】正在运行，请稍候",
        "StillRunning": "上一步还没有做完。请等状态栏的提示消失后再点。",
        "NoWorkbook": "没有打开的工作簿。请先打开协调管理工作簿，再点这个按钮。",
        "ProtectedView": "这个工作簿处于“受保护的视图”，还不能处理。请先点窗口上方的“启用编辑”，再点这个按钮。",
        "UnsafeName": "文件名“{0}”里有程序接收不了的符号（如等号、成对的百分号、首尾的空格）。"
        "请把工作簿另存为不含这些符号的名字，再点这个按钮。",
        "NotInstalled": "还没有给 Excel 指定 Python：{0} 不存在，或其中没有写明。"
        f"{_INSTALL}。没有 Python 时，【环境检查】也不能运行。",
        "InterpreterMissing": f"找不到 Python：{{0}}。它可能被移动或卸载了。{_REINSTALL}。没有 Python 时，【环境检查】也不能运行。",
        "PackageMissing": f"Python 里缺少协调管理程序，这个按钮没有运行。{_REINSTALL}。{{0}}",
        "PythonFailed": "程序中途停下了，这个按钮的工作没有做完。{0}请点【环境检查】，或把这句话和文件交给维护人员。",
        "Kept": "原因记在 {0}。",
        "NotKept": "原因没有能够记下。",
        "CannotStart": "没有能够启动 Python（{0}）。请关闭 Excel 再打开后重试；仍然不行的，把这句话交给维护人员。",
        "ScriptMissing": f"Excel 还不能启动 Python：缺少 AppleScript 脚本。{_INSTALL}。",
        "CondaMissing": f"设置里写的 Conda 找不到，或版本太旧。{_INSTALL}。",
        "UnknownButton": f"加载项不认识这个按钮（{{0}}），它可能来自另一个版本。{_INSTALL}。",
        **{button.id: button.label for button in BUTTONS},
    }
)
"""Key to text; ``{0}`` is the detail. A button's label stands under its id."""

SAID = "CXL-SAID:"
"""What a line begins with by which Python, ending, tells the VBA what to show; the text follows as hex."""
_DIGITS = 200
_HEAD = """\
Attribute VB_Name = "CxlMessages"
Option Explicit
' Private: nothing here may be called from a cell's formula.
Option Private Module

' The text of a message, with the detail put into it. VBA source is ASCII, so texts are stored as four hex digits a character.
Public Function Worded(ByVal message As String, ByVal detail As String) As String
    Worded = Replace(Decoded(Stored(message)), "{0}", detail)
End Function

Public Function Decoded(ByVal digits As String) As String
    Dim place As Long, letters As String

    letters = ""
    For place = 1 To Len(digits) Step 4
        ' The closing & makes it a Long: without it &H8000 and above are negative.
        letters = letters & ChrW(CLng("&H" & Mid(digits, place, 4) & "&"))
    Next place
    Decoded = letters
End Function

Private Function Stored(ByVal message As String) As String
    Dim digits As String

    digits = ""
    Select Case message
"""
_TAIL = """\
    End Select
    Stored = digits
End Function
"""


def said_line(text: str) -> str:
    """A text for the VBA, through a log whose code page is anybody's guess: four hex digits a UTF-16 unit."""
    return SAID + _hexed(text)


def messages_source() -> str:
    """The source of the module ``CxlMessages``, lines ended by a bare newline."""
    cases = []
    for key, text in MESSAGES.items():
        digits = _hexed(text)
        cases.append(f'        Case "{key}"\n')
        cases.extend(
            f'            digits = digits & "{digits[start : start + _DIGITS]}"\n'
            for start in range(0, len(digits), _DIGITS)
        )
    return _HEAD + "".join(cases) + _TAIL


def _hexed(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
