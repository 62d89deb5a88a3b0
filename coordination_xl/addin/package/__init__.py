"""The add-in file, put together from text: ribbon XML, VBA project, the parts of a workbook, one archive."""

from __future__ import annotations

from coordination_xl.addin.package.build import build_addin, write_addin

__all__ = ["build_addin", "write_addin"]
