"""``init``: a new workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.actions.init import init as plan_init
from coordination_xl.cli.app import app
from coordination_xl.cli.options import DryRun, Json, Log, Quiet
from coordination_xl.cli.screen import Screen, noting_failure


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
