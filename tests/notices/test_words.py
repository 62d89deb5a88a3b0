"""The words of a notice: every variable is a field, a user's own go first, what is wrong is told by file, line and field."""

from __future__ import annotations

from dataclasses import fields

import pytest
from jinja2 import meta, nodes

from coordination_xl.errors import BrokenTemplate
from coordination_xl.notices.environment import environment
from coordination_xl.notices.letters.kinds import LETTERS
from coordination_xl.notices.letters.letter import names
from coordination_xl.notices.letters.reminders import Lateness
from coordination_xl.notices.words import Words, words_of
from coordination_xl.notices.writer import PAGE, SUBJECT, TEXT, WORD_NAMES, Writer
from coordination_xl.schema.vocabulary import NOTICE_KIND
from tests.notices.letter_samples import EVERY_KIND, HEAD, RED

WORDS = "words.txt"
TEMPLATES = environment()
WRITER = Writer(TEMPLATES)
every_kind = pytest.mark.parametrize("kind", LETTERS)
every_letter = pytest.mark.parametrize("name", EVERY_KIND)


@pytest.fixture
def own(tmp_path):
    """A writer with templates of the user's own beside the workbook."""

    def writer(**files: str) -> Writer:
        for name, content in files.items():
            place = tmp_path / "templates" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
        return Writer(environment(tmp_path))

    return writer


def trees(name: str) -> list[nodes.Template]:
    """A template and all that it takes in."""
    tree = TEMPLATES.parse(TEMPLATES.loader.get_source(TEMPLATES, name)[0])
    return [tree, *(each for taken in meta.find_referenced_templates(tree) for each in trees(taken))]


def asked_by(name: str) -> set[str]:
    """What a template, with all that it takes in, does not know by itself."""
    found, own = set(), {"self"}
    for tree in trees(name):
        found |= meta.find_undeclared_variables(tree)
        own |= {macro.name for macro in tree.find_all(nodes.Macro)}
        for assign in tree.find_all((nodes.Assign, nodes.AssignBlock)):
            own |= {
                each.name
                for each in [assign.target, *assign.target.find_all(nodes.Name)]
                if isinstance(each, nodes.Name)
            }
        for taken in tree.find_all(nodes.FromImport):
            own |= {each if isinstance(each, str) else each[1] for each in taken.names}
    return found - own


def attributes_of(name: str, variable: str) -> set[str]:
    """Which attributes of a variable a template, with all that it takes in, asks for."""
    return {
        each.attr
        for tree in trees(name)
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name) and each.node.name == variable
    }


class TestModels:
    def test_every_kind_but_the_digest_is_a_letter(self):
        assert set(LETTERS) == {*NOTICE_KIND.words, "催办汇总", "涉密通知"} - {"周报"}

    @every_kind
    def test_words_ask_for_fields_of_their_letter_alone(self, kind):
        assert asked_by(f"{kind}/{WORDS}") <= set(names(LETTERS[kind].model))

    @every_kind
    @pytest.mark.parametrize("file", [PAGE, TEXT, SUBJECT])
    def test_layouts_ask_for_words_and_fields_alone(self, kind, file):
        asked = asked_by(f"{kind}/{file}")
        assert asked <= {*WORD_NAMES, *names(LETTERS[kind].model)}
        assert {"title", "number"} <= asked

    @every_kind
    def test_a_reminder_is_asked_only_for_what_lateness_has(self, kind):
        assert attributes_of(f"{kind}/{WORDS}", "late") <= {field.name for field in fields(Lateness)}

    @every_kind
    def test_there_is_a_sample_of_it(self, kind):
        assert kind in {letter.kind for letter in EVERY_KIND.values()}

    @every_letter
    def test_a_letter_is_of_the_model_of_its_kind(self, name):
        letter = EVERY_KIND[name]
        assert type(letter) is LETTERS[letter.kind].model

    def test_the_walk_finds_what_is_missing(self):
        """Or the tests above could not fail."""
        assert asked_by("逾期预警/words.txt") >= {"late", "responsible", "noun"}
        assert attributes_of("逾期预警/words.txt", "late") >= {"light", "due", "next_rung"}
        assert "font" not in asked_by("逾期预警/page.html")


