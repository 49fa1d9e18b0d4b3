"""How a sheet is to be understood: where its header stands, which field each column holds, what holds for all rows.

Guessed from the first rows of the sheet; a person corrects it (actions.plan_sheet), and the correction is remembered
for the sender's next list with the same headers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from prahari.core import headers, krutidev
from prahari.core.text import fold
from prahari.desks.lists.blocks import Cells, Rows
from prahari.desks.lists.choices import Lexicon
from prahari.desks.lists.vocabulary import Vocabulary

LOOK_ROWS = 40
SAMPLE_ROWS = 250
DEFAULTS = (Lexicon.POLICE_STATION, Lexicon.WARD, Lexicon.OWNER_CLASS, Lexicon.DEPARTMENT)


@dataclass
class Plan:
    """use: whether the sheet is a list. header_rows: row numbers (none, one or two); rows before the last of them are
    titles. fields: a field of core.headers.FIELDS or "" per column. legacy: columns typed in Kruti Dev.
    defaults: Lexicon -> value for rows that do not say."""

    use: bool = True
    header_rows: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    legacy: list[bool] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def of(stored: dict[str, Any]) -> Plan:
        return Plan(**stored)


@dataclass
class Guessed:
    """plan; headers: text of each column's header as Unicode; confidence of each; titles: text above the header."""

    plan: Plan
    headers: list[str]
    confidence: list[float]
    titles: list[str]

    def as_json(self) -> dict[str, Any]:
        return {"headers": self.headers, "confidence": self.confidence, "titles": self.titles}


def text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def guess(rows: Rows, sheet_name: str, file_name: str, vocabulary: Vocabulary, hidden: bool = False) -> Guessed:
    """The plan of a sheet whose first rows (some hundreds) are given."""
    width = max((len(cells) for _, cells in rows), default=0)
    header_rows = find_header(rows[:LOOK_ROWS])
    begin = rows[-1][0] + 1 if not rows else (header_rows[-1] + 1 if header_rows else _first_data_row(rows))
    data = [cells for number, cells in rows if number >= begin][:SAMPLE_ROWS]
    titles = list(
        dict.fromkeys(
            _unicode(text_of(cell)) for number, cells in rows if number < (header_rows[0] if header_rows else begin)
            for cell in cells if cell is not None
        )
    )[:12]  # fmt: skip
    names = header_texts(rows, header_rows, width)
    columns = []
    legacy = []
    for at in range(width):
        values = [text_of(cells[at]) if at < len(cells) else "" for cells in data]
        typed = krutidev.looks_typed_in(value for value in values if value)
        legacy.append(typed)
        shown = [krutidev.read(value) for value in values] if typed else values
        found = {str(one): vocabulary.share(one, shown[:120]) for one in (*DEFAULTS, Lexicon.POLICE_POST)}
        columns.append(headers.Column(names[at], shown, found))
    guesses = headers.guess(columns)
    plan = Plan(
        use=not hidden and _is_list(header_rows, data) and any(one.field == "name" for one in guesses),
        header_rows=header_rows,
        fields=[one.field for one in guesses],
        legacy=legacy,
    )
    plan.defaults = _defaults([*titles, _unicode(sheet_name), file_name.rpartition(".")[0]], plan, vocabulary)
    return Guessed(plan, names, [one.confidence for one in guesses], titles)


def _is_list(header_rows: list[int], data: Sequence[Cells]) -> bool:
    """Something under a header; or, without one, several rows of several cells."""
    return bool(data) if header_rows else sum(len(cells) > 1 for cells in data) >= 3


def find_header(rows: Rows) -> list[int]:
    """Numbers of the header's rows: none, one, or two."""
    best, most = -1, 1.5
    for at, (_, cells) in enumerate(rows):
        score = _header_score(cells)
        if score > most + 0.25 * (best >= 0):
            best, most = at, score
    if best < 0:
        return []
    found = [rows[best][0]]
    if best + 1 < len(rows) and _goes_on(rows[best][1], rows[best + 1][1]):
        found.append(rows[best + 1][0])
    elif best > 0 and _is_over(rows[best - 1][1], rows[best][1]):
        found.insert(0, rows[best - 1][0])
    return found


def _header_score(cells: Cells) -> float:
    texts = [text_of(cell) for cell in cells if cell is not None]
    distinct = list(dict.fromkeys(texts))
    if len(distinct) < 2:
        return 0.0
    named: dict[str, float] = {}
    for text in distinct:
        scores = headers.header_scores(_header_text(text))
        if scores:
            name = max(scores, key=lambda one: scores[one])
            named[name] = max(named.get(name, 0.0), scores[name])
    numbers = sum(isinstance(cell, int | float) for cell in cells)
    return sum(score for score in named.values() if score >= 0.6) - 0.6 * numbers


