import pytest

from coordination_xl.ledger.deliverables import read_deliverable


@pytest.mark.parametrize(
    ("gist", "deliverable"),
    [
        ("提供用户画像", "用户画像"),
        ("提供出货底表", "出货底表"),
        ("向财务部提供对账样例", "对账样例"),
        ("完成调研方案，并提交总结报告", "总结报告"),
        ("完成数据分析报告", "数据分析报告"),
        ("修订投诉管理办法", "投诉管理办法"),
        ("拟定质量协议（含召回条款）", "质量协议"),
        ("完成清单核对，交付物：核对表一份", "核对表一份"),
    ],
)
def test_what_is_handed_over_is_read(gist, deliverable):
    assert read_deliverable(gist) == deliverable


@pytest.mark.parametrize(
    "gist", ["完成分析", "问卷发放", "提供给市场部的画像", "报告进展", "提交", "审核参展合同", "", "提供" + "很" * 60]
)
def test_nothing_is_guessed(gist):
    assert read_deliverable(gist) == ""
