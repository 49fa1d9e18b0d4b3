"""The wall as an automatic action: the cameras near an incident, and its map, on a screen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from prahari.core.scope import is_within
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, conflict, text
from prahari.desks.incidents import cameras
from prahari.desks.incidents.models import Incident
from prahari.desks.procedures import automatic
from prahari.desks.wall import items, showing
from prahari.desks.wall.choices import Source
from prahari.desks.wall.models import Screen
from prahari.desks.wall.screen_schemas import ScreenItemIn

CAMERAS_MOST = 4
MINUTES = 30
WHAT = (
    ("both", "Map and cameras", "मानचित्र और कैमरे"),
    ("cameras", "Cameras near it", "निकट के कैमरे"),
    ("map", "Map", "मानचित्र"),
)


def join() -> None:
    automatic.register(
        "show_on_wall", show, "Show on the video wall", "वीडियो वॉल पर दिखाना",
        fields=[
            automatic.Field("screen", "Screen (empty: one of the place)", "स्क्रीन (रिक्त: उस क्षेत्र की)", "choose",
                            listed=_screens),
            automatic.Field("what", "What is shown", "क्या दिखाएँ", "choose", listed=WHAT),
            automatic.Field("minutes", "For how many minutes", "कितने मिनट", "number"),
        ],
    )  # fmt: skip


def _screens() -> Sequence[tuple[str, str, str]]:
    return [(str(one.id), one.name_en, one.name_hi) for one in Screen.objects.filter(active=True)]


def show(*, actor: Actor, incident: Incident, values: Mapping[str, Any], key: str) -> Text:
    screen = _screen(incident, str(values.get("screen") or ""))
    what = str(values.get("what") or "both")
    put: list[ScreenItemIn] = []
    if what != "map":
        # What the screen itself may show: its area and agency may be narrower than the centre's.
        near = cameras.near(actor, incident.id, None, CAMERAS_MOST * 3)["items"]
        shown = items.may_show(screen, [UUID(one["id"]) for one in near])
        put += [ScreenItemIn(kind="camera", camera=one) for one in shown[:CAMERAS_MOST]]
    if what != "cameras" and incident.lat is not None:
        put.insert(0, ScreenItemIn(kind="map", lat=incident.lat, lon=incident.lon))
    if not put:
        raise conflict("nothing_near", "There is no camera near it that this screen may show, and no point on the map.",
                       "निकट ऐसा कोई कैमरा नहीं जिसे यह स्क्रीन दिखा सके, और मानचित्र पर स्थान नहीं है।")  # fmt: skip
    title = f"{incident.number} {incident.title}".strip()
    showing.show(
        actor=actor, screen_id=screen.id, items=put, for_s=60 * int(values.get("minutes") or MINUTES),
        key=uuid.uuid5(incident.id, key), source=Source.PROCEDURE,
        why={**text(title, title), "incident": str(incident.id)},
    )  # fmt: skip
    return text(f"On {screen.name_en}.", f"{screen.name_hi} पर।")


def _screen(incident: Incident, wanted: str) -> Screen:
    """The one that the step names, or the nearest of the incident's place: the smallest area that holds it, one that a
    kiosk was enrolled for before others. An incident of the whole city may be shown by a screen of a part of it."""
    found = [one for one in Screen.objects.filter(active=True) if _reaches(one, incident)]
    if wanted:
        found = [one for one in found if str(one.id) == wanted]
    if not found:
        raise conflict("no_screen", "No screen of the wall shows this place.",
                       "वॉल की कोई स्क्रीन यह क्षेत्र नहीं दिखाती।")  # fmt: skip
    return min(found, key=lambda one: (not _holds(one, incident), not one.key_hash, -len(one.jurisdiction_path),
                                       one.name_en))  # fmt: skip


def _reaches(one: Screen, incident: Incident) -> bool:
    return _holds(one, incident) or is_within(one.jurisdiction_path, incident.jurisdiction_path)


def _holds(one: Screen, incident: Incident) -> bool:
    return is_within(incident.jurisdiction_path, one.jurisdiction_path)
