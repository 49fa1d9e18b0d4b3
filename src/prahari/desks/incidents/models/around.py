"""Who takes part in an incident, what was handed over, what is kept with it, what became one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.incidents import choices
from prahari.desks.incidents.models.incidents import Incident


@tracked()
class IncidentAgency(models.Model):
    """An agency that takes part, and by that sees the incident. `jurisdiction_path` is the incident's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="agencies")
    agency_code = models.SlugField(max_length=40)
    jurisdiction_path = models.CharField(max_length=300)
    part = models.CharField(max_length=10, choices=choices.Part)
    since_ms = models.BigIntegerField()
    left_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("incident", "agency_code"), name="agency_once_an_incident"),
            models.UniqueConstraint(
                fields=("incident",), name="one_agency_leads", condition=Q(part=choices.Part.LEAD, left_ms__isnull=True)
            ),
        ]
        indexes: ClassVar = [path_index("jurisdiction_path", "incident_agency_path")]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.part}"


@tracked()
class Handover(models.Model):
    """An agency offers the lead to another, with a note; that one accepts or refuses, with a note."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="handovers")
    from_agency = models.SlugField(max_length=40)
    to_agency = models.SlugField(max_length=40)
    state = models.CharField(max_length=10, choices=choices.HandoverState, default=choices.HandoverState.OFFERED)
    note = models.CharField(max_length=1000)
    answer = models.CharField(max_length=1000, blank=True)
    offered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    offered_ms = models.BigIntegerField()
    answered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("incident",), name="one_handover_at_a_time", condition=Q(state=choices.HandoverState.OFFERED)
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_agency} to {self.to_agency}: {self.state}"


@tracked()
class IncidentPerson(models.Model):
    """Somebody works on it; one of them at most is in charge."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    in_charge = models.BooleanField(default=False)
    since_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("incident", "person"), name="person_once_at_a_time", condition=Q(until_ms__isnull=True)
            ),
            models.UniqueConstraint(
                fields=("incident",), name="one_in_charge", condition=Q(in_charge=True, until_ms__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("person",), name="incident_person_now", condition=Q(until_ms__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.incident_id}"


class IncidentFile(models.Model):
    """A file of the vault that is kept with an incident. Each agency that takes part reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.file_id)


@tracked()
class Merge(models.Model):
    """One incident became part of another. `before`: what is needed to take it out again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    merged = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    before = models.JSONField()
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at_ms = models.BigIntegerField()
    undone_ms = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("merged",), name="merged_once_at_a_time", condition=Q(undone_ms__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} in {self.into_id}"
