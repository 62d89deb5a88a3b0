"""How a verb over one workbook is called: read, compute, write, and say what became of it."""

from __future__ import annotations

import getpass
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coordination_xl.books import open_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import CLEAN, FOUND
from coordination_xl.cli.documents import result_document
from coordination_xl.cli.options import read_now
from coordination_xl.cli.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rich.console import Console

    from coordination_xl.actions.results import Result
    from coordination_xl.books import Book

    Page = Callable[[Console, Result], None]

MOST_FILES = 3
"""New files that the closing sentence names one by one; of more it names the folder."""


def call(
    verb: str,
    path: Path,
    act: Callable[[Book, datetime], Result],
    *,
    now: str,
    show: Sequence[Page],
    dry_run: bool,
    json: bool,
    quiet: bool,
    log: Path | None,
) -> None:
    """Carry out one verb on one workbook.

    Args:
        verb: its name, for the log.
        path: the workbook.
        act: computes the result; nothing is written by it.
        now: as ``--now`` was typed.
        show: the pages that people get, in order.
        dry_run: show the changes, write nothing.
        json: one JSON object instead of pages.
        quiet: no pages.
        log: file for a note.

    Raises:
        typer.Exit: always: 0 clean, 1 findings.
        CoordinationError: it could not be done; nothing was written.
    """
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    moment = read_now(now)
    with screen.steps(3) as step:
        step("读取")
        book = open_book(path)
        step("计算")
        result = act(book, moment)
        step("保存")
        outcome = written(result, path, dry_run=dry_run)  # told as it is before the files are there
        if not dry_run and not result.is_needless:
            result.write(book)
    screen.document(result_document, result)
    for page in show if pages.show_changes in show or not dry_run else (pages.show_changes, *show):
        screen.show(page, result)
    screen.say(outcome)
    screen.note(f"{verb} {path} cells={result.changes.cell_count} findings={len(result.findings)}")
    raise typer.Exit(FOUND if result.findings else CLEAN)


def actor() -> str:
    """Who runs the program, for 修改记录."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "coordination-xl"


def written(result: Result, path: Path, *, dry_run: bool) -> str:
    """The closing sentence: where the outcome is, or that nothing was touched."""
    if result.is_needless:
        return f"没有变化，文件未动：{path}"
    if dry_run:
        return f"试运行，文件未动：{path}"
    places = [str(path)] if result.changes else []
    if len(result.files) > MOST_FILES:
        folder = pages.near(Path(commonpath(file.path.parent for file in result.files)))
        return f"结果已写入：{'；'.join([*places, f'{folder}（{len(result.files)} 个文件）'])}"
    return f"结果已写入：{'；'.join([*places, *(pages.near(file.path) for file in result.files)])}"
