import pandas as pd
import pytest

from coordination_xl.ledger.directories import Directory
from coordination_xl.ledger.mentions import find_mentions
from tests.builders import CONTACTS

DIRECTORY = Directory.of(pd.DataFrame(list(CONTACTS)))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("市场部10月18日前提供用户画像，数据部*分析师配合", [("市场部", None), ("数据部", "分析师")]),
        ("技术部工程师与财务部会计对账", [("技术部", "工程师"), ("财务部", "会计")]),
        ("由客服部会同技术部（工程师）处理", [("客户服务部", None), ("技术部", "工程师")]),
        ("市场部提供画像，市场部审核", [("市场部", None)]),
        ("研发中心测试部配合", []),
        ("整理客服热线的来电", []),
        ("", []),
    ],
)
def test_departments_of_the_directory_are_found_wherever_they_stand(text, named):
    assert [(party.department, party.person) for party in find_mentions(text, DIRECTORY)] == named
