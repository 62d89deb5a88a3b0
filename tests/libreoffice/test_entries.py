"""What a text becomes when it is put into a cell, as Excel itself has it: no host needed."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.libreoffice.engine.entries import enter
from tests.libreoffice.engine.formulas import acceptable, to_excel, to_host
from tests.libreoffice.engine.refusals import com_error

TODAY = dt.date(2026, 3, 6)


@pytest.mark.parametrize(
    ("text", "number", "number_format"),
    [
        ("12", 12, None),
        ("007", 7, None),
        (" 12 ", 12, None),
        ("+3.50", 3.5, None),
        ("-5", -5, None),
        ("(5)", -5, None),
        ("1,234", 1234, "#,##0"),
        ("1E5", 100000, "0.00E+00"),
        ("50%", 0.5, "0%"),
        ("12.5%", 0.125, "0.00%"),
        ("￥8", 8, "¥#,##0"),
        ("13800138000", 13800138000, None),
        ("110101199001011234", 110101199001011000, None),  # Excel keeps 15 digits
        ("2026-11-20", 46346, "yyyy/m/d"),
        ("2026/1/2", 46024, "yyyy/m/d"),
        ("2026年11月20日", 46346, "yyyy/m/d"),
        ("2026-11", 46327, "yyyy/m/d"),  # the first of the month
        ("3-1", 46082, "yyyy/m/d"),  # 1 March of this year: what a section number turns into
        ("1/2", 46024, "yyyy/m/d"),
        ("12:00", 0.5, "h:mm"),
        ("6:00:00", 0.25, "h:mm:ss"),
        ("2026-11-20 18:00", 46346.75, "yyyy/m/d h:mm"),
        ("6 PM", None, None),
        ("6:00 PM", 0.75, "h:mm"),
    ],
)
def test_a_text_that_reads_like_a_number_becomes_one_in_a_general_cell(text, number, number_format):
    entry = enter(text, text_cell=False, today=TODAY)
    if number is None:
        assert entry.kind == "text"
    else:
        assert (entry.kind, entry.value, entry.number_format) == ("number", pytest.approx(number), number_format)


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01",
        "2026.11.20",
        "13-45",
        "XT-2026-0001",
        "10时",
        "1.2.3",
        "25:61",
        "-",
        "=",
        "+",
        "二十",
        "2026-11-20T18:00",
        ".",
    ],
)
def test_any_other_text_stays_one(text):
    assert enter(text, text_cell=False, today=TODAY) == ("text", text, None)


@pytest.mark.parametrize("text", ["12", "2026-11-20", "=A1", "TRUE", "#N/A", "+1", "- 一"])
def test_in_a_text_cell_and_behind_an_apostrophe_every_text_stays(text):
    assert enter(text, text_cell=True, today=TODAY) == ("text", text, None)
    assert enter("'" + text, text_cell=False, today=TODAY) == ("text", text, None)
    assert enter("'" + text, text_cell=True, today=TODAY) == ("text", text, None)


@pytest.mark.parametrize(
    ("value", "kind", "becomes"),
    [
        ("=SUM(A1,2)", "formula", "=SUM(A1,2)"),
        ("+A1", "formula", "=A1"),
        ("-A1", "formula", "=-A1"),
        ("@SUM(A1)", "formula", "=SUM(A1)"),
        ("true", "bool", True),
        (False, "bool", False),
        ("#n/a", "error", "#N/A"),
        ("", "blank", ""),
        (None, "blank", ""),
        ("'", "blank", ""),
        (3, "number", 3.0),
        (dt.date(2026, 11, 20), "number", 46346.0),
        (dt.datetime(2026, 11, 20, 18), "number", 46346.75),
    ],
)
def test_formulas_truth_values_errors_and_moments_are_known(value, kind, becomes):
    entry = enter(value, text_cell=False, today=TODAY)
    assert (entry.kind, entry.value) == (kind, becomes)


def test_numbers_put_into_a_text_cell_become_texts():
    assert enter(12.0, text_cell=True, today=TODAY).value == "12"
    assert enter(dt.date(2026, 11, 20), text_cell=True, today=TODAY).value == "2026/11/20"


def test_what_com_cannot_carry_is_refused():
    for value in (dt.time(10), dt.timedelta(1), object()):
        with pytest.raises(TypeError, match="COM VARIANT"):
            enter(value, text_cell=False, today=TODAY)
    for text in ("长" * 32768, "@张三"):
        with pytest.raises(com_error) as caught:
            enter(text, text_cell=False, today=TODAY)
        assert caught.value.excepinfo[5] == -2146827284


FORMULAS = [
    ("=SUM(A1,B2:C3)", "=SUM(A1;B2:C3)"),
    ("='表 一'!$A$2&\"a,b;c!\"", "=$'表 一'.$A$2&\"a,b;c!\""),
    ("={1,2;3,4}", "={1;2|3;4}"),
    ('=COUNTIFS(Tab[预警灯],"红",Tab[[#This Row],[a,b]],1)', '=COUNTIFS(Tab[预警灯];"红";Tab[[#This Row];[a,b]];1)'),
    ('=WORKDAY.INTL(A1,1,"0000011",NORM.S.DIST(A2,TRUE))', '=WORKDAY.INTL(A1;1;"0000011";NORM.S.DIST(A2;TRUE))'),
]


@pytest.mark.parametrize(("excel", "host"), FORMULAS)
def test_formulas_go_between_the_grammars_and_back(excel, host):
    assert to_host(excel) == host
    assert to_excel(host) == excel


def test_sheets_and_rows_of_a_table_are_named_as_excel_does():
    assert to_host("=任务!A1") == "=$'任务'.A1"
    assert to_excel("=$任务.A1+$'1月'.$B$2") == "=任务!A1+'1月'!$B$2"
    assert to_host("=Tab[@数]*2") == "=Tab[[#This Row];[数]]*2"
    assert to_excel("=#N/A") == "#N/A"
    assert to_excel("=TRUE()") == "TRUE"


@pytest.mark.parametrize("formula", ["=SUM(", "=)", "=-5天", "=-第一条，说明", '="a', "=IF(1,2"])
def test_what_excels_parser_refuses_is_not_acceptable(formula):
    assert not acceptable(formula)


@pytest.mark.parametrize("formula", ["=1E5+2", "=IF(A1>0,\"，(\",'表 (1)'!A1)", "=Tab[数(个]", "=-一"])
def test_what_excels_parser_takes_is_acceptable(formula):
    assert acceptable(formula)
