Option VBASupport 1
' What only Excel, Windows or macOS have, for VBA that runs in LibreOffice: it answers as the test says, and writes down what it was asked.

Public shown As String          ' texts of message boxes, each ended by a line feed
Public started As String        ' command lines given to the shell, or parameters given to the AppleScript; the same
Public StageBar                 ' the status bar
Public statusMeanwhile As String  ' what stood there while the started program ran
Public exitCode As Long         ' what the shell returns
Public stderr As String         ' what the started program writes into its log
Public isWithoutBook As Boolean
Public isProtectedView As Boolean
Public isWithoutScript As Boolean
Public isWithoutShell As Boolean
Public isImpatient As Boolean
Public clicked As Object
Public bookName As String       ' blank: the workbook that is really open
Public folder As String         ' the user's own, and the one for temporary files

' One click on a button: which error stopped it, boxes shown, what was started, the status bar meanwhile, the status bar after.
Function Click(button As String, home As String, book As String, state As String, code As String, text As String)
    ' The number as text: a Long is not handed over from outside.
    Set clicked = New IRibbonControl
    clicked.ID = button
    shown = ""
    started = ""
    statusMeanwhile = ""
    folder = home
    bookName = book
    isWithoutBook = (state = "no workbook")
    isProtectedView = (state = "protected view")
    isWithoutScript = (state = "no script")
    isWithoutShell = (state = "no shell")
    isImpatient = (state = "second click")
    exitCode = CLng(code)
    stderr = text
    StageBar = "before"
    On Error GoTo Stopped
    CxlRibbon.OnClick clicked
    Click = Array("", shown, started, statusMeanwhile, "" & StageBar)
    Exit Function
Stopped:
    Click = Array(Err.Number & " " & Err.Description & " " & Erl, shown, started, statusMeanwhile, "")
End Function

Function Ask(what As String, argument As String, home As String, book As String)
    folder = home
    bookName = book
    On Error GoTo Stopped
    Select Case what
        Case "config"
            Ask = GetConfig(argument, "(default)")
        Case "message"
            Ask = CxlMessages.Worded(argument, "{0}")
    End Select
    Exit Function
Stopped:
    Ask = "error " & Err.Number & " " & Err.Description & " " & Erl
End Function

Function ActiveWorkbook() As Object
    Dim named As New StageWorkbook
    If isWithoutBook Then
        Set ActiveWorkbook = Nothing
    ElseIf bookName = "" Then
        Set ActiveWorkbook = Application.ActiveWorkbook
    Else
        named.Name = bookName
        Set ActiveWorkbook = named
    End If
End Function

Function StageProtectedView() As Object
    If isProtectedView Then
        Set StageProtectedView = New StageWorkbook
    Else
        Set StageProtectedView = Nothing
    End If
End Function

Function StageHwnd() As Long
    StageHwnd = 4711
End Function

#If Mac Then
Function StageSeparator() As String
    StageSeparator = "/"
End Function

Function StagePath() As String
    StagePath = "/Applications/Microsoft Excel.app/Contents/MacOS"
End Function
#Else
Function StageSeparator() As String
    StageSeparator = "\"
End Function

Function StagePath() As String
    StagePath = "C:\Program Files\Microsoft Office\root\Office16"
End Function
#End If

' A path as on Windows: this machine knows no drives.
Function StageLocal(ByVal path As String) As String
    StageLocal = Replace(path, "C:", "")
End Function

Function StageFullName() As String
    StageFullName = ConvertFromURL(ThisComponent.URL)
End Function

Function StageEnviron(name As String) As String
    StageEnviron = folder
    If name = "ComSpec" Then StageEnviron = "C:\Windows\system32\cmd.exe"
End Function

Function StageObject(name As String) As Object
    If name = "Scripting.Dictionary" Then
        Set StageObject = New Dictionary
    Else
        Set StageObject = New StageShell
    End If
End Function

Function StageRun(command As String) As Long
    Dim place As Long, path As String

    If isWithoutShell Then Err.Raise 429
    started = started & command & Chr(10)
    statusMeanwhile = StageBar
    If isImpatient Then
        isImpatient = False
        CxlRibbon.OnClick clicked
    End If
    place = InStr(command, " 2> " & Chr(34))
    path = Mid(command, place + 5)
    path = Left(path, InStr(path, Chr(34)) - 1)
    StageWrite path
    StageRun = exitCode
End Function

Sub StageWrite(path As String)
    Dim file As Integer
    file = FreeFile
    Open path For Output As #file
    Print #file, stderr
    Close #file
End Sub

Function StageShow(text As String) As Long
    shown = shown & text & Chr(10)
    StageShow = 1
End Function

Function MessageBoxW(owner, prompt, title, kind) As Long
    MessageBoxW = StageShow(title & ": " & prompt)
End Function

Function StageMsgBox(prompt, Optional kind, Optional title) As Long
    StageMsgBox = StageShow(title & ": " & prompt)
End Function

Function StrPtr(text)
    StrPtr = text
End Function

Function AppleScriptTask(script As String, handler As String, parameter As String) As String
    If isWithoutScript Then Err.Raise 5
    started = started & parameter & Chr(10)
    statusMeanwhile = StageBar
    If stderr <> "" Then StageWrite Mid(parameter, InStrRev(parameter, "|") + 1)
    AppleScriptTask = ""
End Function

Function MacScript(script As String)
    Dim parts
    If InStr(script, "path to home folder") > 0 Then
        MacScript = folder
    Else
        parts = Split(script, Chr(34))
        If InStr(script, "return exists disk item") > 0 Then
            MacScript = Dir(parts(3)) <> ""
        Else
            MacScript = parts(1)
        End If
    End If
End Function
