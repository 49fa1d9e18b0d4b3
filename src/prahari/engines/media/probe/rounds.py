"""A keyframe now and then from every camera that is opened on request only.

Each camera has its own moment within its period, by its id, so the load is even and the same after a restart.
"""

from __future__ import annotations

import asyncio
import heapq
import json
import logging
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraStatus
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.problems import Problem
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

AT_ONCE = 12
TIMEOUT_S = 10.0
LOOK_S = 0.25
SAVE_EVERY_S = 30.0
SOONEST_RETRY_S = 20.0
SWAY = 0.1


def next_moment_s(camera_id: str, period_s: int, after_s: float) -> float:
    """Unix seconds of the camera's next moment after `after_s`.

    Its turns are a period apart, give or take a tenth: a scene or a film that repeats itself every minute would look as
    if it stood still when it is seen at the same second of every fifth minute.
    """
    slot = _share(camera_id) * period_s
    turn = int((after_s - slot) // period_s) - 1
    while (moment_s := slot + (turn + SWAY * _share(f"{camera_id} {turn}")) * period_s) <= after_s:
        turn += 1
    return moment_s


def _share(name: str) -> float:
    """From 0 to 1, even and always the same."""
    return zlib.crc32(name.encode()) / 2**32


class ProbeRounds:
    """Probes what has not been proved lately. Proof times are kept on disk: a restart does not probe all at once."""

    def __init__(
        self,
        roster: Roster,
        kept: Path,
        now_s: Callable[[], float] = time.time,
        offer: Callable[[Camera, tuple[VideoParameters, AccessUnit]], None] = lambda camera, found: None,
    ) -> None:
        """`offer` is handed what a probe found, so that nobody opens the camera for it again."""
        self._roster = roster
        self._kept = kept
        self._now_s = now_s
        self._offer = offer
        self._due: dict[str, float] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._remembered = self._load()

    async def run(self) -> None:
        """For ever, until cancelled."""
        saved = time.monotonic()
        try:
            while True:
                self._look()
                if time.monotonic() - saved > SAVE_EVERY_S:
                    saved = time.monotonic()
                    self.save()
                await asyncio.sleep(LOOK_S)
        finally:
            await end_tasks(self._running.values())
            self.save()

    def _look(self) -> None:
        now_s = self._now_s()
        free = AT_ONCE - len(self._running)
        if free <= 0:
            return
        ready: list[tuple[float, str, Camera]] = []
        for camera in self._roster:
            camera_id = camera.plan.camera_id
            if camera_id in self._running or camera.is_open or camera.wants_record:
                continue
            due_s = self._due.get(camera_id)
            if due_s is None:
                due_s = self._first_moment_s(camera)
                self._due[camera_id] = due_s
            if camera.state.status is CameraStatus.UNKNOWN:
                due_s = 0.0  # new, moved to another address, or allowed again: nothing is known of it
            if due_s <= now_s and camera.leave.anything:
                ready.append((due_s, camera_id, camera))
        for _, camera_id, camera in heapq.nsmallest(free, ready):
            self._running[camera_id] = asyncio.get_running_loop().create_task(self._probe(camera))

    def _first_moment_s(self, camera: Camera) -> float:
        proved_ms = self._remembered.pop(camera.plan.camera_id, None)
        if proved_ms is not None:
            camera.state.remember(proved_ms, camera.plan)
            if now_ms() - proved_ms < camera.plan.probe_period_s * 1000:
                return next_moment_s(camera.plan.camera_id, camera.plan.probe_period_s, self._now_s())
        return 0.0

    async def _probe(self, camera: Camera) -> None:
        plan = camera.plan
        retry = False
        try:
            self._offer(camera, await camera.keyframe(TIMEOUT_S, None, StreamName.SUB))
        except StreamError as error:
            camera.probe_failed(error.reason, error.detail)
            retry = True
        except Problem:
            log.debug("leave for camera %s ended while it was probed", plan.camera_id)
        finally:
            self._running.pop(plan.camera_id, None)
            now_s = self._now_s()
            moment_s = next_moment_s(plan.camera_id, plan.probe_period_s, now_s)
            # A failing camera is asked a little more often: it may be back within the minute.
            self._due[plan.camera_id] = (
                min(moment_s, now_s + max(SOONEST_RETRY_S, plan.probe_period_s / 5)) if retry else moment_s
            )

    def save(self) -> None:
        proofs = {c.plan.camera_id: c.state.proved_at_ms for c in self._roster if c.state.proved_at_ms is not None}
        temporary = self._kept.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(proofs))
            temporary.replace(self._kept)
        except OSError as error:
            log.warning("times of proofs are not kept: %s", error.strerror)

    def _load(self) -> dict[str, int]:
        try:
            kept = json.loads(self._kept.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("times of proofs cannot be read, all cameras are probed anew: %s", error)
            return {}
        return {key: value for key, value in kept.items() if isinstance(value, int)} if isinstance(kept, dict) else {}
