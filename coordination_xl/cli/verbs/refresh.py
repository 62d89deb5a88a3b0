"""``refresh``: compute what the program owns."""

from __future__ import annotations

from coordination_xl.actions.refresh import refresh as refresh_book
from coordination_xl.cli import pages
from coordination_xl.cli.app import app
from coordination_xl.cli.calls import actor, call
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet
from coordination_xl.cli.screen import noting_failure


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
    call(
        "refresh",
        book,
        lambda opened, moment: refresh_book(opened, moment, actor=actor()),
        now=now,
        show=(pages.show_lights, pages.show_worst, pages.show_findings),
        dry_run=dry_run,
        json=json,
        quiet=quiet,
        log=log,
    )
