"""``cases``: look up what earlier matters taught."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from coordination_xl.actions.cases import cases as search_cases
from coordination_xl.books import open_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import app
from coordination_xl.cli.documents import result_document
from coordination_xl.cli.options import BookPath, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from rich.console import Console

    from coordination_xl.actions.results import Result

    Case = dict[str, Any]


@app.command(help="查案例：在案例库里按词查找；不写词就从最新的列起。")
@noting_failure
def cases(
    book: BookPath,
    words: Annotated[list[str] | None, typer.Argument(help="要找的词", metavar="WORD", show_default=False)] = None,
    *,
    department: Annotated[
        str, typer.Option("--department", help="只看这个部门的案例，例：技术部", metavar="NAME", show_default=False)
    ] = "",
    since: Annotated[
        str, typer.Option("--since", help="只看这天以来归档的，例：2026-03-01", metavar="DATE", show_default=False)
    ] = "",
    now: Now = "",
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Search the case library."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    result = search_cases(open_book(book), words or [], read_now(now), department=department, since=since)
    screen.document(result_document, result)
    screen.show(show_cases, result)
    screen.note(f"cases {book} found={len(_found(result))}")


def show_cases(console: Console, result: Result) -> None:
    """The cases with a snippet each, hits in brackets; or that there is none."""
    found = _found(result)
    if not found:
        console.print(f"案例库共 {result.summary['searched']} 个案例，没有找到符合的。")
        return
    headers = ("编号", "案例名称", "主责部门", "归档时间", "来源编号", "摘录")
    pages.show_table(console, f"找到 {len(found)} 个案例", headers, [_line(case) for case in found])


def _found(result: Result) -> list[Case]:
    found = result.summary["cases"]
    return found if isinstance(found, list) else []


def _line(case: Case) -> tuple[object, ...]:
    snippet = Text()
    if case["snippet"]["text"]:
        snippet.append(f"{case['snippet']['column']}：").append(
            _marked(case["snippet"]["text"], case["snippet"]["hits"])
        )
    title = _marked(case["title"], case["title_hits"])
    return case["id"], title, case["department"], case["archived_at"], case["source"], snippet


def _marked(text: str, hits: Iterable[tuple[int, int]]) -> Text:
    """A text with its hits in 【】, so that they show without colour, too."""
    marked, end = Text(), 0
    for start, stop in hits:
        marked.append(pages.printable(text[end:start]))
        marked.append(f"【{pages.printable(text[start:stop])}】", style="bold #1f5a99")
        end = stop
    return marked.append(pages.printable(text[end:]))
