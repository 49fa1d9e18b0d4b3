"""Text typed in Kruti Dev 010, a font that shows Devanagari shapes for Latin letters, to Unicode and back.

Police offices still type lists in it: a cell then holds ``nqdku`` and shows दुकान. The font knows no letters, only
shapes: half letters that a stroke (`k`) completes, the short i that stands before its consonant, the reph that stands
after its syllable. `decode` puts shapes together and in the order of speech; `encode` takes them apart again.
`looks_typed_in` tells such text from English by the letters and by what can be a Hindi word at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_VIRAMA, _NUKTA, _RA = "\u094d", "\u093c", "र"
_REPH, _SHORT_I = "Z", "f"


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("|", 1) for pair in text.split())


# Shapes that stand for whole letters or signs.
_WHOLE = _pairs(
    "v|अ b|इ m|उ Å|ऊ ,|ए _|ऋ Ã|ई d|क x|ग Ä|घ ³|ङ p|च N|छ t|ज >|झ ¥|ञ V|ट B|ठ M|ड <|ढ r|त n|द u|न i|प Q|फ "
    "c|ब e|म ;|य j|र y|ल G|ळ o|व l|स g|ह K|ज्ञ J|श्र =|त्र }|द्व )|द्ध í|द्द Ì|द्द é|न्न ô|क्क ê|ट्ट Í|ट्ट ë|ट्ठ Î|ट्ठ ì|ड्ड "
    "Ï|ड्ड ï|ड्ढ Ô|ड्ढ Ø|क्र Ý|फ्र æ|द्र ç|प्र Á|प्र #|रु :|रू —|कृ Ñ|कृ –|दृ à|ह्न á|ह्य â|हृ ã|ह्म "
    "k|ा h|ी q|ु w|ू `|ृ s|े S|ै W|ॅ ‚|ॉ a|ं ¡|ँ È|ीं z|्र ª|्र Ó|्य ~|् +|़ "
    "å|० ƒ|१ „|२ …|३ †|४ ‡|५ ˆ|६ ‰|७ Š|८ ‹|९ ñ|॰ •|ऽ A|। -|. &|- ]|, @|/ ^|‘ *|’ Þ|“ ß|” ¼|( ½|) ¿|{ À|} ¾|= (|; %|:"
)
_WHOLE["|"] = "द्य"
_WHOLE["\\"] = "?"
# Half letters: the stroke `k` makes them whole.
_HALF = _pairs(
    "D|क् [|ख् X|ग् ?|घ् P|च् T|ज् ÷|झ् Ö|झ् .|ण् R|त् F|थ् /|ध् Ë|ध् è|ध् U|न् I|प् ¶|फ् C|ब् H|भ् E|म् ¸|य् Y|ल् O|व् '|श् Ü|श् \"|ष् L|स् "
    "º|ह् {|क्ष् Ù|त्त् «|त्र् ™|न्न् ’|श् ‘|श्"
)
_SHAPES = _WHOLE | _HALF
_BEFORE = {"Æ": "र्", "É": "र्"}  # reph together with the short i
_AFTER = {"±": "ं"}  # reph together with the dot

_MATRAS = "ािीुूृॄेैॉोौॅ"
_DOTS = "ंँः"
_CONSONANT = re.compile("[\u0915-\u0939]")
_SYLLABLE_END = re.compile(
    f"(?:[\u0915-\u0939]{_NUKTA}?{_VIRAMA})*[\u0915-\u0939]{_NUKTA}?[{_MATRAS}]*$|[\u0905-\u0914][{_MATRAS}]*$"
)
_TOGETHER = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (f"([{_DOTS}])([{_MATRAS}])", r"\2\1"),
        (f"([{_MATRAS}])({_NUKTA})", r"\2\1"),
        (r"(?<=[\u0901-\u094d]):(?=[\u0905-\u0939])", "ः"),
        ("ाॅ", "ॉ"), ("ाे", "ो"), ("ाै", "ौ"), ("अाे|आे|अो", "ओ"),
        ("अाै|आै|अौ", "औ"), ("अॉ|आॅ|अाॅ", "ऑ"), ("अा", "आ"),
        ("एे", "ऐ"), ("र्इ", "ई"), ("ाा+", "ा"), ("ेे+", "े"),
    )
]  # fmt: skip


def decode(text: str) -> str:
    """The Unicode text. Characters that Kruti Dev does not use stay as they are. Never raises."""
    return " ".join(_decode_word(word) for word in text.split(" "))


@lru_cache(maxsize=65536)
def _decode_word(word: str) -> str:
    if word.isdigit() or not word:
        return word
    out = ""
    pending = ""  # a short i (with its reph) that waits for its consonant
    index = 0
    while index < len(word):
        char = word[index]
        index += 1
        if char == _SHORT_I:
            pending += "ि"
            continue
        if char in _BEFORE:
            pending = _BEFORE[char] + pending + "ि"
            continue
        if char == _REPH or char in _AFTER:
            out = _with_reph(out) + _AFTER.get(char, "")
            continue
        piece = _SHAPES.get(char, char)
        if char in _HALF and index < len(word) and word[index] == "k":
            piece = piece[:-1]
            index += 1
        elif char == "v" and index < len(word) and word[index] == "k":
            piece = "आ"
            index += 1
        out += piece
        ends_cluster = _CONSONANT.match(piece[-1]) or piece in ("्र", "्य", _NUKTA)
        if pending and ends_cluster and not _cluster_goes_on(word, index):
            out, pending = _with_short_i(out, pending), ""
    if pending:
        out += pending
    out = unicodedata.normalize("NFC", out)
    for pattern, replacement in _TOGETHER:
        out = pattern.sub(replacement, out)
    return unicodedata.normalize("NFC", out)


def _cluster_goes_on(word: str, index: int) -> bool:
    return index < len(word) and word[index] in "zªÓ~+"


def _with_short_i(out: str, pending: str) -> str:
    """The short i behind the consonants that it stood before; a reph that came with it before them."""
    if pending.startswith(_RA):
        return _with_reph(out) + pending[2:]
    return out + pending


def _with_reph(out: str) -> str:
    match = _SYLLABLE_END.search(out)
    start = match.start() if match else len(out)
    return out[:start] + _RA + _VIRAMA + out[start:]


_ONE = {
    letter: shape
    for shape, letter in _WHOLE.items()
    if shape not in "ÃÌÍÎÏÔÁÑª•" and shape not in {"‚", "ô", "ê", "ë", "ì", "ï", "È", "Ó", "W"}
}
_ONE |= {half[:-1]: shape + "k" for shape, half in _HALF.items() if shape not in "ËèÖÜ’‘™«¸"}
_ONE |= {
    "–": "&", "—": "&", "आ": "vk", "ई": "bZ", "ऐ": ",s", "ओ": "vks", "औ": "vkS",
    "ऑ": "vkW",
    "ो": "ks", "ौ": "kS", "ॉ": "kW", "ः": "%",
    "घ": "?k", "झ": ">", "ग": "x", "ब": "c", "ज": "t", "च": "p", "म": "e", "न": "u", "प": "i", "ल": "y", "व": "o",
    "स": "l", "ह": "g", "क": "d", "त": "r", "य": ";", "फ": "Q", "ॅ": "W",
}  # fmt: skip
_HALVES = {half[:-1]: shape for shape, half in _HALF.items() if shape not in "ËèÖÜ’‘™«¸"}
_CLUSTER = re.compile(
    f"(?P<reph>र{_VIRAMA}(?=[\u0915-\u0939]))?"
    f"(?P<letters>(?:[\u0915-\u0939]{_NUKTA}?{_VIRAMA})*[\u0915-\u0939]{_NUKTA}?)(?P<halant>{_VIRAMA})?"
    f"(?P<signs>[{_MATRAS}]*)(?P<dots>[{_DOTS}]*)|(?P<other>.)",
    re.DOTALL,
)
_LIGATURES = ("ज्ञ", "श्र", "क्ष", "त्र", "द्य", "द्व", "द्ध", "द्द", "क्र", "फ्र", "द्र", "प्र", "ह्म", "ह्य", "ह्न", "त्त", "न्न")


@lru_cache(maxsize=65536)
def encode(text: str) -> str:
    """Unicode Devanagari as it would have been typed in Kruti Dev 010; other characters as the font shows them."""
    decomposed = unicodedata.normalize("NFC", text)
    return _CLUSTER.sub(_encode_cluster, decomposed)


def _encode_cluster(match: re.Match[str]) -> str:
    if match["other"] is not None:
        return _ONE.get(match["other"], match["other"])
    body = _encode_letters(match["letters"])
    signs = match["signs"]
    if "ि" in signs:
        body = _SHORT_I + body
        signs = signs.replace("ि", "")
    halant = "~" if match["halant"] else ""
    reph = _REPH if match["reph"] else ""
    return body + halant + "".join(_ONE[sign] for sign in signs) + reph + "".join(_ONE[dot] for dot in match["dots"])


def _encode_letters(letters: str) -> str:
    out = ""
    index = 0
    while index < len(letters):
        known = next((one for one in _LIGATURES if letters.startswith(one, index)), None)
        if known is not None:
            index += len(known)
            if letters.startswith(_VIRAMA, index) and known in _HALVES:
                out, index = out + _HALVES[known], index + 1
            else:
                out += _ONE[known]
            continue
        letter = letters[index]
        index += 1
        if letter == _VIRAMA:
            if letters.startswith(_RA, index) and index + 1 == len(letters):
                out, index = out + "z", index + 1
            else:
                out += "~"
        elif letters.startswith(_VIRAMA, index) and letter in _HALVES and letters[index + 1 : index + 2] != _RA:
            out, index = out + _HALVES[letter], index + 1
        else:
            out += _ONE.get(letter, letter)
    return out


# How much likelier a letter is in Hindi typed in Kruti Dev than in English or romanised words (natural logarithm of the
# ratio, counted over some thousand words of each): for telling the two apart.
_ODDS = {
    letter: odds
    for odds, letters in (
        (-3.0, "CGIKOPRT"),
        (-2.5, "EN"),
        (-2.0, "J"),
        (-1.5, "ABm"),
        (-1.0, "DHSWYaen"),
        (-0.5, "FLUcioprtw"),
        (0.0, "gl"),
        (0.5, "MXbdhsuv"),
        (1.0, "Vyz"),
        (2.0, "f"),
        (2.5, "QZjx"),
        (3.0, "kq"),
    )
    for letter in letters
}
_INNER = dict.fromkeys(";'\"{}|=~`_^<>?:+&[]#\\", 2.0) | dict.fromkeys(".,/", 0.5)
"""Letters in the font, marks in English: they count only between two letters."""
_BEYOND_ASCII = 1.5
_IMPOSSIBLE = -6.0
_UNICODE = -100.0
_CLEAR, _SHARE = 2.0, 0.2  # a column: evidence of a clear cell, and how many have to be
_LETTERS_LEAST = 3
_LEAST = 0.0  # a cell of a column that is known to hold such text
_STRIP = ".,:;()-&/[]{}\"'?*"
_SIGN = f"[{_MATRAS}]"
_WELL_FORMED = re.compile(
    f"(?:(?:[\u0915-\u0939]{_NUKTA}?{_VIRAMA})*[\u0915-\u0939]{_NUKTA}?{_VIRAMA}?{_SIGN}?[{_DOTS}]?"
    f"|[\u0905-\u0914][{_DOTS}]?|[^\u0900-\u097fA-Za-z])+"
)
_ENGLISH_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "atm bank bus road shop no number mobile name address ward near police station chowk market nagar off key ask "
        "disk full just desk back lock look kind dark fill fixed vijay vikas and of the opp opposite hotel mall plot "
        "block floor house lane street main new old camera cctv dvr nvr public private school college medical store "
        "yes nil ok smt shri jio vip vivo",
    )
)


_DEVANAGARI = re.compile("[\u0900-\u097f]")
_LETTERS = re.compile("[^\\W\\d_]")


def evidence(text: str) -> float:
    """How surely `text` was typed in Kruti Dev: above 0 for, below 0 against, 0 when it holds no word to judge by."""
    if _DEVANAGARI.search(text):
        return _UNICODE  # nobody mixes the two in a cell
    return sum(map(_word_evidence, text.split()))


@lru_cache(maxsize=65536)
def _word_evidence(word: str) -> float:
    if not _LETTERS.search(word):
        return 0.0
    bare = word.strip(_STRIP)
    if bare.lower() in _ENGLISH_WORDS:
        return 2 * _IMPOSSIBLE
    total = 0.0
    last = len(word) - 1
    for position, char in enumerate(word):
        if char in _INNER:
            between = 0 < position < last and not (word[position - 1].isdigit() or word[position + 1].isdigit())
            total += _INNER[char] if between else 0.0
        elif ord(char) > 127:
            total += _BEYOND_ASCII if char in _SHAPES else 0.0
        else:
            total += _ODDS.get(char, 0.0)
    if not _WELL_FORMED.fullmatch(_decode_word(word)) and not _WELL_FORMED.fullmatch(_decode_word(bare)):
        total += _IMPOSSIBLE
    return total


def looks_typed_in(values: Iterable[str]) -> bool:
    """Whether a column holds text typed in Kruti Dev, perhaps beside English: enough cells speak clearly for it."""
    clear = against = 0
    for value in values:
        weight = evidence(value)
        if weight >= _CLEAR:
            clear += 1
        elif _UNICODE < weight < 0:
            against += 1
    return clear >= 1 and clear >= (clear + against) * _SHARE


@lru_cache(maxsize=65536)  # stations, classes and many a name come again and again
def read(value: str) -> str:
    """A cell of such a column: decoded, unless it is English or Unicode itself."""
    long_enough = sum(map(str.isalpha, value)) >= _LETTERS_LEAST  # "x" is an x
    return decode(value) if long_enough and evidence(value) > _LEAST else value
