"""Answers the desks' questions about devices over NATS: what is it, move, what lies on its disk.

`media.device.describe` is served by whichever worker is free; a camera's own subjects by the worker that owns it, from
when its plan comes until it goes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import msgspec
import nats.errors
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from prahari.contracts import subjects, tokens
from prahari.contracts.devices import (
    DescribeReply,
    DescribeRequest,
    MoveReply,
    MoveRequest,
    ReplayReply,
    ReplayRequest,
)
from prahari.contracts.media import MediaClaims, Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.gate.permits import leave_at, read_permit
from prahari.engines.media.gate.showing import asker_of
from prahari.engines.media.onvif.adjusting import Adjusting
from prahari.engines.media.onvif.connect import connect
from prahari.engines.media.onvif.links import Devices
from prahari.engines.media.onvif.mover import MOVING
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.status.board import StatusBoard

log = logging.getLogger(__name__)

AT_ONCE = 4
MOST_WAITING = 256
LONGEST_DESCRIBE_S = 25.0
LONGEST_WINDOW_MS = 31 * 86_400_000
MOST_REQUEST_BYTES = 64_000
LOOK_S = 0.25

Request = TypeVar("Request", bound=msgspec.Struct)
Answerer = Callable[[Camera, bytes], Awaitable[msgspec.Struct]]


class DeviceDesk:
    """Everything that is asked about devices. Never raises for what comes in."""

    def __init__(
        self,
        verifying_key: Ed25519PublicKey,
        sealing_key: bytes,
        cameras: Roster,
        devices: Devices,
        board: StatusBoard,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        """`now_s`: the clock that people's leave is held to."""
        self._verifying_key = verifying_key
        self._sealing_key = sealing_key
        self._cameras = cameras
        self._devices = devices
        self._board = board
        self._now_s = now_s
        self._places = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()
        adjusting = Adjusting(verifying_key, devices, now_s)
        self._answerers: dict[str, Answerer] = {
            "move": self.move,
            "replay": self.replay,
            "imaging": adjusting.imaging,
            "relay": adjusting.relay,
        }
        self._heard: dict[str, list[Subscription]] = {}

    def serve(self, request: str, answer: Answerer) -> None:
        """Answer `media.camera.{id}.{request}` too, for this worker's cameras. Before `run`."""
        self._answerers[request] = answer

    async def listen(self, client: Client) -> None:
        """Answer about devices from now on, over interruptions too, until the client is closed."""
        await client.subscribe(subjects.MEDIA_DEVICE_DESCRIBE, queue="media", cb=self._on_describe)

    async def run(self, client: Client) -> None:
        """Answer for the cameras, until cancelled. Subscriptions are taken up again by the client after a break."""
        self._heard.clear()
        while True:
            await self._follow(client, [camera.plan.camera_id for camera in self._cameras])
            await asyncio.sleep(LOOK_S)

    async def _follow(self, client: Client, wanted: Iterable[str]) -> None:
        ids = set(wanted)
        for camera_id in self._heard.keys() - ids:
            for subscription in self._heard.pop(camera_id):
                try:
                    await subscription.unsubscribe()
                except nats.errors.Error as error:
                    log.debug("unsubscribing: %s", error)
        for camera_id in ids - self._heard.keys():
            self._heard[camera_id] = [
                await client.subscribe(subjects.media_camera(camera_id, request), cb=self._on_camera(camera_id, answer))
                for request, answer in self._answerers.items()
            ]

    async def close(self) -> None:
        await end_tasks(self._running)

    def _start(self, work: Awaitable[msgspec.Struct | None], message: Msg) -> None:
        async def respond() -> None:
            reply = await work
            if reply is None:
                return
            try:
                await message.respond(msgspec.json.encode(reply))
            except nats.errors.Error as error:
                log.debug("an answer came too late: %s", error)

        task = asyncio.get_running_loop().create_task(respond())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _on_describe(self, message: Msg) -> None:
        if len(self._running) < MOST_WAITING:  # else who asked hears nothing and asks again later
            self._start(self.describe(message.data), message)

    def _on_camera(self, camera_id: str, answer: Answerer) -> Callable[[Msg], Awaitable[None]]:
        async def on_message(message: Msg) -> None:
            camera = self._cameras.get(camera_id)
            if camera is not None and len(self._running) < MOST_WAITING:
                self._start(answer(camera, message.data), message)

        return on_message

    async def answer(self, camera: Camera, request: str, payload: bytes) -> msgspec.Struct | None:
        """What came by another way than NATS, answered alike; None: nothing that is asked of cameras."""
        answer = self._answerers.get(request)
        return None if answer is None else await answer(camera, payload)

    async def describe(self, payload: bytes) -> DescribeReply:
        """DescribeRequest -> DescribeReply."""
        request = _read(payload, DescribeRequest)
        if isinstance(request, str):
            return DescribeReply(False, Reason.REFUSED, request)
        leave = leave_at(read_permit(request.permit, request.subject_id, self._verifying_key), time.time())
        if not leave.anything:
            return DescribeReply(False, leave.reason, "No consent or order allows this device to be asked now.")
        begun_s = time.monotonic()
        limit_s = min(max(request.timeout_s, 1.0), LONGEST_DESCRIBE_S, max(leave.until_s - time.time(), 0.1))
        try:
            async with asyncio.timeout(limit_s), self._places:
                reply = await self._describe(request)
        except TimeoutError:
            reply = DescribeReply(False, Reason.TIMEOUT, f"The device did not tell all within {limit_s:.0f} seconds.")
        return msgspec.structs.replace(reply, elapsed_ms=round((time.monotonic() - begun_s) * 1000))

    async def _describe(self, request: DescribeRequest) -> DescribeReply:
        address = request.address
        try:
            device = await connect(
                request.device_id, address.url, address.sealed_credentials, self._sealing_key, self._devices.reader
            )
            try:
                found = await device.describe()
            finally:
                await device.close()
        except DeviceError as error:
            return DescribeReply(False, error.reason, error.detail)
        return DescribeReply(
            True, Reason.NONE, "", found.make, found.model, found.serial, found.firmware, found.clock_drift_s,
            found.channels, found.relays, found.abilities,
        )  # fmt: skip

    async def move(self, camera: Camera, payload: bytes) -> MoveReply:
        """MoveRequest -> MoveReply. Asks the person's token and the camera's permit."""
        request = _read(payload, MoveRequest)
        if isinstance(request, str):
            return MoveReply(False, Reason.REFUSED, request)
        claims = self._claims(request.token, camera, "ptz")
        if claims is None:
            return MoveReply(False, Reason.REFUSED, "The leave to move this camera is missing, wrong or expired.")
        refusal = camera.refusal(asker_of(claims))
        if refusal is not None:
            return MoveReply(False, camera.leave.reason or Reason.NO_PERMIT, refusal.en)
        if camera.plan.device is None:
            return MoveReply(False, Reason.UNSUPPORTED, "This camera has no device that could move it.")
        mover = self._devices.mover(camera.plan.camera_id)
        if mover is None:
            return MoveReply(False, camera.leave.reason or Reason.NO_PERMIT, "No consent or order allows this now.")
        reply = await mover.order(request)
        if reply.ok and request.kind in MOVING:
            self._board.moved(camera.plan, claims.user_id, request.kind)
        return reply

    async def replay(self, camera: Camera, payload: bytes) -> ReplayReply:
        """ReplayRequest -> ReplayReply."""
        request = _read(payload, ReplayRequest)
        if isinstance(request, str):
            return ReplayReply(False, Reason.REFUSED, request)
        claims = self._claims(request.token, camera, "playback")
        if claims is None:
            return ReplayReply(False, Reason.REFUSED, "The leave to look at recordings is missing, wrong or expired.")
        refusal = camera.refusal(asker_of(claims))
        if refusal is not None:
            return ReplayReply(False, camera.leave.reason or Reason.NO_PERMIT, refusal.en)
        plan = camera.plan.device
        if plan is None or not plan.recording:
            return ReplayReply(False, Reason.UNSUPPORTED, "This camera's device has no disk of its own.")
        if not 0 < request.to_ms - request.from_ms <= LONGEST_WINDOW_MS:
            return ReplayReply(False, Reason.REFUSED, "Ask for at most 31 days at once.")
        try:
            device = await self._devices.device(camera.plan.camera_id)
            drift_s = await device.clock_drift_s()
            found = await device.stretches(plan.recording, request.from_ms, request.to_ms, drift_s or 0.0)
        except DeviceError as error:
            return ReplayReply(False, error.reason, error.detail)
        return ReplayReply(True, Reason.NONE, "", found, drift_s)

    def _claims(self, token: str, camera: Camera, use: str) -> MediaClaims | None:
        try:
            claims = tokens.verify(token, MediaClaims, self._verifying_key, self._now_s())
        except tokens.TokenError:
            return None
        return claims if claims.camera_id == camera.plan.camera_id and use in claims.uses else None


def _read(payload: bytes, kind: type[Request]) -> Request | str:
    """The request, or a sentence that says what is wrong with it."""
    if len(payload) > MOST_REQUEST_BYTES:
        return "The request is too large."
    try:
        return msgspec.json.decode(payload, type=kind)
    except ValueError as error:
        return f"The request cannot be read: {error}"
