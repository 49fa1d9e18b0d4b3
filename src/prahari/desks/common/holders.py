"""Telling the media engines whose leave to see pictures has ended: what is open is closed there within a second, and
tokens that were given before open nothing.
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from prahari.contracts import subjects
from prahari.contracts.events import now_ms
from prahari.contracts.media import HolderState
from prahari.desks.common import outbox
from prahari.desks.common.models import OutboxMessage

UNDER_WAY_MS = 1_000
"""A request that read the rights just before they were taken may still be about to sign."""


def tell(holder: UUID, state: HolderState) -> None:
    """Once this transaction is committed: surely, also when the event log is away just now."""
    OutboxMessage.objects.create(
        subject=f"$KV.{subjects.MEDIA_HOLDERS_BUCKET}.{holder}", payload=msgspec.json.encode(state)
    )
    transaction.on_commit(outbox.publisher.wake)


def end_pictures(user_id: UUID) -> None:
    """Of one person, everywhere. Whoever may still look asks for a token again, and is given what holds now."""
    tell(user_id, HolderState(now_ms() + UNDER_WAY_MS))
