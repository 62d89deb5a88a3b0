"""A complete new workbook, built from the schema: ledgers, forms, start page, dashboard."""

from __future__ import annotations

from coordination_xl.books.build.workbook import build_workbook

__all__ = ["build_workbook"]
