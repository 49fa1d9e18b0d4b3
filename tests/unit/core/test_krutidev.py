from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.krutidev import decode, encode, looks_typed_in, read
from prahari.core.text import _ENGLISH

# Typed on a Kruti Dev 010 keyboard, with what it shows.
TYPED = {
    "nqdku": "दुकान", "Fkkuk": "थाना", "Jherh": "श्रीमती", "{ks=": "क्षेत्र",
    "/keZ": "धर्म", "fo|kFkhZ": "विद्यार्थी",
    "oekZ": "वर्मा", "fØfeuy": "क्रिमिनल", "vkfFkZd": "आर्थिक", 'izfr"Bku': "प्रतिष्ठान",
    "eksckby uEcj": "मोबाइल नम्बर",
    "irk": "पता", "dSejk": "कैमरा", "la[;k": "संख्या", "'kgj": "शहर", "LVs'ku": "स्टेशन", "Mªkboj": "ड्राइवर",
    "gkWfLiVy": "हॉस्पिटल", "117@12] dkdknso": "117/12, काकादेव", "dY;k.kiqj": "कल्याणपुर", "pkSjkgk": "चौराहा",
    "xks.Mk": "गोण्डा", "iqfyl pkSdh": "पुलिस चौकी", "okMZ": "वार्ड",
    "isVªksy iEi": "पेट्रोल पम्प", "jktsUnz": "राजेन्द्र",
    'd`".k': "कृष्ण", "fLFkfr": "स्थिति", "Lokeh": "स्वामी", "fdz;k": "क्रिया",
    "dksfpax": "कोचिंग", "flag": "सिंह",
    "dz0 la0": "क्र0 सं0", "Kku": "ज्ञान", "fo}ku": "विद्वान", "iq.;": "पुण्य",
    "o\"kZ": "वर्ष", "NksVk": "छोटा", "M+j": "ड़र",
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_known_words(typed: str) -> None:
    assert decode(typed) == TYPED[typed]
    assert decode(encode(TYPED[typed])) == unicodedata.normalize("NFC", TYPED[typed])


_LETTER = st.sampled_from("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह")
_HALF = st.sampled_from("कगचजतनपबमलवसशष")
_SIGN = st.sampled_from(["", "ा", "ि", "ी", "ु", "ू", "े", "ै", "ो", "ौ"])
_DOT = st.sampled_from(["", "", "", "ं", "ँ"])
_SYLLABLE = st.one_of(
    st.builds("{}{}{}".format, _LETTER, _SIGN, _DOT),
    st.builds("{}्{}{}{}".format, _HALF, _LETTER, _SIGN, _DOT),
    st.builds("र्{}{}{}".format, _LETTER, _SIGN, _DOT),
    st.builds("{}्र{}{}".format, st.sampled_from("कगदपबटड"), _SIGN, _DOT),
    st.sampled_from(["अ", "आ", "इ", "ई", "उ", "ऊ", "ए", "ऐ", "ओ", "औ"]),
)
_WORD = st.lists(_SYLLABLE, min_size=1, max_size=6).map("".join)


@given(st.lists(_WORD, min_size=1, max_size=4).map(" ".join))
def test_there_and_back(text: str) -> None:
    assert decode(encode(text)) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_whatever_is_given_nothing_breaks(text: str) -> None:
    decode(text)
    encode(text)
    read(text)
    looks_typed_in([text])


ENGLISH = [
    "Gupta Medical Store", "State Bank of India ATM", "12/4, Mall Road, Kanpur",
    "Kalyanpur", "S/o Ram Kumar", "Shri Ganesh Sweets",
    "HDFC BANK", "petrol pump, gt road", "Near Dr. Sharma's clinic", "H.No. 117/H-1/45",
    "C-12 Indira Nagar", "R.K. Jewellers",
    "Sunrise Public School", "CP Plus", "Hikvision 2MP", "yes", "No", "manager@bank.in",
    "Naubasta", "Moolganj", "Ashok Vijay Kushwaha",
]  # fmt: skip


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_garbled_even_in_a_column_with_kruti_dev(text: str) -> None:
    assert not looks_typed_in([text] * 5)
    assert read(text) == text


def test_english_words_of_signboards_are_english() -> None:
    words = [form for word in _ENGLISH for form in (word, word.title(), word.upper())]
    assert not looks_typed_in(words)


@pytest.mark.parametrize(
    "column", [["nqdku", "Fkkuk dY;k.kiqj", "Jherh oekZ"], ["xqIrk LVksj", "State Bank", "शर्मा स्टोर"]]
)
def test_columns_typed_in_kruti_dev_are_known(column: list[str]) -> None:
    assert looks_typed_in(column)


def test_a_mixed_column_is_read_cell_by_cell() -> None:
    assert [read(cell) for cell in ("xqIrk LVksj", "State Bank of India", "शर्मा स्टोर")] == [
        "गुप्ता स्टोर", "State Bank of India", "शर्मा स्टोर",
    ]  # fmt: skip
    assert [read(cell) for cell in ("x", "-", "A1", "kg")] == ["x", "-", "A1", "kg"]
