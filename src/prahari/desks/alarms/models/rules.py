"""Alarm rules: every version that was ever saved, which one is in force, and what trials over past events gave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.alarms.choices import TrialState
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index


@tracked(exclude=["edited_ms"])
class AlarmRule(models.Model):
    """A rule of an area and, unless empty, an agency: it never matches beyond them. `version` guards against two who
    edit at once; `latest` is the newest AlarmRuleVersion, `in_force` the one that the engine has; None: off."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    latest = models.PositiveIntegerField(default=1)
    in_force = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    retired_ms = models.BigIntegerField(null=True)
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("name_en", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "alarm_rule_path")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(retired_ms__isnull=True) | Q(in_force__isnull=True), name="alarm_rule_retired_is_off"
            )
        ]

    def __str__(self) -> str:
        return self.name_en


class AlarmRuleVersion(models.Model):
    """What a rule said, from who and why. Rows are added, never edited. `body`: core.alarming.rule.AlarmRule."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(AlarmRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("rule", "number"), name="alarm_rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} version {self.number}"


class RuleTrial(models.Model):
    """A version of a rule run over past events: how far it is, and what came of it (trials.py). `in_force`: the version
    that it was compared with. `pulse_ms`: a process works on it as long as this is fresh."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(AlarmRule, on_delete=models.CASCADE, related_name="trials")
    number = models.PositiveIntegerField()
    in_force = models.PositiveIntegerField(null=True)
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=TrialState, default=TrialState.QUEUED)
    read = models.PositiveIntegerField(default=0, help_text="Events read so far")
    reached_ms = models.BigIntegerField(default=0, help_text="Time of the event read last")
    pulse_ms = models.BigIntegerField(default=0)
    result = models.JSONField(null=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-id",)
        indexes: ClassVar = [models.Index(fields=("rule", "number"), name="alarm_trial_of_version")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("rule",), condition=Q(state__in=(TrialState.QUEUED, TrialState.RUNNING)),
                name="alarm_trial_one_at_a_time",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.rule_id} version {self.number}: {self.state}"
