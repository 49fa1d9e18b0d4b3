"""WebSocket for live pictures: /live/{camera_id}."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.problems import FOREIGN_PAGE, MOVED, TOO_MANY, UNKNOWN_CAMERA, Answer, Problem
from prahari.engines.media.gate.showing import asker_of
from prahari.engines.media.gate.tokens import camera_id_of, check_media_token, is_foreign_page
from prahari.engines.media.live.viewer import Viewer, text_frame

log = logging.getLogger(__name__)

LONGEST_S = 12 * 3600.0
HEARTBEAT_S = 20.0
MOST_MESSAGE_BYTES = 4096
MOST_MESSAGES_PER_S = 20
MOST_GARBAGE = 5
MOST_UNSENT_BYTES = 128_000
CLOSE_TOKEN = 4401
CLOSE_MESSAGES = 4400


class LiveDoor:
    """`owns`: whether a camera is this worker's."""

    def __init__(self, roster: Roster, key: Ed25519PublicKey, owns: Callable[[str], bool]) -> None:
        self._roster = roster
        self._key = key
        self._owns = owns

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/live/{camera_id}", self.live)]

    async def live(self, request: web.Request) -> web.StreamResponse:
        ws = await open_socket(request, self._admit)
        assert request.transport is not None
        try:
            camera, claims = self._admit(request)
            viewer = Viewer(ws, request.transport, claims.user_id, asker_of(claims, request))
            if not self._roster.enter(viewer):
                raise Problem(TOO_MANY)
        except Problem as problem:
            await refuse(ws, problem.answer)
            return ws
        try:
            await self._show(ws, viewer, camera, stream_of(request), plays_h265=_plays_h265(request))
        finally:
            self._roster.go(viewer)
        return ws

    def _admit(self, request: web.Request) -> tuple[Camera, MediaClaims]:
        camera_id = camera_id_of(request)
        claims = check_media_token(request, camera_id, "live", self._key)
        if not self._owns(camera_id):
            raise Problem(MOVED)
        camera = self._roster.get(camera_id)
        if camera is None:
            raise Problem(UNKNOWN_CAMERA)
        return camera, claims

    async def _show(
        self, ws: web.WebSocketResponse, viewer: Viewer, camera: Camera, stream: StreamName, *, plays_h265: bool
    ) -> None:
        try:
            camera.watch(viewer, stream, plays_h265=plays_h265)
        except Problem as problem:
            await refuse(ws, problem.answer, reason=camera.leave.reason if problem.answer.code == "no_permit" else "")
            return
        try:
            async with asyncio.timeout(LONGEST_S):
                await listen(ws, viewer, lambda wanted: camera.want(viewer, wanted))
        except TimeoutError:
            viewer.end(CLOSE_TOKEN, "Open the camera again from the console.")
        finally:
            camera.unwatch(viewer)
            await viewer.ended()


def stream_of(request: web.Request, otherwise: StreamName = StreamName.MAIN) -> StreamName:
    """`?stream=main|sub`: the small one for walls, the main one enlarged. Anything else: `otherwise`."""
    asked = request.query.get("stream", "")
    return StreamName(asked) if asked in list(StreamName) else otherwise


def _plays_h265(request: web.Request) -> bool:
    """`?plays=h264` (or `transcode=1`, as older pages say): this browser plays no H.265."""
    if request.query.get("transcode") == "1":
        return False
    return "plays" not in request.query or "h265" in request.query["plays"].split(",")


async def open_socket(request: web.Request, admit: Callable[[web.Request], object]) -> web.WebSocketResponse:
    """The WebSocket of a viewer. Raises Problem: a foreign page, or no WebSocket (what `admit` says comes first)."""
    ws = web.WebSocketResponse(
        timeout=1.0, heartbeat=HEARTBEAT_S, max_msg_size=MOST_MESSAGE_BYTES, compress=False, writer_limit=1
    )
    if not ws.can_prepare(request):
        admit(request)
        raise Problem(Answer(426, "upgrade", "Connect with WebSocket.", "WebSocket से जुड़ें।"))
    if is_foreign_page(request):
        raise Problem(FOREIGN_PAGE)
    await ws.prepare(request)
    assert request.transport is not None
    _keep_kernel_buffer_small(request.transport)
    return ws


def _keep_kernel_buffer_small(transport: asyncio.Transport) -> None:
    """Else seconds of pictures wait in the kernel before a slow viewer is noticed."""
    transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT_BYTES)


async def refuse(ws: web.WebSocketResponse, answer: Answer, reason: str = "") -> None:
    await ws.send_json({"type": "error", "code": answer.code, "message": {"en": answer.en, "hi": answer.hi}})
    await ws.close(code=answer.ws_close, message=(reason or answer.code).encode())


def _no_choice(wanted: StreamName) -> None:
    """There is only one kind of picture here."""


async def listen(ws: web.WebSocketResponse, viewer: Viewer, want: Callable[[StreamName], None] = _no_choice) -> None:
    """What the viewer says, until it leaves or says too much. `want`: it asks for another stream."""
    garbage = 0
    second, said = 0, 0
    async for message in ws:
        now = int(time.monotonic())
        second, said = (now, 1) if now != second else (second, said + 1)
        if said > MOST_MESSAGES_PER_S or garbage >= MOST_GARBAGE:
            viewer.end(CLOSE_MESSAGES, "too many messages")
            return
        answer = None
        if message.type is WSMsgType.TEXT:
            if (wanted := _stream_wanted(message.data)) is not None:
                want(wanted)
                continue
            answer = _answer(message.data)
        if answer is None:
            garbage += 1
            answer = {
                "type": "error",
                "code": "bad_message",
                "message": {
                    "en": 'Not understood: send {"type":"ping","t":...}.',
                    "hi": 'समझ में नहीं आया: {"type":"ping","t":...} भेजें।',
                },
            }
        viewer.say(text_frame(answer))


def _stream_wanted(text: str) -> StreamName | None:
    """`{"type":"stream","stream":"main"}`."""
    if '"stream"' not in text:
        return None
    try:
        said = msgspec.json.decode(text)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("type") != "stream" or said.get("stream") not in list(StreamName):
        return None
    return StreamName(said["stream"])


def _answer(text: str) -> dict[str, Any] | None:
    try:
        said = msgspec.json.decode(text)
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("type") != "ping":
        return None
    sent = said.get("t")
    return {"type": "pong", "t": sent if isinstance(sent, int | float | str) else None, "now_ms": now_ms()}
