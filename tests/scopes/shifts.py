"""Endpoints of the shifts desk."""

from __future__ import annotations

import uuid
from typing import Any

import registry_rig
import shifts_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.shifts import duties
from prahari.desks.shifts.models import AttentionCheck, Duty, Post, ShiftPattern
from scope import Endpoint, World

VIEW, MANAGE, ATTENTION = "shift.view", "shift.manage", "attention.view"
REASON = {"reason": "As the supervisor decided"}
WINDOW = "from_ms=1000&to_ms=7201000"


def post(world: World) -> dict[str, str]:
    return {"post_id": str(rig.post(world).id)}


def pattern(world: World) -> dict[str, str]:
    return {"pattern_id": str(rig.pattern(world).id)}


def entry(world: World) -> dict[str, str]:
    return {"entry_id": str(rig.entry(rig.post(world), rig.sitter(world), 2).id)}


def entry_now(world: World) -> dict[str, str]:
    """In the window that is asked for."""
    made = rig.entry(rig.post(world), rig.sitter(world), 2)
    type(made).objects.filter(id=made.id).update(from_ms=2_000, to_ms=3_000)
    return {"entry_id": str(made.id)}


def duty(world: World) -> dict[str, str]:
    return {"duty_id": str(rig.on_duty(world).id)}


def offered(world: World) -> dict[str, str]:
    given = rig.on_duty(world)
    made = duties.offer(actor=rig.actor(given.person), duty_id=given.id, note="All quiet")
    return {"handover_id": str(made.id)}


def check(world: World) -> dict[str, str]:
    at = now_ms()
    made = AttentionCheck.objects.create(duty=rig.on_duty(world), asked_ms=at, due_ms=at + 60_000)
    return {"check_id": str(made.id)}


def new_post(world: World) -> dict[str, Any]:
    return _post("desk-new")


def _post(code: str) -> dict[str, Any]:
    return REASON | {
        "code": code, "name": {"en": "New desk", "hi": "नया डेस्क"}, "jurisdiction": World.HOME, "agency": World.AGENCY
    }  # fmt: skip


def edited_post(world: World) -> dict[str, Any]:
    body = _post("x")
    del body["code"]
    return body | {"version": 1}


def new_entry(world: World) -> dict[str, Any]:
    where = rig.post(world)
    at = now_ms()
    return {"post": str(where.id), "person": str(rig.sitter(world).id), "from_ms": at, "to_ms": at + 3_600_000}


def edited_entry(world: World) -> dict[str, Any]:
    body = new_entry(world)
    del body["post"]
    return body | REASON | {"version": 1}


def laying_out(world: World) -> dict[str, Any]:
    made: Post = rig.post(world)
    how: ShiftPattern = rig.pattern(world)
    people = [{"person": str(rig.sitter(world).id), "begin": 0}]
    return {"post": str(made.id), "pattern": str(how.id), "people": people, "first": "2026-11-23", "weeks": 1,
            "keep": True}  # fmt: skip


def stretches(world: World) -> dict[str, Any]:
    at = now_ms()
    camera = str(registry_rig.camera(world).pk)
    one = {"id": str(uuid.uuid4()), "camera": camera, "from_ms": at - 5_000, "to_ms": at}
    return {"sent_ms": at, "stretches": [one]}


def sitting_down(world: World) -> dict[str, Any]:
    return {"key": str(uuid.uuid4())}


def a_break(world: World) -> dict[str, Any]:
    return {"cover": str(Duty.objects.latest("from_ms").person_id)}


# Duties, hand-overs and questions belong to a person: who asks here is another one, who is told that there is none
# (tests/unit/desks/shifts has those whose they are).
ENDPOINTS = [
    Endpoint("GET", "/shift-posts", VIEW, row=post, lists=True),
    Endpoint("POST", "/shift-posts", MANAGE, body=new_post, success=201, elsewhere=403),
    Endpoint("PUT", "/shift-posts/{post_id}", MANAGE, row=post, body=edited_post),
    Endpoint("GET", "/shift-posts/{post_id}/people", VIEW, row=post),
    Endpoint("POST", "/shift-posts/{post_id}/sign-on", VIEW, row=post, body=sitting_down, success=201),
    Endpoint("GET", "/shift-patterns", VIEW, row=pattern, lists=True),
    Endpoint("POST", "/shift-patterns", MANAGE, body=rig.PATTERN, success=201, elsewhere=403),
    Endpoint("PUT", "/shift-patterns/{pattern_id}", MANAGE, row=pattern, body=rig.PATTERN | {"version": 1}),
    Endpoint("GET", "/roster", VIEW, row=entry_now, query="from_ms=1000&to_ms=7201000", lists=True),
    Endpoint("POST", "/roster", MANAGE, body=new_entry, success=201, elsewhere=404),
    Endpoint("POST", "/roster/lay-out", MANAGE, body=laying_out, elsewhere=404, also=(VIEW,)),
    Endpoint("POST", "/roster/publish", MANAGE, body={"from_ms": 1000, "to_ms": 2000}),
    Endpoint("PUT", "/roster/{entry_id}", MANAGE, row=entry, body=edited_entry),
    Endpoint("POST", "/roster/{entry_id}/cancel", MANAGE, row=entry, body=REASON | {"version": 1}, success=204),
    Endpoint("GET", "/shifts/me", VIEW),
    Endpoint("GET", "/shifts/board", VIEW, row=post, lists=True),
    Endpoint("GET", "/duties/{duty_id}/open-items", VIEW, row=duty, success=404),
    Endpoint("POST", "/duties/{duty_id}/hand-over", VIEW, row=duty, body={"note": "All quiet"}, success=404),
    Endpoint("POST", "/duties/{duty_id}/sign-off", VIEW, row=duty, body=REASON, success=404),
    Endpoint("POST", "/duties/{duty_id}/break", VIEW, row=duty, body=a_break, success=404),
    Endpoint("POST", "/duties/{duty_id}/back", VIEW, row=duty, success=404),
    Endpoint("POST", "/duties/{duty_id}/relieve", MANAGE, row=duty, body=REASON, success=204),
    Endpoint("GET", "/shift-handovers", VIEW, row=offered, lists=True),
    Endpoint("POST", "/shift-handovers/{handover_id}/accept", VIEW, row=offered, body=sitting_down),
    Endpoint("POST", "/shift-handovers/{handover_id}/withdraw", VIEW, row=offered, success=403),
    Endpoint("POST", "/attention", "camera.live", body=stretches),
    Endpoint("GET", "/attention/cameras", ATTENTION, query=f"{WINDOW}&area={World.HOME}"),
    Endpoint("GET", "/attention/duties", ATTENTION, query=WINDOW),
    Endpoint("GET", "/attention/me", VIEW, query=WINDOW),
    Endpoint("POST", "/attention/checks/{check_id}/shown", VIEW, row=check, success=404),
    Endpoint("POST", "/attention/checks/{check_id}/answer", VIEW, row=check, success=404),
]
