"""Signing in, through the doors that the console uses."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import orjson
import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.conf import settings
from django.test import Client
from django.utils import timezone

from prahari.desks.accounts import actions
from prahari.desks.accounts.models import Session, User
from prahari.desks.audit.models import AuditEntry
from scope import World

AUTH = "/_allauth/browser/v1"
PASSWORD = "kalyanpur naka 77"


class Browser:
    """A browser: cookies, and the CSRF token in each request that changes something."""

    def __init__(self, address: str = "10.0.0.1") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address, raise_request_exception=False)
        self.client.get("/")

    def send(self, method: str, path: str, body: Any = None) -> Any:
        token = self.client.cookies["csrftoken"].value
        return self.client.generic(
            method,
            path,
            b"" if body is None else orjson.dumps(body),
            content_type="application/json",
            headers={"X-CSRFToken": token},
        )

    def sign_in(self, username: str, password: str = PASSWORD) -> Any:
        return self.send("POST", f"{AUTH}/auth/login", {"username": username, "password": password})


@pytest.fixture
def asha(world: World) -> User:
    user = world.person("asha")
    user.set_password(PASSWORD)
    user.save()
    world.allow(user, "camera.view")
    return user


def code_now(secret: str, steps: int = 0) -> str:
    """The code that a telephone with this secret shows, `steps` half minutes from now."""
    return f"{hotp_value(secret, int(time.time()) // 30 + steps) % 10**6:06d}"


def test_signs_in_and_out(asha: User) -> None:
    browser = Browser()
    assert browser.sign_in("asha").status_code == 200
    me = browser.client.get("/api/v1/me").json()
    assert (me["username"], me["permissions"], me["requires_second_factor"]) == ("asha", ["camera.view"], False)
    browser.send("DELETE", f"{AUTH}/auth/session")
    assert browser.client.get("/api/v1/me").status_code == 401
    assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "account.sign_in",
        "account.sign_out",
    ]


def test_the_name_is_read_without_case(asha: User) -> None:
    assert Browser().sign_in(" Asha ").status_code == 200


def test_wrong_password_and_unknown_name_look_and_last_alike(asha: User) -> None:
    def attempt(name: str) -> tuple[Any, float]:
        began = time.perf_counter()
        answer = Browser().sign_in(name, "not the password")
        return answer.json(), time.perf_counter() - began

    attempt("asha")  # warm
    known = [attempt("asha") for _ in range(2)]
    unknown = [attempt(f"nobody{number}") for number in range(2)]
    assert known[0][0] == unknown[0][0]
    # The password is hashed either way: by far the larger part of the time.
    assert min(time_s for _, time_s in unknown) > 0.4 * min(time_s for _, time_s in known)


def test_only_known_names_reach_the_audit(asha: User) -> None:
    Browser().sign_in("my secret password", "asha")
    Browser().sign_in("asha", "wrong")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_name, entry.ip) == ("account.sign_in_failed", "asha", "10.0.0.1")


def test_guessing_one_account_is_stopped_from_every_address(asha: User) -> None:
    answers = [Browser(f"10.0.1.{number}").sign_in("asha", f"guess {number}") for number in range(8)]
    codes = [answer.json()["errors"][0]["code"] for answer in answers]
    assert codes[:6] == ["username_password_mismatch"] * 6
    assert codes[6:] == ["too_many_login_attempts"] * 2
    assert Browser("10.9.9.9").sign_in("asha").status_code == 400, "not even with the right password"


def test_another_host_name_does_not_start_the_count_again(asha: User) -> None:
    for number in range(6):
        browser = Browser(f"10.0.2.{number}")
        browser.client.defaults["HTTP_HOST"] = ("localhost", "127.0.0.1")[number % 2]
        browser.sign_in("asha", "wrong")
    assert Browser("10.9.9.9").sign_in("asha").json()["errors"][0]["code"] == "too_many_login_attempts"


def test_guessing_from_one_address_is_stopped_for_every_account(asha: User) -> None:
    answers = [Browser("10.0.3.1").sign_in(f"name{number}", "guess guess") for number in range(21)]
    assert answers[19].json()["errors"][0]["code"] == "username_password_mismatch"
    assert answers[20].json()["errors"][0]["code"] == "too_many_login_attempts"


def test_without_csrf_token_nothing_is_changed(asha: User) -> None:
    browser = Browser()
    assert browser.client.post(f"{AUTH}/auth/login", {}, content_type="application/json").status_code == 403
    browser.sign_in("asha")
    answer = browser.client.patch("/api/v1/me", b'{"language":"en"}', content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_locked_account_stays_outside(asha: User) -> None:
    User.objects.filter(pk=asha.pk).update(locked=True)
    browser = Browser()
    assert browser.sign_in("asha").status_code != 200
    assert browser.client.get("/api/v1/me").status_code == 401


def test_nobody_signs_up_or_goes_round_our_doors(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    for path in ("auth/signup", "auth/password/request", "auth/password/reset", "account/password/change",
                 "account/email", "account/phone", "auth/provider/signup", "auth/provider/token"):  # fmt: skip
        assert browser.send("POST", f"{AUTH}/{path}", {}).status_code == 404, path


def _enrol(browser: Browser) -> str:
    refused = browser.send("POST", f"{AUTH}/account/authenticators/totp", {"code": "000000"})
    assert refused.status_code in {400, 401}
    assert browser.send("POST", f"{AUTH}/auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    secret = browser.client.get(f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    answer = browser.send("POST", f"{AUTH}/account/authenticators/totp", {"code": code_now(secret, -1)})
    assert answer.status_code == 200, answer.content
    return str(secret)


def test_second_factor(asha: User, django_capture_on_commit_callbacks: Any) -> None:
    browser = Browser()
    browser.sign_in("asha")
    with django_capture_on_commit_callbacks(execute=True):
        secret = _enrol(browser)
    assert browser.client.get("/api/v1/me").json()["has_second_factor"] is True
    assert secret not in str(list(asha.authenticator_set.values_list("data", flat=True))), "kept sealed"

    again = Browser("10.0.0.2")
    answer = again.sign_in("asha")
    assert answer.status_code == 401
    assert "mfa_authenticate" in [flow["id"] for flow in answer.json()["data"]["flows"] if flow.get("is_pending")]
    assert again.client.get("/api/v1/me").status_code == 401, "the password alone opens nothing"
    wrong = again.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": "000000"})
    assert wrong.status_code == 400
    right = code_now(secret)
    assert again.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": right}).status_code == 200
    assert again.client.get("/api/v1/me").status_code == 200

    thief = Browser("10.0.0.3")
    thief.sign_in("asha")
    assert thief.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": right}).status_code == 400, "used before"
    assert "account.second_factor_added" in AuditEntry.objects.values_list("action", flat=True)


def test_recovery_code_opens_once(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    _enrol(browser)
    codes = browser.send("POST", f"{AUTH}/account/authenticators/recovery-codes", {}).json()["data"]["unused_codes"]
    for expected in (200, 400):
        other = Browser("10.0.0.4")
        other.sign_in("asha")
        answer = other.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": codes[0]})
        assert answer.status_code == expected


def test_guessing_codes_is_stopped(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    _enrol(browser)
    guesser = Browser("10.0.0.5")
    guesser.sign_in("asha")
    answers = [guesser.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": f"00000{n}"}) for n in range(8)]
    assert answers[-1].json()["errors"][0]["code"] != answers[0].json()["errors"][0]["code"]


def test_role_can_require_a_second_factor(world: World, asha: User) -> None:
    asha.grants.update(role="administrator")
    actions.edit_policy(actor=world.system, changes={"second_factor": "always"})
    browser = Browser()
    browser.sign_in("asha")
    answer = browser.client.get("/api/v1/users")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert browser.client.get("/api/v1/me").json()["requires_second_factor"] is True
    _enrol(browser)
    assert browser.client.get("/api/v1/users").status_code == 200


def test_one_time_password_must_be_changed_first(world: World) -> None:
    made = actions.first_administrator(actor=world.system)
    assert actions.first_administrator(actor=world.system) == {}
    browser = Browser()
    assert browser.sign_in(made["username"], made["password"]).status_code == 200
    for path in ("/api/v1/users", "/api/v1/jurisdictions", f"{AUTH}/account/authenticators"):
        answer = browser.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "must_change_password"), path
    for weak, word in (("short", "10"), ("password12", "many"), (made["password"], "another")):
        answer = browser.send("POST", "/api/v1/me/password", {"current": made["password"], "new": weak})
        assert word in answer.json()["fields"]["new"]["en"].lower()
    body = {"current": made["password"], "new": PASSWORD}
    assert browser.send("POST", "/api/v1/me/password", body).status_code == 204
    assert browser.client.get("/api/v1/users").status_code == 200
    assert Browser("10.0.0.2").sign_in(made["username"], made["password"]).status_code == 400
    assert Browser("10.0.0.2").sign_in(made["username"]).status_code == 200


def test_changing_the_password_ends_the_other_sessions(asha: User) -> None:
    here, there = Browser(), Browser("10.0.0.2")
    here.sign_in("asha")
    there.sign_in("asha")
    assert here.send("POST", "/api/v1/me/password", {"current": PASSWORD, "new": f"{PASSWORD} new"}).status_code == 204
    assert here.client.get("/api/v1/me").status_code == 200
    assert here.client.get(f"{AUTH}/auth/session").status_code == 200
    assert there.client.get("/api/v1/me").status_code == 401
    assert there.client.get(f"{AUTH}/auth/session").status_code == 401


def test_guessing_the_present_password_is_stopped(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    answers = [
        browser.send("POST", "/api/v1/me/password", {"current": "guess", "new": "another one 55"}).status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize(("column", "minutes"), [("seen_at", 121), ("started_at", 12 * 60 + 1)])
def test_sessions_end_by_idling_and_by_age(asha: User, column: str, minutes: int) -> None:
    browser = Browser()
    browser.sign_in("asha")
    past = dt.timedelta(minutes=minutes)
    Session.objects.update(**{column: timezone.now() - past})
    assert browser.client.get("/api/v1/me").status_code == 401
    assert browser.client.get(f"{AUTH}/auth/session").status_code == 401


def test_using_a_session_keeps_it(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    past = dt.timedelta(minutes=100)
    now = timezone.now()
    Session.objects.update(seen_at=now - past)
    browser.client.get("/api/v1/me")
    assert Session.objects.get(user_id=asha.pk).seen_at > now - dt.timedelta(minutes=5)


def test_cookies_are_strict_and_hidden_from_scripts(asha: User) -> None:
    browser = Browser()
    browser.sign_in("asha")
    cookie = browser.client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)


def test_a_request_costs_one_query(asha: User, django_assert_num_queries: Any) -> None:
    browser = Browser()
    browser.sign_in("asha")
    with django_assert_num_queries(1):  # the agencies; the session is read past Django's counter, once
        assert browser.client.get("/api/v1/agencies").status_code == 200
