"""Watches the health of every camera of this worker: streams all the time, keyframes by the schedule.

Nothing is opened for it: a keyframe comes from a connection that stands, or from a probe that was due anyway. Only
a person who says "this is how it should look" opens a camera, through Camera, which asks the permit.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

from prahari.contracts.events import now_ms
from prahari.contracts.health import CameraHealthData, HealthKind, HealthSettings, ReferenceReply
from prahari.contracts.media import CameraStatus, GapData, Reason
from prahari.contracts.stopping import run_together
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.gate.problems import Problem
from prahari.engines.media.health.episodes import Episodes, Observation
from prahari.engines.media.health.gaps import Gaps
from prahari.engines.media.health.looker import Looker
from prahari.engines.media.health.references import References
from prahari.engines.media.health.scene import SCENE, SceneJudge
from prahari.engines.media.health.schedule import Schedule
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

ROUND_S = 2.0
LOOK_S = 0.25
OPEN_AGAIN = 3
"""A camera with an open episode of its picture is looked at this many times less often than one under suspicion."""

USUAL_KEPT_S = 600.0
MOST_OFFERS = 32
SUSPICION_S = 600.0
"""How long the same suspicion, found groundless, is not looked into again."""

Offer = tuple[VideoParameters, AccessUnit]
Tell = Callable[[str, str, str, str, CameraHealthData], None]
"""Event id, camera, jurisdiction, agency, data."""


class HealthWatch:
    """`home`: folder of this worker. `tell`: keeps an event before it returns (StatusBoard.health)."""

    def __init__(self, roster: Roster, home: Path, tell: Tell) -> None:
        self._roster = roster
        self._tell = tell
        self._places: dict[str, tuple[str, str]] = {}
        self.settings = HealthSettings()
        self.references = References(home / "views")
        self.episodes = Episodes(home / "episodes.json", self._told)
        self._scene = SceneJudge(self.episodes)
        self._gaps = Gaps()
        self._looker = Looker()
        default = self.settings
        self._schedule = Schedule(
            time.monotonic(), default.look_period_s, default.look_again_s, default.look_budget_pct
        )
        self._offers: dict[str, Offer] = {}
        self._kept_s: dict[str, float] = {}
        self._doubted_s: dict[tuple[str, str], float] = {}
        self.looks = 0
        self.cpu_s = 0.0

    def apply(self, settings: HealthSettings) -> None:
        """What the desks decided."""
        self.settings = settings
        self._schedule.period_s = settings.look_period_s
        self._schedule.again_s = settings.look_again_s
        self._schedule.budget_pct = settings.look_budget_pct

    async def run(self) -> None:
        """For ever, until cancelled."""
        self.episodes.tell_again()
        try:
            await run_together(self._rounds(), self._looks())
        finally:
            for camera in self._roster:
                if camera.measured.usual.learnt_s:
                    self.references.keep_usual(camera.plan.camera_id, camera.measured.usual)
            await self._looker.close()

    # Streams

    async def _rounds(self) -> None:
        while True:
            at_ms, now_s = now_ms(), time.monotonic()
            for camera in self._roster:
                try:
                    self._watch(camera, at_ms, now_s)
                except OSError as error:
                    log.error("an episode of ill health cannot be kept, it is told later: %s", error.strerror)
            self._let_go(at_ms)
            await asyncio.sleep(ROUND_S)

    def _watch(self, camera: Camera, at_ms: int, now_s: float) -> None:
        camera_id = camera.plan.camera_id
        self._places[camera_id] = (camera.plan.jurisdiction, camera.plan.agency)
        leave = camera.leave
        if not leave.anything:  # what may not be seen is not ill
            if camera_id in self._schedule:
                self._schedule.remove(camera_id)
                self._offers.pop(camera_id, None)
                self.episodes.forget_doubts(camera_id)
            if self.episodes.of(camera_id):
                self.episodes.end_all(camera_id, at_ms, leave.reason or Reason.NO_PERMIT)
            return
        if camera_id not in self._schedule:
            self._schedule.add(camera_id, now_s)
            camera.measured.usual = self.references.of(camera_id).usual
            self._kept_s[camera_id] = now_s
        state = camera.state
        if state.status is CameraStatus.UNKNOWN:
            return
        self._observe(camera_id, HealthKind.OFFLINE, state.status is CameraStatus.OFFLINE, state.reason, at_ms)
        self._observe(camera_id, HealthKind.STALLED, state.status is CameraStatus.STALLED, state.reason, at_ms)
        if state.status is not CameraStatus.LIVE:
            return
        self._gaps.watch(camera, at_ms)
        self._measure(camera_id, HealthKind.RECORDING_GAP, self._gaps.lost_s(camera_id, at_ms), at_ms,
                      self._gaps.cause(camera_id))  # fmt: skip
        if not camera.is_open:
            return
        stream = camera.measured
        self._measure(camera_id, HealthKind.FRAME_RATE, stream.fps_off_pct, at_ms)
        self._measure(camera_id, HealthKind.BIT_RATE, stream.kbit_off_pct, at_ms)
        clock_off_ms = camera.clock_off_ms
        self._measure(
            camera_id, HealthKind.CLOCK_OFF, None if clock_off_ms is None else abs(clock_off_ms) / 1000, at_ms
        )
        if stream.suspicion:
            self._suspect(camera_id, stream.suspicion, now_s)
            stream.suspicion = ""
        if now_s - self._kept_s[camera_id] > USUAL_KEPT_S:
            self._kept_s[camera_id] = now_s
            self.references.keep_usual(camera_id, stream.usual)

    def _suspect(self, camera_id: str, why: str, now_s: float) -> None:
        looked_s = self._doubted_s.get((camera_id, why))
        if looked_s is None or now_s - looked_s > SUSPICION_S or self._scene.is_open(camera_id):
            self._doubted_s[camera_id, why] = now_s
            self._schedule.soon(camera_id, now_s)

    def _observe(self, camera_id: str, kind: HealthKind, is_ill: bool, reason: Reason, at_ms: int) -> None:
        open_ = self.episodes.of(camera_id).get(kind)
        since_ms = open_.start_ms if open_ is not None else at_ms
        seen = Observation((at_ms - since_ms) / 1000, reason if is_ill else "", is_ill)
        self.episodes.observe(camera_id, kind, seen, self.settings.of(kind), at_ms)

    def _measure(self, camera_id: str, kind: HealthKind, value: float | None, at_ms: int, cause: str = "") -> None:
        if value is not None:
            self.episodes.observe(camera_id, kind, Observation(value, cause), self.settings.of(kind), at_ms)

    def on_gap(self, camera_id: str, gap: GapData) -> None:
        """A stretch that is not on disk."""
        self._gaps.add(camera_id, gap, self.settings.of(HealthKind.OFFLINE).begin_s)

    def _let_go(self, at_ms: int) -> None:
        """Cameras that are no longer ours."""
        for camera_id in [one for one in self._places if self._roster.get(one) is None]:
            moved = self._roster.is_elsewhere(camera_id)
            self.episodes.end_all(camera_id, at_ms, Reason.NODE_MOVED if moved else Reason.RETIRED)
            self._schedule.remove(camera_id)
            self._gaps.forget(camera_id)
            self._scene.forget(camera_id)
            self._offers.pop(camera_id, None)
            if not moved:  # else it may come back
                self.references.forget(camera_id)
            del self._places[camera_id]
        for camera_id in self.episodes.cameras():
            if camera_id not in self._places and self._roster.get(camera_id) is None:
                self.episodes.end_all(camera_id, at_ms, Reason.RETIRED)

    def _told(self, event_id: str, camera_id: str, data: CameraHealthData) -> None:
        camera = self._roster.get(camera_id)
        place = self._places.get(camera_id) or (("", "") if camera is None else (camera.plan.jurisdiction,
                                                                                 camera.plan.agency))  # fmt: skip
        self._tell(event_id, camera_id, *place, data)

    # Keyframes

    def offer(self, camera: Camera, found: Offer) -> None:
        """A keyframe of a camera that is not open, from a probe that was due anyway."""
        camera_id = camera.plan.camera_id
        if camera_id in self._schedule and len(self._offers) < MOST_OFFERS:
            self._offers[camera_id] = found
            self._schedule.soon(camera_id, time.monotonic())

    async def _looks(self) -> None:
        while True:
            now_s = time.monotonic()
            camera_id = self._schedule.next(now_s)
            if camera_id is None:
                await asyncio.sleep(LOOK_S)
                continue
            camera = self._roster.get(camera_id)
            found = self._offers.pop(camera_id, None)
            if camera is not None:
                found = camera.standing_keyframe() or found
            if camera is None or found is None or not camera.leave.anything:
                self._schedule.looked(camera_id, now_s, 0.0)
                continue
            try:
                await self._look(camera, found)
            except OSError as error:
                log.error("an episode of ill health cannot be kept, it is told later: %s", error.strerror)
                self._schedule.looked(camera_id, now_s, 0.0)

    async def _look(self, camera: Camera, found: Offer) -> None:
        camera_id = camera.plan.camera_id
        memory = self.references.of(camera_id)
        candidate = memory.candidate.look if memory.candidate is not None else b""
        seen = await self._looker.look(
            *found, [view.look for view in memory.views], candidate, self._scene.bits_before(camera_id)
        )
        at_ms, now_s = now_ms(), time.monotonic()
        self.looks += 1
        self.cpu_s += seen.cpu_s
        self._schedule.looked(camera_id, now_s, seen.cpu_s)
        if self._roster.get(camera_id) is not camera or not camera.leave.anything:
            return
        if seen.error:
            log.info("camera %s: its picture cannot be looked at: %s", camera_id, seen.error)
            return
        is_well = self._scene.judge(camera.plan, seen, memory, self.settings, at_ms)
        self.references.learn(camera_id, seen, at_ms, is_well=is_well)
        if any(self.episodes.is_doubtful(camera_id, kind) for kind in SCENE):
            self._schedule.soon(camera_id, now_s, self.settings.look_again_s)
        elif self._scene.is_open(camera_id):
            self._schedule.soon(camera_id, now_s, OPEN_AGAIN * self.settings.look_again_s)

    async def take_reference(self, camera_id: str, timeout_s: float) -> ReferenceReply | None:
        """A person's word: the view of this moment is how it should look. None: not our camera."""
        camera = self._roster.get(camera_id)
        if camera is None:
            return None
        try:
            video, keyframe = await camera.keyframe(timeout_s, asker=None)
        except StreamError as error:
            return ReferenceReply(False, error.reason, error.detail)
        except Problem:
            return ReferenceReply(False, camera.leave.reason or Reason.NO_PERMIT, "The camera may not be opened now.")
        seen = await self._looker.look(video, keyframe, [], b"", [])
        if seen.error:
            return ReferenceReply(False, Reason.UNSUPPORTED, f"The picture cannot be looked at: {seen.error}.")
        if seen.sees_little:
            return ReferenceReply(False, Reason.NO_FRAMES, "Too little can be seen on this picture to compare with it.")
        at_ms = now_ms()
        self.references.take(camera_id, seen, at_ms)
        camera.measured.forget()
        self._scene.forget(camera_id)
        self._schedule.soon(camera_id, time.monotonic())
        return ReferenceReply(True, taken_ms=at_ms)
