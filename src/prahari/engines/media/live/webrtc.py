"""WebRTC for where delay matters: H.264 passes through unchanged, POST /webrtc/{camera_id}.

Host candidates only: no server on the internet is asked for anything. A viewer costs some percent of a core (SRTP), so
there are few places; MSE over WebSocket is the way for walls. aiortc is imported when first needed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import msgspec
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.fallback.annexb import split_lengths, with_start_codes
from prahari.engines.media.gate.problems import (
    MOVED,
    NO_PICTURE,
    TOO_MANY,
    UNKNOWN_CAMERA,
    Answer,
    Problem,
    bad_request,
)
from prahari.engines.media.gate.showing import Asker, asker_of
from prahari.engines.media.gate.tokens import camera_id_of, check_media_token
from prahari.engines.media.live.door import stream_of
from prahari.engines.media.types import VIDEO_TIMESCALE, AccessUnit, StreamParameters, VideoParameters

log = logging.getLogger(__name__)

PLACES = 8
WAIT_FOR_PARAMETERS_S = 8.0
CONNECT_S = 15.0
MOST_QUEUED = 120

NOT_H264 = Answer(
    415,
    "unsupported",
    "This camera's stream cannot be shown over WebRTC: use the ordinary live view.",
    "इस कैमरे की स्ट्रीम WebRTC से नहीं दिखाई जा सकती: सामान्य लाइव दृश्य का उपयोग करें।",
)


class Offer(msgspec.Struct):
    sdp: str
    type: str


class UnitQueue:
    """A tap on a camera's hub: pictures for one peer. When the peer is behind, it goes on with the next keyframe."""

    def __init__(self, asker: Asker, on_end: Callable[[], None]) -> None:
        self.asker = asker
        self._on_end = on_end
        self._units: asyncio.Queue[AccessUnit | None] = asyncio.Queue()
        self._skipping = True
        self._ended = False
        self.video: asyncio.Future[VideoParameters | None] = asyncio.get_running_loop().create_future()
        self._current: VideoParameters | None = None

    def on_parameters(self, parameters: StreamParameters) -> None:
        if self._current is not None and parameters.video != self._current:
            self._skipping = True  # another stream from here on: it starts with a keyframe
        self._current = parameters.video
        if not self.video.done():
            self.video.set_result(parameters.video)

    def on_unit(self, unit: AccessUnit) -> None:
        if not unit.is_video or self._ended:
            return
        if self._units.qsize() > MOST_QUEUED:
            self._skipping = True
        if self._skipping and (not unit.keyframe or self._units.qsize() > MOST_QUEUED):
            return
        self._skipping = False
        self._units.put_nowait(unit)

    def end(self, code: int = 0, reason: str = "") -> None:
        """Leave has ended or the camera is gone: nothing more is sent, what waits included."""
        if not self._ended:
            self._ended = True
            while not self._units.empty():
                self._units.get_nowait()
            self._units.put_nowait(None)
            if not self.video.done():
                self.video.set_result(None)
            self._on_end()

    async def take(self) -> tuple[AccessUnit, bytes] | None:
        """The next picture with start codes, led by its parameter sets when it is a keyframe; None at the end."""
        if self._ended:
            return None
        unit = await self._units.get()
        if unit is None or self._ended:
            return None
        data = unit.data if isinstance(unit.data, bytes) else b"".join(unit.data)
        sets = [self._current.sps, self._current.pps] if unit.keyframe and self._current is not None else []
        return unit, with_start_codes([*sets, *split_lengths(data)])


def _make_track(queue: UnitQueue) -> Any:
    """A track that gives coded packets: aiortc then packs them instead of encoding."""
    from aiortc import MediaStreamTrack
    from aiortc.mediastreams import MediaStreamError
    from av import Packet

    class PassThrough(MediaStreamTrack):  # type: ignore[misc]
        kind = "video"

        def __init__(self) -> None:
            super().__init__()
            self._base_ticks: int | None = None

        async def recv(self) -> Any:
            taken = await queue.take()
            if taken is None:
                self.stop()
                raise MediaStreamError
            unit, data = taken
            if self._base_ticks is None:
                self._base_ticks = unit.decode_ticks
            packet = Packet(data)
            packet.pts = max(0, unit.decode_ticks + unit.composition_offset_ticks - self._base_ticks)
            packet.time_base = Fraction(1, VIDEO_TIMESCALE)
            return packet

    return PassThrough()


