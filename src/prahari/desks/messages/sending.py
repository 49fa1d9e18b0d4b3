"""One attempt at a message: claim it, hand it to a gateway, write down what came of it.

The claim is committed before the gateway is asked, and the gateway is asked outside any transaction. A process that
dies in between leaves the message claimed; when its lease has run out it is tried again with the same reference,
by which a gateway recognises what it took already.
"""

from __future__ import annotations

import logging
import random
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from prahari.contracts.events import now_ms
from prahari.contracts.messages import Attachment, Mail, Sms, Undelivered
from prahari.contracts.sealing import SealError
from prahari.desks.common import rules
from prahari.desks.messages import gateways, queue
from prahari.desks.messages.choices import OPEN, Channel, Reason, State
from prahari.desks.messages.models import Attempt, Gateway, Message, MessageAttachment

log = logging.getLogger(__name__)

ATTEMPTS_MAX = rules.declare(
    "message_attempts_max", 12, "How often a message is tried", "एक संदेश कितनी बार भेजने का प्रयास हो", rules.whole(1, 100)
)
LEASE_MS = 90_000
"""Longer than any gateway may take (schemas: timeout_s), so that two processes never send one message side by side."""
RETRY_S = (3, 10, 30, 60, 120, 300, 600, 1200, 1800)
REST_AFTER = 3
REST_S = (5, 15, 30, 60, 120)
"""A gateway that failed three times in a row is left alone for a while, longer each time: a dead one must not hold up
the tasks process for seconds a message."""
SWEEP_MAX = 2000


def attempt(message_id: UUID) -> int | None:
    """Try once. Seconds until it is worth trying again, or None: sent, ended, or somebody else's."""
    claimed = _claim(message_id)
    if claimed is None:
        return None
    message, tried = claimed
    gateway = gateways.choose(Channel(message.channel))
    if gateway is None:
        nowhere = "no gateway is set up or switched on for this channel"
        return _failed(message, tried, None, Undelivered(Reason.NO_GATEWAY, nowhere, again=True, gateway=False))
    if gateway.rests_until_ms > now_ms():
        return _put_back(message, tried, gateway)
    tried.gateway_name = gateway.name
    try:
        provider_id = _hand_over(message, gateway)
    except Undelivered as error:
        return _failed(message, tried, gateway, error)
    except SealError:
        return _failed(message, tried, gateway, Undelivered(
            Reason.REFUSED, "its contents do not open with this centre's key", again=False, gateway=False))  # fmt: skip
    _sent(message, tried, gateway, provider_id)
    return None


def _claim(message_id: UUID) -> tuple[Message, Attempt] | None:
    now = now_ms()
    with transaction.atomic():
        message = Message.objects.select_for_update(skip_locked=True).filter(id=message_id, state__in=OPEN).first()
        if message is None or (message.state == State.SENDING and message.lease_ms > now):
            return None
        if message.expires_ms <= now:
            _end(message, State.EXPIRED, Reason.TOO_LATE)
            message.save()
            return None
        message.state, message.lease_ms = State.SENDING, now + LEASE_MS
        message.attempts_made += 1
        message.save(update_fields=["state", "lease_ms", "attempts_made"])
        return message, Attempt.objects.create(message=message, at_ms=now)


def _hand_over(message: Message, gateway: Gateway) -> str:
    content = queue.content(message)
    to, body = content.get("to") or [], content.get("body", "")
    if not to:
        raise Undelivered(Reason.BAD_RECIPIENT, "there is nobody to send it to", again=False, gateway=False)
    words = message.template
    if message.channel == Channel.SMS:
        sms = Sms(to[0], body, message.id.hex, words.dlt_template_id, words.header, gateways.report_url(gateway))
        return gateways.sms(gateway).send(sms)
    attachments = [
        Attachment(one.name, bytes(one.data), one.media_type)
        for one in MessageAttachment.objects.filter(message=message)
    ]
    return gateways.mailer(gateway).send(Mail(to, content.get("subject", ""), body, message.id.hex, attachments))


def _sent(message: Message, tried: Attempt, gateway: Gateway, provider_id: str) -> None:
    now = now_ms()
    with transaction.atomic():
        row = Message.objects.select_for_update().get(id=message.id)
        # A delivery report may have overtaken the gateway's own answer.
        if row.state in OPEN:
            row.state = State.SENT
        row.reason, row.detail, row.lease_ms = (row.reason, row.detail, 0) if row.state == State.FAILED else ("", "", 0)
        row.sent_ms, row.gateway, row.provider_id = row.sent_ms or now, gateway, provider_id[:200]
        queue.forget_secret(row)
        row.save()
        MessageAttachment.objects.filter(message=row).update(data=b"")
        _close(tried, now)
        Gateway.objects.filter(id=gateway.id).update(
            last_sent_ms=now, failing_since_ms=None, failures=0, rests_until_ms=0, last_reason="", last_detail=""
        )


