"""The ribbon as data: groups and buttons, in order. The ribbon XML, the VBA cases and the macros all follow from here.

Source: SPEC section 5 (the buttons of the verbs).
"""

from __future__ import annotations

from dataclasses import dataclass

TAB = "协调管理"
TAB_KEYTIP = "GL"


@dataclass(frozen=True, slots=True)
class Button:
    """One button.

    Attributes:
        macro: function of :mod:`coordination_xl.addin.macros` that a click calls.
        label: what stands on the button.
        icon: Microsoft's own name of a picture (``imageMso``).
        keytip: letters that press it after Alt and the tab's own; unique on the tab.
        screentip: bold first line when the mouse rests on it.
        supertip: the lines below: what it does, to what, and what it leaves alone.
        is_large: whether it takes the whole height of the ribbon.
    """

    macro: str
    label: str
    icon: str
    keytip: str
    screentip: str
    supertip: str
    is_large: bool = False

    @property
    def id(self) -> str:
        """The control's id in the ribbon XML and in the VBA cases: ``cxlCheck``."""
        return "cxl" + self.macro.capitalize()

    @property
    def command(self) -> str:
        """The Python that a click runs."""
        return f"from coordination_xl.addin import macros; macros.{self.macro}()"


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that belong together, under one heading."""

    id: str
    label: str
    buttons: tuple[Button, ...]


GROUPS = (
    Group(
        "cxlGroupRegister",
        "登记",
        (
            Button(
                "register", "登记表单", "DataFormExcel", "D", "把当前表单登记进台账",
                "在协调表、问题提报表、会议申请表、会议纪要或紧急事项报告上填好后点此。"
                "编号留空＝登记新事项；有编号＝更新那一行，达成共识后的改动记为新版本。", is_large=True,
            ),
            Button(
                "load", "载入表单", "FileOpen", "Z", "把选中的一行载入表单",
                "先在台账选中一行。载入后可打印，也可修改后再点【登记表单】。在表单上点此＝清空这张表单，登记下一件，清空前先问。",
            ),
            Button(
                "split", "拆分任务", "OutlookTaskCreate", "C", "把协商结果、决议、措施拆成任务",
                "选中几行就只拆这几行；没有选中台账的行，就拆全部已有约定的事项。每项任务一名责任人、一个时限，先列出再写入。",
            ),
            Button(
                "recur", "排例会", "HeaderFooterCurrentDate", "L", "按例会表排出下几次会议",
                "部门周会、项目月度会按规则写入会议台账，遇休息日顺延；已经排过的不重复。",
            ),
        ),
    ),
    Group(
        "cxlGroupTiming",
        "校验与时限",
        (
            Button(
                "check", "校验", "ErrorChecking", "J", "找出台账里的每一处错误",
                "错误单元格加底色和批注，并列在“校验结果”；下次校验先清掉自己的标记。"
                "只有一种改法的（文本日期、全角数字等）可以一并改正，改前先问。", is_large=True,
            ),
            Button(
                "refresh", "刷新逾期", "RefreshAll", "S", "重算到期时间、逾期天数和预警灯",
                "按工作日计算，含调休上班日。只改写灰底的程序计算列和看板，不动您填写的内容。", is_large=True,
            ),
            Button(
                "explain", "时限说明", "FunctionsDateTimeInsertGallery", "W", "这一行为什么是这个到期时间",
                "先在台账选中一行。逐条说明依据哪条规则、从哪天起算、跳过了哪些日子。不改动任何内容。",
            ),
        ),
    ),
    Group(
        "cxlGroupNotices",
        "通知",
        (
            Button(
                "notice", "生成通知", "SignatureLineInsert", "T", "按选中的行写好通知",
                "可选一行或多行，筛选隐藏的行不算。没有选中台账的行，就写全部应发而未发的。"
                "先列出种类和收件人，同意后才写进外发目录；同一对象、同一时限只写一次。", is_large=True,
            ),
            Button(
                "remind", "催办升级", "TraceError", "U", "写出到期该催、该升级的通知",
                "责任人→部门负责人→分管领导→总经理办公会，每一级只催一次；挂账的不催。",
            ),
            Button(
                "send", "发送", "FileSendAsAttachment", "F", "把待发送的通知发出去",
                "先列出发给谁、发几封，确认后才发；每份只发一次。没有填写发信服务器时，打开草稿所在的文件夹。",
            ),
            Button(
                "receipts", "回执", "ReviewReplyWithChanges", "H", "收取已阅回执和参会答复",
                "从收信服务器读取答复，写入发文记录的已阅时间和答复内容。只读邮箱，不删除、不改动邮件。",
            ),
        ),
    ),
    Group(
        "cxlGroupArchive",
        "归档与报告",
        (
            Button(
                "archive", "归档", "FileMarkAsFinal", "G", "办结的事项归档，写入案例库",
                "选中几行就只归档这几行；没有选中台账的行，就归档全部符合条件的事项。先列出，同意后才归档；表单、通知、反馈集成一个案卷文件夹。",
            ),
            Button(
                "report", "周报", "WebPagePreview", "B", "写出给领导的协调周报",
                "本周新增、办结、逾期和红单，带图表，在浏览器里打开。",
            ),
            Button(
                "board", "看板", "ChartInsert", "K", "转到看板",
                "各部门在办、逾期、预警灯、账龄和按期办结率。数字随台账变化，红单和趋势由【刷新逾期】更新。",
            ),
        ),
    ),
    Group(
        "cxlGroupHelp",
        "帮助",
        (
            Button(
                "doctor", "环境检查", "FileDocumentInspect", "Y", "检查 Excel、Python 和设置",
                "逐项列出是否正常，不正常的写明怎样处理。",
            ),
            Button(
                "handbook", "使用手册", "Help", "M", "打开使用手册",
                "一步一步的做法，在浏览器里打开，不需要联网。",
            ),
        ),
    ),
)  # fmt: skip

BUTTONS = tuple(button for group in GROUPS for button in group.buttons)
