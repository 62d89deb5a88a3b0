"""``addin build``, ``install``, ``uninstall``, ``doctor``: the ribbon in Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coordination_xl.addin.package import build_addin, write_addin
from coordination_xl.addin.setup.checks import FAULT
from coordination_xl.addin.setup.doctor import examine
from coordination_xl.addin.setup.install import plan_install, plan_uninstall
from coordination_xl.addin.setup.machine import this_machine
from coordination_xl.cli import addin_pages as pages
from coordination_xl.cli.app import CLEAN, FOUND, app
from coordination_xl.cli.options import DryRun, Json, Log, Quiet
from coordination_xl.cli.screen import Screen, noting_failure

addin = typer.Typer(no_args_is_help=True)
app.add_typer(addin, name="addin", help="Excel 里的选项卡“协调管理”：生成、安装、卸载、检查。")

_AFTER_BUILD = (
    "装到这台电脑的 Excel：coordination-xl addin install。"
    "手工安装：把文件复制到 Excel 的启动文件夹（Windows：%APPDATA%\\Microsoft\\Excel\\XLSTART），完全退出 Excel 再打开。"
    "按钮要用本程序的 Python，它的位置由 addin install 写好。"
)


@addin.command(help="生成加载项文件 coordination_xl.xlam，任何系统都可以；装到本机用 addin install。")
@noting_failure
def build(
    out: Annotated[
        Path, typer.Option("--out", help="放在哪个文件夹；不写就是当前文件夹", metavar="DIR", show_default=False)
    ] = Path(),
    *,
    json: Json = False,
    quiet: Quiet = False,
    log: Log = None,
) -> None:
    """Make the add-in file."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    path = write_addin(out)
    screen.document(
        dict, {"changes": [], "added": [], "findings": [], "notices": [], "summary": {"files": [str(path)]}}
    )
    screen.say(f"已生成加载项：{path}")
    screen.say(_AFTER_BUILD)
    screen.note(f"addin build {path}")


@addin.command(help="为当前用户安装：放进 Excel 的启动文件夹，写好 Python 的位置。")
@noting_failure
def install(*, dry_run: DryRun = False, json: Json = False, quiet: Quiet = False, log: Log = None) -> None:
    """Put the add-in where Excel opens it at each start."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    plan = plan_install(this_machine(), build_addin)
    changed = plan.changes() if dry_run else plan.apply()
    screen.document(lambda each: pages.installation_document(each, changed), plan)
    screen.show(lambda console, each: pages.show_pieces(console, each, changed, is_dry=dry_run), plan)
    screen.say("试运行，什么都没有写。" if dry_run else pages.after_install(plan))
    screen.note(f"addin install changed={len(changed)}")


@addin.command(help="卸载当前用户的加载项；工作簿、您自己的设置都不动。")
@noting_failure
def uninstall(*, dry_run: DryRun = False, json: Json = False, quiet: Quiet = False, log: Log = None) -> None:
    """Take the add-in out again."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    plan = plan_uninstall(this_machine())
    if not dry_run:
        plan.apply()
    screen.document(pages.removal_document, plan)
    screen.show(lambda console, each: pages.show_removal(console, each, is_dry=dry_run), plan)
    if not plan.paths:
        screen.say("没有可以卸载的文件。")
    else:
        screen.say("试运行，什么都没有删。" if dry_run else "已卸载。完全退出 Excel 再打开，选项卡就没有了。")
    screen.note(f"addin uninstall removed={len(plan.paths)}")


@addin.command(help="逐项检查 Excel、Python 和设置是否正常，不正常的写明怎样处理。")
@noting_failure
def doctor(*, json: Json = False, quiet: Quiet = False, log: Log = None) -> None:
    """Look over the installation."""
    screen = Screen(is_json=json, is_quiet=quiet, log=log)
    checks = examine(this_machine())
    screen.document(pages.checks_document, checks)
    screen.show(pages.show_checks, checks)
    screen.say(pages.verdict(checks))
    screen.note(f"addin doctor faults={sum(check.state == FAULT for check in checks)}")
    raise typer.Exit(FOUND if any(check.state == FAULT for check in checks) else CLEAN)
