"""案卷: everything about one archived matter on one page to read and print, and the same for machines.

Source: SPEC A7, A12, B4, B6, section 5 ``archive``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from coordination_xl.ledger.findings import shown
from coordination_xl.notices.dossier_entries import versions
from coordination_xl.notices.environment import rendered
from coordination_xl.schema import FORMS
from coordination_xl.schema.forms import TaskGrid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from coordination_xl.notices.dossier_entries import Entry
    from coordination_xl.schema import Form, Table
    from coordination_xl.schema.forms import Line

    Pairs = tuple[tuple[str, str], ...]

TEMPLATE = "案卷/page.html"
PAGE, DATA, COPIES = "案卷.html", "案卷.json", "发文"
"""What lies in a dossier's folder: the page, the data, and a folder with the notices' files."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Coordination": "跨部门协调事项",
        "Problems": "问题提报与处理",
        "Meetings": "跨部门会议",
        "Emergencies": "紧急事项",
    }
)
_OFF_PAGE = frozenset({"id", "light", "last_state", "state_since"})
"""Shown at the head of the page, or the program's own notes; the data has them all."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the page of one matter shows.

    Attributes:
        table: the matter's table.
        matter: its row.
        level: its confidentiality.
        is_restricted: whether the content is not for everybody.
        company: head of the page.
        office: who archives.
        archived_at: when.
        related: table name → rows that belong to it.
        history: its rows of 修改记录.
        copies: files of its notices, as paths below :data:`COPIES` with forward slashes.
    """

    table: Table
    matter: Entry
    level: str
    is_restricted: bool
    company: str
    office: str
    archived_at: datetime
    related: Mapping[str, Sequence[Entry]]
    history: Sequence[Entry]
    copies: Sequence[str]


def dossier_page(dossier: Dossier, templates: Environment) -> str:
    """The page: cover with contents, form, tasks, feedback, notices, extensions, earlier versions; a section a heading.

    Raises:
        BrokenTemplate: a user's own template is wrong or asks for what is not there.
    """
    return rendered(templates, TEMPLATE, page_context(dossier))


def page_context(dossier: Dossier) -> dict[str, object]:
    """What the template of the page is given, and nothing else."""
    replaced, changes = versions(dossier.history)
    name = dossier.table.name_column
    forms = [form for form in FORMS if form.table == dossier.table.name]
    others = _others(dossier, forms)
    counted = (
        *((form.title, f"form{place}", 1, "份") for place, form in enumerate(forms, start=1)),
        ("办理登记", "register", bool(others), "份"),
        ("任务跟踪", "tasks", len(dossier.related["Tasks"]), "项"),
        ("进展反馈", "feedback", len(dossier.related["Progress"]), "次"),
        ("发文记录", "notices", len(dossier.related["Dispatch"]), "件"),
        ("发文原件", "files", len(dossier.copies), "份"),
        ("延期申请", "extensions", len(dossier.related["Extensions"]), "件"),
        ("历次版本", "versions", len(replaced), "版"),
        ("修改记录", "changes", len(changes), "处"),
    )
    return {
        "contents": [(title, anchor, f"{count:d} {unit}") for title, anchor, count, unit in counted if count],
        "company": dossier.company,
        "office": dossier.office,
        "kind": KINDS[dossier.table.name],
        "record": dossier.matter["id"],
        "title": dossier.matter[name.identifier] if name else "",
        "level": dossier.level or "（未注明）",
        "is_restricted": dossier.is_restricted,
        "archived_at": dossier.archived_at,
        "opened_at": dossier.matter[dossier.table.opened_by],
        "closed_at": dossier.matter[dossier.table.closed_by],
        "is_on_time": dossier.matter["is_on_time"],
        "elapsed": dossier.matter["elapsed_workdays"],
        "forms": [_form(form, dossier.table, dossier.matter) for form in forms],
        "others": others,
        "tasks": dossier.related["Tasks"],
        "feedback": dossier.related["Progress"],
        "notices": dossier.related["Dispatch"],
        "extensions": dossier.related["Extensions"],
        "replaced": replaced,
        "changes": changes,
        "copies": dossier.copies,
        "copies_folder": COPIES,
    }


def dossier_data(dossier: Dossier) -> str:
    """The same as JSON: every cell under its header, the user's own columns too; moments in ISO 8601."""
    name = dossier.table.name_column
    document = {
        "id": dossier.matter["id"],
        "title": dossier.matter[name.identifier] if name else "",
        "kind": KINDS[dossier.table.name],
        "confidentiality": dossier.level,
        "archived_at": dossier.archived_at,
        "matter": dossier.matter.cells,
        "tasks": [each.cells for each in dossier.related["Tasks"]],
        "progress": [each.cells for each in dossier.related["Progress"]],
        "dispatches": [each.cells for each in dossier.related["Dispatch"]],
        "extensions": [each.cells for each in dossier.related["Extensions"]],
        "history": [each.cells for each in dossier.history],
        "files": [f"{COPIES}/{copy}" for copy in dossier.copies],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    """Times in ISO 8601; a length of time as Excel shows it."""
    return value.isoformat() if isinstance(value, (datetime, date, time)) else str(value)


def _form(form: Form, table: Table, matter: Entry) -> dict[str, object]:
    """A printed form: its head, and its stages as lines of one or two (label, value) pairs."""
    return {
        "title": form.title,
        "date_label": form.date_label,
        "date": matter[form.date],
        "version": matter["version"] if form.has_version else "",
        "signatures": form.signatures,
        "stages": [
            {"label": stage.label, "lines": [_line(line, table, matter) for line in _split(stage.lines)]}
            for stage in form.stages
        ],
    }


def _split(lines: Sequence[Line | TaskGrid]) -> Iterator[Pairs]:
    """Lines as (identifier, label) pairs; the task grid is its three columns, one a line, as the ledger holds them."""
    for line in lines:
        if isinstance(line, TaskGrid):
            yield from (((column, ""),) for column in line.columns)
        else:
            yield tuple((field.identifier, field.label) for field in line.fields)


def _line(line: Pairs, table: Table, matter: Entry) -> list[tuple[str, str]]:
    """A line as (label, value) pairs; a column that the workbook lacks is blank under its own header."""
    return [
        (label.replace("\n", "") or matter.headers.get(key, table.column(key).header), matter[key])
        for key, label in line
    ]


def _others(dossier: Dossier, forms: Sequence[Form]) -> list[tuple[str, str]]:
    """Every other cell of the row that is not blank, as (header, value), the user's own columns last."""
    printed = {key for form in forms for stage in form.stages for line in _split(stage.lines) for key, _ in line}
    left = [
        (header, dossier.matter[key])
        for key, header in dossier.matter.headers.items()
        if key not in printed | _OFF_PAGE
    ]
    return [(header, text) for header, text in [*left, *((h, shown(v)) for h, v in dossier.matter.own.items())] if text]
