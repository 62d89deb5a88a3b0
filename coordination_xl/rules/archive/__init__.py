"""What may be archived, what becomes a case, and how cases are found. Source: SPEC A12, B4."""
