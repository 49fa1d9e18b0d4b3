"""Named sets of what stands on several screens: kept from what is there, switched with one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import Problem, not_found, text
from prahari.desks.wall import items, showing, states
from prahari.desks.wall.choices import Ended, Source
from prahari.desks.wall.models import Salvo, Screen, Showing
from prahari.desks.wall.screen_schemas import SalvoEdit, SalvoIn, ScreenItemIn

_OWN = (Source.PERSON, Source.SALVO)


def salvos_in(actor: Actor) -> QuerySet[Salvo]:
    """Those all of whose screens the actor may steer: a salvo does everything or nothing."""
    reached = {str(one) for one in states.screens_in(actor).values_list("id", flat=True)}
    ids = [one.id for one in Salvo.objects.all() if set(one.screens) <= reached]
    return Salvo.objects.filter(id__in=ids)


def salvo(actor: Actor, salvo_id: UUID) -> Salvo:
    """Raises Problem 403, 404."""
    found = salvos_in(actor).filter(id=salvo_id).first()
    if found is None:
        raise not_found("There is no such set of screens in your area.", "आपके क्षेत्र में ऐसा कोई दृश्य-समूह नहीं है।")
    return found


def page(actor: Actor) -> dict[str, Any]:
    found = list(salvos_in(actor).order_by("name_en", "id"))
    return {"items": rows(found), "next": None, "total": len(found), "as_of_ms": now_ms()}


def rows(found: Sequence[Salvo]) -> list[dict[str, Any]]:
    ids = {one for salvo in found for one in salvo.screens}
    names = {str(one.id): text(one.name_en, one.name_hi) for one in Screen.objects.filter(id__in=ids)}
    return [
        {
            "id": str(one.id),
            "name": text(one.name_en, one.name_hi),
            "screens": [
                {"id": screen, "name": names[screen], "items": len(items)}
                for screen, items in one.screens.items() if screen in names
            ],
            "version": one.version,
        }
        for one in found
    ]  # fmt: skip


def create(*, actor: Actor, form: SalvoIn) -> Salvo:
    """What people have put on these screens, kept under a name. Raises Problem 403, 404."""
    with action("wall.create_salvo", actor=actor) as act:
        one = Salvo(name_en=form.name.en, name_hi=form.name.hi, screens=_taken(actor, form.screens), edited_ms=now_ms())
        one.save(force_insert=True)
        _about(act, one)
    return one


def edit(*, actor: Actor, salvo_id: UUID, form: SalvoEdit) -> Salvo:
    """Raises Problem 403, 404, 409 `changed`."""
    with action("wall.edit_salvo", actor=actor) as act:
        salvo(actor, salvo_id)
        one = Salvo.objects.select_for_update().get(id=salvo_id)
        if one.version != form.version:
            raise Changed(rows([one])[0])
        one.name_en, one.name_hi = form.name.en, form.name.hi
        if form.screens is not None:
            one.screens = _taken(actor, form.screens)
        one.version += 1
        one.edited_ms = now_ms()
        one.save()
        _about(act, one)
    return one


def delete(*, actor: Actor, salvo_id: UUID) -> None:
    with action("wall.delete_salvo", actor=actor) as act:
        one = salvo(actor, salvo_id)
        _about(act, one)
        one.delete()


def _taken(actor: Actor, screens: Sequence[UUID]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for screen_id in dict.fromkeys(screens):
        one = states.screen(actor, screen_id)
        there = Showing.objects.filter(screen=one, ended_ms__isnull=True, source__in=_OWN, until_ms__isnull=True)
        found[str(one.id)] = [
            {"kind": each.kind, **each.what, "at": [each.x, each.y], "size": [each.w, each.h]}
            for each in there.order_by("put_ms", "id")
        ]
    return found


def _about(act: Action, one: Salvo) -> None:
    act.about("wall salvo", one.id, one.name_en)
    act.details(screens=list(one.screens))


def switch(*, actor: Actor, salvo_id: UUID, key: UUID) -> tuple[UUID, list[Screen], int]:
    """All its screens show what was kept; what people had put there goes, what alarms put there stays. (The act, the
    screens, how many things could not be shown any more.) The same key does it once. Raises Problem 403, 404."""
    with action("wall.switch", actor=actor) as act:
        one = salvo(actor, salvo_id)
        _about(act, one)
        screens = [showing.held(actor, UUID(each)) for each in sorted(one.screens)]
        if Showing.objects.filter(act=key).exists() or Showing.objects.filter(ended_act=key).exists():
            return key, screens, 0
        left_out = 0
        for screen in screens:
            there = Showing.objects.filter(screen=screen, ended_ms__isnull=True, source__in=_OWN)
            showing.end(there, actor, key, Ended.REPLACED)
            sound = [form for item in one.screens[str(screen.id)] if (form := _still(actor, screen, item))]
            left_out += len(one.screens[str(screen.id)]) - len(sound)
            showing.put(act, actor, screen, sound, key, source=Source.SALVO,
                        why=text(f"Set: {one.name_en}", f"समूह: {one.name_hi}"))  # fmt: skip
        act.details(salvo=str(one.id), left_out=left_out)
        states.changed(act, screens, "salvo")
    return key, screens, left_out


def _still(actor: Actor, screen: Screen, item: dict[str, Any]) -> ScreenItemIn | None:
    """None: it cannot be shown any more, by this person on this screen."""
    form = ScreenItemIn(**{name: value for name, value in item.items() if value is not None})
    try:
        items.checked(actor, screen, form)
        fits = form.at is None or form.size is None or (
            form.at[0] + form.size[0] <= screen.columns and form.at[1] + form.size[1] <= screen.rows
        )  # fmt: skip
    except Problem:
        return None
    return form if fits else None
