"""What consoles reported of pictures before people, and questions whether somebody is at the desk."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.shifts.choices import CheckState
from prahari.desks.shifts.models.duties import Duty


class AttentionStretch(models.Model):
    """A picture of a camera played before a person, by the console's account, with its clock put right. Never changed;
    deleted when the rule says so. `id` is the console's: what comes twice is one.

    `duty`: where the person was signed on then, if anywhere.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    camera = models.ForeignKey("registry.Camera", on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="+")
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField()
    came_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_ms__gt=F("from_ms")), name="attention_lasts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("camera", "from_ms"), name="attention_camera"),
            models.Index(fields=("person", "from_ms"), name="attention_person"),
            models.Index(fields=("from_ms",), name="attention_age"),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.person_id} {self.camera_id} {self.from_ms}"


class AttentionCheck(models.Model):
    """Somebody on duty was asked, at a moment drawn by chance, whether they are at the desk.

    `shown_ms`: when their console showed it; empty: no console was open, which says nothing about the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="checks")
    asked_ms = models.BigIntegerField()
    due_ms = models.BigIntegerField()
    shown_ms = models.BigIntegerField(null=True)
    answered_ms = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.ASKED)

    class Meta:
        ordering = ("-asked_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("duty",), condition=Q(state=CheckState.ASKED), name="one_check_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.state}"
