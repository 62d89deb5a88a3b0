"""环境检查, told: what is wrong and how to mend it, then what is as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.wording import joined, listed, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordination_xl.addin.setup.checks import Check

MOST_FAULTS = 6


def told_doctor(checks: Sequence[Check], log: str) -> str:
    """The outcome of each check; what must be mended comes first, each with its remedy.

    Args:
        checks: all of them.
        log: where the add-in writes down what it could not foresee.
    """
    wrong = [check for check in checks if not check.is_fine]
    fine = [check.name for check in checks if check.is_fine]
    head = f"检查 {len(checks)} 项，{len(wrong)} 项要处理：" if wrong else f"检查 {len(checks)} 项，全部正常。"
    return joined(
        head,
        listed(wrong, lambda check: short(f"{check.name}：{check.found}。{check.remedy}", 160), MOST_FAULTS),
        f"正常：{'、'.join(fine)}。" if fine else "",
        "更详细的结果：在命令行运行 coordination-xl addin doctor。" if wrong else "",
        f"程序日志：{log}",
    )