class WebRtcDoor:
    """`owns`: whether a camera is this worker's."""

    def __init__(self, roster: Roster, key: Ed25519PublicKey, owns: Callable[[str], bool]) -> None:
        self._roster = roster
        self._key = key
        self._owns = owns
        self._peers: dict[Any, tuple[Camera, UnitQueue]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/webrtc/{camera_id}", self.answer)]

    async def answer(self, request: web.Request) -> web.Response:
        camera_id = camera_id_of(request)
        claims = check_media_token(request, camera_id, "live", self._key)
        if not self._owns(camera_id):
            raise Problem(MOVED)
        camera = self._roster.get(camera_id)
        if camera is None:
            raise Problem(UNKNOWN_CAMERA)
        try:
            offer = msgspec.json.decode(await request.read(), type=Offer)
        except ValueError:
            raise bad_request(
                'Send a WebRTC offer: {"sdp": "...", "type": "offer"}.',
                'WebRTC offer भेजें: {"sdp": "...", "type": "offer"}।',
            ) from None
        if len(self._peers) >= PLACES:
            raise Problem(TOO_MANY)
        return await self._connect(camera, offer, asker_of(claims, request), stream_of(request))

    async def _connect(self, camera: Camera, offer: Offer, asker: Asker, stream: StreamName) -> web.Response:
        from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCSessionDescription

        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        queue = UnitQueue(asker, lambda: self._spawn(self._drop(peer)))
        self._peers[peer] = (camera, queue)
        done = False
        try:
            camera.tap(queue, stream)
            async with asyncio.timeout(WAIT_FOR_PARAMETERS_S):
                video = await asyncio.shield(queue.video)
            if video is None:
                raise Problem(NO_PICTURE)
            if video.codec != "h264" and stream is StreamName.MAIN and camera.plan.sub is not None:
                await self._drop(peer)
                return await self._connect(camera, offer, asker, StreamName.SUB)
            if video.codec != "h264":
                raise Problem(NOT_H264)
            peer.addTrack(_make_track(queue))
            h264 = [codec for codec in RTCRtpSender.getCapabilities("video").codecs if codec.mimeType == "video/H264"]
            for transceiver in peer.getTransceivers():
                transceiver.setCodecPreferences(h264)

            @peer.on("connectionstatechange")  # type: ignore[untyped-decorator]
            async def changed() -> None:
                if peer.connectionState in {"failed", "closed"}:
                    await self._drop(peer)

            try:
                await peer.setRemoteDescription(RTCSessionDescription(offer.sdp, offer.type))
                await peer.setLocalDescription(await peer.createAnswer())
            except Exception as error:  # whatever aiortc makes of a stranger's SDP is the stranger's fault
                log.info("a WebRTC offer was refused: %s", type(error).__name__)
                raise bad_request(
                    "The WebRTC offer cannot be used: it must ask for H.264 video.",
                    "यह WebRTC offer उपयोग नहीं हो सकता: इसमें H.264 वीडियो माँगा जाना चाहिए।",
                ) from None
            description = peer.localDescription
            done = True
        except TimeoutError:
            raise Problem(NO_PICTURE) from None
        finally:
            if not done:
                await self._drop(peer)
        asyncio.get_running_loop().call_later(CONNECT_S, self._drop_unless_connected, peer)
        body = msgspec.json.encode({"sdp": description.sdp, "type": description.type})
        return web.Response(body=body, content_type="application/json")

    def _drop_unless_connected(self, peer: Any) -> None:
        if peer in self._peers and peer.connectionState != "connected":
            self._spawn(self._drop(peer))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drop(self, peer: Any) -> None:
        held = self._peers.pop(peer, None)
        if held is not None:
            camera, queue = held
            camera.untap(queue)
            queue.end()
            await peer.close()

    async def close(self) -> None:
        for peer in list(self._peers):
            await self._drop(peer)
