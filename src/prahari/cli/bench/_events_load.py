"""The load of `bench events`: cameras' events published in batches at their time. `python -m ... '{...}'` as JSON.

Prints one JSON object when done: how many were acknowledged, by station and kind, and how late it ran itself.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator

import nats.errors
import nats.js.errors
import uvloop
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.core.ids import uuid7s

TOGETHER = 200
UNDER_WAY = 64
STATIONS = 50
RETRY_S = 0.2
PANIC, QUIET = "device.panic", "vision.vehicle"
KINDS = ((PANIC, 0.001), ("camera.device_event", 0.009), ("vision.crowd", 0.09), ("vision.person", 0.2), (QUIET, 0.7))
"""What 5,000 cameras tell on a bad day: mostly what analytics see and no rule asks for."""


STATUS = (("camera.status", 1.0),)


class Load:
    """`kinds`: (type, share) of what the cameras tell."""

    def __init__(self, js: JetStreamContext, cameras: int, kinds: tuple[tuple[str, float], ...]) -> None:
        self._js = js
        self._kinds = [kind for kind, _ in kinds]
        self._shares = [share for _, share in kinds]
        self._cameras = [str(uuid.UUID(int=0x7000 << 64 | 0x8 << 60 | number)) for number in range(cameras)]
        self._chance = random.Random(5)  # noqa: S311 - the same load each time
        self._room = asyncio.Semaphore(UNDER_WAY)
        self.sent = 0
        self.again = 0
        self.by_station: Counter[int] = Counter()
        self.by_kind: Counter[str] = Counter()
        self.late_ms_max = 0.0
        self.ack_ms: list[float] = []

    async def run(self, rate: int, seconds: float) -> None:
        period_s = TOGETHER / rate
        began_s = time.monotonic()
        cameras = self._rounds()
        async with asyncio.TaskGroup() as tasks:
            for number in range(round(seconds / period_s)):
                due_s = began_s + number * period_s
                await asyncio.sleep(max(0.0, due_s - time.monotonic()))
                self.late_ms_max = max(self.late_ms_max, (time.monotonic() - due_s) * 1000)
                await self._room.acquire()
                payload = self._batch([next(cameras) for _ in range(TOGETHER)])
                tasks.create_task(self._publish(payload))

    def _rounds(self) -> Iterator[int]:
        while True:
            yield from range(len(self._cameras))

    def _batch(self, numbers: list[int]) -> bytes:
        now_ms = time.time_ns() // 1_000_000
        kinds = self._chance.choices(self._kinds, self._shares, k=len(numbers))
        events = []
        for number, kind, event_id in zip(numbers, kinds, uuid7s(len(numbers), now_ms), strict=True):
            camera, station = self._cameras[number], number % STATIONS
            subject = f"button-{number}" if kind == PANIC else f"camera:{camera}"
            events.append(
                f'{{"type":"{kind}","subject":"{subject}","time_ms":{now_ms},"data":{{"status":"live","kind":"{kind[7:]}",'
                f'"camera_id":"{camera}","source":"bench","confidence":0.{10 + number % 30},'
                f'"parameters":{{"count":{number % 7}}}}},'
                f'"jurisdiction":"up.bench.s{station}","agency":"police","id":"{event_id}"}}'
            )
            self.by_station[station] += 1
            self.by_kind[kind] += 1
        return ('{"source":"bench","events":[' + ",".join(events) + "]}").encode()

    async def _publish(self, payload: bytes) -> None:
        """Until it is acknowledged; sent twice it is stored once, for its events' ids are the same."""
        began_s = time.monotonic()
        try:
            while True:
                try:
                    await self._js.publish(subjects.events("bench"), payload, timeout=5)
                except (TimeoutError, nats.errors.Error, nats.js.errors.Error):
                    self.again += 1
                    await asyncio.sleep(RETRY_S)
                else:
                    break
            self.sent += TOGETHER
            self.ack_ms.append((time.monotonic() - began_s) * 1000)
        finally:
            self._room.release()


async def main() -> None:
    asked = json.loads(sys.argv[1])
    client = await bus.connect(asked["nats_url"], "bench load")
    js = client.jetstream()
    await bus.ensure_event_stream(js)
    load = Load(js, asked["cameras"], STATUS if asked["status_only"] else KINDS)
    began_s = time.monotonic()
    await load.run(asked["rate"], asked["seconds"])
    acks = sorted(load.ack_ms)
    told = {
        "sent": load.sent, "seconds": time.monotonic() - began_s, "sent_again": load.again,
        "load_late_ms_max": load.late_ms_max, "publish_ms_p99": acks[int(len(acks) * 0.99)] if acks else 0.0,
        "by_station": load.by_station, "by_kind": load.by_kind,
        "cpu_s": time.process_time(),
    }  # fmt: skip
    await client.close()
    print(json.dumps(told))


if __name__ == "__main__":
    uvloop.run(main())
