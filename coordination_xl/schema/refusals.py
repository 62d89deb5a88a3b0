"""What a verb other than ``check`` may find: why it leaves a row or a form alone.

The same shape as :mod:`coordination_xl.schema.faults`, and like it a long list on purpose. ``{header}`` is the column's header
(or the form's label) and ``{value}`` what stands in the cell.
"""

from __future__ import annotations

from coordination_xl.schema.faults import ERROR, REMINDER, Fault

# Not ready for the archive.
NOT_FINISHED = Fault(
    "not-finished",
    "还没有办结",
    ERROR,
    "状态是“{value}”，还不能归档",
    "“{allowed}”的事项才能归档；“{value}”的下一步是：{steps}",
    "SPEC A7",
)
OPEN_TASKS = Fault(
    "open-tasks", "任务没有办完", ERROR, "还有 {count} 项任务没有办完：{tasks}", "任务全部完成或取消后再归档", "SPEC A7"
)
NOT_ACCEPTED = Fault(
    "not-accepted", "没有验收", ERROR, "“{header}”没有填写，还不能归档", "验收确认后填写“{header}”", "SPEC A12"
)
NO_LESSONS = Fault(
    "no-lessons", "没有写经验", ERROR, "“{header}”没有填写，还不能归档", "在 {address} 填写：{help}", "SPEC B4"
)
NOT_SPLIT = Fault(
    "not-split",
    "没有拆成任务",
    ERROR,
    "“{header}”有 {count} 项，任务跟踪表里一项也没有",
    "先【拆分任务】，任务办完后再归档",
    "SPEC A17",
)
FEWER_TASKS = Fault(
    "fewer-tasks",
    "任务比商定的少",
    REMINDER,
    "“{header}”有 {count} 项，任务跟踪表里只有 {tasks} 项；已照常归档",
    "核对是否漏了任务；漏了的补登记",
    "SPEC B3",
)
ERRORS_LEFT = Fault(
    "errors-left",
    "还有错误没有改正",
    ERROR,
    "这一行还有 {count} 处错误：{errors}",
    "改正后再归档；【校验】列出每一处",
    "SPEC A7",
)

# Standing meetings.
PROVISIONAL_MEETING = Fault(
    "provisional-meeting",
    "例会日期暂定",
    REMINDER,
    "“{value}”的 {days} 按周一至周五排定：节假日表没有 {years} 年的官方日历",
    "备注已写明“暂定”；公布后导入节假日，再排一次例会核对",
    "SPEC 4",
)
MEETING_ON_REST_DAY = Fault(
    "meeting-on-rest-day",
    "会议排在休息日",
    REMINDER,
    "暂定的会议时间 {value} 是休息日（{reason}）",
    "改到工作日，并告知参会人员",
    "SPEC A3",
)

