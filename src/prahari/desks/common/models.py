"""The outbox: events written in the transaction that caused them, until NATS has them."""

from __future__ import annotations

from django.db import models

from prahari.core.ids import uuid7


class OutboxMessage(models.Model):
    """One NATS message to be published; deleted once acknowledged. `id` is its Nats-Msg-Id."""

    sequence = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid7, unique=True, editable=False)
    subject = models.TextField()
    payload = models.BinaryField()
    headers = models.JSONField(default=dict)  # text to text, beside Nats-Msg-Id
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "outbox"
