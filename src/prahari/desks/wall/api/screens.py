"""Endpoints of the wall's screens: set up, shown on, taken away from, switched together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.wall import salvos, screens, showing, states
from prahari.desks.wall import screen_schemas as s

router = Router(tags=["wall"])


@router.get("/screens", response=responses(s.ScreenPage))
def list_screens(request: HttpRequest) -> HttpResponse:
    return reply(states.page(actor_of(request)))


@router.post("/screens", response=responses(s.ScreenState, 201))
def create_screen(request: HttpRequest, payload: s.ScreenIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(states.state(screens.create(actor=actor, form=payload), actor), 201)


@router.put("/screens/{screen_id}", response=responses(s.ScreenState))
def edit_screen(request: HttpRequest, screen_id: UUID, payload: s.ScreenEdit) -> HttpResponse:
    actor = actor_of(request)
    return reply(states.state(screens.edit(actor=actor, screen_id=screen_id, form=payload), actor))


@router.post("/screens/{screen_id}/enrol", response=responses(s.ScreenState))
def enrol_screen(request: HttpRequest, screen_id: UUID, payload: s.ScreenCodeIn) -> HttpResponse:
    """With the code that its kiosk shows."""
    actor = actor_of(request)
    return reply(states.state(screens.enrol(actor=actor, screen_id=screen_id, form=payload), actor))


@router.post("/screens/{screen_id}/revoke", response=responses(s.ScreenState))
def revoke_screen(request: HttpRequest, screen_id: UUID, payload: s.ScreenReason) -> HttpResponse:
    actor = actor_of(request)
    return reply(states.state(screens.revoke(actor=actor, screen_id=screen_id, reason=payload.reason), actor))


@router.post("/screens/{screen_id}/show", response=responses(s.ScreenPut))
def show_on_screen(request: HttpRequest, screen_id: UUID, payload: s.ShowIn) -> HttpResponse:
    """The later lies over the earlier; `over` says whose is hidden now."""
    actor = actor_of(request)
    act, over = showing.show(
        actor=actor, screen_id=screen_id, items=payload.items, for_s=payload.for_s, key=payload.key
    )
    screen = states.screen(actor, screen_id)
    state = states.state(screen, actor)
    return reply({"act": str(act), "screen": state, "over": states.item_rows(over, actor, screen)})


@router.post("/screens/{screen_id}/release", response=responses(s.ScreenPut))
def release_from_screen(request: HttpRequest, screen_id: UUID, payload: s.ReleaseIn) -> HttpResponse:
    actor = actor_of(request)
    act = showing.release(actor=actor, screen_id=screen_id, showings=payload.showings, key=payload.key)
    return reply({"act": str(act), "screen": states.state(states.screen(actor, screen_id), actor), "over": []})


@router.post("/wall-acts/{act_id}/undo", response=responses(s.WallActUndone))
def undo_wall_act(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """What it put goes, what it took away is there again."""
    actor = actor_of(request)
    return reply({"screens": states.states(showing.undo(actor=actor, act_id=act_id), actor)})


@router.get("/salvos", response=responses(s.SalvoList))
def list_salvos(request: HttpRequest) -> HttpResponse:
    return reply(salvos.page(actor_of(request)))


@router.post("/salvos", response=responses(s.SalvoRow, 201))
def create_salvo(request: HttpRequest, payload: s.SalvoIn) -> HttpResponse:
    return reply(salvos.rows([salvos.create(actor=actor_of(request), form=payload)])[0], 201)


@router.put("/salvos/{salvo_id}", response=responses(s.SalvoRow))
def edit_salvo(request: HttpRequest, salvo_id: UUID, payload: s.SalvoEdit) -> HttpResponse:
    return reply(salvos.rows([salvos.edit(actor=actor_of(request), salvo_id=salvo_id, form=payload)])[0])


@router.delete("/salvos/{salvo_id}", response=responses(None, 204))
def delete_salvo(request: HttpRequest, salvo_id: UUID) -> HttpResponse:
    salvos.delete(actor=actor_of(request), salvo_id=salvo_id)
    return HttpResponse(status=204)


@router.post("/salvos/{salvo_id}/switch", response=responses(s.SalvoSwitched))
def switch_salvo(request: HttpRequest, salvo_id: UUID, payload: s.WallActKey) -> HttpResponse:
    """All its screens at once."""
    actor = actor_of(request)
    act, switched, left_out = salvos.switch(actor=actor, salvo_id=salvo_id, key=payload.key)
    return reply({"act": str(act), "screens": states.states(switched, actor), "left_out": left_out})