# Splitting an agreement into tasks.
NOT_SPLITTABLE = Fault(
    "not-splittable",
    "不能拆分",
    ERROR,
    "“{value}”在{sheet}里，没有可以拆成任务的约定",
    "请给出协调、会议、紧急事项或问题的编号，例：XT-2026-0001",
    "SPEC 5",
)
NOT_IN_STATE_TO_SPLIT = Fault(
    "not-in-state-to-split",
    "状态不能拆分",
    ERROR,
    "状态是“{value}”，不拆分任务",
    "状态为“{allowed}”时才能拆分",
    "SPEC A17",
)
NOTHING_TO_SPLIT = Fault(
    "nothing-to-split",
    "没有可拆的内容",
    ERROR,
    "“{header}”里没有可以拆成任务的内容",
    "先在“{header}”里分条写明谁、何时、做什么",
    "SPEC B5",
)
MEASURE_WITHOUT_OWNER = Fault(
    "measure-without-owner",
    "措施缺人或缺时限",
    ERROR,
    "“{task}”没有{missing}",
    "在这一条措施里写明部门、一个人和一个日期",
    "SPEC A10",
)
TASK_WITHOUT_DEPARTMENT = Fault(
    "task-without-department",
    "看不出责任部门",
    ERROR,
    "“{task}”的责任人“{person}”看不出是哪个部门的",
    "写成“部门*职务”，例：财务部*会计",
    "SPEC A7",
)
NO_START_FOR_DUE = Fault(
    "no-start-for-due",
    "时限无从起算",
    ERROR,
    "“{task}”的时限“{due}”无从起算：{starts}都没有填写",
    "填写{starts}之一，或把时限写成日期",
    "SPEC 4",
)
DUE_TOO_FAR = Fault(
    "due-too-far",
    "时限太远",
    ERROR,
    "“{task}”的时限“{due}”超过十年或年份有误",
    "核对数字，或把时限写成日期",
    "SPEC 4",
)
STANDARD_TAKEN = Fault(
    "standard-taken",
    "没有验收标准",
    REMINDER,
    "“{task}”没有验收标准，任务里暂写约定原文",
    "在“{header}”里为这项任务写明怎样算完成，再拆分一次",
    "SPEC A7",
)
TASK_EDITED = Fault(
    "task-edited",
    "任务已由人改动",
    REMINDER,
    "“{header}”已由人改为“{value}”，{source} 现在的约定是“{agreed}”；保留了人改的内容",
    "核对以哪个为准：改这一格，或改 {source} 的约定",
    "SPEC 5",
)
TASK_DIFFERS = Fault(
    "task-differs",
    "任务与约定不同",
    REMINDER,
    "“{header}”写的是“{value}”，{source} 的约定是“{agreed}”；这一行是人填写的，没有改动",
    "核对以哪个为准：改这一格，或改 {source} 的约定",
    "SPEC 5",
)
TASK_UNDER_ANOTHER_SOURCE = Fault(
    "task-under-another-source",
    "任务的来源不对",
    REMINDER,
    "{record} 与 {parent} 约定的任务同名、同责任人，来源编号却是“{value}”；没有另建任务",
    "是同一项任务的，来源编号改为 {parent}；不是的，改任务名称后再拆分一次",
    "SPEC 3",
)
TASK_UNDER_ACCEPTANCE = Fault(
    "task-under-acceptance",
    "任务正在验收",
    REMINDER,
    "任务已提交验收，“{header}”仍是“{value}”；{source} 的约定已改为“{agreed}”",
    "确需变更的，先把任务退回“进行中”，再拆分一次",
    "SPEC 5",
)
TASK_NO_LONGER_AGREED = Fault(
    "task-no-longer-agreed",
    "约定里已没有这项任务",
    REMINDER,
    "{source} 的约定里已没有“{value}”；任务没有删除",
    "不再需要的，把状态改为“已取消”；仍需要的，补进 {source} 的约定",
    "SPEC 5",
)
TASK_REMOVED = Fault(
    "task-removed",
    "任务行已被删除",
    REMINDER,
    "“{task}”此前已拆分为 {record}，这一行已被删除；没有再次生成",
    "仍需要的，点名拆分 {source}；不再需要的，从“{header}”里去掉",
    "SPEC 5",
)

