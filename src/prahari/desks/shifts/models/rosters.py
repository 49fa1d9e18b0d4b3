"""Posts, patterns of shifts, and who is to sit where when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.shifts.choices import NEVER_MS, Came


@tracked(exclude=["edited_ms"])
class Post(models.Model):
    """A desk of the control room. One person sits there at a time, somebody who holds all that `role` may do.

    What must be watched from it: the cameras named for it, and all of `watch_area` if one is given.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.SlugField(max_length=40)
    role = models.ForeignKey(
        "accounts.Role", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The least that somebody must hold to sit here"
    )  # fmt: skip
    watch_area = models.CharField(max_length=300, blank=True, help_text="Path of an area; empty: only cameras by name")
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("code",)
        indexes: ClassVar = [path_index("jurisdiction_path", "shift_post_path")]

    def __str__(self) -> str:
        return self.code


@tracked()
class PostCamera(models.Model):
    """A camera that must be watched from a post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="cameras")
    camera = models.ForeignKey("registry.Camera", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("post", "camera"), name="post_camera_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.camera_id}"


@tracked(exclude=["edited_ms"])
class ShiftPattern(models.Model):
    """Turns of a day and the cycle of days in which people walk through them.

    `turns`: [{"name": {"en", "hi"}, "start": "06:00", "minutes": 480}]. `cycle`: for each day the number of a turn, or
    null for a free day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.SlugField(max_length=40)
    turns = models.JSONField()
    cycle = models.JSONField()
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("name_en", "id")
        indexes: ClassVar = [path_index("jurisdiction_path", "shift_pattern_path")]

    def __str__(self) -> str:
        return self.name_en


@tracked(exclude=["edited_ms", "next_ms", "level"])
class RosterEntry(models.Model):
    """Somebody is to be at a post from a moment to another. A draft until it is published.

    `came`, `next_ms`, `level`: whether they came; when the sweep has to look again; how many levels were told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="roster")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    from_ms = models.BigIntegerField()
    to_ms = models.BigIntegerField()
    turn_en = models.CharField(max_length=60, blank=True)
    turn_hi = models.CharField(max_length=60, blank=True)
    pattern = models.ForeignKey(ShiftPattern, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    published_ms = models.BigIntegerField(null=True)
    cancelled_ms = models.BigIntegerField(null=True)
    came = models.CharField(max_length=10, choices=Came, default=Came.NOT_YET, blank=True)
    told = models.JSONField(default=list, help_text='[{"at_ms", "people": [names]}] of late and absent')
    next_ms = models.BigIntegerField(default=NEVER_MS)
    level = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("from_ms", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_ms__gt=F("from_ms")), name="roster_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=("post", "person", "from_ms"), condition=Q(cancelled_ms__isnull=True), name="roster_entry_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("from_ms",), name="roster_from"),
            models.Index(fields=("person", "from_ms"), name="roster_person"),
            models.Index(fields=("next_ms",), name="roster_next", condition=~Q(next_ms=NEVER_MS)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.post_id} from {self.from_ms}"
