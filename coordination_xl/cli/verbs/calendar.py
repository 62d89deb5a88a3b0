"""``calendar import``: the official days of a year into one workbook or many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.batch import Outcome, errands
from coordination_xl.actions.calendar_import import import_into, read_notice, refused
from coordination_xl.actor import actor
from coordination_xl.cli import pages
from coordination_xl.cli.app import CLEAN, FAILED, FOUND, app
from coordination_xl.cli.calls import written
from coordination_xl.cli.documents import batch_document
from coordination_xl.cli.options import DryRun, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure
from coordination_xl.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from coordination_xl.actions.batch import Errand
    from coordination_xl.actions.results import Result
    from coordination_xl.ledger.holiday_notices import HolidayNotice

MOST_MOVED = 40
"""Due times that a terminal shows; ``--json`` has them all."""

calendar = typer.Typer(no_args_is_help=True)
app.add_typer(calendar, name="calendar", help="节假日：导入国务院办公厅公布的放假和调休安排。")


@calendar.callback()
def group() -> None:
    """Keep ``import`` a word of its own, though it is the only command of the group."""


@calendar.command("import", help="导入一年的放假和调休安排（通知全文、JSON 或 ICS），并重算受影响的时限。")
@noting_failure
def import_file(
    file: Annotated[
        Path, typer.Argument(help="通知全文（文本）、JSON 或 ICS 文件", metavar="FILE", show_default=False)
    ],
    books: Annotated[
        list[Path] | None,
        typer.Argument(
            help="工作簿或文件夹；不写就是当前文件夹里的协调工作簿", metavar="BOOK_OR_DIR", show_default=False
        ),
    ] = None,
    *,
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Import the official days of a year."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    work = errands(books or [Path()], read_now(now), is_dry=dry_run, actor=actor())
    notice = read_notice(file)
    outcomes = [Outcome(file, refused(notice))] if notice.findings else _import_all(screen, work, notice)
    if all(outcome.is_skipped for outcome in outcomes):
        raise UsageError(
            "当前文件夹" if not books else "、".join(map(str, books)), "没有协调工作簿", "给出工作簿或它所在的文件夹"
        )
    screen.document(batch_document, outcomes)
    for outcome in outcomes:
        _tell(screen, outcome, dry_run=dry_run)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(FAILED)
    raise typer.Exit(FOUND if any(outcome.result and outcome.result.findings for outcome in outcomes) else CLEAN)


def _import_all(screen: Screen, work: tuple[Errand, ...], notice: HolidayNotice) -> list[Outcome]:
    outcomes = []
    with screen.steps(len(work)) as step:
        for errand in work:
            step(errand.path.name)
            outcomes.append(import_into(errand, notice))
    return outcomes


def _tell(screen: Screen, outcome: Outcome, *, dry_run: bool) -> None:
    if outcome.error is not None:
        screen.complain(outcome.error)
        return
    if outcome.result is None:
        screen.note(f"calendar import {outcome.path} skipped")
        return
    screen.say(f"\n{outcome.path}")
    if outcome.result.findings:
        screen.show(pages.show_findings, outcome.result)
        screen.say("没有导入：改正以上各处后再试。")
    else:
        if dry_run:
            screen.show(pages.show_changes, outcome.result)
        screen.show(_show_import, outcome.result)
        screen.say(written(outcome.result, outcome.path, dry_run=dry_run))
    screen.note(f"calendar import {outcome.path} findings={len(outcome.result.findings)}")


def _show_import(console: Console, result: Result) -> None:
    """The years and days, and every due time that moved."""
    told = result.summary
    years, moved = told["years"], told["moved"]
    if not isinstance(years, list) or not isinstance(moved, list):
        return
    if not years:
        console.print(f"节假日表已有这份安排（{told['basis']}）。", markup=False)
        return
    console.print(
        f"{'、'.join(map(str, years))} 年（{told['basis']}）：新增 {told['added']} 行，改写 {told['changed']} 行；"
        f"{told['settled']} 项时限由暂定转为正式，{told['moved_count']} 个时限变动。",
        markup=False,
    )
    if moved:
        rows = [tuple(each[key] for key in ("id", "column", "old", "new")) for each in moved[:MOST_MOVED]]
        pages.show_table(console, "变动的时限", ("编号", "列", "原", "新"), rows)
    if len(moved) > MOST_MOVED:
        console.print(f"…… 另有 {len(moved) - MOST_MOVED} 个；全部变动见“修改记录”，或用 --json 查看。")