class TestUsersOwn:
    def test_one_file_of_theirs_goes_before_the_shipped_one(self, own):
        done = own(**{"逾期预警/subject.txt": "自定 {{ number }}"}).written(RED)
        assert done.subject == "自定 TZ-2026-0153"
        assert done.html == WRITER.written(RED).html

    def test_their_words_change_page_text_and_subject_alike(self, own):
        words = '{% set title = "关于" ~ record ~ "的事" %}{% set opening = ["一", "二"] %}'
        done = own(**{"逾期预警/words.txt": words}).written(RED)
        assert done.subject == "【逾期预警】关于RW-2026-0031的事（TZ-2026-0153）"
        assert "关于RW-2026-0031的事" in done.html
        assert "\n一\n二\n" in done.text
        assert "【办理要求】" not in done.text

    def test_a_field_that_is_not_there_is_told_with_file_line_and_those_that_are(self, own, tmp_path):
        with pytest.raises(BrokenTemplate) as fault:
            own(**{"逾期预警/words.txt": "\n{% set title = titel %}"}).words(RED)
        assert fault.value.where == f"模板 {tmp_path}/templates/逾期预警/words.txt 第 2 行"
        assert fault.value.what == "无法使用：没有“titel”这个字段"
        there = fault.value.remedy.removeprefix("可用的字段：").partition("。")[0].split("、")
        assert there == list(names(type(RED)))

    @pytest.mark.parametrize("line", [2, 4, 30])
    @pytest.mark.parametrize("mistake", ['{% set a = ["a" ~ nosuch] %}', "{{ nosuch }}", "{% set a = 1 // 0 %}"])
    def test_a_mistake_is_told_by_its_own_line(self, own, line, mistake):
        with pytest.raises(BrokenTemplate, match=rf"words\.txt 第 {line} 行"):
            own(**{"逾期预警/words.txt": "\n" * (line - 1) + mistake + "\n{% set title = 1 %}\n"}).words(RED)

    def test_a_field_that_a_shared_file_asks_for_is_told_there(self, own):
        files = {"_base/reminding.txt": "\n\n{% set alarm = nobody %}"}
        words = (
            '{% from "_base/reminding.txt" import alarm with context %}{% set title = "x" %}{% set opening = [alarm] %}'
        )
        with pytest.raises(BrokenTemplate, match=r"_base/reminding\.txt 第 3 行：无法使用：没有“nobody”这个字段"):
            own(**files | {"逾期预警/words.txt": words}).words(RED)

    def test_a_field_of_lateness_that_is_not_there_is_told_with_those_that_are(self, own):
        with pytest.raises(BrokenTemplate, match=r"没有“dew”这个字段。可用的字段：light、clock、rule、"):
            own(**{"逾期预警/words.txt": "{% set title = late.dew %}"}).words(RED)

    def test_a_page_that_asks_for_what_is_not_there_is_told(self, own):
        with pytest.raises(BrokenTemplate, match=r"page\.html 第 1 行：无法使用：没有“nix”这个字段"):
            own(**{"逾期预警/page.html": "{{ nix }}"}).page(RED)

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            ("{% set title = 'x' %}", "没有设置“opening”"),
            ("{% set title = 'x' %}{% set opening = 'abc' %}", "“abc”应是一个列表"),
            ("{% set title = 'x' %}{% set opening = [] %}{% set tone = '紫' %}", "tone 应为：红、黄、蓝、平"),
            (
                "{% set title = 'x' %}{% set opening = [] %}{% set requests = [('一', '二')] %}",
                "“一、二”应有 3 项，而不是 2 项",
            ),
        ],
    )
    def test_words_of_another_shape_are_told(self, own, words, reason):
        with pytest.raises(BrokenTemplate, match=r"逾期预警/words\.txt") as fault:
            own(**{"逾期预警/words.txt": words}).words(RED)
        assert reason in str(fault.value)


class TestWords:
    def words(self, own, tmp_path, content: str) -> Words:
        own(**{"X/words.txt": content})
        return words_of(environment(tmp_path), "X", {"cell": "甲\n乙"})

    def test_blank_facts_are_left_out_and_a_request_may_be_a_text(self, own, tmp_path):
        found = self.words(
            own,
            tmp_path,
            '{% set title = cell %}{% set opening = [cell] %}{% set facts = [("一", " "), ("二", 2, true), ("三", cell)] %}'
            '{% set requests = ["只有话", ("前", "时", "后")] %}',
        )
        assert found == Words(
            title="甲 乙",
            opening=("甲\n乙",),
            facts=(("二", "2", True), ("三", "甲\n乙", False)),
            requests=(("只有话", "", ""), ("前", "时", "后")),
            mark="X",
        )


def test_context_gives_words_over_fields():
    words = WRITER.words(RED)
    given = WRITER.context(RED, words)
    assert given["title"] == words.title == "关于“完成计费系统回归测试”的逾期预警"
    assert (given["number"], given["responsible"]) == (HEAD.number, "运营部*主管")
    assert set(given) == {*WORD_NAMES, *names(type(RED))}