# A file of holidays.
UNREAD_HOLIDAY = Fault("unread-holiday", "这一句看不懂", ERROR, "“{value}”看不懂", "{expected}", "SPEC 4")
HOLIDAY_WEEKDAY = Fault(
    "holiday-weekday",
    "星期与日期不符",
    ERROR,
    "“{value}”写的是{written}，而 {date} 是{weekday}",
    "与通知原文核对日期",
    "SPEC 4",
)
HOLIDAY_COUNT = Fault(
    "holiday-count",
    "放假天数不符",
    ERROR,
    "{name}写明共 {written} 天，列出的放假日是 {count} 天",
    "与通知原文核对起止日期",
    "SPEC 4",
)
MAKEUP_NOT_WEEKEND = Fault(
    "makeup-not-weekend",
    "调休上班日不在周末",
    ERROR,
    "{date} 列为“班”，可它本来就是工作日",
    "调休上班日应在周末；与通知原文核对",
    "SPEC 4",
)
HOLIDAY_TWICE = Fault(
    "holiday-twice", "同一天列了两次", ERROR, "{date} {conflict}", "一天只列一次；与通知原文核对", "SPEC 4"
)
HOLIDAY_OUT_OF_YEAR = Fault(
    "holiday-out-of-year",
    "日期不在这一年",
    ERROR,
    "{date} 不属于 {year} 年的安排",
    "核对年份；元旦假期可以从上一年 12 月 26 日起",
    "SPEC 4",
)
HOLIDAY_MISSING = Fault(
    "holiday-missing",
    "安排不全",
    ERROR,
    "{year} 年的安排里没有{names}",
    "请用全年的通知；不全的安排不能当作这一年的官方日历",
    "SPEC 4",
)
OFFICIAL_DIFFERS = Fault(
    "official-differs",
    "与已有的官方日历不同",
    ERROR,
    "{date} 在表里是“{value}”（{basis}），在这份安排里{other}",
    "核对哪一份有误：改正表中这一行，或换用正确的文件",
    "SPEC 4",
)

# A form that is not registered, or not loaded.
FORM_BLANK = Fault(
    "form-blank", "表单没有填写", ERROR, "“{form}”还没有填写", "填好后再登记；修改旧表先【载入表单】", "SPEC 5"
)
FORM_WITHOUT_ID = Fault(
    "form-without-id",
    "表单缺编号",
    ERROR,
    "“{form}”没有编号，不知道属于哪件事项",
    "先【载入表单】载入已登记的事项，再填写、登记",
    "SPEC A15",
)
UNKNOWN_FORM_ID = Fault(
    "unknown-form-id",
    "表单编号查不到",
    ERROR,
    "“{header}”写的“{value}”在{ledger}里找不到",
    "核对编号；登记新事项时编号留空，由程序生成",
    "SPEC 3",
)
FORM_NOT_LOADED = Fault(
    "form-not-loaded",
    "没有先载入",
    ERROR,
    "{value} 已在{ledger}第 {row} 行，这张表单不是从它载入的",
    "先【载入表单】载入 {value}，再修改、登记；登记新事项时编号留空",
    "SPEC 5",
)
FORM_STALE = Fault(
    "form-stale",
    "台账已被改动",
    ERROR,
    "载入之后，{value} 在{ledger}里的“{columns}”已被改动",
    "记下要改的内容，重新【载入表单】，再修改、登记",
    "SPEC 5",
)
FORM_NOT_FOR_STATE = Fault(
    "form-not-for-state",
    "状态不能登记",
    ERROR,
    "{record} 的状态是“{state}”，“{form}”不能登记",
    "状态为“{allowed}”时才能登记",
    "SPEC 3",
)
FORM_COLUMN_MISSING = Fault(
    "form-column-missing",
    "台账缺少这一列",
    ERROR,
    "{ledger}没有“{header}”列，填写的内容没有地方登记",
    "在{ledger}恢复“{header}”列，再登记",
    "SPEC 3",
)
FORM_UNREGISTERED = Fault(
    "form-unregistered",
    "表单还没有登记",
    ERROR,
    "“{form}”里有还没有登记的内容，载入 {record} 会把它覆盖",
    "先【登记表单】；确实不要这些内容时，选择“覆盖”再载入（命令行加 --replace）",
    "SPEC 6",
)
TASK_LINE_FAULTY = Fault(
    "task-line-faulty",
    "任务行不完整",
    ERROR,
    "任务表第 {number} 行“{task}”{problem}",
    "一行只写一项任务、一个责任人、一个时限，例：对账样例｜财务部*会计｜2026-03-09",
    "SPEC B5",
)
TASK_LINE_OPEN = Fault(
    "task-line-open",
    "任务行待补全",
    REMINDER,
    "任务表第 {number} 行“{task}”{problem}",
    "达成共识之前补全：一行只写一项任务、一个责任人、一个时限",
    "SPEC B5",
)
TASK_LINE_UNWRITABLE = Fault(
    "task-line-unwritable",
    "任务行写不进台账",
    ERROR,
    "任务表第 {number} 行的“{value}”写进台账后会被读成另外的样子",
    "任务名称 30 字以内，不含逗号、句号、分号、冒号、短横；其他格不写“1.”这样的编号",
    "SPEC B5",
)
AGREED_TASK_OPEN = Fault(
    "agreed-task-open",
    "商定的任务待落实",
    REMINDER,
    "“{header}”里的“{task}”还没有{missing}",
    "达成共识之前，在任务表里为它补一行",
    "SPEC B5",
)

