"""The dossier: all of a matter on one page, shown and never run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from urllib.parse import unquote

import pytest
from jinja2 import meta

from coordination_xl.ledger.collection import Ledgers
from coordination_xl.notices.dossier import Dossier, dossier_data, dossier_page, page_context
from coordination_xl.notices.dossier_entries import Entries
from coordination_xl.notices.environment import environment
from coordination_xl.schema import FORMS
from tests.builders import NOW, book, dispatch, extension, progress
from tests.finished import done_coordination, done_emergency, done_meeting, done_problem, done_task

XT, WT = "XT-2026-0001", "WT-2026-0001"
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \"'&amp; 🙂 =1+1"


def made(table: str, row: dict[str, object], *, level: str = "内部", copies: tuple[str, ...] = (), **tables) -> Dossier:
    source = book(**{table: [row]}, **tables)
    ledgers = Ledgers.read(source)
    ledger, place = ledgers.locate(str(row["id"]))
    entries = Entries(source, ledgers, {})
    return Dossier(
        table=ledger.table,
        matter=entries.matter(ledger, place),
        level=level,
        is_restricted=level in {"秘密", "机密"},
        company="示例科技有限公司",
        office="综合管理部",
        archived_at=NOW,
        related=entries.related(str(row["id"])),
        history=entries.history(str(row["id"])),
        copies=copies,
    )


def page(table: str, row: dict[str, object], **more) -> str:
    return dossier_page(made(table, row, **more), environment())


def text_of(html: str) -> str:
    """What a reader sees."""
    return unescape(re.sub(r"<[^>]+>", "\n", html[html.index("<body") :]))


def headings(html: str) -> list[str]:
    return re.findall(r"<h1[^>]*>([^<]*)</h1>", html)


def audit(at: datetime, header: str, old: str, new: str, **more: object) -> dict[str, object]:
    return {
        "changed_at": at, "actor": "李", "verb": "登记表单", "sheet": "协调台账", "record": XT, "header": header,
        "old": old, "new": new,
    } | more  # fmt: skip


FULL = {
    "Tasks": [done_task(source=XT)],
    "Progress": [
        progress(XT, datetime(2026, 3, 3, 9), achievement="环境已腾出"),
        progress("RW-2026-0001", datetime(2026, 3, 4, 9), achievement="任务的反馈"),
        progress("RW-2026-0009", datetime(2026, 3, 4, 9), achievement="别人的反馈"),
    ],
    "Dispatch": [dispatch(source=XT, title="关于联调的协调通知")],
    "Extensions": [extension(source="RW-2026-0001")],
    "Audit": [
        audit(datetime(2026, 3, 3, 9), "版本", "1", "2"),
        audit(datetime(2026, 3, 3, 9), "协商结果", "第一版的商定", "第二版的商定"),
        audit(datetime(2026, 3, 4, 9), "备注", "旧备注", "新备注"),
        audit(datetime(2026, 3, 4, 9), "备注", "旧", "另一件的备注", record="XT-2026-0002"),
    ],
}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("Coordination", done_coordination()),
        ("Problems", done_problem()),
        ("Meetings", done_meeting()),
        ("Emergencies", done_emergency()),
    ],
)
def test_every_filled_cell_is_on_the_page_and_in_the_data(table, row):
    dossier = made(table, row)
    shown = text_of(dossier_page(dossier, environment()))
    cells = json.loads(dossier_data(dossier))["matter"]
    for identifier, header in dossier.matter.headers.items():
        assert header in cells
        if dossier.matter[identifier] and identifier not in {"light", "last_state", "state_since"}:
            assert dossier.matter[identifier] in shown, header
    forms = [form.title for form in FORMS if form.table == table]
    assert headings(dossier_page(dossier, environment()))[1 : 1 + len(forms)] == forms


def test_sections_are_those_that_have_something_each_with_its_place_in_the_contents():
    html = page("Coordination", done_coordination(), copies=("TZ-2026-0001 通知.html",), **FULL)
    assert headings(html)[1:] == [
        "跨部门沟通协调表", "办理登记", "任务跟踪", "进展反馈", "发文记录", "延期申请", "历次版本", "修改记录",
    ]  # fmt: skip
    bare = page("Coordination", done_coordination())
    assert headings(bare)[1:] == ["跨部门沟通协调表", "办理登记"]
    for each in (html, bare):
        anchors = re.findall(r'href="#([^"]+)"', each)
        assert len(anchors) >= 2
        assert all(each.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_the_first_heading_names_the_matter():
    assert headings(page("Coordination", done_coordination()))[0] == "关于“计费系统上线联调”的案卷"


def test_what_belongs_to_its_tasks_belongs_to_it_and_what_belongs_to_others_does_not():
    shown = text_of(page("Coordination", done_coordination(), **FULL))
    assert "任务的反馈" in shown
    assert "YQ-2026-0001" in shown
    assert "别人的反馈" not in shown
    assert "另一件的备注" not in shown


def test_earlier_versions_stand_beside_what_replaced_them():
    html = page("Coordination", done_coordination(), **FULL)
    assert "V1 改为 V2（2026-03-03 09:00，李）" in html
    part = html[html.index('id="versions"') : html.index('id="changes"')]
    assert "第一版的商定" in part
    assert "第二版的商定" in part
    assert "旧备注" not in part
    assert "旧备注" in html


def test_cells_are_shown_and_never_run():
    row = done_coordination(title=HOSTILE, background=HOSTILE, remarks=HOSTILE)
    tables = {
        "Tasks": [done_task(source=XT, title=HOSTILE)],
        "Progress": [progress(XT, NOW, achievement=HOSTILE)],
        "Dispatch": [dispatch(source=XT, title=HOSTILE, recipients=HOSTILE)],
    }
    html = page("Coordination", row, copies=(f"TZ-2026-0001 {HOSTILE[:20]}.html",), **tables)
    assert "<script" not in html
    assert text_of(html).count(HOSTILE) == 9
    data = json.loads(dossier_data(made("Coordination", row, **tables)))
    assert data["matter"]["事项背景"] == HOSTILE


def test_a_very_long_text_is_there_to_its_end():
    long = "长" * 30_000 + "完"
    assert long in page("Coordination", done_coordination(background=long))


def test_line_breaks_of_a_cell_stay():
    assert "第一行\n第二行" in page("Coordination", done_coordination(discussion="第一行\n第二行"))


@pytest.mark.parametrize("level", ["秘密", "机密"])
def test_a_restricted_dossier_says_so_on_every_sheet(level):
    html = page("Problems", done_problem(confidentiality=level), level=level)
    sheets = html.count('<section class="sheet')
    assert html.count(f'<span class="level restricted">保密等级：{level}</span>') == sheets == 3
    assert f"本案卷按“{level}”管理" in html
    assert f'@bottom-left {{ content: "保密等级：{level}"' in html


def test_an_open_dossier_shows_its_level_without_the_frame():
    html = page("Problems", done_problem())
    assert html.count('<span class="level">保密等级：内部</span>') == 3
    assert "level restricted" not in html
    assert "管理，只供" not in html
    assert "@bottom-left" not in html


def test_a_level_that_nobody_knows_cannot_write_into_the_style_sheet():
    level = '"; } body { display: none } </style>'
    dossier = replace(made("Problems", done_problem(), level=level), is_restricted=True)
    html = dossier_page(dossier, environment())
    assert 'content: "保密等级：受限"' in html
    assert html.count("</style>") == 1


def test_the_page_needs_nothing_from_elsewhere():
    html = page("Coordination", done_coordination(), **FULL)
    assert not re.search(r"<(script|link|img|iframe)|https?:|url\(|@import", html)


def test_links_to_the_copies_are_quoted_and_lead_there():
    name = "子/TZ-2026-0001 100% #1?“甲”.html"
    (link,) = re.findall(
        r'href="([^#"][^"]*)"', page("Problems", done_problem(), copies=(name,), Dispatch=[dispatch()])
    )
    assert link.isascii()
    assert not {"#", "?", " "} & set(link)
    assert unquote(link) == f"发文/{name}"


def test_the_template_is_given_exactly_what_it_asks_for():
    templates = environment()
    source = templates.loader.get_source(templates, "案卷/page.html")[0]
    assert meta.find_undeclared_variables(templates.parse(source)) == set(
        page_context(made("Problems", done_problem()))
    )


def test_the_data_is_json_with_times_in_iso():
    data = json.loads(dossier_data(made("Coordination", done_coordination(), copies=("甲.html",), **FULL)))
    assert data["matter"]["办结时间"] == "2026-03-05T17:00:00"
    assert data["files"] == ["发文/甲.html"]
    assert (data["id"], data["confidentiality"], len(data["history"])) == (XT, "内部", 3)
    assert [each["编号"] for each in data["tasks"]] == ["RW-2026-0001"]
