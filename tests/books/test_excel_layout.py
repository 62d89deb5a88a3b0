"""What stands where, as Excel tells it and LibreOffice does not: constructed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from coordination_xl.books.addresses import Area
from coordination_xl.books.excel.layout import Layout, area_of


@pytest.mark.parametrize(
    ("cells", "area"),
    [
        (SimpleNamespace(address="$B$3:$D$9"), Area(3, 2, 9, 4)),
        (SimpleNamespace(address="$B$3"), Area(3, 2, 3, 2)),
        (SimpleNamespace(address="$A:$C", shape=(1_048_576, 3), row=1, column=1), Area(1, 1, 1_048_576, 3)),
        (SimpleNamespace(address="$2:$4", shape=(3, 16_384), row=2, column=1), Area(2, 1, 4, 16_384)),
    ],
)
def test_an_area_is_known_by_its_address_or_else_by_its_size(cells, area):
    assert area_of(cells) == area


class Names:
    """The names of a workbook one of whose sheets was copied and is in front: Excel finds the copy's first."""

    def __init__(self, **places):
        self.all = [SimpleNamespace(name=name.replace("__", "!"), refers_to=to) for name, to in places.items()]

    def _found(self, key):
        return [each for each in self.all if each.name.rpartition("!")[2].casefold() == key.casefold()]

    def __contains__(self, key):
        return bool(self._found(key))

    def __getitem__(self, key):
        return self._found(key)[0]

    def __iter__(self):
        return iter(self.all)


def layout_with(names):
    sheets = [SimpleNamespace(name=name) for name in ("看板", "看板 (2)")]
    return Layout(SimpleNamespace(names=names, sheets=sheets), "台账.xlsx")


def test_names_of_a_copied_sheet_do_not_stand_for_those_of_the_workbook():
    found = layout_with(Names(Copy__Board_as_of="='看板 (2)'!$B$3", Board_as_of="=看板!$B$3")).named("board_as_of")
    assert found == ("看板", Area(3, 2, 3, 2))


def test_a_name_that_only_a_sheet_has_is_taken_for_what_it_is():
    found = layout_with(Names(Copy__Board_as_of="='看板 (2)'!$B$3")).named("Board_as_of")
    assert found == ("看板 (2)", Area(3, 2, 3, 2))
