from __future__ import annotations

import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from prahari.contracts import tokens
from prahari.contracts.media import MediaClaims, PermitClaims, Reason
from prahari.engines.media.gate.permits import leave_at, read_permit

KEY = Ed25519PrivateKey.generate()
CAMERA = "0190a5c0-0000-7000-8000-000000000001"
NOON_UTC_S = 1_760_011_200  # 2025-10-09 12:00 UTC, 17:30 in India


def claims(**changes: object) -> PermitClaims:
    fields: dict[str, object] = {
        "basis": "consent",
        "basis_id": "1",
        "nbf_s": NOON_UTC_S - 3600,
        "exp_s": NOON_UTC_S + 3600,
        **changes,
    }
    return PermitClaims(CAMERA, **fields)  # type: ignore[arg-type]


@st.composite
def any_claims(draw: st.DrawFn) -> PermitClaims:
    nbf_s = NOON_UTC_S + draw(st.integers(-90_000, 90_000))
    minute = st.integers(0, 1440)
    return claims(
        nbf_s=nbf_s,
        exp_s=nbf_s + draw(st.integers(-10, 90_000)),
        live=draw(st.booleans()),
        record=draw(st.booleans()),
        hours=draw(st.lists(st.tuples(minute, minute), max_size=3)),
        utc_offset_minutes=draw(st.integers(-720, 840)),
    )


def allowed_by_the_book(permit: PermitClaims, now_s: float) -> bool:
    """The rule written again in the plainest way: minute by minute."""
    if not permit.nbf_s <= now_s < permit.exp_s:
        return False
    if not permit.hours:
        return True
    minute = int((now_s + permit.utc_offset_minutes * 60) // 60) % 1440
    for start, end in permit.hours:
        minutes = range(start, end) if start <= end else [*range(start, 1440), *range(end)]
        if minute in minutes:
            return True
    return False


@given(any_claims(), st.integers(-180_000, 180_000))
def test_leave_is_given_exactly_when_the_permit_says_so(permit: PermitClaims, shift_s: int) -> None:
    now_s = NOON_UTC_S + shift_s
    leave = leave_at(permit, now_s)
    allowed = allowed_by_the_book(permit, now_s)
    assert leave.live == (allowed and permit.live)
    assert leave.record == (allowed and permit.record)
    assert leave.anything or leave.reason is not Reason.NONE


@given(any_claims(), st.integers(-180_000, 180_000), st.floats(0, 0.999_999))
def test_nothing_changes_before_the_moment_to_ask_again(permit: PermitClaims, shift_s: int, part: float) -> None:
    now_s = NOON_UTC_S + shift_s
    leave = leave_at(permit, now_s)
    assert leave.until_s > now_s
    later_s = now_s + part * (min(leave.until_s, now_s + 200_000) - now_s)
    later = leave_at(permit, later_s)
    assert (later.live, later.record) == (leave.live, leave.record)


def test_hours_may_run_over_midnight() -> None:
    night = claims(hours=[(22 * 60, 6 * 60)], utc_offset_minutes=330, exp_s=NOON_UTC_S + 86_400)
    assert leave_at(night, NOON_UTC_S).reason is Reason.OUTSIDE_HOURS
    assert leave_at(night, NOON_UTC_S + 5 * 3600).live  # 22:30 in India
    assert leave_at(night, NOON_UTC_S).until_s == NOON_UTC_S + 4.5 * 3600


def test_the_reason_is_told() -> None:
    assert leave_at(None, 0).reason is Reason.NO_PERMIT
    assert leave_at(claims(), NOON_UTC_S + 3600).reason is Reason.PERMIT_ENDED
    assert leave_at(claims(), NOON_UTC_S - 3601).reason is Reason.NO_PERMIT
    assert leave_at(claims(live=False, record=False), NOON_UTC_S).reason is Reason.NO_PERMIT


def test_a_permit_is_read_only_with_our_signature_for_this_camera_and_of_this_kind() -> None:
    good = tokens.sign(claims(), KEY)
    assert read_permit(good, CAMERA, KEY.public_key()) == claims()
    other_camera = CAMERA.replace("1", "2")
    assert read_permit(good, other_camera, KEY.public_key()) is None
    assert read_permit(good, CAMERA, Ed25519PrivateKey.generate().public_key()) is None
    person = tokens.sign(MediaClaims("u", CAMERA, ["live"], int(time.time()) + 60), KEY)
    assert read_permit(person, CAMERA, KEY.public_key()) is None


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "é" * 500, "." * 10_000])
def test_garbage_is_no_permit(text: str) -> None:
    assert read_permit(text, CAMERA, KEY.public_key()) is None


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_permit_is_no_permit(place: int, value: int) -> None:
    good = tokens.sign(claims(), KEY)
    place %= len(good)
    changed = good[:place] + chr(value) + good[place + 1 :]
    read = read_permit(changed, CAMERA, KEY.public_key())
    assert read is None or read == claims()  # the last base64 letter holds spare bits
