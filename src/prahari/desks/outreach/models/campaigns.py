"""Campaigns, and visits of people's representatives to the centre."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.registry.models.lookups import Coded


@tracked(exclude=["edited_ms"])
class Channel(Coded):
    """Social media, film, street play, radio, newspaper, loudspeaker, SMS, ..."""

    class Meta(Coded.Meta):
        pass


@tracked(exclude=["edited_ms"])
class Campaign(models.Model):
    """What was shown or said, where, to whom, at what cost; `reach` is worth what `reach_how` says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="campaigns")
    title_en = models.CharField(max_length=200)
    title_hi = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    owner_classes = models.JSONField(default=list, blank=True, help_text="Codes; empty: everybody")
    audience = models.CharField(max_length=200, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True)
    reach_how = models.CharField(max_length=200, blank=True)
    cost_paise = models.BigIntegerField(null=True, blank=True)
    media_ids = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-first_day", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="campaign_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(cost_paise__isnull=True) | Q(cost_paise__gte=0), name="campaign_cost_not_negative"
            ),
            models.CheckConstraint(condition=Q(reach__isnull=True) | ~Q(reach_how=""), name="campaign_reach_explained"),
        ]

    def __str__(self) -> str:
        return self.title_en


@tracked(exclude=["edited_ms"])
class RepresentativeVisit(models.Model):
    """A representative of the people in the centre: who, when, what they were shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    visitor = models.CharField(max_length=200)
    office = models.CharField(max_length=200, blank=True)
    party = models.PositiveIntegerField(default=1, help_text="How many came")
    came_ms = models.BigIntegerField()
    host = models.CharField(max_length=200)
    shown = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
    photo_ids = models.JSONField(default=list, blank=True)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("-came_ms", "-id")

    def __str__(self) -> str:
        return self.visitor
