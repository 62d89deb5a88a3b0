from __future__ import annotations

import re

from coordination_xl.books.build.links import START_SHEET


def target(cell):
    sheet, address = re.fullmatch(r"'([^']+)'!([A-Z]+[0-9]+)", cell.hyperlink.location).groups()
    return sheet, address


def links(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_every_sheet_is_one_click_away_from_the_start_page(book):
    reached = [target(cell)[0] for cell in links(book[START_SHEET])]
    assert sorted(reached) == sorted(set(book.sheetnames) - {START_SHEET})


def test_a_button_says_where_it_leads(book):
    assert all(cell.value == target(cell)[0] for cell in links(book[START_SHEET]))


def test_every_link_of_the_workbook_resolves(book):
    for sheet in book:
        for cell in links(sheet):
            name, address = target(cell)
            assert name in book.sheetnames
            assert book[name][address] is not None


def test_every_ledger_and_form_leads_back(book):
    for sheet in book.worksheets[2:]:
        assert any(target(cell)[0] == START_SHEET for cell in links(sheet)), sheet.title


def test_link_text_is_dark_on_light(book):
    for cell in links(book[START_SHEET]):
        assert cell.fill.start_color.rgb in {"00DCE7F3", "00FFFFFF"}
        assert cell.font.color.rgb == "001F5A99"
