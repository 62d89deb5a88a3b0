"""What a workbook lacks of what the program has, and how it comes in."""
