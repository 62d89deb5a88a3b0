"""Word notices beside plain docxtpl, pair by pair: the same template, the same facts.

``python -m benchmarks.words [--notices 600] [--pairs 5]``. Compiling the template is not counted: it is done once a run.
Ends with status 1 if the claim does not hold or the two say different things.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import time
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docxtpl import DocxTemplate

from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.letter import Head, variables
from coordination_xl.notices.word import WordPapers, word_environment
from coordination_xl.notices.word_text import shown
from coordination_xl.notices.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

CLAIM = 300.0
KIND = "问题分派通知"
NOW = datetime(2026, 3, 17, 9, 20)


def notice(number: int) -> dict[str, object]:
    """What the template of one notice is given."""
    record = f"WT-2026-{number:04d}"
    letter = Head(
        kind=KIND, number=f"TZ-2026-{number:04d}", company="示例科技有限公司", office="综合管理部", now=NOW, level="内部",
        record=record, title="订单状态不同步", sheet="问题台账", to=("技术部*经理",), copies=("产品部*主管", "客户服务部*专员"),
        contact="综合管理部*主管（内线 8001）", answer="已阅", answer_by=NOW, reply_to="office@example.com",
    )  # fmt: skip
    words = Words(
        title=f"关于分派“订单状态不同步”问题（{record}）的通知",
        opening=("客户服务部提报的“订单状态不同步”问题，经综合管理部审核，现分派你部主责办理。有关事项通知如下：",),
        facts=(
            ("问题编号", record, False), ("紧急程度", "高", False),
            ("责任部门", "技术部*经理", False), ("验收部门", "客户服务部", False),
            ("问题描述", "支付成功后，订单状态延迟 30 分钟以上显示；近一周影响订单 412 笔 <见附件> & 产生投诉 27 件。", False),
            ("完成时限", "2026年3月25日（周三）18:00", True),
        ),
        requests=(("请于", "3月18日（周三）18:00 前", "与配合部门商定解决方案。"), ("每个工作日反馈进度。", "", "")),
    )  # fmt: skip
    return {**variables(letter), **{field.name: getattr(words, field.name) for field in dataclasses.fields(Words)}}


def our_way(papers: WordPapers, notices: list[dict[str, object]]) -> list[bytes]:
    """Compiled once, filled in as often as there are notices."""
    return [papers.rendered(KIND, each) for each in notices]


def plain_docxtpl(template: str, templates: Environment, notices: list[dict[str, object]]) -> list[bytes]:
    """As the manual of docxtpl shows it: open, render, save."""
    made = []
    for each in notices:
        document = DocxTemplate(template)
        document.render(each, templates)
        saved = BytesIO()
        document.save(saved)
        made.append(saved.getvalue())
    return made


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--notices", type=int, default=600)
    options.add_argument("--pairs", type=int, default=5)
    given = options.parse_args()
    papers, templates = WordPapers(), word_environment(environment(), shown)
    template = str(papers.path(KIND))
    notices = [notice(number) for number in range(1, given.notices + 1)]
    few = notices[: max(given.notices // 20, 10)]
    agreed = _texts(our_way(papers, notices[:1])[0]) == _texts(plain_docxtpl(template, templates, notices[:1])[0])
    print(f"Word notices: {given.notices:,} of ours, {len(few)} of plain docxtpl a pair")
    rates, ratios = [], []
    for pair in range(1, given.pairs + 1):
        began = time.perf_counter()
        our_way(papers, notices)
        ended = time.perf_counter()
        plain_docxtpl(template, templates, few)
        mine, other = len(notices) / (ended - began), len(few) / (time.perf_counter() - ended)
        rates.append(mine)
        ratios.append(mine / other)
        print(
            f"  pair {pair}: coordination-xl {mine:7,.0f} /s   docxtpl {other:5,.0f} /s   {mine / other:5.1f} times as fast"
        )
    rate = statistics.median(rates)
    print(
        f"  median {rate:,.0f} a second (claim: at least {CLAIM:g}), {statistics.median(ratios):.1f} times as fast; "
        f"same text: {'yes' if agreed else 'NO'}"
    )
    return 0 if rate >= CLAIM and agreed else 1


def _texts(package: bytes) -> list[str]:
    document = Document(BytesIO(package))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


if __name__ == "__main__":
    raise SystemExit(main())
