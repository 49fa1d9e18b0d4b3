"""The devices behind this worker's cameras: one connection each, held while a camera's permit allows it.

Whether that is so is decided by Camera alone: it says here, each time that its leave may have changed, that it has
settled (Surroundings.settled). Without leave of any of its cameras a device is let go in the same step.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from prahari.contracts.devices import DeviceEventData
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, DevicePlan, Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.gate.problems import NO_PERMIT
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.onvif.connect import connect
from prahari.engines.media.onvif.mover import Mover
from prahari.engines.media.onvif.ports import Device, DeviceError, Notice
from prahari.engines.media.onvif.reading import Reader
from prahari.engines.media.onvif.replays import Replays, Shown
from prahari.engines.media.onvif.topics import name_of
from prahari.engines.media.status.board import StatusBoard

log = logging.getLogger(__name__)

EVENTS_A_MINUTE = 120
RETRY_UNSUPPORTED_S = 3600.0


class _Link:
    """One device: its connection and the ear for its events. Channels are its cameras that have leave now."""

    def __init__(self, plan: DevicePlan, sealing_key: bytes, board: StatusBoard, reader: Reader) -> None:
        self.plan = plan
        self._reader = reader
        self.channels: dict[str, Camera] = {}
        self._sealing_key = sealing_key
        self._board = board
        self._device: Device | None = None
        self._opening = asyncio.Lock()
        self._ear: asyncio.Task[None] | None = None
        self._closed = False
        self._told: list[float] = []

    @property
    def open_device(self) -> Device | None:
        return self._device

    async def device(self) -> Device:
        """Raises DeviceError."""
        async with self._opening:
            if not self.channels or self._closed:
                raise DeviceError(Reason.NO_PERMIT, NO_PERMIT.en)
            if self._device is None:
                plan = self.plan
                self._device = await connect(
                    plan.device_id, plan.url, plan.sealed_credentials, self._sealing_key, self._reader
                )
            return self._device

    def listen(self) -> None:
        wants = any(camera.plan.device is not None and camera.plan.device.events for camera in self.channels.values())
        if wants and self._ear is None and not self._closed:
            self._ear = asyncio.get_running_loop().create_task(self._hear())
        elif not wants and self._ear is not None:
            self._ear.cancel()
            self._ear = None

    async def _hear(self) -> None:
        while True:
            try:
                async with contextlib.aclosing((await self.device()).notices()) as notices:
                    async for notice in notices:
                        self._tell(notice)
            except DeviceError as error:
                log.info("device %s gives no events: %s", self.plan.device_id, error.detail)
            await asyncio.sleep(RETRY_UNSUPPORTED_S)

    def _tell(self, notice: Notice) -> None:
        """To the camera whose source it names; what names none, to the one that hears for the device."""
        now_s = time.monotonic()
        self._told = [at_s for at_s in self._told if now_s - at_s < 60]
        if len(self._told) >= EVENTS_A_MINUTE:
            return
        plans = [camera.plan for camera in self.channels.values()]
        chosen = [plan for plan in plans if plan.device is not None and notice.source in _sources(plan.device)]
        if not chosen and not _names_a_source(notice):
            chosen = [plan for plan in plans if plan.device is not None and plan.device.hears_device]
        for plan in chosen:
            self._told.append(now_s)
            self._board.device_event(plan, _data(notice))

    async def close(self, movers: list[Mover]) -> None:
        self._closed = True
        if self._ear is not None:
            ear, self._ear = self._ear, None
            await end_tasks([ear])
        for mover in movers:
            await mover.close(self._device)
        if self._device is not None:
            device, self._device = self._device, None
            await device.close()


def _sources(plan: DevicePlan) -> set[str]:
    """Tokens by which a device's events may name this channel."""
    return {plan.source, plan.profile} - {""}


def _names_a_source(notice: Notice) -> bool:
    return any("source" in name.lower() and "config" not in name.lower() for name in notice.parameters)


def _data(notice: Notice) -> DeviceEventData:
    at_device_ms = None if notice.at_s is None else round(notice.at_s * 1000)
    return DeviceEventData(
        name_of(notice.topic), notice.topic, notice.state, now_ms(), at_device_ms, notice.source, notice.parameters
    )


def _key(plan: DevicePlan) -> tuple[str, str, str]:
    return plan.device_id, plan.url, plan.sealed_credentials


class Devices:
    """All methods are called in the event loop."""

    def __init__(self, sealing_key: bytes, board: StatusBoard) -> None:
        self._sealing_key = sealing_key
        self._board = board
        self.reader = Reader()
        self.replays = Replays(sealing_key)
        self._links: dict[tuple[str, str, str], _Link] = {}
        self._at: dict[str, tuple[_Link, Mover]] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._links)

    def settled(self, camera: Camera) -> None:
        """A camera's plan or leave may have changed. Cheap when neither has to do with a device."""
        self.replays.settled(camera)
        plan: CameraPlan = camera.plan
        held = self._at.get(plan.camera_id)
        device = plan.device
        if device is None and held is None:
            return
        may = device is not None and camera.leave.anything
        if held is not None and (not may or device is None or _key(held[0].plan) != _key(device)):
            self._let_go(plan.camera_id)
            held = None
        if not may or device is None:
            return
        if held is None:
            link = self._links.get(_key(device))
            if link is None:
                link = self._links[_key(device)] = _Link(device, self._sealing_key, self._board, self.reader)
            held = self._at[plan.camera_id] = (link, Mover(device, link.device))
            link.channels[plan.camera_id] = camera
            held[1].apply(device)
            link.listen()
        elif held[1].plan != device:
            held[1].apply(device)
            held[0].listen()

    def _let_go(self, camera_id: str) -> None:
        link, mover = self._at.pop(camera_id)
        del link.channels[camera_id]
        if link.channels:
            link.listen()
            work = mover.close(link.open_device)
        else:
            del self._links[_key(link.plan)]
            work = link.close([mover])
        task = asyncio.get_running_loop().create_task(work)
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    def mover(self, camera_id: str) -> Mover | None:
        """None: the camera has no device, or no leave now."""
        held = self._at.get(camera_id)
        return None if held is None else held[1]

    async def device(self, camera_id: str) -> Device:
        """The device behind a camera. Raises DeviceError without leave."""
        held = self._at.get(camera_id)
        if held is None:
            raise DeviceError(Reason.NO_PERMIT, NO_PERMIT.en)
        return await held[0].device()

    def replay(
        self, camera: Camera, asker: Asker, from_ms: int, to_ms: int, on_cut: Callable[[], None]
    ) -> AbstractAsyncContextManager[Shown]:
        """What lies on the own disk of a camera's device. See Replays.play."""
        camera_id = camera.plan.camera_id
        return self.replays.play(camera, asker, lambda: self.device(camera_id), from_ms, to_ms, on_cut)

    async def close(self) -> None:
        """End of the worker: what moves is brought to a stand."""
        for camera_id in list(self._at):
            self._let_go(camera_id)
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=5)
        await self.reader.close()
