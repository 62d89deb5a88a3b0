"""``archive`` and ``cases`` as a terminal calls them."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.builders import case
from tests.finished import done_problem, done_task

WT = "WT-2026-0001"
DOSSIER = "archive/WT-2026-0001 退货积压"


@pytest.fixture
def path(workbook, tmp_path):
    return workbook(
        tmp_path / "台账.xlsx",
        Problems=[done_problem(), done_problem(id="WT-2026-0002", title="对账差错", verdict=None)],
        Tasks=[done_task(source=WT)],
        Cases=[
            case(id="AL-2025-0001", title="旧退货案例", source="WT-2025-0001", archived_at=datetime(2025, 5, 1, 9)),
            case(
                id="AL-2026-0001", title="门禁", source="WT-2025-0002", department="客户服务部", lessons="[b]退货[/b]"
            ),
        ],
    )


def tree(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestArchive:
    def test_archives_what_may_be_and_ends_with_1_for_the_rest(self, cli, path, tmp_path):
        called = cli("archive", path)
        assert (called.status, called.err) == (1, "")
        assert "归档 1 件" in called.out
        assert DOSSIER in called.out
        assert "1 件还不能归档" in called.out
        assert "“验收结论”没有填写，还不能归档" in called.out
        assert f"结果已写入：{path}；{tmp_path / DOSSIER}" in called.out
        assert Ledgers.read(open_book(path))["Problems"]["state"].tolist() == ["已归档", "已办结"]
        assert (tmp_path / DOSSIER / "案卷.html").is_file()

    def test_of_a_clean_matter_ends_with_0_and_a_second_time_leaves_the_file(self, cli, path, tmp_path):
        assert cli("archive", path, WT).status == 0
        before = tree(tmp_path)
        called = cli("archive", path, WT)
        assert (called.status, tree(tmp_path)) == (0, before)
        assert "没有可以归档的事项。" in called.out
        assert f"没有变化，文件未动：{path}" in called.out

    def test_dry_run_shows_the_change_and_writes_nothing(self, cli, path, tmp_path):
        before = tree(tmp_path)
        called = cli("archive", path, WT, "--dry-run")
        assert (called.status, tree(tmp_path)) == (0, before)
        assert "已办结" in called.out
        assert "已归档" in called.out
        assert str(tmp_path / DOSSIER / "案卷.json") in called.out

    def test_json_is_the_same_dry_and_real_but_for_the_writing(self, cli, path):
        dry = cli("archive", path, "--dry-run", "--json").document
        real = cli("archive", path, "--json").document
        assert dry == real
        assert [each["id"] for each in real["summary"]["archived"]] == [WT]
        assert {each["code"] for each in real["findings"]} == {"not-accepted"}
        assert {
            "sheet": "问题台账",
            "table": "Problems",
            "id": WT,
            "column": "状态",
            "old": "已办结",
            "new": "已归档",
        } in real["changes"]

    def test_an_unknown_id_ends_with_2_and_nothing_changes(self, cli, path, tmp_path):
        before = tree(tmp_path)
        called = cli("archive", path, "XT-2026-0999")
        assert (called.status, tree(tmp_path)) == (2, before)
        assert "在各台账中都找不到" in called.err

    def test_many_files_are_told_by_their_folder(self, cli, workbook, tmp_path):
        rows = [done_problem(), done_problem(id="WT-2026-0002")]
        called = cli("archive", workbook(tmp_path / "两件.xlsx", Problems=rows))
        assert called.out.endswith(f"结果已写入：{tmp_path / '两件.xlsx'}；{tmp_path / 'archive'}（4 个文件）\n")


class TestCases:
    def test_lists_what_has_the_word_with_the_hit_marked(self, cli, path):
        called = cli("cases", path, "退货")
        assert (called.status, called.err) == (0, "")
        first, second = (line for line in called.out.splitlines() if line.startswith("AL-"))
        assert first.split()[:2] == ["AL-2025-0001", "旧【退货】案例"]
        assert second.endswith("问题总结：[b]【退货】[/b]")

    def test_without_words_begins_with_the_newest(self, cli, path):
        lines = [line for line in cli("cases", path).out.splitlines() if line.startswith("AL-")]
        assert [line.split()[0] for line in lines] == ["AL-2026-0001", "AL-2025-0001"]

    def test_nothing_found_says_so_and_ends_with_0(self, cli, path):
        called = cli("cases", path, "退货", "没有的词")
        assert (called.status, called.out) == (0, "案例库共 2 个案例，没有找到符合的。\n")

    def test_leaves_the_file(self, cli, path, tmp_path):
        before = tree(tmp_path)
        cli("cases", path, "退货")
        assert tree(tmp_path) == before

    def test_json_has_the_cases(self, cli, path):
        document = cli("cases", path, "退货", "--department", "客服部", "--json").document
        assert (document["changes"], document["findings"]) == ([], [])
        (found,) = document["summary"]["cases"]
        assert (found["id"], found["source"], found["archived_at"]) == (
            "AL-2026-0001",
            "WT-2025-0002",
            "2026-03-05T09:00:00",
        )
        assert found["snippet"] == {"column": "问题总结", "text": "[b]退货[/b]", "hits": [[3, 5]]}
        assert found["title_hits"] == []

    @pytest.mark.parametrize(
        ("since", "found"), [("2025-05-01", 2), ("2025年5月2日", 1), ("3月5日", 1), ("3月6日", 0), ("2026-03-05", 1)]
    )
    def test_since_is_a_day_as_people_write_it(self, cli, path, since, found):
        assert len(cli("cases", path, "--since", since, "--json").document["summary"]["cases"]) == found

    def test_a_since_that_is_no_day_ends_with_2(self, cli, path):
        called = cli("cases", path, "--since", "很久以前")
        assert called.status == 2
        assert "不是能认出的日期" in called.err

    def test_a_case_cannot_command_the_terminal(self, cli, workbook, tmp_path):
        made = workbook(tmp_path / "坏.xlsx", Cases=[case(title="甲\x1b[2J乙", outcome="退\x07货")])
        called = cli("cases", made, "货")
        assert called.status == 0
        assert not {"\x1b", "\x07"} & set(called.out)
