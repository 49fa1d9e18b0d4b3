"""What a list's words mean in the register: police stations, posts, wards, owner classes, departments.

Looked up by search key, so that spelling and script do not matter; near misses are taken when nothing else is nearly as
near; what a person once said a word means comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from prahari.core.text import fold
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.lists import words
from prahari.desks.lists.choices import Lexicon
from prahari.desks.lists.models import Alias
from prahari.desks.registry.models import Department, OwnerClass

NEAR = 86
AHEAD = 5
_PLACE_KEYS = sorted((fold(word) for word in words.PLACE_WORDS.split("|")), key=len, reverse=True)
_PLACES = (Lexicon.POLICE_STATION, Lexicon.POLICE_POST, Lexicon.WARD)
_NUMBER = re.compile(r"\d+")


@dataclass
class _Words:
    """One list of the register: search key -> value."""

    by_key: dict[str, str] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)
    taught: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, value: str) -> None:
        if not key:
            return
        if self.by_key.setdefault(key, value) != value:
            self.twice.add(key)  # names that two places share say nothing by themselves


class Vocabulary:
    """Of the register as it is now. `known` names value -> (English, Hindi)."""

    def __init__(self) -> None:
        self._words = {lexicon: _Words() for lexicon in Lexicon}
        self._found: dict[tuple[str, str], str | None] = {}
        self.known: dict[str, dict[str, tuple[str, str]]] = {lexicon: {} for lexicon in Lexicon}
        self._read_places()
        self._read_lists()
        for lexicon, key, value in Alias.objects.values_list("lexicon", "key", "value"):
            if lexicon in self._words:
                self._words[Lexicon(lexicon)].taught[key] = value
        self._hints = self._name_hints()

    def _read_places(self) -> None:
        rows = Jurisdiction.objects.filter(level__in=_PLACES).values_list("path", "level", "name_en", "name_hi")
        for path, level, en, hi in rows:
            self.known[level][path] = (en, hi)
            its = self._words[Lexicon(level)]
            code = path.rpartition(".")[2]
            for name in (en, hi, code):
                key = fold(name)
                its.add(key, path)
                its.add(_bare(key), path)
                if level == Lexicon.WARD and (number := _NUMBER.search(key)):
                    its.by_number.setdefault(number[0], path)

    def _read_lists(self) -> None:
        for code, en, hi in OwnerClass.objects.filter(active=True).values_list("code", "name_en", "name_hi"):
            self._add_coded(Lexicon.OWNER_CLASS, code, en, hi, words.OWNER_CLASSES.get(code, ("", ""))[0])
        for code, en, hi in Department.objects.filter(active=True).values_list("code", "name_en", "name_hi"):
            self._add_coded(Lexicon.DEPARTMENT, code, en, hi, words.DEPARTMENTS.get(code, ""))

    def _add_coded(self, lexicon: Lexicon, code: str, en: str, hi: str, more: str) -> None:
        self.known[lexicon][code] = (en, hi)
        its = self._words[lexicon]
        for name in (en, hi, code.replace("_", " ").replace("-", " "), *more.split("|")):
            its.add(fold(name), code)

    def _name_hints(self) -> dict[str, str]:
        classes = self.known[Lexicon.OWNER_CLASS]
        return {
            fold(word): code
            for code, (_, hints) in words.OWNER_CLASSES.items()
            if code in classes
            for word in hints.split("|")
            if word
        }

    def find(self, lexicon: str, text: str) -> str | None:
        """The value that `text` means; "" when a person said that it means nothing; None when it is not known."""
        slot = (lexicon, text)
        if slot not in self._found:
            self._found[slot] = self._look_up(Lexicon(lexicon), text)
        return self._found[slot]

    def _look_up(self, lexicon: Lexicon, text: str) -> str | None:
        its = self._words[lexicon]
        if text in self.known[lexicon]:
            return text
        key = fold(text)
        if not key:
            return None
        if key in its.taught:
            return its.taught[key]
        if lexicon == Lexicon.WARD and (number := _NUMBER.search(key)) and number[0] in its.by_number:
            return its.by_number[number[0]]
        tries = [key, _bare(key)] if lexicon in _PLACES else [key, _singular(key)]
        for one in tries:
            if one in its.by_key and one not in its.twice:
                return its.by_key[one]
        return _nearest(tries[-1] or key, its)

    def share(self, lexicon: str, values: Iterable[str]) -> float:
        """Share of the values that are found."""
        given = [value for value in values if value]
        return sum(bool(self.find(lexicon, value)) for value in given) / len(given) if given else 0.0

    def class_by_name(self, name: str) -> str | None:
        """The owner class that a premises' own name gives away: ... Medical Store is one."""
        tokens = fold(name).split()
        for size in (2, 1):
            for at in range(len(tokens) - size, -1, -1):
                found = self._hints.get(" ".join(tokens[at : at + size]))
                if found:
                    return found
        return None

    def name(self, lexicon: str, value: str) -> dict[str, str]:
        en, hi = self.known[lexicon].get(value, (value, value))
        return {"en": en, "hi": hi}


def key_of(text: str) -> str:
    """Under which an alias is remembered."""
    return fold(text)[:200]


def _bare(key: str) -> str:
    """A place's name without the words that only say what it is."""
    padded = f" {key} "
    for word in _PLACE_KEYS:
        padded = padded.replace(f" {word} ", " ", 1) if padded.strip() != word else padded
    return padded.strip()


def _singular(key: str) -> str:
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in key.split())


def _nearest(key: str, its: _Words) -> str | None:
    if len(key) < 4:
        return None
    options = process.extract(key, its.by_key.keys(), scorer=fuzz.token_sort_ratio, limit=4, score_cutoff=NEAR - AHEAD)
    if not options or options[0][1] < NEAR or _NUMBER.findall(options[0][0]) != _NUMBER.findall(key):
        return None
    best = its.by_key[options[0][0]]
    second = max((score for name, score, _ in options if its.by_key[name] != best), default=0.0)
    return best if options[0][1] - second >= AHEAD and options[0][0] not in its.twice else None
