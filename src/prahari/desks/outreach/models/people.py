"""Associations, who speaks for them, who belongs to them, and what their meetings brought."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.outreach.choices import LeadAnswer
from prahari.desks.registry.models import Premises
from prahari.desks.registry.models.lookups import Coded


@tracked(exclude=["edited_ms"])
class AssociationKind(Coded):
    """Industry, medical, petrol and gas, traders, residents, schools, hoteliers, ..."""

    class Meta(Coded.Meta):
        pass


@tracked(exclude=["search", "edited_ms"])
class Association(models.Model):
    """A body that speaks for many premises."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.ForeignKey(AssociationKind, on_delete=models.PROTECT, related_name="associations")
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=400, blank=True)
    members_claimed = models.PositiveIntegerField(null=True, blank=True, help_text="As the association itself says")
    note = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    search = models.TextField(default="", editable=False)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("name_en", "id")

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["sealed_mobile"])
class OfficeBearer(models.Model):
    """President, secretary, ... The mobile number is sealed (contracts.sealing, context ``bearer:{id}``)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="bearers")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    sealed_mobile = models.TextField(blank=True)
    sort = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("sort", "id")

    def __str__(self) -> str:
        return self.role or "office bearer"


@tracked()
class AssociationMember(models.Model):
    """Premises that belong to an association; they may belong to several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="members")
    premises = models.ForeignKey(Premises, on_delete=models.CASCADE, related_name="memberships")
    created_ms = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("association", "premises"), name="member_once_an_association")
        ]

    def __str__(self) -> str:
        return f"{self.association_id}: {self.premises_id}"


@tracked(exclude=["edited_ms"])
class AssociationMeeting(models.Model):
    """A meeting with an association. `key`: of the form that entered it, so that sending it twice enters it once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    attended = models.PositiveIntegerField(default=0)
    led_by = models.CharField(max_length=200, blank=True, help_text="Officer who spoke for the programme")
    note = models.TextField(blank=True)
    photo_ids = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.held_on}"


@tracked()
class MeetingLead(models.Model):
    """Premises that said yes, maybe or no. `task_id`: the visit that was asked for, in the programme desk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(AssociationMeeting, on_delete=models.CASCADE, related_name="leads")
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=LeadAnswer)
    note = models.CharField(max_length=400, blank=True)
    task_id = models.UUIDField(null=True, blank=True)
    created_ms = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("meeting", "premises"), name="lead_once_a_meeting"),
            models.CheckConstraint(condition=models.Q(answer__in=LeadAnswer.values), name="lead_answer_known"),
        ]

    def __str__(self) -> str:
        return self.answer
