import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination_xl.errors import UsageError
from coordination_xl.ledger.parts import Part, read_parts, write_parts

SEED = {
    "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放": [
        (1, "", "市场部10月18日前提供用户画像"),
        (2, "", "数据部10月25日前完成分析"),
        (3, "", "客服部负责问卷发放"),
    ],
    "用户画像-市场部专员;数据分析-数据部分析师": [(None, "用户画像", "市场部专员"), (None, "数据分析", "数据部分析师")],
    "用户画像:2023-10-18;数据分析:2023-10-25": [(None, "用户画像", "2023-10-18"), (None, "数据分析", "2023-10-25")],
    "市场部:需明确调研范围;数据部:需样本量≥1000;争议点:调研周期": [
        (None, "市场部", "需明确调研范围"),
        (None, "数据部", "需样本量≥1000"),
        (None, "争议点", "调研周期"),
    ],
    "1周内完成调研方案;2周内完成数据收集与分析": [
        (None, "", "1周内完成调研方案"),
        (None, "", "2周内完成数据收集与分析"),
    ],
    "10月18日:市场部已提交用户画像": [(None, "10月18日", "市场部已提交用户画像")],
    "市场部专员、产品部主管、数据部*分析师": [(None, "", "市场部专员、产品部主管、数据部*分析师")],
    "若数据样本不足,需延长3天分析周期": [(None, "", "若数据样本不足,需延长3天分析周期")],
}


def read(text):
    return [(part.number, part.label, part.text) for part in read_parts(text)]


@pytest.mark.parametrize(("text", "parts"), SEED.items())
def test_the_seeds_texts_are_taken_apart_to_the_letter(text, parts):
    assert read(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "1.甲事；2.乙事；3.丙事",
        "1、甲事\n2、乙事\n3、丙事",
        "１．甲事；２．乙事；３．丙事",
        "1)甲事;2)乙事;3)丙事",
        "（1）甲事（2）乙事（3）丙事",
        "①甲事②乙事③丙事",
        "一、甲事；二、乙事；三、丙事",
        "（一）甲事\r\n（二）乙事\r\n（三）丙事",
        "第一，甲事；第二，乙事；第三，丙事",
        "一是甲事；二是乙事；三是丙事",
        "1.甲事 2.乙事 3.丙事",
        " 1. 甲事 ；\n\n 2. 乙事；；3. 丙事； ",
    ],
)
def test_every_kind_of_numbering_gives_the_same_items(text):
    assert read(text) == [(1, "", "甲事"), (2, "", "乙事"), (3, "", "丙事")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.甲;含年龄;2.乙", [(1, "", "甲;含年龄"), (2, "", "乙")]),
        ("1.甲：（1）a；（2）b；2.乙", [(1, "甲", "（1）a；（2）b"), (2, "", "乙")]),
        ("1.10月18日前甲", [(1, "", "10月18日前甲")]),
        ("1.2023-10-18前甲", [(1, "", "2023-10-18前甲")]),
        ("1.5万元预算；2.3万元", [(None, "", "1.5万元预算"), (None, "", "2.3万元")]),
        ("1、2月数据汇总", [(None, "", "1、2月数据汇总")]),
        ("共识：1.甲；2.乙", [(None, "共识", ""), (1, "", "甲"), (2, "", "乙")]),
        (
            "市场部:1.甲;2.乙;数据部:1.丙",
            [(None, "市场部", ""), (1, "", "甲"), (2, "", "乙"), (None, "数据部", ""), (1, "", "丙")],
        ),
        ("1.甲；1.乙；5.丙", [(1, "", "甲"), (1, "", "乙"), (5, "", "丙")]),
        ("1.", [(1, "", "")]),
    ],
)
def test_only_the_list_s_own_numbers_begin_items(text, parts):
    assert read(text) == parts


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("用户画像：2023-10-18", "用户画像", "2023-10-18"),
        ("用户画像-2023-10-18", "用户画像", "2023-10-18"),
        ("用户画像 — 市场部", "用户画像", "市场部"),
        ("用户画像——市场部", "用户画像", "市场部"),
        ("用户画像–市场部", "用户画像", "市场部"),
        ("用户画像→市场部", "用户画像", "市场部"),
        ("版本2:2023-10-18", "版本2", "2023-10-18"),
        ("阶段1:10月18日", "阶段1", "10月18日"),
        ("阶段1-10月18日", "阶段1", "10月18日"),
        ("用户画像:", "用户画像", ""),
        ("用户画像:2023-10-18 18:00", "用户画像", "2023-10-18 18:00"),
        ("2023-10-18", "", "2023-10-18"),
        ("18:00", "", "18:00"),
        ("会议18:00-19:00", "", "会议18:00-19:00"),
        ("3-5人", "", "3-5人"),
        ("比例1:2", "", "比例1:2"),
        ("A-B测试", "", "A-B测试"),
        ("见http://a.b/c", "", "见http://a.b/c"),
        ("数据（口径:A）", "", "数据（口径:A）"),
        ("双方约定，即：甲", "", "双方约定，即：甲"),
        ("-5%", "", "-5%"),
    ],
)
def test_labels_end_at_separators_that_are_no_dates_times_or_words(text, label, rest):
    assert read(text) == [(None, label, rest)]


@pytest.mark.parametrize("text", ["", "  ", "；；\n", "\u3000"])
def test_nothing_has_no_parts(text):
    assert read(text) == []


WORDS = st.text(alphabet="市场部数据分析用户画像提供完成AB", min_size=1, max_size=8)
TEXTS = WORDS | st.dates().map(str) | st.sampled_from(["10月18日前", "3-5人", "1.5万元", "18:00", "市场部、数据部", ""])
LABELLED = st.tuples(WORDS, TEXTS)
PLAIN = st.tuples(st.just(""), WORDS | st.sampled_from(["10月18日前", "3-5人", "18:00"]))


@settings(max_examples=300)
@given(st.lists(LABELLED | PLAIN, max_size=6), st.booleans())
def test_what_is_written_is_read_back(pairs, is_numbered):
    parts = tuple(Part(i if is_numbered else None, label, text) for i, (label, text) in enumerate(pairs, 1))
    assert read_parts(write_parts(parts)) == parts


@pytest.mark.parametrize(
    "part", [Part(None, "", "甲；乙"), Part(None, "", "1.甲"), Part(None, "", "甲：乙"), Part(None, "", "")]
)
def test_a_part_that_could_not_be_read_back_is_refused(part):
    with pytest.raises(UsageError):
        write_parts([part])


@settings(max_examples=300)
@given(st.text(alphabet="1234.、；;（）()①②一二是第，,：:-—甲乙 \n月日", max_size=30))
def test_no_character_of_meaning_is_ever_lost(text):
    kept = "".join(f"{part.label}{part.text}" for part in read_parts(text))
    assert all(text.count(c) == kept.count(c) for c in "甲乙月日")
