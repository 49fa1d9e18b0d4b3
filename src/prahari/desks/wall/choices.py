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
    Kind.ALARMS: (1, 2), Kind.PAGE: (2, 2),
}  # fmt: skip
"""How many tiles each takes when nobody says; less where the screen has fewer."""
