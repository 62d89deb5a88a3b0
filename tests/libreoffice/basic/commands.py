"""What a command line comes to on Windows: first by the rules of cmd.exe, then by those of the C runtime.

Source: Microsoft's pages on ``cmd`` (quotes, ``^``, ``&``, ``%``) and on the parsing of C command-line arguments.
"""

from __future__ import annotations

import re

_VARIABLE = re.compile(r"%([^%\n]+)%")
COMSPEC = "C:\\Windows\\system32\\cmd.exe"
_START = f"{COMSPEC} /C "


def commands(line: str, variables: dict[str, str]) -> list[str]:
    """The command lines that ``cmd.exe /C …`` starts one after the other, without their redirections."""
    assert line.startswith(_START), line
    rest = line.removeprefix(_START).strip()
    assert not rest.startswith('"'), "cmd.exe would take off the first and the last quote"
    rest = _VARIABLE.sub(lambda found: variables.get(found[1].upper(), found[0]), rest)
    parts, is_quoted, is_escaped, is_redirected = [""], False, False, False
    for sign in rest:
        if is_escaped:
            is_escaped = False
        elif sign == '"':
            is_quoted = not is_quoted
        elif not is_quoted and sign == "^":
            is_escaped = True
            continue
        elif not is_quoted and sign in "&|":
            parts.append("")
            is_redirected = False
            continue
        elif not is_quoted and sign in "<>":
            parts[-1] = parts[-1].removesuffix("2")
            is_redirected = True
        if not is_redirected:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def arguments(command: str) -> list[str]:
    """The arguments that the started program sees, its own name first."""
    found: list[str] = []
    word, is_begun, is_quoted, slashes = "", False, False, 0
    for sign in f"{command} ":
        if sign == "\\":
            slashes, is_begun = slashes + 1, True
            continue
        if sign == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += sign
            else:
                is_quoted = not is_quoted
            is_begun = True
        else:
            word += "\\" * slashes
            if sign == " " and not is_quoted:
                if is_begun:
                    found.append(word)
                word, is_begun = "", False
            else:
                word, is_begun = word + sign, True
        slashes = 0
    assert not is_quoted, "an open quote"
    return found
