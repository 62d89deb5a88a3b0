"""Notices a second: pages rendered, mails on disk, Word documents, beside plain EmailMessage and plain docxtpl.

``python -m benchmarks.notices [--pairs 5] [--strict]``. One 逾期预警 after another, each with its own number and matter, all
in one process. The two sides take turns, and the ratio of each turn is what counts; the machine may be noisy. With
``--strict`` it ends with status 1 where a rate is below its floor.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import Environment

from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.reminders import Lateness, ReminderLetter
from coordination_xl.notices.mail import Mail, as_bytes
from coordination_xl.notices.word import WordPapers
from coordination_xl.notices.word_text import FILTERS
from coordination_xl.notices.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from coordination_xl.notices.writer import Written

KIND = "逾期预警"
NOW = datetime(2026, 11, 20, 10)
SECONDS = 1.0
"""How long one side has in one turn, about."""
OFFICE = Address("综合管理部", "xietiao", "example.com")


@dataclass(frozen=True)
class Row:
    """One thing to make, by us and by the other way; ``floor`` and ``other`` where there is one."""

    name: str
    ours: Callable[[int], object]
    floor: float | None = None
    peer: str = ""
    other: Callable[[int], object] | None = None


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pairs", type=int, default=5)
    options.add_argument("--strict", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, sizes = contest(Path(folder))
        print(f"notices, one process; a 逾期预警 is {sizes}")
        print(f"  {'':<34}{'a second':>10}{'floor':>9}   beside")
        slow = [row.name for row in rows if not measured(row, given.pairs, Path(folder))]
    print(f"  floors: {'all held' if not slow else 'NOT held: ' + ', '.join(slow)}")
    return 1 if slow and given.strict else 0


def contest(folder: Path) -> tuple[list[Row], str]:
    """What is measured, and how long its texts are."""
    writer, papers = Writer(environment()), WordPapers(None)
    letters = [letter(number) for number in range(1, 501)]
    written = [writer.written(each) for each in letters]
    plain_words = Environment(autoescape=True)
    plain_words.filters |= {**environment().filters, **FILTERS}
    template = papers.path(KIND)
    first = written[0]
    sizes = f"{len(first.html.encode()):,} bytes of HTML and {len(first.text.encode()):,} of text"

    def turn(number: int) -> int:
        return number % len(letters)

    finished = as_bytes(mail(letters[0], first))

    def to_disk(number: int, content: bytes) -> None:
        (folder / f"{number}.eml").write_bytes(content)

    rows = [
        Row("HTML page, from its words", lambda n: writer.page(letters[turn(n)], written[turn(n)].words), 10_000),
        Row("words and HTML page", lambda n: writer.page(letters[turn(n)])),
        Row("subject, HTML and text, rendered", lambda n: writer.written(letters[turn(n)])),
        Row(
            ".eml, rendered before, on disk",
            lambda n: to_disk(n, as_bytes(mail(letters[turn(n)], written[turn(n)]))),
            2_000,
            "plain EmailMessage",
            lambda n: to_disk(n, plain(letters[turn(n)], written[turn(n)])),
        ),
        Row(
            ".eml, rendered as well, on disk",
            lambda n: to_disk(n, as_bytes(mail(letters[turn(n)], writer.written(letters[turn(n)])))),
        ),
        Row("such files, written without more", lambda n: to_disk(n, finished)),
        Row(
            "Word",
            lambda n: papers.rendered(KIND, written[turn(n)].context),
            300,
            "plain docxtpl",
            lambda n: docx(template, written[turn(n)], plain_words),
        ),
    ]
    return rows, sizes


def measured(row: Row, pairs: int, folder: Path) -> bool:
    """Print one line; whether the floor is held."""
    mine, ratios, others = [], [], []
    for _ in range(pairs):
        mine.append(rate(row.ours, folder))
        if row.other:
            others.append(rate(row.other, folder))
            ratios.append(mine[-1] / others[-1])
    median = statistics.median(mine)
    floor = f"{row.floor:,}" if row.floor else ""
    beside = f"{statistics.median(ratios):.1f} times {row.peer} ({statistics.median(others):,.0f})" if ratios else ""
    is_held = row.floor is None or median >= row.floor
    print(f"  {row.name:<34}{median:>10,.0f}{floor:>9}   {beside}{'' if is_held else '   BELOW'}".rstrip())
    return is_held


def rate(make: Callable[[int], object], folder: Path) -> float:
    """How many a second; the first, and what it leaves in the folder, are not counted."""
    for left in folder.iterdir():
        left.unlink()
    make(0)
    done, began = 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < SECONDS:
        make(done + 1)
        done += 1
    return done / spent


def letter(number: int) -> ReminderLetter:
    """A red warning of its own."""
    lateness = Lateness(
        light="红", clock="own", rule="GZ-31", rule_title="任务完成时限", basis="SPEC A17", due=datetime(2026, 11, 17, 18),
        workdays=3, rung="责任人", next_rung="部门负责人", next_at=datetime(2026, 11, 23), act_by=datetime(2026, 11, 20, 18),
    )  # fmt: skip
    return ReminderLetter(
        kind=KIND, number=f"TZ-2026-{number:04}", company="示例科技有限公司", office="综合管理部", now=NOW, level="内部",
        record=f"RW-2026-{number:04}", title=f"第{number}批门店退货流程的系统改造与联调", sheet="任务跟踪表", to=("技术部*工程师",),
        copies=("技术部*经理",), contact="综合管理部*专员（内线 8122）", reply_to=OFFICE.addr_spec, late=lateness, noun="任务",
        state="进行中", responsible="技术部*工程师", due=datetime(2026, 11, 17, 18), parent=f"XT-2026-{number:04}",
        parent_title="客户满意度提升", parent_version="2", feedback_at=datetime(2026, 11, 12, 16, 30),
        feedback="接口联调完成，等待运营部提供测试门店", risk="测试门店排期未定", deliverable="改造后的退货流程与联调报告",
        acceptance="三家门店连续五个工作日无差错",
    )  # fmt: skip


def addresses(number: int) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """Of a company of 50 people."""
    return (Address(f"技术部*工程师{number % 50}", f"gcs{number % 50}", "example.com"),), (
        Address("技术部*经理", "jl", "example.com"),
    )


def mail(source: ReminderLetter, written: Written) -> Mail:
    """Our way."""
    to, copies = addresses(int(source.number[-4:]))
    return Mail(
        subject=written.subject,
        html=written.html,
        text=written.text,
        moment=NOW,
        sender=OFFICE,
        to=to,
        copies=copies,
        numbers=(source.number,),
    )


def plain(source: ReminderLetter, written: Written) -> bytes:
    """The way of the e-mail package's own documentation."""
    to, copies = addresses(int(source.number[-4:]))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = written.subject
    message["From"], message["To"], message["Cc"] = OFFICE, to, copies
    message["Date"] = NOW
    message["Message-ID"] = f"<{source.number}@example.com>"
    message["X-Unsent"] = "1"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    return message.as_bytes()


def docx(template: Path, written: Written, filters: Environment) -> bytes:
    """The way of docxtpl's own documentation."""
    document = DocxTemplate(template)
    document.render({**written.context}, filters, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
