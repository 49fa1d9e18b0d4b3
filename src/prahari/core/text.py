"""Search keys that let Devanagari, Latin and careless transliteration meet.

``fold("गोलघर चौराहा") == fold("Golghar Chauraha") == fold("golghar chowraha")``. A key is for comparing, never for
showing: words of lower-case ASCII letters and digits, single spaces between (a word in a third script stays as it is).

How a word is folded: Devanagari is spelt out in Latin letters with the unspoken short a removed (schwa deletion); then
both scripts go through the same rules, which keep consonants without breath (kh = k), one s, one front vowel (i, ee,
e, ai, y), one back vowel (u, oo, o, au) and no a but a leading one; doubled letters count once. English words that
stand on every Indian signboard are first spelt the way Hindi writes them (bank = बैंक).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_VIRAMA, _NUKTA = "\u094d", "\u093c"


def _pairs(letters: str, spellings: str) -> dict[str, str]:
    return dict(zip(letters, spellings.split(), strict=True))


_CONSONANTS = _pairs("कखगघङचछजझञटठडढण", "k kh g gh n ch chh j jh n t th d dh n") | _pairs(
    "तथदधनपफबभमयरलवशषसहळऩऱऴ", "t th d dh n p ph b bh m y r l v sh sh s h l n r l"
)
_DOTTED = {"d": "r", "dh": "rh"}  # ड़, ढ़; the Persian dotted letters sound like their plain ones
_SIGNS = _pairs("ािीुूृॄॢेैॅॆोौॉॊ", "aa i ii u uu ri ri li e ai e e o au o o")
_VOWELS = _pairs("अआइईउऊऋॠऌएऐऍऎओऔऑऒॲ", "a aa i ii u uu ri ri li e ai e e o au o o e")
_OTHER_MARKS = {"ं": "n", "ँ": "n", "ः": "h", "ॐ": "om", "ऽ": ""}

# Spelling in English -> as Hindi says and writes it. Common on signboards; grows with use.
_ENGLISH = {
    "academy": "ekedmi", "agency": "ejensi", "airport": "eyarport", "apartment": "apartment", "automobile": "otomobail",
    "avenue": "evenyu", "bank": "baink", "bridge": "brij", "bus": "bas", "bypass": "baipas", "cafe": "kaife",
    "camera": "kaimra", "cantt": "kaint", "cawnpore": "kanpur", "center": "sentar", "centre": "sentar",
    "church": "charch", "cinema": "sinema", "circle": "sarkil", "civil": "sivil", "clinic": "klinik", "club": "klab",
    "coaching": "koching", "college": "kolej", "colony": "koloni", "company": "kampni", "complex": "kompleks",
    "corner": "kornar", "court": "kort", "cross": "kros", "crossing": "krosing", "delhi": "dilli", "exit": "egjit",
    "factory": "faiktri", "flyover": "flaiovar", "garage": "gairej", "gate": "get", "general": "janral",
    "girls": "garls", "hall": "hol", "highway": "haive", "house": "haus", "industrial": "indastriyal",
    "industry": "indastri", "institute": "instityut", "junction": "jankshan", "light": "lait", "line": "lain",
    "lines": "lains", "lucknow": "lakhnau", "main": "men", "mall": "mol", "medical": "medikal", "mill": "mil",
    "motors": "motars", "nagar": "nagar", "national": "neshnal", "nursing": "narsing", "office": "ofis",
    "palace": "pailes", "phase": "phej", "place": "ples", "plaza": "plaja", "police": "pulis", "post": "post",
    "public": "pablik", "pump": "pamp", "railway": "relve", "residency": "rejidensi", "road": "rod", "school": "skul",
    "sector": "sektar", "service": "sarvis", "shop": "shop", "showroom": "shorum", "side": "said", "signal": "signal",
    "smart": "smart", "square": "skveyar", "stadium": "stediyam", "stand": "staind", "state": "stet",
    "station": "steshan", "store": "stor", "stores": "stors", "street": "strit", "super": "supar", "temple": "tempal",
    "tower": "tavar", "trade": "tred", "traders": "tredars", "traffic": "traiphik", "university": "yunivarsiti",
    "vihar": "vihar", "ward": "vard", "wine": "vain", "works": "varks", "zone": "jon", "zoo": "ju",
}  # fmt: skip

# Applied in order to a word in plain Latin letters. `~` stands for the sound "ch" until the end, so that no later
# rule takes it for a hard or soft c.
_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"gao?n$", "ganv"),  # naugaon = नौगाँव, also when typed without the o
        (r"dny|jny|jn|gny", "gy"),  # ज्ञ in four spellings
        (r"tion", "shan"),
        (r"chh|ch", "~"),
        (r"ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"z", "j"),
        (r"w", "v"),
        (r"(.)\1+", r"\1"),  # doubled letters
        (r"e(?=h)", "a"),  # shehar = shahar
        (r"(?<=[^aeiou])h", ""),  # breath: kh, gh, sh, ...
        (r"h(?=[^aeiou])", ""),  # brahma = bramha
        (r"(?<=[aeiou])v(?![eiouy])", "u"),  # dev = deo, navratan = nauratan, chowk = chauk
        (r"m(?=[pbf])", "n"),  # sambhal = संभल
        (r"[eiy]", "i"),
        (r"[ou]", "u"),
        (r"^a+(?=[iu])", ""),
        (r"(?<=.)a", ""),
        (r"(.)\1+", r"\1"),
        (r"~", "c"),
    )
]

_ASCII_TOKEN = re.compile("[0-9]+|[a-z]+")
_TOKEN = re.compile("[0-9]+|[^0-9 ]+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_KEEP_MARKS = re.compile(r"[\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963]")


def fold(text: str) -> str:
    """The search key of `text`; empty when it holds neither letters nor digits. Never raises, whatever it is given."""
    return " ".join(filter(None, map(_fold_token, _tokens(text))))


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """What of a character counts: a letter or vowel sign, a digit as 0 to 9, nothing, or a blank between words."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isalpha() or _KEEP_MARKS.match(char) or char == _NUKTA:
        return char
    if unicodedata.category(char) in {"Mn", "Cf"} or char in "'’`":
        return ""  # an accent, a joiner, an apostrophe: within a word
    return " "


