"""The whole rule set for the alarm engine: one key of a bucket, sent through the outbox after each change's commit, and
again by a task when what stands there is not what it should be (a NATS store wiped, say)."""

from __future__ import annotations

import logging

import msgspec
import nats.js.errors
from django.db import connection, transaction

from prahari.contracts import bus, subjects
from prahari.core.alarming.rule import RuleSet
from prahari.desks.alarms import rule_bodies
from prahari.desks.alarms.models import AlarmRule, AlarmRuleVersion
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage
from prahari.desks.linking.engine import line

log = logging.getLogger(__name__)

LOCK = 0x616C726D
"""Advisory lock: who builds the rule set sees every change that was committed before, and its message comes later."""
ANSWER_S = 10.0


def publish() -> None:
    """Queue the rule set as it is in this transaction; call it after the change that it tells of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    OutboxMessage.objects.create(
        subject=f"$KV.{subjects.ALARM_RULES_BUCKET}.{subjects.ALARM_RULES_KEY}", payload=msgspec.json.encode(rule_set())
    )
    transaction.on_commit(outbox.publisher.wake)


def rule_set() -> RuleSet:
    """Every rule that is switched on, in a lasting order. One that this program does not understand is left out."""
    rules = {rule.id: rule for rule in AlarmRule.objects.filter(in_force__isnull=False)}
    found = []
    for version in AlarmRuleVersion.objects.filter(rule_id__in=rules).order_by("rule_id"):
        rule = rules[version.rule_id]
        if version.number != rule.in_force:
            continue
        try:
            found.append(rule_bodies.bounded(rule, version.number, version.body))
        except msgspec.ValidationError as error:
            log.error("alarm rule %s version %d is left out: %s", rule.id, version.number, error)
    return RuleSet(found)


def reconcile() -> bool:
    """Publish anew when the bucket holds something else; whether it did. Raises when NATS is away."""
    told = line.run(_told(), ANSWER_S)
    try:
        known = msgspec.json.decode(told, type=RuleSet) if told else None
    except ValueError:
        known = None
    if known == rule_set():
        return False
    with transaction.atomic():
        publish()
    return True


async def _told() -> bytes:
    """What the engine was told last; empty: nothing yet."""
    client = await line.client()
    bucket = await bus.ensure_cluster_bucket(client.jetstream(), subjects.ALARM_RULES_BUCKET)
    try:
        return (await bucket.get(subjects.ALARM_RULES_KEY)).value or b""
    except nats.js.errors.KeyNotFoundError:
        return b""