def _failed(message: Message, tried: Attempt, gateway: Gateway | None, error: Undelivered) -> int | None:
    now = now_ms()
    log.warning("message %s (%s) not sent: %s", message.id, message.template_code, error)
    with transaction.atomic():
        row = Message.objects.select_for_update().get(id=message.id)
        _close(tried, now, error)
        if gateway is not None and error.gateway:
            _note_trouble(gateway, error, now)
        if row.state not in OPEN:  # a delivery report came for it: it did go out
            return None
        again_in_s: int | None = None
        row.reason, row.detail, row.lease_ms = error.code, error.detail[:300], 0
        if not error.again:
            _end(row, State.FAILED, Reason(error.code))
        elif row.attempts_made >= rules.value(ATTEMPTS_MAX):
            _end(row, State.FAILED, Reason.TOO_OFTEN)
        else:
            again_in_s = _delay_s(row.attempts_made)
            row.state, row.next_try_ms = State.QUEUED, now + again_in_s * 1000
            if row.next_try_ms >= row.expires_ms:
                _end(row, State.EXPIRED, Reason.TOO_LATE)
                again_in_s = None
        row.save()
    return again_in_s


def _put_back(message: Message, tried: Attempt, gateway: Gateway) -> int:
    """The gateway rests: this counts as no attempt."""
    wait_s = max(1, -(-(gateway.rests_until_ms - now_ms()) // 1000))
    with transaction.atomic():
        tried.delete()
        Message.objects.filter(id=message.id, state=State.SENDING).update(
            state=State.QUEUED, lease_ms=0, attempts_made=max(0, message.attempts_made - 1),
            next_try_ms=now_ms() + wait_s * 1000, reason=gateway.last_reason, detail=gateway.last_detail,
        )  # fmt: skip
    return wait_s


def _note_trouble(gateway: Gateway, error: Undelivered, now: int) -> None:
    row = Gateway.objects.select_for_update().get(id=gateway.id)
    row.failures += 1
    row.failing_since_ms = row.failing_since_ms or now
    row.last_reason, row.last_detail = error.code, error.detail[:300]
    if row.failures >= REST_AFTER:
        row.rests_until_ms = now + REST_S[min(row.failures - REST_AFTER, len(REST_S) - 1)] * 1000
    row.save()


def _end(message: Message, state: State, reason: Reason) -> None:
    """No further attempt. What the last attempt said stays in `detail`."""
    message.state, message.reason, message.lease_ms = state, reason, 0
    queue.forget_secret(message)


def _close(tried: Attempt, now: int, error: Undelivered | None = None) -> None:
    tried.ended_ms = now
    if error is not None:
        tried.reason, tried.detail = error.code, error.detail[:300]
    tried.save()


def _delay_s(attempts: int) -> int:
    """Longer each time, and not in step with the others that failed at the same moment."""
    wait_s = RETRY_S[min(attempts - 1, len(RETRY_S) - 1)]
    return max(1, round(wait_s * random.uniform(0.8, 1.2)))  # noqa: S311 - spreads load, hides nothing


def expire_late_ones() -> int:
    """End messages whose time has run out; a code that comes late is worse than none."""
    now = now_ms()
    late = Message.objects.filter(state__in=OPEN, expires_ms__lte=now).filter(
        Q(state=State.QUEUED) | Q(lease_ms__lte=now)
    )
    ended = 0
    with transaction.atomic():
        for message in late.select_for_update(skip_locked=True)[:SWEEP_MAX]:
            _end(message, State.EXPIRED, Reason.TOO_LATE)
            message.save()
            ended += 1
    return ended


def overdue(now: int) -> list[UUID]:
    """Messages that should have been tried some seconds ago, urgent and old ones first."""
    grace_ms = 5_000  # their own task is probably on its way
    due = Message.objects.filter(state__in=OPEN, next_try_ms__lte=now - grace_ms).filter(
        Q(state=State.QUEUED) | Q(lease_ms__lte=now)
    )
    return list(due.order_by("expires_ms").values_list("id", flat=True)[:SWEEP_MAX])
