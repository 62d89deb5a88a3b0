"""The whole batch (open, check, refresh, save) on a long ledger, beside the openpyxl way, pair by pair.

``python -m benchmarks.batch [--rows 100000] [--pairs 3]``. Each side runs in a process of its own on its own copy of one
workbook; the machine may be noisy, so the ratio of each pair is what counts. Ends with status 1 if the claim does not hold
or the two sides disagree on a light, a lateness or a rung.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import coordination_xl
from benchmarks.big_workbook import COLUMNS, write_big_workbook

CLAIM = 10.0
NOW = "2026-11-20T10:00"
COMPARED = ("预警灯", "逾期天数", "原定时限", "按期", "办结用时", "上次状态")


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--pairs", type=int, default=3)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, ours, theirs = (Path(folder) / name for name in ("source.xlsx", "ours.xlsx", "theirs.xlsx"))
        write_big_workbook(source, given.rows)
        print(
            f"open, check, refresh, save: {given.rows:,} rows x {len(COLUMNS)} columns, {source.stat().st_size:,} bytes"
        )
        ratios = []
        for pair in range(1, given.pairs + 1):
            mine = _timed(["-m", "benchmarks.our_way", str(ours), NOW], source, ours)
            other = _timed(["-m", "benchmarks.openpyxl_way", str(theirs)], source, theirs)
            ratios.append(other / mine)
            print(
                f"  pair {pair}: coordination-xl {mine:6.2f} s   openpyxl {other:7.2f} s   {other / mine:5.1f} times as fast"
            )
        agreed = _agree(ours, theirs)
    median = statistics.median(ratios)
    print(f"  median {median:.1f} times as fast (claim: at least {CLAIM:g}); same answers: {'yes' if agreed else 'NO'}")
    return 0 if median >= CLAIM and agreed else 1


def _timed(command: list[str], source: Path, copy: Path) -> float:
    shutil.copyfile(source, copy)
    began = time.perf_counter()
    finished = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if finished.returncode not in {0, 1} or "Traceback" in finished.stderr:
        raise SystemExit(finished.stderr)
    return seconds


def _agree(ours: Path, theirs: Path) -> bool:
    grids = [coordination_xl.open_book(path).grid("Tasks") for path in (ours, theirs)]
    return all((grids[0].column(header) == grids[1].column(header)).all() for header in COMPARED)


if __name__ == "__main__":
    raise SystemExit(main())
