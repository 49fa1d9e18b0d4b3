"""Review meetings: who was called and came, what was decided, what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.reports.choices import Attendance, DecisionState, MeetingState


@tracked(exclude=["edited_ms", "agenda", "minutes"])
class Meeting(models.Model):
    """A review meeting of an area. agency_code: "" when it is of every agency.

    agenda: figures as they stood when it began (agenda.py), null before. minutes: what the chair signed (minutes.py)
    with its hash, null before; after that only what became of the decisions is still written. follows: the meeting
    whose decisions are looked at first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    jurisdiction_path = models.CharField(max_length=300)
    agency_code = models.CharField(max_length=40, blank=True, default="")
    title_en = models.CharField(max_length=200)
    title_hi = models.CharField(max_length=200)
    starts_ms = models.BigIntegerField()
    place = models.CharField(max_length=200, blank=True)
    chair_name = models.CharField(max_length=200)
    chair_post_en = models.CharField(max_length=200, blank=True)
    chair_post_hi = models.CharField(max_length=200, blank=True)
    follows = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    agenda = models.JSONField(null=True)
    began_ms = models.BigIntegerField(null=True)
    ended_ms = models.BigIntegerField(null=True)
    remarks_en = models.TextField(blank=True)
    remarks_hi = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    minutes = models.JSONField(null=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    signed_ms = models.BigIntegerField(null=True)
    signed_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("-starts_ms", "-id")
        indexes: ClassVar = [path_index("jurisdiction_path", "meeting_path")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(follows=F("id")), name="meeting_does_not_follow_itself"),
            models.CheckConstraint(
                condition=Q(state=MeetingState.PLANNED, agenda__isnull=True)
                | Q(state=MeetingState.CANCELLED)
                | Q(agenda__isnull=False),
                name="meeting_began_with_an_agenda",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.SIGNED) | Q(minutes__isnull=False, signed_ms__isnull=False),
                name="meeting_signed_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@tracked()
class Invitation(models.Model):
    """A department or another body called to a meeting, and whether it came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    department = models.ForeignKey(
        "registry.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)
    attendance = models.CharField(max_length=12, choices=Attendance, default=Attendance.INVITED)
    person = models.CharField(max_length=200, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("sort", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("meeting", "department"), name="department_invited_once"),
        ]

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["edited_ms"])
class Decision(models.Model):
    """What a meeting decided: whose it is to do and by when. Late is not a state: it is open past its day.

    owner_en, owner_hi: the owner as the minutes name it; department and person where they are known here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text_en = models.TextField(blank=True)
    text_hi = models.TextField(blank=True)
    department = models.ForeignKey(
        "registry.Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_en = models.CharField(max_length=200, blank=True)
    owner_hi = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=DecisionState, default=DecisionState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.CharField(max_length=1000, blank=True, help_text="What was done")
    created_ms = models.BigIntegerField()
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("meeting", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("meeting", "number"), name="decision_number_once"),
            models.CheckConstraint(condition=~Q(text_en="", text_hi=""), name="decision_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"
