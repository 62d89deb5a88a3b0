"""Grid to typed frame: reading what people type."""
