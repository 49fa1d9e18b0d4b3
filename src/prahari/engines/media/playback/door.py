"""HTTP for recordings: /timeline, /playback, /clip, /snapshot."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.media import MediaClaims
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.fallback.pictures import PictureError, PictureMaker, TooManyPicturesError
from prahari.engines.media.gate.problems import (
    MOVED,
    NO_PERMIT,
    NO_PICTURE,
    NOTHING_THERE,
    STORAGE,
    TOO_MANY,
    UNKNOWN_CAMERA,
    Problem,
    bad_request,
)
from prahari.engines.media.gate.showing import Asker, asker_of, refusal_of_recordings
from prahari.engines.media.gate.tokens import camera_id_of, check_media_token
from prahari.engines.media.live.door import stream_of
from prahari.engines.media.mp4.fragment import fragment, init_segment, mime
from prahari.engines.media.onvif.links import Devices
from prahari.engines.media.playback.elsewhere import HERE, Elsewhere
from prahari.engines.media.playback.stretch import DamagedError, Shelf, Stretch
from prahari.engines.media.recording.catalogue import Catalogue
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.types import AccessUnit, VideoParameters

log = logging.getLogger(__name__)

PLAYBACK_MOST_MS = 60_000
CLIP_MOST_MS = 3_600_000
TIMELINE_MOST_MS = 40 * 86_400_000
BEGINS_LATER_MS = 2_000
"""What begins no later than this after the moment asked for is what was asked for."""
READERS = 48
READERS_PER_USER = 12
WRITE_TIMEOUT_S = 30.0
SNAPSHOT_TIMEOUT_S = 8.0
LATEST_MS = 4_102_444_800_000  # the year 2100


class PlaybackDoor:
    """Handlers for what was recorded. `owns`: whether a camera is this worker's; `needs_request`: whether what is
    recorded of it is shown on request only; `now_s`: the clock that tokens are held to; `devices`:
    what plays their own disks, for `source=device`; None: nothing does."""

    def __init__(
        self,
        catalogue: Catalogue,
        shelf: Shelf,
        pictures: PictureMaker,
        roster: Roster,
        key: Ed25519PublicKey,
        owns: Callable[[str], bool],
        needs_request: Callable[[str], bool],
        now_s: Callable[[], float] = time.time,
        devices: Devices | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._shelf = shelf
        self._pictures = pictures
        self._roster = roster
        self._key = key
        self._owns = owns
        self._needs_request = needs_request
        self._now_s = now_s
        self._devices = devices
        self._elsewhere = elsewhere or Elsewhere(-1, lambda camera_id: None, lambda: None)
        self._readers: Counter[str] = Counter()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/timeline/{camera_id}", self.timeline),
            web.get("/playback/{camera_id}", self.playback),
            web.get("/clip/{camera_id}", self.clip),
            web.get("/snapshot/{camera_id}", self.snapshot),
        ]

    async def timeline(self, request: web.Request) -> web.Response:
        camera_id, claims = self._enter(request, "playback")
        from_ms, to_ms = _span(request, TIMELINE_MOST_MS)
        async with self._reading(claims):
            timeline = await self._catalogue.timeline(camera_id, from_ms, to_ms)
            if self._asks_others(request):
                timeline = await self._elsewhere.completed(request, camera_id, from_ms, to_ms, timeline)
        return web.Response(body=msgspec.json.encode(timeline), content_type="application/json")

    async def playback(self, request: web.Request) -> web.StreamResponse:
        camera_id, claims = self._enter(request, "playback")
        from_ms, to_ms = _span(request, None)
        if request.query.get("source") == "device":
            return await self._from_device(request, claims, from_ms, min(to_ms, from_ms + PLAYBACK_MOST_MS))
        self._admit(camera_id, asker_of(claims, request))
        async with self._reading(claims):
            stretch = await self._shelf.stretch(camera_id, from_ms, to_ms, most_ms=PLAYBACK_MOST_MS, over_gaps=False)
            if self._asks_others(request) and (stretch is None or stretch.start_ms - from_ms > BEGINS_LATER_MS):
                before_ms = to_ms if stretch is None else stretch.start_ms
                passed = await self._elsewhere.passed_on(request, camera_id, from_ms, before_ms)
                if passed is not None:
                    return passed
            if stretch is None:
                return await self._nothing(camera_id, from_ms)
            headers = _headers(stretch)
            headers["X-Mime"] = mime(stretch.parameters)
            return await self._stream(request, claims, stretch, headers, browser=True)

    async def _from_device(
        self, request: web.Request, claims: MediaClaims, from_ms: int, to_ms: int
    ) -> web.StreamResponse:
        """The same answer, of what lies on the device's own disk: fragments as they come from there."""
        camera, asker = self._roster.get(claims.camera_id), asker_of(claims, request)
        if camera is None or self._devices is None:
            raise Problem(UNKNOWN_CAMERA)

        def cut() -> None:
            if request.transport is not None:
                request.transport.abort()

        async with self._reading(claims), self._devices.replay(camera, asker, from_ms, to_ms, cut) as shown:
            if shown.groups is None:
                return _empty(shown.next_ms)
            response: web.StreamResponse | None = None
            try:
                async for group in shown.groups:
                    if response is None:
                        parameters, base_ticks = group.parameters, group.units[0].decode_ticks
                        response = await _begin(
                            request,
                            {
                                "X-Start-Ms": str(shown.start_ms),
                                "X-End-Ms": str(shown.end_ms),
                                "X-Mime": mime(parameters),
                            },
                        )
                        await self._write(response, init_segment(parameters))
                    if group.parameters != parameters or camera.refusal(asker) is not None:
                        break
                    await self._write(response, b"".join(fragment(parameters, group.units, 1, base_ticks)))
                assert response is not None
                await response.write_eof()
            except (TimeoutError, ConnectionError, StreamError):
                cut()
                if response is None:
                    raise
            return response

    async def clip(self, request: web.Request) -> web.StreamResponse:
        camera_id, claims = self._enter(request, "clip")
        from_ms, to_ms = _span(request, CLIP_MOST_MS)
        self._admit(camera_id, asker_of(claims, request))
        async with self._reading(claims):
            stretch = await self._shelf.stretch(camera_id, from_ms, to_ms, most_ms=CLIP_MOST_MS, over_gaps=True)
            if self._asks_others(request) and (stretch is None or stretch.start_ms - from_ms > BEGINS_LATER_MS):
                before_ms = to_ms if stretch is None else stretch.start_ms
                passed = await self._elsewhere.passed_on(request, camera_id, from_ms, before_ms)
                if passed is not None:
                    return passed
            if stretch is None:
                raise Problem(NOTHING_THERE)
            at = dt.datetime.fromtimestamp(stretch.start_ms / 1000, dt.UTC).strftime("%Y%m%dT%H%M%SZ")
            headers = _headers(stretch)
            headers["Content-Disposition"] = f'attachment; filename="camera-{camera_id}-{at}.mp4"'
            return await self._stream(request, claims, stretch, headers, browser=False)

    async def snapshot(self, request: web.Request) -> web.StreamResponse:
        camera_id, claims = self._enter(request, "snapshot")
        asker = asker_of(claims, request)
        async with self._reading(claims):
            is_latest = False
            if "at_ms" in request.query:
                at_ms = _number(request, "at_ms")
                self._admit(camera_id, asker)
                found = await self._shelf.keyframe(camera_id, at_ms)
                if found is None and self._asks_others(request):
                    passed = await self._elsewhere.passed_on(request, camera_id, at_ms, at_ms + 1)
                    if passed is not None:
                        return passed
                if found is None:
                    raise Problem(NOTHING_THERE)
                video, unit = found
            else:
                video, unit = await self._latest(camera_id, asker, stream_of(request))
                is_latest = True
            try:
                jpeg = await self._pictures.jpeg(video, unit)
            except TooManyPicturesError:
                raise Problem(TOO_MANY) from None
            except PictureError as error:
                log.warning("no snapshot of camera %s: %s", camera_id, error)
                raise Problem(NO_PICTURE) from None
        if is_latest:  # leave may have ended while the picture was drawn
            camera = self._roster.get(camera_id)
            if (refused := NO_PERMIT if camera is None else camera.refusal(asker)) is not None:
                raise Problem(refused)
        else:
            self._admit(camera_id, asker)
        headers = {"X-Picture-Ms": str(unit.wall_ms), "Cache-Control": "no-store"}
        return web.Response(body=jpeg, content_type="image/jpeg", headers=headers)

    def _admit(self, camera_id: str, asker: Asker) -> None:
        """Raises Problem when the token's person may not see what was recorded of the camera."""
        refused = refusal_of_recordings(self._needs_request(camera_id), asker, self._now_s())
        if refused is not None:
            raise Problem(refused)

    async def _latest(self, camera_id: str, asker: Asker, stream: StreamName) -> tuple[VideoParameters, AccessUnit]:
        """Now: only while the permit allows live pictures. Previews take the small stream, a snapshot the main one."""
        camera = self._roster.get(camera_id)
        if camera is None:
            raise Problem(UNKNOWN_CAMERA)
        try:
            return await camera.keyframe(SNAPSHOT_TIMEOUT_S, asker, stream)
        except StreamError as error:
            log.info("no snapshot of camera %s: %s", camera_id, error.reason)
            raise Problem(NO_PICTURE) from None

    async def _nothing(self, camera_id: str, from_ms: int) -> web.Response:
        return _empty(await self._shelf.next_start_ms(camera_id, from_ms))

    async def _stream(
        self, request: web.Request, claims: MediaClaims, stretch: Stretch, headers: dict[str, str], *, browser: bool
    ) -> web.StreamResponse:
        asker = asker_of(claims, request)
        response = await _begin(request, headers)
        try:
            await self._write(response, self._shelf.init(stretch, browser=browser))
            async for data in self._shelf.read(stretch, browser=browser):
                self._admit(claims.camera_id, asker)
                await self._write(response, data)
            await response.write_eof()
        except DamagedError:
            # Half a file ends here without its end: whoever asks again is told beforehand what is missing.
            if request.transport is not None:
                request.transport.abort()
        except (TimeoutError, ConnectionError, Problem):
            # A reader that stopped reading holds no place; one whose leave ends is cut off, as a live viewer is.
            if request.transport is not None:
                request.transport.abort()
        return response

    @staticmethod
    async def _write(response: web.StreamResponse, data: bytes) -> None:
        async with asyncio.timeout(WRITE_TIMEOUT_S):
            await response.write(data)

    def _enter(self, request: web.Request, use: str) -> tuple[str, MediaClaims]:
        camera_id = camera_id_of(request)
        claims = check_media_token(request, camera_id, use, self._key, self._now_s())
        if not self._owns(camera_id) and HERE not in request.query:
            raise Problem(MOVED)
        return camera_id, claims

    def _asks_others(self, request: web.Request) -> bool:
        return HERE not in request.query

    @asynccontextmanager
    async def _reading(self, claims: MediaClaims) -> AsyncIterator[None]:
        """A place among the readers. Raises Problem: too many, or the storage fails."""
        if self._readers.total() >= READERS or self._readers[claims.user_id] >= READERS_PER_USER:
            raise Problem(TOO_MANY)
        self._readers[claims.user_id] += 1
        begun = time.monotonic()
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            log.error("recordings cannot be read after %.1f s: %s", time.monotonic() - begun, error)
            raise Problem(STORAGE) from error
        finally:
            self._readers[claims.user_id] -= 1
            if not self._readers[claims.user_id]:
                del self._readers[claims.user_id]


