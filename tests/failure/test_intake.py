"""The event log goes away under load: what was not acknowledged was refused, what was acknowledged is there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

import intake_rig
from intake_rig import cloud
from prahari.contracts.config import Config
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats
from prahari.simcity.emergency.mqtt import MqttClient

pytestmark = pytest.mark.failure


async def _started(nats: Nats) -> asyncio.subprocess.Process:
    nats.prepare()
    process = await asyncio.create_subprocess_exec(*nats.command(), stderr=asyncio.subprocess.DEVNULL)
    await intake_rig.until(lambda: asyncio.to_thread(nats.ready), 20)
    return process


async def test_nothing_acknowledged_is_lost_when_the_event_log_is_killed(config: Config, tmp_path: Path) -> None:
    home = tmp_path / "nats-home"
    home.mkdir()
    keys.ensure(home)
    nats = Nats(home, ports.free()[0])
    server = await _started(nats)
    acknowledged: set[str] = set()
    refused = 0
    stop = asyncio.Event()
    async with intake_rig.intake(config, nats.url) as rig:

        async def load(sender: int) -> None:
            nonlocal refused
            number = 0
            while not stop.is_set():
                number += 1
                status, answer, headers = await rig.post(
                    [cloud(sender * 1_000_000 + number * 10 + n) for n in range(5)]
                )
                if status == 202:
                    acknowledged.update(one["id"] for one in answer["accepted"])
                else:
                    assert status == 503 and int(headers["Retry-After"]) >= 1 and answer["message"]["hi"]
                    refused += 1
                    await asyncio.sleep(0.05)

        loads = [asyncio.create_task(load(sender)) for sender in range(4)]
        try:
            await intake_rig.until(lambda: len(acknowledged) > 100)
            server.kill()
            await server.wait()
            await intake_rig.until(lambda: refused > 4)
            # By MQTT nothing is acknowledged either: the connection ends and the device keeps what it has.
            async with MqttClient("127.0.0.1", config.mqtt_port, intake_rig.KEY) as client:
                with pytest.raises((OSError, asyncio.IncompleteReadError)):
                    await client.publish("prahari/events", json.dumps(cloud(1)).encode())
            before = len(acknowledged)
            server = await _started(nats)
            await intake_rig.until(lambda: len(acknowledged) > before + 100, 30)
            stop.set()
            await asyncio.gather(*loads)
            stored = {event.id for event in await rig.log()}
        finally:
            stop.set()
            for task in loads:
                task.cancel()
            await asyncio.gather(*loads, return_exceptions=True)
            if server.returncode is None:
                server.kill()
                await server.wait()
    assert acknowledged <= stored
