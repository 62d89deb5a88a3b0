"""Outputs in the documents are real: each marked block is run, and what it prints is written below it.

A command; on request only from the first line that has a word on, and only so many lines::

    <!-- run from=逐条说明 lines=12: coordination-xl check demo-output/coordination-demo.xlsx -->
    ```console
    ...
    ```

A Python example, with what it prints in the block after it::

    <!-- python -->
    ```python
    print(1 + 1)
    ```
    ```text
    2
    ```

What a person would type into a cell of a form between two commands, by the cell's defined name; the page shows nothing of it::

    <!-- type: demo-output/coordination-demo.xlsx CoordinationForm_by3 2026-12-18 -->

All blocks of a document run in the order of the page, in one new folder.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np

from coordination_xl.books import BlockChange, ChangeSet, open_book
from coordination_xl.cli import main as command_line

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "coordination-xl"
COMMAND = re.compile(
    r"<!-- run(?: from=(?P<first>\S+))?(?: lines=(?P<lines>\d+))?: (?P<command>.+?) -->\n```console\n.*?^```$",
    re.DOTALL | re.MULTILINE,
)
TYPED = re.compile(r"<!-- type: (?P<book>\S+) (?P<cell>\S+) (?P<value>.+?) -->")
EXAMPLE = re.compile(r"<!-- python -->\n```python\n(?P<source>.*?)^```\n```text\n.*?^```$", re.DOTALL | re.MULTILINE)


def with_real_outputs(page: str) -> str:
    """The page with every marked output as it is today."""
    return "".join(_pieces(page))


def _pieces(page: str) -> Iterator[str]:
    found = (block for kind in (COMMAND, TYPED, EXAMPLE) for block in kind.finditer(page))
    blocks = sorted(found, key=lambda block: block.start())
    names: dict[str, Any] = {"__name__": "__example__"}
    end = 0
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for block in blocks:
            yield page[end : block.start()]
            if block.re is COMMAND:
                yield _told(block)
            elif block.re is TYPED:
                yield _typed(block)
            else:
                yield _exemplified(block, names)
            end = block.end()
    yield page[end:]


def _told(block: re.Match[str]) -> str:
    said = io.StringIO()
    program, *arguments = shlex.split(block["command"])
    if program != PROGRAM:
        raise ValueError(f"only {PROGRAM} can be run, not {program}")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), _plain_terminal():
        command_line(arguments)
    lines = [line.rstrip() for line in said.getvalue().strip("\n").splitlines()]
    start = next((place for place, line in enumerate(lines) if block["first"] and block["first"] in line), 0)
    end = start + int(block["lines"]) if block["lines"] else len(lines)
    shown = ["…"] * (start > 0) + lines[start:end] + ["…"] * (end < len(lines))
    marker = block[0].split("\n", 1)[0]
    return "\n".join([marker, "```console", f"$ {block['command']}", *shown, "```"])


def _typed(block: re.Match[str]) -> str:
    book, name = open_book(block["book"]), block["cell"]
    old = book.block(name)
    if old is None:
        raise ValueError(f"{block['book']} has no cell {name}")
    new = np.array([block["value"]], dtype=object)
    book.apply(ChangeSet(blocks=(BlockChange(name, old, new),)))
    return block[0]


def _exemplified(block: re.Match[str], names: dict[str, Any]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(block["source"], "<example>", "exec"), names)  # noqa: S102 - our own documents
    lines = [line.rstrip() for line in said.getvalue().strip("\n").splitlines()]
    return "\n".join(["<!-- python -->", "```python", block["source"].rstrip("\n"), "```", "```text", *lines, "```"])


@contextlib.contextmanager
def _plain_terminal() -> Iterator[None]:
    """No colour and no width of this machine's terminal in the output."""
    kept = dict(os.environ)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
