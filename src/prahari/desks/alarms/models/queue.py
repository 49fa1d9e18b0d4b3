"""Alarms as the engine tells them, what people do with each, and whom an unanswered one was told to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.alarms.choices import Addressee, State, Verdict
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index


class Alarm(models.Model):
    """The event log's table (contracts.tables): read here, written there. `data`: contracts.alarms.AlarmData."""

    id = models.UUIDField(primary_key=True)
    revision = models.IntegerField()
    rule_id = models.TextField()
    rule_version = models.IntegerField()
    name_en = models.TextField()
    name_hi = models.TextField()
    severity = models.TextField()
    type = models.TextField()
    first_ms = models.BigIntegerField()
    last_ms = models.BigIntegerField()
    count = models.BigIntegerField()
    group_by = models.TextField()
    group_key = models.TextField()
    jurisdiction = models.TextField()
    agency = models.TextField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    data = models.JSONField()

    class Meta:
        managed = False
        db_table = "alarm"

    def __str__(self) -> str:
        return f"{self.name_en} at {self.first_ms}"


@tracked(exclude=["before", "climbs_ms", "told_ms", "edited_ms"])
class AlarmHandling(models.Model):
    """What people do with an alarm. A database trigger makes it together with the alarm (triggers.py), with the columns
    that lists are filtered by, so that a page costs one walk along an index.

    `version` grows with each act of a person. `post`: whose it is, by the rule or by hand. `before`: what the last act
    of `changed_by` changed, for taking it back. `level` counts what was told since it came, `told_ms` when; the next is
    looked at from `climbs_ms` on.
    """

    alarm = models.OneToOneField(
        Alarm, primary_key=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="handling"
    )
    jurisdiction_path = models.TextField()
    agency_code = models.TextField(blank=True)
    severity = models.TextField()
    rule_id = models.TextField()
    type = models.TextField()
    first_ms = models.BigIntegerField()
    came_ms = models.BigIntegerField(help_text="When the centre had it, by the database's clock")
    test = models.BooleanField(default=False)

    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    version = models.PositiveIntegerField(default=1)
    post = models.CharField(max_length=40, blank=True)
    assignee = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_ms = models.BigIntegerField(null=True)
    incident_id = models.UUIDField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.NONE, blank=True)
    closed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    closed_ms = models.BigIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True, help_text="Said with the last act")
    changed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(null=True)

    level = models.PositiveIntegerField(default=0)
    told_ms = models.BigIntegerField(default=0)
    told_to = models.CharField(max_length=80, blank=True, help_text="role:supervisor, post:..., person:...")
    climbs_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("-first_ms", "alarm"), name="alarm_open", condition=~Q(state=State.CLOSED)),
            models.Index(fields=("-first_ms", "alarm"), name="alarm_all"),
            models.Index(fields=("climbs_ms",), name="alarm_climbs", condition=Q(state=State.NEW)),
            models.Index(fields=("incident_id",), name="alarm_incident", condition=Q(incident_id__isnull=False)),
            path_index("jurisdiction_path", "alarm_path"),
        ]

    def __str__(self) -> str:
        return f"{self.alarm_id}: {self.state}"


class AlarmNotice(models.Model):
    """A level of escalation that was told: to whom it went, and what became of each one's SMS. Never changed.

    `people`: [{"id", "name", "sms": choices.Sms, "message": id of desks/messages}]; empty: nobody was there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    alarm_id = models.UUIDField()
    level = models.PositiveIntegerField(help_text="As AlarmHandling.level after it")
    at_ms = models.BigIntegerField()
    to = models.CharField(max_length=10, choices=Addressee)
    code = models.CharField(max_length=60)
    people = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("alarm_id", "level"), name="alarm_level_told_once")]

    def __str__(self) -> str:
        return f"{self.alarm_id} level {self.level}"
