"""Who was really at a post, their breaks, and what one handed to the next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.shifts.choices import NEVER_MS, DutyState, Ended, HandoverState
from prahari.desks.shifts.models.rosters import Post, RosterEntry


@tracked(exclude=["next_check_ms"])
class Duty(models.Model):
    """Somebody signed on at a post. The database itself lets one person be at one post, and one be on duty there.

    `key`: of the form that signed them on; twice sent, once signed on. `next_check_ms`: when they are asked whether
    they are at the desk; told to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    roster = models.ForeignKey(RosterEntry, null=True, on_delete=models.PROTECT, related_name="duties")
    state = models.CharField(max_length=10, choices=DutyState)
    from_ms = models.BigIntegerField()
    on_ms = models.BigIntegerField(null=True, help_text="When the post was theirs; empty while incoming")
    to_ms = models.BigIntegerField(null=True)
    ended = models.CharField(max_length=12, choices=Ended, default=Ended.NOT_YET, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    next_check_ms = models.BigIntegerField(default=NEVER_MS)

    class Meta:
        ordering = ("-from_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person",), condition=Q(to_ms__isnull=True), name="person_at_one_post"),
            models.UniqueConstraint(fields=("post",), condition=Q(state=DutyState.ON), name="one_on_duty_at_a_post"),
            models.UniqueConstraint(
                fields=("post",), condition=Q(state=DutyState.INCOMING), name="one_takes_over_a_post"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("post", "-from_ms"), name="duty_post"),
            models.Index(fields=("person", "-from_ms"), name="duty_person"),
            models.Index(fields=("next_check_ms",), name="duty_check", condition=~Q(next_check_ms=NEVER_MS)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.post_id}: {self.state}"


@tracked()
class DutyBreak(models.Model):
    """Away from the post for a while; `cover` answers for it meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="breaks")
    cover = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("from_ms",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("duty",), condition=Q(to_ms__isnull=True), name="one_break_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} from {self.from_ms}"


@tracked()
class ShiftHandover(models.Model):
    """What one on duty hands to the next: a note, and what was open at that moment. Both names are on it.

    `items`: as posts.open_items gathered them, kept as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    from_duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="given")
    to_duty = models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="taken")
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.OFFERED)
    note = models.TextField()
    items = models.JSONField(default=list)
    remark = models.CharField(max_length=1000, blank=True)
    offered_ms = models.BigIntegerField()
    answered_ms = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-offered_ms", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("post",), condition=Q(state=HandoverState.OFFERED), name="one_shift_handover_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.state}"
