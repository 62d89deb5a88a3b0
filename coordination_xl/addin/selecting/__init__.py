"""What the user points at: selected rows that can be seen, as ids."""
