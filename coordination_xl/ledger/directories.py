"""The departments and persons of 通讯录, and the names they go by."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from coordination_xl.ledger.folding import fold, fold_name, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

_ALIAS_SEPARATORS: Final = re.compile(r"[、;,，；/|\n\r]+")
_NAME_AND_TITLE: Final = re.compile(r"[/()·\s]+")


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is in the company, as far as 通讯录 says. Names compare by :func:`fold_name`, masks (``*``) left out.

    Attributes:
        departments: the names of the departments, in the order of their first row.
        members: (department, person) pairs as typed in 通讯录.
        ambiguous_aliases: aliases that two departments claim; they name neither.
    """

    departments: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    ambiguous_aliases: tuple[str, ...] = ()
    _department_of: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _persons_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, contacts: pd.DataFrame) -> Directory:
        """Build from the typed 通讯录.

        Args:
            contacts: columns ``department``, ``department_aliases`` (names separated by 、；, or line breaks) and
                ``person`` (name, title or both), texts; null and blank mean not given. Other columns and the index are
                ignored. A missing ``department_aliases`` means no aliases.

        Raises:
            KeyError: ``department`` or ``person`` is missing.
        """
        departments = [_text(value) for value in contacts["department"]]
        persons = [_text(value) for value in contacts["person"]]
        has_aliases = "department_aliases" in contacts
        aliases = [_text(v) for v in contacts["department_aliases"]] if has_aliases else [""] * len(contacts)
        named = tuple(dict.fromkeys(d for d in departments if d))
        department_of = {fold_name(d): d for d in named}
        claims: dict[str, dict[str, str]] = defaultdict(dict)
        for department, text in zip(departments, aliases, strict=True):
            for alias in filter(None, (a.strip() for a in _ALIAS_SEPARATORS.split(fold(text)))):
                if department and fold_name(alias) not in department_of:
                    claims[fold_name(alias)][department] = alias
        ambiguous = tuple(next(iter(by.values())) for by in claims.values() if len(by) > 1)
        department_of |= {key: next(iter(by)) for key, by in claims.items() if len(by) == 1}
        members = tuple(dict.fromkeys((d, p) for d, p in zip(departments, persons, strict=True) if p))
        return cls(named, members, ambiguous, MappingProxyType(department_of), _index(members))

    @classmethod
    def empty(cls) -> Directory:
        """A directory of nobody."""
        return cls((), ())

    def department(self, name: str) -> str | None:
        """The department that a name or alias means, None if nobody or two claim it."""
        return self._department_of.get(fold_name(name))

    def names(self) -> Mapping[str, str]:
        """Every name and alias (folded by :func:`fold_name`) and the department it means."""
        return self._department_of

    def person(self, department: str | None, person: str) -> str | None:
        """The person as 通讯录 writes them, within a department or (None) in the whole company.

        ``张*`` finds the one person whose name begins so, and nobody if there are two.
        """
        wanted = person_key(person)
        keys = [department] if department is not None else [*self.departments, ""]
        found: dict[str, str] = {}
        for key in keys:
            persons = self._persons_of.get(key, {})
            if wanted in persons:
                found[persons[wanted]] = key
            elif wanted and fold(person).strip().endswith("*"):
                found |= {name: key for form, name in persons.items() if form.startswith(wanted)}
        return next(iter(found)) if len(found) == 1 else None

    def persons(self, department: str | None) -> Mapping[str, str]:
        """Every form (:func:`person_key`) of the names in a department, and the person as 通讯录 writes them."""
        return self._persons_of.get(department or "", {})

    def departments_of(self, person: str) -> tuple[str, ...]:
        """Every department that has this person."""
        return tuple(d for d in self.departments if self.person(d, person) is not None)


def person_key(person: str) -> str:
    """The key under which two spellings of one person are the same."""
    return fold_name(person).replace("*", "")


def _index(members: Iterable[tuple[str, str]]) -> Mapping[str, Mapping[str, str]]:
    """Department → every form of a person's name → the person as written; a form that two share finds neither."""
    claims: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for department, person in members:
        for form in {person, *_NAME_AND_TITLE.split(fold(person))}:
            if person_key(form):
                claims[department][person_key(form)].add(person)
    return MappingProxyType(
        {
            department: MappingProxyType(
                {form: next(iter(persons)) for form, persons in forms.items() if len(persons) == 1}
            )
            for department, forms in claims.items()
        }
    )


def _text(value: object) -> str:
    return trim(value) if isinstance(value, str) else ""
