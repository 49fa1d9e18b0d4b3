"""Work of the tasks process: what was needed to let an owner in is forgotten when nobody can ask for it any more."""

from __future__ import annotations

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.owners import rules as limits
from prahari.desks.owners.models import OneTimeCode, OwnerSession, WrongGuess

log = logging.getLogger(__name__)
DAY_MS = 86_400_000
UNUSED_CODE_DAYS = 2
"""The longest limit on codes counts a day. A used one stays: a consent's evidence names it."""


@app.periodic(cron="17 2 * * *", periodic_id="daily")
@app.task(queueing_lock="forget owners' keys", lock="forget owners' keys")
def forget_keys(timestamp: int) -> None:
    """timestamp: when it was due, Unix seconds (procrastinate's periodic tasks want it)."""
    log.info("forgotten: %s", forget())


def forget() -> dict[str, int]:
    """Remove sessions that are over, codes never used, wrong guesses no limit counts. How many of each."""
    now = now_ms()
    sessions_before = now - DAY_MS - int(rules.value(limits.SESSION_HOURS)) * 3_600_000
    with transaction.atomic():
        gone = {
            "sessions": OwnerSession.objects.filter(created_ms__lt=sessions_before).delete()[0],
            "codes": OneTimeCode.objects.filter(
                used_ms__isnull=True, created_ms__lt=now - UNUSED_CODE_DAYS * DAY_MS
            ).delete()[0],
            "guesses": WrongGuess.objects.filter(at_ms__lt=now - UNUSED_CODE_DAYS * DAY_MS).delete()[0],
        }  # fmt: skip
        if any(gone.values()):
            with action("owner.forget_keys", actor=system("owners")) as act:
                act.about("owners' keys", "expired")
                act.details(**gone)
    return gone
