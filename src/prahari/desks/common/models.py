"""The outbox (events written in the transaction that caused them, until NATS has them) and the city's rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked


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


@tracked()
class Rule(models.Model):
    """One value of a rule, from a day on, by which law or order (see rules.py). Rows are added, never edited."""

    code = models.SlugField(max_length=60)
    value = models.JSONField(null=True)
    valid_from = models.DateField()
    source = models.TextField(help_text="The law, order or decision that says so")
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("code", "valid_from"), name="rule_once_a_day")]

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from}"
