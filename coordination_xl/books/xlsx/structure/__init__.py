"""What is added to the build of a closed workbook: columns, tables, sheets, names; all else stays to the byte."""
