"""Putting something on screens and taking it away; also for desks above this one.

    showing.show(actor=system("procedures"), screen_id=..., items=[ScreenItemIn(kind="camera", camera=...)], for_s=600,
                 key=..., source=Source.PROCEDURE, why=text(...))

Two who put something on the same tile at once: the later one lies on top, and both stand there, by name. A wall is not
a form: who pushes a picture during an incident must see it hang there, not a question; whoever lies beneath is told,
and is back with one press. Screens themselves are set up with versions (screens.py).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.core.wallplan import Rect, beneath, place, standing
from prahari.desks.common import rules as dated
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, invalid, not_found, text
from prahari.desks.wall import items as things
from prahari.desks.wall import rules, states
from prahari.desks.wall.choices import PRIORITY, SIZES, Ended, Source
from prahari.desks.wall.models import Screen, Showing
from prahari.desks.wall.screen_schemas import ScreenItemIn

STANDING_MOST = 200


def show(
    *, actor: Actor, screen_id: UUID, items: Sequence[ScreenItemIn], for_s: int | None = None, key: UUID | None = None,
    source: Source = Source.PERSON, why: Mapping[str, Any] | None = None, priority: int | None = None,
) -> tuple[UUID, list[Showing]]:  # fmt: skip
    """Put these on a screen: (the act, for taking it back; what they hide now). for_s None: until taken away. The same
    key does it once. why: {en, hi} and what it was for. Raises Problem 403, 404, 409, 422."""
    act_id = key or uuid.uuid4()
    with action("wall.show", actor=actor) as act:
        screen = held(actor, screen_id)
        states.about(act, screen)
        if Showing.objects.filter(act=act_id).exists():
            return act_id, []
        over = put(act, actor, screen, items, act_id, source=source, for_s=for_s, why=why, priority=priority)
        states.changed(act, [screen], "show")
    return act_id, over


def put(
    act: Action, actor: Actor, screen: Screen, items: Sequence[ScreenItemIn], act_id: UUID, *, source: Source,
    for_s: int | None = None, why: Mapping[str, Any] | None = None, priority: int | None = None,
) -> list[Showing]:  # fmt: skip
    """Within an action, with the screen held. What the new things hide, from the top down."""
    if not screen.active:
        raise conflict("not_active", "This screen is not in use.", "यह स्क्रीन उपयोग में नहीं है।")
    now = now_ms()
    there = _without_run_out(screen, now)
    if len(there) + len(items) > STANDING_MOST:
        raise conflict("too_many", "Too much stands on this screen. Clear it first.",
                       "इस स्क्रीन पर बहुत कुछ है। पहले इसे ख़ाली करें।")  # fmt: skip
    hidden: dict[UUID, Showing] = {}
    for number, form in enumerate(items):
        painted = standing(map(states.placed, there), now)
        rect = _where(screen, form, painted, source)
        by_id = {one.id: one for one in there}
        for one in beneath(painted, rect):
            under = by_id[UUID(one.id)]
            if under.act != act_id:
                hidden[under.id] = under
        made = Showing.objects.create(
            key=uuid.uuid5(act_id, f"{screen.id} {number}"), screen=screen, kind=form.kind, act=act_id,
            what=things.checked(actor, screen, form), x=rect.x, y=rect.y, w=rect.w, h=rect.h,
            priority=PRIORITY[source] if priority is None else priority, source=source, why=dict(why or {}),
            by_id=actor.id, by_name=actor.called, put_ms=max(now, *(one.put_ms + 1 for one in there), 0),
            until_ms=None if for_s is None else now + for_s * 1000,
        )  # fmt: skip
        there.append(made)
    _thin_out(there, act_id, now)
    screen.version += 1
    screen.save(update_fields=["version"])
    act.details(act=str(act_id), items=[one.kind for one in items], for_s=for_s, source=source)
    return list(hidden.values())


def _where(screen: Screen, form: ScreenItemIn, painted: Any, source: Source) -> Rect:
    w, h = form.size or SIZES[form.kind]  # type: ignore[index]
    w, h = min(w, screen.columns), min(h, screen.rows)
    if form.at is None:
        reserved = Rect(*screen.reserved) if screen.reserved else None
        return place(screen.columns, screen.rows, w, h, painted, reserved)
    x, y = form.at
    # What is named by its corner alone takes what room is left of its size.
    rect = Rect(x, y, *((w, h) if form.size else (min(w, screen.columns - x), min(h, screen.rows - y))))
    if not rect.fits(screen.columns, screen.rows):
        raise invalid(at=text("This is not within the screen.", "यह स्क्रीन के भीतर नहीं है।"))
    return rect


def _without_run_out(screen: Screen, now: int) -> list[Showing]:
    Showing.objects.filter(screen=screen, ended_ms__isnull=True, until_ms__lte=now).update(
        ended_ms=now, ended=Ended.RUN_OUT
    )
    return states.standing_on(screen)


def _thin_out(there: Sequence[Showing], act_id: UUID, now: int) -> None:
    """What lies too deep beneath others on its very tiles, and has no end of its own, is taken away."""
    most = dated.value(rules.BENEATH_MOST)
    for one in there:
        above = [
            other for other in there
            if (other.priority, other.put_ms) > (one.priority, one.put_ms) and other.until_ms is None
            and (other.x, other.y, other.w, other.h) == (one.x, one.y, one.w, one.h)
        ]  # fmt: skip
        if one.until_ms is None and len(above) > most:
            one.ended_ms, one.ended, one.ended_act = now, Ended.REPLACED, act_id
            one.save(update_fields=["ended_ms", "ended", "ended_act"])


def release(
    *, actor: Actor, screen_id: UUID, showings: Sequence[UUID] | None = None, key: UUID | None = None
) -> UUID:  # fmt: skip
    """Take these away, or all that people put there; what lay beneath is to be seen again. The act, for undoing it.

    What is gone already is no error. Raises Problem 403, 404.
    """
    act_id = key or uuid.uuid4()
    with action("wall.release", actor=actor) as act:
        screen = held(actor, screen_id)
        states.about(act, screen)
        found = Showing.objects.filter(screen=screen, ended_ms__isnull=True)
        by_people = {"source__in": [Source.PERSON, Source.SALVO]}
        found = found.filter(**by_people) if showings is None else found.filter(id__in=showings)
        count = end(found, actor, act_id)
        act.details(act=str(act_id), taken_away=count)
        if count:
            screen.version += 1
            screen.save(update_fields=["version"])
            states.changed(act, [screen], "release")
    return act_id


def end(found: Any, actor: Actor, act_id: UUID, how: Ended = Ended.TAKEN_BACK) -> int:
    count: int = found.update(ended_ms=now_ms(), ended=how, ended_by_name=actor.called, ended_act=act_id)
    return count


def undo(*, actor: Actor, act_id: UUID) -> list[Screen]:
    """Take an act back as one: what it put goes, what it took away is there again. The screens.

    Raises Problem 403, 404 (no such act; one of its screens is out of reach).
    """
    actor.require(states.CONTROL)
    put_there = Showing.objects.filter(act=act_id)
    ended = Showing.objects.filter(ended_act=act_id)
    ids = {*put_there.values_list("screen_id", flat=True), *ended.values_list("screen_id", flat=True)}
    if not ids:
        raise not_found("There is nothing to take back.", "वापस लेने के लिए कुछ नहीं है।")
    with action("wall.undo", actor=actor) as act:
        screens = [held(actor, one) for one in sorted(ids)]
        now = now_ms()
        revived = ended.exclude(act=act_id).exclude(until_ms__lte=now)
        for one in screens:
            states.about(act, one, also=one is not screens[0])
            one.version += 1
            one.save(update_fields=["version"])
        came_back = revived.update(ended_ms=None, ended=Ended.NOT_YET, ended_by_name="", ended_act=None)
        gone = end(put_there.filter(ended_ms__isnull=True), actor, uuid.uuid4())
        act.details(act=str(act_id), gone=gone, back=came_back)
        states.changed(act, screens, "undo")
    return screens


def held(actor: Actor, screen_id: UUID, permission: str = states.CONTROL) -> Screen:
    """The screen's row: two who write are one after the other. Raises Problem 403, 404."""
    states.screen(actor, screen_id, permission)
    return Screen.objects.select_for_update(of=("self",), no_key=True).get(id=screen_id)
