"""An xlwings engine over a real LibreOffice: what stands in for Excel in the tests.

xlwings' own classes are used as they are; these are the implementation objects behind them, as ``xlwings.base_classes`` asks
for. They behave like Excel on Windows as seen through COM, where LibreOffice itself would behave differently.
"""

from __future__ import annotations

from tests.libreoffice.engine.app import App, Apps, Engine

__all__ = ["App", "Apps", "Engine"]
