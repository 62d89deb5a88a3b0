"""Every error this package raises, in one tree.

    CoordinationError
    ├── WorkbookError            the file itself
    │   ├── WorkbookNotFound
    │   ├── NotAWorkbook
    │   ├── DamagedWorkbook
    │   ├── EncryptedWorkbook
    │   ├── SignedWorkbook
    │   ├── LockedWorkbook
    │   ├── ReadOnlyWorkbook
    │   ├── SaveFailed
    │   ├── NoWorkbookOpen       a click in Excel without a workbook
    │   ├── ForeignWorkbook      an Excel workbook that is not a coordination workbook
    │   ├── NewerWorkbook        made by a newer version of the program than this one
    │   ├── OlderWorkbook        made by an older version of the program, to be upgraded first
    │   ├── WorkbookNotLocal     never saved, or opened from the web: there is no folder beside it
    │   └── ExcelBusy            a cell is being edited, or a dialogue is open
    ├── StructureError           what the file should contain
    │   ├── MissingSheet
    │   ├── MissingTable
    │   ├── MissingColumn
    │   ├── DuplicateHeader
    │   └── DuplicateTable
    ├── WriteRefused             a cell that must not be overwritten
    │   ├── FormulaInTheWay
    │   ├── NoRoomForRows
    │   ├── NoRoomForColumns
    │   └── ProtectedSheet
    ├── CalendarError            the 节假日 sheet or the working hours contradict themselves
    ├── RuleError                a row of 时限规则 or 参数 that cannot be understood
    ├── BrokenTemplate           a template of the user's own that cannot be used
    ├── UnknownRecord            an id that no ledger has
    ├── DispatchError            mails cannot go out, or answers cannot be fetched
    │   ├── ServerAddressWrong
    │   ├── ServerUnreachable
    │   ├── ServerUntrusted
    │   ├── LoginRefused
    │   ├── SecretMissing
    │   ├── JournalDamaged
    │   ├── JournalUnwritable
    │   ├── SendingElsewhere
    │   └── OutcomeNotSaved
    ├── AddinError               the add-in cannot be built or installed on this machine
    └── UsageError               the call cannot be carried out as asked

Errors stop the program: nothing has been written when one is raised. What is wrong *inside* the ledgers (a blank cell, an
unreadable date) is never an error but a finding, see :mod:`coordination_xl.ledger.findings`.
"""

from __future__ import annotations

import errno
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_REASONS: Mapping[int | None, str] = MappingProxyType(
    {
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.EROFS: "所在磁盘只读",
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "超出磁盘配额",
        errno.EFBIG: "文件过大",
        errno.ENOENT: "路径不存在",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EISDIR: "已有同名文件夹",
        errno.EEXIST: "已有同名的文件或文件夹",
        errno.ENAMETOOLONG: "名称太长",
        errno.EBUSY: "正被其他程序占用",
        errno.EIO: "磁盘读写出错",
    }
)


def reason(fault: OSError) -> str:
    """Why the system refused, in Chinese where it is a common cause, else in the system's own words."""
    return _REASONS.get(fault.errno) or fault.strerror or str(fault)


