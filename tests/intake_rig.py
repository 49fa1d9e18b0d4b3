"""An intake process's parts for tests: a source, doors on free ports, and what the event log has."""

from __future__ import annotations

import asyncio
import dataclasses
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import msgspec

from prahari.contracts import bus, events, subjects
from prahari.contracts.config import Config
from prahari.contracts.events import Event
from prahari.contracts.happenings import SourceKind, SourceRecord
from prahari.engines.intake.engine import Intake
from prahari.engines.intake.sources import hash_of

KEY = "pk_test-key-of-a-source"
UNIT = "7a1f5c1e-8f1b-4f0e-9f0f-0a6f1f2f3a4b"
SQUARE = [[[(80.0, 26.0), (81.0, 26.0), (81.0, 27.0), (80.0, 27.0)]]]


def record(**more: Any) -> SourceRecord:
    fields: dict[str, Any] = {
        "source_id": "0b8a3ad2-6f34-4d0b-9f5e-6f8d3c2b1a00", "name": "Panic buttons, Swaroop Nagar",
        "kind": SourceKind.HTTP, "key_hash": hash_of(KEY), "kinds": ["device.panic", "unit.position"],
        "jurisdiction": "up.kanpur", "agency": "police", "lat": 26.47, "lon": 80.32, "per_minute": 60_000,
        "units": {"PCR-7": UNIT}, "boundary": SQUARE,
    }  # fmt: skip
    return SourceRecord(**(fields | more))


def cloud(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"specversion": "1.0", "id": f"e-{number}", "type": "device.panic", **more}


class Rig:
    def __init__(self, intake: Intake, config: Config, http: aiohttp.ClientSession) -> None:
        self.intake, self.config, self.http = intake, config, http
        self.url = f"http://127.0.0.1:{config.intake_port}"

    async def post(
        self, body: Any, path: str = "/v1/events", key: str = KEY, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        data = body if isinstance(body, bytes | io.BytesIO) else msgspec.json.encode(body)
        sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **(headers or {})}
        async with self.http.post(self.url + path, data=data, headers=sent) as answer:
            return answer.status, await answer.json(), dict(answer.headers)

    async def log(self) -> list[Event]:
        """Everything that the event log has taken so far."""
        client = await bus.connect(self.config.nats_url, "test")
        try:
            js = client.jetstream()
            last = (await js.stream_info(subjects.EVENT_STREAM)).state.last_seq
            raw = [await js.get_msg(subjects.EVENT_STREAM, number) for number in range(1, last + 1)]
        finally:
            await client.close()
        return [event for message in raw for event in events.decode(message.data or b"").events]


@asynccontextmanager
async def intake(
    config: Config, nats_url: str, *records: SourceRecord, open_within_s: float = 30, tell_s: float = 60
) -> AsyncIterator[Rig]:
    config = dataclasses.replace(config, nats_url=nats_url)
    made = Intake(config, config.intake_port, config.mqtt_port, tell_s=tell_s)
    for one in records or (record(),):
        made.sources.put(one.source_id, one)
    task = asyncio.create_task(made.run())
    async with aiohttp.ClientSession() as http:
        rig = Rig(made, config, http)
        try:
            await until(lambda: healthy(rig), open_within_s)
            yield rig
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def healthy(rig: Rig, event_log: bool = True) -> bool:
    try:
        async with rig.http.get(f"{rig.url}/healthz") as answer:
            return bool((await answer.json())["event_log"]) is event_log
    except aiohttp.ClientError:
        return False


async def until(call: Callable[[], Any], within_s: float = 10) -> None:
    """Wait until `call` (awaited where it has to be) says yes."""
    async with asyncio.timeout(within_s):
        while True:
            found = call()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.05)
