"""The one Jinja environment: sandboxed, strict, escaping every HTML name; a user's own template goes before the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from coordination_xl.notices import filters
from coordination_xl.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path


def environment(beside: Path | None = None) -> SandboxedEnvironment:
    """The environment for templates such as ``周报/page.html``.

    Args:
        beside: the folder of the workbook; its ``templates/`` is looked at first. ``None``: shipped templates only.
    """
    folders = [] if beside is None else [beside / "templates"]
    made = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, shipped("templates"))]),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or name.endswith((".html", ".xhtml", ".xml")),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(filters.FILTERS)
    return made
