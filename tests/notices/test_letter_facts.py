"""Notices of matters: where their facts come from, and what is said where a row or a rule says nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl.ledger.collection import Ledgers
from tests.actions.test_register import edited, registered
from tests.builders import coordination, emergency, held, meeting, problem, rules, task
from tests.finished import done_coordination
from tests.notices import letter_samples_matters as samples
from tests.notices.letter_reading import WRITER, asked, facts, words
from tests.notices.letter_samples_matters import at, letter


class TestChanges:
    def test_are_those_that_registering_the_form_recorded(self):
        made = edited(goal="4月底前完成联调", by1="2026-03-19")
        registered(made)
        told = WRITER.words(samples.of("变更通知", Ledgers.read(made), "XT-2026-0001"))
        assert facts(told)["变更时间"] == "2026年3月6日（周五）10:00"
        assert told.tables == (
            (
                "变更内容",
                ("变更项", "变更前", "变更后"),
                (
                    ("核心目标", "3月底前完成联调", "4月底前完成联调"),
                    (
                        "完成时限",
                        "腾出环境：2026-03-12；对账样例：2026-03-16",
                        "腾出环境：2026-03-19；对账样例：2026-03-16",
                    ),
                ),
            ),
        )

    def test_of_an_earlier_version_are_not_told_again(self):
        later = [
            *samples.HISTORY,
            samples.audit("版本", "2", "3", at(6, 9)),
            samples.audit("核心目标", "旧", "新", at(6, 9)),
        ]
        told = words("变更通知", samples.CHANGED | {"version": 3}, Audit=later)
        assert told.tables[0][2] == (("核心目标", "旧", "新"),)

    def test_of_another_matter_are_not_told(self):
        others = [row | {"record": "XT-2026-0002"} for row in samples.HISTORY]
        assert not words("变更通知", samples.CHANGED, Audit=others).tables

    def test_that_were_taken_back_are_none(self):
        back = [*samples.HISTORY, samples.audit("验收标准", "腾出环境：独占3天", "", at(6, 9))]
        assert [row[0] for row in words("变更通知", samples.CHANGED, Audit=back).tables[0][2]] == ["完成时限", "备注"]

    def test_without_a_version_speak_of_the_plan(self):
        told = words("变更通知", coordination(version=None))
        assert told.title == "关于“计费系统上线联调”方案变更的通知"
        assert asked(told)[-1] == "自本通知发出之日起，各方按现行方案执行。"


class TestDeadlines:
    def test_consensus_that_is_past_is_not_asked_for_by_a_past_day(self):
        told = words("协调通知", coordination(state="沟通中", consensus_by=datetime(2026, 3, 4), due=at(4)))
        assert asked(told)[-1] == "期望达成共识的时间已过，请在答复中提出可以商定的时间。"

    def test_consensus_of_today_is_still_asked_for(self):
        told = words("协调通知", coordination(state="沟通中", consensus_by=datetime(2026, 3, 6)))
        assert "各方应于2026年3月6日（周五）下班前就" in asked(told)[-1]

    def test_a_deadline_of_a_day_ends_with_the_hours_that_refresh_found(self):
        assert (
            facts(words("问题分派通知", problem(state="已分派", due=at(18, 17, 30))))["完成时限"]
            == "2026年3月18日（周三）17:30"
        )
        assert facts(words("问题分派通知", problem(state="已分派")))["完成时限"] == "2026年3月18日（周三）下班前"

    def test_a_solution_that_came_late_says_so(self):
        row = samples.SOLVED | {"solved_at": at(18, 18, 1)}
        assert facts(words("问题解决报告", row))["解决时间"].endswith("（超出完成时限）")
        assert facts(words("问题解决报告", row | {"solved_at": at(18)}))["解决时间"].endswith("（在完成时限之内）")

    def test_a_meeting_is_answered_before_it_begins(self):
        told = words("会议通知", meeting(starts_at=at(6, 14)))
        assert asked(told)[0].startswith("请于2026年3月6日（周五）14:00 前回复")

    def test_an_emergency_is_read_before_its_plan_is_due(self):
        assert letter("紧急事项报告", samples.REPORTED).answer_by == at(6, 11, 30)
        assert letter("紧急事项报告", samples.REPORTED, now=at(6, 12)).answer_by is None

    def test_an_emergency_with_a_plan_has_an_hour_to_be_under_control(self):
        told = words("紧急事项报告", emergency(state="已报告"))
        assert asked(told)[-1] == "风险未在2026年3月6日（周五）11:30 前得到控制的，上报总经理办公会。"

    def test_a_meeting_over_midnight_ends_on_the_next_day(self):
        told = words("会议通知", meeting(starts_at=at(10, 23), hours=2))
        assert facts(told)["会议时间"] == "2026年3月10日（周二）23:00至2026年3月11日（周三）01:00（2 小时）"


class TestRules:
    """Their numbers come from 时限规则."""

    def test_how_often_to_report_follows_the_urgency(self):
        row = problem(state="已分派")
        assert "请每 2 个工作日反馈一次" in asked(words("问题分派通知", row))[2]
        assert "本问题为紧急问题，请每个工作日反馈一次" in asked(words("问题分派通知", row | {"urgency": "紧急"}))[2]

    def test_another_number_is_told(self):
        row = problem(state="已分派")
        assert "请每 3 个工作日反馈一次" in asked(words("问题分派通知", row, Rules=rules(A11_一般={"amount": 3})))[2]
        told = words(
            "紧急事项报告", samples.REPORTED, Rules=rules(A20={"amount": 90, "unit": "分钟"}, A21={"amount": 1})
        )
        assert "2026年3月6日（周五）11:00 前批准应急方案" in asked(told)[0]
        assert "每小时报告一次" in asked(told)[1]

    def test_a_rule_that_is_off_is_not_told(self):
        off = {"is_active": "否"}
        told = words("问题分派通知", problem(state="已分派"), Rules=rules(A11_一般=off))
        assert asked(told)[2] == "遇重大风险，请随时上报；"
        told = words("紧急事项报告", samples.REPORTED, Rules=rules(A20=off, A21=off, A22=off))
        assert asked(told) == [
            "请组建应急小组，批准应急方案，明确各组职责和资源；",
            "有重大变化的，由应急小组组长随时报告。",
        ]

    def test_a_first_feedback_that_is_past_or_given_is_not_asked_for(self):
        for gone in ({"next_feedback": at(5)}, {"next_feedback": at(9), "last_feedback": at(4)}):
            assert asked(words("问题分派通知", problem(state="已分派", **gone)))[2].startswith(
                "请每 2 个工作日反馈一次"
            )


class TestTaskLists:
    def test_what_fits_no_sentence_is_told_in_the_words_of_the_cells(self):
        row = held(state="已分发", responsible="腾出环境-技术部*工程师；备用机房-数据部*分析师")
        told = words("会议纪要", row)
        assert not told.tables
        assert told.sections[1:] == (
            ("决议事项", ("1.技术部2026年3月12日前腾出环境",)),
            ("责任部门/人", ("腾出环境-技术部*工程师；备用机房-数据部*分析师",)),
            ("完成时间", ("腾出环境：2026-03-12",)),
        )

    def test_one_task_of_two_sentences_is_not_all(self):
        row = held(
            state="已分发",
            resolutions="1.技术部3月12日前腾出环境；2.财务部3月16日前提供样例",
            responsible="",
            deadlines="",
        )
        told = words("会议纪要", row, Tasks=[task(source="HY-2026-0001")])
        assert [line[0] for line in told.tables[0][2]] == ["技术部3月12日前腾出环境", "财务部3月16日前提供样例"]

    def test_cancelled_tasks_are_left_out(self):
        tasks = [
            task(source="HY-2026-0001"),
            task(id="RW-2026-0002", source="HY-2026-0001", title="旧任务", state="已取消"),
        ]
        assert [line[0] for line in words("会议纪要", held(), Tasks=tasks).tables[0][2]] == ["腾出环境"]

    def test_a_resolution_without_a_person_says_so(self):
        row = held(resolutions="1.腾出环境；2.提供样例", responsible="", deadlines="腾出环境：2026-03-12")
        assert [line[1:3] for line in words("会议纪要", row).tables[0][2]] == [
            ("未明确", "2026年3月12日（周四）下班前"),
            ("未明确", "未明确"),
        ]


class TestArchived:
    def test_the_last_case_of_a_matter_counts(self):
        cases = [samples.CASE, samples.CASE | {"id": "AL-2026-0002", "dossier": "archive/再次"}]
        told = facts(words("归档通知", done_coordination(state="已归档"), Cases=cases))
        assert (told["案例编号"], told["案卷位置"]) == ("AL-2026-0002", "archive/再次")

    def test_the_case_of_another_matter_does_not(self):
        told = facts(
            words("归档通知", done_coordination(state="已归档"), Cases=[samples.CASE | {"source": "XT-2026-0009"}])
        )
        assert "案例编号" not in told

    @pytest.mark.parametrize(
        ("on_time", "on_original", "told"),
        [
            ("是", "是", "按期"),
            ("是", "否", "按期（按延期后的时限）"),
            ("否", "否", "未按期"),
            ("是", "", "按期"),
            ("", "", None),
        ],
    )
    def test_punctuality_is_what_the_ledger_says(self, on_time, on_original, told):
        row = done_coordination(state="已归档", is_on_time=on_time, is_on_original=on_original)
        assert facts(words("归档通知", row)).get("按期情况") == told
