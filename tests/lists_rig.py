"""Lists for tests: a small police area, workbooks in all forms, and the background work done at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from prahari.desks.accounts.models import Centre, Jurisdiction
from prahari.desks.lists import tasks
from prahari.desks.registry.models import Department
from scope import World

Table = Sequence[Sequence[Any]]
STATIONS = (("kalyanpur", "Kalyanpur", "कल्याणपुर"), ("panki", "Panki", "पनकी"), ("rawatpur", "Rawatpur", "रावतपुर"))


def area(world: World) -> None:
    """Three police stations in World.HOME, a ward, a department of World.AGENCY, the city's box."""
    for code, en, hi in STATIONS:
        Jurisdiction.objects.update_or_create(
            path=f"{world.HOME}.{code}", defaults={"level": "police_station", "name_en": en, "name_hi": hi}
        )
    Jurisdiction.objects.update_or_create(
        path=f"{world.ELSEWHERE}.chakeri",
        defaults={"level": "police_station", "name_en": "Chakeri", "name_hi": "चकेरी"},
    )
    Jurisdiction.objects.filter(path=f"{world.CITY}.ward-12").update(name_en="Ward 12", name_hi="वार्ड 12")
    Department.objects.get_or_create(
        code="police", defaults={"name_en": "Police", "name_hi": "पुलिस", "agency_id": world.AGENCY}
    )
    Centre.objects.update_or_create(
        id=1, defaults={"name_en": "Kanpur", "name_hi": "कानपुर", "bounds": [80.178, 26.337, 80.482, 26.563]}
    )


def station(world: World, code: str = "kalyanpur") -> str:
    return f"{world.HOME}.{code}"


def xlsx(*tables: Table, names: Sequence[str] = (), merge: Sequence[str] = (), hidden: Sequence[int] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables):
        sheet = book.create_sheet(names[number] if number < len(names) else f"Sheet{number + 1}")
        for row in table:
            sheet.append(list(row))
        if number == 0:
            for cells in merge:
                sheet.merge_cells(cells)
        if number in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(table: Table, path: Path) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate(table):
        for column, value in enumerate(cells):
            if value is not None:
                sheet.write(row, column, value)
    book.save(str(path))
    return path.read_bytes()


def ods(table: Table, path: Path) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table as OdsTable
    from odf.table import TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = OdsTable(name="Sheet1")
    for row in table:
        line = TableRow()
        for value in row:
            if isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path.read_bytes()


def text(table: Table, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(table)
    return file.getvalue().encode(encoding)


def send(client: Any, content: bytes, name: str = "list.xlsx", sender: str = "") -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.post("/api/v1/lists", {"file": file, "sender": sender})


def work(list_id: str) -> None:
    """What the tasks process would do next for this list."""
    from uuid import UUID

    tasks.work(UUID(list_id))


def take_over(client: Any, list_id: str) -> dict[str, Any]:
    answer = client.post(f"/api/v1/lists/{list_id}/commit", {}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    work(list_id)
    return read(client, list_id)


def read(client: Any, list_id: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/lists/{list_id}")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def imported(client: Any, content: bytes, name: str = "list.xlsx", sender: str = "") -> dict[str, Any]:
    """Sent and understood."""
    answer = send(client, content, name, sender)
    assert answer.status_code == 201, answer.content
    work(answer.json()["id"])
    return read(client, answer.json()["id"])
