"""The module ``CXL``: what a cell calls, handing on to Python, and what the function wizard says of it.

Generated from the same data as the Python functions, so that nobody has to import anything in Excel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.functions.described import CATEGORY, FUNCTIONS, MODULE, PYTHON_MODULE
from coordination_xl.addin.vba import Module

if TYPE_CHECKING:
    from coordination_xl.addin.functions.described import Argument, Function

__all__ = ["FROM_1904", "NO_ANSWER", "NO_SERVER", "functions_module"]

NO_SERVER = (
    "Mac 版 Excel 不能运行这个函数，请改用普通公式，见 docs/plain-formulas.zh-CN.md。"
    "台账的到期时间由【刷新逾期】计算，不受影响"
)
NO_ANSWER = "没有算出：Python 没有启动，或中途停下了。请点【环境检查】"
FROM_1904 = (
    "这个工作簿的日期从 1904 年算起，这个函数会差四年，所以没有算。请改用普通公式，见 docs/plain-formulas.zh-CN.md"
)

_DIGITS = 200
_HEAD = f"""\
Attribute VB_Name = "{MODULE}"
Option Explicit
' Not private: cells call these functions.

"""
_FUNCTION = """\
Public Function {name}({parameters})
    #If Mac Then
        {name} = OnMac()
    #Else
        If CountsFrom1904() Then
            {name} = From1904()
            Exit Function
        End If
{volatile}        On Error GoTo Failed
        {name} = XLPy.CallUDF("{python_module}", "{python}", Array({arguments}), ThisWorkbook, Application.Caller)
        Exit Function
Failed:
        {name} = Unanswered()
    #End If
End Function

"""
_VOLATILE = "        If IsMissing({name}) Then Application.Volatile\n"
_SAID = """\
Private Function {name}() As String
    {name} = {words}
End Function

"""
_1904 = """\
' Some workbooks count their days from 1904. A number that means a date, NOW() for one, does not say so.
Private Function CountsFrom1904() As Boolean
    CountsFrom1904 = False
    ' Called by something else than a cell, there is no workbook to ask.
    On Error Resume Next
    CountsFrom1904 = Application.Caller.Parent.Parent.Date1904
End Function

"""
_REGISTER = """\
' What the function wizard says. Without it the functions work all the same, so nobody is bothered if Excel refuses, and it is
' not asked again later: while the user works, no workbook but theirs may come to the front.
Public Sub RegisterHelp()
    Dim isDone As Boolean

    isDone = IsDescribed()
    If Not isDone Then isDone = IsDescribedUnhidden()
End Sub

' Many versions of Excel edit no macro of a hidden workbook, and an add-in counts as one: it stops being one for a moment.
Private Function IsDescribedUnhidden() As Boolean
    Dim isUpdating As Boolean, hasEvents As Boolean

    IsDescribedUnhidden = False
    If Not ThisWorkbook.IsAddin Then Exit Function
    isUpdating = Application.ScreenUpdating
    hasEvents = Application.EnableEvents
    ' Whatever fails here, the lines that put things back must run.
    On Error Resume Next
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    ThisWorkbook.IsAddin = False
    IsDescribedUnhidden = IsDescribed()
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
    Application.EnableEvents = hasEvents
    Application.ScreenUpdating = isUpdating
End Function

Private Function IsDescribed() As Boolean
    IsDescribed = False
    On Error GoTo Failed
{calls}    ' Told anew each time: nothing that the add-in's own file would have to be saved for.
    ThisWorkbook.Saved = True
    IsDescribed = True
Failed:
End Function

Private Sub Describe(ByVal name As String, ByVal help As String, texts() As String)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=help, _
        Category:=Category(), ArgumentDescriptions:=texts
End Sub

"""
_DESCRIBE = """\
Private Sub Describe{name}()
    Dim texts(0 To {last}) As String

{texts}    Describe "{name}", {help}, texts
End Sub

"""
_WORDS = """\
' VBA source is ASCII: four hex digits a character.
Private Function Words(ParamArray digits() As Variant) As String
    Dim place As Long, joined As String

    joined = ""
    For place = LBound(digits) To UBound(digits)
        joined = joined & digits(place)
    Next place
    Words = CxlMessages.Decoded(joined)
End Function
"""


def functions_module() -> Module:
    """The module ``CXL``. ``CXL.RegisterHelp`` is for the add-in's Workbook_Open alone; it never raises."""
    calls = "".join(f"    Describe{function.name}\n" for function in FUNCTIONS)
    parts = [
        _HEAD,
        *(_function(each) for each in FUNCTIONS),
        _1904,
        _REGISTER.format(calls=calls),
        *(_described(each) for each in FUNCTIONS),
        *(
            _SAID.format(name=name, words=_words(text))
            for name, text in (
                ("OnMac", NO_SERVER),
                ("From1904", FROM_1904),
                ("Unanswered", NO_ANSWER),
                ("Category", CATEGORY),
            )
        ),
        _WORDS,
    ]
    return Module(MODULE, "".join(parts).replace("\n", "\r\n"))


def _function(function: Function) -> str:
    return _FUNCTION.format(
        name=function.name,
        python=function.python,
        python_module=PYTHON_MODULE,
        parameters=", ".join(map(_parameter, function.arguments)),
        arguments=", ".join(argument.name for argument in function.arguments),
        volatile="".join(_VOLATILE.format(name=each.name) for each in function.arguments if each.is_clock),
    )


def _parameter(argument: Argument) -> str:
    # Variants: a cell hands over its Range, a formula an array, and what is left out is told by IsMissing.
    return f"Optional {argument.name}" if argument.is_optional else argument.name


def _described(function: Function) -> str:
    texts = "".join(
        f"    texts({place}) = {_words(argument.help)}\n" for place, argument in enumerate(function.arguments)
    )
    last = len(function.arguments) - 1
    return _DESCRIBE.format(name=function.name, last=last, texts=texts, help=_words(function.help))


def _words(text: str) -> str:
    digits = text.encode("utf-16-be").hex().upper()
    pieces = (f'"{digits[start : start + _DIGITS]}"' for start in range(0, len(digits), _DIGITS))
    return "Words(" + ", _\n        ".join(pieces) + ")"
