Attribute VB_Name = "CxlClick"
Option Explicit
' Private: nothing here may be called from a cell's formula.
Option Private Module

#If Mac Then
#Else
    ' VBA's own MsgBox shows question marks for Chinese where Windows is set to another language.
    Private Declare PtrSafe Function MessageBoxW Lib "user32" (ByVal owner As LongPtr, ByVal prompt As LongPtr, ByVal title As LongPtr, ByVal kind As Long) As Long
#End If

Private Const ICON_WARNING As Long = 48
Private Const CURSOR_WAIT As Long = 2
Private Const CURSOR_DEFAULT As Long = -4143
Private Const CANCEL_DISABLED As Long = 0
Private Const ERROR_LOG As String = "last-error.log"
' SAID in messages.py.
Private Const SAID As String = "CXL-SAID:"

Private isRunning As Boolean

' One click: say what stands in the way, or run the button's Python on the active workbook.
Public Sub Start(ByVal button As String, ByVal command As String, ByVal needsWorkbook As Boolean)
    Dim fault As String

    If isRunning Then
        Tell "StillRunning", ""
        Exit Sub
    End If
    On Error GoTo Failed
    If Not IsReady(needsWorkbook) Then Exit Sub

    isRunning = True
    Application.StatusBar = CxlMessages.Worded("Running", CxlMessages.Worded(button, ""))
    Application.Cursor = CURSOR_WAIT
    ' Esc, pressed while Excel waits for Python, would stop this code and offer to debug it. Excel takes this back itself.
    Application.EnableCancelKey = CANCEL_DISABLED
    RunPython command
    #If Mac Then
        ' On the Mac RunPython comes back at once: Python itself clears the status bar when it is done.
        Application.Cursor = CURSOR_DEFAULT
        isRunning = False
    #Else
        Calm
    #End If
    Exit Sub

Failed:
    fault = Err.Number & " " & Err.Description
    Calm
    Tell "CannotStart", fault
End Sub

' The name that tells Python which workbook is meant: empty where there is none, or none that a command line can carry.
Public Function CallerName() As String
    CallerName = ""
    If ActiveWorkbook Is Nothing Then Exit Function
    If Not HasUnsafeName(ActiveWorkbook.Name) Then CallerName = ActiveWorkbook.Name
End Function

' Python ended with an error that it could not tell itself: keep what it wrote, show one sentence.
Public Sub PythonFailed(ByVal written As String, ByVal message As String)
    Dim kept As String, content As String, told As String

    content = message
    On Error Resume Next
    ' Beside our settings, since Excel for Mac may write only there.
    kept = ParentFolder(GetConfigFilePath()) & Application.PathSeparator & ERROR_LOG
    Kill kept
    If content = "" Then
        FileCopy written, kept
        content = ReadFile(written)
    Else
        WriteDown content, kept
    End If
    On Error GoTo 0
    If FileExists(kept) Then
        kept = CxlMessages.Worded("Kept", kept)
    Else
        kept = CxlMessages.Worded("NotKept", "")
    End If
    told = SaidByPython(content)
    If told <> "" Then
        Show told
    ElseIf HasNoPython(content) Then
        Tell "InterpreterMissing", Interpreter()
    ElseIf InStr(content, "No module named") > 0 Then
        Tell "PackageMissing", kept
    Else
        Tell "PythonFailed", kept
    End If
End Sub

' Show one of the messages; nothing in it is a question.
Public Sub Tell(ByVal message As String, ByVal detail As String)
    Show CxlMessages.Worded(message, detail)
End Sub

Private Sub Show(ByVal prompt As String)
    Dim title As String

    title = CxlMessages.Worded("Title", "")
    #If Mac Then
        MsgBox prompt, ICON_WARNING, title
    #Else
        MessageBoxW Application.Hwnd, StrPtr(prompt), StrPtr(title), ICON_WARNING
    #End If
End Sub

