"""Figures for Prometheus: asked over HTTP, from a real event log and database, also while those are away."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec
import psutil
import psycopg
from prometheus_client.parser import text_string_to_metric_families

from prahari.contracts import bus, subjects
from prahari.contracts.config import Config
from prahari.contracts.media import WorkerState
from prahari.contracts.tables import EVENT_LOG_DDL
from prahari.runtime import ports
from prahari.runtime.metrics.exporter import Exporter

TOKEN = "a-token"


@asynccontextmanager
async def exporter(config: Config) -> AsyncIterator[str]:
    port = ports.free()[0]
    task = asyncio.create_task(Exporter(config, TOKEN).run(port))
    address = f"http://127.0.0.1:{port}"

    async def answers() -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(f"{address}/healthz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    try:
        while not await answers():
            await asyncio.sleep(0.02)
        yield address
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def asked(address: str, token: str = TOKEN) -> dict[tuple[str, ...], float]:
    """(name, values of the labels) -> figure, read as Prometheus reads it."""
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(f"{address}/metrics") as answer:
        assert answer.status == 200, answer.status
        text = await answer.text()
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def state(worker: int, **more: Any) -> WorkerState:
    return msgspec.structs.replace(WorkerState(worker, 1, 1, 200, 150, 120, 7, 5_000_000, 12.5), **more)


async def test_all_that_a_centre_tells(config: Config, nats_url: str, fresh_postgres_url: str) -> None:
    me = psutil.Process()
    (config.home / "run").mkdir()
    rows = [{"name": "media-0", "pid": os.getpid(), "created_s": me.create_time(), "state": "ready", "restarts": 2},
            {"name": "tasks", "pid": 0, "created_s": 0, "state": "waiting", "restarts": 5}]  # fmt: skip
    (config.home / "run" / "processes.json").write_text(json.dumps({"processes": rows}))
    with psycopg.connect(fresh_postgres_url, autocommit=True) as connection:
        connection.execute(EVENT_LOG_DDL)
        for status, until_ms in (("live", 2**52), ("live", 1), ("offline", None)):
            connection.execute(
                "INSERT INTO camera_status (camera_id, status, since_ms, changed_ms, proof_until_ms)"
                " VALUES (gen_random_uuid(), %s, 1, 1, %s)", [status, until_ms]
            )  # fmt: skip
    config = dataclasses.replace(config, nats_url=nats_url, database_url=fresh_postgres_url)
    async with exporter(config) as address:
        client = await bus.connect(nats_url, "test")
        await bus.ensure_event_stream(client.jetstream())

        async def heard() -> bool:
            await client.publish(subjects.media_worker_state(0), msgspec.json.encode(state(0)))
            await client.publish(subjects.media_worker_state(1), b"no heartbeat")
            return ("prahari_media_cameras", "0") in await asked(address)

        while not await heard():
            await asyncio.sleep(0.02)
        found = await asked(address)
        await client.close()
    assert found["prahari_process_up", "media-0"] == 1 and found["prahari_process_up", "tasks"] == 0
    assert found["prahari_process_restarts_total", "tasks"] == 5
    assert found["prahari_process_resident_bytes", "media-0"] > 10_000_000
    assert ("prahari_process_resident_bytes", "tasks") not in found
    assert found["prahari_media_viewers", "0"] == 7 and found["prahari_media_loop_lag_seconds", "0"] == 0.0125
    assert found["prahari_media_heartbeat_age_seconds", "0"] < 60
    assert found[("prahari_event_log_bytes",)] >= 0
    assert found[("prahari_database_up",)] == 1 and found[("prahari_database_bytes",)] > 1_000_000
    # A proof that has run out is no life.
    assert {key[1]: value for key, value in found.items() if key[0] == "prahari_cameras"} == {
        "live": 1, "stalled": 1, "offline": 1,
    }  # fmt: skip


async def test_what_is_away_is_told_and_hides_nothing_else(config: Config) -> None:
    nowhere = ports.free()[0]
    config = dataclasses.replace(
        config, nats_url=f"nats://t@127.0.0.1:{nowhere}", database_url=f"postgresql://x@127.0.0.1:{nowhere}/x"
    )
    async with exporter(config) as address:
        found = await asked(address)
    assert found == {("prahari_database_up",): 0.0}


async def test_nobody_is_told_without_the_token(config: Config, nats_url: str) -> None:
    config = dataclasses.replace(config, nats_url=nats_url, database_url="postgresql://x@127.0.0.1:1/x")
    async with exporter(config) as address, aiohttp.ClientSession() as session:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer é"}):
            async with session.get(f"{address}/metrics", headers=headers) as answer:
                assert answer.status == 401 and "prahari_" not in await answer.text()
