"""What installing, removing and examining the add-in show in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from coordination_xl.addin.setup.checks import FAULT, WARNING
from coordination_xl.addin.setup.places import MACOS
from coordination_xl.cli import pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rich.console import Console

    from coordination_xl.addin.setup.checks import Check
    from coordination_xl.addin.setup.install import Installation, Piece, Removal

_STYLES = {FAULT: "bold #b3261e", WARNING: "#8a6400"}
_SYMBOLS = {FAULT: "▲", WARNING: "◆"}
_MAC_FIRST_CLICK = "第一次点按钮时，系统询问是否允许控制 Excel，选“好”。"


def show_pieces(console: Console, installation: Installation, changed: Sequence[Piece], *, is_dry: bool) -> None:
    """Every file of the installation, and whether it changes."""
    done = "将写入" if is_dry else "已写入"
    rows = [(piece.what, done if piece in changed else "没有变化", piece.path) for piece in installation.pieces]
    pages.show_table(console, "加载项", ("文件", "状态", "位置"), rows)
    for line in installation.dropped:
        console.print(Text(f"设置文件里看不懂的一行{'将去掉' if is_dry else '已去掉'}：{pages.printable(line)}"))


def after_install(installation: Installation) -> str:
    """What is left to do."""
    sentence = (
        "请完全退出 Excel 再打开，选项卡“协调管理”即在最右边。加载项在 Excel 信任的启动文件夹里，一般不用改宏设置；"
    )
    sentence += "点按钮没有反应时，运行 coordination-xl addin doctor。"
    return sentence + (_MAC_FIRST_CLICK if installation.machine.platform == MACOS else "")


def show_removal(console: Console, removal: Removal, *, is_dry: bool) -> None:
    """Every file that goes, and every one that stays with the reason."""
    rows = [("将删除" if is_dry else "已删除", path, "") for path in removal.paths]
    rows += [("保留", path, why) for path, why in removal.kept]
    if rows:
        pages.show_table(console, "加载项", ("状态", "文件", "说明"), rows)


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """Every check; how to mend what is not fine follows below, numbered as in the table."""
    rows = [(place, check.name, _state(check), check.found) for place, check in enumerate(checks, 1)]
    pages.show_table(console, "环境检查", ("序号", "项目", "状态", "情况"), rows)
    wanting = [(place, check) for place, check in enumerate(checks, 1) if not check.is_fine]
    for place, check in wanting:
        console.print(Text(f"{place} {check.name}：{pages.printable(check.remedy)}。"))


def verdict(checks: Sequence[Check]) -> str:
    """The closing sentence."""
    faults = sum(check.state == FAULT for check in checks)
    warnings = sum(check.state == WARNING for check in checks)
    if not faults and not warnings:
        return "全部正常。"
    told = [f"{number} 项{word}" for number, word in ((faults, "须处理"), (warnings, "提醒")) if number]
    return "，".join(told) + "，做法见上。"


def installation_document(installation: Installation, changed: Sequence[Piece]) -> dict[str, Any]:
    """The same for scripts."""
    files = [{"what": each.what, "path": str(each.path), "is_changed": each in changed} for each in installation.pieces]
    return _document({"files": files, "dropped": list(installation.dropped)})


def removal_document(removal: Removal) -> dict[str, Any]:
    """The same for scripts."""
    kept = [{"path": str(path), "reason": why} for path, why in removal.kept]
    return _document({"removed": [str(path) for path in removal.paths], "kept": kept})


def checks_document(checks: Sequence[Check]) -> dict[str, Any]:
    """The same for scripts."""
    each = [{"name": c.name, "state": c.state, "found": c.found, "remedy": c.remedy} for c in checks]
    return _document({"checks": each})


def _document(summary: dict[str, Any]) -> dict[str, Any]:
    return {"changes": [], "added": [], "findings": [], "notices": [], "summary": summary}


def _state(check: Check) -> Text:
    return Text(f"{_SYMBOLS.get(check.state, '○')} {check.state}", style=_STYLES.get(check.state, ""))
