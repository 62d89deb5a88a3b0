"""案例库: what finished matters taught."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from workbooks.demo import clock
from workbooks.demo.matters import Matter, number_rows
from workbooks.demo.roster import department_of

if TYPE_CHECKING:
    from random import Random

Row = dict[str, object]

_KEYWORDS = {
    "新版计费系统上线前联调资源协调": (
        "联调；测试环境；月结",
        "测试环境占用没有统一登记。",
        "测试环境由技术部统一排期，提前两周公布；联调避开月结。",
    ),
    "华东仓退货积压处理": (
        "退货；库容；分级",
        "报废标准没有书面依据。",
        "轻损翻新转内购，功能损坏才报废；分级表写进作业指导书。",
    ),
    "客户数据脱敏规范落地": (
        "脱敏；个人信息；报表",
        "报表上线不过个人信息检查。",
        "对外报表先行，接口统一脱敏，法务每季抽查。",
    ),
    "五一假期客服热线扩容": (
        "假期；坐席；话务",
        "坐席按平日话务配置，没有机动人员。",
        "建立20人机动坐席名册，每季度培训一次。",
    ),
    "合同审批时限压缩": (
        "合同；审批；分级",
        "所有合同走同一条审批路径。",
        "按金额分两档，标准范本免二审，节点由7个减为4个。",
    ),
    "国庆黄金周备货与排班": (
        "长假；备货；排班",
        "上年长假后集中发货造成拥堵。",
        "假期每日两波发货，临时工提前两周签约。",
    ),
}
"""Title of a coordination → keywords, root cause, measures."""


def build(rng: Random, groups: dict[str, list[Matter]]) -> list[Row]:
    """The rows of 案例库, from archived matters that taught something."""
    rows: list[Row] = []
    for table, matters in groups.items():
        for matter in matters:
            row = matter.row
            if row["state"] != "已归档" or not all(matter.learning):
                continue
            if table == "Coordination" and row["title"] not in _KEYWORDS:
                continue
            rows.append(_build_one(rng, table, matter))
    return number_rows(rows, "AL", "archived_at")


def _build_one(rng: Random, table: str, matter: Matter) -> Row:
    row, case = matter.row, dict(matter.case)
    if table == "Coordination":
        keywords, root, measures = _KEYWORDS[str(row["title"])]
        case = {
            "department": department_of(str(row["initiator"])),
            "keywords": keywords,
            "root_cause": root,
            "measures": measures,
        }
    moments: list[object] = [one.done_at for one in matter.planned]
    moments += [row.get(name) for name in ("done_at", "accepted_at", "reviewed_at")]
    finished = [moment for moment in moments if isinstance(moment, datetime)]
    archived = clock.shift(max(finished), rng.randint(1, 4))
    outcome, lessons, experience = matter.learning
    return {
        "title": str(row["title"]),
        "source": row["id"],
        **case,
        "outcome": outcome,
        "lessons": lessons,
        "experience": experience,
        "archived_at": clock.during(rng, archived, "09:30", "17:00"),
        "dossier": f"archive/{row['id']}",
    }
