"""What every verb of the command line promises: a dry run writes nothing and tells the truth; twice is as good as once; all or
nothing. Each is tried on the demo workbook, and held against what another reader finds in the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
import typer

from coordination_xl import load, open_book
from coordination_xl.actions.changing.edits import cell_changes, new_rows
from coordination_xl.books import BlockChange, ChangeSet
from coordination_xl.books.xlsx.save import BACKUP_FOLDER
from coordination_xl.cli import main
from coordination_xl.cli.app import app
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.schema import TABLES
from coordination_xl.schema.tables import AUDIT, FINDINGS
from tests.flows.contents import cell_of_block, differences, plain
from workbooks.build import demo_workbook
from workbooks.demo import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "协调 2026.xlsx"
HOLIDAYS = {
    "元旦": ("01-01", "01-02", "01-03"),
    "春节": ("02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "02-11"),
    "清明节": ("04-03", "04-04", "04-05"),
    "劳动节": ("05-01", "05-02", "05-03"),
    "端午节": ("06-09",),
    "中秋节": ("09-15",),
    "国庆节": ("10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07"),
}
"""A year made up for this test; the official one is not published yet."""


def learn(path: Path) -> None:
    """Somebody writes down what a finished problem has taught, so that it may be archived."""
    book = open_book(path)
    ledger, row = Ledgers.read(book).locate("WT-2026-0040")
    told = {"outcome": "达到目标", "lessons": "口径不一返工两次", "experience": "先定口径再取数"}
    book.apply(ChangeSet(columns=cell_changes(ledger, [(row, *each) for each in told.items()])))


def grant(path: Path) -> None:
    """A head of department grants an extension of a task of the department's."""
    book = open_book(path)
    ledgers = Ledgers.read(book)
    tasks, contacts = ledgers["Tasks"].frame, ledgers["Contacts"].frame
    heads = contacts[contacts["role"] == "部门负责人"].set_index("department")["person"]
    ahead = tasks[
        (tasks["state"] == "进行中") & (tasks["deadline"] > "2026-11-25") & tasks["department"].isin(heads.index)
    ]
    task = ahead[~ahead["id"].isin(ledgers["Extensions"]["source"])].iloc[0]
    due = task["deadline"].to_pydatetime().replace(hour=18)
    request = {
        "source": task["id"], "applicant": task["responsible"], "applied_at": datetime(2026, 11, 19, 9), "reason": "备件未到",
        "current_due": due, "new_due": due.replace(month=12, day=28), "decision": "同意",
        "approver": f"{task['department']}*{heads[task['department']]}", "decided_at": datetime(2026, 11, 19, 15),
    }  # fmt: skip
    book.apply(ChangeSet(added=new_rows(ledgers["Extensions"], [request])))


def edit_form(path: Path) -> None:
    """Somebody prints a matter's form, and changes a word on it."""
    book = open_book(path)
    load(book, "XT-2026-0030", NOW).write(book)
    name = "CoordinationForm_remarks"
    words = np.array(["若样本不足，顺延三天"], dtype=object)
    book.apply(ChangeSet(blocks=(BlockChange(name, book.block(name), words),)))


def publish(path: Path) -> None:
    """The State Council publishes the days of 2027."""
    days = [
        {"name": name, "date": f"2027-{day}", "isOffDay": True} for name, dates in HOLIDAYS.items() for day in dates
    ]
    path.with_name("2027.json").write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")


def misspell(path: Path) -> None:
    """Somebody types an urgency that there is not."""
    book = open_book(path)
    ledger, row = Ledgers.read(book).locate("WT-2026-0050")
    book.apply(ChangeSet(columns=cell_changes(ledger, [(row, "urgency", "火急")])))


