"""Telephone numbers as people type them into lists: Indian mobiles out of any of a dozen ways of writing.

``mobile("0 98391-23456 / 0512-2554321") == "+919839123456"``. A mobile has ten digits, the first 6 to 9; landlines are
left to whoever keeps the text.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_FLOAT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+|\d{10,13}\.0+(?!\d)")
_APART = re.compile(r"[/,;|&\n]|\bor\b|\band\b|या|एवं|तथा|व\s", re.IGNORECASE)
_GAPS = re.compile(r"[\s().\-\u2010-\u2015\u2212_*'`\u200b-\u200d\u202a-\u202e\u2060\ufeff]+")
_NUMBER = re.compile(r"(?<!\d)(?:\+?(?:00)?91|0)?([6-9]\d{9})(?!\d)")
_ALONE = re.compile(r"(?:(?:\+|00)?91|0)?([6-9][0-9]{9})")
_RUN = re.compile(r"(?:(?:\+?91|0)?[6-9]\d{9}){2,}")


def mobile(text: object) -> str:
    """The first mobile number in `text` as +91 and ten digits; "" when there is none. Never raises."""
    found = mobiles(text)
    return found[0] if found else ""


def mobiles(text: object) -> list[str]:
    """All mobile numbers in `text`, in order, each once."""
    if isinstance(text, str) and (alone := _ALONE.fullmatch(text)):
        return ["+91" + alone[1]]
    found: dict[str, None] = {}
    for part in _APART.split(_plain(text)):
        for digits in _in_part(part):
            found["+91" + digits] = None
    return list(found)


def digits_of(text: str) -> str:
    """Decimal digits of any script, as 0 to 9."""
    if text.isascii():
        return "".join(filter(str.isdecimal, text))
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _plain(text: object) -> str:
    """As text with ASCII digits; what a spreadsheet made of a number is a number again."""
    if isinstance(text, bool) or text is None:
        return ""
    if isinstance(text, float):
        return f"{text:.0f}" if text.is_integer() else ""
    plain = str(text)
    if not plain.isascii():
        plain = "".join(
            str(unicodedata.decimal(char)) if char.isdecimal() else char
            for char in unicodedata.normalize("NFKC", plain)
        )
    return _FLOAT.sub(_whole, plain)


def _whole(match: re.Match[str]) -> str:
    try:
        value = Decimal(match[0])
    except InvalidOperation:
        return match[0]
    if not 10**9 < value < 10**13 or value != value.to_integral_value():
        return match[0]
    if "e" in match[0].lower() and len(match[0].lower().partition("e")[0].replace(".", "").lstrip("+-")) < 10:
        return " "  # a spreadsheet rounded the number away: what is left is not anybody's
    return f"{value:.0f}"


def _in_part(part: str) -> list[str]:
    closed = _GAPS.sub("", part)
    found = [match[1] for match in _NUMBER.finditer(closed)]
    if not found and (run := _RUN.fullmatch(re.sub(r"\D", "", closed))):
        found = re.findall(r"(?:91|0)?([6-9]\d{9})", run[0])
    if not found:  # numbers parted by blanks alone
        found = [match[1] for word in part.split() for match in _NUMBER.finditer(_GAPS.sub("", word))]
    return found
