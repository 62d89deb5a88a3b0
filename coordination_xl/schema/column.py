"""One column of a ledger, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordination_xl.schema.vocabulary import Vocabulary


class Dtype(StrEnum):
    """What a typed frame holds.

    ``TEXT``: ``object`` of ``str``, blank is ``""``. ``NUMBER``: ``float64``, blank is NaN.
    ``MOMENT``: ``datetime64[s]``, blank is NaT, naive Asia/Shanghai time.
    """

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


class Kind(Enum):
    """What a column is about: decides its type, its look and how it is read."""

    ID = "编号"
    LIGHT = "预警灯"
    NAME = "名称"
    STATE = "状态"
    CHOICE = "选项"
    PERSON = "部门与人"
    PARTIES = "多个部门与人"
    DEPARTMENT = "部门"
    PARTS = "多项文本"
    LONG_TEXT = "长文本"
    TEXT = "文本"
    WORD = "短文本"
    DATE = "日期"
    MOMENT = "时间"
    WORKDAYS = "工作日数"
    HOURS = "小时数"
    NUMBER = "数"
    VERSION = "版本"

    @property
    def dtype(self) -> Dtype:
        """The type of its values in a typed frame."""
        if self in {Kind.DATE, Kind.MOMENT}:
            return Dtype.MOMENT
        if self in {Kind.WORKDAYS, Kind.HOURS, Kind.NUMBER, Kind.VERSION}:
            return Dtype.NUMBER
        return Dtype.TEXT


class Owner(StrEnum):
    """Who writes a column: ``refresh`` touches nothing that is the user's."""

    USER = "user"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        identifier: what code says.
        header: what people see, exactly.
        kind: decides type, width, alignment and reading.
        help: the input prompt, at most 40 characters, with one example where it helps.
        source: the clause of the mechanism it comes from.
        aliases: other headers under which the column is recognised.
        required: whether a submitted row must fill it.
        required_from: the state from which on it must be filled, where that is later.
        vocabulary: the words it may hold.
        refers_to: the tables whose ids it may hold.
        is_accountable: whether it must name exactly one person: everybody is nobody.
        owner: who writes it.
        since: the first 工作簿版本 (参数) that has it; older workbooks may lack it and do without.
    """

    identifier: str
    header: str
    kind: Kind
    help: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    required_from: str | None = None
    vocabulary: Vocabulary | None = None
    refers_to: tuple[str, ...] = ()
    is_accountable: bool = False
    owner: Owner = Owner.USER
    since: int = 1

    @property
    def is_computed(self) -> bool:
        """Whether the program owns it."""
        return self.owner is Owner.PROGRAM

    @property
    def dtype(self) -> Dtype:
        """The type of its values in a typed frame."""
        return self.kind.dtype

    @property
    def must_exist(self) -> bool:
        """Whether a workbook without this column is refused: what is required or computed, and was there from the start."""
        return self.since == 1 and (self.required or self.kind in {Kind.ID, Kind.STATE} or self.is_computed)


def computed(identifier: str, header: str, kind: Kind, help: str, source: str = "SPEC 4", **more: object) -> Column:  # noqa: A002
    """A column that the program owns."""
    return Column(identifier, header, kind, help, source, owner=Owner.PROGRAM, **more)  # type: ignore[arg-type]
