"""Reads one workbook in a process of its own: `python -m prahari.desks.lists.reader PATH NAME LIMITS`.

What people send is not to be trusted: this process has no Django, no keys and no database; memory, processor time and
files are limited before the file is opened. Lines of JSON on standard output:

    {"kind": "xlsx"}  {"sheet": 0, "name": "Shops", "hidden": false}  {"rows": [[5, ["1", "Gupta Store", 3]], ...]}
    ...  {"end": 812}      or, at any moment, {"refuse": code, "detail": ...}

Formulas are never evaluated: a cell's last saved value counts. Merged cells are filled, so that an owner's name stands
in each row of their cameras.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

BATCH_ROWS = 400
COLUMNS_MAX = 120
CELL_CHARS_MAX = 2_000
SHEETS_MAX = 60
ENTRIES_MAX = 5_000
RATIO_MAX = 200
SMALL_BYTES = 4_000_000
MERGED_MAX = 200_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENDINGS = {"xlsx": "xlsx", "xls": "xls", "ods": "ods", "csv": "csv", "txt": "csv", "tsv": "csv", "xlsm": "macros"}


class RefusedError(Exception):
    """The file is not read. `code` has its sentences in reading.SENTENCES."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def main() -> None:
    path, name, limits = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    _limit_self(limits["memory_mb"], limits["seconds"])
    try:
        kind = recognise(path, name, limits["unpacked_mb"] * 1_000_000)
        _say({"kind": kind})
        total = 0
        for number, (sheet, hidden, rows) in enumerate(_sheets(path, kind)):
            if number >= SHEETS_MAX:
                raise RefusedError("too_many_sheets", str(SHEETS_MAX))
            _say({"sheet": number, "name": sheet, "hidden": hidden})
            batch: list[tuple[int, list[Any]]] = []
            for row in rows:
                total += 1
                if total > limits["rows"]:
                    raise RefusedError("too_many_rows", str(limits["rows"]))
                batch.append(row)
                if len(batch) == BATCH_ROWS:
                    _say({"rows": batch})
                    batch = []
            if batch:
                _say({"rows": batch})
        if not total:
            raise RefusedError("empty")
        _say({"end": total})
    except RefusedError as refused:
        _say({"refuse": refused.code, "detail": refused.detail})
    except MemoryError:
        _end_at_once("too_big")
    except Exception as error:  # whatever a broken file makes a parser do, the person hears that it is broken
        _say({"refuse": "damaged", "detail": type(error).__name__})


def _limit_self(memory_mb: int, seconds: int) -> None:
    memory = memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _end_at_once(code: str) -> NoReturn:
    sys.stdout.write(f'{{"refuse":"{code}","detail":""}}\n')
    sys.stdout.flush()
    raise SystemExit(0)


# What is it?


def recognise(path: Path, name: str, unpacked_max: int) -> str:
    """xlsx, xls, ods or csv, by its content. Raises RefusedError when it is something else, calls itself something
    else, is locked, holds macros, or would unpack to more than `unpacked_max` bytes."""
    claimed = _ENDINGS.get(name.rpartition(".")[2].lower(), "")
    if claimed == "macros":
        raise RefusedError("macros")
    if not claimed:
        raise RefusedError("ending")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        kind = _zip_kind(path, unpacked_max)
    elif head.startswith(_OLE):
        kind = _ole_kind(path)
    elif not head.strip(b"\x00 \r\n\t"):
        raise RefusedError("empty")
    else:
        kind = _text_kind(head)
    if kind != claimed:
        raise RefusedError("not_as_named", kind)
    return kind


def _zip_kind(path: Path, unpacked_max: int) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES_MAX:
                raise RefusedError("bomb")
            names = {entry.filename.lower() for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise RefusedError("locked")
            if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
                raise RefusedError("macros")
            _refuse_bombs(archive, entries, unpacked_max)
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "xl/workbook.bin" in names:
                raise RefusedError("binary_workbook")
            if "mimetype" in names and "content.xml" in names:
                if b"spreadsheet" not in archive.read("mimetype")[:200]:
                    raise RefusedError("not_a_workbook")
                manifest = next((entry for entry in entries if entry.filename == "META-INF/manifest.xml"), None)
                if manifest is not None and b"encryption-data" in archive.read(manifest):
                    raise RefusedError("locked")
                return "ods"
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError):
        raise RefusedError("damaged") from None
    raise RefusedError("not_a_workbook")


def _refuse_bombs(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], unpacked_max: int) -> None:
    """By what the directory says, then by unpacking for real: the directory may lie."""
    if sum(entry.file_size for entry in entries) > unpacked_max:
        raise RefusedError("bomb")
    for entry in entries:
        if entry.file_size > SMALL_BYTES and entry.file_size > RATIO_MAX * max(1, entry.compress_size):
            raise RefusedError("bomb")
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as content:
            while piece := content.read(1 << 20):
                unpacked += len(piece)
                if unpacked > unpacked_max:
                    raise RefusedError("bomb")


