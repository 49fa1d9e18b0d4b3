from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.phones import mobile, mobiles

ONE = "+919839123456"


@pytest.mark.parametrize(
    "text",
    [
        "9839123456", "+91 98391 23456", "+91-9839-123-456", "(+91)9839123456",
        "0 98391-23456", "09839123456", "919839123456",
        "00919839123456", "९८३९१२३४५६", "९८३९१-२३४५६",
        "9839123456.0", 9839123456, 9839123456.0, "9.839123456E+09", "M-9839123456",
        "Mob: 9839123456, 0512-2233445", "0512 2554321 / 9839123456", "Ph.9839123456(R)",
        "'9839123456", "98391\u00a023456",
        "\u202a+91 98391 23456\u202c",
    ],
)  # fmt: skip
def test_in_every_way_of_writing(text: Any) -> None:
    assert mobiles(text) == [ONE]


@pytest.mark.parametrize(
    "text", ["98391 23456 / 9415012345", "9839123456 9415012345", "98391234569415012345",
    "9839123456\n9415012345",
             "९८३९१२३४५६ या ९४१५०१२३४५", "9839123456,9415012345,9839123456"],
)  # fmt: skip
def test_two_numbers(text: str) -> None:
    assert mobiles(text) == [ONE, "+919415012345"]


@pytest.mark.parametrize(
    "text",
    ["", None, True, "0512-2554321", "12345", "5839123456", "98391 2345", "street 9839", "9.8391E+09", 98391.5, "nil"],
)
def test_what_is_no_mobile(text: Any) -> None:
    """9.8391E+09 was a number before a spreadsheet rounded it: what is left is somebody else's."""
    assert mobile(text) == ""


_DIGITS = st.from_regex(r"[6-9][0-9]{9}", fullmatch=True)
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


_BEFORE = st.sampled_from(["", "+91", "+91 ", "0", "91", "0091", "+91-", "Mob: ", "Ph. "])
_GAP = st.sampled_from(["", " ", "-", ".", "\u00a0"])


@given(_DIGITS, _BEFORE, _GAP, st.integers(1, 9), st.booleans())
def test_any_number_in_any_manner(digits: str, before: str, gap: str, at: int, hindi: bool) -> None:
    text = before + digits[:at] + gap + digits[at:]
    assert mobiles(text.translate(_DEVANAGARI) if hindi else text) == [f"+91{digits}"]


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_whatever_is_given(value: Any) -> None:
    for number in mobiles(value):
        assert len(number) == 13
        assert number.startswith("+91")
