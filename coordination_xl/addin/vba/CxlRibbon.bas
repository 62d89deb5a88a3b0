Attribute VB_Name = "CxlRibbon"
Option Explicit

' The callback of every button on the ribbon: the cases are written by the build, one for each button.
Public Sub OnClick(control As IRibbonControl)
    Select Case control.ID
        '{cases}
        Case Else
            CxlClick.Tell "UnknownButton", control.ID
    End Select
End Sub
