import sys
from types import SimpleNamespace

import pytest

from coordination_xl.addin.selecting import selection, visible
from coordination_xl.addin.selecting.areas import read_areas
from coordination_xl.addin.selecting.pointing import Pointing, pointing_of
from coordination_xl.addin.selecting.selection import AGREED, NOTIFIED, TIMED, Selection, areas_of, ids_of, rows_of
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


def test_each_row_comes_with_its_id_and_a_row_without_one_with_none(tasks):
    top = tasks.first_row
    assert ids_of(tasks, [top, top + 3], "id") == {top: "RW-2026-0001", top + 3: ""}


def test_a_row_in_which_nothing_is_written_stands_for_nothing(tasks):
    assert ids_of(tasks, [tasks.first_row + 5], "id") == {}


def test_a_task_stands_for_its_agreement_where_the_agreement_is_meant(tasks):
    row = tasks.first_row + 1
    assert ids_of(tasks, [row], AGREED["Tasks"]) == {row: "XT-2026-0002"}
    assert ids_of(tasks, [row], TIMED["Tasks"]) == {row: "RW-2026-0002"}


def test_a_notice_stands_for_its_matter_but_has_times_of_its_own():
    grid = builders.book(Dispatch=[builders.dispatch()]).grid("Dispatch")
    row = grid.first_row
    assert ids_of(grid, [row], NOTIFIED["Dispatch"]) == {row: "WT-2026-0001"}
    assert ids_of(grid, [row], TIMED["Dispatch"]) == {row: "TZ-2026-0001"}


@pytest.mark.parametrize("columns", [TIMED, NOTIFIED, AGREED])
def test_every_column_that_names_a_row_is_one_of_its_table(columns):
    for table, identifier in columns.items():
        assert identifier in BY_NAME[table].by_identifier


def test_no_selected_row_means_all():
    assert Selection("看板").ids_or_all() == ()


def test_selected_rows_without_ids_never_pass_for_all():
    with pytest.raises(UsageError, match="选中的行没有编号"):
        Selection("协调台账", (7,), ()).ids_or_all()


@pytest.mark.parametrize("chosen", [Selection("协调台账", hidden=2), Selection("协调台账", (7,), (), 1, 2)])
def test_selected_rows_that_a_filter_hides_never_pass_for_all(chosen):
    with pytest.raises(UsageError, match=r"被筛选隐藏了.*选中看得见的行.*要处理全部，请选中表格以外的格子"):
        chosen.ids_or_all()
    with pytest.raises(UsageError, match="被筛选隐藏了"):
        chosen.one_id("载入")


@pytest.mark.parametrize(
    ("chosen", "scope"),
    [
        (Selection("看板"), "范围：没有选中台账的行，以下是全部应发而未发的。"),
        (Selection("任务跟踪表", (5, 6, 7), ("A", "B", "C")), "范围：选中的 3 行。"),
        (Selection("任务跟踪表", (5, 6, 7), ("A", "B")), "范围：选中的 3 行（2 个事项）。"),
        (Selection("任务跟踪表", (5, 6, 7), ("A",), 2), "范围：选中的 1 行；没有编号的 2 行不在内。"),
        (
            Selection("任务跟踪表", (5, 6), ("A",), 1, 40),
            "范围：选中的 1 行；没有编号的 1 行、筛选隐藏的 40 行不在内。",
        ),
    ],
)
def test_the_scope_names_what_is_in_and_what_is_left_out(chosen, scope):
    assert chosen.scope("全部应发而未发的") == scope


def test_one_row_is_asked_for_where_several_are_selected():
    with pytest.raises(UsageError, match="选中了 2 行"):
        Selection("协调台账", (7, 8), ("XT-2026-0001", "XT-2026-0002")).one_id("载入")


def test_without_a_row_the_message_says_what_to_select():
    with pytest.raises(UsageError, match="在台账中选中要载入的那一行"):
        Selection("看板").one_id("载入")


def test_one_row_is_asked_for_where_a_second_has_no_id():
    with pytest.raises(UsageError, match="选中了 2 行"):
        Selection("协调台账", (7, 8), ("XT-2026-0001",), 1).one_id("载入")


OURS = "协调.xlsx"


def test_the_selection_of_another_workbook_is_refused():
    with pytest.raises(UsageError, match=r"“协调\.xlsx”.*当前的工作簿是“预算\.xlsx”"):
        areas_of(Pointing("预算.xlsx", "协调台账", "$A$5"), OURS)


