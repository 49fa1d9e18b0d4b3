"""Answers the desks' requests over NATS: test an address once, look for cameras on the network."""

from __future__ import annotations

import asyncio
import base64
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import nats.errors
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nats.aio.client import Client
from nats.aio.msg import Msg

from prahari.contracts import subjects
from prahari.contracts.media import DiscoverReply, DiscoverRequest, ProbeReply, ProbeRequest, Reason
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.cameras.address import open_address
from prahari.engines.media.cameras.keyframes import KeyframeWait
from prahari.engines.media.cameras.ports import Address
from prahari.engines.media.fallback.pictures import PictureError, PictureMaker
from prahari.engines.media.fallback.source import FallbackSource
from prahari.engines.media.gate.permits import leave_at, read_permit
from prahari.engines.media.ingest.probe import one_keyframe
from prahari.engines.media.ingest.upstream import UpstreamState
from prahari.engines.media.probe.discovery import discover
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, StreamParameters

log = logging.getLogger(__name__)

Answerer = Callable[[bytes], Awaitable[ProbeReply | DiscoverReply]]

AT_ONCE = 4
MOST_WAITING = 64
LONGEST_S = 30.0
PICTURE_WIDTH_PX = 960
MOST_REQUEST_BYTES = 64_000


class ProbeDesk:
    """Serves MEDIA_PROBE and MEDIA_DISCOVER in queue group `media`."""

    def __init__(self, verifying_key: Ed25519PublicKey, sealing_key: bytes, pictures: PictureMaker) -> None:
        self._verifying_key = verifying_key
        self._sealing_key = sealing_key
        self._pictures = pictures
        self._places = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    async def listen(self, client: Client) -> None:
        """Answer from now on, over interruptions too, until the client is closed."""
        await client.subscribe(subjects.MEDIA_PROBE, queue="media", cb=self._answering(self.probe))
        await client.subscribe(subjects.MEDIA_DISCOVER, queue="media", cb=self._answering(self.discover))

    async def close(self) -> None:
        """End what is being tested."""
        await end_tasks(self._running)

    def _answering(self, answer: Answerer) -> Callable[[Msg], Awaitable[None]]:
        async def on_message(message: Msg) -> None:
            if len(self._running) >= MOST_WAITING:
                return  # who asked hears nothing and asks again later
            task = asyncio.get_running_loop().create_task(self._reply(message, answer))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

        return on_message

    async def _reply(self, message: Msg, answer: Answerer) -> None:
        reply = await answer(message.data)
        try:
            await message.respond(msgspec.json.encode(reply))
        except nats.errors.Error as error:
            log.debug("an answer came too late: %s", error)

    async def probe(self, payload: bytes) -> ProbeReply:
        """ProbeRequest -> ProbeReply, whatever comes in."""
        if len(payload) > MOST_REQUEST_BYTES:
            return ProbeReply(False, Reason.TOO_LARGE, "The request is too large.")
        try:
            request = msgspec.json.decode(payload, type=ProbeRequest)
        except ValueError as error:
            return ProbeReply(False, Reason.REFUSED, f"The request cannot be read: {error}")
        begun = time.monotonic()
        async with self._places:
            reply = await self._probe(request)
        return msgspec.structs.replace(reply, elapsed_ms=round((time.monotonic() - begun) * 1000))

    async def _probe(self, request: ProbeRequest) -> ProbeReply:
        leave = leave_at(read_permit(request.permit, request.camera_id, self._verifying_key), time.time())
        if not leave.anything:
            return ProbeReply(False, leave.reason, "No consent or order allows this camera to be opened now.")
        timeout_s = min(max(request.timeout_s, 1.0), LONGEST_S, max(leave.until_s - time.time(), 0.1))
        try:
            address = open_address(request.camera_id, request.address, "tcp", self._sealing_key)
        except ValueError as error:
            return ProbeReply(False, Reason.REFUSED, str(error))
        try:
            parameters, keyframe = await self._keyframe(request.camera_id, address, timeout_s)
        except StreamError as error:
            return ProbeReply(False, error.reason, error.detail)
        jpeg, detail = b"", ""
        if leave.on_request:
            detail = "The camera is alive; its owner lets it be seen on request only, so no picture is given."
        elif leave.live and parameters.video is not None:
            try:
                jpeg = await self._pictures.jpeg(parameters.video, keyframe, PICTURE_WIDTH_PX)
            except PictureError as error:
                detail = f"A keyframe came, but it could not be drawn: {error}."
        return ProbeReply(
            True, Reason.NONE, detail, _video(parameters), _audio(parameters), base64.b64encode(jpeg).decode()
        )

    async def _keyframe(
        self, camera_id: str, address: Address, timeout_s: float
    ) -> tuple[StreamParameters, AccessUnit]:
        begun = time.monotonic()
        try:
            return await one_keyframe(address.url, address.credentials, timeout_s)
        except StreamError as error:
            left_s = timeout_s - (time.monotonic() - begun)
            if error.reason is not Reason.UNSUPPORTED or left_s < 1:
                raise
        wait = KeyframeWait(asker=None)

        def on_state(state: UpstreamState) -> None:
            if state.reason is not Reason.NONE:
                wait.note_failure(state.reason, state.detail)

        source = FallbackSource(camera_id, address, on_state)
        source.add_sink(wait)
        source.start()
        try:
            video, keyframe = await wait.result(left_s)
        finally:
            await source.close()
        return StreamParameters(video, None), keyframe

    async def discover(self, payload: bytes) -> DiscoverReply:
        """DiscoverRequest -> DiscoverReply, whatever comes in."""
        try:
            request = msgspec.json.decode(payload[:MOST_REQUEST_BYTES] or b"{}", type=DiscoverRequest)
        except ValueError as error:
            return DiscoverReply([], f"The request cannot be read: {error}")
        return await discover(min(max(request.timeout_s, 0.5), 15.0))


def _video(parameters: StreamParameters) -> dict[str, Any] | None:
    video = parameters.video
    return None if video is None else {"codec": video.codec, "width": video.width, "height": video.height}


def _audio(parameters: StreamParameters) -> dict[str, Any] | None:
    audio = parameters.audio
    if audio is None:
        return None
    return {"codec": audio.codec, "sample_rate": audio.sample_rate, "channels": audio.channels}
