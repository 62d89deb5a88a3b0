"""What somebody agreed to send is what was shown: a mail that is another one since stays. Source: SPEC section 5, ``send``.

Between the question and the yes a file can be edited, or come in by synchronising.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordination_xl.dispatch.sending.delivery import Answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coordination_xl.dispatch.sending.mails import Mail

CHANGED = "确认之后文件有变动，这一封没有发，请再点一次【发送】"


def kept_back(mails: Sequence[Mail], agreed: Sequence[Mail]) -> Mapping[str, Answers]:
    """By file, the mails that could go but are none of those that were agreed to, with the reason for each recipient.

    Args:
        mails: what waits now.
        agreed: what waited when it was shown; of these, what could not go was not agreed to.
    """
    shown = {each.file: each.digest for each in agreed if not each.fault}
    return {
        each.file: Answers(deferred=dict.fromkeys(each.message.to, CHANGED))
        for each in mails
        if each.message and not each.fault and each.digest != shown.get(each.file)
    }
