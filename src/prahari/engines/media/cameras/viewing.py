"""Who looks at which stream of a camera: the small one on walls, the main one enlarged, moved without a dark moment.

A viewer that changes keeps the picture it has until the other stream shows one. Whoever wants the small stream and
cannot have it is shown the main one and told why, and is moved back when it can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraStatus, Reason
from prahari.engines.media.cameras.stream import Stream, StreamName
from prahari.engines.media.live.hub import Hub, Tap
from prahari.engines.media.live.viewer import Viewer, text_frame


@dataclass(slots=True)
class _Look:
    """What one viewer asked for and what it is shown. `hub` None: nothing yet, it waits."""

    wanted: StreamName
    plays_h265: bool
    hub: Hub | None = None
    told: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a viewer belongs. `reason`: why not what was asked for; NONE when it is."""

    stream: Stream
    hub: Hub
    converted: bool
    reason: Reason


class Viewing:
    """`has_sub`: whether the camera has a small stream by its plan."""

    def __init__(self, main: Stream, sub: Stream, has_sub: Callable[[], bool]) -> None:
        self._main = main
        self._sub = sub
        self._has_sub = has_sub
        self._looks: dict[Viewer, _Look] = {}
        self._taps: dict[Tap, StreamName] = {}

    def enter(self, viewer: Viewer, wanted: StreamName, *, plays_h265: bool) -> None:
        self._looks[viewer] = _Look(wanted, plays_h265)
        self._place(viewer, self._looks[viewer])

    def want(self, viewer: Viewer, wanted: StreamName) -> None:
        """Another stream from now on; unknown viewers are ignored."""
        look = self._looks.get(viewer)
        if look is not None and look.wanted is not wanted:
            look.wanted = wanted
            self._place(viewer, look)

    def leave(self, viewer: Viewer) -> None:
        self._looks.pop(viewer, None)
        for hub in self._hubs():
            hub.leave(viewer)

    def tap(self, tap: Tap, wanted: StreamName) -> None:
        self._taps[tap] = wanted
        stream = self._stream_for(wanted)
        stream.attach(expected=True)
        stream.hub.tap(tap)

    def untap(self, tap: Tap) -> None:
        self._taps.pop(tap, None)
        for hub in self._hubs():
            hub.taps.discard(tap)

    @property
    def wants_sub(self) -> bool:
        """Somebody wants the small stream, also one who is shown the main one because it fails."""
        return self._has_sub() and (
            any(look.wanted is StreamName.SUB for look in self._looks.values()) or StreamName.SUB in self._taps.values()
        )

    @property
    def watchers(self) -> int:
        return len(self._looks) + len(self._taps)

    def end_refused(self, verdict: Callable[..., tuple[int, str] | None]) -> None:
        """Close who is refused; it is shown nothing after this."""
        for hub in self._hubs():
            hub.end_refused(verdict)
        for viewer in [one for one in self._looks if verdict(one.asker) is not None]:
            viewer.end(*(verdict(viewer.asker) or (0, "")))
            del self._looks[viewer]
        for tap in [one for one in self._taps if verdict(one.asker) is not None]:
            del self._taps[tap]

    def settle(self) -> None:
        """Move whoever belongs elsewhere by now: a stream failed or came back, its codec is known, a place is free."""
        for viewer, look in list(self._looks.items()):
            self._place(viewer, look)
        for tap, wanted in list(self._taps.items()):
            stream = self._stream_for(wanted)
            if tap not in stream.hub.taps:
                for hub in self._hubs():
                    hub.taps.discard(tap)
                stream.attach(expected=True)
                stream.hub.tap(tap)

    def _hubs(self) -> tuple[Hub, ...]:
        return (self._main.hub, self._main.converter.hub, self._sub.hub, self._sub.converter.hub)

    def _stream_for(self, wanted: StreamName) -> Stream:
        """The small one only where there is one that does not fail."""
        return self._sub if wanted is StreamName.SUB and self._has_sub() and not self._sub.is_failing else self._main

    def _target(self, look: _Look) -> _Target | None:
        """None: all places for conversions are taken."""
        stream = self._stream_for(look.wanted)
        reason = Reason.NONE
        if look.wanted is StreamName.SUB and self._has_sub() and stream is self._main:
            reason = self._sub.reason or Reason.NO_FRAMES
        if look.plays_h265 or stream.codec != "h265":
            return _Target(stream, stream.hub, False, reason)
        sub_fits = self._has_sub() and not self._sub.is_failing and self._sub.codec != "h265"
        if stream is self._main and sub_fits:
            return _Target(self._sub, self._sub.hub, False, Reason.UNSUPPORTED)
        if not stream.converter.start():
            return None
        return _Target(stream, stream.converter.hub, True, reason)

    def _place(self, viewer: Viewer, look: _Look) -> None:
        target = self._target(look)
        if target is None:
            self._say_no_place(viewer, look)
            return
        if look.hub is target.hub:
            for hub in self._hubs():
                if hub is not target.hub:
                    hub.leave(viewer)  # it was on its way elsewhere and has changed its mind
            self._tell(viewer, look, target)
            return
        if viewer in target.hub.awaited:
            return
        for hub in self._hubs():
            hub.awaited.pop(viewer, None)
        if not target.converted:
            target.stream.attach(expected=True)
        if target.hub.has_picture:
            self._arrive(viewer, look, target)
            return
        if look.hub is None and look.told[:1] != ("waiting",):
            look.told = ("waiting",)
            target.hub.say_status(viewer)
        target.hub.awaited[viewer] = lambda: self._came(viewer, look)

    def _came(self, viewer: Viewer, look: _Look) -> None:
        """The stream waited for shows a picture: it is asked again where the viewer belongs, codec known by now."""
        if self._looks.get(viewer) is look:
            self._place(viewer, look)

    def _arrive(self, viewer: Viewer, look: _Look, target: _Target) -> None:
        for hub in self._hubs():
            hub.leave(viewer)
        look.hub = target.hub
        look.told = ()
        target.hub.join(viewer)
        self._tell(viewer, look, target)

    def _tell(self, viewer: Viewer, look: _Look, target: _Target) -> None:
        told = (target.stream.name, look.wanted, target.reason, target.converted)
        if told == look.told or (not self._has_sub() and not target.converted and not look.told):
            return
        look.told = told
        message = {
            "type": "stream",
            "stream": target.stream.name,
            "wanted": look.wanted,
            "reason": target.reason,
            "converted": target.converted,
        }
        viewer.say(text_frame(message))

    def _say_no_place(self, viewer: Viewer, look: _Look) -> None:
        """It keeps the picture that it has; without one it is told why there is none. Asked again with each look."""
        for hub in self._hubs():
            hub.awaited.pop(viewer, None)
            if hub is not look.hub:
                hub.leave(viewer)
        told = ("no_place", look.hub is None)
        if look.told == told:
            return
        look.told = told
        if look.hub is None:
            at = {"status": CameraStatus.OFFLINE, "reason": Reason.CONVERSION_BUDGET, "at_ms": now_ms()}
            viewer.say(text_frame({"type": "status", **at}))
        else:
            message = {"type": "stream", "stream": "", "wanted": look.wanted, "reason": Reason.CONVERSION_BUDGET}
            viewer.say(text_frame({**message, "converted": False}))
