"""Signing in by code: hammering, guessing, replaying, two tabs, fixation, foreign pages."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from owners_rig import API, JSON, MOBILE, OTHER, browser, cookie, last_code, post, premises
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common import rules
from prahari.desks.common.models import Rule
from prahari.desks.messages.models import Message
from prahari.desks.owners import codes, sessions
from prahari.desks.owners import rules as limits
from prahari.desks.owners.models import OneTimeCode, OwnerSession, WrongGuess
from scope import World

pytestmark = pytest.mark.django_db


def ask(client: Client, mobile: str = MOBILE, **more: Any) -> Any:
    return post(client, "/code", {"mobile": mobile}, **more)


def give(client: Client, code: str, mobile: str = MOBILE, **more: Any) -> Any:
    return post(client, "/session", {"mobile": mobile, "code": code}, **more)


def wrong_of(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def limit(code: str, value: int) -> None:
    Rule.objects.create(code=code, value=value, valid_from="2020-01-01", source="test", created_ms=1)


def test_a_code_opens_a_session_of_its_own(world: World) -> None:
    client = browser(None)
    assert client.get(f"{API}/session").status_code == 401
    sent = ask(client, "98765 43210")
    assert sent.status_code == 202 and sent.json() == {"valid_s": 300, "pause_s": 30}
    entered = give(client, last_code())
    assert entered.status_code == 200 and entered.json()["mobile_hint"].endswith("10")
    kept = client.cookies[sessions.COOKIE]
    assert kept["httponly"] and kept["samesite"] == "Strict" and kept["path"] == "/"
    assert client.get(f"{API}/session").status_code == 200
    assert client.get("/api/v1/me").status_code == 401, "an owner is nobody in the console"
    assert client.delete(f"{API}/session").status_code == 204
    client.cookies[sessions.COOKIE] = kept.value
    assert client.get(f"{API}/session").status_code == 401, "ended on the server, not only in the browser"


def test_neither_number_nor_code_nor_token_lies_open(world: World) -> None:
    client = browser(None)
    ask(client)
    code = last_code()
    give(client, code)
    token = client.cookies[sessions.COOKIE].value
    rows = [str(list(model.objects.values())) for model in (OneTimeCode, OwnerSession, AuditEntry)]
    for secret in ("9876543210", code, token):
        assert all(secret not in row for row in rows), secret


def test_the_answer_is_the_same_whether_a_number_is_known(world: World) -> None:
    premises(world, mobile=MOBILE)
    known, unknown = ask(browser(None), MOBILE), ask(browser(None), OTHER)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    refused = [give(browser(None), "000000", mobile) for mobile in (MOBILE, OTHER, "+919000000001")]
    assert len({(one.status_code, one.content) for one in refused}) == 1, "also for a number that never asked"


@pytest.mark.parametrize("mobile", ["", "123", "0512 2345678", "abc", "+1 555 123 4567", "98765432101234"])
def test_what_is_no_number_is_refused(mobile: str) -> None:
    assert ask(browser(None), mobile).status_code == 422 and Message.objects.count() == 0


def test_five_wrong_attempts_and_the_right_one_is_too_late(no_pause: None) -> None:
    client = browser(None)
    ask(client)
    code = last_code()
    for _ in range(rules.value(limits.CODE_ATTEMPTS)):
        assert give(client, wrong_of(code)).json()["code"] == "wrong_code"
    assert give(client, code).status_code == 409
    ask(client)
    assert give(client, last_code()).status_code == 200


def test_guessing_is_bounded(no_pause: None) -> None:
    """One number within a day: attempts x codes of 10^6; everybody together within an hour: 500 of 10^6."""
    attempts, per_day = rules.value(limits.CODE_ATTEMPTS), rules.value(limits.CODES_NUMBER_DAY)
    assert attempts * per_day / 10**codes.DIGITS <= 75e-6
    # Each wrong one aims at one number, so the chance that any of n hits is at most n / 10^6.
    assert rules.value(limits.WRONG_CENTRE_HOUR) / 10**codes.DIGITS <= 1 / 2000
    limit(limits.WRONG_ADDRESS_HOUR, 7)
    for number in range(7):
        assert give(browser(None), "123456", f"+9190000000{number:02d}").status_code == 409
    ask(browser(None))
    assert give(browser(None), last_code()).json()["code"] == "too_many", "not even the right one, from here"
    elsewhere = give(browser(None), last_code(), REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200, "others are not shut out"


def test_the_whole_centre_has_a_bound_too(no_pause: None) -> None:
    limit(limits.WRONG_CENTRE_HOUR, 10)
    for number in range(10):
        give(browser(None), "123456", REMOTE_ADDR=f"192.0.2.{number}")
    assert give(browser(None), "123456", REMOTE_ADDR="192.0.2.99").status_code == 429
    WrongGuess.objects.update(at_ms=now_ms() - codes.HOUR_MS - 1)
    assert give(browser(None), "123456", REMOTE_ADDR="192.0.2.99").status_code == 409, "an hour later"


def test_hammering_for_codes_is_stopped_for_number_address_and_centre(no_pause: None) -> None:
    limit(limits.CODES_NUMBER_HOUR, 3)
    assert [ask(browser(None)).status_code for _ in range(4)] == [202, 202, 202, 429]
    assert Message.objects.count() == 3
    limit(limits.CODES_ADDRESS_HOUR, 5)
    answers = [ask(browser(None), f"+9190000000{number:02d}").status_code for number in range(3)]
    assert answers == [202, 202, 429]
    limit(limits.CODES_CENTRE_HOUR, 10)
    answers = [
        ask(browser(None), f"+9191000000{number:02d}", REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number in range(6)
    ]
    assert answers == [202] * 5 + [429]


def test_the_next_code_waits_a_little(world: World) -> None:
    client = browser(None)
    assert ask(client).status_code == 202
    again = ask(client)
    assert again.status_code == 429 and again.json()["code"] == "wait" and Message.objects.count() == 1


def test_a_code_is_good_once_and_only_the_newest(no_pause: None) -> None:
    ask(browser(None))
    old = last_code()
    ask(browser(None))
    new = last_code()
    if old != new:
        assert give(browser(None), old).status_code == 409
    first_tab, second_tab = browser(None), browser(None)
    assert give(first_tab, new).status_code == 200
    assert give(second_tab, new).status_code == 409, "replayed"


def test_a_code_runs_out(world: World) -> None:
    ask(browser(None))
    OneTimeCode.objects.update(expires_ms=now_ms() - 1)
    assert give(browser(None), last_code()).status_code == 409


def test_a_code_for_one_thing_is_none_for_another(world: World, no_pause: None) -> None:
    place = premises(world)
    client = browser()
    assert post(client, f"/premises/{place.id}/code", {"purpose": "withdraw"}).status_code == 202
    code = last_code()
    assert give(browser(None), code).status_code == 409
    ask(browser(None))
    assert post(client, f"/premises/{place.id}/withdraw", {"code": last_code()}).status_code == 409


def test_devanagari_digits_are_digits(world: World) -> None:
    client = browser(None)
    ask(client, "९८७६५४३२१०")
    code = last_code().translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    assert give(client, code).status_code == 200


def test_a_planted_session_is_worth_nothing_after_the_code(world: World) -> None:
    planted = cookie(OTHER)
    victim = browser(None)
    victim.cookies[sessions.COOKIE] = planted[sessions.COOKIE]
    ask(victim)
    assert give(victim, last_code()).status_code == 200
    assert victim.cookies[sessions.COOKIE].value != planted[sessions.COOKIE]
    attacker = browser(None)
    attacker.cookies[sessions.COOKIE] = planted[sessions.COOKIE]
    assert attacker.get(f"{API}/session").status_code == 401


@pytest.mark.parametrize("path", ["/code", "/session", "/premises", "/files?kind=image"])
def test_a_foreign_page_cannot_write(world: World, path: str) -> None:
    client = browser(enforce_csrf_checks=True)
    answer = client.post(API + path, {}, content_type=JSON)
    assert answer.status_code == 403 and answer.json()["code"] == "csrf"
    client.cookies["csrftoken"] = "a" * 32
    mine = client.post(f"{API}/code", {"mobile": MOBILE}, content_type=JSON, HTTP_X_CSRFTOKEN="a" * 32)
    assert mine.status_code == 202


def test_sessions_end_by_idling_and_by_age(world: World) -> None:
    client = browser()
    OwnerSession.objects.update(seen_ms=now_ms() - 31 * 60_000)
    assert client.get(f"{API}/session").status_code == 401
    client = browser()
    OwnerSession.objects.update(created_ms=now_ms() - 9 * 3_600_000)
    assert client.get(f"{API}/session").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "\x00" * 30, "é" * 30, "a" * 43, "a" * 5000])
def test_a_token_that_is_none_opens_nothing(world: World, token: str) -> None:
    client = browser(None)
    client.cookies[sessions.COOKIE] = token
    assert client.get(f"{API}/premises").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_the_same_moment_one_gets_in(transactional_world: World) -> None:
    from importlib import import_module

    from django.apps import apps

    import_module("prahari.desks.messages.migrations.0002_seeds").fill(apps, None)
    ask(browser(None))
    code, answers = last_code(), []

    def one() -> None:
        try:
            answers.append(give(browser(None), code).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers.count(200) == 1 and OwnerSession.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_do_not_slip_through_the_limit(transactional_world: World) -> None:
    from importlib import import_module

    from django.apps import apps

    import_module("prahari.desks.messages.migrations.0002_seeds").fill(apps, None)
    answers = []

    def one() -> None:
        try:
            answers.append(ask(browser(None)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers.count(202) == 1 and OneTimeCode.objects.count() == 1
