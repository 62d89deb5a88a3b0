"""``send``: what waits in the outbox goes out, once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.actions.send import send as plan_sending
from coordination_xl.actor import actor
from coordination_xl.books import open_book
from coordination_xl.cli import pages, send_pages
from coordination_xl.cli.app import CLEAN, FOUND, app
from coordination_xl.cli.calls import written
from coordination_xl.cli.documents import result_document
from coordination_xl.cli.options import BookPath, DryRun, Json, Log, Now, Quiet, read_now
from coordination_xl.cli.screen import Screen, noting_failure


@app.command(help="发送：待发送的邮件发出去，每份只发一次；没有服务器就列出草稿。")
@noting_failure
def send(
    book: BookPath,
    *,
    smtp: Annotated[
        str,
        typer.Option(
            "--smtp",
            help="发信服务器，例：smtp://xietiao@mail.example.com:587；不写就是参数“发信服务器”；密码不写在这里",
            metavar="URL",
            show_default=False,
        ),
    ] = "",
    now: Now = "",
    dry_run: DryRun = False,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Send what waits."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    path: Path = book
    opened = open_book(path)
    sending = plan_sending(opened, read_now(now), smtp=smtp, actor=actor())
    result = sending.preview
    if dry_run:
        screen.document(result_document, result)
        screen.show(send_pages.show_waiting, result)
        screen.show(pages.show_findings, result)
        screen.say(f"试运行，没有发送，文件未动：{path}")
        raise typer.Exit(FOUND if result.findings else CLEAN)
    with screen.steps(len(result.notices) + 1) as step:
        result = sending.deliver(opened, step)
        step("保存")
        outcome = written(result, path, dry_run=False)
        result.write(opened)
    screen.document(result_document, result)
    screen.show(send_pages.show_sent, result)
    screen.show(pages.show_findings, result)
    screen.say(outcome)
    screen.note(f"send {path} mails={result.summary['mails']} findings={len(result.findings)}")
    raise typer.Exit(FOUND if result.findings else CLEAN)
