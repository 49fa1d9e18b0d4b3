"""Live pictures of an edge camera: once over the link, to as many viewers as there are.

A relay stands for one channel of a site's link. What comes is passed on as it is, after its frame was looked at: a
connector that was broken into can show nonsense, but it cannot put anything on a viewer's wire but pictures and words.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraStatus, Reason
from prahari.engines.edge.shows import SAY, SHOW, SHOW_KEY
from prahari.engines.edge.wire import WireError
from prahari.engines.media.cameras.stream import StreamName
from prahari.engines.media.gate.permits import Leave
from prahari.engines.media.gate.problems import NO_PERMIT
from prahari.engines.media.gate.showing import refusal
from prahari.engines.media.live.viewer import INIT_SEGMENT, MEDIA_FRAGMENT, Viewer, text_frame, ws_frame

LINGER_S = 5.0
GROUP_BYTES = 8_000_000
TEXT, BINARY = 0x81, 0x82
PASSED_ON = {"status", "init", "stream", "skip", "error"}

Key = tuple[str, StreamName, bool, str]
"""Camera, stream, whether H.265 is played, request on whose ground it is shown."""


class Relay:
    """`on_picture` is called when there is a picture for who waits for one."""

    def __init__(self, key: Key, channel: int) -> None:
        self.key = key
        self.channel = channel
        self.viewers: set[Viewer] = set()
        self.waiting: dict[Viewer, Callable[[], None]] = {}
        self.empty_since: float | None = time.monotonic()
        self._status: bytes | None = text_frame(
            {"type": "status", "status": CameraStatus.UNKNOWN, "reason": Reason.STARTING, "at_ms": now_ms()}
        )
        self._words: dict[str, bytes] = {}
        self._init: list[bytes] = []
        self._group: list[bytes] = []
        self._group_bytes = 0

    @property
    def has_picture(self) -> bool:
        return bool(self._group)

    def join(self, viewer: Viewer) -> None:
        """Show at once what there is since the last keyframe."""
        self.viewers.add(viewer)
        self.empty_since = None
        for frame in filter(None, (self._status, *self._words.values(), *self._init, *self._group)):
            viewer.say(frame)

    def wait(self, viewer: Viewer, come: Callable[[], None]) -> None:
        """`come` is called with the first keyframe: whoever has another picture keeps it till then."""
        self.waiting[viewer] = come
        self.empty_since = None

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        self.waiting.pop(viewer, None)
        if not self.viewers and not self.waiting:
            self.empty_since = time.monotonic()

    def take(self, payload: bytes) -> None:
        """What came on the channel. Raises WireError: nothing that may be passed on."""
        if len(payload) < 2 or payload[:1] not in (SAY, SHOW, SHOW_KEY) or payload[1] not in (TEXT, BINARY):
            raise WireError("a live frame of no known kind")
        mark, opcode, body = payload[:1], payload[1], payload[2:]
        if opcode == TEXT:
            self._take_text(body)
            return
        if len(body) < 9 or body[0] not in (INIT_SEGMENT, MEDIA_FRAGMENT):
            raise WireError("a live frame without a head")
        frame = ws_frame(BINARY, [body])
        if body[0] == INIT_SEGMENT:
            self._init = [*self._init[:1], frame]
            self._begin_group([])
            self._say(frame)
            return
        if mark == SHOW:
            self._group_bytes += len(frame)
            if not self._group or self._group_bytes > GROUP_BYTES:
                self._group = []  # too long to be kept, or cut off: whoever joins waits for the next keyframe
            else:
                self._group.append(frame)
            for viewer in self.viewers:
                viewer.show(frame, False)
            return
        self._begin_group([frame])
        for viewer in self.viewers:
            if mark == SAY:
                viewer.say(frame)
            else:
                viewer.show(frame, True)
        waiting, self.waiting = self.waiting, {}
        for come in waiting.values():
            come()

    def end_refused(self, leave: Leave, now_s: float) -> None:
        """Close whoever may not look by the permit as the gate knows it; it is shown nothing after this."""
        for viewer in (*self.viewers, *self.waiting):
            answer = refusal(leave, viewer.asker, now_s)
            if answer is not None:
                reason = leave.reason if answer is NO_PERMIT and leave.reason else answer.code
                self.leave(viewer)
                viewer.end(answer.ws_close, reason)

    def end_all(self, code: int, reason: str) -> None:
        for viewer in (*self.viewers, *self.waiting):
            self.leave(viewer)
            viewer.end(code, reason)

    def _take_text(self, body: bytes) -> None:
        try:
            said: Any = msgspec.json.decode(body)
        except (ValueError, RecursionError) as error:
            raise WireError("words that cannot be read") from error
        kind = said.get("type") if isinstance(said, dict) else None
        if kind not in PASSED_ON or len(body) > 4096:
            raise WireError("words that are not passed on")
        frame = ws_frame(TEXT, [body])
        if kind == "init":
            self._init = [frame]
            self._begin_group([])
        elif kind == "status":
            self._status = None if said.get("status") == CameraStatus.LIVE else frame
        elif kind == "stream":
            self._words["stream"] = frame
        self._say(frame)

    def _begin_group(self, frames: list[bytes]) -> None:
        self._group = frames
        self._group_bytes = sum(map(len, frames))

    def _say(self, frame: bytes) -> None:
        for viewer in self.viewers:
            viewer.say(frame)