# No extension to write.
EXTENSION_NOT_GRANTED = Fault(
    "extension-not-granted",
    "延期没有批准",
    REMINDER,
    "这份延期申请不改变时限：{problem}",
    "批准后填写“审批结果”（同意）、“审批人”和“审批时间”，再使延期生效",
    "SPEC 3",
)
NO_EXTENSION = Fault(
    "no-extension",
    "没有延期申请",
    REMINDER,
    "“{value}”没有延期申请",
    "先在“延期申请”登记一行，批准后再使延期生效",
    "SPEC 3",
)

# The weekly digest.
LEADER_WITHOUT_EMAIL = Fault(
    "leader-without-email",
    "领导没有邮箱",
    REMINDER,
    "{who} 在通讯录里没有邮箱，没有列为周报的收件人",
    "在通讯录填写邮箱后再生成一次，或另行转送",
    "SPEC 5",
)
UNUSABLE_EMAIL = Fault(
    "unusable-email",
    "邮箱不能用",
    REMINDER,
    "{who} 的邮箱“{value}”不能用，没有列为周报的收件人",
    "改正邮箱后再生成一次，例：lingdao@example.com",
    "SPEC 5",
)
UNUSABLE_SENDER = Fault(
    "unusable-sender",
    "发件人不能用",
    REMINDER,
    "参数“{key}”的取值“{value}”里没有能用的邮箱，邮件没有写发件人",
    "写成：{example}",
    "SPEC 5",
)

# Sending.
NOT_REPEATED = Fault(
    "not-repeated",
    "已经发过",
    REMINDER,
    "这份通知已于 {moment} 发给 {who}（{number}），没有再发",
    "状态已改回“已发送”；确需再发的，在邮箱里转发",
    "SPEC 5",
)
SENDING_UNCERTAIN = Fault(
    "sending-uncertain",
    "不知是否送达",
    ERROR,
    "{moment} 发给 {who} 时没有等到服务器的答复，不知道是否送达，没有再发",
    "问收件人：收到的，把状态改为“已发送”；没有收到的，改为“待发送”，“失败原因”保留不动",
    "SPEC 5",
)
NOT_SENT = Fault(
    "not-sent",
    "没有发成",
    ERROR,
    "没有发成：{failure}",
    "改正后把状态改为“待发送”，再发送一次",
    "SPEC 6",
)
PARTLY_SENT = Fault(
    "partly-sent",
    "有人没有收到",
    ERROR,
    "已发给其他人；没有发成的：{failure}",
    "改正邮件里的收件人，把状态改为“待发送”，只补发没有收到的人",
    "SPEC 6",
)
SENT_LATER = Fault(
    "sent-later",
    "暂时没有发成",
    REMINDER,
    "{count} 行暂时没有发成：{failure}",
    "不必改动，下次【发送】时再试；一直发不成的，请网络管理员查看",
    "SPEC 5",
)