' The sentence that Python left in its log, as hex after a mark; empty where there is none.
Private Function SaidByPython(ByVal content As String) As String
    Dim place As Long, digits As String

    SaidByPython = ""
    place = InStr(content, SAID)
    If place = 0 Then Exit Function
    digits = Mid(content, place + Len(SAID))
    For place = 1 To Len(digits)
        If InStr("0123456789ABCDEF", Mid(digits, place, 1)) = 0 Then Exit For
    Next place
    digits = Left(digits, place - 1)
    If Len(digits) Mod 4 = 0 Then SaidByPython = CxlMessages.Decoded(digits)
End Function

' On the Mac the shell finds out that there is no Python; on Windows the starter of a virtual environment whose Python is gone.
Private Function HasNoPython(ByVal content As String) As Boolean
    #If Mac Then
        HasNoPython = InStr(content, "No such file or directory") > 0 And InStr(content, "Traceback") = 0
    #Else
        HasNoPython = InStr(content, "No Python at") > 0 Or InStr(content, "did not find executable at") > 0
    #End If
End Function

Private Function Interpreter() As String
    #If Mac Then
        Interpreter = GetConfig("INTERPRETER_MAC", "")
    #Else
        Interpreter = GetConfig("INTERPRETER_WIN", "")
    #End If
End Function

Private Function IsReady(ByVal needsWorkbook As Boolean) As Boolean
    IsReady = False
    If needsWorkbook Then
        If IsProtectedView() Then
            Tell "ProtectedView", ""
            Exit Function
        End If
        If ActiveWorkbook Is Nothing Then
            Tell "NoWorkbook", ""
            Exit Function
        End If
        If HasUnsafeName(ActiveWorkbook.Name) Then
            Tell "UnsafeName", ActiveWorkbook.Name
            Exit Function
        End If
    End If
    If Not FileExists(GetConfigFilePath()) Then
        Tell "NotInstalled", GetConfigFilePath()
        Exit Function
    End If
    If Interpreter() = "" Then
        Tell "NotInstalled", GetConfigFilePath()
        Exit Function
    End If
    #If Mac Then
        ' Excel for Mac is not allowed to look for a file outside its own folder: the script tells if it is not there.
    #Else
        If Not FileExists(Interpreter()) Then
            Tell "InterpreterMissing", Interpreter()
            Exit Function
        End If
    #End If
    IsReady = True
End Function

' A workbook in Protected View is no workbook for a macro.
Private Function IsProtectedView() As Boolean
    IsProtectedView = False
    #If Mac Then
    #Else
        IsProtectedView = Not Application.ActiveProtectedViewWindow Is Nothing
    #End If
End Function

' xlwings cuts the name at "=" and at its ends, and the command line that carries it gives other signs a meaning.
Private Function HasUnsafeName(ByVal name As String) As Boolean
    HasUnsafeName = InStr(name, "=") > 0 Or IsBlank(Left(name, 1)) Or IsBlank(Right(name, 1))
    #If Mac Then
        HasUnsafeName = HasUnsafeName Or InStr(name, "$") > 0 Or InStr(name, "`") > 0 Or InStr(name, "|") > 0
        HasUnsafeName = HasUnsafeName Or InStr(name, "\") > 0 Or InStr(name, Chr(34)) > 0
    #Else
        ' Between two percent signs cmd.exe sees the name of a variable.
        HasUnsafeName = HasUnsafeName Or Len(name) - Len(Replace(name, "%", "")) > 1
    #End If
End Function

' What Python takes off at both ends, the wide blank of Chinese input among it.
Private Function IsBlank(ByVal sign As String) As Boolean
    Select Case AscW(sign)
        Case 9 To 13, 32, 160, 8192 To 8202, 12288
            IsBlank = True
        Case Else
            IsBlank = False
    End Select
End Function

Private Sub WriteDown(ByVal content As String, ByVal path As String)
    Dim file As Integer

    file = FreeFile
    Open path For Output As #file
    Print #file, content
    Close #file
End Sub

Private Sub Calm()
    On Error Resume Next
    isRunning = False
    Application.StatusBar = False
    Application.Cursor = CURSOR_DEFAULT
End Sub
