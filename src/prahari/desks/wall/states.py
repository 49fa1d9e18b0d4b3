"""Screens and what stands on them, in the actor's scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.contracts.events import WALL_CHANGED, Event, now_ms
from prahari.core.wallplan import Placed, Rect, seen, standing
from prahari.desks.accounts.models import Agency
from prahari.desks.common import rules as dated
from prahari.desks.common.action import Action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.common.scoping import NOTHING, either, within
from prahari.desks.wall import items, rules, streams
from prahari.desks.wall.models import Screen, Showing

CONTROL = "wall.control"
SET_UP = "wall.share"
"""To set screens up, beside CONTROL: what hangs in a room is arranged for all who work there."""

LINKED_MS = 30_000


def screens_in(actor: Actor, permission: str = CONTROL) -> QuerySet[Screen]:
    """A screen of no agency in particular is everybody's whose area holds its place."""
    actor.require(permission)
    return Screen.objects.filter(_reached(actor, permission))


def _reached(actor: Actor, permission: str) -> Q:
    anywhere = NOTHING
    for path, agency in actor.scope.areas(permission):
        one = within(path)
        if agency is not None:
            one &= Q(agency_code__in=["", agency])
        anywhere = either(anywhere, one)
    return anywhere


def screen(actor: Actor, screen_id: UUID, permission: str = CONTROL) -> Screen:
    """Raises Problem 403, 404."""
    found = screens_in(actor, permission).filter(id=screen_id).first()
    if found is None:
        raise not_found("There is no such screen in your area.", "आपके क्षेत्र में ऐसी कोई स्क्रीन नहीं है।")
    return found


def page(actor: Actor) -> dict[str, Any]:
    """ScreenPage."""
    found = list(screens_in(actor).order_by("-active", "name_en", "id"))
    return {
        "items": states(found, actor),
        "next": None,
        "total": len(found),
        "as_of_ms": now_ms(),
        "may_set_up": actor.has(CONTROL) and actor.has(SET_UP),
        "pages": dated.value(rules.PAGES),
    }


def states(screens: Sequence[Screen], seer: Actor) -> list[dict[str, Any]]:
    """ScreenStates as they are in this transaction."""
    of_screen: dict[UUID, list[Showing]] = defaultdict(list)
    for one in Showing.objects.filter(screen__in=screens, ended_ms__isnull=True).order_by("put_ms", "id"):
        of_screen[one.screen_id].append(one)
    now = now_ms()
    return [_state(one, of_screen[one.id], seer, now) for one in screens]


def state(one: Screen, seer: Actor) -> dict[str, Any]:
    [found] = states([one], seer)
    return found


def _state(one: Screen, showings: Sequence[Showing], seer: Actor, now: int) -> dict[str, Any]:
    painted = standing(map(placed, showings), now)
    on_top = {each.id for each in seen(painted)}
    by_id = {str(each.id): each for each in showings}
    ordered = [by_id[each.id] for each in painted]
    rows = item_rows(ordered, seer, one)
    return {
        "id": str(one.id),
        "name": text(one.name_en, one.name_hi),
        "place": one.place,
        "jurisdiction": one.jurisdiction_path,
        "agency": one.agency_code,
        "columns": one.columns,
        "rows": one.rows,
        "language": one.language,
        "reserved": one.reserved,
        "alarm_severity": one.alarm_severity,
        "alarm_for_s": one.alarm_for_s,
        "active": one.active,
        "enrolled_ms": one.enrolled_ms if one.key_hash else None,
        "seen_ms": one.seen_ms,
        "linked": bool(one.key_hash and one.seen_ms and now - one.seen_ms < LINKED_MS),
        "setup": one.setup,
        "version": one.version,
        "items": [row for row in rows if row["id"] in on_top],
        "beneath": [row for row in rows if row["id"] not in on_top],
    }


def item_rows(showings: Sequence[Showing], seer: Actor, of: Screen) -> list[dict[str, Any]]:
    contents = items.filled_in(showings, seer, of)
    return [
        {
            "id": str(one.id),
            "kind": one.kind,
            "x": one.x,
            "y": one.y,
            "w": one.w,
            "h": one.h,
            "priority": one.priority,
            "source": one.source,
            "by": one.by_name,
            "why": {"en": one.why["en"], "hi": one.why["hi"]} if one.why else None,
            "put_ms": one.put_ms,
            "until_ms": one.until_ms,
            "act": str(one.act),
            "content": content,
        }
        for one, content in zip(showings, contents, strict=True)
    ]


def placed(one: Showing) -> Placed:
    return Placed(str(one.id), Rect(one.x, one.y, one.w, one.h), one.priority, one.put_ms, one.until_ms)


def standing_on(one: Screen) -> list[Showing]:
    return list(Showing.objects.filter(screen=one, ended_ms__isnull=True).order_by("put_ms", "id"))


def changed(act: Action, screens: Sequence[Screen], what: str) -> None:
    """wall.changed, to everybody who may look at each: a screen of all agencies is told of to each of them; and the
    media engines, what may be seen on each from now on."""
    streams.tell(screens)
    at = now_ms()
    agencies = ["", *Agency.objects.filter(active=True).order_by("code").values_list("code", flat=True)]
    for one in screens:
        data = {"screen_id": str(one.id), "version": one.version, "what": what}
        for agency in [one.agency_code] if one.agency_code else agencies:
            act.emit("wall", Event(WALL_CHANGED, str(one.id), at, data, one.jurisdiction_path, agency))


def about(act: Action, one: Screen, *, also: bool = False) -> None:
    act.about("screen", one.id, one.name_en, jurisdiction=one.jurisdiction_path, agency=one.agency_code, also=also)
