"""Moving one camera: orders one after the other, every continuous move with an end of its own, a tour over presets.

The end of a move is kept here, not by who asked: a console that dies, a desk that is cut off, a device that ignores
the time limit it was given; the head stands still at the latest LONGEST_MOVE_MS after the last order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from prahari.contracts.devices import LONGEST_MOVE_MS, MoveKind, MoveReply, MoveRequest
from prahari.contracts.media import DevicePlan, Reason, TourPlan
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.onvif.ports import Device, DeviceError, Place

log = logging.getLogger(__name__)

SHORTEST_MOVE_MS = 100
STOP_TRIES = 4
STOP_PAUSE_S = 0.5
SHORTEST_STAY_S = 5.0
TOUR_PAUSE_S = 15.0
LONGEST_NAME = 60
MOVING = frozenset(
    {MoveKind.CONTINUOUS, MoveKind.STOP, MoveKind.ABSOLUTE, MoveKind.RELATIVE, MoveKind.GO_TO_PRESET}
)  # fmt: skip


def bounded(value: float, lowest: float = -1.0) -> float:
    """Into the generic space; what is no number stands still."""
    return max(lowest, min(1.0, value)) if value == value else 0.0


class Mover:
    """`device`: gives the device, connected when need be; raises DeviceError without leave."""

    def __init__(self, plan: DevicePlan, device: Callable[[], Awaitable[Device]]) -> None:
        self.plan = plan
        self._device = device
        self._turn = asyncio.Lock()
        self._ending: asyncio.Task[None] | None = None
        self._tour: asyncio.Task[None] | None = None
        self._tour_plan: TourPlan | None = None
        self._left_tour: TourPlan | None = None

    @property
    def is_moving(self) -> bool:
        return self._ending is not None

    def apply(self, plan: DevicePlan) -> None:
        """The plan as it is now; a tour in it runs until it is taken out or somebody moves the camera."""
        self.plan = plan
        if plan.tour == self._tour_plan:
            return
        self._end_tour()
        self._tour_plan = plan.tour
        if plan.tour is not None and plan.tour.stops and plan.tour != self._left_tour:
            self._tour = asyncio.get_running_loop().create_task(self._patrol(plan.tour))

    async def order(self, request: MoveRequest) -> MoveReply:
        """Never raises: what goes wrong is in the reply."""
        if not self.plan.ptz:
            return MoveReply(False, Reason.UNSUPPORTED, "This camera cannot be moved.")
        try:
            if request.kind in MOVING:
                self._left_tour = self._tour_plan
                self._end_tour()
            async with self._turn:
                return await self._order(await self._device(), request)
        except DeviceError as error:
            return MoveReply(False, error.reason, error.detail)

    async def _order(self, device: Device, request: MoveRequest) -> MoveReply:
        profile = self.plan.profile
        pan, tilt, zoom = bounded(request.pan), bounded(request.tilt), bounded(request.zoom)
        match request.kind:
            case MoveKind.CONTINUOUS:
                await self._move(device, (pan, tilt, zoom), request.timeout_ms)
            case MoveKind.STOP:
                await self._cancel_ending()
                await self._surely_stop(device)
            case MoveKind.ABSOLUTE:
                await self._cancel_ending()
                await device.go_to(profile, (pan, tilt, bounded(request.zoom, 0.0)))
            case MoveKind.RELATIVE:
                await self._cancel_ending()
                await device.go_by(profile, (pan, tilt, zoom))
            case MoveKind.GO_TO_PRESET:
                await self._cancel_ending()
                await device.go_to_preset(profile, request.preset)
            case MoveKind.STATUS:
                place, moving = await device.place(profile)
                return MoveReply(True, place=place, moving=moving)
            case MoveKind.PRESETS:
                return MoveReply(True, presets=await device.presets(profile))
            case MoveKind.SET_PRESET:
                token = await device.set_preset(profile, request.name[:LONGEST_NAME], request.preset)
                return MoveReply(True, preset=token)
            case MoveKind.REMOVE_PRESET:
                await device.remove_preset(profile, request.preset)
        return MoveReply(True)

    async def _move(self, device: Device, velocity: Place, timeout_ms: int) -> None:
        timeout_s = max(SHORTEST_MOVE_MS, min(timeout_ms, LONGEST_MOVE_MS)) / 1000
        await self._cancel_ending()
        # Before the order goes out: should its answer get lost, the move may be under way all the same.
        self._ending = asyncio.get_running_loop().create_task(self._end_after(device, timeout_s))
        await device.move(self.plan.profile, velocity, timeout_s)

    async def _end_after(self, device: Device, timeout_s: float) -> None:
        await asyncio.sleep(timeout_s)
        try:
            await self._surely_stop(device)
        except DeviceError as error:
            log.warning("a camera may still be moving, it was not reached: %s", error.detail)
        finally:
            if self._ending is asyncio.current_task():
                self._ending = None

    async def _surely_stop(self, device: Device) -> None:
        """Asked again a few times: a head that goes on turning is worse than a camera that is asked four times."""
        for left in range(STOP_TRIES - 1, -1, -1):
            try:
                await device.stop(self.plan.profile)
                return
            except DeviceError:
                if not left:
                    raise
                await asyncio.sleep(STOP_PAUSE_S)

    async def _cancel_ending(self) -> None:
        ending, self._ending = self._ending, None
        if ending is not None:
            await end_tasks([ending])

    async def _patrol(self, tour: TourPlan) -> None:
        """For ever. A stop that cannot be reached is left out."""
        while True:
            reached = False
            for preset, stay_s in tour.stops:
                try:
                    async with self._turn:
                        await (await self._device()).go_to_preset(self.plan.profile, preset)
                    reached = True
                except DeviceError as error:
                    log.info("a stop of a tour is left out: %s", error.detail)
                    continue
                await asyncio.sleep(max(SHORTEST_STAY_S, stay_s))
            if not reached:
                await asyncio.sleep(TOUR_PAUSE_S)

    def _end_tour(self) -> None:
        tour, self._tour = self._tour, None
        if tour is not None:
            tour.cancel()

    async def close(self, device: Device | None) -> None:
        """Leave has ended, or the worker ends: what we set in motion is brought to a stand, nothing else is sent."""
        tour, self._tour = self._tour, None
        if tour is not None:
            await end_tasks([tour])
        if self._ending is not None:
            await self._cancel_ending()
            if device is not None:
                try:
                    await device.stop(self.plan.profile)
                except DeviceError as error:
                    log.warning("a camera may still be moving, it was not reached: %s", error.detail)