def _ole_kind(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedError("locked")
    if "_VBA_PROJECT".encode("utf-16-le") in content or "Macros".encode("utf-16-le") in content:
        raise RefusedError("macros")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise RefusedError("not_a_workbook")


_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _text_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body")) or b"<table" in start:
        raise RefusedError("web_page")
    if start.startswith(b"<?xml"):
        raise RefusedError("xml")
    if start.startswith(
        (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc", b"\x1f\x8b", b"mz", b"\x7felf")
    ):
        raise RefusedError("not_a_workbook")
    if _utf16(head) is None and _BINARY.search(head):
        raise RefusedError("not_a_workbook")
    return "csv"


# Sheets and rows


def _sheets(path: Path, kind: str) -> Iterator[tuple[str, bool, Iterable[tuple[int, list[Any]]]]]:
    if kind == "csv":
        yield "", False, _csv_rows(path)
        return
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise RefusedError("locked") from None
    except calamine.CalamineError as error:
        raise RefusedError("locked" if "assword" in str(error) else "damaged") from None
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        yield meta.name[:200], hidden, _sheet_rows(book.get_sheet_by_name(meta.name))


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    if sheet.start is None:
        return
    top, left = sheet.start
    merged = _Merged(sheet.merged_cell_ranges or ())
    for number, values in enumerate(sheet.iter_rows(), top):
        if not any(value != "" for value in values):
            continue
        cells: list[Any] = [None] * min(left, COLUMNS_MAX) + [plain(value) for value in values[:COLUMNS_MAX]]
        merged.fill(number, cells)
        while cells and cells[-1] is None:
            cells.pop()
        if any(cell is not None for cell in cells):
            yield number + 1, cells[:COLUMNS_MAX]


class _Merged:
    """Fills what merged cells hide: the value of the first cell stands in all of them."""

    def __init__(self, ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        found = sorted(ranges)[:MERGED_MAX]
        self._waiting = list(reversed(found))
        self._open: list[tuple[int, int, int, Any]] = []

    def fill(self, row: int, cells: list[Any]) -> None:
        while self._waiting and self._waiting[-1][0][0] <= row:
            (first_row, first), (last_row, last) = self._waiting.pop()
            if first_row == row and first < len(cells) and cells[first] is not None:
                self._open.append((last_row, first, min(last, COLUMNS_MAX - 1), cells[first]))
        if not self._open:
            return
        self._open = [one for one in self._open if one[0] >= row]
        for _, first, last, value in self._open:
            if len(cells) <= last:
                cells.extend([None] * (last + 1 - len(cells)))
            for column in range(first, last + 1):
                if cells[column] is None:
                    cells[column] = value


_SPACE = re.compile(r"[ \t\u00a0\u200b\ufeff]+")


def plain(value: Any) -> Any:
    """A cell as JSON: text without control characters, number, true/false, ISO date; None when empty."""
    match value:
        case None | "":
            return None
        case bool() | int():
            return value if abs(int(value)) < 10**18 else str(value)
        case float():
            if value != value or value in (float("inf"), float("-inf")):
                return None
            return int(value) if value.is_integer() and abs(value) < 10**15 else value
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return str(value)
    text = "".join(char if char.isprintable() or char == "\n" else " " for char in str(value)[:CELL_CHARS_MAX])
    return _SPACE.sub(" ", text).strip() or None


def _utf16(head: bytes) -> str | None:
    if head.startswith(b"\xff\xfe"):
        return "utf-16"
    if head.startswith(b"\xfe\xff"):
        return "utf-16"
    even, odd = head[0:2000:2], head[1:2000:2]
    if len(odd) > 8 and odd.count(0) > len(odd) * 0.3 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if len(even) > 8 and even.count(0) > len(even) * 0.3 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return None


def decoded(content: bytes) -> str:
    """Text of a CSV in whatever encoding it came."""
    sixteen = _utf16(content[:4096])
    for encoding in [sixteen] if sixteen else ["utf-8-sig", "cp1252", "latin-1"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(sixteen or "latin-1", "replace")


def delimiter_of(text: str) -> str:
    """The mark that parts the first lines into the same number of cells most often."""
    lines = [line for line in text[:20_000].splitlines()[:60] if line.strip()]
    best, most = ",", 0.0
    for mark in (",", ";", "\t", "|"):
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        wide = max(set(counts), key=counts.count, default=1)
        if wide > 1:
            score = counts.count(wide) / len(counts) * min(wide, 12)
            if score > most:
                best, most = mark, score
    return best


def _csv_rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(1_000_000)
    text = decoded(path.read_bytes())
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1):
            cells = [plain(value) for value in row[:COLUMNS_MAX]]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells
    except csv.Error:
        raise RefusedError("damaged") from None


if __name__ == "__main__":
    main()
