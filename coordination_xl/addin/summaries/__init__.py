"""What a click says in the end, in a message box: pure functions of results, up to fifteen lines each."""
