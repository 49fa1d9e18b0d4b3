"""What a camera sends, cut into fragments for its viewers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraStatus, Reason
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.live.viewer import INIT_SEGMENT, MEDIA_FRAGMENT, Viewer, binary_frame, text_frame
from prahari.engines.media.mp4.fragment import for_browser, fragment, init_segment, mime
from prahari.engines.media.types import (
    VIDEO_TIMESCALE,
    AccessUnit,
    GroupOfPictures,
    StreamParameters,
    VideoParameters,
)

JUMP_BACK_TICKS = VIDEO_TIMESCALE // 2
JUMP_AHEAD_TICKS = VIDEO_TIMESCALE
AUDIO_ONLY_UNITS = 8


class Tap(Protocol):
    """Who takes pictures as they are, not as fragments: a WebRTC peer, the masking for visitors."""

    asker: Asker

    def on_parameters(self, parameters: StreamParameters) -> None: ...

    def on_unit(self, unit: AccessUnit) -> None: ...

    def end(self, code: int, reason: str) -> None:
        """Leave has ended; `code` and `reason` as a WebSocket is closed with."""


class Hub:
    """A Sink: every fragment is built once and the same bytes go to all viewers.

    Sits on the source only while somebody looks, so that a camera that is only recorded is read in large gulps.
    """

    wants_units = True

    def __init__(self, recorded: Callable[[], bool]) -> None:
        self._recorded = recorded
        self.viewers: set[Viewer] = set()
        self.taps: set[Tap] = set()
        self.awaited: dict[Viewer, Callable[[], None]] = {}
        """Who joins with the next keyframe, and what is called then: whoever has another picture keeps it till then."""
        self._status = text_frame(
            {"type": "status", "status": CameraStatus.UNKNOWN, "reason": Reason.STARTING, "at_ms": now_ms()}
        )
        self._is_live = False
        self._told: tuple[CameraStatus, Reason] | None = None
        self.reset()

    def reset(self) -> None:
        """Forget the stream: the connection was closed."""
        self._parameters: StreamParameters | None = None
        self._init_frames: list[bytes] = []
        self._sequence = 0
        self._group: list[AccessUnit] = []
        self._pending: list[AccessUnit] = []
        self._base_ticks: int | None = None
        self._next_ticks = 0

    def join(self, viewer: Viewer) -> None:
        """Add a viewer and show it at once what there is since the last keyframe."""
        self.viewers.add(viewer)
        self.say_status(viewer)
        for frame in self._init_frames:
            viewer.say(frame)
        if self._group:
            viewer.say(self._frame_of(self._group))

    def say_status(self, viewer: Viewer) -> None:
        if not self._is_live:
            viewer.say(self._status)

    @property
    def video(self) -> VideoParameters | None:
        """What is being shown; None: not known yet, or sound only."""
        return self._parameters.video if self._parameters is not None else None

    @property
    def has_picture(self) -> bool:
        """Whether who joins now sees something at once."""
        return bool(self._group)

    @property
    def watchers(self) -> int:
        return len(self.viewers) + len(self.taps)

    def tap(self, tap: Tap) -> None:
        """Add a taker of pictures; it gets those since the last keyframe at once."""
        self.taps.add(tap)
        if self._parameters is not None:
            tap.on_parameters(self._parameters)
            for unit in self._group:
                tap.on_unit(unit)

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        self.awaited.pop(viewer, None)

    def end_refused(self, verdict: Callable[[Asker], tuple[int, str] | None]) -> None:
        """Close who is refused with the code and reason of its verdict; it is shown nothing after this."""
        for viewer in tuple(self.viewers):
            if (refused := verdict(viewer.asker)) is not None:
                self.viewers.discard(viewer)
                viewer.end(*refused)
        for viewer in tuple(self.awaited):
            if (refused := verdict(viewer.asker)) is not None:
                del self.awaited[viewer]
                viewer.end(*refused)
        for tap in tuple(self.taps):
            if (refused := verdict(tap.asker)) is not None:
                self.taps.discard(tap)
                tap.end(*refused)

    def end_all(self, code: int, reason: str) -> None:
        """Close every viewer; none is shown anything after this."""
        self.end_refused(lambda _: (code, reason))

    def set_status(self, status: CameraStatus, reason: Reason) -> None:
        """Tell viewers of a change of state."""
        if self._told == (status, reason):
            return
        self._told = (status, reason)
        self._is_live = status is CameraStatus.LIVE
        self._status = text_frame({"type": "status", "status": status, "reason": reason, "at_ms": now_ms()})
        for viewer in self.viewers:
            viewer.say(self._status)

    def seed(self, group: GroupOfPictures) -> None:
        """Start from what the source holds since its last keyframe."""
        self.on_parameters(group.parameters)
        self._group = list(group.units)
        for unit in self._group:
            self._follow(unit)

    def on_parameters(self, parameters: StreamParameters) -> None:
        shown = for_browser(parameters)
        if shown == self._parameters:
            return
        self.reset()
        self._parameters = shown
        message = {
            "type": "init",
            "mime": mime(shown),
            "width": shown.video.width if shown.video else 0,
            "height": shown.video.height if shown.video else 0,
            "record": self._recorded(),
        }
        self._init_frames = [text_frame(message), binary_frame(INIT_SEGMENT, now_ms(), [init_segment(shown)])]
        for viewer in self.viewers:
            for frame in self._init_frames:
                viewer.say(frame)
        for tap in self.taps:
            tap.on_parameters(shown)

    def on_unit(self, unit: AccessUnit) -> None:
        parameters = self._parameters
        if parameters is None:
            return
        if not unit.is_video:
            if parameters.audio is None:
                return
            if self._group or parameters.video is None:
                self._follow(unit)
                self._group.append(unit)
                self._pending.append(unit)
            if parameters.video is None and len(self._pending) >= AUDIO_ONLY_UNITS:
                self._show(self._pending, keyframe=True)
                self._group = self._pending
                self._pending = []
                self._let_in()
            return
        if not unit.keyframe and not self._group:
            return
        if not self._follow(unit) and not unit.keyframe:
            self._group = []  # a jump inside a group: what is held no longer fits the new time line
            return
        if unit.keyframe:
            self._group = [*self._pending, unit]
        else:
            self._group.append(unit)
        for tap in self.taps:
            tap.on_unit(unit)
        # Audio waits for the next picture: one message a frame, not three.
        self._pending.append(unit)
        self._show(self._pending, unit.keyframe)
        self._pending = []
        if self.awaited and unit.keyframe:
            self._let_in()

    def on_group(self, group: GroupOfPictures) -> None:
        """Viewers had it unit by unit."""

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """The camera tells viewers of states; pictures go on with a keyframe."""
        self._group = []
        self._pending = []

    def _let_in(self) -> None:
        awaited, self.awaited = self.awaited, {}
        for arrive in awaited.values():
            arrive()

    def _show(self, units: list[AccessUnit], keyframe: bool) -> None:
        if self.viewers:
            frame = self._frame_of(units)
            for viewer in self.viewers:
                viewer.show(frame, keyframe)

    def _follow(self, unit: AccessUnit) -> bool:
        """False when the unit does not go on from the one before.

        Keep the viewers' time line free of holes: when the camera's clock jumps, or comes back after a while, what
        comes next is put right behind what was last. Each message says when its picture was taken."""
        if not unit.is_video and self._parameters is not None and self._parameters.video is not None:
            return True
        goes_on = True
        if self._base_ticks is None:
            self._base_ticks = unit.decode_ticks
        else:
            ahead = unit.decode_ticks - self._next_ticks
            if not -JUMP_BACK_TICKS <= ahead <= JUMP_AHEAD_TICKS:
                self._base_ticks += ahead
                goes_on = False
        self._next_ticks = unit.decode_ticks + unit.duration_ticks
        return goes_on

    def _frame_of(self, units: list[AccessUnit]) -> bytes:
        assert self._parameters is not None
        first = next((unit for unit in units if unit.is_video), units[0])
        self._sequence += 1
        boxes = fragment(self._parameters, units, self._sequence, self._base_ticks or 0)
        return binary_frame(MEDIA_FRAGMENT, first.wall_ms, boxes)
