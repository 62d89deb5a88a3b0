"""``explain``: why this due time."""

from __future__ import annotations

from typing import Annotated

import typer

from coordination_xl.actions.explain import explain as explain_record
from coordination_xl.books import open_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import app
from coordination_xl.cli.documents import explanation_document
from coordination_xl.cli.options import BookPath, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure


@app.command(help="时限说明：这一行为什么是这个到期时间。")
@noting_failure
def explain(
    book: BookPath,
    record: Annotated[str, typer.Argument(help="编号，例：XT-2026-0012", metavar="ID", show_default=False)],
    *,
    now: Now = "",
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Say why."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    explanation = explain_record(open_book(book), record, read_now(now))
    screen.document(explanation_document, explanation)
    screen.show(pages.show_explanation, explanation)
    screen.note(f"explain {book} {record}")
