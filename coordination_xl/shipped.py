"""The files that come with the package: workbooks and templates, in a wheel or in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from coordination_xl.errors import UsageError


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder, for example ``shipped("workbooks", "coordination.xlsx")``.

    Raises:
        UsageError: the installation lacks it.
    """
    installed = Path(str(files("coordination_xl"))) / "_shipped"
    checkout = Path(__file__).resolve().parent.parent
    for root in (installed, checkout):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise UsageError("安装包", f"缺少 {'/'.join(parts)}", "请重新安装 coordination-xl")
