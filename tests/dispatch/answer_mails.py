"""Mails as the programs of the people who answer write them: typed after real ones, with the addresses of example.com."""

from __future__ import annotations

import base64
import quopri
from email.header import Header

NUMBER = "TZ-2026-0211"
NOTICE_ID = f"<{NUMBER}-0123456789abcdef@example.com>"
SUBJECT = f"【问题分派通知】关于退货积压的问题分派通知（{NUMBER}）"
DATE = "Fri, 06 Mar 2026 14:31:20 +0800"
LI = "li@example.com"


def word(text: str, charset: str = "utf-8") -> str:
    return Header(text, charset, maxlinelen=10_000).encode()


def mail(
    *parts: bytes,
    subject: str = f"Re: {SUBJECT}",
    sender: str = f"李雷 <{LI}>",
    date: str = DATE,
    replies: str = NOTICE_ID,
    type: str = "",  # noqa: A002
    more: tuple[str, ...] = (),
    id: str = "<answer-1@example.com>",  # noqa: A002
    charset: str = "utf-8",
) -> bytes:
    """A mail of one part, or a multipart of several; parts bring their own headers."""
    name, _, address = sender.rpartition(" ")
    head = [
        f"From: {word(name, charset)} {address}".replace(":  ", ": "),
        "To: xietiao@example.com",
        f"Subject: {word(subject, charset)}",
    ]
    head += [f"Date: {date}"] if date else []
    head += [f"Message-ID: {id}"] if id else []
    head += [f"In-Reply-To: {replies}", f"References: {replies}"] if replies else []
    head += [*more, "MIME-Version: 1.0"]
    text = "\r\n".join(head).encode()
    if len(parts) == 1 and not type:
        return text + b"\r\n" + parts[0]
    kind = type or "multipart/alternative"
    body = b"".join(b"--=_b\r\n" + part + b"\r\n" for part in parts)
    return text + f'\r\nContent-Type: {kind}; boundary="=_b"\r\n\r\n'.encode() + body + b"--=_b--\r\n"


def plain(text: str, charset: str = "utf-8", *, encoding: str = "base64", codec: str = "") -> bytes:
    return part(f'text/plain; charset="{charset}"', text.encode(codec or charset), encoding)


def page(text: str, charset: str = "utf-8", *, codec: str = "") -> bytes:
    return part(f'text/html; charset="{charset}"', text.encode(codec or charset), "quoted-printable")


def part(kind: str, content: bytes, encoding: str = "base64") -> bytes:
    content = content.replace(b"\n", b"\r\n")
    if encoding == "base64":
        content = base64.encodebytes(content).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content, quotetabs=False)
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content


SAID = "已安排专人处理，周五前清完。\n备件还差两件。"

OUTLOOK_ZH = mail(
    plain(
        f"{SAID}\n\n发件人: 综合管理部 <xietiao@example.com>\n发送时间: 2026年3月6日 9:05\n收件人: 李雷 <{LI}>\n"
        f"主题: {SUBJECT}\n\n主送：技术部*工程师\n"
    ),
    page(f"<html><body><p>{SAID.replace(chr(10), '</p><p>')}</p></body></html>"),
    subject=f"答复: {SUBJECT}",
)
OUTLOOK_OLD_ZH = mail(
    plain(f"{SAID}\n\n-----邮件原件-----\n发件人: 综合管理部\n发送时间: 2026年3月6日 9:05\n", "gb2312"),
    subject=f"答复: {SUBJECT}",
    charset="gb2312",
)
OUTLOOK_EN = mail(
    plain(
        f"{SAID}\n\n________________________________\nFrom: 综合管理部 <xietiao@example.com>\n"
        f"Sent: Friday, March 6, 2026 9:05 AM\nTo: 李雷\nSubject: x\n\n主送\n"
    )
)
OUTLOOK_HTML = mail(
    page(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p {margin:0} --></style></head><body lang=ZH-CN>"
        "<div class=WordSection1><p class=MsoNormal>已安排专人处理，周五前清完。<o:p></o:p></p>"
        "<p class=MsoNormal>备件还差两件。<o:p></o:p></p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
        "<p class=MsoNormal><b>发件人:</b> 综合管理部 &lt;xietiao@example.com&gt; "
        "<br><b>发送时间:</b> 2026年3月6日 9:05<br><b>收件人:</b> 李雷<br><b>主题:</b> 通知</p></div>"
        "<p>主送：技术部*工程师</p></div></body></html>"
    )
)
FOXMAIL = mail(
    page(
        "<html><body><div>已安排专人处理，周五前清完。</div><div>备件还差两件。</div><div><br></div>"
        "<hr style='width: 210px;'><div><span>李雷</span></div>"
        "<blockquote><div>&nbsp;</div><div style='border-top:solid #B5C4DF 1.0pt'><div>"
        "<b>发件人：</b>&nbsp;<a href='mailto:xietiao@example.com'>综合管理部</a></div>"
        "<div><b>发送时间：</b>&nbsp;2026-03-06&nbsp;09:05</div><div><b>主题：</b>通知</div></div>"
        "<div>主送：技术部*工程师</div></blockquote></body></html>",
        "gb2312",
        codec="gb18030",
    )
)
QQ = mail(
    plain(
        f'{SAID}\n\n\n\n\n------------------ 原始邮件 ------------------\n发件人: "综合管理部" <xietiao@example.com>;'
        f"\n发送时间: 2026年3月6日(星期五) 上午9:05\n",
        "gb18030",
    ),
    subject=f"回复：{SUBJECT}",
    charset="gb18030",
)
QQ_HTML = mail(
    page(
        "<div>已安排专人处理，周五前清完。</div><div>备件还差两件。</div><div><div><br></div>"
        "<div style='font-size: 12px;padding:2px 0;'>------------------&nbsp;原始邮件&nbsp;------------------</div>"
        "<div style='font-size: 12px;background:#efefef;'><div>"
        '<b>发件人:</b>&nbsp;"综合管理部"&lt;xietiao@example.com&gt;;</div></div><div>主送：技术部*工程师</div></div>'
    ),
    subject=f"回复：{SUBJECT}",
)
NETEASE = mail(
    plain(
        f'{SAID}\n\n\n\n\n在 2026-03-06 09:05:00，"综合管理部" <xietiao@example.com> 写道：\n\n主送：技术部*工程师\n',
        "GBK",
    ),
    charset="gbk",
)
NETEASE_OLD = mail(
    plain(f'{SAID}\n\nAt 2026-03-06 09:05:00, "综合管理部" <xietiao@example.com> wrote:\n>主送：技术部*工程师\n')
)
GMAIL = mail(
    plain(
        f"{SAID}\n\nOn Fri, Mar 6, 2026 at 9:05 AM 综合管理部\n<xietiao@example.com> wrote:\n\n> 主送：技术部*工程师\n>\n> 请处理\n"
    ),
    page("<div dir='ltr'>x</div>"),
)
GMAIL_HTML = mail(
    page(
        '<div dir="ltr">已安排专人处理，周五前清完。<div>备件还差两件。</div></div><br><div class="gmail_quote">'
        '<div dir="ltr" class="gmail_attr">2026年3月6日周五 09:05，综合管理部 &lt;<a>xietiao@example.com</a>&gt; 写道：<br></div>'
        '<blockquote class="gmail_quote">主送：技术部*工程师</blockquote></div>'
    )
)
APPLE = mail(
    plain(
        f"{SAID}\n\n发自我的iPhone\n\n> 在 2026年3月6日，09:05，综合管理部 <xietiao@example.com> 写道：\n> \n> ﻿主送\n"
    )
)
BELOW = mail(
    plain(
        f'在 2026-03-06 09:05:00，"综合管理部" <xietiao@example.com> 写道：\n> 主送：技术部*工程师\n> 请处理\n\n{SAID}\n'
    )
)
SIGNED = mail(plain(f"{SAID}\n-- \n李雷 技术部工程师\n内线 8000\n"))
ALIYUN = mail(
    plain(
        f"{SAID}\n\n------------------------------------------------------------------\n"
        f"发件人：综合管理部 <xietiao@example.com>\n发送时间：2026年3月6日(星期五) 09:05\n收件人：李雷\n主　题：通知\n"
    )
)

