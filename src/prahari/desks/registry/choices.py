"""Words that code decides by. Names for people live in rows (owner classes, place classes) or in the console."""

from __future__ import annotations

from django.db.models import TextChoices


class Placement(TextChoices):
    """What a camera looks at, of its premises."""

    ENTRY = "entry", "Entry"
    EXIT = "exit", "Exit"
    ROAD_SIDE = "road_side", "Road side"
    PUBLIC_AREA = "public_area", "Public area"
    OTHER = "other", "Other"


COVERAGE = [Placement.ENTRY, Placement.EXIT, Placement.ROAD_SIDE, Placement.PUBLIC_AREA]
"""What premises are asked to cover."""


class Kind(TextChoices):
    FIXED = "fixed", "Fixed"
    PTZ = "ptz", "PTZ"
    ANPR = "anpr", "ANPR"
    RED_LIGHT = "red_light", "Red light"
    SPEED = "speed", "Speed"
    CLASSIFICATION = "classification", "Vehicle classification"
    ANALOGUE_DVR = "analogue_dvr", "Analogue DVR"


class Transport(TextChoices):
    TCP = "tcp", "TCP"
    UDP = "udp", "UDP"


class RecordMode(TextChoices):
    """As contracts.media.RecordMode."""

    CONTINUOUS = "continuous", "Without a break"
    NONE = "none", "Not recorded"
    ON_EVENT = "on_event", "Around events"
    SCHEDULE = "schedule", "By the week"


class CostBorneBy(TextChoices):
    UNKNOWN = "", "Not known"
    OWNER = "owner", "Owner"
    DEPARTMENT = "department", "Department"
    SCHEME = "scheme", "Scheme"


class LinkType(TextChoices):
    UNKNOWN = "", "Not known"
    FIBRE = "fibre", "Fibre"
    BROADBAND = "broadband", "Broadband"
    MOBILE = "mobile", "Mobile network"
    RADIO = "radio", "Radio"
    LOCAL = "local", "Local network"
