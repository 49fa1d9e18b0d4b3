"""A crew's telephone comes back after an hour without a network: what it kept is sent twice, late, in pieces, out of
order and by several at once, while connections to the database are cut. Everything is there once, where it was.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

import dispatch_rig as rig
import incidents_rig
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import OutboxMessage
from prahari.desks.dispatch.models import Assignment, CrewDeed, Unit, UnitMessage
from prahari.desks.incidents.models import Incident
from prahari.eventlog.store import Received, store
from scope import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

MINUTE_MS = 60_000
BEHIND_MS = 2 * 3_600_000
"""The telephone's clock."""
CLOSE_MS = 10_000
"""The way of a message takes some of the time that its clock is put right by."""
STEPS = {"acknowledge": 60, "en_route": 58, "arrive": 40, "clear": 5}
"""Minutes ago."""


class Storm:
    """Cuts connections to the database in the middle of what they do, except the test's own."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), current_database()")
            self._spared, self._database = cursor.fetchone()
        self.cut = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._rage)

    def __enter__(self) -> Storm:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _rage(self) -> None:
        with psycopg.connect(_address(), autocommit=True) as killer:
            while not self._over.wait(0.05):
                cut = killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> ALL(%s)"
                    " AND state IN ('active', 'idle in transaction') AND xact_start IS NOT NULL"
                    " ORDER BY random() LIMIT 1",
                    [self._database, [self._spared, killer.info.backend_pid]],
                ).fetchall()
                self.cut += len(cut)


def _address() -> str:
    found = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"], dbname=found["NAME"]
    )


def _in_pieces(kept: Sequence[dict[str, Any]], most: int, chance: random.Random) -> list[list[dict[str, Any]]]:
    """All of it twice, mixed, some at a time."""
    mixed = [*kept, *kept]
    chance.shuffle(mixed)
    pieces = []
    while mixed:
        size = chance.randint(1, most)
        pieces.append(mixed[:size])
        mixed = mixed[size:]
    return pieces


def _send(phone: Client, path: str, name: str, behind_ms: int, piece: list[dict[str, Any]]) -> None:
    """As the telephone does: again until there is an answer, and again whatever is answered `later`."""
    while piece:
        body = {"sent_at_ms": now_ms() - behind_ms, name: piece}
        try:
            answer = phone.post(f"{rig.API}{path}", body, "application/json")
        finally:
            connection.close()
        if answer.status_code != 200:
            continue
        said = answer.json()
        if name == "positions":
            assert said["refused"] == []
            return
        results = {one["id"]: one for one in said["results"]}
        assert not [one for one in results.values() if one["status"] == "refused"]
        piece = [one for one in piece if results[one["id"]]["status"] == "later"]


@pytest.mark.parametrize("seed", [1, 2])
def test_an_hour_without_a_network(transactional_world: World, seed: int) -> None:
    world, chance = transactional_world, random.Random(seed)
    import_module("prahari.desks.incidents.migrations.0002_seeds").fill(apps, None)
    ravi, unit = rig.constable(world, "ravi"), rig.unit(world, at=None)
    rig.aboard(unit, ravi, since_s=7_200)
    incident = incidents_rig.opened(world)
    sent = rig.sent(world, incident, unit)
    at = now_ms()
    Assignment.objects.filter(id=sent.id).update(offered_ms=at - 62 * MINUTE_MS)
    Incident.objects.filter(id=incident.id).update(opened_ms=at - 65 * MINUTE_MS, happened_ms=at - 65 * MINUTE_MS)

    deeds = [
        rig.deed(unit, kind, assignment=sent.id, made_at_ms=at - BEHIND_MS - ago * MINUTE_MS)
        for kind, ago in STEPS.items()
    ]
    deeds += [rig.deed(unit, "message", text=f"Word {n}", made_at_ms=at - BEHIND_MS - n * MINUTE_MS) for n in range(3)]
    positions = [rig.position(at_ms=at - n * MINUTE_MS, lat=26.4 + n / 1000) for n in range(60)]
    phones = [world.browser(ravi) for _ in range(4)]
    for phone in phones:
        phone.raise_request_exception = False  # it sees an answer or none
    pieces: list[tuple[str, str, int, list[dict[str, Any]]]] = [
        *(("/unit/sync", "deeds", BEHIND_MS, piece) for piece in _in_pieces(deeds, 3, chance)),
        *(("/unit/position", "positions", 0, piece) for piece in _in_pieces(positions, 25, chance)),
    ]
    chance.shuffle(pieces)

    with ThreadPoolExecutor(len(phones)) as pool:
        with Storm() as storm:
            sending = [
                pool.submit(_send, phone, *piece) for phone, piece in zip(itertools.cycle(phones), pieces, strict=False)
            ]
            deadline = time.monotonic() + 2
            while time.monotonic() < deadline and not all(one.done() for one in sending):
                time.sleep(0.01)
        for one in sending:
            one.result(60)
    assert storm.cut > 0

    _the_call_is_as_it_was(sent, incident, unit, at)
    assert CrewDeed.objects.count() == len(deeds)
    assert UnitMessage.objects.filter(from_unit=True).count() == 3
    audited = AuditEntry.objects.filter(action__in=[f"unit.{one['deed']}" for one in deeds], actor_id=ravi.pk)
    assert audited.count() == len(deeds)
    asyncio.run(_into_the_tables(chance))
    with connection.cursor() as cursor:
        cursor.execute("SELECT at_ms FROM unit_position WHERE unit_id = %s", [unit.id])
        assert cursor.fetchall() == [(at,)]
        cursor.execute("SELECT count(*) FROM unit_track WHERE unit_id = %s", [unit.id])
        assert cursor.fetchall() == [(len(positions),)]


def _the_call_is_as_it_was(sent: Assignment, incident: Incident, unit: Unit, at: int) -> None:
    sent.refresh_from_db()
    incident.refresh_from_db()
    assert sent.state == "cleared" and rig.status_of(unit) == "available"
    times = (sent.acknowledged_ms, sent.en_route_ms, sent.arrived_ms, sent.ended_ms)
    for time_ms, ago in zip(times, STEPS.values(), strict=True):
        assert time_ms is not None and abs(time_ms - (at - ago * MINUTE_MS)) < CLOSE_MS
    assert incident.arrived_ms is not None
    assert abs(incident.arrived_ms - (at - STEPS["arrive"] * MINUTE_MS)) < CLOSE_MS


async def _into_the_tables(chance: random.Random) -> None:
    """What the event log would hand to its writer: twice, in any order."""
    told = [bytes(one.payload) async for one in OutboxMessage.objects.filter(subject="events.units")]
    told += told
    chance.shuffle(told)
    async with await psycopg.AsyncConnection.connect(_address(), autocommit=True) as writer:
        for number, payload in enumerate(told, 1):
            await store(writer, [Received(number, "events.units", payload)])
