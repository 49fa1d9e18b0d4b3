"""The whole way of an alarm: a rule put in force at the desk, an event in the log, the alarm in somebody's queue."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

import registry_rig
from alarm_engine_rig import Rig
from prahari.contracts import bus
from prahari.contracts.events import Event, now_ms
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.common.outbox import publisher
from prahari.desks.linking import plans
from prahari.engines.alarms.engine import AlarmEngine
from prahari.eventlog.writer import Writer
from scope import World

JSON = "application/json"


@pytest.fixture
def database_url() -> str:
    row = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=row["NAME"], host=row["HOST"], port=row["PORT"] or None, user=row["USER"], password=row["PASSWORD"]
    )


def test_from_event_to_queue(
    transactional_world: World,
    fresh_nats_url: str,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, nats_url=fresh_nats_url))
    world = transactional_world
    with connection.cursor() as cursor:  # Django empties its own tables only
        cursor.execute("TRUNCATE alarm, event")
    client = world.client("alarm.view", "alarm.rule", "camera.view")
    camera = registry_rig.camera(world)
    body: dict[str, Any] = {
        "name": {"en": "Crowd", "hi": "भीड़"}, "severity": "high", "match": {"types": ["vision.crowd"]}, "count": 2,
    }  # fmt: skip
    form = {"jurisdiction": World.HOME, "agency": World.AGENCY, "body": body, "reason": "Fair"}
    rule = client.post("/api/v1/alarm-rules", form, content_type=JSON).json()["rule"]
    switch = {"version": 1, "on": True, "untried": True, "reason": "Fair"}
    answer = client.post(f"/api/v1/alarm-rules/{rule['id']}/switch", switch, content_type=JSON)
    assert answer.status_code == 200, answer.content
    with transaction.atomic():
        plans.publish([camera.id])
    publisher.wake()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _live(fresh_nats_url, database_url, tmp_path, str(camera.id))).result()
    assert AlarmHandling.objects.count() == 1
    (row,) = client.get("/api/v1/alarms").json()["items"]
    assert (row["rule_id"], row["count"], row["severity"]) == (rule["id"], 2, "high")
    assert row["camera"]["reg_id"] == camera.reg_id
    assert row["handling"]["state"] == "new"
    assert (row["lat"], row["lon"]) == (camera.lat, camera.lon)


async def _live(nats_url: str, database_url: str, folder: Path, camera: str) -> None:
    """Engine and writer, until the alarm is in the table."""
    client = await bus.connect(nats_url, "test")
    rig = Rig(client)
    await rig.prepare()
    writer = Writer(database_url, nats_url)
    tasks = [asyncio.create_task(AlarmEngine(folder, nats_url).run()), asyncio.create_task(writer.run())]
    try:
        for _ in range(2):
            await rig.publish(Event("vision.crowd", f"camera:{camera}", now_ms(), {}, World.HOME, World.AGENCY))
        async with asyncio.timeout(30), await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking:
            while not await (await looking.execute("SELECT 1 FROM alarm")).fetchone():
                await asyncio.sleep(0.05)
    finally:
        tasks[0].cancel()
        writer.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.close()
