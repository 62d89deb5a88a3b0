"""Counts the calls into the host, and stops them while the host is said to be busy.

On Windows every attribute of xlwings that reaches Excel is at least one call between processes. So each public method and
property of an implementation object counts one, whoever uses it, except those that only lead from one object to the next.
What an implementation does inside one call counts no further.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from tests.libreoffice.engine.native import Native

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.libreoffice.office import Office

FREE = frozenset({"api", "app", "book", "coords", "engine", "keys", "parent", "sheet"})
OWN = frozenset({"box", "boxes", "path", "uno"})  # of the implementation; xlwings does not know them
COUNTED_SPECIAL = frozenset({"__call__", "__contains__", "__getitem__", "__iter__", "__len__"})


def counted(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, counted as one call into the host."""

    @functools.wraps(function)
    def call(self: Counted, *args: object, **named: object) -> Any:
        with self._office.call():
            return function(self, *args, **named)

    return call


class Counted:
    """Base of all implementation objects; its subclasses' public members are counted by being defined."""

    _office: Office

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in list(vars(cls).items()):
            if name in FREE | OWN or (name.startswith("_") and name not in COUNTED_SPECIAL):
                continue
            if isinstance(member, property):
                setter = member.fset and counted(member.fset)
                setattr(cls, name, property(member.fget and counted(member.fget), setter, doc=member.__doc__))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, counted(member))

    @property
    def api(self) -> Native:
        """Something that exists, which is all that xlwings asks for."""
        return Native(self._office)