REPLIES = {name: value for name, value in tuple(globals().items()) if isinstance(value, bytes) and name.isupper()}

READ_RECEIPT = mail(
    plain("您的邮件已于 2026-03-06 14:31 被查看。"),
    part(
        "message/disposition-notification",
        f"Reporting-UA: mail.example.com; Foxmail 7.2\nFinal-Recipient: rfc822;{LI}\nOriginal-Message-ID: {NOTICE_ID}\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n".encode(),
        "7bit",
    ),
    subject="已读: 通知",
    replies="",
    type="multipart/report; report-type=disposition-notification",
)
DELETED_UNREAD = READ_RECEIPT.replace(b"; displayed", b"; deleted").replace(
    b"manual-action/MDN-sent-manually", b"automatic-action/MDN-sent-automatically"
)
PLAIN_RECEIPT = mail(plain("这是一封回执。"), subject=f"Read: {SUBJECT}")

BOUNCE = mail(
    plain("This is the mail system at host mail.example.com.", encoding="7bit"),
    part(
        "message/delivery-status",
        f"Reporting-MTA: dns; mail.example.com\nArrival-Date: Fri,  6 Mar 2026 09:05:02 +0800 (CST)\n\n"
        f"Final-Recipient: rfc822; {LI}\n"
        f"Original-Recipient: rfc822;{LI}\nAction: failed\nStatus: 5.1.1\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{LI}>: Recipient address rejected:\n User unknown\n".encode(),
        "7bit",
    ),
    part(
        "text/rfc822-headers",
        f"From: xietiao@example.com\nTo: {LI}\nMessage-ID: {NOTICE_ID}\nX-Coordination-Notice: {NUMBER}\n"
        f"Subject: {word(SUBJECT)}\n".encode(),
        "7bit",
    ),
    sender="MAILER-DAEMON <MAILER-DAEMON@mail.example.com>",
    subject="Undelivered Mail Returned to Sender",
    replies="",
    type="multipart/report; report-type=delivery-status",
    more=("Auto-Submitted: auto-replied",),
)
DELAY = BOUNCE.replace(b"Action: failed", b"Action: delayed").replace(b"Status: 5", b"Status: 4")

CALENDAR = (
    "BEGIN:VCALENDAR\nMETHOD:REPLY\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\nBEGIN:VEVENT\n"
    'ATTENDEE;PARTSTAT={status};CN="李雷: 技术部":mailto:li@exam\n ple.com\nCOMMENT;LANGUAGE=zh-CN:{comment}\n'
    "UID:HY-2026-0008-0011223344556677@example.com\nSUMMARY;LANGUAGE=zh-CN:已接受: 会议\nEND:VEVENT\nEND:VCALENDAR\n"
)


def calendar_reply(
    status: str, *, comment: str = "", subject: str = "Accepted: 联调专题会 @ Tue Mar 10, 2026", replies: str = ""
) -> bytes:
    content = CALENDAR.format(status=status, comment=comment)
    return mail(
        plain(""),
        part('text/calendar; charset="utf-8"; method=REPLY', content.encode()),
        subject=subject,
        replies=replies,
    )
