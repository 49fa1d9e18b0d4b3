"""Things that can be put on a screen: checked when somebody puts them there, filled in when a screen asks for them.

A camera is shown when two say so: whoever puts it there may watch it, and the screen's own area and agency hold it.
Whether its owner consents is the media engine's to say, when the picture is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.core.coordinates import Position, metres_between
from prahari.core.scope import Grant, Scope
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera
from prahari.desks.wall import charts, rules, selectors
from prahari.desks.wall.choices import Kind
from prahari.desks.wall.models import Screen, Showing, WallLayout
from prahari.desks.wall.screen_schemas import ScreenItemIn

LIVE = "camera.live"
MAY = frozenset({"camera.view", LIVE, "alarm.view"})
"""What a screen may do, in its area: look."""
COUNT = MAY | charts.PERMISSIONS
"""What the numbers of its charts are counted by: it is told no more of incidents and units than these."""


def actor_of(screen: Screen, ip: str = "", may: frozenset[str] = MAY) -> Actor:
    """The screen itself, as it asks for pictures and for what it shows."""
    scope = Scope((Grant(screen.jurisdiction_path, screen.agency_code or None, may),))
    return Actor(id=screen.id, username=f"screen:{screen.id}", name=screen.name_en, scope=scope, ip=ip,
                 language=screen.language)  # fmt: skip


def checked(actor: Actor, screen: Screen, form: ScreenItemIn) -> dict[str, Any]:
    """`what` of a Showing. Raises Problem 422."""
    match form.kind:
        case Kind.CAMERA:
            return {"camera": _cameras(actor, screen, [form.camera] if form.camera else [])[0]}
        case Kind.TOUR:
            return {"cameras": _cameras(actor, screen, form.cameras), "dwell_s": form.dwell_s}
        case Kind.LAYOUT:
            return {"layout": str(_layout(actor, form.layout).id)}
        case Kind.PAGE:
            if not rules.allowed(form.url):
                raise invalid(url=text("This page is not on the list of those that screens may show.",
                                       "यह पृष्ठ स्क्रीन पर दिखाए जा सकने वाले पृष्ठों की सूची में नहीं है।"))  # fmt: skip
            return {"url": form.url}
        case Kind.CHART:
            return {"chart": _chart(actor, form.chart)}
        case Kind.MAP:
            here = form.lat is not None and form.lon is not None
            return {"lat": form.lat, "lon": form.lon, "zoom": form.zoom} if here else {}
    return {}


def _cameras(actor: Actor, screen: Screen, wanted: Sequence[UUID]) -> list[str]:
    if not wanted:
        raise invalid(camera=text("Choose a camera.", "कैमरा चुनें।"))
    seen = registry.cameras_in(actor, LIVE) if actor.id else Camera.objects.all()
    seen = seen.filter(id__in=wanted, retired_ms__isnull=True)
    if seen.count() < len(set(wanted)):
        raise invalid(camera=text("There is no such camera in your area.", "आपके क्षेत्र में ऐसा कोई कैमरा नहीं है।"))
    if len(may_show(screen, wanted)) < len(set(wanted)):
        raise invalid(camera=text("This screen may not show cameras of that area or agency.",
                                  "यह स्क्रीन उस क्षेत्र या एजेंसी के कैमरे नहीं दिखा सकती।"))  # fmt: skip
    return [str(one) for one in dict.fromkeys(wanted)]


def may_show(screen: Screen, wanted: Sequence[UUID]) -> list[UUID]:
    """Those of some cameras that lie in the screen's area and agency, in the same order."""
    found = registry.cameras_in(actor_of(screen), LIVE).filter(id__in=wanted, retired_ms__isnull=True)
    shown = set(found.values_list("id", flat=True))
    return [one for one in dict.fromkeys(wanted) if one in shown]


def nearest(screen: Screen, lat: float, lon: float) -> UUID | None:
    """Of the cameras that the screen may show, the nearest to a point that still shows something of it."""
    most_m = dated.value(rules.NEAR_M)
    high, here = most_m / 111_320, Position(lat, lon)
    wide = high / math.cos(math.radians(lat))
    found = registry.cameras_in(actor_of(screen), LIVE).filter(
        retired_ms__isnull=True, lat__range=(lat - high, lat + high), lon__range=(lon - wide, lon + wide)
    )  # fmt: skip
    away = {one: metres_between(here, Position(*at)) for one, *at in found.values_list("id", "lat", "lon")}
    near = [one for one, metres in away.items() if metres <= most_m]
    return min(near, key=lambda one: away[one], default=None)


