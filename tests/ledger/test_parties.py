import time

import pandas as pd
import pytest

from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.parties import read_party
from coordination_xl.ledger.party_lists import read_parties


@pytest.fixture(scope="module")
def directory():
    return Directory.of(
        pd.DataFrame(
            {
                "department": ["客户服务部", "市场部", "市场部", "产品部", "数据部", "数据部", "研发中心", None],
                "department_aliases": ["客服部、客服；客诉组", "", "ＭＫＴ", None, "数据", None, "", ""],
                "person": ["*经理", "*专员", "李强", "主管", "*分析师", "张伟/数据主管", None, "赵总"],
            }
        )
    )


@pytest.mark.parametrize(
    ("text", "department", "person", "is_alias", "is_known_person"),
    [
        ("客户服务部*经理", "客户服务部", "经理", False, True),
        ("客户服务部＊经理", "客户服务部", "经理", False, True),
        ("客户服务部 * 经理", "客户服务部", "经理", False, True),
        ("\u3000客户服务部*经理\u200b", "客户服务部", "经理", False, True),
        ("客服部经理", "客户服务部", "经理", True, True),
        ("mkt李强", "市场部", "李强", True, True),
        ("市场部专员", "市场部", "专员", False, True),
        ("市场部长", "市场部", "部长", False, False),
        ("数据部", "数据部", None, False, False),
        ("数据部*", "数据部", None, False, False),
        ("数据部张*", "数据部", "张*", False, True),
        ("数据部数据主管", "数据部", "数据主管", False, True),
        ("市场部-李强", "市场部", "李强", False, True),
        ("市场部/李强", "市场部", "李强", False, True),
        ("市场部：李强", "市场部", "李强", False, True),
        ("市场部（李强）", "市场部", "李强", False, True),
        ("李强（市场部）", "市场部", "李强", False, True),
        ("李强-市场部", "市场部", "李强", False, True),
        ("王芳（市场部）", "市场部", "王芳", False, False),
    ],
)
def test_known_departments_are_read_with_their_people(directory, text, department, person, is_alias, is_known_person):
    party = read_party(text, directory)
    assert (party.department, party.person) == (department, person)
    assert (party.is_alias, party.is_known_person, party.is_known_department) == (is_alias, is_known_person, True)
    assert not party.is_collective


def test_an_alias_keeps_what_was_typed(directory):
    party = read_party("客服部经理", directory)
    assert (party.department, party.typed_department, party.text) == ("客户服务部", "客服部", "客服部经理")


@pytest.mark.parametrize(
    ("text", "department", "person"),
    [
        ("法务处张三", "法务处", "张三"),
        ("总经理办公会", "总经理办公会", None),
        ("办公室主任", "办公室", "主任"),
        ("财务部会计", "财务部", "会计"),
        ("研发与测试部", "研发与测试部", None),
        ("数据分析中心王芳", "数据分析中心", "王芳"),
        ("研发中心测试部李四", "研发中心测试部", "李四"),
        ("技术部长", "技术部", "部长"),
    ],
)
def test_unknown_departments_are_told_by_their_suffix(directory, text, department, person):
    party = read_party(text, directory)
    assert (party.department, party.person, party.is_known_department) == (department, person, False)


@pytest.mark.parametrize("text", ["李科", "会计", "部门负责人", "张三"])
def test_a_name_that_only_ends_like_a_department_is_a_person(directory, text):
    party = read_party(text, directory)
    assert (party.department, party.person, party.is_known_person) == (None, text, False)


def test_a_bare_name_is_known_if_exactly_one_person_answers_to_it(directory):
    assert read_party("张*", directory).is_known_person
    assert read_party("李强", directory).is_known_person
    assert not read_party("王*", directory).is_known_person
    assert read_party("赵总", directory).is_known_person


@pytest.mark.parametrize(
    "text", ["全体", "大家", "各部门", "相关部门", "所有人", "各部门*对接人", "全体员工", "每个人"]
)
def test_everybody_is_nobody(directory, text):
    party = read_party(text, directory)
    assert party.is_collective
    assert (party.department, party.person) == (None, None)