def _header_text(text: str) -> str:
    """A header as Unicode: of the two ways to read it, the one that names a field."""
    if not text.isascii() and any("\u0900" <= char <= "\u097f" for char in text):
        return text
    plain = max(headers.header_scores(text).values(), default=0.0)
    if plain >= 0.8:
        return text
    decoded = krutidev.decode(text)
    if max(headers.header_scores(decoded).values(), default=0.0) > plain:
        return decoded
    return _unicode(text)


def _unicode(text: str) -> str:
    return krutidev.decode(text) if krutidev.evidence(text) > 2 else text


def _goes_on(above: Cells, below: Cells) -> bool:
    """Whether `below` is the second row of a header: cells merged over both, no numbers, names of its own beside."""
    if any(isinstance(cell, int | float) for cell in below):
        return False
    own = [b for a, b in zip(above, below, strict=False) if b is not None and text_of(a) != text_of(b)]
    merged = sum(b is not None for b in below) - len(own)
    repeated = len([one for one in above if one is not None]) - len({text_of(one) for one in above if one is not None})
    # A shop called "Shop" below its header is a row of the list: what is not merged has to name fields itself.
    return merged >= 1 and (_header_score(own) > 0.5 if own else repeated > 0)


def _is_over(above: Cells, below: Cells) -> bool:
    """Whether `above` holds group headings over the cells of the header `below`."""
    groups = [text_of(one) for one in above if one is not None]
    shared = sum(a == b for a, b in zip(map(text_of, above), map(text_of, below), strict=False) if a)
    return len(set(groups)) >= 2 and shared >= 1 and len(groups) > len(set(groups))


def header_texts(rows: Rows, header_rows: list[int], width: int) -> list[str]:
    """A header for each column: of two rows the one that says more, or both."""
    by_number = dict(rows)
    texts = []
    for at in range(width):
        parts = []
        for number in header_rows:
            cells = by_number.get(number, [])
            text = _header_text(text_of(cells[at])) if at < len(cells) else ""
            if text and text not in parts:
                parts.append(text.replace("\n", " "))
        options = [" ".join(parts), *reversed(parts)]
        texts.append(max(options, key=lambda one: max(headers.header_scores(one).values(), default=0.0))[:200])
    return texts


def _first_data_row(rows: Rows) -> int:
    """Without a header: the first row with several different cells."""
    for number, cells in rows:
        if len({text_of(cell) for cell in cells if cell is not None}) >= 2:
            return number
    return rows[0][0] if rows else 1


def _defaults(texts: Sequence[str], plan: Plan, vocabulary: Vocabulary) -> dict[str, str]:
    """What the titles, the sheet's name and the file's name say of all rows, where no column does."""
    found: dict[str, str] = {}
    for lexicon in DEFAULTS:
        if lexicon in plan.fields:
            continue
        for text in texts:
            value = _named_in(text, lexicon, vocabulary)
            if value:
                found[lexicon] = value
                break
    return found


def _named_in(text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str | None:
    """The value that a title names: the whole of it, or some words in it."""
    words = text.replace("_", " ").replace("-", " ").split()[:16]
    if not words:
        return None
    if lexicon == Lexicon.WARD:  # by its word only: a date or a sheet's number is no ward
        return _behind({fold("वार्ड"), fold("ward")}, words, lexicon, vocabulary, sizes=(2, 1))
    if found := vocabulary.find(lexicon, " ".join(words)):
        return found
    if lexicon == Lexicon.POLICE_STATION:
        marks = {fold("थाना"), fold("police station"), fold("ps")}
        return _behind(marks, words, lexicon, vocabulary, sizes=(3, 2, 1))
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size])
            if len(fold(part)) >= 4 and (found := vocabulary.find(lexicon, part)):
                return found
    return None


def _behind(
    marks: set[str], words: Sequence[str], lexicon: Lexicon, vocabulary: Vocabulary, sizes: Sequence[int]
) -> str | None:
    """What the words behind one of these marks name, the longest first."""
    for at, word in enumerate(words):
        if fold(word) in marks or fold(" ".join(words[max(at - 1, 0) : at + 1])) in marks:
            for size in sizes:
                part = " ".join(words[at + 1 : at + 1 + size])
                if part and (found := vocabulary.find(lexicon, part)):
                    return found
    return None


def signature(names: Sequence[str]) -> str:
    """Under which a correction is remembered: the headers in their order."""
    return hashlib.sha256("|".join(fold(name) for name in names).encode()).hexdigest()
