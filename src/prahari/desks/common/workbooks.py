"""Workbooks (XLSX) for people: titled sheets, bilingual frozen headers, real numbers and dates, a row of totals.

Text stays text: what begins with = + - @ is written as a string cell with a quote mark, so no spreadsheet runs it.

    workbook([Sheet("Banks", text("Banks", "बैंक"), [Column(text("Name", "नाम"), width=40),
                                                    Column(text("Cameras", "कैमरे"), "number", total=True)], rows)])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Text = dict[str, str]
"""{"en": ..., "hi": ...}"""
Language = Literal["hi", "en"]
Kind = Literal["text", "number", "decimal", "percent", "date", "moment"]
"""number: whole, grouped as 12,34,567; percent: 0.25 is 25 %; date: a date or "2026-11-25"; moment: Unix milliseconds,
shown in Indian Standard Time."""


@dataclass(frozen=True)
class Column:
    """title: the header. width: in characters. total: summed up in the row of totals (number, decimal)."""

    title: Text
    kind: Kind = "text"
    width: int | None = None
    total: bool = False


@dataclass(frozen=True)
class Sheet:
    """rows: values in the order of the columns; {"en", "hi"} pairs are shown in the workbook's language.
    note: a line under the title, e.g. as of when. totals: values of the last row, instead of sums."""

    name: str
    title: Text
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: Text | None = None
    totals: Sequence[Any] | None = None
    bold_rows: frozenset[int] = field(default_factory=frozenset)


def workbook(sheets: Sequence[Sheet], language: Language | None = None) -> bytes:
    """The file. language: of headers and pairs; None shows both."""
    # Only here: the library brings numpy with it, half a second and 20 MB to every process that knows of a workbook.
    from prahari.desks.common import workbook_file

    return workbook_file.written(sheets, language)


def pick(value: Any, language: Language | None, between: str = " / ") -> Any:
    """Of a {"en", "hi"} pair the asked one (the other when it is empty), or both; anything else as it is."""
    if not isinstance(value, dict):
        return value
    hi, en = str(value.get("hi") or ""), str(value.get("en") or "")
    if language is None:
        return between.join(dict.fromkeys(one for one in (hi, en) if one))
    return (hi or en) if language == "hi" else (en or hi)
