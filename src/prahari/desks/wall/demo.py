"""The demonstration's wall: two screens in the hall of the centre, one with the city as a whole, one with pictures and
a tile on which grave alarms come. No kiosk is paired: open /screen in a browser and type in the code that it shows.
"""

from __future__ import annotations

from prahari.contracts.city import City
from prahari.desks.common.actor import system
from prahari.desks.registry.models import Camera
from prahari.desks.wall import items, screens, showing
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.models import Screen

PICTURES = 3
ON_TOUR = 6


def load(city: City) -> None:
    """Idempotent: where a screen hangs already, nothing is put up."""
    if Screen.objects.exists():
        return
    whole = next(one.path for one in city.areas if one.level == "city")
    actor = system("demo")
    common = {"jurisdiction": whole, "place": "नियंत्रण कक्ष / Control room", "reason": "Demonstration"}
    left = screens.create(actor=actor, form=s.ScreenIn(
        name={"en": "Hall left", "hi": "हॉल बायाँ"}, columns=3, rows=2, **common
    ))  # fmt: skip
    right = screens.create(actor=actor, form=s.ScreenIn(
        name={"en": "Hall right", "hi": "हॉल दायाँ"}, columns=3, rows=2, reserved=(2, 0, 1, 1), alarm_severity="high",
        **common,
    ))  # fmt: skip
    showing.show(actor=actor, screen_id=left.id, items=[
        s.ScreenItemIn(kind="map", at=(0, 0), size=(2, 2)),
        s.ScreenItemIn(kind="counts", at=(2, 0)),
        s.ScreenItemIn(kind="alarms", at=(2, 1), size=(1, 1)),
    ])  # fmt: skip
    linked = Camera.objects.filter(retired_ms__isnull=True).order_by("reg_id").values_list("id", flat=True)
    cameras = items.may_show(right, list(linked[: PICTURES + ON_TOUR]))
    put = [s.ScreenItemIn(kind="camera", camera=one) for one in cameras[:PICTURES]]
    if tour := cameras[PICTURES:]:
        put.append(s.ScreenItemIn(kind="tour", cameras=tour, dwell_s=15))
    put.append(s.ScreenItemIn(kind="alarms", at=(2, 1), size=(1, 1)))
    showing.show(actor=actor, screen_id=right.id, items=put)
