"""Links in a table: Excel, left to itself, fills a table's column with one formula, and every jump would lead to one place."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from coordination_xl.actions.check import check
from coordination_xl.books import ChangeSet, Link, TableReplaced
from coordination_xl.books.excel import ExcelBook
from coordination_xl.books.excel.facts import ComFacts
from coordination_xl.errors import SaveFailed
from coordination_xl.schema.tables import FINDINGS
from tests.books.contract import change, column
from tests.libreoffice.engine.cells import values
from tests.libreoffice.engine.refusals import refused

NOW = dt.datetime(2026, 11, 20, 10, 0)
HEADERS = tuple(each.header for each in FINDINGS.columns)


@pytest.fixture
def workbook(office, pytestconfig, tmp_path):
    source = pytestconfig.rootpath / "workbooks" / "coordination-demo.xlsx"
    return office.open(shutil.copy(source, tmp_path / "打开.xlsx"))


@pytest.fixture
def untold(monkeypatch):
    """An Excel that does not let itself be asked whether it fills columns."""
    monkeypatch.setattr(ComFacts, "fills_columns", lambda *_: None)


def links(workbook):
    """The formulas of 定位 in 校验结果."""
    body = workbook.sheets["校验结果"].tables["Findings"].data_body_range
    return [row[-1] for row in body.formula]


def listed(count, start=0):
    places = [Link(f"'任务跟踪表'!A{5 + start + at}", f"A{5 + start + at}") for at in range(count)]
    texts = column(*(f"问题 {start + at}" for at in range(count)))
    plain = tuple(texts for _ in FINDINGS.columns[:-1])
    return ChangeSet(replaced=(TableReplaced("Findings", HEADERS, (*plain, column(*places))),))


def wanted(count, start=0):
    return [f'=HYPERLINK("#\'任务跟踪表\'!A{row}","A{row}")' for row in range(5 + start, 5 + start + count)]


def emptied(workbook):
    ExcelBook.of(workbook).apply(listed(0))
    return ExcelBook.of(workbook)


def test_the_host_fills_a_blank_column_as_excel_does(workbook):
    emptied(workbook).apply(listed(3))
    workbook.sheets["校验结果"].range("J5:J7").raw_value = [[""]] * 3
    workbook.sheets["校验结果"].range("J5:J7").raw_value = [['="a"'], ['="b"'], ['="c"']]
    assert links(workbook) == ['="a"'] * 3


def test_each_finding_has_its_own_link(workbook):
    live = emptied(workbook)
    result = check(live, NOW, actor="甲")
    assert len({found.address for found in result.findings}) > 2
    live.apply(result.changes)
    targets = [f"'{found.sheet}'!{found.address}" for found in result.findings]
    assert [text.split('"')[1] for text in links(workbook)] == [f"#{target}" for target in targets]


def test_the_filling_of_columns_is_off_while_something_is_written_and_on_again_after_it(office, workbook, monkeypatch):
    live, during, write = emptied(workbook), [], values.write
    monkeypatch.setattr(values, "write", lambda *a: (during.append(office.state["fills_columns"]), write(*a))[1])
    live.apply(listed(3))
    assert set(during) == {False}
    assert office.state["fills_columns"] is True


def test_nothing_is_switched_where_no_links_are_written(office, workbook):
    live = ExcelBook.of(workbook)
    live.apply(ChangeSet(columns=(change(live, "备注", (5,), column("新"), table="Tasks"),)))
    assert not [setting for setting in office.settings if setting[0] == "fills_columns"]


def test_a_user_who_has_switched_it_off_finds_it_off(office, workbook):
    office.state["fills_columns"] = False
    emptied(workbook).apply(listed(3))
    assert office.state["fills_columns"] is False
    assert not [setting for setting in office.settings if setting[0] == "fills_columns"]


def test_what_was_written_before_a_link_that_excel_refuses_is_put_back(workbook, monkeypatch):
    ExcelBook.of(workbook).apply(listed(3))
    live, write = ExcelBook.of(workbook), values.write

    def refuse_the_first(document, sheet, box, block, *more):
        if any('"A12"' in str(value) for row in block for value in row):
            raise refused("Application-defined or object-defined error")
        write(document, sheet, box, block, *more)

    monkeypatch.setattr(values, "write", refuse_the_first)
    with pytest.raises(SaveFailed, match="已恢复原状"):
        live.apply(listed(4, start=7))
    assert links(workbook) == wanted(3)


@pytest.mark.usefixtures("untold")
@pytest.mark.parametrize("count", [2, 5])
def test_links_are_their_own_where_excel_cannot_be_told(workbook, count):
    emptied(workbook).apply(listed(count))
    assert links(workbook) == wanted(count)
    ExcelBook.of(workbook).apply(listed(count + 3, start=7))
    assert links(workbook) == wanted(count + 3, start=7)


@pytest.mark.usefixtures("untold")
def test_a_link_that_excel_replaces_by_another_becomes_plain_text(workbook):
    ExcelBook.of(workbook).apply(listed(4))
    sheet = workbook.sheets["校验结果"]
    sheet.range("J5:J8").raw_value = [[""]] * 4
    sheet.tables["Findings"].autofilter.apply_values(6, ["问题 1", "问题 2"])  # so that cells are written one by one
    ExcelBook.of(workbook).apply(listed(4))
    body = sheet.tables["Findings"].data_body_range
    assert [row[-1] for row in body.value] == ["A5", "A6", "A7", "A8"]
    assert all(
        text in (own, shown)
        for text, own, shown in zip(links(workbook), wanted(4), ("A5", "A6", "A7", "A8"), strict=True)
    )