@pytest.mark.parametrize("text", ["市场部全体", "市场部全体成员", "市场部各对接人"])
def test_everybody_of_a_department_is_nobody_of_that_department(directory, text):
    party = read_party(text, directory)
    assert (party.department, party.person, party.is_collective) == ("市场部", None, True)


@pytest.mark.parametrize("text", ["", "  ", "*", "/"])
def test_nothing_is_a_party_of_nothing(directory, text):
    party = read_party(text, directory)
    assert (party.department, party.person, party.is_recognised) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("市场部专员、产品部主管、数据部*分析师", [("市场部", "专员"), ("产品部", "主管"), ("数据部", "分析师")]),
        ("市场部专员；\n客服部经理，数据部", [("市场部", "专员"), ("客户服务部", "经理"), ("数据部", None)]),
        ("市场部和数据部", [("市场部", None), ("数据部", None)]),
        ("市场部李强和数据部张伟", [("市场部", "李强"), ("数据部", "张伟")]),
        ("市场部及数据部以及产品部主管", [("市场部", None), ("数据部", None), ("产品部", "主管")]),
        ("市场部/产品部/数据部", [("市场部", None), ("产品部", None), ("数据部", None)]),
        ("市场部/李强", [("市场部", "李强")]),
        ("研发与测试部", [("研发与测试部", None)]),
        ("市场部李和平", [("市场部", "李和平")]),
        ("市场部（王芳、李强）", [("市场部", "王芳"), ("市场部", "李强")]),
        ("市场部专员、李强", [("市场部", "专员"), ("市场部", "李强")]),
        ("市场部专员、张三", [("市场部", "专员"), (None, "张三")]),
        ("王芳和李四", [(None, "王芳和李四")]),
        ("市场部、、；", [("市场部", None)]),
        ("", []),
    ],
)
def test_lists_are_split_only_between_parties(directory, text, parties):
    assert [(party.department, party.person) for party in read_parties(text, directory)] == parties


def test_a_known_name_with_a_conjunction_is_not_split():
    directory = Directory.of(pd.DataFrame({"department": ["市场部", "市场部与品牌部"], "person": [None, None]}))
    assert [p.department for p in read_parties("市场部与品牌部和市场部", directory)] == ["市场部与品牌部", "市场部"]


def test_an_alias_that_two_departments_claim_names_neither():
    contacts = pd.DataFrame(
        {"department": ["客户服务部", "客户成功部"], "department_aliases": ["客服部", "客服部"], "person": ["甲", "乙"]}
    )
    directory = Directory.of(contacts)
    assert directory.ambiguous_aliases == ("客服部",)
    assert not read_party("客服部甲", directory).is_known_department


def test_a_department_s_own_name_beats_another_s_alias():
    contacts = pd.DataFrame(
        {"department": ["数据部", "数据中心"], "department_aliases": ["数据中心", ""], "person": ["甲", "乙"]}
    )
    assert Directory.of(contacts).department("数据中心") == "数据中心"


@pytest.mark.parametrize("pattern", ["甲-", "市场部和", "(", "李强、", "部"])
def test_a_full_cell_of_nonsense_is_read_without_delay(directory, pattern):
    start = time.process_time()
    assert read_parties(pattern * (30_000 // len(pattern)), directory)
    assert time.process_time() - start < 3


def test_an_empty_directory_knows_nobody_and_loses_nothing():
    party = read_party("市场部专员", Directory.empty())
    assert (party.department, party.person, party.is_known_department) == ("市场部", "专员", False)


def test_a_mask_that_fits_two_people_finds_neither():
    contacts = pd.DataFrame({"department": ["数据部"] * 2, "person": ["张伟", "张三"]})
    assert Directory.of(contacts).person("数据部", "张*") is None


def test_contacts_without_a_person_column_are_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        Directory.of(pd.DataFrame({"department": ["市场部"]}))
