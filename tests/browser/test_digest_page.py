"""周报 in a real browser: at a desk and on a phone nothing is cut off, nothing scrolls sideways, nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coordination_xl import report
from coordination_xl.notices.digest import digest_page
from coordination_xl.notices.environment import environment
from tests.browser.measuring import browser, measure
from tests.builders import book
from tests.notices.samples import CROWDED, DIGEST, NOTHING
from workbooks.demo import NOW, demo_rows

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")

DESK, PHONE = (1366, 768), (390, 844)
SAMPLES = {"full": DIGEST, "nothing": NOTHING, "crowded": CROWDED}


@pytest.fixture(scope="module")
def pages():
    made = {name: digest_page(sample, environment()) for name, sample in SAMPLES.items()}
    result = report(book(name="demo.xlsx", **demo_rows()), NOW, out=Path("nowhere"))
    return made | {"demo": result.files[0].content.decode()}


@pytest.fixture(scope="module")
def measured(pages):
    """Each page at each size, measured once."""
    found = {}

    def look(name: str, size: tuple[int, int]):
        if (name, size) not in found:
            found[name, size] = measure(pages[name], *size)
        return found[name, size]

    return look


every_page = pytest.mark.parametrize("name", [*SAMPLES, "demo"])
every_size = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@every_page
@every_size
def test_nothing_scrolls_sideways(measured, name, size):
    shown = measured(name, size)
    assert shown.width == size[0]
    assert shown.scroll_width <= shown.width
    assert shown.outside == []


@every_page
@every_size
def test_no_text_is_cut_off(measured, name, size):
    shown = measured(name, size)
    assert shown.cells > 100
    assert shown.clipped == []


@every_page
@every_size
def test_nothing_is_fetched(measured, name, size):
    assert measured(name, size).requests == []


@every_page
def test_a_desk_shows_a_mail_of_640_pixels_in_the_middle(measured, name):
    shown = measured(name, DESK)
    assert (shown.left, shown.right) == ((1366 - 640) / 2, (1366 + 640) / 2)


@every_page
def test_a_phone_shows_it_from_edge_to_edge(measured, name):
    shown = measured(name, PHONE)
    assert (shown.left, shown.right) == (6, 384)


@every_page
@every_size
def test_no_letter_is_too_small_to_read(measured, name, size):
    assert measured(name, size).smallest >= 11


def test_the_measure_finds_what_is_too_wide_cut_off_and_fetched():
    """Or the tests above could not fail."""
    wide = (
        '<html><body style="margin:0"><table><tr><td><table width="700"><tr><td style="font-size:9px">宽</td></tr></table>'
        '<table style="table-layout:fixed;width:50px"><tr><td>' + "x" * 40 + "</td></tr></table>"
        '<img src="http://tracking.invalid/pixel.png" /></td></tr></table></body></html>'
    )
    shown = measure(wide, *PHONE)
    assert shown.scroll_width > 390
    assert any("宽" in each for each in shown.outside)
    assert any("xxx" in each for each in shown.clipped)
    assert [re.sub(r"\?.*", "", each) for each in shown.requests] == ["http://tracking.invalid/pixel.png"]
    assert shown.smallest == 9
