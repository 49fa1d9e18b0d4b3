"""Gateways, words and delivery reports, through the doors that people and gateways use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from messages_rig import KEY, sms_gateway
from prahari.contracts.clock import local_day
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.messages import gateways, httpsms, queue, sending
from prahari.desks.messages.choices import State
from prahari.desks.messages.models import Gateway, Message
from prahari.simcity.messages import SimPost
from scope import World

JSON = "application/json"
MANAGE = "programme.manage"


def manager(world: World) -> Client:
    return world.client(MANAGE, at="", agency=None)


def sms(key: str = "k") -> Message:
    with action("test.sms", actor=system("test")) as act:
        act.about("test", "1")
        return queue.sms(to="9876543210", template="test", values={"at": "10:00"}, key=key)


def report(gateway: Gateway, body: Any, **more: Any) -> int:
    path = gateways.report_url(gateway).partition("/api/")[2]
    # As a gateway does: no cookies, no CSRF header.
    return int(
        Client(enforce_csrf_checks=True).post(f"/api/{path}", body, **({"content_type": JSON} | more)).status_code
    )


def test_secrets_are_kept_and_never_told(world: World, post: SimPost) -> None:
    gateway, client = sms_gateway(post), manager(world)
    told = client.get("/api/v1/message-gateways")
    [row] = told.json()["items"]
    assert row["secret_names"] == ["key"] and KEY not in told.content.decode()
    assert KEY not in str(Gateway.objects.values().get())
    change = {"name": "Better", "reason": "renamed", "edited_ms": row["edited_ms"]}
    changed = client.patch(f"/api/v1/message-gateways/{gateway.id}", change, content_type=JSON)
    assert changed.status_code == 200 and changed.json()["name"] == "Better"
    assert gateways.secrets(Gateway.objects.get()) == {"key": KEY}, "what is not sent stays"
    late = client.patch(f"/api/v1/message-gateways/{gateway.id}", change, content_type=JSON)
    assert late.status_code == 409
    audit = world.client("audit.view", at="", agency=None).get("/api/v1/audit").content.decode()
    assert "gateway.edit" in audit and KEY not in audit


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"url": "https://sms.example/?k={secret_other}"}, "settings.url"),
        ({"url": "https://sms.example/", "success_pattern": "("}, "settings.success_pattern"),
    ],
)
def test_settings_that_cannot_work_are_refused(world: World, settings: dict[str, Any], field: str) -> None:
    body = {"channel": "sms", "name": "x", "settings": {"kind": "http", **settings}}
    answer = manager(world).post("/api/v1/message-gateways", body, content_type=JSON)
    assert answer.status_code == 422 and field in answer.json()["fields"], answer.content


def test_a_test_message_goes_over_the_wire_and_its_report_comes_back(world: World, post: SimPost) -> None:
    gateway = sms_gateway(post)
    path = f"/api/v1/message-gateways/{gateway.id}/test"
    client = manager(world)
    assert client.post(path, {"to": "123"}, content_type=JSON).status_code == 422
    sent = client.post(path, {"to": "98765 43210", "language": "en"}, content_type=JSON)
    assert sent.status_code == 202 and sent.json()["state"] == "queued"
    sending.attempt(Message.objects.get().id)
    [received] = post.inbox.find("9876543210")
    assert "test message" in received.text
    body = {"reference": received.reference, "status": "delivered"}
    for _ in range(3):
        assert report(gateway, body) == 204
    shown = client.get(f"/api/v1/messages/{sent.json()['id']}").json()
    assert shown["state"] == "delivered" and shown["gateway"] == "SMS" and len(shown["attempts_list"]) == 1
    assert report(gateway, {**body, "status": "failed"}) == 204
    assert Message.objects.get().state == State.DELIVERED, "delivered stands"


@pytest.mark.django_db
def test_a_report_may_come_before_the_gateways_own_answer(post: SimPost) -> None:
    gateway = sms_gateway(post)
    post.faults.command("sms", "lost_answer", count=1)
    message = sms()
    sending.attempt(message.id)
    [received] = post.inbox.find("9876543210")
    form = f"reference={received.reference}&status=delivered"
    assert report(gateway, form, content_type="application/x-www-form-urlencoded") == 204
    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert sending.attempt(message.id) is None and received.takes == 1, "not sent again"


@pytest.mark.django_db
def test_what_did_not_arrive_is_said(post: SimPost) -> None:
    gateway = sms_gateway(post)
    message = sms()
    sending.attempt(message.id)
    assert report(gateway, {"reference": message.id.hex, "status": "UNDELIV"}) == 204
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.FAILED, "undelivered")


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"[1]", b'{"reference": "x"}', b'{"reference": 7, "status": []}'])
def test_a_report_that_says_nothing_changes_nothing(post: SimPost, body: bytes) -> None:
    gateway = sms_gateway(post)
    message = sms()
    sending.attempt(message.id)
    assert report(gateway, body) == 204
    message.refresh_from_db()
    assert message.state == State.SENT


@pytest.mark.django_db
def test_an_address_that_is_none_of_ours_is_not_there() -> None:
    assert Client().post("/api/v1/message-reports/guessed-guessed-guessed", {}, content_type=JSON).status_code == 404


def test_a_failed_message_is_sent_again_by_a_person_but_no_code_is(world: World, post: SimPost) -> None:
    client = manager(world)
    message = sms()
    Message.objects.filter(id=message.id).update(state=State.FAILED, attempts_made=12)
    assert client.post(f"/api/v1/messages/{message.id}/retry").json()["state"] == "queued"
    sms_gateway(post)
    sending.attempt(message.id)
    assert len(post.inbox.find("9876543210")) == 1
    assert client.post(f"/api/v1/messages/{message.id}/retry").status_code == 409
    with action("test.code", actor=system("test")) as act:
        act.about("test", "1")
        code = queue.sms(to="9876543210", template="one_time_code", values={"code": "1", "minutes": 5}, key="c")
    Message.objects.filter(id=code.id).update(state=State.FAILED)
    assert client.post(f"/api/v1/messages/{code.id}/retry").status_code == 409


def test_new_words_count_from_their_day(world: World, post: SimPost) -> None:
    client = manager(world)
    words = {
        "code": "test", "channel": "sms", "language": "hi", "body": "नया परीक्षण {at}", "dlt_template_id": "1107161",
        "header": "KNPCCC", "valid_from": local_day().isoformat(), "reason": "registered",
    }  # fmt: skip
    later = words | {"body": "कल से {at}", "valid_from": (local_day() + timedelta(days=1)).isoformat()}
    assert client.post("/api/v1/message-templates", words, content_type=JSON).status_code == 201
    assert client.post("/api/v1/message-templates", later, content_type=JSON).status_code == 201
    assert client.post("/api/v1/message-templates", words, content_type=JSON).status_code == 409
    sms_gateway(post)
    sending.attempt(sms().id)
    [received] = post.inbox.find("9876543210")
    assert (received.text, received.template_id, received.sender) == ("नया परीक्षण 10:00", "1107161", "KNPCCC")
    for wrong in ({"body": "{mobile}"}, {"body": "{at.x}"}, {"valid_from": "2020-01-01"}, {"code": "lottery"}):
        assert client.post("/api/v1/message-templates", words | wrong, content_type=JSON).status_code == 422, wrong
    code = words | {"code": "one_time_code", "body": "no code here"}
    assert "body" in client.post("/api/v1/message-templates", code, content_type=JSON).json()["fields"]


@given(st.text(), st.text())
def test_text_never_breaks_out_of_the_request_it_is_put_into(text: str, number: str) -> None:
    import orjson

    values = {"text": text.encode(errors="ignore").decode(), "to": number.encode(errors="ignore").decode()}
    body = httpsms.fill('{"to": "{to}", "t": ["{text}"], "x": {"y": 1}}', values, httpsms._json_safe)
    assert orjson.loads(body) == {"to": values["to"], "t": [values["text"]], "x": {"y": 1}}
    url = httpsms.fill("https://x.example/send?text={text}&to={to}", values, httpsms._url_safe)
    assert url.count("&") == 1 and url.count("?") == 1 and "#" not in url and " " not in url
    assert "\n" not in httpsms.fill("{text}", values, httpsms._header_safe)
