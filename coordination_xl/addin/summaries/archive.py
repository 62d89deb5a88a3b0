"""归档 and 周报, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.summaries.forms import UNSAVED
from coordination_xl.addin.wording import joined, listed, short, some
from coordination_xl.notices.filters import percent, tenths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from coordination_xl.actions.results import Result


def told_archivable(result: Result, scope: str) -> str:
    """What would be archived, and out of which rows, before it is; ``""`` where there is nothing."""
    told: dict[str, Any] = dict(result.summary)
    matters, restored = told["archived"], told["restored"]
    if not matters and not restored:
        return ""
    head = f"将归档 {len(matters)} 件，写入案例库 {told['new_cases']} 条：" if matters else ""
    again = f"将补齐案卷 {len(restored)} 件：{some(each['id'] for each in restored)}。" if restored else ""
    refused = f"另有 {told['refused']} 件还不能归档，归档后说明原因。" if told["refused"] else ""
    after = "归档后的事项不再计时、不再催办。现在归档吗？"
    return joined(scope, head, listed(matters, _matter, 10, "件"), again, refused, after)


def told_archive(result: Result, scope: str = "") -> str:
    """What was laid down, and why the others were not; out of which rows, where no question has said so before."""
    told: dict[str, Any] = dict(result.summary)
    lines = []
    if told["archived"]:
        lines.append(f"归档 {len(told['archived'])} 件，写入案例库 {told['new_cases']} 条。")
    if told["restored"]:
        lines.append(f"补齐案卷 {len(told['restored'])} 件。")
    if not lines:
        lines.append("没有可以归档的事项。")
    errors = [found for found in result.findings if found.is_error]
    if errors:
        lines.append(f"还不能归档的 {told['refused']} 件，原因：")
        lines.append(
            listed(errors, lambda found: short(f"{found.id} {found.message}：{found.suggestion}", 90), 6, "处")
        )
    return joined(scope, *lines, UNSAVED if result.changes else "")


def told_report(result: Result, unopened: Sequence[Path] = ()) -> str:
    """The figures, and where the page is.

    Args:
        result: of the report.
        unopened: pages that no browser could be made to show.
    """
    told: dict[str, Any] = dict(result.summary)
    seen = f"网页没有能够打开，请在浏览器里打开 {unopened[0]}" if unopened else "网页已在浏览器里打开"
    readers = some(told["to"], 8)
    return joined(
        f"{told['week']} 周报：在办 {told['open']} 项，逾期 {told['overdue']} 项，漏反馈 {told['behind']} 项。",
        f"本周新增 {told['new']} 项，办结 {told['done']} 项；下周到期 {told['due_next_week']} 项。",
        f"近 30 日按期办结率 {percent(told['on_time'])}，按原定时限 {percent(told['on_original'])}；"
        f"平均办结用时 {tenths(told['elapsed_workdays'])} 个工作日。",
        f"收件人：{readers}。" if readers else "没有收件人：请在“通讯录”填写分管领导的邮箱。",
        f"网页和邮件草稿在 {result.files[0].path.parent}，{seen}。" if result.files else "",
    )


def _matter(each: Any) -> str:  # noqa: ANN401 - a row of the summary
    return f"{each['id']} {short(each['title'], 40)}"
