"""``register``: a filled form into its ledger."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from coordination_xl.actions.register import register as register_form
from coordination_xl.actions.results import Result
from coordination_xl.actor import actor
from coordination_xl.books import Book
from coordination_xl.cli import pages
from coordination_xl.cli.calls import over_book
from coordination_xl.ledger.findings import shown
from coordination_xl.schema import FORMS

if TYPE_CHECKING:
    from rich.console import Console


_NAMES = "、".join(form.sheet for form in FORMS)


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


@over_book("登记表单：把填好的表单写入台账，生成编号或升版。", show_registration, pages.show_findings)
def register(
    book: Book,
    moment: datetime,
    form: Annotated[str, typer.Argument(help=f"表单：{_NAMES}", metavar="FORM", show_default=False)],
) -> Result:
    """Register one form."""
    return register_form(book, form, moment, actor=actor())
