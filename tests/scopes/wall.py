"""Endpoints of the wall desk."""

from __future__ import annotations

import uuid
from typing import Any

import registry_rig
import wall_rig as rig
from prahari.core.scope import Grant, Scope
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.actor import Actor
from prahari.desks.wall import salvos, showing
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.models import WallLayout
from scope import Endpoint, World


def layout(world: World) -> dict[str, str]:
    """One that somebody has shared with World.HOME and World.AGENCY."""
    made = WallLayout.objects.create(
        name="Night", grid=4, tiles=[None] * 4, owner=world.person(), shared=True, agency_id=World.AGENCY,
        jurisdiction=Jurisdiction.objects.get(path=World.HOME), edited_ms=1,
    )  # fmt: skip
    return {"layout_id": str(made.pk)}


def screen(world: World) -> dict[str, str]:
    return {"screen_id": str(rig.screen(world).id)}


def salvo(world: World) -> dict[str, str]:
    made = salvos.create(
        actor=_operator(), form=s.SalvoIn(name={"en": "Festival", "hi": "त्योहार"}, screens=[rig.screen(world).id])
    )
    return {"salvo_id": str(made.id)}


def an_act(world: World) -> dict[str, str]:
    act, _ = showing.show(actor=_operator(), screen_id=rig.screen(world).id, items=[s.ScreenItemIn(kind="counts")])
    return {"act_id": str(act)}


def _operator() -> Actor:
    return Actor(None, "operator", "Operator", Scope((Grant(World.HOME, World.AGENCY, frozenset({CONTROL})),)))


def new_screen(world: World) -> dict[str, Any]:
    return rig.fields()


def edited_screen(world: World) -> dict[str, Any]:
    return rig.fields(setup=1)


def code(world: World) -> dict[str, Any]:
    return {"code": rig.Kiosk().wait(), "reason": "It hangs in the hall"}


def camera_on_it(world: World) -> dict[str, Any]:
    camera = registry_rig.camera(world)
    return {"key": str(uuid.uuid4()), "items": [{"kind": "camera", "camera": str(camera.pk)}]}


def key(world: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4())}


def new_salvo(world: World) -> dict[str, Any]:
    return {"name": {"en": "Match day", "hi": "मैच का दिन"}, "screens": [str(rig.screen(world).id)]}


USE, CONTROL, SET_UP = "wall.use", "wall.control", "wall.share"
REASON = {"reason": "The screen was moved"}
NAMES = {"name": {"en": "Night", "hi": "रात"}, "version": 1}
KEY = {"key_hash": "0" * 64}

ENDPOINTS = [
    Endpoint("GET", "/wall-layouts", USE, row=layout, lists=True),
    Endpoint("POST", "/wall-layouts", USE, body={"name": "Day", "grid": 4, "tiles": []}, success=201),
    # A shared layout is seen by all and changed by its owner alone (tests/unit/desks/wall).
    Endpoint("PATCH", "/wall-layouts/{layout_id}", USE, row=layout, body={"name": "x", "edited_ms": 1}, success=403),
    Endpoint("DELETE", "/wall-layouts/{layout_id}", USE, row=layout, success=403),
    Endpoint("GET", "/screens", CONTROL, row=screen, lists=True),
    Endpoint("POST", "/screens", CONTROL, body=new_screen, success=201, elsewhere=403, also=(SET_UP,)),
    Endpoint("PUT", "/screens/{screen_id}", CONTROL, row=screen, body=edited_screen, also=(SET_UP,)),
    Endpoint("POST", "/screens/{screen_id}/enrol", CONTROL, row=screen, body=code, also=(SET_UP,)),
    Endpoint("POST", "/screens/{screen_id}/revoke", CONTROL, row=screen, body=REASON, also=(SET_UP,)),
    Endpoint("POST", "/screens/{screen_id}/show", CONTROL, row=screen, body=camera_on_it, also=("camera.live",)),
    Endpoint("POST", "/screens/{screen_id}/release", CONTROL, row=screen, body=key),
    Endpoint("POST", "/wall-acts/{act_id}/undo", CONTROL, row=an_act),
    Endpoint("GET", "/salvos", CONTROL, row=salvo, lists=True),
    Endpoint("POST", "/salvos", CONTROL, body=new_salvo, success=201, elsewhere=404),
    Endpoint("PUT", "/salvos/{salvo_id}", CONTROL, row=salvo, body=NAMES),
    Endpoint("DELETE", "/salvos/{salvo_id}", CONTROL, row=salvo, success=204),
    Endpoint("POST", "/salvos/{salvo_id}/switch", CONTROL, row=salvo, body=key),
    # What each of the others counts, and whose, is in tests/unit/desks/wall/test_charts.py.
    Endpoint("GET", "/charts/{chart}", "alarm.view", row=lambda world: {"chart": "alarms_by_hour"}, elsewhere=200),
    # A kiosk's own: its key opens them, nobody's session does (tests/unit/desks/wall/test_kiosk.py).
    Endpoint("POST", "/screen/enrolments", None, body=KEY, success=201, public=True),
    Endpoint("GET", "/screen", None, success=401),
    Endpoint("PUT", "/screen/key", None, body=KEY, success=401),
    Endpoint("POST", "/screen/media-tokens", None, body={"camera_ids": [str(uuid.uuid4())]}, success=401),
    Endpoint("POST", "/screen/event-token", None, success=401),
]
