"""Doors of a kiosk before a screen of the wall: it holds a key, nobody is signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.accounts.schemas import EventToken
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.web import host_of
from prahari.desks.linking.schemas import CameraTokens
from prahari.desks.wall import items, kiosk, screens
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.models import Screen

router = Router(tags=["wall"])


def _screen(request: HttpRequest) -> Screen:
    return cast(Screen, request.auth)  # type: ignore[attr-defined]


@router.post("/screen/enrolments", auth=None, response=responses(s.EnrolmentOut, 201))
def wait_to_be_enrolled(request: HttpRequest, payload: s.EnrolmentIn) -> HttpResponse:
    """A kiosk shows the code; somebody types it in at the desk; its key is good from then on."""
    return reply(screens.wait(ip=request.META.get("REMOTE_ADDR", ""), form=payload), 201)


@router.get("/screen", auth=kiosk.screen_key, response=responses(s.ScreenNow))
def screen_now(request: HttpRequest) -> HttpResponse:
    return reply(kiosk.now(_screen(request)))


@router.put("/screen/key", auth=kiosk.screen_key, response=responses(None, 204))
def change_screen_key(request: HttpRequest, payload: s.EnrolmentIn) -> HttpResponse:
    """The kiosk's next key; the one it asks with ends."""
    screen = _screen(request)
    actor = items.actor_of(screen, request.META.get("REMOTE_ADDR", ""))
    screens.change_key(actor=actor, screen=screen, key_hash=payload.key_hash)
    return HttpResponse(status=204)


@router.post("/screen/media-tokens", auth=kiosk.screen_key, response=responses(CameraTokens))
def screen_media_tokens(request: HttpRequest, payload: s.KioskTokensIn) -> HttpResponse:
    """For cameras that stand on the screen."""
    ip = request.META.get("REMOTE_ADDR", "")
    return reply(kiosk.media_tokens(_screen(request), payload, ip, host_of(request)))


@router.post("/screen/event-token", auth=kiosk.screen_key, response=responses(EventToken))
def screen_event_token(request: HttpRequest) -> HttpResponse:
    return reply(kiosk.event_token(_screen(request), host_of(request)))
