"""What desks ask the media engine about devices (ONVIF), and what it answers. Times are Unix milliseconds, UTC.

Velocities and places are ONVIF's generic ones: pan and tilt from -1 to 1, zoom velocity from -1 to 1, zoom place from
0 to 1. Every answer has `ok`, `reason` and one English sentence `detail` that never holds credentials.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from prahari.contracts.media import Reason, SealedAddress

LONGEST_MOVE_MS = 10_000
"""A continuous move stops by itself after this at the latest; who goes on holding asks again."""


class DescribeRequest(msgspec.Struct, frozen=True):
    """What is this device? `address`: its ONVIF service, credentials sealed for ``device:{device_id}``.

    `permit`: of the camera `subject_id` (one of the device's own), or a survey's. Nothing is opened without.
    """

    device_id: str
    subject_id: str
    address: SealedAddress
    permit: str
    timeout_s: float = 20.0


class StreamInfo(msgspec.Struct, frozen=True):
    """One stream of a channel. `codec`: h264, h265, jpeg, or what the device says. Sizes are 0 when unknown."""

    profile: str
    url: str
    codec: str = ""
    width_px: int = 0
    height_px: int = 0
    fps: int = 0


class ChannelInfo(msgspec.Struct, frozen=True):
    """One picture source of a device. `number` counts from 1 in the device's own order."""

    number: int
    name: str
    source: str
    main: StreamInfo
    sub: StreamInfo | None = None
    ptz: bool = False
    imaging: bool = False
    recording: str = ""  # token of what lies on the device's own disk; empty: nothing


class DescribeReply(msgspec.Struct, frozen=True):
    """`clock_drift_s`: how much the device's clock leads ours; None when it does not tell."""

    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    make: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    clock_drift_s: float | None = None
    channels: list[ChannelInfo] = []
    relays: list[str] = []
    abilities: list[str] = []  # of: ptz, imaging, relay, events, replay
    elapsed_ms: int = 0


class MoveKind(StrEnum):
    CONTINUOUS = "continuous"  # at a velocity, for timeout_ms
    STOP = "stop"
    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    STATUS = "status"  # where is it
    PRESETS = "presets"  # which are there
    GO_TO_PRESET = "go_to_preset"
    SET_PRESET = "set_preset"  # here, under `name`; over `preset` when it is given
    REMOVE_PRESET = "remove_preset"


class MoveRequest(msgspec.Struct, frozen=True):
    """One order to a camera's head. `token`: MediaClaims with use `ptz`."""

    token: str
    kind: MoveKind
    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0
    timeout_ms: int = 1000
    preset: str = ""
    name: str = ""


class Preset(msgspec.Struct, frozen=True):
    token: str
    name: str = ""


class MoveReply(msgspec.Struct, frozen=True):
    """`place`: (pan, tilt, zoom) for STATUS. `presets` for PRESETS, `preset` for SET_PRESET."""

    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    place: tuple[float, float, float] | None = None
    moving: bool = False
    presets: list[Preset] = []
    preset: str = ""


class ReplayRequest(msgspec.Struct, frozen=True):
    """What lies on the device's own disk between two moments? `token`: MediaClaims with use `playback`."""

    token: str
    from_ms: int
    to_ms: int


class ReplayReply(msgspec.Struct, frozen=True):
    """`stretches`: (from, to) by our clock: the device's drift is taken off."""

    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    stretches: list[tuple[int, int]] = []
    clock_drift_s: float | None = None


class Adjustable(msgspec.Struct, frozen=True):
    """A setting of the picture on the device's own scale."""

    name: str  # of: brightness, contrast, color_saturation, sharpness
    value: float
    least: float
    most: float


class Imaging(msgspec.Struct, frozen=True):
    """How a camera's picture is set. Modes are the device's own words (ON, OFF, AUTO; AUTO, MANUAL); an empty list: it
    cannot be set. `can_focus`: its focus can be driven near and far.
    """

    settings: list[Adjustable] = []
    ir_cut: str = ""
    ir_cut_modes: list[str] = []
    focus: str = ""
    focus_modes: list[str] = []
    can_focus: bool = False


class ImagingRequest(msgspec.Struct, frozen=True):
    """Set what is given, then tell how it is; nothing given: only tell. `token`: MediaClaims with use `imaging`.

    `towards`: drive the focus a little, "near" or "far".
    """

    token: str
    settings: dict[str, float] = {}
    ir_cut: str = ""
    focus: str = ""
    towards: str = ""


class ImagingReply(msgspec.Struct, frozen=True):
    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    imaging: Imaging | None = None


class RelayRequest(msgspec.Struct, frozen=True):
    """Switch a relay output of the camera's device. `token`: MediaClaims with use `relay`."""

    token: str
    relay: str
    active: bool


class RelayReply(msgspec.Struct, frozen=True):
    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""


class DeviceEventData(msgspec.Struct, frozen=True):
    """data of a camera.device_event event.

    `name`: motion, tampered, digital_input, video_loss, line_crossed, field_entered, storage_failure, relay or other.
    `state`: began (True), ended (False), or None for what has no end. `at_device_ms` by the device's clock, `at_ms` by
    ours.
    """

    name: str
    topic: str
    state: bool | None
    at_ms: int
    at_device_ms: int | None = None
    source: str = ""
    parameters: dict[str, str] = {}
