"""Links and pictures lead somewhere, and nowhere out of the repository."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import PAGES, ROOT, anchors_of, links_of, text_of


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_resolve(page):
    assert [target for target in links_of(page) if not _resolves(page, target)] == []


def _resolves(page, target):
    path, _, anchor = target.partition("#")
    there = ((ROOT / page).parent / path).resolve() if path else ROOT / page
    if not there.is_relative_to(ROOT) or not there.exists():
        return False
    return not anchor or anchor in anchors_of(there.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("page", [*PAGES, "Makefile", ".ci/run", ".pre-commit-config.yaml", "pyproject.toml"])
def test_no_path_of_one_machine_is_named(page):
    assert not re.search(r"(?<![\w.$-])/(?:home|mnt|root|tmp|work|Users)/", text_of(page))