@pytest.mark.parametrize("address", ["", "$A$5"])
def test_without_a_worksheet_in_front_nothing_passes_for_all(address):
    with pytest.raises(UsageError, match="请先转到台账的工作表，选中要处理的行"):
        areas_of(Pointing(OURS, "", address), OURS)
    with pytest.raises(UsageError, match="当前没有可以操作的工作簿"):
        areas_of(Pointing("", "", address), OURS)


def test_a_selected_picture_is_no_area():
    assert areas_of(Pointing(OURS, "看板"), OURS) == ()


class Areas:
    """COM's collection of areas, which cannot be here."""

    def __init__(self, addresses):
        self._addresses = addresses

    def __iter__(self):
        return (SimpleNamespace(Address=address) for address in self._addresses)


class Front:
    """Excel with a workbook in front; what Excel itself answers to :func:`pointing_of` on Windows and on a Mac."""

    def __init__(self, selection=None, sheet="协调台账", fault=None, sheet_fault=None):
        self._sheet, self._fault, self._sheet_fault, self._selection = sheet, fault, sheet_fault, selection
        self.name, self.app, self.books, self.sheets = OURS, self, self, self

    @property
    def active(self):
        return self if self._sheet_fault is None else Unknown(self._sheet_fault)

    @property
    def selection(self):
        if self._fault:
            raise self._fault
        return self._selection


class Unknown:
    """The workbook is known, its active sheet is not."""

    def __init__(self, fault):
        self.name, self.sheets, self._fault = OURS, self, fault

    @property
    def active(self):
        raise self._fault


class CommandError(Exception):
    """Under the name of appscript's."""

    def __init__(self, number):
        super().__init__(f"Command failed: {number}")
        self.errornumber = number


def chosen_cells(addresses):
    sheet = SimpleNamespace(name="协调台账", book=SimpleNamespace(name=OURS))
    address = ",".join(addresses)
    cut = address[: address.rfind(",", 0, 256)] if len(address) > 255 else address
    return SimpleNamespace(sheet=sheet, address=cut, api=SimpleNamespace(Areas=Areas(addresses)))


MANY = [f"$A${row}" for row in range(100, 200, 2)]


def test_so_many_areas_that_excel_cuts_their_address_are_read_one_by_one_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    areas = areas_of(pointing_of(Front(chosen_cells(MANY))), OURS)
    assert [area.first_row for area in areas] == list(range(100, 200, 2))


def test_so_many_areas_are_refused_where_excel_cannot_name_them(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UsageError, match="选中的区域太多"):
        areas_of(pointing_of(Front(chosen_cells(MANY))), OURS)


def test_where_excel_for_windows_has_no_selection_nothing_is_selected():
    lacks = AttributeError("'NoneType' object has no attribute 'Address'")
    assert pointing_of(Front(fault=lacks)) == Pointing(OURS, OURS)


@pytest.mark.parametrize("fault", [KeyError("Chart1"), AttributeError("name"), CommandError(-1728)])
def test_a_chart_sheet_in_front_is_no_worksheet(fault):
    assert pointing_of(Front(sheet_fault=fault)) == Pointing(OURS, "")


def test_excel_that_is_busy_is_not_taken_for_one_without_a_worksheet():
    with pytest.raises(CommandError):
        pointing_of(Front(sheet_fault=CommandError(-1712)))


def test_a_refusal_to_name_the_selection_is_not_taken_for_no_selection():
    with pytest.raises(CommandError):
        pointing_of(Front(fault=CommandError(-50)))


class Host:
    """Excel itself cannot be here: its answers to what is asked about rows on each system."""

    name = "协调台账"

    def __init__(self, answer, areas=(), hidden=()):
        self.asked, self.single = [], []
        self.api = SimpleNamespace(Evaluate=self._evaluate)
        self._answer, self._areas, self._hidden = answer, areas, hidden

    def _evaluate(self, formula):
        self.asked.append(formula)
        return self._told(self._answer)

    @staticmethod
    def _told(answer):
        if isinstance(answer, Exception):
            raise answer
        return answer

    def range(self, first, _last=None):
        flags = SimpleNamespace(get=lambda: self._told(self._answer))
        api = SimpleNamespace(entire_row=SimpleNamespace(rows=SimpleNamespace(hidden=flags)))
        areas = self._areas
        if _last is None:
            self.single.append(first[0])
        return SimpleNamespace(
            api=api,
            get_special_cells=lambda _kind: self._told(areas),
            rows=SimpleNamespace(hidden=None if self._hidden is None else first[0] in self._hidden),
        )


