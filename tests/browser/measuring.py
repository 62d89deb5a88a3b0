"""What a real browser makes of a page: widths measured inside it, at the size of a desk or a phone.

Headless Chromium makes no window narrower than 500 pixels, so the page is put into a frame of the wanted size. The frame's
document measures itself; the answer comes back in the dumped DOM. Every host name is made to resolve to nothing.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_WRAPPER = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body style="margin:0">
<iframe id="frame" style="width:{width}px;height:{height}px;border:0" srcdoc="{page}"></iframe>
<script>
frame.onload = function () {{
  var page = frame.contentDocument, window_ = frame.contentWindow, root = page.documentElement;
  var clipped = [], outside = [];
  page.querySelectorAll("td,div,b,span,font").forEach(function (each) {{
    var box = each.getBoundingClientRect();
    if (!each.textContent.trim() || !box.width || window_.getComputedStyle(each).display === "none") return;
    var said = each.textContent.trim().slice(0, 40);
    if (each.tagName === "TD" && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1))
      clipped.push(said + " " + each.scrollWidth + ">" + each.clientWidth);
    if (box.right > window_.innerWidth + 0.5 || box.left < -0.5) outside.push(said + " " + box.left + ".." + box.right);
  }});
  var frameTable = page.querySelector("table table").getBoundingClientRect();
  var answer = document.createElement("pre");
  answer.id = "answer";
  answer.textContent = JSON.stringify({{
    width: window_.innerWidth, scroll_width: root.scrollWidth, clipped: clipped, outside: outside,
    left: frameTable.left, right: frameTable.right, cells: page.querySelectorAll("td").length,
    requests: window_.performance.getEntriesByType("resource").map(function (each) {{ return each.name; }}),
    smallest: Math.min.apply(null, Array.from(page.querySelectorAll("td")).filter(function (each) {{
      return each.textContent.replace(/\\u00a0/g, "").trim(); }}).map(function (each) {{
      return parseFloat(window_.getComputedStyle(each).fontSize); }}))
  }});
  document.body.appendChild(answer);
}};
</script></body></html>
"""


class Measured(NamedTuple):
    """How a page stands in a window.

    Attributes:
        width: of the window.
        scroll_width: of the page; more than the window has to be scrolled sideways.
        clipped: cells whose text is larger than they are.
        outside: what reaches beyond the window.
        left: where the mail's frame begins.
        right: where it ends.
        cells: how many cells there are.
        requests: addresses that the page asked for.
        smallest: the smallest type in a cell with text, in pixels.
    """

    width: float
    scroll_width: float
    clipped: list[str]
    outside: list[str]
    left: float
    right: float
    cells: int
    requests: list[str]
    smallest: float


def browser() -> str | None:
    """The Chromium of this machine."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def measure(page: str, width: int, height: int) -> Measured:
    """Lay a page out in a window and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        wrapper = Path(folder) / "wrapper.html"
        wrapper.write_text(_WRAPPER.format(width=width, height=height, page=html.escape(page)), encoding="utf-8")
        shown = _run(folder, "--dump-dom", "--virtual-time-budget=5000", wrapper.as_uri())
    answer = re.search(r'<pre id="answer">(.*?)</pre>', shown, re.DOTALL)
    assert answer, "the browser gave no answer"
    return Measured(**json.loads(html.unescape(answer[1])))


def _run(profile: str, *arguments: str) -> str:
    common = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
              "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
              "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}/profile",
              "--window-size=1500,1000")  # fmt: skip
    done = subprocess.run(
        [str(browser()), *common, *arguments], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout
