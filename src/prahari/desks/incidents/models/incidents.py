"""Kinds of incidents with their clocks, incidents, their clocks as they run, and their time lines."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.incidents import choices
from prahari.desks.registry.models.lookups import Coded
from prahari.desks.registry.models.places import LATITUDE, LONGITUDE

NEVER_MS = 9_007_199_254_740_991
"""In columns that are sorted or swept by time: nothing is due. The largest whole number that a browser holds."""


@tracked(exclude=["edited_ms"])
class IncidentKind(Coded):
    """Women's safety call, accident, fire, ... with the severity it begins with and its procedure's code (a procedure
    is a row of the procedures desk, which knows this one and not the other way round)."""

    severity = models.CharField(max_length=10, choices=choices.Severity, default=choices.Severity.MEDIUM)
    procedure = models.SlugField(max_length=40, blank=True)

    class Meta(Coded.Meta):
        pass


@tracked()
class KindClocks(models.Model):
    """The seconds that a kind allows, from a day on, by which order. Rows are added, never edited.

    `limits`: {severity: {clock: seconds or null}}.
    """

    kind = models.ForeignKey(IncidentKind, on_delete=models.PROTECT, related_name="clocks")
    valid_from = models.DateField()
    limits = models.JSONField()
    source = models.CharField(max_length=400, help_text="The order or decision that says so")
    set_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("kind", "valid_from"), name="kind_clocks_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind_id} from {self.valid_from}"


class IncidentNumber(models.Model):
    """The last number given in a year. Taken in the transaction that opens an incident: none twice, and none lost."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:06d}"


@tracked(exclude=["next_due_ms", "rank", "search", "edited_ms", "reporter_name", "reporter_phone"])
class Incident(models.Model):
    """One thing that happened and has to be dealt with.

    `agency_code` leads; whoever takes part stands in IncidentAgency, which decides who sees it. `version` grows with
    each change; a writer names the one that it saw. `key` is of the form that opened it: twice sent, once opened.
    `next_due_ms`: when the first of its running clocks runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True, db_collation="C")
    kind = models.ForeignKey(IncidentKind, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=10, choices=choices.Severity)
    rank = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(max_length=10, choices=choices.State, default=choices.State.OPEN)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)

    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    address = models.CharField(max_length=400, blank=True)
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.SlugField(max_length=40)

    channel = models.CharField(max_length=20, choices=choices.Channel, default=choices.Channel.OTHER)
    reporter_name = models.CharField(max_length=200, blank=True)
    reporter_phone = models.CharField(max_length=40, blank=True)

    happened_ms = models.BigIntegerField()
    opened_ms = models.BigIntegerField(editable=False)
    in_hand_ms = models.BigIntegerField(null=True, editable=False)
    arrived_ms = models.BigIntegerField(null=True, editable=False)
    resolved_ms = models.BigIntegerField(null=True, editable=False)
    closed_ms = models.BigIntegerField(null=True, editable=False)
    next_due_ms = models.BigIntegerField(default=NEVER_MS, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False, help_text="1; one more with each reopening")

    outcome = models.CharField(max_length=20, choices=choices.Outcome, blank=True)
    lessons = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="split_off")
    opened_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=150, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    edited_ms = models.BigIntegerField(editable=False)
    search = models.TextField(default="", editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(lat__isnull=True) | Q(**LATITUDE), name="incident_lat_in_range"),
            models.CheckConstraint(condition=Q(lon__isnull=True) | Q(**LONGITUDE), name="incident_lon_in_range"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="incident_point_whole",
            ),
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "incident_jurisdiction_path"),
            models.Index(fields=("-opened_ms", "-id"), name="incident_newest"),
            models.Index(
                fields=("next_due_ms", "id"), name="incident_living", condition=~Q(state=choices.State.CLOSED)
            ),
            models.Index(fields=("kind", "-opened_ms"), name="incident_by_kind"),
            GinIndex(fields=["search"], name="incident_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.number


class ClockRun(models.Model):
    """One clock of one round of an incident. It ends by being met, or is stopped (closed without, merged away).

    `next_ms`: when the sweep has to look at it again: to warn, to say that it was missed, to tell the next level.
    `level`: how many levels have been told since it was missed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="clocks")
    round = models.PositiveSmallIntegerField()
    clock = models.CharField(max_length=10, choices=choices.Clock)
    starts_ms = models.BigIntegerField()
    due_ms = models.BigIntegerField()
    met_ms = models.BigIntegerField(null=True)
    stopped_ms = models.BigIntegerField(null=True)
    warned_ms = models.BigIntegerField(null=True)
    missed_ms = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    next_ms = models.BigIntegerField(default=NEVER_MS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("incident", "round", "clock"), name="clock_once_a_round")
        ]
        indexes: ClassVar = [
            models.Index(fields=("next_ms",), name="clock_next", condition=~Q(next_ms=NEVER_MS)),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.clock}"


class TimelineEntry(models.Model):
    """What was seen, said, done or decided. Append-only. `key`: of the form that sent it; the same form writes once.

    `said`: the entry as a sentence, {"en", "hi"}; `text`: what a person wrote. `data`: plain values for programs.
    `by_name`: empty for the centre itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(null=True, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="timeline")
    kind = models.CharField(max_length=40)
    said = models.JSONField()
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    file_ids = models.JSONField(default=list)
    happened_ms = models.BigIntegerField()
    entered_ms = models.BigIntegerField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("incident", "happened_ms", "id"), name="timeline_order")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.incident_id}"
