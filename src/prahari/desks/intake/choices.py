"""Closed lists of the intake desk."""

from __future__ import annotations

from django.db import models

POSITION = "unit.position"
OF_KIND = {"erss": ["erss.call"], "cap": ["public.alert"], "tracker": [POSITION]}
"""What a source of this kind hands in; others choose among the devices'."""


class Kind(models.TextChoices):
    HTTP = "http"
    MQTT = "mqtt"
    ERSS = "erss"
    CAP = "cap"
    TRACKER = "tracker"


class ReportState(models.TextChoices):
    RECEIVED = "received"
    IN_HAND = "in_hand"
    DONE = "done"
    NOT_OURS = "not_ours"
