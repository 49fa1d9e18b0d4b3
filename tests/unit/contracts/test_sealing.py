"""Sealed secrets open only with their key and their context."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts.sealing import SealError, seal, unseal

KEY = os.urandom(32)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_round_trip_and_context(plain: str, context: str) -> None:
    sealed = seal(plain, KEY, context)
    assert unseal(sealed, KEY, context) == plain
    with pytest.raises(SealError):
        unseal(sealed, KEY, context + "x")


def test_the_same_secret_never_looks_the_same() -> None:
    assert seal("secret", KEY, "a") != seal("secret", KEY, "a")


@given(st.text())
def test_garbage(text: str) -> None:
    with pytest.raises(SealError):
        unseal("v1:" + text, KEY, "a")
