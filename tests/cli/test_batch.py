"""run over a folder: by one process, by two, by a dask cluster."""

from __future__ import annotations

import openpyxl
import pytest

from coordination_xl import open_book
from coordination_xl.ledger.collection import Ledgers


@pytest.fixture
def folder(tmp_path, make):
    """Two of ours, one that is nothing to us, and what lies about."""
    make("clean"), make("faulty")
    other = openpyxl.Workbook()
    other.active["A1"] = "别人的"
    other.save(tmp_path / "other.xlsx")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "~$gone.xlsx").write_bytes(b"")
    return tmp_path


def lights(folder) -> dict[str, list[str]]:
    return {
        name: Ledgers.read(open_book(folder / f"{name}.xlsx"))["Coordination"]["light"].tolist()
        for name in ("clean", "faulty")
    }


@pytest.mark.parametrize("options", [(), ("--jobs", "2")], ids=["one process", "two"])
def test_all_workbooks_are_run_and_foreign_ones_passed_over(options, cli, folder):
    before = (folder / "other.xlsx").read_bytes()
    called = cli("run", folder, *options, "--json")
    assert (called.status, called.err) == (1, "")
    assert [(each["book"].rsplit("/", 1)[1], each["status"]) for each in called.document["summary"]["books"]] == [
        ("clean.xlsx", "done"),
        ("faulty.xlsx", "done"),
        ("other.xlsx", "skipped"),
    ]
    assert lights(folder) == {"clean": ["绿"], "faulty": ["绿"]}
    assert (folder / "other.xlsx").read_bytes() == before


def test_a_foreign_workbook_that_is_named_is_an_error(cli, folder):
    called = cli("run", folder / "other.xlsx")
    assert called.status == 2
    assert "缺少工作表" in called.err


def test_an_error_in_one_leaves_the_others_to_be_done(cli, folder):
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04 cut off")
    called = cli("run", folder)
    assert called.status == 2
    assert "bad.xlsx" in called.err
    assert called.err.count("\n") == 1
    assert lights(folder) == {"clean": ["绿"], "faulty": ["绿"]}


def test_a_folder_without_workbooks_is_clean(cli, tmp_path):
    called = cli("run", tmp_path, "--json")
    assert (called.status, called.document["summary"]["books"]) == (0, [])


def test_a_dry_run_leaves_every_file(cli, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli("run", folder, "--dry-run").status == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_dask_cluster_does_the_same(cli, folder, monkeypatch):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
    ) as cluster:
        monkeypatch.chdir(folder)
        called = cli("run", ".", "--scheduler", cluster.scheduler_address, "--json")
    assert called.status == 1
    assert [each["status"] for each in called.document["summary"]["books"]] == ["done", "done", "skipped"]
    assert lights(folder) == {"clean": ["绿"], "faulty": ["绿"]}
