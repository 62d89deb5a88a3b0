"""生成通知, 催办升级, 发送 and 回执, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.addin.summaries.forms import UNSAVED, told_fault
from coordination_xl.addin.wording import LONGEST, counted, joined, listed, short, some, when

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from coordination_xl.actions.results import Result
    from coordination_xl.dispatch.servers import Server

MOST_NOTICES, MOST_MAILS = 10, 15


def told_due(result: Result, scope: str) -> str:
    """The notices that would be written, before they are: rows, kinds, matters, recipients; ``""`` where there are none."""
    if not result.notices:
        return ""
    told: dict[str, Any] = dict(result.summary)
    head = f"将写通知 {len(result.notices)} 份：{counted(told['notice_kinds'], '份')}。"
    watch = f"另有 {len(result.findings)} 处要留意，写完后列出。" if result.findings else ""
    after = "只写不发；写好后点【发送】。现在写吗？"
    return joined(scope, head, listed(result.notices, _notice, MOST_NOTICES, "份"), watch, after)


def told_notices(result: Result, scope: str = "") -> str:
    """What was written, or why there is nothing to write; for which rows, where no question has said so before."""
    told: dict[str, Any] = dict(result.summary)
    if not result.notices:
        why = joined("原因：", listed(result.findings, told_fault, 8, "处")) if result.findings else ""
        return joined(scope, "没有要写的通知：应发的都已写过，或还没有到发的时候。", why)
    head = f"已写通知 {len(result.notices)} 份，邮件 {told['mails']} 封：{counted(told['notice_kinds'], '份')}。"
    return joined(head, _failed(result), _watch(result), "已记入“发文记录”，点【发送】发出。", UNSAVED)


def told_reminders(result: Result) -> str:
    """Who is reminded at which rung, and how many wait for working hours."""
    told: dict[str, Any] = dict(result.summary)
    held = f"现在不是工作时间，{told['held']} 件留到{when(told['held_until'])}以后催办。" if told["held"] else ""
    if not result.notices:
        return joined(held or "没有要催办的：到期的都已催过，或还没有到期。", _watch(result))
    rungs: dict[str, int] = {}
    for each in result.notices:
        rung = str(each["rung"] or "到期提醒")
        rungs[rung] = rungs.get(rung, 0) + 1
    head = f"催办 {len(result.notices)} 件，{told['people']} 人，邮件 {told['mails']} 封。"
    return joined(
        head,
        f"层级：{counted(rungs, '件')}。",
        listed(result.notices, _reminder, 6, "件"),
        held,
        _failed(result),
        _watch(result),
        "已记入“发文记录”，点【发送】发出。",
        UNSAVED,
    )


def told_waiting(result: Result, server: Server | None) -> str:
    """Who would get what by which server, before anything is sent; ``""`` where no mail waits that can go."""
    ready = [each for each in result.notices if each["to"]]
    if not ready:
        return ""
    kinds: dict[str, int] = {}
    for each in ready:
        kinds[str(each["kind"])] = kinds.get(str(each["kind"]), 0) + 1
    mails = len({each["file"] for each in ready})
    people = {address for each in ready for address in each["to"]}  # type: ignore[attr-defined]
    by = f"，经 {_place(server)}" if server else ""
    head = f"将发出邮件 {mails} 封，收件地址 {len(people)} 个{by}。"
    stuck, gone_ids = list(dict.fromkeys(found.id for found in result.findings)), gone_already(result)
    cannot = f"不能发的 {len(stuck)} 份：{some(stuck, 5)}，发送后说明原因。" if stuck else ""
    gone = f"上次已经发出、没有记下的 {len(gone_ids)} 份，只补记，不重发。" if gone_ids else ""
    body = listed(ready, _mail, MOST_MAILS - 5, "份") if cannot or gone else listed(ready, _mail, MOST_MAILS, "份")
    return joined(head, f"种类：{counted(kinds, '份')}。", body, cannot, gone, "发出后不能收回。现在发送吗？")


def gone_already(result: Result) -> list[str]:
    """The notices that went out before, which the workbook does not know: it was closed without saving, as a rule."""
    faulty = {found.id for found in result.findings}
    return [str(each["id"]) for each in result.notices if not each["to"] and each["id"] not in faulty]


def told_stuck(result: Result) -> str:
    """Why nothing can go: nothing waits, or what waits is faulty."""
    if not result.notices:
        return "没有待发送的邮件。"
    head = f"有 {len(result.notices)} 份待发送，现在都不能发："
    return joined(head, listed(result.findings, told_fault, 8, "处") or "原因见“发文记录”。")


def told_drafts(result: Result, folder: Path, *, is_shown: bool) -> str:
    """No server: where the drafts lie, and what to do with them.

    Args:
        result: the preview.
        folder: the drafts'.
        is_shown: whether their folder stands open.
    """
    mails = len({each["file"] for each in result.notices if each["file"]})
    return joined(
        f"没有填写发信服务器，{mails} 封邮件没有发出。",
        f"草稿在 {folder}，{'文件夹已打开' if is_shown else '文件夹没有打开，请自行打开'}。",
        "逐封双击打开、手工发送，再把“发文记录”的“发送状态”改为“已发送”，填上“发送时间”。",
        "要由程序发送，请在“参数”表填写“发信服务器”。",
    )


def told_sent(result: Result, *, is_written: bool = True) -> str:
    """What went out, what did not and why.

    Args:
        result: of the sending.
        is_written: whether the workbook has it.
    """
    told: dict[str, Any] = dict(result.summary)
    noted = "，现已补记" if is_written else ""
    recovered = f"其中 {told['recovered']} 份上次已经发出、没有记下{noted}，没有重发。" if told["recovered"] else ""
    stopped = f"发送中止：{told['stopped']}其余的下次再发。" if told["stopped"] else ""
    why = joined("请留意：", listed(result.findings, told_fault, 6, "处")) if result.findings else ""
    head = f"发出邮件 {told['mails']} 封：{counted(told['states'], '份') or '没有变化'}。"
    return joined(head, recovered, stopped, why, UNSAVED if result.changes and is_written else "")


def told_login(server: Server) -> str:
    """Whether to log in to a mailbox that nobody on this machine agreed to yet."""
    return joined(
        f"将登录 {short(server.account)} 收取邮件，继续吗？",
        f"服务器 {_place(server)}，来自这份工作簿的“参数”表，登录时会收到邮箱密码。",
        "不是您的邮箱服务器，请选“否”。选“是”的，这台电脑以后不再问。",
    )


_ANSWERS: Mapping[str, str] = {
    "read": "已阅", "replied": "答复", "accepted": "参加", "declined": "请假", "tentative": "暂定", "undelivered": "退回",
    "delayed": "延迟", "unread": "未阅即删", "automatic": "自动回复", "unrelated": "与通知无关", "own": "通知本身",
    "later": "时间未到", "refused": "没有采用",
}  # fmt: skip


def told_receipts(result: Result) -> str:
    """What came back, in sum, and what was left aside."""
    told: dict[str, Any] = dict(result.summary)
    answers = counted({word: told[name] for name, word in _ANSWERS.items()}, "封")
    head = f"看了 {told['mails']} 封邮件{'：' + answers if answers else ''}。"
    progress = f"新增进展反馈 {told['progress']} 行。" if told["progress"] else ""
    unknown = f"不在通讯录里、没有采用的邮箱：{some(told['unknown'])}。" if told["unknown"] else ""
    passed = f"读不懂的邮件 {len(told['passed_over'])} 封。" if told["passed_over"] else ""
    done = f"已写入“发文记录”等台账。{UNSAVED}" if result.changes else "台账没有变化。"
    return joined(head, progress, unknown, passed, _watch(result), done)


def _notice(each: Mapping[str, object]) -> str:
    return short(f"{each['kind']} {each['source']} → {each['recipients']}")


def _reminder(each: Mapping[str, object]) -> str:
    return short(f"{each['rung'] or '到期提醒'} {each['kind']} {each['source']} → {each['recipients']}")


def _mail(each: Mapping[str, Any]) -> str:
    return short(f"{each['kind']} {each['source']} → {each['recipients']}（{some(each['to'], 2)}）", 70)


def _place(server: Server) -> str:
    """Which server, who logs in to it, and whether everybody on the way can read the password.

    Of a long name the end stays: whose server it is stands there, whatever its beginning pretends.
    """
    name = str(server)
    name = name if len(name) <= LONGEST else f"…{name[-LONGEST:]}"
    if not server.user:
        return name
    return f"{name}（用户 {short(server.user, 40)}{'' if server.must_encrypt else '，不加密，密码会被途中看到'}）"


def _failed(result: Result) -> str:
    failed = [each for each in result.notices if each["failure"]]
    if not failed:
        return ""
    lines = listed(failed, lambda each: short(f"{each['id']} {each['failure']}", 80), 4, "份")
    return joined(f"没有写成的 {len(failed)} 份：", lines)


def _watch(result: Result) -> str:
    """Findings, but those that :func:`_failed` tells already."""
    failures = [str(each["failure"]) for each in result.notices if each["failure"]]
    found = [each for each in result.findings if not any(failure in each.message for failure in failures)]
    return joined("请留意：", listed(found, told_fault, 3, "处")) if found else ""
