"""Playing what lies on devices' own disks: under the camera's leave as every picture of it, a few at once a device.

The leave is asked before the device is, before the connection is opened, and each time that the camera says that it may
have changed: what plays then is cut in the same step of the event loop.
"""

from __future__ import annotations

import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prahari.contracts.events import now_ms
from prahari.contracts.media import DevicePlan, Reason
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.gate.problems import Answer, Problem
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.onvif.connect import opened
from prahari.engines.media.onvif.ports import Device, DeviceError
from prahari.engines.media.onvif.replay import Replay
from prahari.engines.media.rtsp.client import play
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.replaying import ReplayRange
from prahari.engines.media.types import GroupOfPictures

log = logging.getLogger(__name__)

A_DEVICE = 3
A_WORKER = 12
LOOKED_AHEAD_MS = 31 * 86_400_000

NO_DISK = Answer(
    409,
    "no_device_disk",
    "This camera's device has no disk of its own.",
    "इस कैमरे के उपकरण की अपनी डिस्क नहीं है।",
)
DEVICE_BUSY = Answer(
    429,
    "device_busy",
    "Others watch recordings of this device now; it serves few at once. Try again in a minute.",
    "अभी दूसरे लोग इस उपकरण की रिकॉर्डिंग देख रहे हैं; यह एक साथ कम लोगों को दे पाता है। एक मिनट बाद फिर प्रयास करें।",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """`groups` from `start_ms` on, until `end_ms` at the latest. None: nothing lies there; the next stretch begins at
    `next_ms`, if there is one.
    """

    groups: AsyncIterator[GroupOfPictures] | None
    start_ms: int = 0
    end_ms: int = 0
    next_ms: int | None = None


class _Playing:
    """One replay, from its question to its end."""

    def __init__(self, camera: Camera, asker: Asker, on_cut: Callable[[], None]) -> None:
        self.camera = camera
        self._asker = asker
        self._on_cut = on_cut
        self.replay: Replay | None = None

    def ask_leave(self) -> None:
        """Raises Problem."""
        refused = self.camera.refusal(self._asker)
        if refused is not None:
            raise Problem(refused)

    def look(self) -> None:
        """The camera's leave may have changed."""
        if self.camera.refusal(self._asker) is not None:
            if self.replay is not None:
                self.replay.cut()
            self._on_cut()


class Replays:
    """Of one worker. All methods are called in the event loop."""

    def __init__(self, sealing_key: bytes) -> None:
        self._sealing_key = sealing_key
        self._playing: dict[str, set[_Playing]] = {}
        self._of_device: Counter[str] = Counter()

    def settled(self, camera: Camera) -> None:
        for one in tuple(self._playing.get(camera.plan.camera_id, ())):
            one.look()

    def look(self) -> None:
        """Ask the clock for everybody who plays: leave to look back ends for one person, not for the camera."""
        for playing in tuple(self._playing.values()):
            for one in tuple(playing):
                one.look()

    @asynccontextmanager
    async def play(
        self,
        camera: Camera,
        asker: Asker,
        device: Callable[[], Awaitable[Device]],
        from_ms: int,
        to_ms: int,
        on_cut: Callable[[], None],
    ) -> AsyncIterator[Shown]:
        """`device` gives the camera's device or raises DeviceError. `on_cut` is called in the step in which leave ends.

        Raises Problem.
        """
        one = _Playing(camera, asker, on_cut)
        one.ask_leave()
        plan = camera.plan.device
        if plan is None or not plan.recording:
            raise Problem(NO_DISK)
        if self._of_device[plan.device_id] >= A_DEVICE or self._of_device.total() >= A_WORKER:
            raise Problem(DEVICE_BUSY)
        self._of_device[plan.device_id] += 1
        self._playing.setdefault(plan_id := camera.plan.camera_id, set()).add(one)
        try:
            asked = await device()
            drift_s = await asked.clock_drift_s() or 0.0
            found = await self._find(asked, plan, from_ms, to_ms, drift_s)
            if isinstance(found, Shown):
                yield found
                return
            url = await asked.replay_url(plan.recording)
            drift_ms = round(drift_s * 1000)
            wanted = ReplayRange(found[0] + drift_ms, found[1] + drift_ms)
            credentials = opened(plan.device_id, plan.sealed_credentials, self._sealing_key)
            one.ask_leave()
            playing = await play(url, credentials, wanted)
            one.replay = Replay(playing, wanted, drift_ms)
            try:
                one.ask_leave()
                groups = one.replay.groups()
                async with contextlib.aclosing(groups):
                    first = await anext(groups)
                    yield Shown(_after(first, groups), first.start_ms, found[1])
            finally:
                one.replay.close()
        except StopAsyncIteration:  # cut before its first picture
            one.ask_leave()
            raise Problem(_told(Reason.NO_FRAMES, "The device sent no picture of that time.")) from None
        except (DeviceError, StreamError) as error:
            log.info("device %s does not replay: %s", plan.device_id, error.detail)
            raise Problem(_told(error.reason, error.detail)) from error
        finally:
            self._of_device[plan.device_id] -= 1
            if not self._of_device[plan.device_id]:
                del self._of_device[plan.device_id]
            self._playing[plan_id].discard(one)
            if not self._playing[plan_id]:
                del self._playing[plan_id]

    @staticmethod
    async def _find(
        device: Device, plan: DevicePlan, from_ms: int, to_ms: int, drift_s: float
    ) -> tuple[int, int] | Shown:
        """The first stretch in the window, from its beginning; else where the next one begins."""
        found = await device.stretches(plan.recording, from_ms, to_ms, drift_s)
        if found:
            return found[0]
        end_ms = min(to_ms + LOOKED_AHEAD_MS, now_ms())
        later = await device.stretches(plan.recording, to_ms, end_ms, drift_s) if end_ms > to_ms else []
        return Shown(None, next_ms=later[0][0] if later else None)


async def _after(first: GroupOfPictures, rest: AsyncIterator[GroupOfPictures]) -> AsyncIterator[GroupOfPictures]:
    yield first
    async for group in rest:
        yield group


def _told(reason: Reason, detail: str) -> Answer:
    return Answer(502, f"device_{reason or 'refused'}", detail, f"उपकरण ने अपनी रिकॉर्डिंग नहीं चलाई। ({detail})")
