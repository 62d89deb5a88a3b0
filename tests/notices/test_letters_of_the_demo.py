"""Notices of the demonstration workbook: word for word what an office manager would sign."""

from __future__ import annotations

from datetime import datetime

import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers
from tests.notices import letter_samples_matters as samples
from tests.notices.letter_reading import WRITER, asked, facts, flawless
from tests.notices.letter_samples_matters import FILLERS

DEMO_NOW = datetime(2026, 11, 20, 10)


@pytest.fixture(scope="module")
def demo():
    return Ledgers.read(open_book("workbooks/coordination-demo.xlsx"))


class TestDemoRows:
    """Held against the workbook as somebody reads it, word for word."""

    def test_the_receivers_are_asked_to_cooperate(self, demo):
        told = WRITER.words(samples.of("协调通知", demo, "XT-2026-0041", now=datetime(2026, 11, 17, 9)))
        assert told.title == "关于商请配合“年终奖核算数据口径”的通知"
        assert told.opening == (
            "人力资源部*经理于2026年11月13日发起“年终奖核算数据口径”协调事项，商请贵部配合。现将有关情况通知如下：",
        )
        assert facts(told)["期望达成共识"] == "2026年11月20日（周五）18:00"
        assert facts(told)["事项背景"] == "年终奖按部门业绩系数核算，业绩数据来源有财务、经营日报两套。"
        assert told.tables == (
            (
                "对各部门的初步需求",
                ("部门/人", "需求"),
                (("财务部", "回款数据"), ("数据部", "业绩底表"), ("运营部", "履约考核数据")),
            ),
        )
        assert asked(told)[2] == "各方应于2026年11月20日（周五）18:00 前就分工、责任人、完成时限和验收标准达成共识。"

    def test_a_change_that_nothing_recorded_tells_the_version_that_stands(self, demo):
        told = WRITER.words(samples.of("变更通知", demo, "XT-2026-0032", now=DEMO_NOW))
        assert told.title == "关于“客服知识库重构”方案变更（第2版）的通知"
        assert told.opening == (
            "“客服知识库重构”协调事项的方案需要变更，已退回协商，协调表升为第 2 版。现将有关情况通知如下：",
        )
        assert facts(told)["现行版本"] == "第 2 版，协商中"
        assert not told.tables
        assert asked(told) == [
            "请于2026年11月23日（周一）18:00 前确认已阅，并核对贵部的需求和分工；",
            "对变更有疑问的，在同一时点前向客户服务部*专员提出；",
            "各方应于2026年11月25日（周三）18:00 前就第 2 版重新达成共识。",
        ]

    def test_a_problem_is_given_to_its_department(self, demo):
        told = WRITER.words(samples.of("问题分派通知", demo, "WT-2026-0065", now=datetime(2026, 11, 16, 14)))
        assert told.title == "关于分派“投放线索重复分配”问题的通知"
        assert told.opening == (
            "市场部*主管于2026年11月13日提报的“投放线索重复分配”问题，经综合管理部审核，现分派你部主责办理。有关事项通知如下：",
        )
        assert told.facts == (
            ("问题编号", "WT-2026-0065", False),
            ("紧急程度", "一般", False),
            ("问题名称", "投放线索重复分配", False),
            ("问题背景", "同一线索被分给两名销售。", False),
            ("现状", "11月重复142条，占9%。", False),
            ("影响范围", "客户投诉被重复致电6次。", False),
            ("责任部门", "数据部（牵头）", False),
            ("验收部门", "市场部*主管", False),
            ("配合部门", "市场部*专员", False),
            ("分派依据", "《部门职责说明书》数据部第4条：名单与线索数据管理", False),
            ("验收标准", "重复率≤0.5%", False),
            ("完成时限", "2026年11月26日（周四）18:00", False),
        )
        assert asked(told) == [
            "请于2026年11月19日（周四）18:00 前确认已阅；",
            "请与市场部*专员商定解决方案，明确措施、责任人和时间节点；",
            "请于2026年11月18日（周三）18:00 前首次反馈进度，此后每 2 个工作日反馈一次阶段性成果和风险，遇重大风险随时上报；",
            "请于2026年11月26日（周四）18:00 前办结，提交《问题解决报告》，由市场部*主管验收；",
            "确需延期的，在到期前提交《延期申请》，经批准后执行。",
        ]

    def test_the_raiser_is_asked_to_accept_the_solution(self, demo):
        told = WRITER.words(samples.of("问题解决报告", demo, "WT-2026-0052", now=DEMO_NOW))
        assert told.opening == (
            "贵部于2026年11月5日提报的“新品包装盒尺寸偏大”问题，由产品部办理完毕。现将解决情况报告如下，请予验收：",
        )
        assert facts(told)["解决时间"] == "2026年11月18日（周三）17:25（在完成时限之内）"
        assert told.sections == (
            ("解决措施", ("内托改为折叠结构，外盒高度减22毫米。",)),
            ("效果验证", ("试装一托108台，跌落试验通过。",)),
        )
        assert asked(told)[0] == "请对照验收标准验收，将验收结论回复综合管理部；"

    def test_a_meeting_is_called(self, demo):
        told = WRITER.words(samples.of("会议通知", demo, "HY-2026-0024", now=DEMO_NOW))
        assert told.title == "关于召开冬季发货包装改进专题会的通知"
        assert told.opening == (
            "经公司领导*营销总监批准，定于2026年11月24日（周二）14:30召开冬季发货包装改进专题会。有关事项通知如下：",
        )
        assert facts(told)["会议时间"] == "2026年11月24日（周二）14:30至15:30（1 小时）"
        assert told.sections == (("会议议程", ("1.破损数据；", "2.加强纸箱试用；", "3.切换批次")),)
        assert asked(told) == [
            "请于2026年11月23日（周一）18:00 前回复能否参加；不能参加的，写明原因和代会人；",
            "请提前备好上列材料。",
        ]

    def test_minutes_list_resolutions_that_are_tasks_already(self, demo):
        told = WRITER.words(samples.of("会议纪要", demo, "HY-2026-0012", now=datetime(2026, 11, 12, 18, 5)))
        assert told.title == "双十一大促复盘专题会纪要"
        assert told.sections[0][1][1] == "2.1,036单地址解析失败，人工改址用时一天半；"
        assert told.tables[0][2] == (
            ("提供大促履约数据", "运营部*主管", "2026年11月19日（周四）18:00", "分仓、分快递"),
            ("更新年货节活动日历", "市场部*主管", "2026年11月26日（周四）18:00", "避开月结与盘点"),
            ("补充机器人活动问答", "产品部*专员", "2026年12月1日（周二）18:00", "问答不少于120条"),
        )

    def test_minutes_list_resolutions_that_nobody_has_split(self, demo):
        told = WRITER.words(samples.of("会议纪要", demo, "HY-2026-0013", now=datetime(2026, 11, 13, 14, 5)))
        assert told.tables[0][2] == (
            ("运营部2026年12月4日前提交二期平面布置", "运营部*仓储主管", "2026年12月4日（周五）下班前", "含消防通道"),
            ("采购部2026年12月8日前完成自动分拣询价", "采购部*主管", "2026年12月8日（周二）下班前", "不少于3家"),
            ("财务部2026年12月15日前测算二期投资回报", "财务部*会计", "2026年12月15日（周二）下班前", "三种情景"),
        )

    def test_an_emergency_asks_for_its_plan_by_the_hour(self, demo):
        told = WRITER.words(samples.of("紧急事项报告", demo, "JJ-2026-0010", now=DEMO_NOW))
        assert (told.mark, told.band, told.tone) == ("▲紧急事项报告", "系统故障，影响程度：较大", "红")
        assert told.opening == (
            "2026年11月20日（周五）08:42，运营部*仓储主管发现“仓储系统出库任务卡死”紧急事项。现报告如下，请组织处置：",
        )
        assert asked(told) == [
            "请组建应急小组，并于2026年11月20日（周五）10:42 前批准应急方案，明确各组职责和资源；",
            "方案批准后，由应急小组组长每 4 小时报告一次进展，重大变化随时报告；",
            "方案批准后 2 小时内风险未得到控制的，上报总经理办公会。",
        ]

    def test_a_review_tells_how_far_its_measures_are(self, demo):
        told = WRITER.words(samples.of("复盘报告", demo, "JJ-2026-0005", now=DEMO_NOW))
        assert facts(told)["处置用时"] == "54.2 小时"
        assert told.sections[1] == ("根因", ("安全库存按月均设定，未随旺季调整。",))
        assert told.tables[0][2] == (
            ("重设电芯安全库存", "采购部*主管", "2026年11月4日（周三）18:00", "旺季不少于5天", "已完成"),
            ("签订现货拆借协议", "采购部*专员", "2026年11月27日（周五）18:00", "与两家同行签订", "进行中"),
        )
        assert asked(told)[0] == "改进措施共 2 项，已列入任务跟踪表，完成 1 项；"

    def test_an_archived_matter_tells_its_case_and_its_dossier(self, demo):
        told = WRITER.words(samples.of("归档通知", demo, "XT-2026-0005", now=DEMO_NOW))
        assert told.opening == ("贵部发起的“华东仓退货积压处理”协调事项已办结并归档。现将有关情况通知如下：",)
        assert facts(told) == {
            "事项编号": "XT-2026-0005",
            "发起部门/人": "运营部*经理",
            "事项名称": "华东仓退货积压处理",
            "责任部门/人": "生产部*质检员、财务部*会计、客户服务部*主管、运营部*主管",
            "登记时间": "2026年3月3日（周二）13:35",
            "办结时间": "2026年3月17日（周二）16:20",
            "完成时限": "2026年3月17日（周二）18:00",
            "按期情况": "按期",
            "办结用时": "10 个工作日",
            "任务完成": "共 4 项，完成 4 项",
            "案例编号": "AL-2026-0005",
            "关键词": "退货；库容；分级",
            "案卷位置": "archive/XT-2026-0005",
            "归档时间": "2026年3月18日（周三）14:10",
        }
        assert [heading for heading, _ in told.sections] == ["成效评估", "根因", "措施", "问题总结", "经验沉淀"]

    @pytest.mark.parametrize("table", ["Coordination", "Problems", "Meetings", "Emergencies"])
    def test_every_row_can_be_told_in_every_kind_of_its_ledger(self, demo, table):
        for kind in FILLERS:
            if samples.SHEETS[samples.PREFIX[kind]] == table or kind == "归档通知":
                for record in demo[table].ids:
                    flawless(WRITER.written(samples.of(kind, demo, str(record), now=DEMO_NOW)))
