"""The parts of intake and the order in which they start and stop."""

from __future__ import annotations

import asyncio
import logging

import nats.errors
from nats.aio.client import Client
from nats.js.errors import Error as JetStreamError

from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.contracts.stopping import run_together
from prahari.engines.intake.asking import Asking
from prahari.engines.intake.desk import Desk
from prahari.engines.intake.doors import MOST_BODY_BYTES, Doors
from prahari.engines.intake.handing import TELL_S, Handing
from prahari.engines.intake.mqtt import MqttDoor
from prahari.engines.intake.sources import Sources
from prahari.engines.media.server import build_app, listen

log = logging.getLogger(__name__)

ACK_TIMEOUT_S = 5.0
RETRY_S = 0.5


class Intake:
    """It needs no desk to go on: sources lie on disk. Without the event log its doors answer, and take nothing."""

    def __init__(self, config: Config, port: int, mqtt_port: int, *, tell_s: float = TELL_S) -> None:
        self._config = config
        self._port, self._mqtt_port = port, mqtt_port
        self._tell_s = tell_s
        self.sources = Sources(config.home / "intake" / "sources.json")
        self._handing = Handing()
        desk = Desk(self._handing)
        self._asking = Asking(config.home / "intake" / "asked", self.sources, desk, self._handing, config.sealing_key())
        self._doors = Doors(self.sources, desk)
        self._mqtt = MqttDoor(self.sources, desk)

    async def run(self) -> None:
        """Until cancelled."""
        app = build_app(self._doors.routes(), self._report, most_body_bytes=MOST_BODY_BYTES)
        runner = await listen(app, self._config, self._port)
        server = await self._mqtt.listen(self._config, self._mqtt_port)
        log.info("intake listens, %d sources", len(self.sources))
        try:
            await run_together(self._with_log(), self._asking.run(), self._handing.tell_counts(self._tell_s))
        finally:
            server.close()
            await self._mqtt.close()
            await runner.cleanup()

    async def _with_log(self) -> None:
        client: Client = await bus.connect(self._config.nats_url, "intake")
        try:
            js = client.jetstream(timeout=ACK_TIMEOUT_S)
            while True:
                try:
                    await bus.ensure_event_stream(js)
                    await run_together(self._handing.run(client), self.sources.follow(js))
                except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                    log.warning("waiting for the event log: %s", str(error) or type(error).__name__)
                await asyncio.sleep(RETRY_S)
        finally:
            await client.close()

    def _report(self) -> dict[str, object]:
        return {
            "ok": True,
            "sources": len(self.sources),
            "mqtt_connections": len(self._mqtt),
            "event_log": self._handing.is_open,
        }
