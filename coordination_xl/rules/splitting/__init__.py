"""Agreements into tasks, and what becomes of them when the agreement changes. Source: SPEC B3, B5."""
