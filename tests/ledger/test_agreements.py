import datetime as dt

import pandas as pd
import pytest

from coordination_xl.ledger.agreed_tasks import AgreementColumn, ContradictionKind, TaskNote
from coordination_xl.ledger.agreements import read_agreement
from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.relative_dates import RelativeDue, RelativeUnit

DIRECTORY = Directory.of(
    pd.DataFrame(
        {
            "department": ["客户服务部", "市场部", "市场部", "产品部", "数据部", "数据部"],
            "department_aliases": ["客服部", "", "", "", "", ""],
            "person": ["*经理", "*专员", "李强", "主管", "*分析师", "张伟"],
        }
    )
)
ANCHOR = dt.date(2023, 10, 20)
AGREED = "1.市场部10月18日前提供用户画像;2.数据部10月25日前完成分析;3.客服部负责问卷发放"
RESPONSIBLE = "用户画像-市场部专员;数据分析-数据部分析师"
DEADLINES = "用户画像:2023-10-18;数据分析:2023-10-25"


def read(agreement, responsible="", deadlines=None, acceptance=None, anchor=ANCHOR):
    return read_agreement(agreement, responsible, deadlines, acceptance, anchor=anchor, directory=DIRECTORY)


def who(agreement):
    return [(task.party.department, task.party.person) if task.party else None for task in agreement.tasks]


def due(agreement):
    return [task.due.date().isoformat() if task.due else None for task in agreement.tasks]


def kinds(agreement):
    return [(contradiction.kind, contradiction.task) for contradiction in agreement.contradictions]


@pytest.mark.parametrize(
    "responsible", [RESPONSIBLE, "数据分析-数据部分析师;用户画像-市场部专员", "市场部专员、数据部分析师"]
)
@pytest.mark.parametrize("deadlines", [DEADLINES, "数据分析:2023-10-25；用户画像:2023-10-18", "2023-10-18；2023-10-25"])
def test_the_seed_agreement_gives_three_tasks_of_which_the_third_breaks_b5(responsible, deadlines):
    agreement = read(AGREED, responsible, deadlines)
    assert who(agreement) == [("市场部", "专员"), ("数据部", "分析师"), ("客户服务部", None)]
    assert due(agreement) == ["2023-10-18", "2023-10-25", None]
    assert [task.number for task in agreement.tasks] == [1, 2, 3]
    assert [task.notes for task in agreement.tasks] == [
        (),
        (),
        (TaskNote.NO_PERSON, TaskNote.ALIAS, TaskNote.NO_DEADLINE),
    ]
    assert kinds(agreement) == [(ContradictionKind.COUNT_DIFFERS, None)] * 2
    assert [(c.left.text, c.right.text) for c in agreement.contradictions] == [("3", "2")] * 2
    assert agreement.orphans == ()


def test_the_seed_agreement_s_tasks_are_named_by_their_labels():
    agreement = read(AGREED, RESPONSIBLE, DEADLINES)
    assert [task.title for task in agreement.tasks] == ["用户画像", "数据分析", "问卷发放"]
    assert agreement.tasks[0].text == "市场部10月18日前提供用户画像"
    assert [task.due_from for task in agreement.tasks] == [AgreementColumn.DEADLINES, AgreementColumn.DEADLINES, None]
    assert agreement.tasks[2].party_from is AgreementColumn.AGREEMENT


def test_without_the_other_columns_the_sentences_speak_for_themselves():
    agreement = read(AGREED)
    assert [task.title for task in agreement.tasks] == ["提供用户画像", "完成分析", "问卷发放"]
    assert due(agreement) == ["2023-10-18", "2023-10-25", None]
    assert [task.due_is_yearless for task in agreement.tasks] == [True, True, False]
    assert agreement.contradictions == ()


def test_a_yearless_date_without_anchor_is_noted_and_not_guessed():
    task = read("市场部10月18日前提供用户画像", anchor=None).tasks[0]
    assert task.due is None
    assert TaskNote.DEADLINE_UNREADABLE in task.notes


