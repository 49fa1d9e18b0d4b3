"""The rows that could not be taken, as a workbook: in their own columns, with the reason beside each in both languages.

Mended, it can be sent again as it is: the columns of reasons are known and left out then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prahari.core import krutidev
from prahari.desks.common.errors import text
from prahari.desks.common.workbooks import Column, Sheet, workbook
from prahari.desks.lists import places, planning
from prahari.desks.lists.choices import RowState
from prahari.desks.lists.models import ImportedList, ListRow, ListSheet, RowBlock
from prahari.desks.lists.planning import Plan
from prahari.desks.lists.sentences import sentence


def bad_rows(one: ImportedList) -> bytes:
    """The workbook; with no bad rows, a sheet without any."""
    sheets = []
    for sheet in ListSheet.objects.filter(list=one).order_by("position"):
        problems = dict(
            ListRow.objects.filter(list=one, sheet=sheet.position, state=RowState.BAD).values_list("row", "problems")
        )
        if problems:
            sheets.append(_sheet(one, sheet, problems))
    if not sheets:
        nothing = text("No row was left out.", "कोई पंक्ति नहीं छूटी।")
        sheets.append(Sheet("1", nothing, [Column(text("Reason", "कारण"), width=60)], []))
    return workbook(sheets)


def _sheet(one: ImportedList, sheet: ListSheet, problems: dict[int, list[list[Any]]]) -> Sheet:
    plan = Plan.of(sheet.plan)
    headers = sheet.guesses["headers"]
    columns = [
        Column(text(header, header), "number" if plan.fields[at] in ("cameras", "serial") else "text", 20)
        for at, header in enumerate(headers)
    ]
    columns += [
        Column(text("Row", "Row"), "number", 8),
        Column(text("Reason", "Reason"), "text", 60),
        Column(text("कारण", "कारण"), "text", 60),
    ]
    title = text(f"Rows to be mended: {one.file_name}", f"ठीक करने योग्य पंक्तियाँ: {one.file_name}")
    return Sheet(sheet.name or "1", title, columns, _rows(sheet, plan, problems, len(headers)))


def _rows(sheet: ListSheet, plan: Plan, problems: dict[int, list[list[Any]]], width: int) -> Iterator[list[Any]]:
    for block in RowBlock.objects.filter(sheet=sheet).order_by("first_row").iterator(8):
        for number, row in places.in_block(sheet, block):
            if number not in problems:
                continue
            cells: list[Any] = [*row.cells[:width], *([None] * (width - len(row.cells)))]
            shown = [_shown(cell, plan.legacy[at]) for at, cell in enumerate(cells)]
            reasons = [sentence(problem) for problem in problems[number]]
            yield [*shown, number, " ".join(one["en"] for one in reasons), " ".join(one["hi"] for one in reasons)]


def _shown(cell: Any, legacy: bool) -> Any:
    if isinstance(cell, str) and legacy:
        return krutidev.read(cell)
    return planning.text_of(cell) if isinstance(cell, bool) else cell
