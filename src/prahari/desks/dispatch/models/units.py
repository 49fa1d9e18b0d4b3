"""Units, who is on board, and (written by the event log) where they are and were."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.dispatch import choices


@tracked(exclude=["edited_ms"])
class Unit(models.Model):
    """A patrol car, an ambulance, ... at home in a jurisdiction, of an agency.

    `version` grows with each change, also of its status; a writer names the one that it saw. `tracker_source`,
    `tracker`: the source of events that tells where it is, and the name by which it does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call_sign = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=choices.UnitKind)
    agency_code = models.SlugField(max_length=40)
    jurisdiction_path = models.CharField(max_length=300)
    skills = ArrayField(models.SlugField(max_length=40), default=list)
    capacity = models.PositiveSmallIntegerField(default=2, help_text="People that it takes, the crew included")
    phone = models.CharField(max_length=40, blank=True)
    tracker_source = models.ForeignKey("intake.EventSource", null=True, on_delete=models.PROTECT, related_name="+")
    tracker = models.CharField(max_length=100, blank=True)

    status = models.CharField(max_length=20, choices=choices.Status, default=choices.Status.OFF_DUTY)
    status_ms = models.BigIntegerField()
    status_note = models.CharField(max_length=400, blank=True)
    status_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    status_by_name = models.CharField(max_length=150, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)
    retired_ms = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Upper("call_sign"), name="unit_call_sign_once", condition=Q(retired_ms__isnull=True)
            ),
            models.UniqueConstraint(
                fields=("tracker_source", "tracker"),
                name="unit_tracker_once",
                condition=Q(tracker_source__isnull=False),
            ),
        ]
        indexes: ClassVar = [path_index("jurisdiction_path", "unit_jurisdiction_path")]

    def __str__(self) -> str:
        return self.call_sign


@tracked()
class CrewMember(models.Model):
    """Somebody is on board for a shift. `agreed_ms`: since when the telephone may tell where the unit is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="crew")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField(null=True)
    agreed_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), name="on_board_of_one_unit", condition=Q(until_ms__isnull=True))
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit",), name="crew_now", condition=Q(until_ms__isnull=True)),
            models.Index(fields=("person", "-since_ms"), name="crew_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.unit_id}"


class UnitPosition(models.Model):
    """Where a unit was last: the event log's table (contracts.tables), read here and written there."""

    unit = models.OneToOneField(
        Unit, primary_key=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="position"
    )
    at_ms = models.BigIntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)
    heading_deg = models.FloatField(null=True)
    battery_pct = models.FloatField(null=True)

    class Meta:
        managed = False
        db_table = "unit_position"

    def __str__(self) -> str:
        return f"{self.unit_id} at {self.at_ms}"
