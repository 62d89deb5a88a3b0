"""``run``: what a timetable calls, over one workbook or many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.actions.batch import Outcome, carry_out, carry_out_all, errands
from coordination_xl.actor import actor
from coordination_xl.cli import notice_pages, pages, send_pages
from coordination_xl.cli.app import CLEAN, FAILED, FOUND, app
from coordination_xl.cli.calls import written
from coordination_xl.cli.documents import batch_document
from coordination_xl.cli.options import DryRun, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure


@app.command(help="定时运行：依次校验、刷新、催办、写通知、发送；可以给出文件夹。")
@noting_failure
def run(
    books: Annotated[list[Path], typer.Argument(help="工作簿或文件夹", metavar="BOOK_OR_DIR", show_default=False)],
    *,
    jobs: Annotated[int, typer.Option("--jobs", help="同时处理几个工作簿", min=1)] = 1,
    scheduler: Annotated[str, typer.Option("--scheduler", help="dask 调度器地址，例：tcp://host:8786")] = "",
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Check, refresh, remind, notice and send, for many."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    work = errands(books, read_now(now), is_dry=dry_run, actor=actor())
    outcomes = []
    if len(work) == 1 and not scheduler:
        with screen.steps(4) as step:
            outcomes.append(carry_out(work[0], step))
    else:
        with screen.steps(len(work)) as step:
            for outcome in carry_out_all(work, jobs=jobs, scheduler=scheduler):
                step(outcome.path.name)
                outcomes.append(outcome)
    outcomes.sort(key=lambda outcome: str(outcome.path))
    screen.document(batch_document, outcomes)
    for outcome in outcomes:
        _tell(screen, outcome, is_dry=dry_run)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(FAILED)
    told = [result for outcome in outcomes for result in (outcome.result, outcome.sent) if result is not None]
    raise typer.Exit(FOUND if any(result.findings for result in told) else CLEAN)


def _tell(screen: Screen, outcome: Outcome, *, is_dry: bool) -> None:
    """What became of one workbook: on the screen, and one line in the log."""
    if outcome.is_skipped:
        screen.say(f"{outcome.path}：不是协调工作簿，已跳过。")
        screen.note(f"run {outcome.path} skipped")
    result, sent = outcome.result, outcome.sent
    if result is not None:
        screen.say(f"\n{outcome.path}")
        screen.show(pages.show_kinds, result)
        if is_dry:
            screen.show(pages.show_changes, result)
        screen.show(pages.show_lights, result)
        screen.show(pages.show_worst, result)
        screen.show(notice_pages.show_notices, result)
        screen.say(written(result, outcome.path, dry_run=is_dry))
    if sent is not None:
        screen.show(send_pages.show_sent, sent)
        screen.show(pages.show_findings, sent)
    if outcome.error is not None:
        screen.complain(outcome.error)
    elif result is not None:
        mails = sent.summary["mails"] if sent is not None else 0
        screen.note(f"run {outcome.path} findings={len(result.findings)} notices={len(result.notices)} sent={mails}")
