"""Sheets as the bytes of an XLSX file: what `workbooks.workbook` gives. Imported when one is asked for."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from prahari.contracts.clock import IST
from prahari.desks.common.workbooks import Column, Kind, Language, Sheet, pick

CELL_MAX_CHARS = 32_767
_LAKHS = "[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0"
_FORMATS: dict[str, str] = {
    "number": _LAKHS, "decimal": "#,##0.00", "percent": "0.0%", "date": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh:mm",
}  # fmt: skip
_WIDTHS: dict[str, int] = {"text": 24, "number": 12, "decimal": 12, "percent": 10, "date": 13, "moment": 18}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def written(sheets: Sequence[Sheet], language: Language | None = None) -> bytes:
    """As `workbooks.workbook`."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _sheet_name(sheet.name, names), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Workbook, sheet: Sheet, name: str, language: Language | None) -> None:
    page = book.create_sheet(name)
    head = 4 if sheet.note else 3
    page.freeze_panes = f"A{head + 1}"
    page.page_setup.orientation = "landscape" if len(sheet.columns) > 6 else "portrait"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"
    for at, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width or _WIDTHS[column.kind]

    page.append([_text(page, pick(sheet.title, language, " · "), bold=True, size=14)])
    if sheet.note:
        page.append([_text(page, pick(sheet.note, language, " · "), colour="5C6B78")])
    page.append([])
    page.append([_header(page, column, language) for column in sheet.columns])

    sums: list[float] = [0] * len(sheet.columns)
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        bold = count - 1 in sheet.bold_rows
        page.append(
            [_cell(page, column, value, language, bold) for column, value in zip(sheet.columns, row, strict=True)]
        )
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if column.total and isinstance(value, int | float) and not isinstance(value, bool):
                sums[at] += value
    page.auto_filter.ref = f"A{head}:{get_column_letter(len(sheet.columns))}{head + count}"
    totals = sheet.totals
    if totals is None and any(column.total for column in sheet.columns):
        word = {"en": "Total", "hi": "कुल"}
        totals = [
            one if column.total else (word if not at else None)
            for at, (column, one) in enumerate(zip(sheet.columns, sums, strict=True))
        ]
    if totals is not None:
        cells = [_cell(page, column, one, language, True) for column, one in zip(sheet.columns, totals, strict=True)]
        for cell in cells:
            cell.border = Border(top=Side("thin"))
        page.append(cells)


def _sheet_name(wanted: str, used: set[str]) -> str:
    """As spreadsheets allow: 31 characters, none of []:*?/\\, once a book."""
    base = re.sub(r"[\[\]:*?/\\]|" + _CONTROL.pattern, " ", wanted).strip(" '")[:31] or "Sheet"
    name, number = base, 2
    while name.casefold() in used:
        name = f"{base[:27]} {number}"
        number += 1
    used.add(name.casefold())
    return name


def _header(page: Any, column: Column, language: Language | None) -> Any:
    cell = _text(page, pick(column.title, language, "\n"), bold=True)
    cell.fill = PatternFill("solid", fgColor="EEF2F5")
    cell.border = Border(bottom=Side("thin"))
    cell.alignment = Alignment(
        wrap_text=True, vertical="bottom", horizontal="left" if column.kind == "text" else "right"
    )
    return cell


def _text(page: Any, value: Any, *, bold: bool = False, size: int = 11, colour: str | None = None) -> Any:
    """A string cell, whatever the text begins with."""
    content = _CONTROL.sub("", str(value))[:CELL_MAX_CHARS]
    cell = WriteOnlyCell(page, value=content)
    cell.data_type = "s"
    if content.startswith(_FORMULA):
        cell.quotePrefix = True
    if bold or size != 11 or colour:
        cell.font = Font(bold=bold, size=size, color=colour)
    return cell


def _cell(page: Any, column: Column, value: Any, language: Language | None, bold: bool) -> Any:
    value = pick(value, language)
    if value is None or value == "":
        return WriteOnlyCell(page)
    real = _real(column.kind, value)
    if real is None:
        cell = _text(page, value, bold=bold)
        if "\n" in str(value) or len(str(value)) > 40:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    cell = WriteOnlyCell(page, value=real)
    cell.number_format = _FORMATS[column.kind]
    if bold:
        cell.font = Font(bold=True)
    return cell


def _real(kind: Kind, value: Any) -> Any:
    """The value as a number or date of the column's kind; None: it can only be shown as text."""
    match kind:
        case "number" | "decimal" | "percent":
            return value if isinstance(value, int | float) and not isinstance(value, bool) else None
        case "date":
            if isinstance(value, dt.date):
                return value
            try:
                return dt.date.fromisoformat(str(value)[:10])
            except ValueError:
                return None
        case "moment":
            if isinstance(value, bool) or not isinstance(value, int):
                return None
            return (_EPOCH + dt.timedelta(milliseconds=value)).astimezone(IST).replace(tzinfo=None, microsecond=0)
    return None
