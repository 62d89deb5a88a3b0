"""What ``.api`` leads to: the few COM properties that this host can tell truly, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.libreoffice.office import Office


class Native:
    """Stands for one COM object; each property asked is a call into the host.

    Args:
        office: the host.
        facts: by COM's name of a property, how to find it out.
    """

    def __init__(self, office: Office, facts: Mapping[str, Callable[[], object]] | None = None) -> None:
        self._office = office
        self._facts = facts or {}

    def __getattr__(self, name: str) -> Any:
        if name not in self._facts:  # whoever asks for more has left what xlwings offers on every system
            raise AttributeError(f"the live test host has no .api.{name}")
        with self._office.call():
            return self._facts[name]()
