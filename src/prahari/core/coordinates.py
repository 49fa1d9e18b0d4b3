"""Positions as people write them into lists: decimal degrees, degrees and minutes, map links, halves swapped.

Degrees are WGS 84. Everything is judged by India's box: what cannot lie in India is no position of ours, and latitude
and longitude that only fit the other way round were swapped.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

SOUTH, NORTH, WEST, EAST = 6.0, 37.6, 67.5, 97.6


class Position(NamedTuple):
    lat: float
    lon: float


_FLOAT = r"[-+]?\d{1,3}(?:\.\d+)?"
_LINKS = [
    re.compile(pattern)
    for pattern in (
        rf"!3d({_FLOAT})!4d({_FLOAT})",
        rf"@({_FLOAT}),({_FLOAT})",
        rf"[?&](?:q|ll|query|daddr|destination|center|cp|sll|mlat)=(?:loc:)?({_FLOAT})(?:,|&mlon=|~)\s*({_FLOAT})",
        rf"/(?:place|search|dir)/[^/]*?({_FLOAT}),\+?({_FLOAT})",
        rf"geo:({_FLOAT}),({_FLOAT})",
        rf"#(?:map=)?\d+(?:\.\d+)?/({_FLOAT})/({_FLOAT})",
    )
]
_ANGLE = re.compile(
    r"""(?P<before>[NSEW])?\s*(?P<d>[-+]?\d{1,3}(?:\.\d+)?)\s*(?:°|º|˚|deg(?:rees?)?\b|d\b)?
        (?:\s*(?P<m>\d{1,2}(?:\.\d+)?)\s*(?:['′’‘`]|min\b|m\b))?
        (?:\s*(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:["″”“]|''|′′|’’|sec\b|s\b)?)?
        \s*(?P<after>[NSEW])?(?![A-Za-z0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_SIDE_FIRST = re.compile(r"\s*([NSEW])?\s*([-+]?\d{1,3}(?:\.\d+)?)()(?![A-Za-z\d.])", re.IGNORECASE)
_SIDE_LAST = re.compile(r"()([-+]?\d{1,3}(?:\.\d+)?)\s*([NSEW])?(?![A-Za-z\d.])", re.IGNORECASE)
_MINUTES = re.compile(r"[°º˚'′’\"″”]|\bdeg|\bmin", re.IGNORECASE)
_WORDS = re.compile(
    r"lat(?:itude)?|lon(?:g(?:itude)?)?|lng|अक्षांश|देशा?न्?ं?तर|co-?ordinates?|gps|[:=()\[\]]", re.IGNORECASE
)


def position(text: object, other: object = None) -> Position | None:
    """The position in `text`, or in `text` (latitude) and `other` (longitude), or None. Never raises."""
    first = _plain(text)
    second = _plain(other) if other is not None else ""
    if not first and not second:
        return None
    if second:
        one, two = _angles(first), _angles(second)
        if len(one) == 1 and len(two) == 1:
            return _placed(one[0], two[0])
        return position(first) or position(second) if other is not None else None
    if "://" in first or "goo.gl" in first or first.startswith("geo:") or "maps." in first:
        return _from_link(first)
    angles = _angles(first)
    return _placed(angles[0], angles[1]) if len(angles) == 2 else None


def _plain(text: object) -> str:
    if text is None or isinstance(text, bool):
        return ""
    plain = unicodedata.normalize("NFC", str(text)).strip()
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)


def _from_link(link: str) -> Position | None:
    link = unquote(link)
    for pattern in _LINKS:
        for match in pattern.finditer(link):
            found = _placed((float(match[1]), ""), (float(match[2]), ""))
            if found is not None:
                return found
    return None


def _angles(text: str) -> list[tuple[float, str]]:
    """(degrees, side or "") of each angle; empty when the text holds anything else."""
    text = _WORDS.sub(" ", text)
    minutes = bool(_MINUTES.search(text))
    found: list[tuple[float, str]] = []
    rest = text
    if not minutes:
        pieces = (_SIDE_FIRST if re.match(r"\s*[NSEW]", text, re.IGNORECASE) else _SIDE_LAST).findall(text)
        rest = re.sub(r"[NSEW]?\s*[-+]?\d{1,3}(?:\.\d+)?\s*[NSEW]?(?![A-Za-z\d.])", " ", text, flags=re.IGNORECASE)
        found = [(float(number), (before or after).upper()) for before, number, after in pieces]
        if len(found) in (4, 6):  # degrees, minutes and seconds without their marks
            found = _joined(found)
    else:
        rest = _ANGLE.sub(" ", text)
        for match in _ANGLE.finditer(text):
            m, s = float(match["m"] or 0), float(match["s"] or 0)
            if m >= 60 or s >= 60:
                return []
            degrees = float(match["d"])
            size = abs(degrees) + m / 60 + s / 3600
            side = (match["before"] or match["after"] or "").upper()
            found.append((-size if degrees < 0 else size, side))
    return [] if re.sub(r"[\s,;/|&-]", "", rest) else found


def _joined(numbers: list[tuple[float, str]]) -> list[tuple[float, str]]:
    half = len(numbers) // 2
    angles: list[tuple[float, str]] = []
    for part in (numbers[:half], numbers[half:]):
        if any(size < 0 for size, _ in part) or any(size >= 60 for size, _ in part[1:]):
            return []
        sides = [side for _, side in part if side]
        if len(sides) > 1:
            return []
        angles.append((sum(size / 60**place for place, (size, _) in enumerate(part)), sides[0] if sides else ""))
    return angles


def _placed(one: tuple[float, str], two: tuple[float, str]) -> Position | None:
    (a, side_a), (b, side_b) = one, two
    if side_a in ("S", "W") or side_b in ("S", "W"):
        return None
    if side_a == "E" or side_b == "N":
        a, b = b, a
        return Position(round(a, 7), round(b, 7)) if _in_india(a, b) else None
    if _in_india(a, b):
        return Position(round(a, 7), round(b, 7))
    if not side_a and not side_b and _in_india(b, a):
        return Position(round(b, 7), round(a, 7))
    return None


def _in_india(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def metres_between(one: Position, two: Position) -> float:
    """Distance on the ground, good to a thousandth at city scale."""
    middle = math.radians((one.lat + two.lat) / 2)
    return 111_320.0 * math.hypot(one.lat - two.lat, (one.lon - two.lon) * math.cos(middle))
