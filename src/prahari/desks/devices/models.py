"""Devices, their channels, makers' address templates, and what moves a camera: presets, tours, who holds it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from prahari.core.ids import uuid7
from prahari.desks.common.history import tracked


@tracked(exclude=["edited_ms", "last_seen_ms", "clock_drift_s"])
class Device(models.Model):
    """A recorder, or a camera that is its own: one ONVIF service at one premises."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    premises = models.ForeignKey("registry.Premises", on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=2000, help_text="ONVIF device service, without user name and password")
    make = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=200, blank=True)
    serial = models.CharField(max_length=200, blank=True)
    firmware = models.CharField(max_length=200, blank=True)
    abilities = models.JSONField(default=list, help_text="Of: ptz, imaging, relay, events, replay")
    relays = models.JSONField(default=list, help_text="Tokens of its relay outputs")
    clock_drift_s = models.FloatField(null=True, blank=True, help_text="How much its clock leads ours")
    last_seen_ms = models.BigIntegerField(null=True, blank=True)
    created_ms = models.BigIntegerField(editable=False)
    edited_ms = models.BigIntegerField(editable=False)
    retired_ms = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="device_named"),
            models.CheckConstraint(condition=~Q(url__regex=r"//[^/]*@"), name="device_url_without_password"),
        ]

    def __str__(self) -> str:
        return self.name


class DeviceCredential(models.Model):
    """User name and password, sealed JSON (contracts.sealing, context ``device:{id}``). Never shown."""

    device = models.OneToOneField(Device, primary_key=True, on_delete=models.CASCADE, related_name="credential")
    sealed = models.TextField()
    edited_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return "sealed"


@tracked()
class Channel(models.Model):
    """One picture source of a device, and the camera of the register that it is; None: nobody has consented to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="channels")
    number = models.PositiveSmallIntegerField(help_text="From 1, in the device's own order")
    name = models.CharField(max_length=200, blank=True)
    camera = models.OneToOneField(
        "registry.Camera", null=True, blank=True, on_delete=models.SET_NULL, related_name="channel"
    )
    source = models.CharField(max_length=200, blank=True, help_text="Token of the video source")
    profile = models.CharField(max_length=200, blank=True, help_text="Token of the main profile")
    sub_profile = models.CharField(max_length=200, blank=True)
    recording = models.CharField(max_length=200, blank=True, help_text="Token of what lies on its own disk")
    codec = models.CharField(max_length=20, blank=True)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    ptz = models.BooleanField(default=False)

    class Meta:
        ordering = ("device", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("device", "number"), name="device_channel_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@tracked(exclude=["edited_ms"])
class VendorTemplate(models.Model):
    """How a maker lays out the addresses of its streams (core.vendor_addresses)."""

    code = models.CharField(primary_key=True, max_length=40)
    name_en = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120)
    main = models.CharField(max_length=500)
    sub = models.CharField(max_length=500, blank=True)
    port = models.PositiveIntegerField(default=554)
    sort = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    edited_ms = models.BigIntegerField()

    class Meta:
        ordering = ("sort", "code")

    def __str__(self) -> str:
        return self.code


@tracked()
class PtzPreset(models.Model):
    """A place that a camera's own memory keeps, under the name that people know it by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    camera = models.ForeignKey("registry.Camera", on_delete=models.CASCADE, related_name="ptz_presets")
    token = models.CharField(max_length=200)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("camera", "token"), name="ptz_preset_token_once"),
            models.CheckConstraint(condition=~Q(name=""), name="ptz_preset_named"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class PtzTour(models.Model):
    """A patrol over presets. `stops`: [{"preset": token, "stay_s": seconds}]. Ends when somebody moves the camera."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    camera = models.ForeignKey("registry.Camera", on_delete=models.CASCADE, related_name="ptz_tours")
    name = models.CharField(max_length=60)
    stops = models.JSONField(default=list)
    running = models.BooleanField(default=False)
    started_ms = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("name", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="ptz_tour_named"),
            models.UniqueConstraint(fields=("camera", "name"), name="ptz_tour_name_once"),
            models.UniqueConstraint(fields=("camera",), condition=Q(running=True), name="ptz_one_tour_running"),
        ]

    def __str__(self) -> str:
        return self.name


class PtzHold(models.Model):
    """Who moves a camera now. Runs out by itself; `first`: held by somebody who goes before others."""

    camera = models.OneToOneField(
        "registry.Camera", primary_key=True, on_delete=models.CASCADE, related_name="ptz_hold"
    )
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    first = models.BooleanField(default=False)
    since_ms = models.BigIntegerField()
    until_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.user_id)
