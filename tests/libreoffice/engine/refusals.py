"""What Excel answers when it will not: the same name and the same numbers as pywin32's ``com_error``."""

from __future__ import annotations

CALL_REJECTED = -2147418111  # RPC_E_CALL_REJECTED: a cell is being edited, or a dialogue is open
EXCEPTION = -2147352567  # DISP_E_EXCEPTION: look into excepinfo
NOT_POSSIBLE = -2146827284  # error 1004


class com_error(Exception):  # noqa: N801  # the name under which pywin32 raises it
    """One refused call.

    Attributes:
        hresult: number of the failure.
        excepinfo: what Excel said about it; ``None`` if it never came to Excel.
    """

    def __init__(self, hresult: int, text: str, excepinfo: tuple | None = None) -> None:
        super().__init__(hresult, text, excepinfo, None)
        self.hresult = hresult
        self.strerror = text
        self.excepinfo = excepinfo
        self.argerror = None


def refused(what: str) -> com_error:
    """Excel's error 1004 with its words."""
    return com_error(EXCEPTION, "Exception occurred.", (0, "Microsoft Excel", what, "xlmain11.chm", 0, NOT_POSSIBLE))


def busy() -> com_error:
    """A cell is being edited: Excel takes no calls."""
    return com_error(CALL_REJECTED, "Call was rejected by callee.")
