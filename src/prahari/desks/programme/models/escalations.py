"""What was not done in time, and to whom it was told, level by level."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.programme.choices import EscalationState


@tracked()
class Escalation(models.Model):
    """One matter, known by its key for ever: raised again, it is the same row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    about_type = models.CharField(max_length=40)
    about_id = models.CharField(max_length=60)
    text_en = models.CharField(max_length=400)
    text_hi = models.CharField(max_length=400)
    state = models.CharField(max_length=14, choices=EscalationState, default=EscalationState.OPEN)
    level = models.PositiveSmallIntegerField(default=0, help_text="Of its newest step; 0: nobody is appointed yet")
    climbs_ms = models.BigIntegerField(null=True, blank=True, help_text="When it goes one level up unless answered")
    raised_ms = models.BigIntegerField()
    closed_ms = models.BigIntegerField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        ordering = ("-raised_ms", "-id")
        indexes: ClassVar = [
            path_index("jurisdiction_path", "escalation_path_prefix"),
            models.Index(fields=("climbs_ms",), name="escalation_waiting", condition=Q(state=EscalationState.OPEN)),
        ]

    def __str__(self) -> str:
        return self.key


class EscalationStep(models.Model):
    """That the holder of an office was told, once for each level."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="steps")
    level = models.PositiveSmallIntegerField()
    appointment = models.ForeignKey("programme.Appointment", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, help_text="sms, mail, or none when no address is known")
    at_ms = models.BigIntegerField()

    class Meta:
        ordering = ("level",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("escalation", "level"), name="told_once_a_level")]
        indexes: ClassVar = [models.Index(fields=("person",), name="escalation_step_of_person")]
