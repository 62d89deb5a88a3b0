"""The schema keeps its own promises: names are unique, words are short, what is referred to is there."""

from __future__ import annotations

import re
from itertools import pairwise
from string import Formatter

import pytest

from coordination_xl.ledger.folding import fold_name
from coordination_xl.rules.checks.order import PAST, SEQUENCES
from coordination_xl.rules.figures.board import board_blocks
from coordination_xl.rules.figures.matters import matters_of
from coordination_xl.rules.settings import Settings, check_settings
from coordination_xl.rules.timing.schedule import Basis, schedules
from coordination_xl.rules.timing.timers import timers_of
from coordination_xl.schema import BY_NAME, BY_SHEET, FORMS, MATTERS, TABLES, Dtype, Kind, dashboard
from coordination_xl.schema.faults import BY_CODE, FAULTS
from coordination_xl.schema.forms import TaskGrid
from coordination_xl.schema.settings import SETTINGS_ROWS
from coordination_xl.schema.timers import TIMERS
from coordination_xl.schema.vocabulary import RUNG, URGENCY, Vocabulary
from tests.builders import NOW, ledgers

CLAUSE = r"(?:2|2B|3|4|5|6|A|B|A-[ABC]|A\d{1,2}|B\d|A\d{1,2}-A\d{1,2})"
SOURCE = re.compile(rf"SPEC {CLAUSE}(?:, {CLAUSE})*")
COLUMNS = [(table, column) for table in TABLES for column in table.columns]
LIVES = {table.name: table.life for table in MATTERS}

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
every_life = pytest.mark.parametrize("name", LIVES)


class TestTables:
    def test_names_sheets_and_prefixes_are_unique(self):
        assert len(BY_NAME) == len(BY_SHEET) == len(TABLES)
        prefixes = [table.prefix for table in TABLES if table.prefix]
        assert len(set(prefixes)) == len(prefixes)
        assert all(re.fullmatch(r"[A-Za-z]+", table.name) for table in TABLES)

    @every_table
    def test_no_two_columns_answer_to_one_header(self, table):
        spellings = [fold_name(word) for column in table.columns for word in {column.header, *column.aliases}]
        assert len(set(spellings)) == len(spellings)

    @every_table
    def test_identifiers_are_unique_and_fit_for_code(self, table):
        identifiers = [column.identifier for column in table.columns]
        assert len(set(identifiers)) == len(identifiers)
        assert all(identifier.isidentifier() for identifier in identifiers)

    @every_table
    def test_what_it_names_is_one_of_its_columns(self, table):
        for identifier in (table.opened_by, table.closed_by):
            assert not identifier or table.column(identifier).kind is Kind.MOMENT
        assert not table.committed_from or table.committed_from in table.life.states

    @every_table
    def test_with_a_prefix_has_an_id_and_a_name_and_shows_an_example(self, table):
        if table.prefix:
            assert table.id_column.required
            assert table.name_column or table.name == "Extensions"
            assert f"{table.prefix}-2026-0001" in table.id_column.help


class TestColumns:
    def test_help_is_at_most_forty_characters_and_always_there(self):
        assert [c.header for _, c in COLUMNS if not 0 < len(c.help) <= 40] == []

    def test_sources_are_clauses_of_the_specification(self):
        assert [(c.header, c.source) for _, c in COLUMNS if not SOURCE.fullmatch(c.source)] == []
        assert [table.source for table in TABLES if not SOURCE.fullmatch(table.source)] == []
        assert [fault.code for fault in FAULTS if not SOURCE.fullmatch(fault.source)] == []

    def test_required_from_is_a_state_of_the_table(self):
        wrong = [c.header for t, c in COLUMNS if c.required_from and not (t.life and c.required_from in t.life.states)]
        assert wrong == []

    def test_references_are_to_tables_with_ids(self):
        assert all(BY_NAME[name].id_column for _, column in COLUMNS for name in column.refers_to)

    def test_choices_have_words_to_choose_from(self):
        kinds = {Kind.CHOICE, Kind.STATE, Kind.LIGHT}
        assert [c.header for _, c in COLUMNS if (c.kind in kinds) != (c.vocabulary is not None)] == []

    def test_the_same_identifier_has_the_same_type_everywhere(self):
        types: dict[str, set[Dtype]] = {}
        for table, column in COLUMNS:
            if table in MATTERS:
                types.setdefault(column.identifier, set()).add(column.dtype)
        assert [identifier for identifier, found in types.items() if len(found) > 1] == []

    def test_the_thirteen_fields_of_the_form_are_there_in_order(self):
        fields = (
            "协调事项名称", "发起部门/人", "接收部门/人", "事项背景", "核心目标", "期望完成时间", "紧急程度", "沟通记录",
            "协商结果", "责任部门/人", "完成时限", "进展反馈", "备注",
        )  # fmt: skip
        headers = [column.header for column in BY_NAME["Coordination"].columns]
        assert [header for header in headers if header in fields] == list(fields)

    def test_no_header_begins_like_a_formula_or_a_dangerous_cell(self):
        assert [c.header for _, c in COLUMNS if c.header[0] in "=+-@'"] == []


