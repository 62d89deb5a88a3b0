"""A letter becomes subject, page and plain text. Source: SPEC section 5, ``notice``; section 6."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordination_xl.notices.environment import rendered
from coordination_xl.notices.letters.letter import names
from coordination_xl.notices.words import Words, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from coordination_xl.notices.letters.letter import Head

PAGE, TEXT, SUBJECT = "page.html", "page.txt", "subject.txt"
WORD_NAMES = tuple(Words.__dataclass_fields__)
"""What the words of a notice are called in its layouts."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may hold and nobody can see; half a character among them."""
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})


@dataclass(frozen=True, slots=True)
class Written:
    """A notice that is written.

    Attributes:
        subject: one line.
        html: the page, XHTML.
        text: the same as plain text.
        words: what it says.
        context: what its layouts were given: the letter's variables, and the words over them (``title`` is the notice's).
    """

    subject: str
    html: str
    text: str
    words: Words
    context: Mapping[str, object]


class Writer:
    """Writes letters with the templates of their kinds, each read and compiled once.

    Args:
        templates: the environment, see :func:`~coordination_xl.notices.environment.environment`.
    """

    def __init__(self, templates: Environment) -> None:
        self._templates = templates
        self._names: dict[type[Head], tuple[str, ...]] = {}

    def words(self, letter: Head) -> Words:
        """What a letter says.

        Raises:
            BrokenTemplate: ``words.txt`` of its kind cannot be used.
        """
        return words_of(self._templates, letter.kind, self._variables(letter))

    def written(self, letter: Head, words: Words | None = None) -> Written:
        """Subject, page and text of a letter.

        Args:
            letter: what its templates are given.
            words: what it says, where that is known already.

        Raises:
            BrokenTemplate: a template of its kind cannot be used.
        """
        words = words or self.words(letter)
        given = self.context(letter, words)
        return Written(
            subject=" ".join(self._filled(letter.kind, SUBJECT, given).split()),
            html=self._filled(letter.kind, PAGE, given),
            text=self._filled(letter.kind, TEXT, given).replace("\r\n", "\n"),
            words=words,
            context=given,
        )

    def page(self, letter: Head, words: Words | None = None) -> str:
        """The page alone.

        Raises:
            BrokenTemplate: as :meth:`written`.
        """
        return self._filled(letter.kind, PAGE, self.context(letter, words or self.words(letter)))

    def context(self, letter: Head, words: Words) -> dict[str, object]:
        """What layouts are given: the letter's variables, and the words over them."""
        return self._variables(letter) | {name: getattr(words, name) for name in WORD_NAMES}

    def _variables(self, letter: Head) -> dict[str, object]:
        """As :func:`~coordination_xl.notices.letters.letter.variables`; each model is looked into once."""
        model = type(letter)
        if model not in self._names:
            self._names[model] = names(model)
        return {name: getattr(letter, name) for name in self._names[model]}

    def _filled(self, kind: str, name: str, given: Mapping[str, object]) -> str:
        return _seen(rendered(self._templates, f"{kind}/{name}", given))


def _seen(text: str) -> str:
    """A text without the characters that no mail and no page can hold; nearly every text is left as it is."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        return _UNSEEN.sub("", text)
    is_clean = len(content.translate(None, _CONTROLS)) == len(content) and "\ufffe" not in text and "\uffff" not in text
    return text if is_clean else _UNSEEN.sub("", text)
