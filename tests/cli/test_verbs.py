"""Each verb on a real file: what it writes, what it leaves, how it ends."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest

from coordination_xl import open_book, refresh
from coordination_xl.cli.app import LIFE
from coordination_xl.cli.documents import as_json, result_document
from coordination_xl.cli.options import read_now
from coordination_xl.errors import UsageError
from coordination_xl.ledger.collection import Ledgers
from tests.builders import NOW as BOOK_NOW
from tests.builders import book, emergency, problem

KEYS = {"changes", "added", "findings", "notices", "summary"}
CHANGE = {"sheet", "table", "id", "column", "old", "new"}
FINDING = {"sheet", "table", "row", "id", "column", "code", "message", "value", "suggestion"}


def value(path, table: str, identifier: str) -> object:
    return Ledgers.read(open_book(path))[table][identifier].iloc[0]


class TestCheck:
    def test_of_a_clean_workbook_ends_with_0_and_leaves_the_file(self, cli, make):
        path = make("clean")
        before = path.read_bytes()
        called = cli("check", path)
        assert (called.status, called.err) == (0, "")
        assert called.out == f"没有发现问题。\n没有变化，文件未动：{path}\n"
        assert path.read_bytes() == before

    def test_of_faults_ends_with_1_and_lists_them(self, cli, make):
        path = make("faulty")
        called = cli("check", path)
        assert called.status == 1
        assert "“紧急程度”不能填“火急”" in called.out
        assert f"结果已写入：{path}" in called.out
        assert value(path, "Findings", "code") == "not-in-vocabulary"

    def test_a_second_time_leaves_the_file(self, cli, make):
        path = make("faulty")
        cli("check", path)
        before = path.read_bytes()
        called = cli("check", path)
        assert (called.status, path.read_bytes()) == (1, before)
        assert "没有变化，文件未动" in called.out

    def test_fix_mends_and_then_there_is_nothing_left(self, cli, make):
        path = make("mendable")
        assert cli("check", path, "--fix").status == 1
        assert (value(path, "Problems", "urgency"), value(path, "Audit", "new")) == ("紧急", "紧急")
        before = path.read_bytes()
        assert cli("check", path, "--fix").status == 0
        assert path.read_bytes() == before

    def test_fix_shows_the_change(self, cli, make):
        called = cli("check", make("mendable"), "--fix", "--dry-run")
        line = next(line for line in called.out.splitlines() if line.startswith("问题台账") and "期望" in line)
        assert line.split() == ["问题台账", "WT-2026-0001", "期望解决时间", "2026年3月20日", "2026-03-20"]


class TestRefresh:
    def test_writes_the_lights(self, cli, make):
        path = make("clean")
        called = cli("refresh", path)
        assert (called.status, called.err) == (0, "")
        assert (value(path, "Problems", "light"), value(path, "Coordination", "light")) == ("黄", "绿")
        assert "问题台账      0     1     0     0     0" in called.out

    def test_twice_leaves_the_file(self, cli, make):
        path = make("clean")
        cli("refresh", path)
        before = path.read_bytes()
        assert "没有变化，文件未动" in cli("refresh", path).out
        assert path.read_bytes() == before

    def test_names_the_worst(self, cli, make):
        called = cli("refresh", make("clean"), "--now", "2026-03-20 09:00")
        lines = called.out.splitlines()
        place = lines.index("逾期最久（共 3 项逾期）")
        assert lines[place + 2].split() == [
            "▲", "红", "RW-2026-0001", "腾出环境", "技术部*工程师", "2026-03-12", "18:00", "6", "天", "分管领导",
        ]  # fmt: skip

    def test_a_provisional_due_time_ends_with_1(self, cli, tmp_path, workbook):
        late = emergency(state="已解决", resolved_at=datetime(2026, 12, 30, 10))
        called = cli("refresh", workbook(tmp_path / "b.xlsx", Emergencies=[late]), "--now", "2026-12-31")
        assert called.status == 1
        assert "节假日表没有 2027 年的官方日历" in called.out


class TestExplain:
    def test_says_why_in_sentences(self, cli, make):
        path = make("clean")
        before = path.read_bytes()
        called = cli("explain", path, "WT-2026-0001")
        assert (called.status, called.err) == (0, "")
        assert called.out == (
            "WT-2026-0001 退货积压（问题台账第 5 行，状态：处理中）\n"
            "预警灯 ◆ 黄  到期 2026-03-18 18:00  应催办到：责任人\n"
            "· 规则 A9-时限“问题完成时限”[到期，依据 A9]（本事项的到期时间）\n"
            "    从“完成时限”2026-03-18 当日 → 2026-03-18 18:00\n"
            "· 规则 A11-一般“问题进度反馈”[反馈，依据 A11]\n"
            "    从“分派时间”2026-03-03 11:00 起 2 个工作日 → 2026-03-05 18:00\n"
            "    已经超过时限。\n"
        )
        assert path.read_bytes() == before

    def test_an_unknown_id_ends_with_2(self, cli, make):
        called = cli("explain", make("clean"), "WT-2026-9999")
        assert (called.status, called.out) == (2, "")
        assert called.err == "无法完成：编号“WT-2026-9999”：在各台账中都找不到。核对编号，例：XT-2026-0001。\n"

    def test_json_tells_the_same(self, cli, make):
        document = cli("explain", make("clean"), "WT-2026-0001", "--json").document
        assert document.keys() == KEYS
        assert (document["summary"]["light"], document["summary"]["due"]) == ("黄", "2026-03-18T18:00:00")
        assert [clock["rule"] for clock in document["summary"]["clocks"]] == ["A9-时限", "A11-一般"]


class TestRun:
    def test_checks_and_refreshes_in_one_save(self, cli, make):
        path = make("faulty")
        assert cli("run", path).status == 1
        assert (value(path, "Findings", "code"), value(path, "Coordination", "light")) == ("not-in-vocabulary", "绿")

    def test_a_clean_one_ends_with_0(self, cli, make):
        assert cli("run", make("clean")).status == 0


DRY = {
    "check": ("check", "faulty"),
    "check --fix": ("check", "mendable", "--fix"),
    "refresh": ("refresh", "clean"),
    "run": ("run", "faulty"),
}


@pytest.mark.parametrize("verb", DRY)
def test_a_dry_run_leaves_the_file_to_the_byte(verb, cli, make, tmp_path):
    name, kind, *options = DRY[verb]
    path = make(kind)
    before = path.read_bytes()
    called = cli(name, path, *options, "--dry-run")
    assert called.status in {0, 1}
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert f"试运行，文件未动：{path}" in called.out
    assert "改动" in called.out


@pytest.mark.parametrize("verb", DRY)
def test_a_dry_run_tells_in_json_what_the_real_one_would_write(verb, cli, make):
    name, kind, *options = DRY[verb]
    path = make(kind)
    dry = cli(name, path, *options, "--dry-run", "--json").document
    assert dry == cli(name, path, *options, "--json").document
    assert dry["changes"] or dry["added"]


class TestJson:
    @pytest.mark.parametrize("verb", ["check", "refresh", "run"])
    def test_is_one_object_with_the_keys_of_the_specification(self, verb, cli, make):
        document = cli(verb, make("faulty"), "--json").document
        assert document.keys() == KEYS
        assert all(change.keys() >= CHANGE for change in document["changes"])
        assert all(added.keys() >= {"sheet", "table", "values"} for added in document["added"])
        assert all(found.keys() >= FINDING for found in document["findings"])
        assert document["notices"] == []

    def test_a_change_names_its_cell(self, cli, make):
        changes = cli("refresh", make("clean"), "--json").document["changes"]
        assert {"sheet": "问题台账", "table": "Problems", "id": "WT-2026-0001", "column": "到期时间",
                "old": None, "new": "2026-03-18T18:00:00"} in changes  # fmt: skip

    def test_a_row_that_is_added_has_its_values_by_header(self, cli, make):
        added = cli("check", make("faulty"), "--json").document["added"]
        assert [each["table"] for each in added] == ["Findings", "Findings"]
        assert (added[0]["values"]["原值"], added[0]["values"]["定位"]) == ("火急", added[0]["values"]["定位"])

    def test_of_several_books_names_the_book(self, cli, make):
        paths = [make("faulty"), make("clean")]
        document = cli("run", *paths, "--json").document
        assert document.keys() == KEYS
        assert [(each["book"], each["status"]) for each in document["summary"]["books"]] == [
            (str(path), "done") for path in sorted(paths)
        ]
        assert {each["book"] for each in document["findings"]} == {str(paths[0])}

    def test_old_values_of_any_kind_do_not_stop_it(self):
        old = {
            "due": time(9, 30),
            "overdue_workdays": timedelta(hours=30),
            "light": True,
            "next_feedback": date(2026, 3, 1),
        }
        document = json.loads(as_json(result_document(refresh(book(Problems=[problem(**old)]), BOOK_NOW))))
        told = {change["column"]: change["old"] for change in document["changes"]}
        assert (told["到期时间"], told["逾期天数"], told["预警灯"]) == ("09:30:00", "1 day, 6:00:00", True)
        assert told["下次反馈"] == "2026-03-01"


class TestNow:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-11-20T10:00", datetime(2026, 11, 20, 10)),
            ("2026-11-20 10:00:30", datetime(2026, 11, 20, 10, 0, 30)),
            ("2026-11-20T10:00:30.9", datetime(2026, 11, 20, 10, 0, 30)),
            ("2026-11-20", datetime(2026, 11, 20)),
            ("2026年11月20日 10:00", datetime(2026, 11, 20, 10)),
            ("2026/11/20 上午10点", datetime(2026, 11, 20, 10)),
        ],
    )
    def test_is_read_as_people_type_it(self, text, moment):
        assert read_now(text) == moment

    @pytest.mark.parametrize(
        "text", ["昨天", "11月20日", "2026-13-01", "2026-11-20T10:00+08:00", "2026-11-20T10:00Z", "25:00"]
    )
    def test_what_is_no_moment_is_refused(self, text, cli, make):
        path = make("clean")
        before = path.read_bytes()
        with pytest.raises(UsageError):
            read_now(text)
        called = cli("refresh", path, "--now", text)
        assert (called.status, called.out, path.read_bytes()) == (2, "", before)
        assert (
            called.err == f"无法完成：--now {text}：不是能认出的时刻。请写成 2026-11-20T10:00（北京时间，不带时区）。\n"
        )

    def test_beyond_the_calendar_is_refused_in_one_line(self, cli, make):
        called = cli("refresh", make("clean"), "--now", "1500-01-01")
        assert (called.status, called.out) == (2, "")
        assert called.err.startswith("无法完成：")
        assert called.err.count("\n") == 1

    def test_is_the_clock_where_it_is_not_given(self):
        before = datetime.now().replace(microsecond=0)
        assert before <= read_now("") <= datetime.now()


class TestInit:
    @pytest.mark.parametrize(("options", "name"), [((), "coordination.xlsx"), (("--demo",), "coordination-demo.xlsx")])
    def test_lays_out_a_workbook_that_refreshes(self, options, name, cli, tmp_path):
        folder = tmp_path / "新文件夹"
        called = cli("init", folder, *options)
        assert (called.status, called.err) == (0, "")
        assert called.out == f"已建立工作簿：{folder / name}\n"
        assert cli("refresh", folder / name, "--quiet").status in {0, 1}
        assert (folder / "templates").is_dir()

    def test_of_a_blank_one_finds_nothing_wrong(self, cli, tmp_path):
        cli("init", tmp_path)
        assert cli("check", tmp_path / "coordination.xlsx").status == 0

    def test_refuses_to_overwrite(self, cli, tmp_path):
        cli("init", tmp_path)
        before = (tmp_path / "coordination.xlsx").read_bytes()
        called = cli("init", tmp_path)
        assert (called.status, called.out) == (2, "")
        assert "已经有这个工作簿" in called.err
        assert (tmp_path / "coordination.xlsx").read_bytes() == before

    def test_keeps_templates_that_are_there(self, cli, tmp_path):
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "README.md").write_text("我的", encoding="utf-8")
        cli("init", tmp_path)
        assert (tmp_path / "templates" / "README.md").read_text(encoding="utf-8") == "我的"

    def test_a_dry_run_makes_nothing(self, cli, tmp_path):
        called = cli("init", tmp_path / "x", "--dry-run", "--json")
        assert called.status == 0
        assert called.document["summary"]["files"][0] == str(tmp_path / "x" / "coordination.xlsx")
        assert not (tmp_path / "x").exists()

    def test_into_a_file_is_refused(self, cli, make):
        called = cli("init", make("clean"))
        assert called.status == 2
        assert "这是一个文件，不是文件夹" in called.err


class TestCalls:
    @pytest.mark.parametrize(
        "words",
        [
            ("check",),
            ("fly", "x.xlsx"),
            ("check", "x.xlsx", "--fly"),
            ("run", "x.xlsx", "--jobs", "0"),
            ("explain", "x.xlsx"),
        ],
    )
    def test_that_are_not_understood_end_with_2(self, words, cli):
        called = cli(*words)
        assert (called.status, called.out) == (2, "")
        assert called.err

    def test_for_help_end_with_0(self, cli):
        called = cli("-h")
        assert called.status == 0
        assert all(verb in called.out for verb in ("init", "check", "refresh", "explain", "run"))


def test_help_lists_the_verbs_in_the_order_of_a_matters_life_each_on_one_line(cli):
    lines = [line for line in cli("-h").out.splitlines() if line.startswith("│ ")]
    listed = [line.split()[1] for line in lines if line.split()[1].isalpha()]
    assert listed == list(LIFE)
    assert not [line for line in lines if "…" in line]
