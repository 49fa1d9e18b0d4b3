"""Panic buttons: by HTTP or MQTT, some with a wrong clock, some that press twice; they keep an event until taken."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import uuid
from typing import Any

import aiohttp

from prahari.contracts.events import now_ms
from prahari.simcity.emergency.mqtt import MqttClient

log = logging.getLogger(__name__)

TRIES = 5
AGAIN_S = 2.0
TOPIC = "prahari/events"


class SimButton:
    """`clock_off_ms`: how wrong its clock is. `twice`: each event is sent once more, as if nothing was heard."""

    def __init__(
        self,
        name: str,
        lat: float,
        lon: float,
        *,
        clock_off_ms: int = 0,
        twice: bool = False,
        kind: str = "device.panic",
    ) -> None:
        self.name, self.lat, self.lon = name, lat, lon
        self.clock_off_ms = clock_off_ms
        self.twice = twice
        self.kind = kind

    def event(self, text: str = "सहायता चाहिए") -> dict[str, Any]:
        at = dt.datetime.fromtimestamp((now_ms() + self.clock_off_ms) / 1000, dt.UTC)
        return {
            "specversion": "1.0", "id": uuid.uuid4().hex, "type": self.kind, "source": f"/buttons/{self.name}",
            "subject": self.name, "time": at.isoformat(), "datacontenttype": "application/json",
            "data": {"text": text, "lat": self.lat, "lon": self.lon},
        }  # fmt: skip

    async def press_http(self, http: aiohttp.ClientSession, url: str, key: str) -> None:
        """Until it is taken, or given up after some tries. Raises ConnectionError: given up."""
        body = self.event()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/cloudevents+json"}
        for _ in range(1 + self.twice):
            for _ in range(TRIES):
                try:
                    async with http.post(f"{url}/v1/events", json=body, headers=headers, ssl=False) as answer:
                        if answer.status == 202:
                            break
                        log.info("button %s was answered with %d", self.name, answer.status)
                except aiohttp.ClientError as error:
                    log.info("button %s: %s", self.name, type(error).__name__)
                await asyncio.sleep(AGAIN_S)
            else:
                raise ConnectionError(f"button {self.name} gave up")

    async def press_mqtt(self, client: MqttClient) -> None:
        """Raises OSError: not acknowledged."""
        payload = json.dumps(self.event(), ensure_ascii=False).encode()
        for _ in range(1 + self.twice):
            await client.publish(TOPIC, payload)
