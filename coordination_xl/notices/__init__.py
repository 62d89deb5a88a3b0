"""Rows into messages and pages: the Jinja environment and what it renders."""
