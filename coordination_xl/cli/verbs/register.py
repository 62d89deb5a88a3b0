"""``register``: a filled form into its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.register import register as register_form
from coordination_xl.cli import pages
from coordination_xl.cli.app import app
from coordination_xl.cli.calls import actor, call
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet
from coordination_xl.cli.screen import noting_failure
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import FORMS

if TYPE_CHECKING:
    from rich.console import Console

    from coordination_xl.actions.results import Result

_NAMES = "、".join(form.sheet for form in FORMS)


@app.command(help="登记表单：把填好的表单写入台账，生成编号；已达成共识的协调表改动后升版。")
@noting_failure
def register(
    book: BookPath,
    form: Annotated[str, typer.Argument(help=f"表单：{_NAMES}", metavar="FORM", show_default=False)],
    *,
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Register one form."""
    call(
        "register",
        book,
        lambda opened, moment: register_form(opened, form, moment, actor=actor()),
        now=now,
        show=(show_registration, pages.show_findings),
        dry_run=dry_run,
        json=json,
        quiet=quiet,
        log=log,
    )


def show_registration(console: Console, result: Result) -> None:
    """What became of the form, and who must be told."""
    told = result.summary
    form, record = told["form"], told["id"]
    if told["errors"]:
        sentence = f"“{form}”有 {told['errors']} 处错误，没有登记。"
    elif told["is_new"]:
        sentence = f"“{form}”已登记为 {record}。"
    elif told["is_new_version"]:
        sentence = f"{record} 已升为第 {told['version']} 版，重新协商；上一版全文存入修改记录。"
    elif result.changes:
        sentence = f"{record} 已按“{form}”更新。"
    else:
        sentence = f"“{form}”与台账中的 {record} 一致，没有改动。"
    console.print(pages.printable(sentence), markup=False, highlight=False)
    parties = told.get("parties")
    if isinstance(parties, list) and parties:
        until = f"；有疑问的，请于 {shown(told['tell_by'])} 前提出" if told["tell_by"] else ""
        sentence = f"方案已变更，请告知各方：{'、'.join(parties)}{until}。"
        console.print(pages.printable(sentence), markup=False, highlight=False)
