"""进度催报, 催办单, 逾期预警, 升级报告, 催办汇总, 涉密通知: what they are filled with, and what they say."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace

import pytest

from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.bundle import bundle
from coordination_xl.notices.letters.withheld import Withheld, withheld
from coordination_xl.notices.writer import Writer
from tests.notices.letter_samples import (
    ANSWER,
    BLUE,
    BUNDLE,
    EMERGENCY,
    ESCALATION,
    FEEDBACK,
    GOLDEN,
    HEAD,
    HOSTILE,
    INTERMEDIATE,
    LATE,
    RED,
    SAMPLES,
    SLIP,
    WITHHELD,
    at,
    golden,
)

WRITER = Writer(environment())


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_is_the_golden_one(name, suffix):
    """``python -m tests.notices.letter_samples`` writes them anew."""
    assert golden(WRITER.written(SAMPLES[name]))[suffix] == (GOLDEN / f"{name}.{suffix}").read_text(encoding="utf-8")


def test_every_golden_file_of_a_letter_is_compared():
    kinds = {name.partition("-")[0] for name in SAMPLES}
    found = {each.stem for each in GOLDEN.iterdir() if each.stem.partition("-")[0] in kinds}
    assert found == set(SAMPLES)


class TestWording:
    def text(self, letter) -> str:
        return WRITER.written(letter).text

    def test_to_a_person_you_to_others_the_name(self):
        assert "\n您负责的“完成计费系统回归测试”任务" in self.text(RED)
        assert "\n运营部*主管负责的“完成计费系统回归测试”任务" in self.text(SLIP)
        assert "\n“退货积压”问题的“问题审核分派”环节" in self.text(INTERMEDIATE)

    @pytest.mark.parametrize(
        ("letter", "said"),
        [
            (RED, "现予红色预警，请立即组织办理。"),
            (BLUE, "现予蓝色提醒，请提前安排。"),
            (INTERMEDIATE, "现予黄色预警，请当日办理。"),
            (FEEDBACK, "现予黄色预警，请当日补报进展。"),
            (SLIP, "现升级至部门负责人催办，请你部督促办理。"),
            (ESCALATION, "现升级至分管领导，请研究决定。"),
            (
                ANSWER,
                "《关于“新版计费系统上线前联调资源协调”的协调通知》（TZ-2026-0140）已超过答复时限，尚未收到答复。",
            ),
        ],
    )
    def test_each_light_and_rung_has_its_phrase(self, letter, said):
        assert said in self.text(letter)

    @pytest.mark.parametrize(
        ("letter", "said"),
        [
            (RED, "逾期仍未办结的，将于 3月19日（周四）升级至总经理办公会。"),
            (FEEDBACK, "逾期未反馈的，将于 3月19日（周四）升级至部门负责人。"),
            (INTERMEDIATE, "逾期仍未完成的，将于 3月20日（周五）升级至分管领导。"),
            (ANSWER, "逾期未答复的，将于 3月19日（周四）升级至部门负责人。"),
            (replace(RED, late=replace(LATE, next_at=at(18, 12))), "将于 3月18日（周三）12:00升级至总经理办公会。"),
        ],
    )
    def test_the_next_rung_and_its_day_come_last(self, letter, said):
        requests = self.text(letter).partition("【办理要求】\n")[2].partition("\n\n")[0].splitlines()
        assert requests[-1].endswith(said)

    @pytest.mark.parametrize("letter", [BLUE, EMERGENCY, replace(RED, late=replace(LATE, next_rung="", next_at=None))])
    def test_where_nobody_stands_higher_nothing_is_threatened(self, letter):
        assert "逾期未" not in self.text(letter)
        assert "将于" not in self.text(letter).partition("要求】" if letter is not EMERGENCY else "事项】")[2]

    @pytest.mark.parametrize(
        ("late", "said"),
        [
            (replace(LATE, workdays=5), "逾期情况：已逾期 5 个工作日（截至 3月18日（周三）09:30）"),
            (replace(LATE, workdays=None, hours=2.5), "逾期情况：已逾期 2.5 小时（截至"),
            (replace(LATE, workdays=0), "逾期情况：当日已逾时（截至"),
        ],
    )
    def test_how_late_is_told_in_working_days_or_hours(self, late, said):
        assert said in self.text(replace(RED, late=late))

    @pytest.mark.parametrize("clock", ["own", "feedback", "intermediate", "answer"])
    @pytest.mark.parametrize("kind", ["进度催报", "催办单", "逾期预警", "升级报告"])
    def test_every_kind_can_tell_of_every_clock(self, kind, clock):
        sample = ANSWER if clock == "answer" else RED
        done = WRITER.written(replace(sample, kind=kind, late=replace(sample.late, clock=clock)))
        assert done.words.requests
        assert all(text.rstrip("；。") for request in done.words.requests for text in request[:1])

    @pytest.mark.parametrize("name", SAMPLES)
    def test_a_list_of_requests_ends_in_one_full_stop(self, name):
        asked = ["".join(request) for request in WRITER.words(SAMPLES[name]).requests]
        assert [each[-1] for each in asked] == ["；"] * (len(asked) - 1) + ["。"]

    @pytest.mark.parametrize("name", SAMPLES)
    def test_tone_is_that_of_an_office(self, name):
        assert not re.search("！|尽快|高度重视|相关部门|大家|务必", self.text(SAMPLES[name]))

    @pytest.mark.parametrize("name", SAMPLES)
    def test_uses_only_what_gb2312_can_write(self, name):
        assert self.text(SAMPLES[name]).encode("gb2312")

    def test_an_extension_that_waits_is_said_instead_of_that_there_is_none(self):
        assert "延期申请 YQ-2026-0004 尚待审批" in self.text(ESCALATION)
        assert "也没有待审批的延期申请" in self.text(RED)
        assert "延期申请" not in self.text(EMERGENCY)

    def test_leaders_see_what_was_done_before(self):
        assert "此前已催办 2 次（见下表）。" in self.text(ESCALATION)
        assert "TZ-2026-0121" in self.text(ESCALATION)
        assert "此前" not in self.text(EMERGENCY)


class TestWithheld:
    SECRET = replace(HEAD, level="机密", record="WT-2026-0009", title=HOSTILE)

    def test_knows_no_content(self):
        made = withheld(self.SECRET, at(25))
        assert HOSTILE not in str(made)
        assert (made.title, made.kind, made.number) == ("WT-2026-0009", "涉密通知", HEAD.number)
        own = {each.name for each in dataclasses.fields(Withheld)} - {each.name for each in dataclasses.fields(HEAD)}
        assert own == {"due"}

    def test_tells_id_level_and_whom_to_ask_and_nothing_else(self):
        done = WRITER.written(withheld(self.SECRET))
        for shown in (done.subject, done.html, done.text):
            assert "WT-2026-0009" in shown
            assert "alert" not in shown
        assert "保密等级：机密" in done.text
        assert "联系综合管理部*主管（内线 8001）" in done.text
        assert "办理时限" not in done.text
        assert "办理时限：2026年3月25日（周三）18:00" in WRITER.written(withheld(self.SECRET, at(25))).text


class TestBundle:
    def test_red_comes_first_then_by_due_time_and_what_is_withheld_last(self):
        assert [(each.light, each.number) for each in BUNDLE.items] == [
            ("红", "TZ-2026-0153"), ("红", "TZ-2026-0157"), ("黄", "TZ-2026-0154"), ("蓝", "TZ-2026-0155"), ("", "TZ-2026-0161"),
        ]  # fmt: skip
        assert (BUNDLE.red, BUNDLE.yellow, BUNDLE.blue) == (2, 1, 1)

    def test_it_is_the_first_letter_and_no_matter_of_its_own(self):
        assert (BUNDLE.kind, BUNDLE.number, BUNDLE.record, BUNDLE.title) == ("催办汇总", "TZ-2026-0154", "", "")

    def test_has_the_highest_level_of_what_it_tells(self):
        def level(*letters) -> str:
            return bundle([(each, WRITER.words(each)) for each in letters]).level

        assert level(RED, replace(BLUE, level="秘密"), replace(SLIP, level="公开")) == "秘密"
        assert level(RED, WITHHELD) == "内部"
        assert level(WITHHELD, WITHHELD) == "机密"
        assert level(RED, replace(BLUE, level="核心")) == "核心"

    def test_every_reminder_is_told_with_its_own_number_fact_and_next_rung(self):
        text = WRITER.written(BUNDLE).text
        for letter in (RED, FEEDBACK, BLUE, ANSWER, WITHHELD):
            assert letter.number in text
            assert WRITER.words(letter).band in text
            assert letter.record in text
        assert text.count("升级至") == 3

    def test_the_first_moment_of_all_is_asked_for(self):
        assert BUNDLE.first_by == at(18)
        assert "最早的一件，请于 2026年3月18日（周三）18:00 前办理并反馈；" in WRITER.written(BUNDLE).text

    def test_of_a_withheld_matter_it_tells_the_id_alone(self):
        secret = withheld(replace(HEAD, level="机密", record="WT-2026-0009", title=HOSTILE))
        done = WRITER.written(bundle([(each, WRITER.words(each)) for each in (RED, secret)]))
        assert "alert" not in done.html + done.text
        assert "■ WT-2026-0009" in done.text
