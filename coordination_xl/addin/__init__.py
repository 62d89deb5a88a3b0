"""The ribbon face: what a click in Excel does, and the add-in file that puts the buttons there. Source: SPEC section 5."""

PROJECT = "coordination_xl"
"""The project's name inside the add-in; the add-in and its settings file are called so, too."""
ADDIN = f"{PROJECT}.xlam"
