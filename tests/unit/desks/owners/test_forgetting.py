"""Sessions, codes and wrong guesses leave when no limit and no evidence needs them."""

from __future__ import annotations

import pytest

from prahari.contracts.events import now_ms
from prahari.desks.owners import tasks
from prahari.desks.owners.models import OneTimeCode, OwnerSession, Purpose, WrongGuess

pytestmark = pytest.mark.django_db
DAY_MS = 86_400_000


def session(age_ms: int) -> OwnerSession:
    at = now_ms() - age_ms
    return OwnerSession.objects.create(
        token_hash=f"token {age_ms}", mobile_key="key", sealed_mobile="", created_ms=at, seen_ms=at
    )


def code(age_ms: int, *, used: bool) -> OneTimeCode:
    at = now_ms() - age_ms
    return OneTimeCode.objects.create(
        mobile_key="key", address_key="key", purpose=Purpose.SIGN_IN, code_hash="", created_ms=at, expires_ms=at,
        message_id="01a21608-01d7-7ed5-833c-19b804f63688", used_ms=at if used else None,
    )  # fmt: skip


def test_what_nobody_can_ask_for_is_forgotten_and_the_rest_stays() -> None:
    session(3 * DAY_MS)
    open_one = session(1000)
    code(3 * DAY_MS, used=False)
    kept = [code(3 * DAY_MS, used=True), code(1000, used=False)]
    WrongGuess.objects.create(kind="code", address_key="key", at_ms=now_ms() - 3 * DAY_MS)
    fresh = WrongGuess.objects.create(kind="code", address_key="key", at_ms=now_ms())
    assert tasks.forget() == {"sessions": 1, "codes": 1, "guesses": 1}
    assert tasks.forget() == {"sessions": 0, "codes": 0, "guesses": 0}
    assert list(OwnerSession.objects.all()) == [open_one]
    assert set(OneTimeCode.objects.all()) == set(kept)
    assert list(WrongGuess.objects.all()) == [fresh]