def _chart(actor: Actor, name: str | None) -> str:
    if name is None:
        raise invalid(chart=text("Choose a chart.", "चार्ट चुनें।"))
    if actor.id and not charts.may(actor, name):
        raise invalid(chart=text("You may not see what this chart counts yourself. Choose another one.",
                                 "इस चार्ट में जो गिना जाता है वह आप स्वयं नहीं देख सकते। दूसरा चुनें।"))  # fmt: skip
    return name


def _layout(actor: Actor, layout_id: UUID | None) -> WallLayout:
    found = None
    if layout_id is not None:
        found = (selectors.layouts_in(actor) if actor.id else WallLayout.objects).filter(id=layout_id).first()
    if found is None:
        raise invalid(layout=text("There is no such layout, or it is not shared with you.",
                                  "ऐसा कोई विन्यास नहीं है, या वह आपके साथ साझा नहीं है।"))  # fmt: skip
    return found


def filled_in(showings: Sequence[Showing], seer: Actor, screen: Screen) -> list[dict[str, Any]]:
    """`content` of each, for whoever looks: cameras by name where both the looker and the screen may see them, else
    null: one that was retired, or moved out of the area, is not shown any more."""
    layouts = _layouts(showings)
    contents = [_content(one, layouts) for one in showings]
    wanted = {camera for one in contents for camera in one.get("cameras", ()) if camera}
    known = _named(wanted, seer, screen)
    for one in contents:
        if "cameras" in one:
            one["cameras"] = [known.get(camera) for camera in one["cameras"]]
    return contents


def _layouts(showings: Sequence[Showing]) -> dict[str, WallLayout]:
    ids = [one.what["layout"] for one in showings if one.kind == Kind.LAYOUT]
    return {str(one.id): one for one in WallLayout.objects.filter(id__in=ids)} if ids else {}


def _content(one: Showing, layouts: dict[str, WallLayout]) -> dict[str, Any]:
    match one.kind:
        case Kind.CAMERA:
            return {"cameras": [one.what["camera"]]}
        case Kind.LAYOUT:
            layout = layouts.get(one.what["layout"])
            return {"cameras": layout.tiles, "grid": layout.grid, "title": layout.name} if layout else {"cameras": []}
    return dict(one.what)


def _named(wanted: Iterable[str], seer: Actor, screen: Screen) -> dict[str, dict[str, Any]]:
    shown = registry.cameras_in(actor_of(screen), LIVE).filter(id__in=list(wanted), retired_ms__isnull=True)
    if seer.id != screen.id:
        shown = shown & registry.cameras_in(seer, "camera.view")
    rows = shown.select_related("jurisdiction").defer("jurisdiction__boundary")
    return {
        str(one.id): {
            "id": str(one.id),
            "reg_id": one.reg_id,
            "name": text(one.name_en, one.name_hi),
            "place": text(one.jurisdiction.name_en, one.jurisdiction.name_hi),
            "lat": one.lat,
            "lon": one.lon,
        }
        for one in rows
    }


def cameras_on(screens: Sequence[Screen]) -> dict[UUID, list[str]]:
    """Of each screen, every camera that stands on it now, to be seen or beneath others, and that it may show."""
    there = list(Showing.objects.filter(screen__in=screens, ended_ms__isnull=True).exclude(until_ms__lte=now_ms()))
    layouts = _layouts(there)
    wanted: dict[UUID, set[str]] = {one.id: set() for one in screens}
    for one in there:
        wanted[one.screen_id].update(camera for camera in _content(one, layouts).get("cameras", ()) if camera)
    found = Camera.objects.filter(id__in=set().union(*wanted.values()), retired_ms__isnull=True)
    known = {str(id): (path, agency) for id, path, agency in found.values_list("id", "jurisdiction_path", "agency_id")}
    return {
        one.id: [id for id in sorted(wanted[one.id]) if id in known and actor_of(one).may(LIVE, *known[id])]
        for one in screens
    }
