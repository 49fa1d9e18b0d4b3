"""What a simulated device is and remembers: channels, heads, pictures' settings, relays, pull points, recordings."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from prahari.simcity.onvif.faults import DeviceFaults, device_faults_from
from prahari.simcity.onvif.head import Head, Place
from prahari.simcity.onvif.soap import Fault, UsernameTokens, items, moment

EVENTS_KEPT = 500
LONGEST_PULL_POINT_S = 3600.0
MOST_PULL_POINTS = 10
MOST_PRESETS = 32


@dataclass
class SimChannel:
    """One camera of a device. `sub_url`: its small stream, empty when there is none.

    `stretches`: (from, to) in Unix seconds that lie on the device's own disk; `replay_url`: where they are played.
    """

    name: str
    url: str
    sub_url: str = ""
    codec: str = "H264"
    width_px: int = 1920
    height_px: int = 1080
    sub_width_px: int = 640
    sub_height_px: int = 360
    fps: int = 25
    ptz: bool = False
    stretches: list[tuple[float, float]] = field(default_factory=list)
    replay_url: str = ""
    head: Head = field(default_factory=Head)
    presets: dict[str, tuple[str, Place]] = field(default_factory=dict)
    imaging: dict[str, float] = field(
        default_factory=lambda: {"Brightness": 50.0, "ColorSaturation": 50.0, "Contrast": 50.0, "Sharpness": 50.0}
    )
    ir_cut: str = "AUTO"
    focus_mode: str = "AUTO"
    focus: float = 0.5  # near 0, far 1
    focus_speed: float = 0.0
    orders: list[str] = field(default_factory=list)  # operations that moved the head, for tests to look at


@dataclass
class PullPoint:
    """A subscription: what has happened since it was last asked, and until when it lives (monotonic seconds)."""

    until_s: float
    waiting: deque[str] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    news: asyncio.Event = field(default_factory=asyncio.Event)


class SimDevice:
    """A recorder or a single camera. `auth`: "wsse" (WS-UsernameToken), "http" (HTTP digest) or "both".

    `media`: which media services it has, of "media" and "media2".
    """

    def __init__(
        self,
        code: str,
        channels: list[SimChannel],
        *,
        username: str = "",
        password: str = "",
        auth: str = "both",
        make: str = "Simcity",
        model: str = "SC-NVR",
        serial: str = "",
        firmware: str = "2.4.1",
        media: tuple[str, ...] = ("media",),
        relays: int = 1,
    ) -> None:
        self.code = code
        self.channels = channels
        self.username = username
        self.password = password
        self.auth = auth
        self.make = make
        self.model = model
        self.serial = serial or f"SC{code}"
        self.firmware = firmware
        self.media = media
        self.relays = {f"relay-{number}": False for number in range(1, relays + 1)}
        self.faults = DeviceFaults()
        self.tokens = UsernameTokens()
        self.pull_points: dict[str, PullPoint] = {}
        self.searches: dict[str, dict[str, Any]] = {}
        self._numbers = itertools.count(1)
        self._states: dict[tuple[str, str], str] = {}

    # clock and faults

    def clock_s(self) -> float:
        """Unix seconds as the device believes."""
        return time.time() + self.faults.clock_off_s

    def set_faults(self, **fields: Any) -> DeviceFaults:
        """Replace the faults. Raises DeviceFaultError."""
        self.faults = device_faults_from(fields)
        return self.faults

    # channels by their tokens

    def channel_of(self, token: str) -> SimChannel:
        """By a profile (main-1, sub-1), video source (source-1) or recording token (rec-1). Raises Fault."""
        kind, _, text = token.rpartition("-")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
        if kind not in {"main", "sub", "source", "rec"} or not 1 <= number <= len(self.channels):
            raise Fault("ter:NoProfile", "The requested profile does not exist")
        return self.channels[number - 1]

    def new_token(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers)}"

    # events

    def open_pull_point(self, for_s: float) -> tuple[str, PullPoint]:
        now_s = time.monotonic()
        self.pull_points = {name: one for name, one in self.pull_points.items() if one.until_s > now_s}
        if len(self.pull_points) >= MOST_PULL_POINTS:
            raise Fault("ter:MaxPullPoints", "All pull points are taken", 500)
        name = self.new_token("pull")
        point = PullPoint(now_s + min(for_s, LONGEST_PULL_POINT_S))
        for (topic, source), state in self._states.items():
            point.waiting.append(self._message(topic, source, state, "Initialized"))
        self.pull_points[name] = point
        if point.waiting:
            point.news.set()
        return name, point

    def pull_point(self, name: str) -> PullPoint:
        """Raises Fault when it is not there, or not any more."""
        if self.faults.forgets_pull_points:
            self.pull_points.clear()
            self.faults = device_faults_from({"clock_off_s": self.faults.clock_off_s})
        point = self.pull_points.get(name)
        if point is None or point.until_s <= time.monotonic():
            self.pull_points.pop(name, None)
            raise Fault("wsnt:ResourceUnknown", "The subscription does not exist", 400)
        return point

    def happen(self, kind: str, channel: int = 1, state: bool = True) -> None:
        """An event: "motion", "tamper" (of a channel from 1) or "input" (digital input of that number)."""
        topics = {
            "motion": ("tns1:VideoSource/MotionAlarm", f"source-{channel}"),
            "tamper": ("tns1:VideoSource/GlobalSceneChange/ImagingService", f"source-{channel}"),
            "input": ("tns1:Device/Trigger/DigitalInput", f"input-{channel}"),
        }
        topic, source = topics[kind]
        value = "true" if state else "false"
        self._states[topic, source] = value
        for point in self.pull_points.values():
            point.waiting.append(self._message(topic, source, value, "Changed"))
            point.news.set()

    def _message(self, topic: str, source: str, state: str, operation: str) -> str:
        name = "InputToken" if topic.endswith("DigitalInput") else "Source"
        value = "LogicalState" if topic.endswith("DigitalInput") else "State"
        return (
            '<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">'
            f"{topic}</wsnt:Topic><wsnt:Message>"
            f'<tt:Message UtcTime="{moment(self.clock_s())}" PropertyOperation="{operation}">'
            f"<tt:Source>{items(**{name: source})}</tt:Source><tt:Data>{items(**{value: state})}</tt:Data>"
            "</tt:Message></wsnt:Message></wsnt:NotificationMessage>"
        )
