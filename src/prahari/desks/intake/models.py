"""Sources of events from outside, and what citizens report."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.intake.choices import Kind, ReportState


@tracked(exclude=["key_hash", "sealed_credentials", "edited_ms"])
class EventSource(models.Model):
    """Who may hand in events, and as what. Of the key only its hash is kept, and its last four characters."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    key_hash = models.CharField(max_length=64, blank=True)
    key_hint = models.CharField(max_length=4, blank=True)
    kinds = ArrayField(models.CharField(max_length=60))
    jurisdiction_path = models.TextField(blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    late_s = models.PositiveIntegerField()
    per_minute = models.PositiveIntegerField()
    poll_s = models.PositiveIntegerField()
    url = models.CharField(max_length=2000, blank=True)
    sealed_credentials = models.TextField(blank=True)
    units = models.JSONField(default=dict, blank=True, help_text="Unit ids by the names that a tracker uses")
    enabled = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("name", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "event_source_path")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="event_source_named"),
            models.UniqueConstraint(fields=("key_hash",), condition=~Q(key_hash=""), name="event_source_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=["sealed_mobile", "search", "edited_ms"])
class CitizenReport(models.Model):
    """What somebody who confirmed a telephone number has told. `key`: made by the form, so that sent twice is once.

    `incident_id`: what was opened from it, or from its alarm (desks/citizens). `version` grows with each answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    number = models.CharField(max_length=30, unique=True)
    mobile_key = models.CharField(max_length=64)
    sealed_mobile = models.TextField()
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=2000)
    lat = models.FloatField()
    lon = models.FloatField()
    photo = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    jurisdiction_path = models.TextField(blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    answer = models.CharField(max_length=400, blank=True, help_text="What the citizen reads about it")
    incident_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField()
    search = models.TextField(default="", editable=False)

    class Meta:
        ordering = ("-created_ms", "-id")
        indexes: ClassVar = [
            path_index("jurisdiction_path", "citizen_report_path"),
            models.Index(fields=("-created_ms", "-id"), name="citizen_report_newest"),
            models.Index(fields=("mobile_key", "-created_ms"), name="citizen_report_of_number"),
            GinIndex(fields=["search"], name="citizen_report_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.number
