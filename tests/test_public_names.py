"""What ``import coordination_xl`` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import coordination_xl
from coordination_xl.cli.app import LIFE

NOT_OVER_ONE_WORKBOOK = {"addin", "calendar"}


@pytest.mark.parametrize("name", coordination_xl.__all__)
def test_every_public_name_is_there_under_its_own_name(name):
    found = getattr(coordination_xl, name)
    assert found.__name__ == name
    assert found.__module__.startswith("coordination_xl.")


def test_every_verb_of_the_command_line_is_a_function():
    assert set(LIFE) - NOT_OVER_ONE_WORKBOOK <= set(coordination_xl.__all__)


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = coordination_xl.nonsense


def test_a_star_import_brings_all_of_them():
    names: dict[str, object] = {}
    exec("from coordination_xl import *", names)  # noqa: S102 - our own package
    assert set(coordination_xl.__all__) <= set(names)


def test_importing_the_package_imports_nothing_heavy():
    heavy = "{'pandas', 'numpy', 'openpyxl', 'lxml', 'jinja2'}"
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, coordination_xl; print({heavy} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "set()"