def test_a_yearless_date_does_not_contradict_the_same_day_of_any_year():
    assert kinds(read("市场部10月18日前提供用户画像", "市场部李强", "2025-10-18")) == []


def test_dates_that_differ_are_a_contradiction_and_the_deadline_column_wins():
    agreement = read(AGREED, RESPONSIBLE, "用户画像:2023-10-18;数据分析:2023-10-26")
    assert due(agreement) == ["2023-10-18", "2023-10-26", None]
    assert (ContradictionKind.DATE_DIFFERS, 1) in kinds(agreement)
    found = agreement.contradictions[-1]
    assert (found.left.column, found.left.text) == (AgreementColumn.AGREEMENT, "数据部10月25日前完成分析")
    assert (found.right.column, found.right.text) == (AgreementColumn.DEADLINES, "数据分析：2023-10-26")


def test_departments_that_differ_are_a_contradiction_and_the_responsible_column_wins():
    agreement = read("市场部提供用户画像", "用户画像-产品部主管")
    assert who(agreement) == [("产品部", "主管")]
    assert kinds(agreement) == [(ContradictionKind.DEPARTMENT_DIFFERS, 0)]


def test_an_alias_is_no_contradiction():
    assert kinds(read("客服部负责问卷发放", "问卷发放-客户服务部经理")) == []


def test_persons_that_differ_are_a_contradiction_but_a_mask_is_not():
    assert kinds(read("市场部李强提供用户画像", "市场部专员")) == [(ContradictionKind.PERSON_DIFFERS, 0)]
    assert kinds(read("数据部张伟完成分析", "数据部张*")) == []


def test_entries_that_fit_no_task_are_orphans_with_their_column():
    agreement = read("市场部提供用户画像", "用户画像-市场部李强；海报设计-产品部主管", "用户画像：1周内；海报：2月30日")
    assert [(orphan.column, orphan.text) for orphan in agreement.orphans] == [
        (AgreementColumn.RESPONSIBLE, "海报设计：产品部主管"),
        (AgreementColumn.DEADLINES, "海报：2月30日"),
    ]


def test_without_an_agreement_everything_else_is_an_orphan():
    agreement = read("", "市场部李强", dt.date(2023, 10, 18), "通过")
    assert agreement.tasks == ()
    assert [orphan.text for orphan in agreement.orphans] == ["市场部李强", "2023-10-18", "通过"]


def test_one_entry_without_a_label_goes_for_every_task_that_lacks_one():
    agreement = read("提供用户画像；完成分析", "市场部李强", dt.date(2023, 10, 31))
    assert who(agreement) == [("市场部", "李强")] * 2
    assert due(agreement) == ["2023-10-31"] * 2
    assert {task.notes for task in agreement.tasks} == {(TaskNote.SHARED_PARTY, TaskNote.SHARED_DEADLINE)}
    assert due(read(AGREED, RESPONSIBLE, dt.date(2023, 10, 31))) == ["2023-10-18", "2023-10-25", "2023-10-31"]


def test_unlabelled_entries_of_equal_number_go_by_their_place_and_say_so():
    agreement = read("提供用户画像；完成分析", "李强；张伟")
    assert [task.party.person for task in agreement.tasks] == ["李强", "张伟"]
    assert all(TaskNote.MATCHED_BY_ORDER in task.notes for task in agreement.tasks)


def test_a_relative_deadline_is_kept_unresolved():
    task = read("法务部1周内完成合同审核").tasks[0]
    assert (task.due, task.relative) == (None, RelativeDue(1, RelativeUnit.WEEK))
    assert TaskNote.RELATIVE_DEADLINE in task.notes


@pytest.mark.parametrize("text", ["尽快", "2月30日", "10月18日前后", "10月18日后", "10-18"])
def test_a_deadline_that_is_no_date_is_noted(text):
    for deadlines in (text, f"用户画像：{text}"):
        task = read("市场部李强提供用户画像", "", deadlines).tasks[0]
        assert (task.due, task.notes) == (None, (TaskNote.DEADLINE_UNREADABLE,))


