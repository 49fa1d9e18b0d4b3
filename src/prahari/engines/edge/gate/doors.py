"""Doors for viewers of edge cameras: the same paths, tokens and words as at a media worker's."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.media import MediaClaims
from prahari.engines.edge.gate.book import Book
from prahari.engines.edge.gate.clips import Clips, ClipState
from prahari.engines.edge.gate.relay import Relay
from prahari.engines.edge.gate.session import Reply, Session
from prahari.engines.edge.orders import clip_id
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.problems import TOO_MANY, UNKNOWN_CAMERA, Answer, Problem
from prahari.engines.media.gate.showing import asker_of, refusal, refusal_of_recordings
from prahari.engines.media.gate.tokens import camera_id_of, check_media_token, token_of
from prahari.engines.media.live.door import CLOSE_TOKEN, LONGEST_S, _plays_h265, listen, open_socket, refuse, stream_of
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.playback.door import CLIP_MOST_MS, WRITE_TIMEOUT_S, _span

log = logging.getLogger(__name__)

MOST_VIEWERS = 500
MOST_VIEWERS_PER_USER = 50
HEAD_S = 20.0
PIECE_S = 30.0

SITE_AWAY = Answer(
    503,
    "site_away",
    "The site of this camera has no link to the centre at the moment; it records on. Try again in a minute.",
    "इस कैमरे के स्थान का केंद्र से सम्पर्क इस समय नहीं है; वहाँ रिकॉर्डिंग चल रही है। एक मिनट बाद फिर प्रयास करें।",
    1013,
)


class Doors:
    """`session_of(site id)`: its link, None while there is none."""

    def __init__(
        self,
        book: Book,
        clips: Clips,
        key: Ed25519PublicKey,
        session_of: Callable[[str], Session | None],
    ) -> None:
        self._book = book
        self._clips = clips
        self._key = key
        self._session_of = session_of
        self._viewers: Counter[str] = Counter()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/live/{camera_id}", self.live),
            web.get("/timeline/{camera_id}", self.recorded("playback")),
            web.get("/playback/{camera_id}", self.recorded("playback")),
            web.get("/snapshot/{camera_id}", self.recorded("snapshot")),
            web.get("/clip/{camera_id}", self.clip),
        ]

    @property
    def viewers(self) -> int:
        return self._viewers.total()

    def _admit(self, request: web.Request, use: str) -> tuple[str, MediaClaims]:
        """(camera id, claims). Raises Problem."""
        camera_id = camera_id_of(request)
        claims = check_media_token(request, camera_id, use, self._key)
        if camera_id not in self._book.plans:
            raise Problem(UNKNOWN_CAMERA)
        return camera_id, claims

    def _session(self, camera_id: str) -> Session:
        """Raises Problem: the site is away."""
        plan = self._book.plans.get(camera_id)
        session = self._session_of(plan.edge) if plan is not None else None
        if session is None or session.renewing or session.link.closed:
            raise Problem(SITE_AWAY)
        return session

    # Live

    async def live(self, request: web.Request) -> web.StreamResponse:
        ws = await open_socket(request, lambda asked: self._admit(asked, "live"))
        assert request.transport is not None
        try:
            camera_id, claims = self._admit(request, "live")
            asker = asker_of(claims, request)
            now_s = time.time()
            leave = self._book.leave(camera_id, now_s)
            answer = refusal(leave, asker, now_s)
            if answer is not None:
                raise Problem(answer)
            session = self._session(camera_id)
            if self.viewers >= MOST_VIEWERS or self._viewers[claims.user_id] >= MOST_VIEWERS_PER_USER:
                raise Problem(TOO_MANY)
            viewer = Viewer(ws, request.transport, claims.user_id, asker)
            look = Look(session, viewer, camera_id, token_of(request), _plays_h265(request))
            look.want(stream_of(request))
        except Problem as problem:
            reason = leave.reason if problem.answer.code == "no_permit" else ""
            await refuse(ws, problem.answer, reason=reason)
            return ws
        self._viewers[claims.user_id] += 1
        try:
            async with asyncio.timeout(LONGEST_S):
                await listen(ws, viewer, look.want)
        except TimeoutError:
            viewer.end(CLOSE_TOKEN, "Open the camera again from the console.")
        finally:
            look.end()
            self._viewers[claims.user_id] -= 1
            if not self._viewers[claims.user_id]:
                del self._viewers[claims.user_id]
            await viewer.ended()
        return ws

    def end_refused(self, session: Session, camera_id: str) -> None:
        """By the permit as it is now: whoever may not look on is cut off in this step of the event loop."""
        now_s = time.time()
        leave = self._book.leave(camera_id, now_s)
        for relay in session.relays_of(camera_id):
            relay.end_refused(leave, now_s)

    # Recordings

    def recorded(self, use: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            camera_id, _claims = self._admit(request, use)
            session = self._session(camera_id)
            query = "&".join(
                f"{name}={value}" for name, value in request.query.items()
                if name in {"from_ms", "to_ms", "at_ms", "stream"} and value.isalnum()
            )  # fmt: skip
            what = request.path.split("/", 2)[1]
            reply = session.ask(f"/{what}/{camera_id}?{query}", token_of(request))
            try:
                return await self._pass_on(request, session, reply)
            finally:
                session.done(reply)

        return handle

    async def _pass_on(self, request: web.Request, session: Session, reply: Reply) -> web.StreamResponse:
        try:
            async with asyncio.timeout(HEAD_S):
                head = await asyncio.shield(reply.head)
        except TimeoutError:
            raise Problem(SITE_AWAY) from None
        if "reason" in head.headers:
            raise Problem(Answer(head.status, head.headers["reason"] or "site_away", SITE_AWAY.en, SITE_AWAY.hi))
        headers = {name: value for name, value in head.headers.items() if _is_plain(name) and _is_plain(value)}
        response = web.StreamResponse(status=_status(head.status), headers={**headers, "Cache-Control": "no-store"})
        await response.prepare(request)
        try:
            while True:
                async with asyncio.timeout(PIECE_S):
                    piece = await reply.body.get()
                if piece is None:
                    raise ConnectionError
                if not piece:
                    break
                async with asyncio.timeout(WRITE_TIMEOUT_S):
                    await response.write(piece)
                session.read(reply, len(piece))
            await response.write_eof()
        except (TimeoutError, ConnectionError):
            if request.transport is not None:
                request.transport.abort()
        return response

    async def clip(self, request: web.Request) -> web.StreamResponse:
        """Comes as the site sends it; a cut of the link makes it slower, not shorter. Also with the site away."""
        camera_id, claims = self._admit(request, "clip")
        from_ms, to_ms = _span(request, CLIP_MOST_MS)
        needs_request = self._book.leave(camera_id, time.time()).on_request
        refused = refusal_of_recordings(needs_request, asker_of(claims, request), time.time())
        if refused is not None:
            raise Problem(refused)
        name = clip_id(camera_id, from_ms, to_ms, claims.request_id)
        site_id = self._book.plans[camera_id].edge
        state = ClipState(name, site_id, camera_id, from_ms, to_ms, token_of(request), time.time())
        clip = self._clips.ask(state)
        session = self._session_of(site_id)
        if session is not None and not session.renewing and clip.state.state in ("asked", "coming"):
            session.fetch(clip)
        elif session is None and clip.state.state == "asked":
            self._clips.drop(clip)
            raise Problem(SITE_AWAY)
        await self._clips.begun(clip)
        headers = {
            "Content-Type": "video/mp4",
            "Content-Disposition": f'attachment; filename="camera-{camera_id}-{clip.state.start_ms}.mp4"',
            "X-Start-Ms": str(clip.state.start_ms),
            "X-End-Ms": str(clip.state.end_ms),
            "Content-Length": str(clip.state.size),
            "Cache-Control": "no-store",
        }
        if clip.state.damaged_ms:
            headers["X-Damaged-Ms"] = str(clip.state.damaged_ms)
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        try:
            async for data in self._clips.read(clip):
                async with asyncio.timeout(WRITE_TIMEOUT_S):
                    await response.write(data)
            await response.write_eof()
        except (TimeoutError, ConnectionError, Problem):
            if request.transport is not None:
                request.transport.abort()
        return response


class Look:
    """What one viewer is shown: a relay, and another that it waits for after it has asked for the other stream."""

    def __init__(self, session: Session, viewer: Viewer, camera_id: str, token: str, plays_h265: bool) -> None:
        self._session = session
        self._viewer = viewer
        self._camera_id = camera_id
        self._token = token
        self._plays_h265 = plays_h265
        self._at: Relay | None = None
        self._next: Relay | None = None

    def want(self, stream: StreamName) -> None:
        """Raises Problem when there is no channel for it; nothing has changed then."""
        session, viewer = self._session, self._viewer
        request_id = viewer.asker.request_id
        try:
            relay = session.relay(self._camera_id, stream, self._plays_h265, request_id, self._token)
        except Problem:
            if self._at is None:
                raise
            return
        if self._next is not None:
            self._next.leave(viewer)
            self._next = None
        if relay is self._at:
            return
        if self._at is None or relay.has_picture:
            self._move(relay)
        else:
            self._next = relay
            relay.wait(viewer, lambda: self._move(relay))

    def end(self) -> None:
        for relay in (self._at, self._next):
            if relay is not None:
                relay.leave(self._viewer)

    def _move(self, relay: Relay) -> None:
        if self._at is not None:
            self._at.leave(self._viewer)
        self._at, self._next = relay, None
        relay.join(self._viewer)


def _is_plain(text: str) -> bool:
    """Fit for a header: a site must not write others into our answer."""
    return len(text) < 300 and text.isascii() and text.isprintable()


def _status(status: int) -> int:
    return status if 200 <= status < 600 else 502
