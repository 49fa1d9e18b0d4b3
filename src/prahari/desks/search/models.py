"""Questions that are still being typed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7


class Question(models.Model):
    """What somebody asks in a session, until it has settled: then it becomes an audit entry (asking.settle).

    A person who types "golghar" asks seven times; the audit should hold what was looked for, not each letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    session_hash = models.CharField(max_length=64)
    text = models.CharField(max_length=200)
    ip = models.GenericIPAddressField(null=True)
    last_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["session_hash", "-last_ms"], name="search_question_session"),
            models.Index(fields=["last_ms"], name="search_question_last"),
        ]
