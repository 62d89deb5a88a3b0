Option VBASupport 1
' What Excel and xlwings answer to the module CXL: written down, and answered as the test says.

Public called As String
Public described As String
Public later As String
Public volatiles As Long
Public refusals As Long
Public isBroken As Boolean
Public addinName As String
Public isAddin As Boolean
Public isSaved As Boolean
Public isUpdating As Boolean
Public hasEvents As Boolean
Public seen As String
Public answer1904 As Variant

Sub Prepare(refused, broken, addin, is1904)
    called = ""
    described = ""
    later = ""
    seen = ""
    volatiles = 0
    refusals = refused
    isBroken = broken
    addinName = "coordination_xl.xlam"
    isAddin = addin
    isSaved = False
    isUpdating = True
    hasEvents = True
    answer1904 = is1904
End Sub

Function State() As String
    State = called & Chr(7) & described & Chr(7) & later & Chr(7) & seen & Chr(7) & volatiles & Chr(7) & isAddin & Chr(7) & isSaved & Chr(7) & isUpdating & Chr(7) & hasEvents
End Function

' XLPy.CallUDF
Function FakeCall(module, name, arguments, book, caller)
    Dim place As Long
    If isBroken Then Err.Raise 5
    called = module & "|" & name & "|" & book & "|" & caller
    For place = LBound(arguments) To UBound(arguments)
        If IsError(arguments(place)) Then
            called = called & "|missing"
        ElseIf IsArray(arguments(place)) Then
            called = called & "|rows " & UBound(arguments(place)) - LBound(arguments(place)) + 1
        Else
            called = called & "|" & TypeName(arguments(place)) & " " & arguments(place)
        End If
    Next place
    FakeCall = arguments(0)
End Function

Function FakeCaller() As String
    FakeCaller = "B2"
End Function

Function FakeIs1904() As Boolean
    If VarType(answer1904) <> vbBoolean Then Err.Raise 424
    FakeIs1904 = answer1904
End Function

Sub FakeVolatile()
    volatiles = volatiles + 1
End Sub

' Application.MacroOptions, which Excel refuses for a hidden workbook.
Sub FakeOptions(macro, description, category, texts)
    Dim place As Long
    seen = seen & isAddin & " "
    If refusals > 0 Then
        refusals = refusals - 1
        Err.Raise 5
    End If
    described = described & macro & "|" & description & "|" & category
    For place = LBound(texts) To UBound(texts)
        described = described & "|" & texts(place)
    Next place
    described = described & Chr(10)
End Sub

Sub FakeLater(moment, macro)
    later = later & macro
End Sub
