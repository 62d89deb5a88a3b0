"""Where the command line speaks: a terminal, a pipe, a JSON document, a log."""

from __future__ import annotations

import functools
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from coordination_xl.cli.documents import as_json
from coordination_xl.cli.pages import printable
from coordination_xl.errors import CoordinationError, UsageError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")


class Screen:
    """One call's way to speak.

    Args:
        is_json: standard output carries one JSON object and nothing else.
        is_quiet: neither progress nor pages.
        log: a file to which each note is appended with the time.

    Raises:
        UsageError: the log cannot be written; asked before anything else is done.
    """

    def __init__(self, *, is_json: bool = False, is_quiet: bool = False, log: Path | None = None) -> None:
        self._is_json = is_json
        self._is_quiet = is_quiet
        self._log = log
        if log is not None:
            try:
                log.open("a", encoding="utf-8").close()
            except OSError as fault:
                raise UsageError(
                    f"--log {log}", f"无法写入（{reason(fault)}）", "检查文件夹是否存在、是否可写"
                ) from fault
        self._out = Console(file=sys.stdout, soft_wrap=not sys.stdout.isatty())
        self._err = Console(file=sys.stderr, stderr=True, soft_wrap=True)

    @contextmanager
    def steps(self, count: int) -> Iterator[Callable[[str], None]]:
        """A progress bar of ``count`` steps on a terminal; call what is given with the name of each step as it begins."""
        if self._is_quiet or not self._err.is_terminal:
            yield lambda _: None
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
        with Progress(*columns, console=self._err, transient=True) as progress:
            task = progress.add_task("准备", total=count)
            begun = False

            def step(name: str) -> None:
                nonlocal begun
                progress.update(task, description=name, advance=1 if begun else 0)
                begun = True

            yield step
            progress.update(task, completed=count)

    def document(self, make: Callable[[T], dict[str, object]], subject: T) -> None:
        """Print the JSON document that ``make`` makes of something; it is not made unless JSON was asked for."""
        if self._is_json:
            sys.stdout.write(as_json(make(subject)) + "\n")

    def show(self, page: Callable[[Console, T], None], subject: T) -> None:
        """Print a page for people, unless JSON or silence was asked for."""
        if not (self._is_json or self._is_quiet):
            page(self._out, subject)

    def say(self, sentence: str) -> None:
        """Print one sentence for people, unless JSON or silence was asked for."""
        if not (self._is_json or self._is_quiet):
            self._out.print(Text(printable(sentence)))

    def complain(self, fault: CoordinationError) -> None:
        """One clear line on standard error, silence or not; and a note."""
        self._err.print(Text(f"无法完成：{printable(str(fault))}", style="bold #b3261e"))
        self.note(f"failed {fault}")

    def note(self, line: str) -> None:
        """Append one line to the log, if there is one."""
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {' '.join(line.split())}\n")


def noting_failure(command: Callable[P, None]) -> Callable[P, None]:
    """A verb whose failure is noted in its ``--log`` too, before it goes on up."""

    @functools.wraps(command)
    def told(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except CoordinationError as fault:
            log = options.get("log")
            if isinstance(log, Path) and log.exists():
                Screen(log=log).note(f"failed {fault}")
            raise

    return told
