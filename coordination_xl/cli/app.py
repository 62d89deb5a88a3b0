"""The command line: ``coordination-xl VERB BOOK [options]``. Source: SPEC section 5.

Exit status: 0 clean, 1 findings were reported, 2 it could not be done and nothing was changed.
"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.actions.batch import carry_out, carry_out_all, errands
from coordination_xl.actions.check import check as check_book
from coordination_xl.actions.explain import explain as explain_record
from coordination_xl.actions.init import init as plan_init
from coordination_xl.actions.refresh import refresh as refresh_book
from coordination_xl.books import open_book
from coordination_xl.cli import pages
from coordination_xl.cli.documents import batch_document, explanation_document, result_document
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure

app = typer.Typer(
    name="coordination-xl",
    help="跨部门沟通协调工作簿：校验、刷新逾期、说明时限。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CLEAN, FOUND, FAILED = 0, 1, 2


@app.command(help="在文件夹里建立一个新工作簿（空白，或带一年的演示数据）。")
@noting_failure
def init(
    folder: Annotated[Path, typer.Argument(help="放在哪个文件夹", metavar="DIR", show_default=False)],
    *,
    demo: Annotated[bool, typer.Option("--demo", help="带演示数据")] = False,
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Lay out a new workbook."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    started = plan_init(folder, demo=demo)
    if not dry_run:
        started.apply()
    made = [str(target) for _, target in started.files]
    screen.document(dict, {"changes": [], "added": [], "findings": [], "notices": [], "summary": {"files": made}})
    screen.say(f"{'将建立' if dry_run else '已建立'}工作簿：{started.book}")
    screen.note(f"init {started.book}")


@app.command(help="校验：一次列出所有问题，写入“校验结果”。")
@noting_failure
def check(
    book: BookPath,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="同时改正只有一种理解的写法（文本日期、全角字符、同义用词）")
    ] = False,
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Find every fault."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    moment = read_now(now)
    with screen.steps(3) as step:
        step("读取")
        opened = open_book(book)
        step("校验")
        result = check_book(opened, moment, fix=fix, actor=_actor())
        step("保存")
        if result.changes and not dry_run:
            opened.apply(result.changes)
    screen.document(result_document, result)
    screen.show(pages.show_kinds, result)
    screen.show(pages.show_findings, result)
    if fix or dry_run:
        screen.show(pages.show_changes, result)
    screen.say(_written(result.changes, book, dry_run=dry_run))
    screen.note(f"check {book} findings={len(result.findings)} mended={result.summary['mended']}")
    raise typer.Exit(FOUND if result.findings else CLEAN)


@app.command(help="刷新逾期：重算到期时间、下次反馈、逾期天数、预警灯、升级层级和看板。")
@noting_failure
def refresh(
    book: BookPath,
    *,
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Compute what the program owns."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    moment = read_now(now)
    with screen.steps(3) as step:
        step("读取")
        opened = open_book(book)
        step("计算")
        result = refresh_book(opened, moment, actor=_actor())
        step("保存")
        if result.changes and not dry_run:
            opened.apply(result.changes)
    screen.document(result_document, result)
    if dry_run:
        screen.show(pages.show_changes, result)
    screen.show(pages.show_lights, result)
    screen.show(pages.show_worst, result)
    screen.show(pages.show_findings, result)
    screen.say(_written(result.changes, book, dry_run=dry_run))
    screen.note(f"refresh {book} cells={result.changes.cell_count} overdue={result.summary['overdue']}")
    raise typer.Exit(FOUND if result.findings else CLEAN)


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


@app.command(help="定时运行：对一个或一批工作簿依次校验、刷新；可以给出文件夹。")
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
    """Check and refresh many."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    work = errands(books, read_now(now), is_dry=dry_run, actor=_actor())
    outcomes = []
    if len(work) == 1 and not scheduler:
        with screen.steps(3) as step:
            outcomes.append(carry_out(work[0], step))
    else:
        with screen.steps(len(work)) as step:
            for outcome in carry_out_all(work, jobs=jobs, scheduler=scheduler):
                step(outcome.path.name)
                outcomes.append(outcome)
    outcomes.sort(key=lambda outcome: str(outcome.path))
    screen.document(batch_document, outcomes)
    for outcome in outcomes:
        if outcome.result is not None:
            screen.say(f"\n{outcome.path}")
            screen.show(pages.show_kinds, outcome.result)
            if dry_run:
                screen.show(pages.show_changes, outcome.result)
            screen.show(pages.show_lights, outcome.result)
            screen.show(pages.show_worst, outcome.result)
            screen.say(_written(outcome.result.changes, outcome.path, dry_run=dry_run))
            screen.note(f"run {outcome.path} findings={len(outcome.result.findings)}")
        elif outcome.error is not None:
            screen.complain(outcome.error)
        else:
            screen.say(f"{outcome.path}：不是协调工作簿，已跳过。")
            screen.note(f"run {outcome.path} skipped")
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(FAILED)
    raise typer.Exit(FOUND if any(outcome.result and outcome.result.findings for outcome in outcomes) else CLEAN)


def _actor() -> str:
    """Who runs the program, for 修改记录."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return "coordination-xl"


def _written(changes: object, book: Path, *, dry_run: bool) -> str:
    if not changes:
        return f"没有变化，文件未动：{book}"
    return f"试运行，文件未动：{book}" if dry_run else f"结果已写入：{book}"