class TestVocabularies:
    def test_synonyms_mean_a_word_of_the_list_and_are_none_themselves(self):
        for _, column in COLUMNS:
            words: Vocabulary | None = column.vocabulary
            if words:
                assert len(set(words.words)) == len(words.words)
                assert set(words.synonyms.values()) <= set(words.words)
                assert not set(words.synonyms) & set(words.words)

    def test_urgency_is_stored_once(self):
        assert [URGENCY.meaning(word) for word in ("高", "中", "低")] == ["紧急", "一般", "低优先级"]


class TestLives:
    @every_life
    def test_every_step_leads_to_a_state(self, name):
        life = LIVES[name]
        assert life.steps.keys() == set(life.states)
        assert {after for afters in life.steps.values() for after in afters} <= set(life.states)

    @every_life
    def test_every_state_can_be_reached_from_the_first(self, name):
        life = LIVES[name]
        reached, ahead = set(), [life.states[0]]
        while ahead:
            here = ahead.pop()
            if here not in reached:
                reached.add(here)
                ahead += life.steps[here]
        assert reached == set(life.states)

    @every_life
    def test_some_end_can_be_reached_from_every_state(self, name):
        life = LIVES[name]
        ends = {state for state, afters in life.steps.items() if not afters}
        assert ends <= life.finished
        good = set(ends)
        for _ in life.states:
            good |= {state for state, afters in life.steps.items() if set(afters) & good}
        assert good == set(life.states)

    @every_life
    def test_no_step_stands_still(self, name):
        assert [state for state, afters in LIVES[name].steps.items() if state in afters] == []

    @every_life
    def test_kinds_of_states_do_not_overlap(self, name):
        life = LIVES[name]
        groups = [life.finished, life.paused, life.drafts, life.open]
        assert sum(map(len, groups)) == len(life.states)
        assert frozenset().union(*groups) == set(life.states)

    @every_life
    def test_dates_of_entry_are_columns(self, name):
        life = LIVES[name]
        assert life.since.keys() <= set(life.states)
        assert all(BY_NAME[name].column(each).kind is Kind.MOMENT for each in life.since.values())

    @pytest.mark.parametrize(
        ("name", "way"),
        [
            ("Problems", "草稿→已提报→已分派→处理中→待验收→已办结→已归档"),
            ("Problems", "已提报→退回→已提报"),
            ("Meetings", "申请→已批准→已通知→已召开→纪要待审→已分发→已归档"),
            ("Meetings", "申请→驳回→申请"),
            ("Emergencies", "已上报→已报告→方案执行→已升级→已解决→已复盘→已归档"),
            ("Emergencies", "方案执行→已解决"),
            ("Coordination", "草稿→沟通中→已达成共识→执行中→已完成→已归档"),
            ("Coordination", "执行中→沟通中"),
            ("Tasks", "待办→进行中→待验收→已完成"),
            ("Tasks", "进行中→挂账→进行中"),
            ("Tasks", "待办→已取消"),
        ],
    )
    def test_the_lives_of_the_specification_can_be_lived(self, name, way):
        states = way.split("→")
        for before, after in pairwise(states):
            assert after in LIVES[name].steps[before]