class CoordinationError(Exception):
    """One thing that stopped the work, told to an office worker in Chinese.

    Args:
        where: the file, sheet, table or cell it is about.
        what: what is wrong with it.
        remedy: what the reader can do about it.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(f"{where}：{what}。{remedy}。")

    def __reduce__(self) -> tuple[type[CoordinationError], tuple[str, str, str]]:
        """Pickle by the three parts, so that an error crosses process borders whole."""
        return type(self), (self.where, self.what, self.remedy)


class WorkbookError(CoordinationError):
    """The file cannot be opened, read or saved."""


class WorkbookNotFound(WorkbookError):
    """There is no file at the path."""


class NotAWorkbook(WorkbookError):
    """The file is not an .xlsx or .xlsm package."""


class DamagedWorkbook(WorkbookError):
    """The package is truncated or a part of it cannot be parsed."""


class EncryptedWorkbook(WorkbookError):
    """The file is protected by a password to open."""


class SignedWorkbook(WorkbookError):
    """The package carries a digital signature, which any change would break."""


class LockedWorkbook(WorkbookError):
    """Somebody has the workbook open: a ``~$`` or ``.~lock.`` file lies beside it."""


class ReadOnlyWorkbook(WorkbookError):
    """The file or its folder may not be written."""


class SaveFailed(WorkbookError):
    """Writing or verifying the new file failed (disk full, for instance); the old file is untouched."""


class NoWorkbookOpen(WorkbookError):
    """A button was clicked while no workbook is open."""


class ForeignWorkbook(WorkbookError):
    """The workbook is open and sound, but none of the tables of the schema is in it."""


class NewerWorkbook(WorkbookError):
    """The workbook was made or upgraded by a newer version of the program than this one."""


class OlderWorkbook(WorkbookError):
    """The workbook was made by an older version of the program and lacks what the verb needs."""


class WorkbookNotLocal(WorkbookError):
    """The workbook has no folder of its own on this machine: never saved, or opened from the web."""


class ExcelBusy(WorkbookError):
    """Excel takes no orders now: a cell is being edited, or a dialogue is open."""


class StructureError(CoordinationError):
    """The workbook opens, but lacks what the schema asks for."""


class MissingSheet(StructureError):
    """A sheet of the schema is not in the workbook."""


class MissingTable(StructureError):
    """The sheet is there but its Excel table is not."""


class MissingColumn(StructureError):
    """A required column is not in its table under its header or any alias."""


class DuplicateHeader(StructureError):
    """Two columns of a table answer to the same schema column."""


class DuplicateTable(StructureError):
    """Two tables of the workbook bear the same name."""


class WriteRefused(CoordinationError):
    """A cell is in the way that the program must not overwrite."""


class FormulaInTheWay(WriteRefused):
    """The cell holds a formula that is not the program's own link, or is part of an array formula or of a calculated column."""


class NoRoomForRows(WriteRefused):
    """Appended rows would run into a totals row or into occupied cells below the table."""


class NoRoomForColumns(WriteRefused):
    """New columns of a table would run into occupied cells right of it."""


class ProtectedSheet(WriteRefused):
    """The sheet is protected, and cells that would change are locked."""


class CalendarError(CoordinationError):
    """The days or hours of the work calendar contradict themselves. Source: SPEC section 4."""


class RuleError(CoordinationError):
    """A row of 时限规则 or 参数 cannot be understood, so no due time can be trusted."""


class BrokenTemplate(CoordinationError):
    """A template beside the workbook has a mistake, or asks for something that is not there."""


class UnknownRecord(CoordinationError):
    """No ledger has a row with this id."""


class DispatchError(CoordinationError):
    """Mails cannot go out, or answers cannot be fetched."""


class ServerAddressWrong(DispatchError):
    """The address of a mail server cannot be understood, or holds a password."""


class ServerUnreachable(DispatchError):
    """No mail server answers at the address, or it does not want to talk now."""


class ServerUntrusted(DispatchError):
    """The server's certificate is wrong, or it offers no encryption where it is needed."""


class LoginRefused(DispatchError):
    """The server takes neither user name nor password."""


class SecretMissing(DispatchError):
    """The server wants a login, and no password is set anywhere."""


class JournalDamaged(DispatchError):
    """The journal of sending cannot be read, so nobody knows what was sent already."""


class JournalUnwritable(DispatchError):
    """The journal of sending cannot be written, so nothing may be sent."""


class SendingElsewhere(DispatchError):
    """Another call is sending from the same outbox."""


class OutcomeNotSaved(DispatchError):
    """Mails went out, and the workbook could not be saved; the journal has it, and the next sending writes it down."""


class AddinError(CoordinationError):
    """The add-in cannot be built, installed or removed on this machine."""


class UsageError(CoordinationError):
    """The request itself cannot be carried out."""