# Whom a notice reaches, and which notices are not written.
NO_CONTACT = Fault(
    "no-contact",
    "查不到收件人",
    ERROR,
    "按“{header}”应发给{who}，通讯录里查不到，没有发给这一方",
    "在通讯录补上，或改正“{header}”的写法，例：技术部*工程师",
    "SPEC 6",
)
CONTACT_WITHOUT_EMAIL = Fault(
    "contact-without-email",
    "收件人没有邮箱",
    ERROR,
    "{who}在通讯录里没有邮箱，通知发不到",
    "在通讯录填写“邮箱”，再对这件事项点名【生成通知】；或改用书面通知",
    "SPEC 6",
)
UNUSABLE_CONTACT_EMAIL = Fault(
    "unusable-contact-email",
    "收件人的邮箱不能用",
    ERROR,
    "{who}的邮箱“{value}”不能用，通知发不到",
    "改正邮箱，再对这件事项点名【生成通知】，例：kefu@example.com",
    "SPEC 6",
)
NOBODY_TO_SEND_TO = Fault(
    "nobody-to-send-to",
    "没有可以发给的人",
    ERROR,
    "{record} 的“{kind}”没有发出：{reason}",
    "补全“{header}”和通讯录，再对这件事项点名【生成通知】",
    "SPEC 6",
)
NOT_CLEARED = Fault(
    "not-cleared",
    "可阅保密等级不够",
    REMINDER,
    "{record} 的保密等级按“{level}”掌握，{who}不能阅看；发给他们的“{kind}”只有编号，没有内容",
    "需要知悉内容的，由主管部门核定后在通讯录提高“可阅保密等级”",
    "SPEC B6",
)
NO_MAIL_COLUMN = Fault(
    "no-mail-column",
    "旧工作簿没有邮件文件一列",
    ERROR,
    "发文记录没有“邮件文件”这一列，催办和通知没有写；校验和刷新已照常完成",
    "工作簿是旧版本的：运行 coordination-xl upgrade 补上缺少的列，再运行一次",
    "SPEC 6",
)
NOTICE_FAILED = Fault(
    "notice-failed",
    "通知没有写成",
    ERROR,
    "{record} 的“{kind}”没有写成：{reason}",
    "改正模板，在发文记录里核对这一行，再点名【生成通知】",
    "SPEC 6",
)
SENT_ALREADY = Fault(
    "sent-already",
    "已经发过",
    REMINDER,
    "{record} 的“{kind}”已写入发文记录（{number}，{when}），没有再写",
    "内容有变的先改台账；没有发成的，处理后由【发送】按原行再发",
    "SPEC 5",
)
NOT_FOR_LEDGER = Fault(
    "not-for-ledger",
    "这种通知不用于这张台账",
    ERROR,
    "“{kind}”不用于{sheet}的事项",
    "它用于：{allowed}",
    "SPEC 5",
)
NOT_FOR_STATE = Fault(
    "not-for-state",
    "状态不能发这种通知",
    ERROR,
    "状态是“{value}”，不发“{kind}”",
    "状态为“{allowed}”时才发",
    "SPEC 5",
)
NOT_FOR_VERSION = Fault(
    "not-for-version",
    "版本不能发这种通知",
    ERROR,
    "现在是第 {version} 版，不发“{kind}”",
    "请发“{other}”",
    "SPEC B3",
)
MEETING_IS_OVER = Fault(
    "meeting-is-over",
    "会议时间已过",
    ERROR,
    "会议时间“{value}”不在此后，没有写“{kind}”",
    "核对“{header}”；已经开过的会，写会议纪要",
    "SPEC A14",
)

# Whom nothing can be told.
NOTHING_TO_REMIND_OF = Fault(
    "nothing-to-remind-of",
    "没有可催办的",
    REMINDER,
    "{value} 现在既没有逾期，也不在预警窗口内，没有写“{kind}”",
    "临近到期或逾期后再催办；需要提前联系的，请直接联系责任人",
    "SPEC 5",
)
REMINDER_WITHOUT_MATTER = Fault(
    "reminder-without-matter",
    "催办找不到事项",
    ERROR,
    "这一行已经逾期，但按“{header}”“{value}”找不到事项，没有催办",
    "填写或改正“{header}”，例：WT-2026-0003",
    "SPEC 6",
)