class TestTimers:
    def test_rules_are_unique_and_understood(self):
        assert len({timer.rule for timer in TIMERS}) == len(TIMERS)
        assert [timer.rule for timer in timers_of(ledgers()["Rules"])] == [timer.rule for timer in TIMERS]

    @pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.rule)
    def test_names_columns_and_states_that_are_there(self, timer):
        table = BY_SHEET[timer.table]
        rules = {other.rule for other in TIMERS}
        named = [word for text in (timer.trigger, timer.stop) for word in text.split("、") if word]
        assert [word for word in named if word not in table.by_header and word not in rules] == []
        known = table.life.states if table.life else table.column("state").vocabulary.words
        assert {state for state in timer.states.split("、") if state} <= set(known)

    @pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.rule)
    def test_basis_is_a_clause(self, timer):
        assert SOURCE.fullmatch(f"SPEC {timer.basis}")

    def test_every_open_state_of_a_life_has_a_due_time(self):
        due = {(BY_SHEET[t.table].name, state) for t in TIMERS if t.kind == "到期" for state in t.states.split("、")}
        open_states = {(name, state) for name, life in LIVES.items() for state in life.open}
        assert open_states <= due

    @pytest.mark.parametrize(
        ("rule", "amount", "unit"),
        [
            ("A2", 2, "工作小时"), ("A6", 1, "工作日"), ("A9", 1, "工作日"), ("A11-一般", 2, "工作日"), ("A11-紧急", 1, "工作日"),
            ("A13", -3, "工作日"), ("A14", -2, "工作日"), ("A15", 2, "小时"), ("A16", 24, "小时"), ("A17", 1, "周"),
            ("A18", 30, "分钟"), ("A19", 1, "小时"), ("A20", 2, "小时"), ("A21", 4, "小时"), ("A22", 2, "小时"),
            ("A23", 3, "工作日"), ("B7", 1, "工作日"),
        ],
    )  # fmt: skip
    def test_the_numbers_are_those_of_the_mechanism(self, rule, amount, unit):
        timer = next(timer for timer in TIMERS if timer.rule == rule)
        assert (timer.amount, timer.unit) == (amount, unit)


class TestForms:
    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sheet)
    def test_refer_to_columns_of_their_table(self, form):
        known = BY_NAME[form.table].by_identifier
        lines = [line for stage in form.stages for line in stage.lines]
        fields = [field.identifier for line in lines if not isinstance(line, TaskGrid) for field in line.fields]
        grids = [column for line in lines if isinstance(line, TaskGrid) for column in line.columns]
        assert {*fields, *grids, form.date} <= known.keys()
        assert len(set(fields)) == len(fields)

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sheet)
    def test_ask_for_all_that_is_required_at_once(self, form):
        """编号 and 状态 are given at registration."""
        if form.name == "MinutesForm":
            return
        lines = [line for stage in form.stages for line in stage.lines if not isinstance(line, TaskGrid)]
        asked = {field.identifier for line in lines for field in line.fields} | {form.date}
        required = {column.identifier for column in BY_NAME[form.table].columns if column.required}
        assert required - asked <= {"id", "state"}


class TestFaults:
    def test_codes_and_titles_are_unique(self):
        assert len(BY_CODE) == len(FAULTS) == len({fault.title for fault in FAULTS})

    def test_words_are_whole(self):
        for fault in FAULTS:
            fields = {name for text in (fault.message, fault.suggestion) for _, name, _, _ in Formatter().parse(text)}
            assert None in fields or all(name.isidentifier() for name in fields)
            assert not fault.message.endswith("。")


class TestSettings:
    def test_first_values_are_understood(self):
        first = Settings.of(ledgers()["Settings"])
        assert check_settings(ledgers()["Settings"]) == []
        assert first.hours == (("09:00", "12:00"), ("13:30", "18:00"))
        assert (first.week, first.warning_workdays, first.warning_share) == ((0, 1, 2, 3, 4), 2, 0.25)

    def test_keys_are_unique(self):
        assert len({setting.key for setting in SETTINGS_ROWS}) == len(SETTINGS_ROWS)


class TestLockstep:
    def test_of_the_board_and_what_refresh_writes(self):
        read = ledgers()
        basis = Basis.of(read, NOW)
        lived = [each for each in schedules(read, basis) if each.ledger.table.life]
        assert set(board_blocks(matters_of(lived, basis.calendar, NOW), (), NOW)) == set(dashboard.BLOCKS)

    def test_of_the_board_and_the_matters(self):
        assert dashboard.DEPARTMENT_OF.keys() == {table.name for table in MATTERS}
        assert all(identifier in BY_NAME[name].by_identifier for name, identifier in dashboard.DEPARTMENT_OF.items())

    @pytest.mark.parametrize(
        "sequences", [SEQUENCES, {name: (each,) for name, each in PAST.items()}], ids=["order", "past"]
    )
    def test_of_the_checks_of_dates_and_the_columns(self, sequences):
        for name, each in sequences.items():
            for identifier in (identifier for sequence in each for identifier in sequence):
                column = BY_NAME[name].column(identifier)
                assert column.dtype is Dtype.MOMENT or column.kind is Kind.PARTS

    def test_of_the_ladder_and_the_column(self):
        assert BY_NAME["Tasks"].column("escalation").vocabulary is RUNG
