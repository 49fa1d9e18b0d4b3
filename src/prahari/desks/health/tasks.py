"""Work of the tasks process: days of uptime stored once they are over, the engine told of the rules as they change."""

from __future__ import annotations

import logging

import msgspec
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.contracts.mediasettings import MediaSettings
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage
from prahari.desks.health import rules, uptime
from prahari.desks.linking.engine import line
from prahari.desks.registry import recording

log = logging.getLogger(__name__)

ANSWER_S = 10.0


@app.periodic(cron="*/15 * * * *", periodic_id="quarterly")
@app.task(queueing_lock="store uptime", lock="store uptime", retry=RetryStrategy(max_attempts=20, wait=60))
def store_uptime(timestamp: int) -> None:
    """Days that are over and not stored yet; nothing to do most of the time.

    timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it).
    """
    uptime.keep_up()


@app.task(lock="store uptime", retry=RetryStrategy(max_attempts=20, wait=60))
def store_uptime_again(from_ms: int, to_ms: int) -> None:
    """Days that maintenance reaches into which was entered, or ended, after they were stored."""
    uptime.store_again((from_ms, to_ms))


def recount(from_ms: int, to_ms: int) -> None:
    store_uptime_again.defer(from_ms=from_ms, to_ms=to_ms)


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(queueing_lock="tell media settings", lock="tell media settings")
def tell_settings(timestamp: int) -> None:
    """The engine's settings by the rules of this day, when they are others than it was told.

    A rule set for tomorrow holds a minute after midnight. Raises when NATS is away; the next minute tries again.
    """
    wanted = {"health": rules.settings(), **recording.settings()}
    told = line.run(line.media_settings(), ANSWER_S)
    try:
        known = msgspec.json.decode(told, type=MediaSettings) if told else None
    except ValueError:
        known = None
    if known is not None and known == msgspec.structs.replace(known, **wanted):
        return
    settings = msgspec.structs.replace(known or MediaSettings(), **wanted, revision=now_ms())
    with transaction.atomic():
        OutboxMessage.objects.create(
            subject=f"$KV.{subjects.MEDIA_SETTINGS_BUCKET}.{subjects.MEDIA_SETTINGS_KEY}",
            payload=msgspec.json.encode(settings),
        )
        transaction.on_commit(outbox.publisher.wake)
    log.info("the media engine is told of changed rules")


def at_start() -> None:
    """Days may have passed, and rules may have been set, while nothing ran."""
    for task in (store_uptime, tell_settings):
        try:
            task.defer(timestamp=now_ms() // 1000)
        except AlreadyEnqueued:
            continue
