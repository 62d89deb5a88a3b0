"""Accounts on which the add-in is installed."""

from __future__ import annotations

import pytest

from coordination_xl.addin.package import build_addin
from coordination_xl.addin.setup.install import plan_install
from tests.addin import machines


@pytest.fixture(scope="session")
def built():
    return build_addin()


@pytest.fixture
def windows(tmp_path, built):
    machine = machines.windows(tmp_path)
    plan_install(machine, lambda: built).apply()
    return machine


@pytest.fixture
def macos(tmp_path, built):
    machine = machines.macos(tmp_path)
    plan_install(machine, lambda: built).apply()
    return machine
