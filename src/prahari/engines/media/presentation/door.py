"""WebSocket for visitors' pictures: /presentation/{camera_id}. Public cameras only, masked, about one a second.

Each message is binary: a byte that says masked (3) or mosaic (4), the capture time in Unix milliseconds, a JPEG.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.media import MediaClaims
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.fallback.pictures import PictureMaker
from prahari.engines.media.gate.problems import MOVED, NO_PERMIT, TOO_MANY, UNKNOWN_CAMERA, Problem
from prahari.engines.media.gate.showing import asker_of
from prahari.engines.media.gate.tokens import camera_id_of, check_media_token
from prahari.engines.media.live.door import CLOSE_TOKEN, LONGEST_S, listen, open_socket, refuse
from prahari.engines.media.live.viewer import Viewer
from prahari.engines.media.presentation.show import Show

USE = "presentation"
CHILD = "prahari.engines.media.presentation.child"
TIMEOUT_S = 15.0
MOST_SHOWS = 9
"""Cameras at once on this worker: each picture costs about a tenth of a second of a core."""


class PresentationDoor:
    """`owns`: whether a camera is this worker's."""

    def __init__(self, roster: Roster, key: Ed25519PublicKey, owns: Callable[[str], bool]) -> None:
        self._roster = roster
        self._key = key
        self._owns = owns
        self._maker = PictureMaker(CHILD, TIMEOUT_S)
        self._shows: dict[str, Show] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/presentation/{camera_id}", self.present)]

    async def present(self, request: web.Request) -> web.StreamResponse:
        ws = await open_socket(request, self._admit)
        assert request.transport is not None
        try:
            camera, claims = self._admit(request)
            viewer = Viewer(ws, request.transport, claims.user_id, asker_of(claims, request, is_visitor=True))
            if not self._roster.enter(viewer):
                raise Problem(TOO_MANY)
        except Problem as problem:
            await refuse(ws, problem.answer)
            return ws
        try:
            await self._show(ws, viewer, camera)
        finally:
            self._roster.go(viewer)
        return ws

    def _admit(self, request: web.Request) -> tuple[Camera, MediaClaims]:
        camera_id = camera_id_of(request)
        claims = check_media_token(request, camera_id, USE, self._key)
        if not self._owns(camera_id):
            raise Problem(MOVED)
        camera = self._roster.get(camera_id)
        if camera is None:
            raise Problem(UNKNOWN_CAMERA)
        return camera, claims

    async def _show(self, ws: web.WebSocketResponse, viewer: Viewer, camera: Camera) -> None:
        try:
            show = self._show_of(camera)
        except Problem as problem:
            await refuse(ws, problem.answer, reason=camera.leave.reason if problem.answer is NO_PERMIT else "")
            return
        show.join(viewer)
        try:
            async with asyncio.timeout(LONGEST_S):
                await listen(ws, viewer)
        except TimeoutError:
            viewer.end(CLOSE_TOKEN, "Open the presentation again from the console.")
        finally:
            show.viewers.discard(viewer)
            if not show.viewers:
                self._drop(camera.plan.camera_id, show)
            await viewer.ended()

    def _show_of(self, camera: Camera) -> Show:
        """The camera's one show, begun when nobody looks yet. Raises Problem: refused, or too many cameras."""
        camera_id = camera.plan.camera_id
        if (refused := camera.refusal(Show.asker)) is not None:
            raise Problem(refused)
        standing = self._shows.get(camera_id)
        if standing is not None:
            return standing
        if len(self._shows) >= MOST_SHOWS:
            raise Problem(TOO_MANY)
        show = Show(camera, self._maker, on_end=lambda: self._drop(camera_id, show))
        show.start()
        self._shows[camera_id] = show
        return show

    def _drop(self, camera_id: str, show: Show) -> None:
        if self._shows.get(camera_id) is show:
            del self._shows[camera_id]
            task = asyncio.get_running_loop().create_task(show.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        for camera_id, show in list(self._shows.items()):
            self._drop(camera_id, show)
        await self._maker.close()
        await asyncio.gather(*self._closing)
