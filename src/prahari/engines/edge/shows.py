"""Live pictures for the centre: a viewer whose wire is a channel of the link."""

from __future__ import annotations

import time
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts import tokens
from prahari.contracts.media import MediaClaims
from prahari.engines.edge.link import Link
from prahari.engines.edge.wire import Look, Show
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.cameras.roster import Roster
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.problems import NO_TOKEN, TOO_MANY, UNKNOWN_CAMERA, Answer, Problem
from prahari.engines.media.gate.showing import Asker, asker_of

SAY, SHOW, SHOW_KEY = b"s", b"p", b"k"
"""First byte of a live payload: must arrive; a picture; a picture that can be begun with."""

SLOW_BYTES = 192_000
CAUGHT_UP_BYTES = 48_000
MOST_SHOWS = 64

CAP_REACHED = Answer(
    503,
    "bandwidth_cap",
    "The month's allowance of data of this site is used up: live pictures are not sent.",
    "इस स्थान के महीने का डेटा समाप्त हो गया है: लाइव चित्र नहीं भेजे जाते।",
    4429,
)


def payload_of(frame: bytes) -> tuple[bytes, bytes]:
    """(opcode as one byte, payload) of a ready WebSocket message as engines.media builds them."""
    length = frame[1]
    start = 2 if length < 126 else 4 if length == 126 else 10
    return frame[:1], frame[start:]


class LinkViewer:
    """Does what a media worker's Viewer does, over a channel of the link. What is dropped is dropped up to a keyframe,
    as there: a slow link shows fewer pictures, never old ones."""

    def __init__(self, link: Link, channel: int, user_id: str, asker: Asker, ended: Callable[[], None]) -> None:
        self._link = link
        self.channel = channel
        self.user_id = user_id
        self.asker = asker
        self._ended = ended
        self._dropping = False
        self.closed = False
        self.sent = 0
        self.dropped = 0
        self.began = time.monotonic()

    def say(self, frame: bytes) -> None:
        if not self.closed:
            opcode, payload = payload_of(frame)
            self._link.live(self.channel, SAY + opcode + payload)

    def show(self, frame: bytes, keyframe: bool) -> None:
        if self.closed:
            return
        unsent = self._link.live_unsent(self.channel)
        if self._dropping:
            if not keyframe or unsent > CAUGHT_UP_BYTES:
                self.dropped += 1
                return
            self._dropping = False
        elif unsent > SLOW_BYTES:
            self._dropping = True
            self.dropped += 1
            return
        self.sent += 1
        opcode, payload = payload_of(frame)
        self._link.live(self.channel, (SHOW_KEY if keyframe else SHOW) + opcode + payload)

    def end(self, code: int, reason: str) -> None:
        """What has not gone yet is not sent any more: leave has ended."""
        if not self.closed:
            self.closed = True
            self._link.forget_live(self.channel)
            self._link.end(self.channel, code, reason)
            self._ended()

    async def ended(self) -> None:
        """Nothing to wait for."""


class Shows:
    """The channels on which cameras are shown over one connection. `capped`: the allowance is used up."""

    def __init__(
        self,
        link: Link,
        roster: Roster,
        key: Ed25519PublicKey,
        now_s: Callable[[], float],
        capped: Callable[[], bool],
    ) -> None:
        self._link = link
        self._roster = roster
        self._key = key
        self._now_s = now_s
        self._capped = capped
        self._shown: dict[int, tuple[LinkViewer, Camera]] = {}

    def show(self, message: Show) -> None:
        """Begin, or answer on the channel why not."""
        try:
            claims = self._claims(message.token, message.camera_id)
            camera = self._roster.get(message.camera_id)
            if camera is None:
                raise Problem(UNKNOWN_CAMERA)
            if self._capped():
                raise Problem(CAP_REACHED)
            if len(self._shown) >= MOST_SHOWS or message.channel in self._shown:
                raise Problem(TOO_MANY)
            channel = message.channel
            viewer = LinkViewer(self._link, channel, claims.user_id, asker_of(claims), lambda: self._gone(channel))
            self._shown[channel] = (viewer, camera)
            try:
                stream = StreamName.MAIN if message.stream == "main" else StreamName.SUB
                camera.watch(viewer, stream, plays_h265=message.plays_h265)  # type: ignore[arg-type]
            except Problem:
                self._shown.pop(channel, None)
                raise
        except Problem as problem:
            self._link.end(message.channel, problem.answer.ws_close, problem.answer.code)

    def look(self, message: Look) -> None:
        """Another person looks on: the channel goes on as long as any of them may look."""
        found = self._shown.get(message.channel)
        if found is None:
            return
        viewer, camera = found
        try:
            asker = asker_of(self._claims(message.token, camera.plan.camera_id))
        except Problem:
            return
        if asker.request_id and asker.request_until_s > (
            viewer.asker.request_until_s if viewer.asker.request_id else 0
        ):
            viewer.asker = asker

    def end(self, channel: int) -> None:
        """The centre wants no more of it."""
        found = self._shown.pop(channel, None)
        if found is not None:
            viewer, camera = found
            viewer.closed = True
            self._link.forget_live(channel)
            self._link.end(channel)
            camera.unwatch(viewer)  # type: ignore[arg-type]

    def end_all(self, code: int, reason: str) -> None:
        for viewer, _ in list(self._shown.values()):
            viewer.end(code, reason)

    def __len__(self) -> int:
        return len(self._shown)

    def _gone(self, channel: int) -> None:
        found = self._shown.pop(channel, None)
        if found is not None:
            found[1].unwatch(found[0])  # type: ignore[arg-type]

    def _claims(self, token: str, camera_id: str) -> MediaClaims:
        """Raises Problem. The token is judged here once more, by the centre's clock as it is known here."""
        try:
            claims = tokens.verify(token, MediaClaims, self._key, self._now_s())
        except tokens.TokenError:
            raise Problem(NO_TOKEN) from None
        if claims.camera_id != camera_id or "live" not in claims.uses:
            raise Problem(NO_TOKEN)
        return claims
