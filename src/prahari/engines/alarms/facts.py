"""What is known of cameras, from their plans; kept on disk: alarms are grouped by site also while NATS is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path

import msgspec
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.contracts.media import CameraPlan
from prahari.core.alarming.matching import CameraFacts
from prahari.engines.alarms.kept import Kept

log = logging.getLogger(__name__)

SAVE_S = 30.0

_plan = msgspec.json.Decoder(CameraPlan)


class CameraBook:
    """`cameras` is always the same dict. `complete` is set when all plans of the bucket were read once, here or before
    the last start."""

    def __init__(self, folder: Path) -> None:
        self._kept = Kept(folder / "cameras.msgpack", msgspec.msgpack.Decoder(dict[str, CameraFacts]).decode)
        known = self._kept.load()
        self.cameras: dict[str, CameraFacts] = known or {}
        self.complete = asyncio.Event()
        if known is not None:
            self.complete.set()
        self._changed = False

    async def follow(self, js: JetStreamContext) -> None:
        """For ever, until cancelled."""
        bucket = await bus.ensure_plan_bucket(js)
        last = (await bucket.status()).stream_info.state.last_seq
        if not last:
            self.complete.set()
        async for camera_id, payload, revision in bus.follow_bucket(js, subjects.CAMERA_PLAN_BUCKET):
            self.take(camera_id, payload)
            if revision >= last:
                self.complete.set()

    def take(self, camera_id: str, payload: bytes | None) -> None:
        if not payload:
            self._changed |= self.cameras.pop(camera_id, None) is not None
            return
        try:
            plan = _plan.decode(payload)
        except ValueError as error:
            log.warning("plan of camera %s cannot be read: %s", camera_id[:64], error)
            return
        known = CameraFacts(plan.jurisdiction, plan.agency, plan.site, plan.owner_class, plan.lat, plan.lon)
        if self.cameras.get(camera_id) != known:
            self.cameras[camera_id] = known
            self._changed = True

    async def keep(self) -> None:
        """Write down what has changed, now and then, until cancelled."""
        while True:
            await asyncio.sleep(SAVE_S)
            if self._changed and self.complete.is_set():
                self._changed = False
                payload = encoded(self.cameras)
                try:
                    await asyncio.to_thread(self._kept.save, payload)
                except OSError as error:
                    log.warning("what is known of cameras holds until the next start only: %s", error.strerror)


def encoded(cameras: Mapping[str, CameraFacts]) -> bytes:
    return msgspec.msgpack.encode(cameras)
