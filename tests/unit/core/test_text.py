"""Search keys: Hindi and Latin spellings of the same name must meet, different names must not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.text import fold

PAIRS = [
    ("गोलघर चौराहा", "golghar chauraha"),
    ("गोलघर चौराहा", "Golghar Chowraha"),
    ("कल्याणपुर", "kalyanpur"),
    ("कल्याणपुर", "Kalyaanpoor"),
    ("कल्याणपुर", "kalianpur"),
    ("कानपुर नगर", "Kanpur Nagar"),
    ("रावतपुर", "rawatpur"),
    ("स्वरूप नगर", "swaroop nagar"),
    ("स्वरूप नगर", "svarup nagar"),
    ("गोविन्द नगर", "govind nagar"),
    ("गोविंद नगर", "Govindnagar".replace("nagar", " nagar")),
    ("किदवई नगर", "kidwai nagar"),
    ("बर्रा", "barra"),
    ("नौबस्ता", "naubasta"),
    ("नौबस्ता", "nowbasta"),
    ("फूलबाग", "phool bagh".replace(" ", "")),
    ("फूलबाग", "fulbag"),
    ("चकेरी", "chakeri"),
    ("चकेरी", "chakeree"),
    ("जाजमऊ", "jajmau"),
    ("पनकी", "panki"),
    ("अर्मापुर", "armapur"),
    ("बिठूर", "bithoor"),
    ("बिठूर", "bithur"),
    ("काकादेव", "kakadeo"),
    ("काकादेव", "kakadev"),
    ("शास्त्री नगर", "shastri nagar"),
    ("शास्त्री नगर", "sastri nagar"),
    ("ग्वालटोली", "gwaltoli"),
    ("सीसामऊ", "seesamau"),
    ("सीसामऊ", "sisamau"),
    ("बेकनगंज", "bekanganj"),
    ("अनवरगंज", "anwarganj"),
    ("हरबंश मोहाल", "harbans mohal"),
    ("फजलगंज", "fazalganj"),
    ("छावनी", "chhavani"),
    ("छावनी", "chawani"),
    ("परेड चौराहा", "pared chauraha"),
    ("बड़ा चौराहा", "bara chauraha"),
    ("घंटाघर", "ghantaghar"),
    ("घण्टाघर", "ghanta ghar".replace(" ", "")),
    ("संभल", "sambhal"),
    ("अलीगढ़", "aligarh"),
    ("नौगाँव", "naugaon"),
    ("देवरिया", "deoria"),
    ("ज्ञानपुर", "gyanpur"),
    ("लक्ष्मीपुरवा", "laxmipurwa"),
    ("स्टेट बैंक", "State Bank"),
    ("पुलिस स्टेशन", "police station"),
    ("सिविल लाइन्स", "Civil Lines"),
    ("इंडियन ऑयल पेट्रोल पंप", "indian oyal petrol pump"),
    ("गेट नंबर २", "gate nanbar 2"),
    ("मेहता", "mehta"),
    ("शहर", "shahar"),
    ("शहर", "shehar"),
]


@pytest.mark.parametrize(("hindi", "latin"), PAIRS)
def test_the_two_scripts_meet(hindi: str, latin: str) -> None:
    assert fold(hindi) == fold(latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kalyanpur", "kanpur"),
        ("govind nagar", "gandhi nagar"),
        ("barra", "bara mill"),
        ("chakeri", "chaubepur"),
        ("gate 2", "gate 3"),
        ("panki", "parade"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_any_text_gives_a_key(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ABCXYZ0123456789-_/.,"))
def test_keys_are_plain(text: str) -> None:
    assert all(char.isdigit() or char == " " or ("a" <= char <= "z") for char in fold(text))


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_fold_on_their_own(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


@given(st.text(alphabet="कखगघचजटडतदनपबमयरलवसह ािीुूेोंप्र", max_size=20))
def test_normal_forms_meet(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


# Syllables with one vowel, each as Hindi and as the spellings that people type.
_ONSETS = list(
    zip(
        "कखगघचछजझतथदधटडनपबभमरलशस",
        "k kh g gh ch chh j jh t th d dh t d n p b bh m r l sh s".split(),  # noqa: SIM905 - reads like the alphabet
        strict=True,
    )
)
_VOWELS = [
    ("ा", ("a", "aa")),
    ("ि", ("i", "e")),
    ("ी", ("i", "ee", "ii")),
    ("ु", ("u", "oo")),
    ("ू", ("u", "oo", "uu")),
    ("े", ("e", "ee")),
    ("ो", ("o", "oo")),
    ("ौ", ("au", "ou", "o")),
]


@given(st.data())
def test_every_way_of_typing_a_word_meets_its_hindi(data: st.DataObject) -> None:
    hindi = latin = ""
    for onset in data.draw(st.lists(st.sampled_from(_ONSETS), min_size=1, max_size=6)):
        sign, spellings = data.draw(st.sampled_from(_VOWELS))
        hindi += onset[0] + sign
        latin += onset[1] + data.draw(st.sampled_from(spellings))
    assert fold(hindi) == fold(data.draw(st.sampled_from([latin, latin.upper(), latin.title()])))
