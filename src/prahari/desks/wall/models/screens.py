"""Screens of the wall, the kiosks before them, what was put on each, and sets of it that are switched at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.core.wallplan import SIDE_MOST
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.wall.choices import Ended, Kind, Source


@tracked(exclude=["key_hash", "key_ms", "seen_ms", "edited_ms", "version"])
class Screen(models.Model):
    """A screen that hangs somewhere, a grid of tiles. It shows cameras of its area and agency ("" all) only.

    `key_hash`: SHA-256 of the key of the kiosk that was enrolled for it; empty: none is. `reserved`: [x, y, w, h] where
    alarms come, of `alarm_severity` at least ("": none do), for `alarm_for_s`. `version` grows with all that is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    columns = models.PositiveSmallIntegerField(default=3)
    rows = models.PositiveSmallIntegerField(default=2)
    language = models.CharField(max_length=2, default="hi")
    reserved = models.JSONField(null=True)
    alarm_severity = models.CharField(max_length=10, blank=True)
    alarm_for_s = models.PositiveIntegerField(default=60)
    active = models.BooleanField(default=True)
    key_hash = models.CharField(max_length=64, blank=True)
    key_ms = models.BigIntegerField(null=True, help_text="Since when: kiosks change theirs by themselves")
    enrolled_ms = models.BigIntegerField(null=True)
    seen_ms = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    setup = models.PositiveIntegerField(default=1, editable=False, help_text="Grows when the screen itself is edited")
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("name_en", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(columns__gte=1, columns__lte=SIDE_MOST, rows__gte=1, rows__lte=SIDE_MOST),
                name="screen_grid_known",
            ),
            models.UniqueConstraint(fields=("key_hash",), condition=~Q(key_hash=""), name="screen_key_once"),
        ]
        indexes: ClassVar = [path_index("jurisdiction_path", "screen_path")]

    def __str__(self) -> str:
        return self.name_en


class ScreenEnrolment(models.Model):
    """A kiosk that shows a code and waits for somebody to type it in at the desk. Its key is its own: only the hash was
    ever told to us."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    ip = models.GenericIPAddressField(null=True)
    created_ms = models.BigIntegerField()
    expires_ms = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("expires_ms",), name="screen_enrolment_age")]

    def __str__(self) -> str:
        return str(self.id)


class Showing(models.Model):
    """Something that was put on a screen. Kept when it is over: what stood on the wall at a moment can be told later.

    `what`: by kind (items.py). `act`: what was put, and ended, together, for taking it back as one. `key`: what comes
    twice is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)
    screen = models.ForeignKey(Screen, on_delete=models.CASCADE, related_name="showings")
    kind = models.CharField(max_length=10, choices=Kind)
    what = models.JSONField(default=dict)
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()
    w = models.PositiveSmallIntegerField()
    h = models.PositiveSmallIntegerField()
    priority = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    why = models.JSONField(default=dict, help_text="{en, hi} and the alarm or incident that it was for")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, help_text="Empty for the centre itself")
    act = models.UUIDField()
    put_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField(null=True)
    ended_ms = models.BigIntegerField(null=True)
    ended = models.CharField(max_length=10, choices=Ended, default=Ended.NOT_YET, blank=True)
    ended_by_name = models.CharField(max_length=150, blank=True)
    ended_act = models.UUIDField(null=True)

    class Meta:
        ordering = ("put_ms", "id")
        indexes: ClassVar = [
            models.Index(fields=("screen",), name="showing_standing", condition=Q(ended_ms__isnull=True)),
            models.Index(fields=("act",), name="showing_act"),
            models.Index(fields=("ended_act",), name="showing_ended_act", condition=Q(ended_act__isnull=False)),
            models.Index(fields=("until_ms",), name="showing_until", condition=Q(ended_ms__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.screen_id}"


@tracked(exclude=["edited_ms"])
class Salvo(models.Model):
    """A named set of what stands on several screens: one call switches them all.

    `screens`: {screen id: [items as they are shown]}.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    jurisdiction_path = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    screens = models.JSONField()
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_ms = models.BigIntegerField(editable=False)

    class Meta:
        ordering = ("name_en", "id")

    def __str__(self) -> str:
        return self.name_en
