"""The camera register as a file: what the same filters list, streamed, so that 50,000 rows need no memory.

Cells that a spreadsheet would run as a formula are made text; credentials and owners' numbers are not in it.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from django.db import connection, transaction
from django.http import StreamingHttpResponse

from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.registry import rows, totals
from prahari.desks.registry.filters import SOURCE, CameraFilters, Where, camera_where

EXPORT = "camera.export"
BATCH = 1000
CHUNK = 64 * 1024

COLUMNS: list[tuple[str, str, Callable[[dict[str, Any]], Any]]] = [
    ("reg_id", "पंजीयन संख्या", lambda c: c["reg_id"]),
    ("name_en", "नाम (अंग्रेज़ी)", lambda c: c["name"]["en"]),
    ("name_hi", "नाम (हिन्दी)", lambda c: c["name"]["hi"]),
    ("status", "स्थिति", lambda c: c["status"]),
    ("reason", "कारण", lambda c: c["reason"]),
    ("owner_class", "स्वामी श्रेणी", lambda c: c["owner_class"]["name"]["en"]),
    ("owner_class_hi", "स्वामी श्रेणी (हिन्दी)", lambda c: c["owner_class"]["name"]["hi"]),
    ("place_class", "स्थल श्रेणी", lambda c: c["place_class"]["name"]["en"] if c["place_class"] else ""),
    ("department", "विभाग", lambda c: c["department"]["name"]["en"]),
    ("agency", "एजेंसी", lambda c: c["agency"]["code"]),
    ("jurisdiction", "थाना / क्षेत्र", lambda c: c["jurisdiction"]["name"]["en"]),
    ("jurisdiction_path", "क्षेत्र-पथ", lambda c: c["jurisdiction"]["path"]),
    ("ward", "वार्ड", lambda c: c["ward"]["name"]["en"] if c["ward"] else ""),
    ("premises_en", "प्रतिष्ठान (अंग्रेज़ी)", lambda c: c["premises"]["name"]["en"]),
    ("premises_hi", "प्रतिष्ठान (हिन्दी)", lambda c: c["premises"]["name"]["hi"]),
    ("site", "स्थान", lambda c: c["site"]["name"]["en"] if c["site"] else ""),
    ("placement", "लगाने का स्थल", lambda c: c["placement"]),
    ("kind", "प्रकार", lambda c: c["kind"]),
    ("recorded", "रिकॉर्ड होता है", lambda c: "yes" if c["recorded"] else "no"),
    ("lat", "अक्षांश", lambda c: c["lat"]),
    ("lon", "देशांतर", lambda c: c["lon"]),
    ("bearing_deg", "दिशा", lambda c: c["bearing_deg"]),
    ("fov_deg", "दृष्टि-कोण", lambda c: c["fov_deg"]),
    ("id", "आईडी", lambda c: c["id"]),
]
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def response(actor: Actor, filters: CameraFilters, form: str) -> StreamingHttpResponse:
    """The download; audited before its first byte leaves. Raises Problem 403, 422."""
    with action("camera.export_list", actor=actor) as act:
        actor.require(EXPORT)
        where = camera_where(actor.scope, EXPORT, filters)
        total, _ = totals.of_cameras(where, now_ms())
        chosen = {name: value for name, value in filters.dict().items() if value not in ("", None)}
        act.about("camera list", form, f"{total} cameras")
        act.details(format=form, filters=chosen, rows=total)
    writer = {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}[form]
    answer = StreamingHttpResponse(writer(_cameras(where)), content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="cameras.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def safe_cell(value: Any) -> Any:
    """What a spreadsheet shows as it stands: text that would be a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def _cameras(where: Where) -> Iterator[dict[str, Any]]:
    """Every matching CameraRow by number, read through a cursor of the database: one moment's truth."""
    sql = f"SELECT {rows.ROW} FROM {SOURCE} WHERE {where.sql} ORDER BY c.reg_id"  # noqa: S608
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, [now_ms(), *where.parameters])
        while found := cursor.fetchmany(BATCH):
            for (text,) in found:
                yield orjson.loads(text)


def _csv(cameras: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")  # spreadsheets read Hindi only when told that it is UTF-8
    writer.writerow([name for name, _, _ in COLUMNS])
    for camera in cameras:
        writer.writerow([safe_cell(value(camera)) for _, _, value in COLUMNS])
        if buffer.tell() > CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _xlsx(cameras: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """An XLSX is a zip and only whole when closed: it is written to a temporary file, row by row."""
    from openpyxl import Workbook  # only here: it brings numpy with it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cameras")
    sheet.freeze_panes = "A3"
    for titles in ([name for name, _, _ in COLUMNS], [hindi for _, hindi, _ in COLUMNS]):
        cells = [WriteOnlyCell(sheet, value=title) for title in titles]
        for cell in cells:
            cell.font = Font(bold=True)
        sheet.append(cells)
    for camera in cameras:
        sheet.append([_clean(safe_cell(value(camera))) for _, _, value in COLUMNS])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0, os.SEEK_SET)
        while chunk := file.read(CHUNK):
            yield chunk


def _clean(value: Any) -> Any:
    """XML holds no control characters."""
    return "".join(char for char in value if char >= " ") if isinstance(value, str) else value


def _geojson(cameras: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    parts: list[bytes] = [b'{"type":"FeatureCollection","features":[']
    size = 0
    for position, camera in enumerate(cameras):
        feature = orjson.dumps(
            {
                "type": "Feature",
                "id": camera["id"],
                "geometry": {"type": "Point", "coordinates": [camera["lon"], camera["lat"]]},
                "properties": {name: value(camera) for name, _, value in COLUMNS if name not in ("lat", "lon", "id")},
            }
        )
        parts.append((b"," if position else b"") + feature)
        size += len(feature)
        if size > CHUNK:
            yield b"".join(parts)
            parts, size = [], 0
    parts.append(b"]}")
    yield b"".join(parts)
