import pytest

from coordination_xl.addin.selecting.areas import LAST_COLUMN, LAST_ROW, Area, read_areas

BODY = Area(5, 1, 20, 10)


@pytest.mark.parametrize(
    ("address", "areas"),
    [
        ("$C$5", [Area(5, 3, 5, 3)]),
        ("C5:D9", [Area(5, 3, 9, 4)]),
        ("$A$5:$B$6,$AA$10", [Area(5, 1, 6, 2), Area(10, 27, 10, 27)]),
        ("$C:$D", [Area(1, 3, LAST_ROW, 4)]),
        ("$5:$9", [Area(5, 1, 9, LAST_COLUMN)]),
        ("$A$1:$XFD$1048576", [Area(1, 1, LAST_ROW, LAST_COLUMN)]),
        ("协调台账!$A$5", [Area(5, 1, 5, 1)]),
        ("'a, b!'!$A$5,'a, b!'!$B$7", [Area(5, 1, 5, 1), Area(7, 2, 7, 2)]),
    ],
)
def test_an_address_names_its_areas(address, areas):
    assert list(read_areas(address)) == areas


@pytest.mark.parametrize("address", ["", "C5;D6", "R1C1:R2C2", "$"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match="not an address"):
        read_areas(address)


def test_rows_above_and_below_the_body_are_not_within_it():
    assert Area(1, 1, 6, 1).rows_within(BODY) == range(5, 7)
    assert Area(19, 1, 400, 1).rows_within(BODY) == range(19, 21)


def test_an_area_beside_the_body_shares_no_row_with_it():
    assert not Area(5, 11, 9, 12).rows_within(BODY)


def test_the_header_alone_shares_no_row_with_the_body():
    assert not Area(4, 1, 4, 10).rows_within(BODY)
