"""Which rows name the same premises: exactly (the same key), or perhaps (a score, for a person to decide).

Everything is compared as search keys, so गुप्ता मेडिकल स्टोर meets Gupta Medical Store. Candidates come from an index, not
from comparing all with all: the same mobile number, a rare word of the name within the same police station, or a
neighbour within some tens of metres.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from prahari.core.coordinates import Position, metres_between
from prahari.core.text import fold

NEAR_M = 60.0
FAR_M = 400.0
POSTINGS_MAX = 24
CANDIDATES_MAX = 40
KEPT = 3
_CELL_DEG = 0.0006  # about 60 m
_DIGITS = re.compile(r"\d+")
_VOWELS = str.maketrans("", "", "aiu")


@dataclass(slots=True)
class Entry:
    """Premises as they are compared. ref: whatever the caller knows them by. mobiles: keyed hashes, never numbers."""

    ref: Any
    names: tuple[str, ...]
    address: str
    station: str
    owner_class: str
    mobiles: frozenset[str]
    position: Position | None

    @property
    def is_weak(self) -> bool:
        """Nothing but a name and a station: several such may well be several."""
        return not self.address and not self.mobiles and self.position is None


@dataclass(slots=True)
class Match:
    entry: Entry
    score: int
    reasons: list[list[Any]]
    exact: bool


def key_of(entry: Entry, secret: bytes, ordinal: int = 1) -> str:
    """The same for rows that say the same. ordinal: counts entries that are weak and alike."""
    where = f"{entry.position.lat:.4f},{entry.position.lon:.4f}" if _only_position(entry) and entry.position else ""
    parts = [_sorted(entry.names[0]) if entry.names else "", entry.station, entry.owner_class, _sorted(entry.address)]
    said = "\x1f".join([*parts, ",".join(sorted(entry.mobiles)), where, str(ordinal) if ordinal > 1 else ""])
    return hmac.new(secret, b"list row" + said.encode(), hashlib.sha256).hexdigest()[:32]


def _only_position(entry: Entry) -> bool:
    return not entry.address and not entry.mobiles


class Index:
    """Entries to be matched against. `expect` the whole lot's words first: rare is what is rare among all."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self._frequency: Counter[tuple[str, str]] = Counter()

    def expect(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._frequency.update((entry.station, token) for token in _tokens(entry))

    def add(self, entry: Entry) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        for place in self._blocks(entry):
            self._places[place].append(number)
        if entry.position is not None:
            self._places["g", *_cell(entry.position)].append(number)

    def matches(self, entry: Entry, least: int) -> list[Match]:
        """The best few of at least that score, or the one that is exactly the same."""
        found: dict[int, None] = {}
        for place in (*self._blocks(entry), *_neighbours(entry.position)):
            postings = self._places.get(place)
            if postings is not None and len(postings) <= POSTINGS_MAX:
                found.update(dict.fromkeys(postings))
            if len(found) >= CANDIDATES_MAX * 2:
                break
        best: list[Match] = []
        for number in list(found)[: CANDIDATES_MAX * 2]:
            match = compare(entry, self._entries[number], least)
            if match is None:
                continue
            if match.exact:
                return [match]
            best.append(match)
        best.sort(key=lambda one: -one.score)
        return best[:KEPT]

    def _blocks(self, entry: Entry) -> Iterator[tuple[Any, ...]]:
        for mobile in entry.mobiles:
            yield ("m", mobile)
        tokens = sorted(_tokens(entry), key=lambda token: (self._frequency[entry.station, token], token))
        for token in tokens[:4]:
            if self._frequency[entry.station, token] <= POSTINGS_MAX:
                yield ("n", entry.station, token)
        if len(tokens) > 1:
            yield ("p", entry.station, tokens[0], tokens[1])
        for name in entry.names:
            yield ("w", entry.station, _sorted(name))


def _tokens(entry: Entry) -> set[str]:
    return {skeleton for name in entry.names for token in name.split() if (skeleton := _skeleton(token))}


@lru_cache(maxsize=65536)
def _skeleton(token: str) -> str:
    """A word without its vowels, where careless spelling mostly differs."""
    if token[0].isdigit():
        return ""
    bare = token[0] + token[1:].translate(_VOWELS)
    return bare if len(bare) >= 2 else token if len(token) >= 2 else ""


def _cell(position: Position) -> tuple[int, int]:
    return int(position.lat / _CELL_DEG), int(position.lon / _CELL_DEG)


def _neighbours(position: Position | None) -> Iterator[tuple[Any, ...]]:
    if position is not None:
        row, column = _cell(position)
        for north in (-1, 0, 1):
            for east in (-1, 0, 1):
                yield ("g", row + north, column + east)


@lru_cache(maxsize=131072)
def _sorted(key: str) -> str:
    return " ".join(sorted(key.split()))


@lru_cache(maxsize=131072)
def _numbers(key: str) -> frozenset[str]:
    return frozenset(number.lstrip("0") for number in _DIGITS.findall(key))


def compare(one: Entry, other: Entry, least: int) -> Match | None:
    """How alike, or None below `least`."""
    same_mobile = not one.mobiles.isdisjoint(other.mobiles)
    other_mobile = bool(one.mobiles and other.mobiles and not same_mobile)
    # All that can still be added for number, address and nearness: a name less alike than this need not be looked at.
    needed = 45 if same_mobile else least - 18 + 9 * other_mobile
    name = max((_name_score(a, b, needed) for a in one.names for b in other.names), default=0.0)
    if name < needed:
        return None
    score = name
    reasons: list[list[Any]] = [["name", round(name)]]
    if same_mobile:
        score += 15
        reasons.append(["mobile", None])
    elif other_mobile:
        score -= 9
        reasons.append(["mobile_differs", None])
    address = _address_score(one.address, other.address)
    if address is not None:
        a, b = _numbers(one.address), _numbers(other.address)
        other_house = not (a <= b or b <= a)  # 117/45 is not 117/46; a postal code more says nothing
        score += max(-12.0, min(0.0 if other_house else 10.0, (address - 60) / 4)) - 15 * other_house
        if other_house:
            reasons.append(["house_differs", None])
        elif address >= 70:
            reasons.append(["address", round(address)])
    metres = metres_between(one.position, other.position) if one.position and other.position else None
    if metres is not None:
        if metres <= NEAR_M:
            score += 8
            reasons.append(["near", round(metres)])
        elif metres > FAR_M:
            score -= 25
            reasons.append(["far", round(metres)])
    if one.owner_class != other.owner_class:
        score -= 8
        reasons.append(["class_differs", None])
    if one.station != other.station:
        score -= 10
        reasons.append(["station_differs", None])
    if same_mobile and name >= 55 and (address is None or address >= 60):
        score = max(score, 84.0)
    exact = _is_exact(one, other, name, same_mobile, other_mobile, address, metres)
    if score < least and not exact:
        return None
    return Match(other, round(max(0.0, min(100.0, score))), reasons, exact)


def _is_exact(
    one: Entry, other: Entry, name: float, same_mobile: bool, other_mobile: bool, address: float | None,
    metres: float | None,
) -> bool:  # fmt: skip
    """The same name, place and class, and the same number or address, with nothing that speaks against."""
    if name < 100 or one.station != other.station or one.owner_class != other.owner_class or other_mobile:
        return False
    if not {_sorted(key) for key in one.names} & {_sorted(key) for key in other.names}:
        return False
    if metres is not None and metres > NEAR_M:
        return False
    same_address = address is not None and _sorted(one.address) == _sorted(other.address)
    return same_address or (same_mobile and address is None)


def _name_score(a: str, b: str, least: float) -> float:
    """0 where it is below `least`, mostly."""
    sorted_a, sorted_b = _sorted(a), _sorted(b)
    if sorted_a == sorted_b:
        return 100.0
    score = fuzz.ratio(sorted_a, sorted_b, score_cutoff=least)
    if score < 88:
        words, others = set(a.split()), set(b.split())
        fewer, more = (words, others) if len(words) < len(others) else (others, words)
        if len(fewer) >= 2 and fewer < more:
            score = 88.0
    return score - 30 if score and _numbers(a) != _numbers(b) else score


def _address_score(a: str, b: str) -> float | None:
    if not a or not b:
        return None
    return 100.0 if a == b else max(fuzz.ratio(_sorted(a), _sorted(b)), 0.9 * fuzz.token_set_ratio(a, b))


def keys(*texts: str) -> tuple[str, ...]:
    """Search keys of names, each once."""
    return tuple(dict.fromkeys(key for key in map(fold, texts) if key))
