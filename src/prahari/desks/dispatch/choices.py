"""Closed lists of the dispatch desk."""

from __future__ import annotations

from django.db.models import TextChoices


class UnitKind(TextChoices):
    PATROL_CAR = "patrol_car", "Patrol car"
    MOTORCYCLE = "motorcycle", "Motorcycle"
    AMBULANCE = "ambulance", "Ambulance"
    FIRE_TENDER = "fire_tender", "Fire tender"
    QUICK_RESPONSE = "quick_response", "Quick response team"
    FOOT = "foot", "Foot patrol"


class Status(TextChoices):
    """Assigned, en route and at scene follow from a unit's assignments; the others are said by people."""

    OFF_DUTY = "off_duty", "Off duty"
    AVAILABLE = "available", "Available"
    ASSIGNED = "assigned", "Assigned"
    EN_ROUTE = "en_route", "En route"
    AT_SCENE = "at_scene", "At scene"
    BUSY = "busy", "Busy otherwise"
    OUT_OF_SERVICE = "out_of_service", "Out of service"


SAID = (Status.AVAILABLE, Status.BUSY, Status.OUT_OF_SERVICE, Status.OFF_DUTY)
"""What people say of a unit that has no assignment."""


class Progress(TextChoices):
    """offered -> acknowledged -> en route -> arrived -> cleared; or refused by the crew, withdrawn by the dispatcher,
    cancelled because the incident ended."""

    OFFERED = "offered", "Offered"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    EN_ROUTE = "en_route", "En route"
    ARRIVED = "arrived", "Arrived"
    CLEARED = "cleared", "Cleared"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CANCELLED = "cancelled", "Cancelled"


STEPS = (Progress.OFFERED, Progress.ACKNOWLEDGED, Progress.EN_ROUTE, Progress.ARRIVED, Progress.CLEARED)
"""The way forward; whoever takes a later step has taken those before it."""
ACTIVE = STEPS[:-1]


class Deed(TextChoices):
    """What a crew does on its telephone, also without a network."""

    ACKNOWLEDGE = "acknowledge", "Acknowledge"
    REFUSE = "refuse", "Refuse"
    EN_ROUTE = "en_route", "En route"
    ARRIVE = "arrive", "Arrived"
    CLEAR = "clear", "Cleared"
    STATUS = "status", "Own status"
    MESSAGE = "message", "Message"
    READ = "read", "Messages read"


class Outcome(TextChoices):
    """What became of a deed: done, or refused for good, with the reason."""

    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
