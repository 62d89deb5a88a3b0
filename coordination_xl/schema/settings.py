"""The rows that a new workbook's 参数 sheet begins with, and the names code asks for them by."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """One row of 参数: what it is called, its first value, what it governs."""

    key: str
    value: str
    meaning: str


COMPANY = Setting("公司名称", "示例科技有限公司", "印在表单、通知和看板的抬头")
OFFICE = Setting("主管部门", "综合管理部", "审核分派、催办和归档的部门")
HOURS = Setting("工作时间", "09:00-12:00、13:30-18:00", "工作小时只在这些时段内走；最后一段的结束即下班时间")
WEEK = Setting("每周工作日", "周一、周二、周三、周四、周五", "没有列入节假日表的日子按此判断")
WARNING_WORKDAYS = Setting("预警窗口（工作日）", "2", "到期前几个工作日亮蓝灯")
WARNING_SHARE = Setting("预警窗口（占时限比例）", "0.25", "时限较短时，剩余时间不足此比例才亮蓝灯；两者取短")
ID_PATTERN = Setting("编号格式", "{前缀}-{年}-{序号:4}", "登记时按此生成编号；例：XT-2026-0001")
SENDER = Setting("发件人", "综合管理部 <xietiao@example.com>", "通知邮件的发件人；密码不写在这里")
OUTBOX = Setting("外发目录", "outbox", "生成的通知放在哪里；相对路径从工作簿所在文件夹算起")
ARCHIVE = Setting("归档目录", "archive", "办结事项的案卷放在哪里")
QUIET = Setting("催办时段", "工作时间", "“工作时间”表示下班后不催，“全天”表示随时催；紧急事项不受限制")
FRESH = Setting("自动通知期限（工作日）", "5", "【生成通知】不点名时，只通知最近几个工作日内的事；更早的须点名")
SMTP = Setting("发信服务器", "", "例：smtp://xietiao@mail.example.com:587；留空则只生成草稿；密码不写在这里")
IMAP = Setting("收信服务器", "", "例：imaps://xietiao@mail.example.com/INBOX；留空则不收回执；密码不写在这里")
RATE = Setting("每分钟发送", "30", "每分钟最多发出几封，以免被服务器拒收")
FORMAT = Setting("工作簿版本", "3", "程序据此判断是否需要升级，请勿改动")

SETTINGS_ROWS: tuple[Setting, ...] = (
    COMPANY, OFFICE, HOURS, WEEK, WARNING_WORKDAYS, WARNING_SHARE, ID_PATTERN, SENDER, OUTBOX, ARCHIVE, QUIET, FRESH, SMTP, IMAP, RATE, FORMAT,
)  # fmt: skip