class com_error(Exception):  # noqa: N801 - the name under which pywin32 raises it
    """What Chinese Excel says where no cell is visible, and xlwings does not understand."""

    excepinfo = (0, "Microsoft Excel", "未找到单元格。", "", 0, -2146827284)


COLUMNS = range(2, 12)
AREAS = [SimpleNamespace(row=5, shape=(2, 1))]


@pytest.mark.parametrize("count", [2, 50, 5000])
def test_excel_for_windows_is_asked_once_for_any_number_of_rows(monkeypatch, count):
    monkeypatch.setattr(sys, "platform", "win32")
    rows = range(5, 5 + count)
    host = Host(tuple((float(row % 2 * 3),) for row in rows), com_error())
    assert visible.visible_rows(host, rows, COLUMNS) == set(rows[::2])
    assert host.asked == [f"SUBTOTAL(103,OFFSET(B5,ROW(B5:B{4 + count})-ROW(B5),0,1,10))"]


@pytest.mark.parametrize(("answer", "seen"), [(3.0, {5}), (((3.0,),), {5}), ((3.0,), {5}), (0.0, set())])
def test_excel_for_windows_tells_of_a_single_row(monkeypatch, answer, seen):
    monkeypatch.setattr(sys, "platform", "win32")
    assert visible.visible_rows(Host(answer, com_error(), None), [5], COLUMNS) == seen


def test_rows_that_were_not_asked_about_are_not_told_of(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert visible.visible_rows(Host(((1.0,),) * 4), [5, 8], COLUMNS) == {5, 8}


@pytest.mark.parametrize("count", [1, 2, 200])
def test_excel_for_mac_gives_the_hidden_flag_of_each_row(monkeypatch, count):
    monkeypatch.setattr(sys, "platform", "darwin")
    rows = range(5, 5 + count)
    flags = [row % 2 == 0 for row in rows]
    host = Host(flags if count > 1 else flags[0])
    assert visible.visible_rows(host, rows, COLUMNS) == set(rows[::2])
    assert host.single == []


ERRORS = -2146826273, ((-2146826273,), (1.0,), (0.0,), (1.0,)), None, com_error()


@pytest.mark.parametrize("answer", ERRORS)
def test_where_excel_for_windows_gives_no_block_the_visible_areas_are_read(monkeypatch, answer):
    monkeypatch.setattr(sys, "platform", "win32")
    assert visible.visible_rows(Host(answer, AREAS), range(5, 9), COLUMNS) == {5, 6}


@pytest.mark.parametrize("answer", ERRORS)
def test_where_chinese_excel_names_no_areas_each_row_is_asked(monkeypatch, answer):
    monkeypatch.setattr(sys, "platform", "win32")
    assert visible.visible_rows(Host(answer, com_error(), {5, 7}), range(5, 9), COLUMNS) == {6, 8}
    assert visible.visible_rows(Host(answer, com_error(), {5, 6, 7, 8}), range(5, 9), COLUMNS) == set()


@pytest.mark.parametrize("answer", [False, True, [False], ["k.missing_value"] * 4, CommandError(-50)])
def test_where_excel_for_mac_gives_no_list_each_row_is_asked(monkeypatch, answer):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert visible.visible_rows(Host(answer, (), {5, 7}), range(5, 9), COLUMNS) == {6, 8}


def test_so_many_rows_that_asking_each_takes_too_long_are_refused():
    with pytest.raises(UsageError, match="选中了 301 行，Excel 没有说明哪些被隐藏"):
        visible.visible_rows(Host(None, com_error()), range(5, 306), COLUMNS)


def test_a_row_of_which_nothing_is_told_is_not_taken_for_visible():
    with pytest.raises(UsageError, match="没有说明哪些被隐藏"):
        visible.visible_rows(Host(None, com_error(), None), range(5, 9), COLUMNS)


def test_excel_that_is_busy_is_not_asked_row_by_row():
    busy = com_error()
    busy.hresult = -2147418111
    host = Host(None, busy)
    with pytest.raises(com_error):
        visible.visible_rows(host, range(5, 9), COLUMNS)
    assert host.single == []


def test_the_formula_that_windows_evaluates_stays_below_its_limit_of_255_characters():
    assert len(visible.visibility_formula(range(1_000_000, 1_048_576), range(16_300, 16_384))) < 255
