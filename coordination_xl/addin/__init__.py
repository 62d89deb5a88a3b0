"""The ribbon face: what a click in Excel does, and the add-in file that puts the buttons there. Source: SPEC section 5."""
