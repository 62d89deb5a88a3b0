"""Formulas between Excel's grammar and the one that LibreOffice's interface speaks.

Both use English function names and A1 references; they differ in separators (``,`` and ``;``) and in how a sheet is named
(``表!A1`` and ``$'表'.A1``).
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)"""
    r"""|(?P<table>\[)"""
    r"""|(?P<sign>[,;{}])"""
    r"""|(?P<other>'(?:[^']|'')*'|[^\W\d][\w.]*|.)""",
    re.DOTALL,
)
_HOST_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|\$?(?P<sheet>'(?:[^']|'')+'|[^\W\d]\w*)\.(?=\$?[A-Z]{1,3}\$?\d+(?![\w(])|\$?[A-Z]{1,3}:|\#REF!)"""
    r"""|(?P<table>\[)"""
    r"""|(?P<sign>[;|~{}])"""
    r"""|(?P<other>'(?:[^']|'')*'|[^\W\d][\w.]*|.)""",
    re.DOTALL,
)
_POWER = re.compile(r"[eE]\d*")
_PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


def _brackets(formula: str, start: int) -> int:
    depth = 0
    position = start
    while position < len(formula):
        if formula[position] == "'" and depth:
            position += 1  # the next character is meant as it stands
        elif formula[position] == "[":
            depth += 1
        elif formula[position] == "]":
            depth -= 1
            if not depth:
                return position + 1
        position += 1
    return len(formula)


def _structured(inside: str, separator: str) -> str:
    if this_row := re.fullmatch(r"\[@\[?([^\[\]]+)\]?\]", inside):
        return f"[[#This Row]{separator}[{this_row[1]}]]"
    return re.sub(r"\]\s*[,;]\s*\[", f"]{separator}[", inside)


def acceptable(formula: str) -> bool:
    """Whether Excel's parser would take it, as far as LibreOffice is more lenient: it closes what was left open."""
    depth, position, before = 0, 0, ""
    while position < len(formula):
        found = _TOKEN.match(formula, position)
        word, position = found[0], found.end()
        if found["table"]:
            position = _brackets(formula, found.start())
        elif found["other"]:
            depth += {"(": 1, ")": -1}.get(word, 0)
            grown = before.isdigit() and word[0].isalpha() and not _POWER.fullmatch(word)
            if depth < 0 or word in '"，。；：（）、' or grown:
                return False
        before = word
    return depth == 0


def to_host(formula: str) -> str:
    """Excel's formula in LibreOffice's grammar."""
    parts, position, in_array = [], 0, False
    while position < len(formula):
        found = _TOKEN.match(formula, position)
        position = found.end()
        if found["table"]:
            position = _brackets(formula, found.start())
            parts.append(_structured(formula[found.start() : position], ";"))
        elif found["sheet"]:
            name = found["sheet"][:-1]
            parts.append(f"${name}." if name[0] == "'" else f"$'{name}'.")
        elif found["sign"]:
            in_array = found[0] == "{" or (in_array and found[0] != "}")
            parts.append({",": ";", ";": "|" if in_array else ";"}.get(found[0], found[0]))
        else:
            parts.append(found[0])
    return "".join(parts)


def to_excel(formula: str) -> str:
    """LibreOffice's formula in Excel's grammar."""
    if formula.startswith("{=") and formula.endswith("}"):
        formula = formula[1:-1]
    if formula.startswith("=#"):
        return formula[1:]  # the host has constants of errors and truth as formulas only
    if formula in ("=TRUE()", "=FALSE()"):
        return formula[1:-2]
    parts, position, in_array = [], 0, False
    while position < len(formula):
        found = _HOST_TOKEN.match(formula, position)
        position = found.end()
        if found["table"]:
            position = _brackets(formula, found.start())
            parts.append(_structured(formula[found.start() : position], ","))
        elif found["sheet"]:
            name = found["sheet"]
            bare = name[1:-1] if name[0] == "'" else name
            parts.append(f"{bare}!" if _PLAIN_SHEET.fullmatch(bare) else f"{name}!")
        elif found["sign"]:
            in_array = found[0] == "{" or (in_array and found[0] != "}")
            parts.append({";": ",", "|": ";", "~": ","}.get(found[0], found[0]))
        else:
            parts.append(found[0])
    return "".join(parts)
