import sys
from types import SimpleNamespace

import pytest

from coordination_xl.addin import selection, visible
from coordination_xl.addin.areas import read_areas
from coordination_xl.addin.selection import AGREED, NOTIFIED, TIMED, Selection, ids_of, rows_of
from coordination_xl.errors import UsageError
from coordination_xl.schema.tables import BY_NAME
from tests import builders


@pytest.fixture
def tasks():
    rows = [builders.task(id=f"RW-2026-{n:04}", source=f"XT-2026-{n:04}") for n in range(1, 6)]
    rows[3]["id"] = ""
    return builders.book(Tasks=rows).grid("Tasks")


def test_rows_of_several_areas_come_once_and_in_order(tasks):
    top = tasks.first_row
    areas = read_areas(f"$B${top + 2}:$C${top + 3},$A${top},$B${top + 2}")
    assert rows_of(tasks, areas) == [top, top + 2, top + 3]


def test_a_whole_column_means_every_row_of_the_table_and_no_more(tasks):
    top = tasks.first_row
    assert rows_of(tasks, read_areas("$C:$C")) == list(range(top, top + 5))


def test_the_header_and_cells_beside_the_table_mean_no_row(tasks):
    top, right = tasks.first_row, tasks.first_column + len(tasks.header)
    assert rows_of(tasks, read_areas(f"$A${top - 1}:$C${top - 1}")) == []
    beside = SimpleNamespace(first_row=top, last_row=top + 3, first_column=right, last_column=right)
    assert not selection.Area(beside.first_row, right, beside.last_row, right).rows_within(
        selection.Area(top, tasks.first_column, top + 4, right - 1)
    )


def test_a_row_without_an_id_is_left_out(tasks):
    top = tasks.first_row
    assert ids_of(tasks, [top, top + 3], "id") == ["RW-2026-0001"]


def test_a_task_stands_for_its_agreement_where_the_agreement_is_meant(tasks):
    assert ids_of(tasks, [tasks.first_row + 1], AGREED["Tasks"]) == ["XT-2026-0002"]
    assert ids_of(tasks, [tasks.first_row + 1], TIMED["Tasks"]) == ["RW-2026-0002"]


def test_a_notice_stands_for_its_matter_but_has_times_of_its_own():
    grid = builders.book(Dispatch=[builders.dispatch()]).grid("Dispatch")
    assert ids_of(grid, [grid.first_row], NOTIFIED["Dispatch"]) == ["WT-2026-0001"]
    assert ids_of(grid, [grid.first_row], TIMED["Dispatch"]) == ["TZ-2026-0001"]


@pytest.mark.parametrize("columns", [TIMED, NOTIFIED, AGREED])
def test_every_column_that_names_a_row_is_one_of_its_table(columns):
    for table, identifier in columns.items():
        assert identifier in BY_NAME[table].by_identifier


def test_no_selected_row_means_all():
    assert Selection("看板").ids_or_all() == ()


def test_selected_rows_without_ids_never_pass_for_all():
    with pytest.raises(UsageError, match="选中的行没有编号"):
        Selection("协调台账", (7,), ()).ids_or_all()


def test_one_row_is_asked_for_where_several_are_selected():
    with pytest.raises(UsageError, match="选中了 2 行"):
        Selection("协调台账", (7, 8), ("XT-2026-0001", "XT-2026-0002")).one_id("载入")


def test_without_a_row_the_message_says_what_to_select():
    with pytest.raises(UsageError, match="在台账中选中要载入的那一行"):
        Selection("看板").one_id("载入")


def test_so_many_areas_that_excel_cuts_their_address_are_refused():
    app = SimpleNamespace(selection=SimpleNamespace(address=",".join(f"$A${row}" for row in range(100, 140))))
    with pytest.raises(UsageError, match="选中的区域太多"):
        selection.selected_areas(app, "协调台账")


def test_a_selected_chart_is_no_area():
    assert selection.selected_areas(SimpleNamespace(selection=None), "看板") == ()


class Sheet:
    """Excel itself cannot be here: its answers to the one call that is made on each system."""

    def __init__(self, answer):
        self.asked = []
        self.api = SimpleNamespace(Evaluate=self._evaluate)
        self._answer = answer

    def _evaluate(self, formula):
        self.asked.append(formula)
        return self._answer

    def range(self, first, _last):
        hidden = SimpleNamespace(get=lambda: self._answer)
        rows = SimpleNamespace(rows=SimpleNamespace(hidden=hidden))
        areas = [SimpleNamespace(row=first[0], shape=(2, 1))]
        return SimpleNamespace(api=SimpleNamespace(entire_row=rows), get_special_cells=lambda _kind: areas)


def test_excel_for_windows_is_asked_once_for_any_number_of_rows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    sheet = Sheet(tuple((float(row % 2),) for row in range(5, 5005)))
    assert visible.visible_rows(sheet, range(5, 5005), 2) == set(range(5, 5005, 2))
    assert sheet.asked == ["SUBTOTAL(103,OFFSET(B5,ROW(B5:B5004)-ROW(B5),0))"]


def test_excel_for_mac_gives_the_hidden_flag_of_each_row(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    sheet = Sheet([row % 2 == 0 for row in range(5, 205)])
    assert visible.visible_rows(sheet, range(5, 205), 2) == set(range(5, 205, 2))


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_where_excel_gives_no_block_the_visible_areas_are_read(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert visible.visible_rows(Sheet(None), range(5, 205), 2) == {5, 6}


def test_the_formula_that_windows_evaluates_stays_below_its_limit_of_255_characters():
    assert len(visible.visibility_formula(range(1_000_000, 1_048_576), 16_384)) < 255
