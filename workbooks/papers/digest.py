"""周报 on one page: figures, the red list, what leaders are asked to do. Source: SPEC section 5, ``report``.

Its variables are those of the digest.
"""

from __future__ import annotations

from workbooks.papers.markup import TEXT_WIDTH, cell, every, paragraph, row, run, steering_row, table, tag, where
from workbooks.papers.notice import LABEL, VALUE, head, heading, label

LISTED = 5
"""Overdue matters that fit on the page beside everything else."""

_OPENING = "现将{{ first_day | short_day }}至{{ last_day | short_day }}的协调工作报告如下，数字截至 {{ now | weekday_minute }}。"
_FIGURES = (
    ("在办事项", "{{ standing.open }} 项（较上周末 {{ standing.open_change | signed }}）",
     "已逾期", "{{ standing.overdue }} 项（较上周末 {{ standing.overdue_change | signed }}）"),
    ("漏反馈", "{{ standing.behind }} 项",
     "下周到期", "{{ standing.due_next_week }} 项（本周还有 {{ standing.due_this_week }} 项）"),
    ("本周新增", "{{ standing.new }} 项（上周 {{ standing.new_before }} 项）",
     "本周办结", "{{ standing.done }} 项（上周 {{ standing.done_before }} 项）"),
    ("按期办结率", "{{ recent.share | percent }}（原定时限 {{ recent.original | percent }}）",
     "平均办结用时", "{{ recent.workdays | tenths }} 个工作日"),
)  # fmt: skip
_LATE = (
    "{% if each.hours is not none %}{{ each.hours | tenths }} 小时{% elif each.workdays %}{{ each.workdays }} 天"
    "{% else %}当日{% endif %}"
)
_RISE = '{{ each.rung or "尚未升级" }}{% if each.next_at %}；{{ each.next_at | short_day }}升至{{ each.next_rung }}{% endif %}'
_RED = (
    ("编号", 1720, "{{ each.id }}"), ("事项", 2430, "{{ each.title }}"),
    ("责任人", 1600, '{{ each.who or "责任人未定" }}'), ("逾期", 900, _LATE), ("升级情况", 2421, _RISE),
)  # fmt: skip
_NUMBERS = '{{{{ {} | map(attribute="id") | join("、") }}}}'


def digest_body() -> str:
    """What stands on the paper."""
    return "".join(
        (
            head("{{ year }}年第{{ week_number }}周", "内部"),
            paragraph("NoticeTitle", "跨部门协调工作周报"),
            paragraph("To", "各位分管领导、总经理办公会："),
            paragraph("Body", _OPENING),
            heading("1", "主要指标"),
            _figures(),
            heading("2", "逾期事项"),
            where("red", _red()),
            where("not red", paragraph("Body", "没有逾期事项。")),
            where(
                f"standing.overdue > red[:{LISTED}] | length",
                paragraph(
                    "Value",
                    f"共 {{{{ standing.overdue }}}} 项，此处列前 {{{{ red[:{LISTED}] | length }}}} 项；其余见各台账（筛选“红”）。",
                ),
            ),
            heading("3", "提请领导研究的事项"),
            _asks(),
            paragraph("Gap"),
            paragraph("Sign", "{{ office }}　{{ now.year }}年{{ now | short_day }}"),
            paragraph(
                "Cell",
                "{% if contact %}如有疑问，请联系{{ contact }}。{% endif %}按期办结率和平均用时为近 30 日的数，逾期天数按工作日计；"
                "密级为秘密、机密的事项只列编号，内容见台账。",
            ),
        )
    )


def _figures() -> str:
    rows = [
        row(
            label(left),
            cell(VALUE, paragraph("Value", figure)),
            label(right),
            cell(TEXT_WIDTH - 2 * LABEL - VALUE, paragraph("Value", other)),
            height=340,
        )
        for left, figure, right, other in _FIGURES
    ]
    return table((LABEL, VALUE, LABEL, TEXT_WIDTH - 2 * LABEL - VALUE), rows)


def _red() -> str:
    widths = [width for _, width, _ in _RED]
    rows = (
        row(*(label(name, width) for name, width, _ in _RED), height=340, is_head=True),
        steering_row(f"for each in red[:{LISTED}]", len(_RED)),
        row(*(cell(width, paragraph("Cell", text)) for _, width, text in _RED), height=340),
        steering_row("endfor", len(_RED)),
    )
    return table(widths, rows)


def _asks() -> str:
    def line(*texts: str) -> str:
        return paragraph("Item", *(run(text) for text in texts))

    return "".join(
        (
            where("asks.is_empty", line("本周没有。")),
            where(
                "asks.emergencies",
                line("■ 紧急事项尚未受控：", _NUMBERS.format("asks.emergencies"), "，请分管领导指挥处置。"),
            ),
            where(
                "asks.top",
                line("■ 已升级至总经理办公会的逾期事项：", _NUMBERS.format("asks.top"), "，请总经理办公会研究处理。"),
            ),
            where(
                "asks.leaders",
                line("■ 已升级至分管领导的逾期事项：", _NUMBERS.format("asks.leaders"), "，请分管领导督促办结。"),
            ),
            every(
                "step in asks.escalating",
                tag("if step.act_by >= now"),
                line(
                    "■ 请于 {{ step.act_by | weekday_minute }} 前督促办结 ",
                    _NUMBERS.format("step.matters"),
                    "；逾期未办结的，{{ step.at | moment }}升级至{{ step.rung }}。",
                ),
                tag("else"),
                line(
                    "■ ",
                    _NUMBERS.format("step.matters"),
                    " {{ step.at | moment }}升级至{{ step.rung }}，请在此之前督促办结。",
                ),
                tag("endif"),
            ),
            where(
                "asks.risks",
                line("■ 报告了重大风险：", _NUMBERS.format("asks.risks"), "，请分管领导听取情况并明确意见。"),
            ),
            every(
                "each in asks.extensions",
                line(
                    "■ 延期申请 {{ each.request }}（{{ each.id }}）：请{{ each.approver or each.needed }}",
                    "{% if each.due and each.due >= now %}于 {{ each.due | weekday_minute }} 前{% endif %}审批。",
                ),
            ),
            every(
                "each in asks.meetings",
                line(
                    "■ 会议申请 {{ each.id }}（{{ each.title }}）：请分管领导",
                    "{% if each.due and each.due >= now %}于 {{ each.due | weekday_minute }} 前{% endif %}审批。",
                ),
            ),
        )
    )
