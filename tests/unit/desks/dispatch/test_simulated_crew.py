"""The demonstration's crews answer a call by the doors of a real api."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import aiohttp
import pytest
from django.apps import apps
from django.core.wsgi import get_wsgi_application

import dispatch_rig as rig
import incidents_rig
from prahari.contracts.happenings import demo_crew
from prahari.desks.accounts import actions as accounts
from prahari.desks.dispatch.models import Assignment, CrewMember
from prahari.simcity.emergency.crew import SimCrew, due
from prahari.simcity.emergency.patrol import SimPatrol
from scope import World

STREET = [(80.33, 26.44), (80.34, 26.44)]
INCIDENT = {"incident": {"lat": 26.45}}


@pytest.mark.parametrize(
    ("assignment", "there", "deed"),
    [
        ({"state": "offered", "offered_ms": 9_000}, False, None),
        ({"state": "offered", "offered_ms": 1_000}, False, "acknowledge"),
        ({"state": "acknowledged", "acknowledged_ms": -5_000}, False, "en_route"),
        (INCIDENT | {"state": "en_route"}, False, None),
        (INCIDENT | {"state": "en_route"}, True, "arrive"),
        ({"incident": {"lat": None}, "state": "en_route", "en_route_ms": -60_000}, False, "arrive"),
        ({"state": "arrived", "arrived_ms": 9_000}, True, None),
        ({"state": "arrived", "arrived_ms": -90_000}, True, "clear"),
    ],
)
def test_what_comes_next(assignment: dict[str, Any], there: bool, deed: str | None) -> None:
    assert due(assignment, 10_000, there=there) == deed


def test_called_away_and_back_to_its_street() -> None:
    patrol = SimPatrol("AMB-1", STREET, speed_kmh=0)
    home = patrol.step(5)
    patrol.go_to((80.35, 26.46))
    steps = 0
    while not patrol.is_there:
        said = patrol.step(5)
        steps += 1
    assert steps > 10 and (said["lat"], said["lon"]) == ("26.460000", "80.350000") and said["speed"] == "0.0"
    patrol.go_to(None)
    for _ in range(steps + 1):
        said = patrol.step(5)
    assert (said["lat"], said["lon"]) == (home["lat"], home["lon"]) and not patrol.is_there


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def api(transactional_db: None) -> Iterator[str]:
    """Its address."""
    with Server(("127.0.0.1", 0), Quiet) as server:
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_call_is_answered(transactional_world: World, api: str) -> None:
    world = transactional_world
    import_module("prahari.desks.incidents.migrations.0002_seeds").fill(apps, None)
    unit = rig.unit(world, call_sign="PCR-2", status="off_duty")
    username, password = demo_crew("secret", "PCR-2")
    where = {"jurisdiction": World.HOME, "agency": World.AGENCY}
    person, _ = accounts.create_user(actor=world.system, username=username, name="Crew", **where)
    person.set_password(password)
    person.must_change_password = False
    person.save()
    accounts.give_role(actor=world.system, user_id=person.pk, role="constable", **where)
    patrol = SimPatrol("PCR-2", STREET)
    crew = SimCrew(api, patrol, "secret")

    def looks(times: int = 1) -> None:
        async def look() -> None:
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
                await crew._sign_in(http)
                for _ in range(times):
                    await crew.look(http)

        asyncio.run(look())

    looks()
    assert rig.status_of(unit) == "available" and CrewMember.objects.get().person_id == person.pk
    sent = rig.sent(world, incidents_rig.opened(world), unit)
    for column, state in (("offered_ms", "acknowledged"), ("acknowledged_ms", "en_route")):
        Assignment.objects.filter(id=sent.id).update(**{column: 1})
        looks()
        sent.refresh_from_db()
        assert sent.state == state
    looks()  # leaves its street
    while not patrol.is_there:
        patrol.step(60)
    looks()
    Assignment.objects.filter(id=sent.id).update(arrived_ms=1)
    looks(2)
    sent.refresh_from_db()
    assert sent.state == "cleared" and "Demonstration" in sent.reason and rig.status_of(unit) == "available"
