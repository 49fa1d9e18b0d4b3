"""Workbooks: numbers and dates are real, text never becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from prahari.contracts.clock import IST
from prahari.desks.common.workbooks import Column, Sheet, workbook

T = {"en": "Banks", "hi": "बैंक"}
COLUMNS = [
    Column({"en": "Name", "hi": "नाम"}, width=40),
    Column({"en": "Cameras", "hi": "कैमरे"}, "number", total=True),
    Column({"en": "Day", "hi": "दिनांक"}, "date"),
    Column({"en": "At", "hi": "समय"}, "moment"),
]


def read(file: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(file))


def test_a_sheet_as_people_read_it():
    at = dt.datetime(2026, 11, 25, 18, 0, tzinfo=IST)
    rows = [[{"en": "Mall Road", "hi": "माल रोड"}, 428, "2026-11-25", int(at.timestamp() * 1000)], ["b", 2, None, None]]
    page = read(workbook([Sheet("Banks", T, COLUMNS, rows, note={"en": "as of", "hi": "तक"})], "hi"))["Banks"]
    assert [page["A1"].value, page["A2"].value] == ["बैंक", "तक"]
    assert [cell.value for cell in page[4]] == ["नाम", "कैमरे", "दिनांक", "समय"]
    assert page.freeze_panes == "A5" and page.column_dimensions["A"].width == 40
    assert [cell.value for cell in page[5]] == [
        "माल रोड",
        428,
        dt.datetime.fromisoformat("2026-11-25T00:00"),
        dt.datetime.fromisoformat("2026-11-25T18:00"),
    ]
    assert [cell.value for cell in page[7]] == ["कुल", 430, None, None]


def test_without_a_language_both_are_there():
    page = read(workbook([Sheet("Banks", T, COLUMNS, [])]))["Banks"]
    assert page["A1"].value == "बैंक · Banks" and page["A3"].value == "नाम\nName" and page["A4"].value == "कुल / Total"


def test_two_sheets_of_one_name_and_names_that_are_not_allowed():
    book = read(workbook([Sheet(name, T, COLUMNS, []) for name in ("a/b", "A:B", "", "x" * 50, "History\x00")]))
    assert len({name.casefold() for name in book.sheetnames}) == 5


@settings(max_examples=60)
@given(
    st.one_of(st.text(max_size=60), st.sampled_from(["=1+1", "=cmd|' /C calc'!A0", "+91 98", "-1", "@SUM(A1)", "\t=1"]))
)
def test_text_stays_text(words: str):
    book = workbook([Sheet(words, {"en": words, "hi": words}, [Column({"en": words, "hi": words})], [[words]])])
    for row in read(book).active.iter_rows():
        assert all(cell.value is None or cell.data_type == "s" for cell in row)


def test_a_value_that_does_not_fit_its_column_is_shown_as_text():
    page = read(workbook([Sheet("x", T, COLUMNS, [["a", "many", "soon", True]])], "en"))["x"]
    assert [cell.value for cell in page[4]] == ["a", "many", "soon", "True"]
