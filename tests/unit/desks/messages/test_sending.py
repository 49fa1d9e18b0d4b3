"""From the queue over the wire to the simulated gateways: once, again when it must be, never too late."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from messages_rig import mail_gateway, sms_gateway
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.messages import queue, sending
from prahari.desks.messages.choices import Reason, State
from prahari.desks.messages.models import Attempt, Gateway, Message
from prahari.simcity.messages import SimPost

pytestmark = pytest.mark.django_db
NUMBER = "9876543210"


def sms(template: str = "one_time_code", **more: Any) -> Message:
    values = {"code": "482913", "minutes": 5, "at": "10:00"}
    fields: dict[str, Any] = {"to": NUMBER, "template": template, "values": values, "key": "k"} | more
    with action("test.sms", actor=system("test")) as act:
        act.about("test", "1")
        return queue.sms(**fields)


def mail(**more: Any) -> Message:
    fields: dict[str, Any] = {
        "to": ["ssp@kanpur.example", "dm@kanpur.example"], "template": "daily_report", "key": "m",
        "values": {"date": "25 नव॰ 2026", "area": "कानपुर", "summary": "लिंक: 12"},
        "attachments": [("दैनिक आख्या.pdf", b"%PDF-1.7 x", "application/pdf")],
    } | more  # fmt: skip
    with action("test.mail", actor=system("test")) as act:
        act.about("test", "1")
        return queue.mail(**fields)


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_a_code_arrives_and_is_gone_from_the_row(post: SimPost) -> None:
    sms_gateway(post)
    message = sms()
    assert sending.attempt(message.id) is None
    [received] = post.inbox.find(NUMBER)
    assert "482913" in received.text and received.reference == message.id.hex
    assert (now(message).state, message.sealed_content, message.body) == (State.SENT, "", "")
    assert message.provider_id == received.id
    assert sending.attempt(message.id) is None and received.takes == 1, "a second task for it sends nothing"
    with connection.cursor() as cursor:  # nor does the code stand in any task's arguments or any history
        cursor.execute("SELECT string_agg(args::text, ' ') FROM procrastinate_jobs")
        assert "482913" not in cursor.fetchone()[0]


def test_other_messages_can_be_read_in_the_log(post: SimPost) -> None:
    sms_gateway(post)
    message = sms("test", language="en")
    sending.attempt(message.id)
    assert now(message).body.endswith("test message of 10:00.") and NUMBER not in message.body


def test_a_mail_arrives_with_hindi_and_its_file(post: SimPost) -> None:
    mail_gateway(post)
    message = mail()
    assert sending.attempt(message.id) is None
    [received] = post.inbox.find("ssp@kanpur.example")
    assert received.to == "ssp@kanpur.example, dm@kanpur.example" and received.reference == message.id.hex
    assert received.subject == "दैनिक प्रगति आख्या, कानपुर, 25 नव॰ 2026" and "लिंक: 12" in received.text
    kept = message.attachments.get()
    assert received.attachments == [
        {"name": "दैनिक आख्या.pdf", "media_type": "application/pdf", "size_bytes": 10, "sha256": kept.sha256}
    ]
    assert now(message).state == State.SENT and bytes(kept.data) == b""


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("500", Reason.GATEWAY_ERROR),
        ("error_body", Reason.NOT_UNDERSTOOD),
        ("denied", Reason.GATEWAY_DENIED),
        ("reset", Reason.UNREACHABLE),
        ("slow", Reason.TIMEOUT),
    ],
)
def test_a_gateway_in_trouble_is_named_and_tried_again(post: SimPost, mode: str, reason: Reason) -> None:
    gateway = sms_gateway(post, timeout_s=0.3)
    post.faults.command("sms", mode, count=1, delay_s=1.0)
    message = sms()
    again_in_s = sending.attempt(message.id)
    assert again_in_s is not None and again_in_s >= 1
    assert (now(message).state, message.reason) == (State.QUEUED, reason) and message.next_try_ms > now_ms()
    gateway.refresh_from_db()
    assert gateway.failing_since_ms and gateway.last_reason == reason
    assert sending.attempt(message.id) is None and now(message).state == State.SENT
    assert len([one for one in post.inbox.find(NUMBER) if one.reference == message.id.hex]) == 1
    gateway.refresh_from_db()
    assert gateway.failing_since_ms is None and gateway.failures == 0
    assert [one.reason for one in message.attempts.all()] == [reason, ""]


def test_a_message_that_is_refused_is_not_tried_again(post: SimPost) -> None:
    gateway = sms_gateway(post)
    post.faults.command("sms", "refused")
    message = sms()
    assert sending.attempt(message.id) is None
    assert (now(message).state, message.reason, message.sealed_content) == (State.FAILED, Reason.REFUSED, "")
    gateway.refresh_from_db()
    assert gateway.failures == 0, "the message's fault, not the gateway's"


def test_a_lost_answer_means_the_same_reference_again_and_one_message_at_the_other_end(post: SimPost) -> None:
    sms_gateway(post)
    post.faults.command("sms", "lost_answer", count=1)
    message = sms()
    assert sending.attempt(message.id) is not None and now(message).state == State.QUEUED
    sending.attempt(message.id)
    [received] = post.inbox.find(NUMBER)
    assert received.takes == 2 and now(message).state == State.SENT


def test_a_process_that_died_while_sending_is_followed_by_another(post: SimPost) -> None:
    """It claimed the message and was killed: nobody touches it until the lease is over, then the sweep does."""
    sms_gateway(post)
    message = sms("test")
    assert sending._claim(message.id) is not None
    assert sending.attempt(message.id) is None and post.inbox.find(NUMBER) == []
    assert message.id not in sending.overdue(now_ms() + 60_000)
    later = now_ms() + sending.LEASE_MS + 10_000
    assert message.id in sending.overdue(later)
    Message.objects.filter(id=message.id).update(lease_ms=now_ms() - 1)
    sending.attempt(message.id)
    assert len(post.inbox.find(NUMBER)) == 1 and now(message).state == State.SENT
    assert [one.ended_ms is None for one in message.attempts.all()] == [True, False]


def test_a_code_that_would_come_late_does_not_come(post: SimPost) -> None:
    sms_gateway(post)
    message = sms(valid_for_s=-1)
    assert sending.attempt(message.id) is None
    assert (now(message).state, message.reason, message.sealed_content) == (State.EXPIRED, Reason.TOO_LATE, "")
    waiting = sms(key="k2", valid_for_s=-1)
    assert sending.expire_late_ones() == 1 and now(waiting).state == State.EXPIRED
    assert post.inbox.find(NUMBER) == []


def test_a_retry_that_would_come_after_the_end_is_the_end(post: SimPost) -> None:
    sms_gateway(post)
    post.faults.command("sms", "500")
    message = sms(valid_for_s=1)
    assert sending.attempt(message.id) is None and now(message).state == State.EXPIRED


def test_attempts_have_an_end(post: SimPost) -> None:
    sms_gateway(post)
    post.faults.command("sms", "500")
    message = sms("test", valid_for_s=10**6)
    Message.objects.filter(id=message.id).update(attempts_made=11)
    assert sending.attempt(message.id) is None
    assert (now(message).state, message.reason) == (State.FAILED, Reason.TOO_OFTEN)
    assert message.detail == "it answered 500", "why the last attempt failed stays"


def test_a_dead_gateway_is_left_alone_and_the_next_one_used(post: SimPost) -> None:
    dead = sms_gateway(post, url="http://127.0.0.1:9/send")
    message = sms("test")
    for _ in range(sending.REST_AFTER):
        sending.attempt(message.id)
    dead.refresh_from_db()
    assert dead.rests_until_ms > now_ms() and now(message).reason == Reason.UNREACHABLE
    made = message.attempts_made
    assert sending.attempt(message.id) is not None
    assert now(message).attempts_made == made, "not asked, so not an attempt"
    Gateway.objects.filter(id=dead.id).update(name="dead")
    sms_gateway(post)
    assert sending.attempt(message.id) is None and now(message).state == State.SENT


def test_without_a_gateway_it_waits_and_says_so() -> None:
    message = sms("test")
    assert sending.attempt(message.id) is not None
    assert (now(message).state, message.reason) == (State.QUEUED, Reason.NO_GATEWAY)


@pytest.mark.parametrize(
    ("mode", "state", "reason"),
    [
        ("greylist", State.QUEUED, Reason.BUSY),
        ("reject", State.FAILED, Reason.REFUSED),
        ("reset", State.QUEUED, Reason.UNREACHABLE),
        ("busy", State.QUEUED, Reason.BUSY),
        ("slow", State.QUEUED, Reason.TIMEOUT),
    ],
)
def test_a_mail_server_on_a_bad_day(post: SimPost, mode: str, state: State, reason: Reason) -> None:
    mail_gateway(post, timeout_s=0.5)
    post.faults.command("mail", mode, delay_s=1.5)
    message = mail(to=["ssp@kanpur.example"])
    sending.attempt(message.id)
    assert (now(message).state, message.reason) == (state, reason)
    post.faults.heal()
    if state == State.QUEUED:
        assert bytes(message.attachments.get().data), "kept for the next attempt"
        sending.attempt(message.id)
        assert now(message).state == State.SENT


def test_a_wrong_mail_password_is_the_gateways_trouble(post: SimPost) -> None:
    gateway = mail_gateway(post, username="somebody")
    message = mail()
    assert sending.attempt(message.id) is not None and now(message).reason == Reason.GATEWAY_DENIED
    gateway.refresh_from_db()
    assert gateway.failing_since_ms


def test_a_server_without_starttls_is_not_spoken_to_in_the_open(post: SimPost) -> None:
    mail_gateway(post, security="starttls")
    message = mail()
    assert sending.attempt(message.id) is not None and now(message).reason == Reason.NOT_UNDERSTOOD
    assert post.inbox.find() == []


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_send_one_message_side_by_side(post: SimPost) -> None:
    """Eight threads with connections of their own, one message: one of them sends."""
    import threading
    from importlib import import_module

    from django.apps import apps

    for label in ("accounts", "messages"):
        import_module(f"prahari.desks.{label}.migrations.0002_seeds").fill(apps, None)
    sms_gateway(post)
    post.faults.command("sms", "slow", delay_s=0.3)
    message = sms("test")
    assert transaction.get_connection().in_atomic_block is False

    def one() -> None:
        try:
            sending.attempt(message.id)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    [received] = post.inbox.find(NUMBER)
    assert received.takes == 1 and Attempt.objects.count() == 1 and now(message).state == State.SENT
