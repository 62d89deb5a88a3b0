"""Closed workbook, eight columns of every row changed: a splice against loading and saving with openpyxl.

    python -m benchmarks.splice [--rows 100000] [--book PATH] [--without-openpyxl]

Both sides read the table ``Ledger``, write the same values to the same eight columns, and save. Each runs in a process of its own,
so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

COLUMNS = 24
CHANGED = range(10, 18)


def build(path: Path, rows: int) -> None:
    """A workbook of one ledger: ten columns of text, six of moments, four of numbers, four of short words."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("协调台账")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    start = dt.datetime(2026, 1, 1)
    for row in range(1, rows + 1):
        for column in range(COLUMNS):
            if column < 10:
                sheet.write_string(row, column, f"事项 {row % 5000}·{column}，描述文字")
            elif column < 16:
                sheet.write_datetime(row, column, start + dt.timedelta(hours=row % 9000), moment)
            elif column < 20:
                sheet.write_number(row, column, row * 1.5)
            else:
                sheet.write_string(row, column, "绿红蓝黄"[row % 4])
    headers = [{"header": f"列{number}"} for number in range(1, COLUMNS + 1)]
    sheet.add_table(0, 0, rows, COLUMNS - 1, {"name": "Ledger", "columns": headers})
    book.close()


def new_values(rows: int) -> list[np.ndarray]:
    """What the eight columns become, as a refresh writes it: moments, lights, days, rule numbers, blanks."""
    start = dt.datetime(2026, 11, 21, 9)
    kinds = [
        [start + dt.timedelta(minutes=at % 30_000) for at in range(rows)],
        [start + dt.timedelta(hours=at % 3_000) for at in range(rows)],
        ["红" if at % 3 else "绿" for at in range(rows)],
        ["是" if at % 2 else "否" for at in range(rows)],
        [f"R-{at % 200}" for at in range(rows)],
        [None if at % 2 else "暂定" for at in range(rows)],
        [float(at % 77) for at in range(rows)],
        [float(at % 5) for at in range(rows)],
    ]
    return [np.array(values, dtype=object) for values in kinds]


def run_splice(path: Path) -> None:
    from coordination_xl.books import ChangeSet, ColumnChange, open_book

    begun = time.perf_counter()
    book = open_book(path)
    grid = book.grid("Ledger")
    read = time.perf_counter()
    rows = np.arange(grid.first_row, grid.first_row + grid.height)
    ids = np.full(grid.height, "", dtype=object)
    changes = ChangeSet(
        tuple(
            ColumnChange("Ledger", grid.header[place], rows, ids, grid.columns[place], values)
            for place, values in zip(CHANGED, new_values(grid.height), strict=True)
        )
    )
    computed = time.perf_counter()
    book.apply(changes)
    _report(read - begun, time.perf_counter() - computed)


def run_openpyxl(path: Path) -> None:
    import openpyxl

    begun = time.perf_counter()
    book = openpyxl.load_workbook(path)
    sheet = book["协调台账"]
    read = time.perf_counter()
    columns = new_values(sheet.max_row - 1)
    computed = time.perf_counter()
    for place, values in zip(CHANGED, columns, strict=True):
        for at, value in enumerate(values):
            sheet.cell(at + 2, place + 1).value = value
    book.save(path)
    _report(read - begun, time.perf_counter() - computed)


def _report(read: float, written: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{read:.2f} {written:.2f} {peak:.0f}")


def _measured(side: str, path: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.splice", "--side", side, "--book", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read, written, peak = map(float, done.stdout.split())
    print(
        f"{side:10} read {read:7.2f} s   change and save {written:7.2f} s   together {read + written:7.2f} s   peak {peak:6.0f} MB"
    )
    return read, written, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--book", type=Path, help="a workbook with the table Ledger; built if it is not there")
    parser.add_argument("--without-openpyxl", action="store_true")
    parser.add_argument("--side", choices=["splice", "openpyxl"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        (run_splice if options.side == "splice" else run_openpyxl)(options.book)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = options.book or Path(folder) / "big.xlsx"
        if not source.exists():
            build(source, options.rows)
        print(
            f"{options.rows} rows x {COLUMNS} columns, {source.stat().st_size / 1e6:.1f} MB; {len(CHANGED)} columns change"
        )
        totals = []
        for side in ["splice"] if options.without_openpyxl else ["splice", "openpyxl"]:
            copy = Path(folder) / f"{side}.xlsx"
            shutil.copy(source, copy)
            read, written, _ = _measured(side, copy)
            totals.append(read + written)
        if len(totals) == 2:
            print(f"the splice is {totals[1] / totals[0]:.1f} times as fast")


if __name__ == "__main__":
    main()
