"""Cameras, their sealed credentials, and their state as the event log keeps it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked
from prahari.desks.common.scoping import path_index
from prahari.desks.registry import choices
from prahari.desks.registry.models.lookups import Department, OwnerClass, PlaceClass, RetentionClass
from prahari.desks.registry.models.places import LATITUDE, LONGITUDE, Premises, Site


@tracked(exclude=["search", "row", "jurisdiction_path", "revision", "edited_ms"])
class Camera(models.Model):
    """One row of the camera register (the columns of the police's lists, and what linking needs).

    `jurisdiction_path` and `row` (its JSON for lists, without what changes by the minute) are kept by database
    triggers, whoever writes; `search` by the actions (core.text.fold).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reg_id = models.CharField(max_length=60, unique=True, db_collation="C")
    name_en = models.CharField(max_length=200)
    name_hi = models.CharField(max_length=200)

    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="cameras")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="cameras")
    owner_class = models.ForeignKey(OwnerClass, on_delete=models.PROTECT, related_name="cameras")
    place_class = models.ForeignKey(PlaceClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="cameras")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey("accounts.Jurisdiction", on_delete=models.PROTECT, related_name="+")
    ward = models.ForeignKey("accounts.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    lat = models.FloatField()
    lon = models.FloatField()
    bearing_deg = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 359, clockwise from north")
    fov_deg = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Horizontal field of view, 1 to 360")
    placement = models.CharField(max_length=20, choices=choices.Placement)
    kind = models.CharField(max_length=20, choices=choices.Kind)

    url = models.CharField(max_length=2000, blank=True, help_text="RTSP address without user name and password")
    sub_url = models.CharField(max_length=2000, blank=True, help_text="Smaller stream of the same camera")
    transport = models.CharField(max_length=4, choices=choices.Transport, default=choices.Transport.TCP)
    record_mode = models.CharField(max_length=12, choices=choices.RecordMode, default=choices.RecordMode.NONE)
    record_schedule = models.JSONField(
        default=list, blank=True, help_text="[weekday 0 = Monday, from minute, to minute] of local time"
    )
    pre_roll_s = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Before an event; empty: the rule's")
    post_roll_s = models.PositiveSmallIntegerField(null=True, blank=True, help_text="After an event; empty: the rule's")
    probe_period_s = models.PositiveIntegerField(default=300)
    retention = models.ForeignKey(RetentionClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    local_retention_days = models.PositiveIntegerField(null=True, blank=True, help_text="On the owner's recorder")

    ip_based = models.BooleanField(default=True)
    make = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=120, blank=True)
    serial_number = models.CharField(max_length=120, blank=True)
    firmware_hash = models.CharField(max_length=128, blank=True)
    certificate_number = models.CharField(max_length=120, blank=True, help_text="STQC / BIS essential requirements")
    onvif_profiles = models.CharField(max_length=60, blank=True)
    link_type = models.CharField(max_length=20, choices=choices.LinkType, default="", blank=True)
    codec = models.CharField(max_length=20, blank=True)
    width_px = models.PositiveIntegerField(null=True, blank=True)
    height_px = models.PositiveIntegerField(null=True, blank=True)
    fps = models.FloatField(null=True, blank=True)
    audio = models.BooleanField(default=False)
    clock_offset_ms = models.BigIntegerField(null=True, blank=True)
    cost_borne_by = models.CharField(max_length=20, choices=choices.CostBorneBy, default="", blank=True)
    nodal_officer = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source_list = models.CharField(max_length=200, blank=True)
    source_row = models.PositiveIntegerField(null=True, blank=True)

    revision = models.PositiveIntegerField(default=1, editable=False)
    retired_ms = models.BigIntegerField(null=True, blank=True, editable=False)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)
    search = models.TextField(default="", editable=False)
    jurisdiction_path = models.CharField(max_length=300, default="", editable=False)
    row = models.TextField(default="", editable=False)

    class Meta:
        ordering = ("reg_id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(**LATITUDE), name="camera_lat_in_range"),
            models.CheckConstraint(condition=Q(**LONGITUDE), name="camera_lon_in_range"),
            models.CheckConstraint(condition=Q(bearing_deg__lte=359), name="camera_bearing_in_range"),
            models.CheckConstraint(condition=Q(fov_deg__gte=1, fov_deg__lte=360), name="camera_fov_in_range"),
            models.CheckConstraint(condition=~Q(url__regex=r"//[^/]*@"), name="camera_url_without_password"),
            models.CheckConstraint(condition=~Q(sub_url__regex=r"//[^/]*@"), name="camera_sub_url_without_password"),
            models.CheckConstraint(condition=~Q(reg_id=""), name="camera_has_reg_id"),
        ]
        indexes: ClassVar = [
            path_index("jurisdiction_path", "camera_jurisdiction_path"),
            models.Index(fields=("name_en", "id"), name="camera_name"),
        ]

    def __str__(self) -> str:
        return self.reg_id


class CameraCredential(models.Model):
    """User name and password of a camera, sealed JSON (contracts.sealing, context ``camera:{id}``). Never shown."""

    camera = models.OneToOneField(Camera, primary_key=True, on_delete=models.CASCADE, related_name="credential")
    sealed = models.TextField()
    edited_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return "sealed"


class CameraState(models.Model):
    """The event log's table (contracts.tables): read here, written there."""

    camera = models.OneToOneField(
        Camera, primary_key=True, db_constraint=False, on_delete=models.DO_NOTHING, related_name="state"
    )
    status = models.TextField()
    reason = models.TextField()
    detail = models.TextField()
    since_ms = models.BigIntegerField()
    changed_ms = models.BigIntegerField()
    proved_at_ms = models.BigIntegerField(null=True)
    proof_until_ms = models.BigIntegerField(null=True)
    recording = models.BooleanField()
    watchers = models.IntegerField()
    video = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "camera_status"

    def __str__(self) -> str:
        return self.status
