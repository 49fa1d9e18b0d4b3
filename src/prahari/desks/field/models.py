"""Visits as phones record them, and places that were found on the way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.field.choices import Outcome, State


class FoundPlace(models.Model):
    """Premises that were on no list, entered on a phone: its number there, and what they are in the register."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="Made on the phone")
    premises = models.ForeignKey("registry.Premises", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.id)


@tracked()
class Visit(models.Model):
    """One visit. Its number is made on the phone, so sending it twice is sending it once; `content_sha256` finds the
    same visit under another number (a phone put back from a copy).

    made_at_ms: by the phone's clock; at_ms: put right by clock_skew_ms (the centre's clock less the phone's).
    form: as it was sent (schemas.VisitForm), without a found place's mobile number.
    conflict: why it was not taken over, {"code", "en", "hi"}.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    content_sha256 = models.CharField(max_length=64)
    premises = models.ForeignKey("registry.Premises", on_delete=models.PROTECT, related_name="visits")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    state = models.CharField(max_length=10, choices=State)
    device_id = models.UUIDField()
    made_at_ms = models.BigIntegerField()
    at_ms = models.BigIntegerField()
    received_ms = models.BigIntegerField()
    clock_skew_ms = models.BigIntegerField()
    come_again_on = models.DateField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy_m = models.FloatField(null=True, blank=True)
    form = models.JSONField()
    files = models.JSONField(default=list, blank=True, help_text='[{"id", "kind"}] of the vault')
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40)
    conflict = models.JSONField(null=True, blank=True)
    settled_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_ms = models.BigIntegerField(null=True, blank=True)
    settled_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-at_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("by", "content_sha256"), name="visit_once_a_content"),
            models.CheckConstraint(
                condition=~Q(state="conflict") | Q(conflict__isnull=False), name="conflict_says_why"
            ),
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "visit_jurisdiction"),
            models.Index(fields=("premises", "-at_ms"), name="visit_of_premises"),
            models.Index(fields=("by", "-at_ms"), name="visit_by_person"),
            models.Index(fields=("-at_ms",), name="visit_conflicts", condition=Q(state="conflict")),
        ]

    def __str__(self) -> str:
        return f"{self.premises_id}: {self.outcome}"
