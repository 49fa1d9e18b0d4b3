"""What units are sent to, what is said between a unit and the centre, what came from the crew's telephone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.dispatch import choices
from prahari.desks.dispatch.models.units import Unit
from prahari.desks.incidents.models import NEVER_MS, Incident


@tracked(exclude=["next_ms"])
class Assignment(models.Model):
    """A unit is sent to an incident. An incident that became part of another one takes its units there: `incident`
    stays, whoever asks follows `merged_into`.

    `key`: of the form that sent it; the same form sends once. `why`: given when the unit was not free. `ended_ms`: when
    it was cleared, refused, withdrawn or cancelled; `reason` says why. `eta_s`: what was expected when it was sent.
    `next_ms`: when the sweep tells again that nobody has answered; `told`: how often it has.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.SlugField(max_length=40)
    state = models.CharField(max_length=20, choices=choices.Progress, default=choices.Progress.OFFERED)
    note = models.CharField(max_length=1000, blank=True, help_text="What the crew has to know")
    why = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    eta_s = models.PositiveIntegerField(null=True)

    offered_ms = models.BigIntegerField()
    offered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    offered_by_name = models.CharField(max_length=150, blank=True)
    acknowledged_ms = models.BigIntegerField(null=True)
    en_route_ms = models.BigIntegerField(null=True)
    arrived_ms = models.BigIntegerField(null=True)
    ended_ms = models.BigIntegerField(null=True)
    told = models.PositiveSmallIntegerField(default=0)
    next_ms = models.BigIntegerField(default=NEVER_MS)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("incident", "unit"), name="sent_once_at_a_time", condition=Q(state__in=choices.ACTIVE)
            )
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "assignment_path"),
            models.Index(fields=("unit", "-offered_ms"), name="assignment_of_unit"),
            models.Index(fields=("incident", "-offered_ms"), name="assignment_of_incident"),
            models.Index(fields=("incident",), name="assignment_active", condition=Q(state__in=choices.ACTIVE)),
            models.Index(fields=("next_ms",), name="assignment_unanswered", condition=~Q(next_ms=NEVER_MS)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} to {self.incident_id}: {self.state}"


class UnitMessage(models.Model):
    """A few words between the centre and a unit. `key`: of the form or telephone that sent it; sent twice, written
    once. `read_ms`: since when the other side has it before its eyes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="messages")
    from_unit = models.BooleanField()
    said = models.JSONField(null=True, help_text="Of the centre itself: {en, hi}")
    text = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at_ms = models.BigIntegerField(help_text="When it was written")
    came_ms = models.BigIntegerField()
    read_ms = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("unit", "-came_ms", "-id"), name="unit_message_newest"),
            models.Index(fields=("unit",), name="unit_message_unread", condition=Q(read_ms__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.at_ms}"


class CrewDeed(models.Model):
    """What came from a crew's telephone, under the number that the telephone gave it: a second time it is answered as
    the first time. `at_ms`: when it was done there, its clock put right."""

    id = models.UUIDField(primary_key=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deeds")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=20, choices=choices.Deed)
    body = models.JSONField()
    at_ms = models.BigIntegerField()
    received_ms = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=choices.Outcome)
    code = models.CharField(max_length=40, blank=True)
    message = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("unit", "-received_ms"), name="deed_of_unit")]

    def __str__(self) -> str:
        return f"{self.deed} by {self.by_id}"