def answer(path: Path) -> None:
    """Somebody answers a notice, and the mail is laid into a folder."""
    ledgers = Ledgers.read(open_book(path))
    sent, contacts = ledgers["Dispatch"].frame, ledgers["Contacts"].frame
    notice = sent[(sent["kind"] == "会议通知") & (sent["state"] == "已发送")].iloc[0]
    department, person = notice["recipients"].split("、")[0].split("*")
    address = contacts[(contacts["department"] == department) & (contacts["person"] == person)]["email"].iloc[0]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = address, "xietiao@example.com", f"回复：会议通知（{notice['id']}）"
    mail["Date"], mail["Message-ID"] = "Thu, 19 Nov 2026 17:30:00 +0800", "<answer@example.com>"
    mail.set_content("收到，准时参加。")
    path.with_name("回信").mkdir()
    path.with_name("回信").joinpath("1.eml").write_bytes(bytes(mail))


def grow_old(path: Path) -> None:
    """The workbook was made by an older version, and says so; what tables and forms get is tried elsewhere."""
    ledger = Ledgers.read(book := open_book(path))["Settings"]
    row = next(row for row, key in zip(ledger.rows, ledger["key"], strict=True) if key == "工作簿版本")
    book.apply(ChangeSet(columns=cell_changes(ledger, [(int(row), "value", "2")])))


def nothing(path: Path) -> None:
    """Nobody does anything before."""


@dataclass(frozen=True)
class Call:
    """One way to call a verb.

    Attributes:
        command: the verb's words.
        after: what follows the workbook; ``./`` begins the name of something in its folder.
        file: a file in the workbook's folder that is named before the workbook.
        prepare: what people do before.
        writes: whether it may change anything at all.
        is_for_files: whether it makes files and leaves the workbook alone.
    """

    command: str
    after: tuple[str, ...] = ()
    file: str = ""
    prepare: Callable[[Path], None] = field(default=nothing)
    writes: bool = True
    is_for_files: bool = False

    def __str__(self) -> str:
        return " ".join((self.command, *self.after))

    def words(self, path: Path, *options: str) -> list[str]:
        before = [str(path.with_name(self.file))] if self.file else []
        after = [str(path.with_name(each[2:])) if each.startswith("./") else each for each in self.after]
        return [*self.command.split(), *before, str(path), *after, "--now", NOW.isoformat(), *options]


CALLS = (
    Call("upgrade", prepare=grow_old),
    Call("check", prepare=misspell),
    Call("check", ("--fix",)),
    Call("refresh"),
    Call("explain", ("WT-2026-0050",), writes=False),
    Call("register", ("协调表",), prepare=edit_form),
    Call("load", ("XT-2026-0030",)),
    Call("split"),
    Call("split", ("XT-2026-0039",)),
    Call("extend", prepare=grant),
    Call("recur"),
    Call("notice", ("会议通知",)),
    Call("notice", ("周报", "--format", "html,docx,eml,txt")),
    Call("remind"),
    Call("send", writes=False),
    Call("receipts", ("--from", "./回信"), prepare=answer),
    Call("archive", prepare=learn),
    Call("cases", ("退货",), writes=False),
    Call("calendar import", file="2027.json", prepare=publish),
    Call("report", is_for_files=True),
    Call("run"),
)
WRITING = tuple(call for call in CALLS if call.writes)
SAVING = tuple(call for call in WRITING if not call.is_for_files)


