"""The page of every kind of notice in a real browser: nothing is cut off, scrolls sideways or is fetched."""

from __future__ import annotations

import pytest

from coordination_xl.notices.environment import environment
from coordination_xl.notices.writer import Writer
from tests.browser.measuring import browser, measure
from tests.notices.letter_samples import EVERY_KIND

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")

DESK, PHONE = (720, 1000), (390, 844)
WRITER = Writer(environment())


@pytest.fixture(scope="module")
def measured():
    """Each page at each size, measured once."""
    found = {}

    def look(name: str, size: tuple[int, int]):
        if (name, size) not in found:
            found[name, size] = measure(WRITER.page(EVERY_KIND[name]), *size)
        return found[name, size]

    return look


every_page = pytest.mark.parametrize("name", [name for name in EVERY_KIND if "-" not in name])
every_size = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@every_page
@every_size
def test_nothing_scrolls_sideways_or_is_cut_off(measured, name, size):
    shown = measured(name, size)
    assert shown.width == size[0]
    assert shown.scroll_width <= shown.width
    assert shown.outside == []
    assert shown.clipped == []
    assert shown.cells > 10


@every_page
@every_size
def test_nothing_is_fetched(measured, name, size):
    assert measured(name, size).requests == []


@every_page
def test_it_is_640_pixels_wide_at_a_desk_and_from_edge_to_edge_on_a_phone(measured, name):
    assert (measured(name, DESK).left, measured(name, DESK).right) == ((720 - 640) / 2, (720 + 640) / 2)
    assert (measured(name, PHONE).left, measured(name, PHONE).right) == (6, 384)


@every_page
def test_no_letter_is_too_small_to_read(measured, name):
    assert measured(name, PHONE).smallest >= 12