# What comes back.
UNKNOWN_SENDER = Fault(
    "unknown-sender",
    "回执来路不明",
    REMINDER,
    "{place}：{sender} 不在通讯录里，它对“{numbers}”的回复没有采用",
    "确是同事的，把邮箱补进通讯录后再收一次；否则不必理会",
    "SPEC 5",
)
UNKNOWN_NOTICE = Fault(
    "unknown-notice",
    "回执的通知不存在",
    REMINDER,
    "{place}：{sender} 回复的“{numbers}”在发文记录里找不到，没有采用",
    "核对编号；发文记录的行被删除的，从备份恢复",
    "SPEC 5",
)
NOT_A_RECIPIENT = Fault(
    "not-a-recipient",
    "不是收件人的回执",
    REMINDER,
    "{place}：{who} 不是这份通知的收件人，回复没有采用",
    "向本人核实；确应由其答复的，把他补进“收件人”后再收一次",
    "SPEC 5",
)
UNDELIVERED = Fault(
    "undelivered",
    "邮件没有送达",
    REMINDER,
    "发给 {who} 的邮件被退回：{reason}",
    "在通讯录核对邮箱，改正后重新发送",
    "SPEC 6",
)
UNREADABLE_MAIL = Fault(
    "unreadable-mail",
    "邮件读不了",
    REMINDER,
    "{place} {reason}",
    "打开看一看；是回复的，把“已阅时间”或“答复时间”手工填上",
    "SPEC 6",
)

# Bringing an older workbook up to date.
COLUMN_WAS_LOST = Fault(
    "column-was-lost",
    "不见了的列已补上",
    REMINDER,
    "没有“{header}”这一列（删掉了或改了名），已在表格右边补上空列",
    "改了名的，把列名改回来，删去补上的空列；删掉的，从 .coordination-backups 里的备份找回内容，并核对引用它的公式",
    "SPEC 6",
)
SHEET_WAS_DELETED = Fault(
    "sheet-was-deleted",
    "删掉的工作表已补上",
    REMINDER,
    "工作表“{value}”不在了，已补上空白的一张；原来的内容不在了，引用它的公式也不会自己恢复",
    "要找回内容，从 .coordination-backups 里的备份或旧文件复制；看板显示 #REF! 的，删掉看板再升级一次，会换上新的",
    "SPEC 6",
)
TABLE_WAS_UNDONE = Fault(
    "table-was-undone",
    "表格已重建",
    REMINDER,
    "“{value}”的表格（{table}）不在了，已按表头重建在 {address}，共 {count} 行",
    "核对末行：表下另有内容的，移开后把表格缩回来；看板数字不对的，删掉看板再升级一次，会换上新的",
    "SPEC 6",
)
NAME_NOT_ADDED = Fault(
    "name-not-added",
    "名称没有补上",
    REMINDER,
    "没有补上“{label}”（名称 {name}）：{reason}；因此{loss}",
    "格子被占用的，移开内容再升级一次；格子移过位置的，先另存一份，删掉这张工作表再升级一次，会换上新的",
    "SPEC 6",
)
SHEET_NOT_ADDED = Fault(
    "sheet-not-added",
    "工作表没有补上",
    REMINDER,
    "没有补上程序的“{value}”：同名的工作表上没有程序认得的格子",
    "给那张工作表改名，再升级一次，会放上一张新的；旧内容从改名的那张复制",
    "SPEC 6",
)
OLD_RULE = Fault(
    "old-rule",
    "时限规则仍是旧写法",
    REMINDER,
    "规则 {rule} 的“{header}”仍是旧版的“{value}”，新工作簿写的是“{new}”",
    "要按新写法计时，就改过来；公司有意这样定的，不用改",
    "SPEC 2",
)
OLD_BOARD = Fault(
    "old-board",
    "看板仍是旧版",
    REMINDER,
    "看板的公式是旧版本的，没有改动",
    "要换上新看板，删掉这张工作表再升级一次；自己在看板上加过内容的，先另存",
    "SPEC 3",
)

REFUSALS = tuple(value for value in tuple(globals().values()) if isinstance(value, Fault))
BY_CODE = {fault.code: fault for fault in REFUSALS}
