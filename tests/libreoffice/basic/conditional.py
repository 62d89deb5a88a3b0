"""One system's view of VBA: its conditional compilation carried out, which LibreOffice's Basic reads as ordinary ``If``."""

from __future__ import annotations

import re

WINDOWS = {"vba7": 1, "win64": 1, "mac": 0}
MAC = {"vba7": 1, "win64": 1, "mac": 1, "mac_office_version": 16}
_IF = re.compile(r"\s*#(?P<word>If|ElseIf|Else|End If)\b(?:\s*(?P<test>.+?)\s+Then\b)?", re.IGNORECASE)
_CONST = re.compile(r"\s*#Const\s+(?P<name>\w+)\s*=\s*(?P<value>\"[^\"]*\"|\w+)", re.IGNORECASE)


def view(text: str, constants: dict[str, object]) -> str:
    """The lines that one system compiles; the others are left blank, so that line numbers stay."""
    known = dict(constants)
    shown: list[str] = []
    open_blocks: list[tuple[bool, bool]] = []  # (this branch is live, a branch was live)
    for line in text.replace("\r\n", "\n").split("\n"):
        is_live = all(live for live, _ in open_blocks)
        if (const := _CONST.match(line)) is not None:
            if is_live:
                known[const["name"].lower()] = _value(const["value"], known)
        elif (block := _IF.match(line)) is not None:
            _turn(open_blocks, block["word"].lower(), block["test"] or "", known, is_live=is_live)
        elif is_live:
            shown.append(line)
            continue
        shown.append("")
    assert not open_blocks, "an #If without its #End If"
    return "\n".join(shown)


def _turn(blocks: list[tuple[bool, bool]], word: str, test: str, known: dict[str, object], *, is_live: bool) -> None:
    if word == "if":
        holds = is_live and _holds(test, known)
        blocks.append((holds, holds))
    elif word == "end if":
        blocks.pop()
    else:
        was_live = blocks[-1][1]
        holds = not was_live and (word == "else" or _holds(test, known))
        blocks[-1] = (holds, was_live or holds)


def _holds(test: str, known: dict[str, object]) -> bool:
    one, either, other = re.sub(r"\s+", " ", test.strip()).partition(" Or ")
    if either:
        return _holds(one, known) or _holds(other, known)
    test = one
    if test.lower().startswith("not "):
        return not _holds(test[4:], known)
    left, sign, right = re.fullmatch(r"(\S+)(?:\s*(>=|=)\s*(.+))?", test).groups()  # type: ignore[union-attr]
    if sign is None:
        return bool(_value(left, known))
    one, two = _value(left, known), _value(right, known)
    return one == two if sign == "=" else one >= two  # type: ignore[operator]


def _value(word: str, known: dict[str, object]) -> object:
    word = word.strip()
    if word.startswith('"'):
        return word.strip('"')
    if word.isdigit():
        return int(word)
    return word.lower() == "true" or known.get(word.lower(), 0)
