"""Grid to ledger: every cell by the type of its column; what cannot be read is a finding, never a silent blank."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from coordination_xl.books import MemoryBook
from coordination_xl.errors import MissingSheet, MissingTable, UnknownRecord
from coordination_xl.ledger.collection import Ledgers
from coordination_xl.ledger.findings import LONGEST_QUOTATION, shown
from coordination_xl.ledger.grid import column_letters
from coordination_xl.ledger.reading import read_ledger
from coordination_xl.schema import BY_NAME, TABLES
from tests.builders import book, coordination, grid, ledger_of, ledgers, meeting, problem, task

MOMENT = dt.datetime(2026, 3, 20, 17, 0)


class TestTypes:
    def test_every_column_has_the_type_of_the_schema(self):
        ledger = ledger_of("Problems", problem())
        for column in BY_NAME["Problems"].columns:
            kind = {"text": "O", "number": "f", "moment": "M"}[column.dtype.value]
            assert ledger.frame[column.identifier].dtype.kind == kind

    def test_an_empty_table_has_the_types_too(self):
        for table in TABLES:
            empty = ledger_of(table.name)
            assert len(empty) == 0
            assert [empty.frame[c.identifier].dtype.kind for c in table.columns] == [
                {"text": "O", "number": "f", "moment": "M"}[c.dtype.value] for c in table.columns
            ]

    def test_blanks_are_blank_in_their_type(self):
        frame = ledger_of("Meetings", {"id": "HY-2026-0001"}).frame
        assert (frame["title"].iloc[0], frame["hours"].isna().iloc[0], frame["starts_at"].isna().iloc[0]) == (
            "",
            True,
            True,
        )

    def test_what_stands_in_the_cells_is_kept_untouched(self):
        ledger = ledger_of("Problems", problem(urgency=" 高 ", wished_by="2026年3月20日"))
        assert (ledger.typed_at(6, "urgency"), ledger.typed_at(6, "wished_by")) == (" 高 ", "2026年3月20日")


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            (dt.datetime(2026, 3, 20, 17), dt.datetime(2026, 3, 20, 17)),
            (dt.date(2026, 3, 20), dt.datetime(2026, 3, 20)),
            ("2026-03-20", dt.datetime(2026, 3, 20)),
            ("２０２６年３月２０日　１７：３０", dt.datetime(2026, 3, 20, 17, 30)),
            ("2026.3.20", dt.datetime(2026, 3, 20)),
            (46101.0, dt.datetime(2026, 3, 20)),
            ("3月20日前", dt.datetime(2026, 3, 20)),
            ("  ", pd.NaT),
        ],
    )
    def test_as_people_type_them(self, typed, read):
        ledger = ledger_of("Problems", problem(wished_by=typed))
        value = ledger["wished_by"].iloc[0]
        assert value is read or value == read

    @pytest.mark.parametrize("typed", ["尽快", "2026-02-30", "12.4", 3.0, True, dt.time(9, 30), "3023-10-18"])
    def test_what_is_no_date_is_a_finding(self, typed):
        (found,) = ledger_of("Problems", problem(wished_by=typed)).findings
        assert (found.code, found.column, found.value) == ("unreadable-date", "期望解决时间", shown(typed))

    def test_without_a_year_is_near_to_when_the_matter_began(self):
        december = problem(
            raised_at=dt.datetime(2026, 12, 20, 9), wished_by="1月5日", dispatched_at=None, deadline=None
        )
        ledger = ledger_of("Problems", december)
        assert ledger["wished_by"].iloc[0] == dt.datetime(2027, 1, 5)
        assert [each.code for each in ledger.findings] == ["date-without-year"]

    def test_without_a_year_is_near_to_another_date_where_the_beginning_is_blank(self):
        ledger = ledger_of("Problems", problem(raised_at=None, wished_by="1月5日"))
        assert ledger["wished_by"].iloc[0] == dt.datetime(2026, 1, 5)

    def test_without_a_year_and_without_any_other_is_unreadable(self):
        row = problem(raised_at=None, wished_by="1月5日", dispatched_at=None, deadline=None)
        assert [each.code for each in ledger_of("Problems", row).findings] == ["unreadable-date"]

    def test_a_beginning_without_a_year_does_not_lean_on_itself(self):
        row = problem(raised_at="3月2日", wished_by="3月20日", dispatched_at=None, deadline=None)
        assert {each.code for each in ledger_of("Problems", row).findings} == {"unreadable-date"}

    def test_numbers_of_a_workbook_that_counts_from_1904(self):
        made = grid("Problems", [problem(wished_by=44639.0)], date1904=True)
        assert read_ledger(BY_NAME["Problems"], made)["wished_by"].iloc[0] == dt.datetime(2026, 3, 20)


class TestNumbers:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [(1.5, 1.5), ("１．５", 1.5), ("90分钟", 1.5), ("1小时30分钟", 1.5), ("2h", 2.0), ("", np.nan)],
    )
    def test_as_people_type_them(self, typed, read):
        np.testing.assert_equal(ledger_of("Meetings", meeting(hours=typed))["hours"].iloc[0], read)

    @pytest.mark.parametrize("typed", ["一个半小时", "1-2", True, dt.datetime(2026, 1, 1)])
    def test_what_is_no_number_is_a_finding(self, typed):
        (found,) = ledger_of("Meetings", meeting(hours=typed)).findings
        assert (found.code, found.value) == ("unreadable-number", shown(typed))


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("紧急", "紧急"),
            (" 紧急 ", "紧急"),
            ("紧 急", "紧急"),
            ("高", "紧急"),
            ("　高", "紧急"),
            ("火 急", "火 急"),
            ("", ""),
        ],
    )
    def test_of_a_list_are_read_as_the_word_that_is_meant(self, typed, read):
        assert ledger_of("Problems", problem(urgency=typed))["urgency"].tolist() == [read]

    def test_of_ids_and_names_lose_width_and_edge_blanks(self):
        ledger = ledger_of("Tasks", task(id=" ＲＷ-２０２６-０００１", department="技术部　"))
        assert (ledger.ids.tolist(), ledger["department"].tolist()) == (["RW-2026-0001"], ["技术部"])

    def test_of_long_texts_stay_as_they_are(self):
        text = "１．背景：\n　　华东仓　ＡＢＣ"
        assert ledger_of("Problems", problem(background=f" {text} "))["background"].tolist() == [text]

    @pytest.mark.parametrize(
        ("typed", "read"), [(12.0, "12"), (True, "是"), (dt.datetime(2026, 3, 20), "2026-03-20"), ("=1+1", "=1+1")]
    )
    def test_that_are_no_text_are_read_as_they_look(self, typed, read):
        assert ledger_of("Problems", problem(impact=typed))["impact"].tolist() == [read]


class TestErrors:
    @pytest.mark.parametrize("typed", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"])
    @pytest.mark.parametrize("column", ["impact", "wished_by"])
    def test_of_excel_are_findings_and_read_as_blank(self, typed, column):
        ledger = ledger_of("Problems", problem(**{column: typed}))
        assert [(each.code, each.value) for each in ledger.findings] == [("cell-error", typed)]
        assert ledger[column].iloc[0] in {"", pd.NaT}

    def test_in_a_computed_column_are_the_programs_own_affair(self):
        assert ledger_of("Problems", problem(due="#REF!", light="#N/A", overdue_workdays="x")).findings == ()


class TestRows:
    def test_blank_rows_between_are_left_out_and_rows_keep_their_number(self):
        ledger = ledger_of("Problems", problem(), {}, {"remarks": "  "}, problem(id="WT-2026-0002"))
        assert ledger.rows.tolist() == [6, 9]
        assert ledger.id_at(9) == "WT-2026-0002"
        with pytest.raises(KeyError):
            ledger.position(7)

    def test_a_row_with_computed_cells_only_is_blank(self):
        assert len(ledger_of("Problems", {"light": "红", "due": MOMENT, "last_state": "草稿"})) == 0

    def test_rows_of_a_table_that_is_all_the_programs_count(self):
        assert len(ledger_of("Findings", {"message": "旧"}, {})) == 1

    def test_addresses_follow_the_place_of_the_table(self):
        ledger = ledger_of("Problems", problem(wished_by="尽快"), first_row=12, first_column=25)
        (found,) = ledger.findings
        at = 25 + [column.identifier for column in BY_NAME["Problems"].columns].index("wished_by")
        assert (found.row, found.address) == (12, f"{column_letters(at)}12")

    @pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
    def test_letters_of_columns(self, number, letters):
        assert column_letters(number) == letters


class TestFindings:
    def test_name_the_sheet_as_it_is_called_in_the_workbook(self):
        (found,) = ledger_of("Problems", problem(wished_by="尽快"), sheet="问题 2026").findings
        assert (found.sheet, found.table, found.id) == ("问题 2026", "Problems", "WT-2026-0001")

    def test_name_the_header_as_it_stands(self):
        headers = tuple(
            "期望解决日期 " if column.identifier == "wished_by" else column.header
            for column in BY_NAME["Problems"].columns
        )
        row = {key: value for key, value in problem().items() if key != "wished_by"} | {"期望解决日期 ": "尽快"}
        (found,) = ledger_of("Problems", row, headers=headers).findings
        assert found.column == "期望解决日期 "
        assert found.message.startswith("“期望解决日期”写的“尽快”")

    def test_quote_a_huge_text_in_part_and_keep_it_whole_as_value(self):
        (found,) = ledger_of("Problems", problem(wished_by="长" * 32_767)).findings
        assert len(found.message) < LONGEST_QUOTATION + 50
        assert found.message.endswith("长…”不是能认出的日期")
        assert len(found.value) == 32_767

    def test_quote_in_one_line(self):
        (found,) = ledger_of("Problems", problem(wished_by="尽快\n\t完成")).findings
        assert found.message == "“期望解决时间”写的“尽快 完成”不是能认出的日期"

    def test_braces_in_a_cell_are_only_braces(self):
        (found,) = ledger_of("Problems", problem(wished_by="{header} {{ 7*7 }}")).findings
        assert found.message == "“期望解决时间”写的“{header} {{ 7*7 }}”不是能认出的日期"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (pd.NaT, ""), (2.0, "2"), (0.1, "0.1"), (True, "是"), (False, "否"), ("文", "文"),
        (dt.datetime(2026, 3, 6), "2026-03-06"), (dt.datetime(2026, 3, 6, 9, 5), "2026-03-06 09:05"),
        (dt.date(2026, 3, 6), "2026-03-06"), (dt.time(9, 30), "09:30:00"), (1e15, "1e+15"),
    ],
)  # fmt: skip
def test_values_are_shown_as_a_person_reads_them(value, text):
    assert shown(value) == text


class TestCollection:
    def test_ledgers_come_in_the_order_of_the_schema(self):
        assert [ledger.table.name for ledger in ledgers()] == [table.name for table in TABLES]

    def test_a_row_is_found_by_its_id(self):
        read = ledgers(Problems=[problem(), problem(id="WT-2026-0002")], Tasks=[task()])
        ledger, row = read.locate(" ＷＴ-2026-0002 ")
        assert (ledger.sheet, row) == ("问题台账", 7)

    def test_an_unknown_id_is_refused(self):
        with pytest.raises(UnknownRecord, match="WT-2026-0009"):
            ledgers(Coordination=[coordination()]).locate("WT-2026-0009")

    def test_a_rule_is_no_record(self):
        with pytest.raises(UnknownRecord):
            ledgers().locate("A9")

    def test_a_missing_sheet_is_named(self):
        made = book()
        without = MemoryBook([made.grid(name) for name in made.tables() if name != "Audit"], name="x.xlsx")
        with pytest.raises(MissingSheet, match=r"x\.xlsx：缺少工作表“修改记录”"):
            Ledgers.read(without)

    def test_a_missing_table_on_its_sheet_is_named(self):
        made = book()
        others = [made.grid(name) for name in made.tables() if name != "Audit"]
        moved = grid("Contacts", [], sheet="修改记录")
        kept = [each for each in others if each.table != "Contacts"]
        with pytest.raises(MissingTable, match="修改记录”：没有名为 Audit 的表格"):
            Ledgers.read(MemoryBook([*kept, moved]))
