"""Words that code decides by. What a person reads lies in the console."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    """What can be put on a screen."""

    CAMERA = "camera"
    LAYOUT = "layout"
    TOUR = "tour"
    MAP = "map"
    COUNTS = "counts"
    ALARMS = "alarms"
    PAGE = "page"
    CHART = "chart"


class ChartName(TextChoices):
    """Charts that a screen can show: what each counts is in charts.py."""

    ALARMS_BY_HOUR = "alarms_by_hour"
    ALARMS_BY_KIND = "alarms_by_kind"
    INCIDENTS_OPEN = "incidents_open"
    CAMERAS_LIVE = "cameras_live"
    UNITS = "units"


class Source(TextChoices):
    """Who put it there."""

    PERSON = "person"
    SALVO = "salvo"
    PROCEDURE = "procedure"
    ALARM = "alarm"


PRIORITY = {Source.PERSON: 10, Source.SALVO: 10, Source.PROCEDURE: 20, Source.ALARM: 30}
"""The higher lies on top. Among alarms the graver: their rank is added."""


class Ended(TextChoices):
    """replaced: too deep beneath others, or by a salvo."""

    NOT_YET = ""
    RUN_OUT = "run_out"
    TAKEN_BACK = "taken_back"
    REPLACED = "replaced"


SIZES = {
    Kind.CAMERA: (1, 1), Kind.LAYOUT: (99, 99), Kind.TOUR: (1, 1), Kind.MAP: (2, 2), Kind.COUNTS: (1, 1),
    Kind.ALARMS: (1, 2), Kind.PAGE: (2, 2), Kind.CHART: (1, 1),
}  # fmt: skip
"""How many tiles each takes when nobody says; less where the screen has fewer."""