def test_an_unreadable_deadline_leaves_the_sentence_s_own_date_and_is_noted():
    agreement = read("市场部李强10月18日前提供用户画像", "", "用户画像：尽快")
    assert due(agreement) == ["2023-10-18"]
    assert agreement.tasks[0].notes == (TaskNote.DEADLINE_UNREADABLE,)


def test_an_unreadable_deadline_cell_is_noted_too():
    assert TaskNote.DEADLINE_UNREADABLE in read("市场部李强提供用户画像", "", 12.5).tasks[0].notes


def test_several_dates_without_a_limit_are_no_deadline():
    task = read("市场部李强10月18日启动、10月25日评审").tasks[0]
    assert task.due is None
    assert task.notes == (TaskNote.NO_DEADLINE, TaskNote.SEVERAL_DATES)


def test_a_date_from_which_something_runs_is_no_deadline():
    assert read("市场部李强10月18日后启动调研").tasks[0].notes == (TaskNote.NO_DEADLINE,)
    assert due(read("市场部李强10月18日起调研，10月25日完成")) == ["2023-10-25"]


def test_everybody_is_nobody():
    assert read("各部门10月18日前提交名单").tasks[0].notes == (TaskNote.COLLECTIVE,)


def test_a_task_of_nobody_is_noted():
    assert read("提供用户画像").tasks[0].notes == (TaskNote.NO_PARTY, TaskNote.NO_DEADLINE)


def test_two_departments_in_one_task_are_noted():
    task = read("市场部和数据部共同完成报告").tasks[0]
    assert task.party.department == "市场部"
    assert TaskNote.SEVERAL_PARTIES in task.notes


def test_a_department_that_heads_a_numbered_list_acts_in_each_item():
    agreement = read("市场部：1.提供用户画像；2.清洗数据；数据部：1.完成分析")
    assert who(agreement) == [("市场部", None), ("市场部", None), ("数据部", None)]
    assert [task.title for task in agreement.tasks] == ["提供用户画像", "清洗数据", "完成分析"]


def test_acceptance_goes_to_its_task_or_else_to_all():
    assert [t.acceptance for t in read(AGREED, "", None, "用户画像：三类客群").tasks] == ["三类客群", "", ""]
    shared = read(AGREED, "", None, "按期完成").tasks
    assert {task.acceptance for task in shared} == {"按期完成"}
    assert all(TaskNote.SHARED_ACCEPTANCE in task.notes for task in shared)
    assert read("提供画像", "", None, "三类客群；附数据").tasks[0].acceptance == "三类客群；附数据"


@pytest.mark.parametrize(
    "responsible", ["市场部专员：用户画像；数据部-张伟", "用户画像→市场部专员\n数据分析→数据部张伟"]
)
def test_labels_may_stand_on_either_side(responsible):
    assert who(read(AGREED, responsible))[:2] == [("市场部", "专员"), ("数据部", "张伟")]


def test_a_person_alone_gets_the_department_of_the_sentence():
    party = read("市场部提供用户画像", "用户画像-李强").tasks[0].party
    assert (party.department, party.person, party.is_known_person) == ("市场部", "李强", True)


@pytest.mark.parametrize(
    ("sentence", "department", "person", "title"),
    [
        ("市场部王芳10月18日前提供用户画像", "市场部", "王芳", "提供用户画像"),
        ("由市场部李强负责用户画像", "市场部", "李强", "用户画像"),
        ("用户画像由市场部负责", "市场部", None, "用户画像"),
        ("用户画像（市场部负责）", "市场部", None, "用户画像"),
        ("10月18日前市场部*专员提供用户画像", "市场部", "专员", "提供用户画像"),
        ("市场部高效完成调研", "市场部", None, "高效完成调研"),
    ],
)
def test_the_actor_of_a_sentence_is_found_and_the_rest_is_its_title(sentence, department, person, title):
    task = read(sentence).tasks[0]
    assert (task.party.department, task.party.person, task.title) == (department, person, title)


@pytest.mark.parametrize("sentence", ["提供用户画像给市场部", "完成内部评审", "把数据发给数据部"])
def test_a_department_that_is_only_mentioned_does_not_act(sentence):
    assert read(sentence).tasks[0].party is None