def _tokens(text: str) -> list[str]:
    """Runs of letters or of digits, in lower case; accents gone, Devanagari vowel signs kept with their letters."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower().replace("'", "").replace("`", ""))
    return _TOKEN.findall("".join(map(_kept, unicodedata.normalize("NFKD", text.casefold()))))


@lru_cache(maxsize=65536)  # lists of places say the same words over and over
def _fold_token(token: str) -> str:
    if token[0].isdigit():
        return token
    word = _latin(token) if _DEVANAGARI.search(token) else _ENGLISH.get(token, token)
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return "".join(char for char in word if char.isascii()) or word


def _latin(word: str) -> str:
    """A Devanagari word in Latin letters, the unspoken short a left out; other letters stay."""
    # Each part is (consonants, vowel); "ə" is the inherent vowel, which may turn out to be unspoken.
    parts: list[list[str]] = []
    for char in word:
        if char in _CONSONANTS:
            parts.append([_CONSONANTS[char], "ə"])
        elif char == _NUKTA:
            if parts:
                parts[-1][0] = _DOTTED.get(parts[-1][0], parts[-1][0])
        elif char == _VIRAMA:
            if parts and parts[-1][1] == "ə":
                parts[-1][1] = ""
        elif char in _SIGNS:
            if parts and parts[-1][1] == "ə":
                parts[-1][1] = _SIGNS[char]
            else:
                parts.append(["", _SIGNS[char]])
        elif char in _VOWELS:
            parts.append(["", _VOWELS[char]])
        elif char in _OTHER_MARKS:
            # Behind a spoken vowel, as a consonant that has none of its own.
            if parts and parts[-1][1] == "ə":
                parts[-1][1] = "a"
            parts.append([_OTHER_MARKS[char], ""])
        else:
            parts.append([char, ""])
    _delete_schwas(parts)
    return "".join(consonant + vowel for consonant, vowel in parts).replace("ə", "a")


def _delete_schwas(parts: list[list[str]]) -> None:
    """Drop the inherent vowel where Hindi does not speak it: at the end of a word, and (from the right) between
    vowel + consonant and consonant + vowel. Changes `parts`."""
    spoken = sum(1 for _, vowel in parts if vowel)
    if parts and parts[-1][1] == "ə" and spoken > 1:
        parts[-1][1] = ""
    for index in range(len(parts) - 2, 0, -1):
        after = parts[index + 1]
        if parts[index][1] == "ə" and parts[index][0] and parts[index - 1][1] and after[0] and after[1]:
            parts[index][1] = ""