def _empty(next_ms: int | None) -> web.Response:
    return web.Response(status=204, headers={} if next_ms is None else {"X-Next-Ms": str(next_ms)})


async def _begin(request: web.Request, headers: dict[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(headers={**headers, "Content-Type": "video/mp4", "Cache-Control": "no-store"})
    await response.prepare(request)
    return response


def _headers(stretch: Stretch) -> dict[str, str]:
    headers = {"X-Start-Ms": str(stretch.start_ms), "X-End-Ms": str(stretch.end_ms)}
    if stretch.damaged_ms:
        headers["X-Damaged-Ms"] = str(stretch.damaged_ms)
    return headers


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15 and int(text) < LATEST_MS):
        raise bad_request(
            f"{name} must be a time in milliseconds since 1970.", f"{name} 1970 से मिलीसेकंड में समय होना चाहिए।"
        )
    return int(text)


def _span(request: web.Request, most_ms: int | None) -> tuple[int, int]:
    from_ms, to_ms = _number(request, "from_ms"), _number(request, "to_ms")
    if to_ms <= from_ms:
        raise bad_request("to_ms must be later than from_ms.", "to_ms का समय from_ms के बाद का होना चाहिए।")
    if most_ms is not None and to_ms - from_ms > most_ms:
        minutes = most_ms // 60_000
        raise bad_request(
            f"At most {minutes} minutes at once: ask for a shorter stretch.",
            f"एक बार में अधिकतम {minutes} मिनट: छोटी अवधि माँगें।",
        )
    return from_ms, to_ms
