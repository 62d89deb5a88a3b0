"""The documents, and what writes the parts of them that repeat the schema or show real output."""