def commands(group: object = None, words: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command of the command line, groups opened."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name))


def test_every_command_is_here():
    over_a_book = {name for name in commands() if not name.startswith("addin ")}
    assert {call.command for call in CALLS} | {"init"} == over_a_book


Folder = dict[str, bytes]


def folder_of(path: Path) -> Folder:
    """Every file and folder beside the workbook, with its bytes."""
    root = path.parent
    return {str(each.relative_to(root)): each.read_bytes() if each.is_file() else b"" for each in root.rglob("*")}


def say(capsys, words: list[str]) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    status = main([*words, "--json"])
    told = capsys.readouterr()
    assert not told.err
    return status, json.loads(told.out)


class Story(NamedTuple):
    """A verb called dry, then in earnest, then again: what it told, and the folder after each."""

    call: Call
    first: Path
    last: Path
    statuses: tuple[int, int, int]
    told: tuple[dict[str, object], dict[str, object], dict[str, object]]
    folders: tuple[Folder, Folder, Folder, Folder]


@pytest.fixture(scope="module")
def demo() -> bytes:
    return demo_workbook()


_STORIES: dict[str, Story] = {}


@pytest.fixture
def story(request, capsys, tmp_path_factory, demo) -> Story:
    call = request.param
    if str(call) not in _STORIES:
        place = tmp_path_factory.mktemp("verb")
        path, first, last = place / "台账" / NAME, place / "first.xlsx", place / "last.xlsx"
        path.parent.mkdir()
        path.write_bytes(demo)
        call.prepare(path)
        first.write_bytes(path.read_bytes())
        folders, said = [folder_of(path)], []
        for options in (("--dry-run",) if call.writes else (), (), ()):
            said.append(say(capsys, call.words(path, *options)))
            folders.append(folder_of(path))
            if len(said) == 2:
                last.write_bytes(path.read_bytes())
        _STORIES[str(call)] = Story(
            call, first, last, tuple(status for status, _ in said), tuple(told for _, told in said), tuple(folders)
        )
    return _STORIES[str(call)]


def of_each(calls: tuple[Call, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("story", calls, indirect=True, ids=str)


@of_each(CALLS)
def test_it_can_be_done_and_says_so(story):
    assert set(story.statuses) <= {0, 1}
    assert [bool(told["findings"]) for told in story.told] == [bool(status) for status in story.statuses]


@of_each(WRITING)
def test_a_dry_run_leaves_the_folder_to_the_byte(story):
    before, after, *_ = story.folders
    assert after == before


@of_each(WRITING)
def test_a_dry_run_tells_what_the_real_run_does(story):
    dry, real, _ = story.told
    assert dry == real
    assert real["changes"] or real["added"] or (story.call.is_for_files and real["summary"]["files"])


@of_each(WRITING)
def test_what_is_told_is_what_differs_in_the_file(story):
    real = story.told[1]
    found = differences(story.first, story.last)
    cells = [each for each in real["changes"] if each["table"]]
    assert found.changes == Counter(
        (each["sheet"], each["id"], each["column"], plain(each["old"]), plain(each["new"])) for each in cells
    )
    assert found.blocks == Counter(
        (
            *cell_of_block(story.last, each["column"], int(each["id"].split("[")[1][:-1])),
            plain(each["old"]),
            plain(each["new"]),
        )
        for each in real["changes"]
        if not each["table"]
    )
    told = [
        (each["sheet"], {header: plain(value) for header, value in each["values"].items() if plain(value) is not None})
        for each in real["added"]
    ]
    by_sheet = {sheet for sheet, _ in told} | {sheet for sheet, _ in found.added}
    for sheet in by_sheet:
        assert [row for name, row in found.added if name == sheet] == [row for name, row in told if name == sheet]


COMPUTED = {(table.sheet, column.header) for table in TABLES for column in table.computed_columns}
PROGRAMS = {AUDIT.sheet, FINDINGS.sheet}


@of_each(WRITING)
def test_every_cell_of_the_users_and_every_new_row_is_in_the_audit(story):
    real = story.told[1]
    lines = [each["values"] for each in real["added"] if each["sheet"] == AUDIT.sheet]
    audited = {(line["工作表"], line.get("编号") or None, line.get("列")) for line in lines}
    for each in real["changes"]:
        if each["table"] and (each["sheet"], each["column"]) not in COMPUTED:
            names = {each["id"] or None, each["new"]} if each["column"] == "编号" else {each["id"] or None}
            assert any((each["sheet"], name, each["column"]) in audited for name in names), each
    records = {(sheet, record) for sheet, record, _ in audited}
    rows = [each for each in real["added"] if each["sheet"] not in PROGRAMS]
    assert all((each["sheet"], each["values"].get("编号") or each["values"]["日期"][:10]) in records for each in rows)


@of_each(WRITING)
def test_the_files_it_names_are_the_files_it_makes(story):
    """Beside the workbook itself and its backup."""
    before, _, after, _ = story.folders
    root = story.first.parent / "台账"
    summary = story.told[1]["summary"]
    files = [file for each in (summary, *summary.get("books", ())) for file in each.get("files", ())]
    named = {str(Path(each).relative_to(root)) for each in files}
    made = {name for name in after if name not in before and (root / name).is_file() and BACKUP_FOLDER not in name}
    assert made == named
    assert {name for name in before if before[name] != after[name]} <= {NAME}


@of_each(CALLS)
def test_a_second_time_changes_nothing(story):
    *_, after, again = story.folders
    assert again == after
    assert (story.told[2]["changes"], story.told[2]["added"]) == ([], [])


@of_each(tuple(call for call in CALLS if not call.writes))
def test_a_verb_that_looks_leaves_everything(story):
    before, *after = story.folders
    assert after == [before] * 3
    assert all(told["changes"] == told["added"] == [] for told in story.told)


@pytest.fixture
def ready(demo, tmp_path) -> Callable[[Call], Path]:
    """The demo workbook in a folder of its own, prepared for a call."""

    def make(call: Call) -> Path:
        path = tmp_path / NAME
        path.write_bytes(demo)
        call.prepare(path)
        return path

    return make


def refused(capsys, words: list[str]) -> str:
    capsys.readouterr()
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize("call", SAVING, ids=str)
def test_while_somebody_has_the_workbook_open_nothing_is_touched(call, ready, capsys):
    path = ready(call)
    path.with_name(f"~${NAME}").write_bytes(b"")
    before = folder_of(path)
    assert "正被打开" in refused(capsys, call.words(path))
    assert folder_of(path) == before


FULL_DISK = """
import resource, sys
from coordination_xl.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file size")
@pytest.mark.parametrize("call", WRITING, ids=str)
def test_on_a_full_disk_nothing_is_left_half_done(call, ready):
    """No file may grow beyond 60 kB, and the workbook has 300: small files can be written, the workbook cannot."""
    path = ready(call)
    before = folder_of(path)
    ran = subprocess.run([sys.executable, "-c", FULL_DISK, *call.words(path)], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.decode()) == (2, "")
    assert "磁盘空间" in ran.stderr.decode()
    assert folder_of(path) == before


@pytest.mark.parametrize(
    "call", [call for call in CALLS if call.command in {"archive", "notice", "remind", "report"}], ids=str
)
def test_where_its_files_cannot_go_the_workbook_is_not_written_either(call, ready, capsys):
    """A plain file stands where the folder should be."""
    path = ready(call)
    _, told = say(capsys, call.words(path, "--dry-run"))
    inside = Path(told["summary"]["files"][-1]).relative_to(path.parent)
    (path.parent / inside.parts[0]).write_bytes(b"mine")
    before = folder_of(path)
    assert inside.parts[0] in refused(capsys, call.words(path))
    assert folder_of(path) == before


class TestInit:
    def test_a_dry_run_makes_nothing_and_names_what_it_would(self, capsys, tmp_path):
        status, told = say(capsys, ["init", str(tmp_path / "新"), "--dry-run"])
        assert (status, list(tmp_path.iterdir())) == (0, [])
        say(capsys, ["init", str(tmp_path / "新")])
        made = {str(each) for each in (tmp_path / "新").rglob("*") if each.is_file()}
        assert made == set(told["summary"]["files"])

    def test_a_second_time_is_refused_and_changes_nothing(self, capsys, tmp_path):
        say(capsys, ["init", str(tmp_path)])
        before = folder_of(tmp_path / NAME)
        assert "已经有这个工作簿" in refused(capsys, ["init", str(tmp_path)])
        assert folder_of(tmp_path / NAME) == before
