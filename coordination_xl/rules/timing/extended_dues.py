"""What the granted 延期申请 make of due times. Source: SPEC section 3, 延期申请: the original date is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coordination_xl.ledger.frames import Ledger
    from coordination_xl.rules.timing.deadlines import Moments
    from coordination_xl.rules.timing.extensions import Extension, Moment


@dataclass(frozen=True, slots=True)
class Extended:
    """What extensions made of one due time.

    Attributes:
        original: the due time before the first of them.
        counted: what the rule gives by the cells as they stand; some steps may have led there, the others go on from there.
        due: where the last of them leads.
        steps: the extensions, in the order in which they follow each other.
    """

    original: Moment
    counted: Moment
    due: Moment
    steps: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """The valid extensions of one ledger's rows.

    Attributes:
        of_row: position in the ledger's frame → its extensions, in the order in which they were decided.
    """

    of_row: Mapping[int, tuple[Extension, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, extensions: Iterable[Extension]) -> Granted:
        """Those of a ledger's matters; of rows that share an id the first is meant."""
        of_source: dict[str, list[Extension]] = {}
        for each in extensions:
            if each.is_valid:
                of_source.setdefault(each.source, []).append(each)
        if not of_source:
            return cls()
        of_row: dict[int, tuple[Extension, ...]] = {}
        ids = ledger.ids
        for place in np.flatnonzero(np.asarray(pd.Series(ids).isin(list(of_source)))):
            if steps := of_source.pop(str(ids[place]), None):
                of_row[int(place)] = tuple(steps)
        return cls(of_row)

    def moved(self, due: Moments) -> tuple[Moments, Mapping[int, Extended]]:
        """Due times as the extensions make them, and for each row that has one how it came about.

        An extension counts where the due time is the one it was granted for, and then the next one where that led. A
        deadline that a person has set to what was granted stays there; one set to anything else is the person's word.
        """
        moved = due
        history: dict[int, Extended] = {}
        for place, extensions in self.of_row.items():
            if np.isnat(due[place]):
                continue
            original, before = _back(due[place], extensions)
            left = tuple(each for each in extensions if each not in before)
            after = _on(due[place], left)
            if not before and not after:
                continue
            if after:
                moved = due.copy() if moved is due else moved
                moved[place] = after[-1].new_close
            history[place] = Extended(original, due[place], moved[place], (*before, *after))
        return moved, history

    def originals(self, kept: Moments) -> Moments:
        """What was promised before any extension, where what was kept is a time that an extension had led to."""
        originals = kept
        for place, extensions in self.of_row.items():
            original, steps = _back(kept[place], extensions)
            if steps:
                originals = kept.copy() if originals is kept else originals
                originals[place] = original
        return originals


def _on(due: Moment, extensions: tuple[Extension, ...]) -> tuple[Extension, ...]:
    """The extensions from a due time on; of two for the same time the one decided last counts."""
    steps: list[Extension] = []
    left = list(reversed(extensions))
    while step := next((each for each in left if each.starts_from(due)), None):
        left.remove(step)
        steps.append(step)
        due = step.new_close
    return tuple(steps)


def _back(due: Moment, extensions: tuple[Extension, ...]) -> tuple[Moment, tuple[Extension, ...]]:
    """The due time that a due time was before the extensions that led to it, and these."""
    steps: list[Extension] = []
    left = list(reversed(extensions))
    while step := next((each for each in left if each.leads_to(due)), None):
        left.remove(step)
        steps.insert(0, step)
        due = step.current_close
    return due, tuple(steps)
