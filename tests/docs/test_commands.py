"""The command line and its documents are in lockstep."""

from __future__ import annotations

import re

import pytest
import typer

from coordination_xl.cli.app import app
from tests.docs.pages import HANDBOOK, PAGES, README, README_ZH, ROOT, text_of


def _verbs(commands, before=""):
    """Every command by its words; those of a group as ``calendar import``."""
    for name, command in commands.items():
        if hasattr(command, "commands"):
            yield from _verbs(command.commands, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


VERBS = dict(_verbs(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
OPTIONS = {
    option: verb
    for verb, command in VERBS.items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("--")
}
OF_OTHER_PROGRAMS = {"--check", "--find-links", "--no-index"}


@pytest.mark.parametrize("page", [README, README_ZH])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_row_in_the_readme(page, verb):
    assert re.search(rf"^\| `{verb}[ `]", text_of(page), re.MULTILINE)


@pytest.mark.parametrize("page", [README, README_ZH])
@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_in_the_readme(page, option):
    assert re.search(rf"`[^`]*{option}\b[^`]*`", text_of(page))


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_in_the_handbook(option):
    assert option in text_of(HANDBOOK)


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK])
def test_every_verb_that_users_are_told_of_exists(page):
    told = re.findall(r"(?<!keyring set )coordination-xl(?:\.exe)? ([a-z]+)\b(?: ([a-z]+)\b)?", text_of(page))
    assert told
    groups = {verb.split()[0] for verb in VERBS if " " in verb}
    assert {" ".join(words).strip() if words[0] in groups else words[0] for words in told} <= VERBS.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_called_in_the_handbook(verb):
    assert re.search(rf"coordination-xl {verb}(?=[ `\n])", text_of(HANDBOOK))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_specification(verb):
    assert re.search(rf"^\| `{verb}` ", text_of("docs/SPEC.md"), re.MULTILINE)


@pytest.mark.parametrize("page", [README, README_ZH, HANDBOOK])
def test_every_option_that_users_are_told_of_exists(page):
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text_of(page)))
    assert told - OF_OTHER_PROGRAMS <= OPTIONS.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^\$ )make ([a-z]+)\b", text_of(page), re.MULTILINE))
    assert named <= targets
