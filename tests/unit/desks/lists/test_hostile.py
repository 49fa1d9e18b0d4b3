"""Workbooks that mean harm or are not what they say: refused with a sentence in both languages, in little time."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import lists_rig as rig
from prahari.desks.common.errors import Problem
from prahari.desks.common.models import Rule
from prahari.desks.lists import reading
from prahari.desks.lists.models import ImportedList
from scope import World

HEAD = ["Name of Shop", "Mobile", "Address", "Thana", "Type"]
ROW = ["Gupta Store", "9839100001", "12 Mall Road", "Kalyanpur", "Shop"]


def _with(content: bytes, name: str, data: bytes) -> bytes:
    """The workbook with one more (or another) part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


def _bomb() -> bytes:
    return _with(rig.xlsx([HEAD, ROW]), "xl/worksheets/sheet1.xml", b" " * 30_000_000)


def _lying_bomb() -> bytes:
    """Says in its directory that it unpacks to ten bytes."""
    content = bytearray(_with(rig.xlsx([HEAD, ROW]), "xl/media/a.bin", b"\0" * 6_000_000))
    true = (6_000_000).to_bytes(4, "little")
    for at in (content.find(true), content.rfind(true)):
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def _encrypted_zip() -> bytes:
    content = bytearray(rig.xlsx([HEAD, ROW]))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _ole(word: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + word.encode("utf-16-le") + b"\0" * 600


HOSTILE: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("bomb", _bomb, "a.xlsx", "list_bomb"),
    ("lying bomb", _lying_bomb, "a.xlsx", "list_damaged"),
    ("macros by name", lambda: rig.xlsx([HEAD, ROW]), "a.xlsm", "list_macros"),
    ("macros inside", lambda: _with(rig.xlsx([HEAD, ROW]), "xl/vbaProject.bin", b"x"), "a.xlsx", "list_macros"),
    ("old macros", lambda: _ole("_VBA_PROJECT_CUR"), "a.xls", "list_macros"),
    ("locked", _encrypted_zip, "a.xlsx", "list_locked"),
    ("locked by Excel", lambda: _ole("EncryptedPackage"), "a.xlsx", "list_locked"),
    ("program", lambda: b"MZ\x90\0" + bytes(range(256)) * 4, "a.csv", "list_not_a_workbook"),
    ("picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a.xlsx", "list_not_a_workbook"),
    ("web page", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "list_web_page"),
    (
        "xml with entities",
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "a.xls",
        "list_xml",
    ),
    ("csv named xlsx", lambda: rig.text([HEAD, ROW]), "a.xlsx", "list_not_as_named"),
    ("xlsx named csv", lambda: rig.xlsx([HEAD, ROW]), "a.csv", "list_not_as_named"),
    ("other ending", lambda: b"hello", "a.docx", "list_ending"),
    ("another zip", lambda: _with(rig.xlsx([HEAD, ROW]), "x", b"")[:200], "a.xlsx", "list_damaged"),
    ("cut off", lambda: rig.xlsx([HEAD, ROW])[:-400], "a.xlsx", "list_damaged"),
    ("nothing", lambda: b"", "a.csv", "list_empty"),
    ("no rows", lambda: rig.xlsx([]), "a.xlsx", "list_empty"),
]


@pytest.mark.parametrize(("make", "name", "code"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE])
def test_refused_with_a_sentence(db: None, make: Callable[[], bytes], name: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(make())
    with pytest.raises(Problem) as refused:
        list(reading.messages(path, name))
    assert refused.value.code == code
    assert all(len(refused.value.message[language]) > 30 for language in ("en", "hi"))


def test_the_door_answers_422_and_keeps_nothing(world: World) -> None:
    rig.area(world)
    client = world.client("list.import")
    answer = rig.send(client, _with(rig.xlsx([HEAD, ROW]), "xl/vbaProject.bin", b"x"))
    assert (answer.status_code, answer.json()["code"]) == (422, "list_macros")
    assert not ImportedList.objects.exists()


def _rows_of(path: Path, name: str = "a.xlsx") -> list[list[Any]]:
    return [cells for message in reading.messages(path, name) for _, cells in message.get("rows", [])]


def test_a_million_empty_rows_are_passed_over(db: None, tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(3, 1_000_003))
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Name of Shop</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>Gupta Store</t></is></c></row>' + rows + b"</sheetData></worksheet>"
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(_with(rig.xlsx([HEAD]), "xl/worksheets/sheet1.xml", sheet))
    begun = time.process_time()
    assert _rows_of(path) == [["Name of Shop"], ["Gupta Store"]]
    assert time.process_time() - begun < 2


def test_a_cell_at_the_end_of_the_world_is_refused_not_laid_out(db: None, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(ROW)
    sheet["XFD1048576"] = "x"
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(Problem) as refused:
        _rows_of(path)
    assert refused.value.code in {"list_too_big", "list_damaged"}


def test_more_rows_than_the_city_takes(db: None, tmp_path: Path) -> None:
    Rule.objects.create(code="list_rows", value=100, valid_from="2020-01-01", source="test", created_ms=1)
    path = tmp_path / "a.csv"
    path.write_bytes(rig.text([HEAD, *([ROW] * 150)]))
    with pytest.raises(Problem) as refused:
        _rows_of(path, "a.csv")
    assert refused.value.code == "list_too_many_rows"
    assert "100" in refused.value.message["hi"]


def test_entities_and_links_in_a_workbook_do_nothing(db: None, tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
    )
    sheet = (
        b'<?xml version="1.0"?>'
        + laughs
        + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name &a8; &f;</t></is></c></row></sheetData></worksheet>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(_with(rig.xlsx([HEAD]), "xl/worksheets/sheet1.xml", sheet))
    try:
        found = str(_rows_of(path))
    except Problem as problem:
        assert problem.code == "list_damaged"
    else:
        assert "root:" not in found
        assert "hahaha" not in found


def test_formulas_are_never_evaluated_nor_written_back(world: World) -> None:
    rig.area(world)
    client = world.client("list.import", at=World.HOME)
    nasty = '=HYPERLINK("http://evil","x")'
    rows = [["+Gupta", "9839100001", "@cmd", "Nowhere", "Shop"], [nasty, "9839100002", "-2+3", "Nowhere", "Shop"]]
    seen = rig.imported(client, rig.text([HEAD, *rows]), "a.csv")
    assert seen["counts"]["bad"] == 2
    answer = client.get(f"/api/v1/lists/{seen['id']}/bad-rows")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for text in (nasty, "+Gupta", "@cmd", "-2+3"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix


def test_a_workbook_with_a_formula_counts_by_its_saved_value(world: World, tmp_path: Path) -> None:
    rig.area(world)
    client = world.client("list.import", at=World.HOME)
    seen = rig.imported(client, rig.xlsx([[*HEAD, "Cameras"], [*ROW, "=1+1"]]))
    assert seen["counts"]["new"] == 1, "a formula that was never calculated is an empty cell"
    assert seen["counts"]["cameras"] == 0
