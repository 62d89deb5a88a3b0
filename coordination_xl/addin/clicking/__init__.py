"""Around every click: the workbook in front, one click at a time, questions, what is told, and the log."""
