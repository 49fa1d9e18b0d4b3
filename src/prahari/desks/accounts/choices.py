"""Closed lists of the accounts desk."""

from __future__ import annotations

from django.db.models import TextChoices


class Level(TextChoices):
    """Levels of the jurisdiction tree, from the top."""

    CENTRE = "centre", "Whole centre"  # the one root, path ""
    STATE = "state", "State"
    DIVISION = "division", "Division"
    DISTRICT = "district", "District"
    CITY = "city", "City"
    ZONE = "zone", "Zone"
    CIRCLE = "circle", "Circle"
    POLICE_STATION = "police_station", "Police station"
    POLICE_POST = "police_post", "Police post"
    WARD = "ward", "Ward"


class Language(TextChoices):
    HI = "hi", "हिन्दी"
    EN = "en", "English"


class SecondFactor(TextChoices):
    """When a role's `requires_second_factor` is enforced."""

    NEVER = "never", "Never"
    OFF_LOOPBACK = "off_loopback", "When the centre is reachable from other machines"
    ALWAYS = "always", "Always"
