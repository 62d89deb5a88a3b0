"""``register`` and ``load`` as a terminal sees them."""

from __future__ import annotations

import pytest

from coordination_xl import open_book
from coordination_xl.books import BlockChange, ChangeSet
from tests.builders import objects


@pytest.fixture
def loaded(make, cli):
    """The clean workbook with XT-2026-0001 on its form."""
    path = make("clean")
    assert cli("load", path, "XT-2026-0001").status == 0
    return path


def type_in(path, **cells):
    book = open_book(path)
    names = {f"CoordinationForm_{cell}": value for cell, value in cells.items()}
    book.apply(ChangeSet(blocks=tuple(BlockChange(n, objects(None), objects(v)) for n, v in names.items())))


class TestLoad:
    def test_says_which_form_shows_it(self, make, cli):
        called = cli("load", make("clean"), "WT-2026-0001")
        assert called.status == 0
        assert "WT-2026-0001 退货积压 → 表单“问题提报表”" in called.out

    def test_again_leaves_the_file_alone(self, loaded, cli):
        before = loaded.read_bytes()
        assert "没有变化，文件未动" in cli("load", loaded, "XT-2026-0001", "--now", "2026-03-09T08:00").out
        assert loaded.read_bytes() == before

    def test_asks_before_it_overwrites(self, loaded, cli):
        type_in(loaded, remarks="改过")
        refused = cli("load", loaded, "XT-2026-0001")
        assert refused.status == 1
        assert "--replace" in refused.out
        assert cli("load", loaded, "XT-2026-0001", "--replace").status == 0
        assert open_book(loaded).block("CoordinationForm_remarks")[0] == "依赖月结"

    def test_an_unknown_id_is_a_failure(self, make, cli):
        called = cli("load", make("clean"), "XT-2026-0099")
        assert called.status == 2
        assert "XT-2026-0099" in called.err

    def test_a_form_of_another_table_is_a_failure(self, make, cli):
        assert "协调台账的行可载入：协调表" in cli("load", make("clean"), "XT-2026-0001", "--form", "会议纪要").err

    def test_dry_run_names_the_cells_as_the_form_does(self, make, cli):
        path = make("clean")
        before = path.read_bytes()
        called = cli("load", path, "XT-2026-0001", "--dry-run")
        assert "责任部门/人（第 1 行）" in called.out
        assert "载入标记" in called.out
        assert path.read_bytes() == before


class TestRegister:
    def test_a_new_form(self, make, cli):
        path = make("clean")
        type_in(
            path, title="宣讲", initiator="产品部*主管", receivers="市场部*专员", background="新品上市", goal="三场宣讲",
            consensus_by="2026-03-10",
        )  # fmt: skip
        called = cli("register", path, "协调表")
        assert called.status == 0
        assert "“协调表”已登记为 XT-2026-0002。" in called.out
        assert open_book(path).block("CoordinationForm_id")[0] == "XT-2026-0002"

    def test_a_new_version_says_whom_to_tell(self, loaded, cli):
        type_in(loaded, goal="3月20日前完成联调")
        called = cli("register", loaded, "协调表")
        assert called.status == 0
        assert "XT-2026-0001 已升为第 2 版，重新协商" in called.out
        assert (
            "告知各方：产品部*主管、技术部*工程师、财务部*会计；有疑问的，请于 2026-03-09 18:00 前提出。" in called.out
        )

    def test_an_update(self, loaded, cli):
        type_in(loaded, progress="过半")
        assert "XT-2026-0001 已按“协调表”更新。" in cli("register", loaded, "协调表").out

    def test_nothing_new(self, loaded, cli):
        called = cli("register", loaded, "协调表")
        assert called.status == 0
        assert "“协调表”与台账中的 XT-2026-0001 一致，没有改动。" in called.out

    def test_a_form_with_errors_leaves_the_file_alone(self, loaded, cli):
        type_in(loaded, urgency="火急")
        before = loaded.read_bytes()
        called = cli("register", loaded, "协调表")
        assert called.status == 1
        assert "“协调表”有 1 处错误，没有登记。" in called.out
        assert "协调表!J9" in called.out
        assert loaded.read_bytes() == before

    def test_json_has_the_row_the_findings_and_the_summary(self, loaded, cli):
        type_in(loaded, goal="3月20日前完成联调")
        document = cli("register", loaded, "协调表", "--dry-run", "--json").document
        assert document["summary"]["version"] == 2
        assert {"协调台账", "协调表"} <= {change["sheet"] for change in document["changes"]}
        assert any(added["values"].get("列") == "第1版全文" for added in document["added"])

    def test_an_unknown_form_is_a_failure(self, make, cli):
        called = cli("register", make("clean"), "发票")
        assert called.status == 2
        assert "可用的表单：协调表、问题提报表、会议申请表、会议纪要、紧急事项报告" in called.err
