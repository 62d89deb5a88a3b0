"""What each button does: ask where it cannot be undone, carry the verb out on the open workbook, give back what to say."""
