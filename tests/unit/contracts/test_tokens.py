"""Signed tokens: only what was signed, only as what it was signed, only in time."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts import tokens
from prahari.contracts.media import MediaClaims, PermitClaims

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key()
CLAIMS = MediaClaims("user", "camera", ["live"], exp_s=1_000)


def test_round_trip() -> None:
    assert tokens.verify(tokens.sign(CLAIMS, KEY), MediaClaims, PUBLIC, now_s=999) == CLAIMS


def test_expired() -> None:
    with pytest.raises(tokens.TokenError, match="expired"):
        tokens.verify(tokens.sign(CLAIMS, KEY), MediaClaims, PUBLIC, now_s=1_000)


def test_not_yet_valid() -> None:
    permit = PermitClaims("camera", "consent", "1", nbf_s=500, exp_s=1_000)
    with pytest.raises(tokens.TokenError, match="not valid yet"):
        tokens.verify(tokens.sign(permit, KEY), PermitClaims, PUBLIC, now_s=400)


def test_a_token_of_one_kind_is_no_token_of_another() -> None:
    with pytest.raises(tokens.TokenError, match="not for 'PermitClaims'"):
        tokens.verify(tokens.sign(CLAIMS, KEY), PermitClaims, PUBLIC, now_s=0)


def test_another_key() -> None:
    with pytest.raises(tokens.TokenError):
        tokens.verify(tokens.sign(CLAIMS, Ed25519PrivateKey.generate()), MediaClaims, PUBLIC, now_s=0)


def test_unsigned_tokens_are_refused() -> None:
    forged = jwt.encode({"kind": "MediaClaims", "body": {"user_id": "u"}}, None, algorithm="none")
    with pytest.raises(tokens.TokenError):
        tokens.verify(forged, MediaClaims, PUBLIC, now_s=0)


@given(st.text())
def test_garbage(token: str) -> None:
    with pytest.raises(tokens.TokenError):
        tokens.verify(token, MediaClaims, PUBLIC, now_s=0)
