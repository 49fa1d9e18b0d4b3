"""Steps as plain values: which are to be done, what keeps a draft from being published, which answers fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.desks.common.errors import Problem
from prahari.desks.procedures import automatic, steps
from prahari.desks.procedures.library import LIBRARY
from prahari.desks.procedures.library.writing import YES_NO, by_itself, choose, confirm, count, field, form, timer
from prahari.desks.procedures.schemas import StepBody

AGENCIES = {"police", "traffic", "municipal", "disaster"}
FIELDS = {code: one.fields for code, one in automatic.known().items() if code != "ask_agency"} | {"ask_agency": ()}
ASK = choose("ask", ("Hurt?", "घायल?"), YES_NO)


def wrong(*of: steps.Step) -> list[tuple[str, str]]:
    return [(one["step"], one["field"]) for one in steps.problems(of, AGENCIES, FIELDS)]


@pytest.mark.parametrize("code", LIBRARY)
def test_the_library_can_be_published_and_is_in_both_languages(code: str) -> None:
    en, hi, of = LIBRARY[code]
    assert [StepBody(**one).dict() for one in of] == of
    assert steps.problems(of, AGENCIES, FIELDS) == []
    assert en and hi and all(steps.both(one["help"]) or not any(one["help"].values()) for one in of)
    hindi = [one["title"]["hi"] for one in of] + [option["name"]["hi"] for one in of for option in one["options"]]
    assert all(any("\u0900" <= sign <= "\u097f" for sign in text) for text in hindi)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ([], [("", "steps")]),
        ([confirm("a", ("Only English", ""))], [("a", "title")]),
        ([ASK, confirm("ask", ("Twice", "दो बार"))], [("ask", "id")]),
        ([choose("a", ("One", "एक"), {"only": ("Yes", "हाँ")})], [("a", "options")]),
        ([confirm("a", ("Later", "बाद"), when=("ask", "yes")), ASK], [("a", "only_if")]),
        ([ASK, confirm("a", ("If", "यदि"), when=("ask", "perhaps"))], [("a", "only_if")]),
        ([form("a", ("Form", "फ़ॉर्म"), [])], [("a", "fields")]),
        ([form("a", ("Form", "फ़ॉर्म"), [field("x", ("X", "एक्स"), "choose")])], [("a", "fields")]),
        ([timer("a", ("Wait", "रुकें"), 60) | {"seconds": None}], [("a", "seconds")]),
        ([by_itself("a", ("Fly", "उड़ें"), "fly")], [("a", "automatic")]),
        ([confirm("a", ("Who", "कौन"), agency="navy")], [("a", "agency")]),
        ([count("a", ("How many", "कितने"), ("", ""), least=5, most=1)], [("a", "most")]),
    ],
)
def test_what_keeps_a_draft_from_being_published(of: list[steps.Step], said: list[tuple[str, str]]) -> None:
    assert wrong(*of) == said


def test_branches_follow_the_answer() -> None:
    of = [
        ASK,
        confirm("ambulance", ("A", "अ"), when=("ask", "yes")),
        confirm("home", ("B", "ब"), when=("ask", "no")),
        choose("how", ("C", "स"), YES_NO, when=("ask", "yes")),
        confirm("deep", ("D", "द"), when=("how", "yes")),
    ]
    waiting = {"ask": "applies", "ambulance": "waits", "home": "waits", "how": "waits", "deep": "waits"}
    assert steps.standings(of, {}) == waiting
    hurt = steps.standings(of, {"ask": "yes"})
    assert hurt == waiting | {"ambulance": "applies", "home": "not_needed", "how": "applies"}
    assert steps.standings(of, {"ask": "no"})["deep"] == "not_needed"
    assert set(steps.standings(of, {"ask": None}).values()) == {"applies", "not_needed"}  # skipped: no branch


@given(st.dictionaries(st.sampled_from(["danger", "state", "law"]), st.text(max_size=8) | st.none()))
def test_every_step_of_a_procedure_always_stands_somewhere(chosen: dict[str, str | None]) -> None:
    of = LIBRARY["women_safety"][2]
    found = steps.standings(of, chosen)
    assert list(found) == [one["id"] for one in of]
    assert set(found.values()) <= {"applies", "waits", "not_needed"}


FORM = form("f", ("F", "फ"), [
    field("name", ("Name", "नाम"), required=True), field("age", ("Age", "आयु"), "number"),
    field("at", ("At", "समय"), "time"), field("tel", ("Tel", "फ़ोन"), "phone"),
    field("sex", ("Kind", "प्रकार"), "choose", a=("A", "अ"), b=("B", "ब")),
])  # fmt: skip


@pytest.mark.parametrize(
    ("step", "value", "at"),
    [
        (ASK, "perhaps", "value"), (ASK, None, "value"), (ASK, {"a": 1}, "value"),
        (count("n", ("N", "न"), ("", ""), most=10), 11, "value"), (count("n", ("N", "न"), ("", "")), True, "value"),
        (count("n", ("N", "न"), ("", "")), "7", "value"), (count("n", ("N", "न"), ("", "")), -1, "value"),
        (FORM, {}, "value.name"), (FORM, None, "value.name"), (FORM, {"name": "x", "age": "old"}, "value.age"),
        (FORM, {"name": "x", "at": "25:00"}, "value.at"), (FORM, {"name": "x", "tel": "call"}, "value.tel"),
        (FORM, {"name": "x", "sex": "c"}, "value.sex"), (FORM, {"name": "x", "more": 1}, "value.more"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_told_beside_its_field(step: steps.Step, value: Any, at: str) -> None:
    with pytest.raises(Problem) as refused:
        steps.fitting(step, value)
    assert list(refused.value.fields or {}) == [at]


def test_an_answer_reads_the_same_in_both_languages() -> None:
    kept = steps.fitting(FORM, {"name": " राम ", "age": 7.0, "sex": "b", "at": "", "tel": None})
    assert kept == {"name": "राम", "age": 7.0, "sex": "b"}
    assert steps.shown(FORM, kept) == {"en": "Name: राम; Age: 7; Kind: B", "hi": "नाम: राम; आयु: 7; प्रकार: ब"}
    assert steps.shown(count("n", ("N", "न"), ("cm", "सेमी")), 12.5) == {"en": "12.5 cm", "hi": "12.5 सेमी"}
