"""How a verb over one workbook is called: read, compute, write, and say what became of it."""

from __future__ import annotations

from inspect import Signature, signature
from os.path import commonpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from coordination_xl.books import open_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import CLEAN, FOUND, app
from coordination_xl.cli.documents import result_document
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rich.console import Console

    from coordination_xl.actions.results import Result
    from coordination_xl.books import Book

    Page = Callable[[Console, Result], None]
    Act = Callable[..., Result]

MOST_FILES = 3
"""New files that the closing sentence names one by one; of more it names the folder."""


def over_book(help: str, *show: Page) -> Callable[[Act], Act]:  # noqa: A002 - what typer calls it
    """Make a verb over one workbook a command of its name.

    The function takes the opened workbook, the moment of judgement, and the command's own arguments and options, and
    computes the result. The command takes the path of the workbook instead of the first two, and besides its own options
    ``--now``, ``--dry-run``, ``--json``, ``--quiet`` and ``--log``. It reads, computes, writes, and says what became of it.

    Args:
        help: what ``--help`` says, in Chinese.
        show: the pages that people get, in order; a dry run shows the changes first.
    """

    def made(act: Act) -> Act:
        own = list(signature(act, eval_str=True).parameters.values())[2:]

        @noting_failure
        def command(book: Path, **options: Any) -> None:  # noqa: ANN401 - each verb has options of its own
            given = {each: options.pop(each) for each in _COMMON}
            _carry_out(act.__name__, book, lambda opened, moment: act(opened, moment, **options), show, **given)

        parameters = sorted([_BOOK, *own, *_COMMON.values()], key=lambda each: each.kind)
        command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in parameters}
        command.__doc__ = act.__doc__
        app.command(act.__name__, help=help)(command)
        return act

    return made


def _common(
    book: BookPath, *, now: Now = "", dry_run: DryRun = False, json: Json = False, quiet: Quiet = False, log: Log = None
) -> None:
    """The parameters that every verb over one workbook has."""


_BOOK, *_OPTIONS = signature(_common, eval_str=True).parameters.values()
_COMMON = {option.name: option for option in _OPTIONS}


def _carry_out(
    verb: str,
    path: Path,
    act: Callable[[Book, datetime], Result],
    show: Sequence[Page],
    *,
    now: str,
    dry_run: bool,
    json: bool,
    quiet: bool,
    log: Path | None,
) -> None:
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
    if dry_run:
        screen.show(pages.show_changes, result)
    for page in show:
        if not (dry_run and page is pages.show_mended):  # shown already
            screen.show(page, result)
    screen.say(outcome)
    screen.note(f"{verb} {path} cells={result.changes.cell_count} findings={len(result.findings)}")
    raise typer.Exit(FOUND if result.findings else CLEAN)


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
