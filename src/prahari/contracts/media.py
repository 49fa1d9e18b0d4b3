"""What desks tell the media engine and what it answers. All times are Unix milliseconds, UTC."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class CameraStatus(StrEnum):
    """State of a camera as consoles show it (glossary: camera_health)."""

    LIVE = "live"
    STALLED = "stalled"
    OFFLINE = "offline"
    NO_CONSENT = "no_consent"
    UNKNOWN = "unknown"  # linked, not proved yet


class Reason(StrEnum):
    """Why a camera is not live or a stretch was not recorded. The console has a sentence for each in both languages."""

    NONE = ""
    STARTING = "starting"
    UNREACHABLE = "unreachable"  # no route, refused, name not found
    TIMEOUT = "timeout"  # connected, no answer in time
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    NOT_FOUND = "not_found"  # 404 and its kin
    REFUSED = "refused"  # any other RTSP error answer
    BAD_STREAM = "bad_stream"  # malformed RTSP, SDP, RTP
    UNSUPPORTED = "unsupported"  # a codec that no path here can take
    TOO_LARGE = "too_large"  # header or message beyond limits
    NO_FRAMES = "no_frames"  # connection stands, nothing comes
    CONNECTION_LOST = "connection_lost"
    PACKET_LOSS = "packet_loss"
    CLOCK_JUMP = "clock_jump"
    NO_PERMIT = "no_permit"  # neither consent nor order stands
    PERMIT_ENDED = "permit_ended"
    OUTSIDE_HOURS = "outside_hours"
    DISK_FULL = "disk_full"
    DISK_SLOW = "disk_slow"
    DISK_ERROR = "disk_error"
    ENGINE_RESTART = "engine_restart"
    RETIRED = "retired"
    BY_POLICY = "by_policy"  # not recorded because it is not to be; no gap
    CONVERSION_BUDGET = "conversion_budget"  # H.265 for a browser that plays none, all places for conversions taken
    DISK_GONE = "disk_gone"  # another or no disk where recordings were
    UNEXPLAINED = "unexplained"  # a hole in the files of which nothing is known
    DAMAGED = "damaged"  # what is read is not what was written
    CERTIFICATE = "certificate"  # TLS: not the certificate that was shown first
    NODE_MOVED = "node_moved"  # given to another machine or worker in order
    NODE_LOST = "node_lost"  # the machine that had the camera is away, or cut off, and another took over


class RecordMode(StrEnum):
    CONTINUOUS = "continuous"
    NONE = "none"  # opened when somebody looks; proved live by probes
    ON_EVENT = "on_event"  # around what is triggered, with what was just before it
    SCHEDULE = "schedule"  # in stretches of the week


class SealedAddress(msgspec.Struct, frozen=True):
    """An RTSP address without credentials, and the credentials sealed with contracts.sealing for the engine."""

    url: str
    sealed_credentials: str = ""  # sealed JSON {"username": ..., "password": ...}; empty: none needed


class TourPlan(msgspec.Struct, frozen=True):
    """A patrol over presets, (preset token, seconds to stay), again and again; begun anew when `started_ms` changes."""

    tour_id: str
    started_ms: int
    stops: list[tuple[str, float]]


class DevicePlan(msgspec.Struct, frozen=True):
    """How to reach the device (ONVIF) behind a camera. Credentials are sealed for ``device:{device_id}``.

    `profile`, `source`, `recording`: the device's own tokens of this channel. `hears_device`: events that belong to no
    channel are told as this camera's.
    """

    device_id: str
    url: str
    sealed_credentials: str = ""
    channel: int = 1
    profile: str = ""
    source: str = ""
    recording: str = ""
    ptz: bool = False
    events: bool = False
    hears_device: bool = False
    tour: TourPlan | None = None


class CameraPlan(msgspec.Struct, frozen=True):
    """What the engine is to do with one camera; the whole truth for it, replaced at every change.

    `permit` is a signed token (contracts.tokens, PermitClaims). Without a valid one the engine opens nothing,
    whatever else the plan says. `sub`: address of the small stream, None when there is only one; walls, probes and
    vision take it. `schedule`: local stretches of the week (weekday 0 = Monday, from minute, to minute) in which a
    `schedule` camera records; an end at or before its start lies on the next day. `pre_roll_s`, `post_roll_s`: what an
    `on_event` recording keeps before and after its event. `disk_class`: whose share of the disks its recordings take.
    `edge`: id of the site whose connector serves the camera; media workers leave it alone. Its address is a name there.
    `purge_before_ms`: recordings that ended before this moment are deleted within a
    minute, except those under a legal hold; once told it stands, also when a later plan says 0. `site` (id),
    `owner_class` (code), `lat`, `lon`: by which rules tell cameras apart and alarms are grouped and placed.
    """

    camera_id: str
    name: str
    jurisdiction: str
    agency: str
    address: SealedAddress
    permit: str = ""
    record: RecordMode = RecordMode.NONE
    retention_days: int = 30
    probe_period_s: int = 300
    transport: str = "tcp"
    revision: int = 0
    purge_before_ms: int = 0
    sub: SealedAddress | None = None
    schedule: list[tuple[int, int, int]] = []
    schedule_utc_offset_minutes: int = 330
    pre_roll_s: float = 10.0
    post_roll_s: float = 30.0
    disk_class: str = ""
    device: DevicePlan | None = None
    edge: str = ""
    site: str = ""
    owner_class: str = ""
    lat: float | None = None
    lon: float | None = None


class PermitClaims(msgspec.Struct, frozen=True):
    """Leave to open a camera's stream, signed by the desks: a consent (private) or an authority's order (public).

    `exp_s` is never later than a day ahead: desks renew it hourly while the consent or order stands, so an engine
    cut off from its centre stops within a day. `hours` are local minutes of the day [from, to); empty = all day.
    `on_request`: pictures, live or recorded, only for MediaClaims that name a request; recording and probes go on.
    """

    camera_id: str
    basis: str  # "consent" | "order" | "survey" (a two-minute test with the owner present)
    basis_id: str
    nbf_s: int
    exp_s: int
    live: bool = True
    record: bool = True
    hours: list[tuple[int, int]] = []
    utc_offset_minutes: int = 330
    on_request: bool = False


class MediaClaims(msgspec.Struct, frozen=True):
    """Leave for one person to use one camera's media for a short time, signed by the desks.

    `request_id`: the request, granted by the desks, that a permit `on_request` asks for; empty: none. What is shown
    for it ends at `request_until_s`, also in a view that was opened before; 0: with the view.

    `signed_ms`: when the desks looked whether this leave may be given, at the latest: HolderState is compared with it.
    """

    user_id: str
    camera_id: str
    uses: list[str]  # of: live, playback, snapshot, clip, presentation, ptz, imaging, relay
    exp_s: int
    request_id: str = ""
    request_until_s: int = 0
    signed_ms: int = 0


class HolderState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What holds still of the media tokens of one person or screen (bucket ``media_holders``, key = their user_id).

    Those signed by `since_ms` hold no more. Those signed later, by `told_ms`, hold for `cameras` only; what is signed
    after that is the desks' newer word.
    """

    since_ms: int
    told_ms: int = 0
    cameras: list[str] = []

    def holds(self, camera_id: str, signed_ms: int) -> bool:
        return signed_ms > self.since_ms and (signed_ms > self.told_ms or camera_id in self.cameras)


class StreamClaims(msgspec.Struct, frozen=True):
    """Leave to listen to the event stream, with the listener's scope inside (see core.scope)."""

    user_id: str
    grants: list[tuple[str, str | None, list[str]]]  # jurisdiction, agency, permissions
    exp_s: int


class StreamStateData(msgspec.Struct, frozen=True, omit_defaults=True):
    """One connection of a camera that has two."""

    status: str  # "connecting", or as CameraStatus
    reason: Reason = Reason.NONE
    detail: str = ""
    video: dict[str, Any] | None = None


class CameraStatusData(msgspec.Struct, frozen=True, omit_defaults=True):
    """data of a camera.status event. `proof_until_ms`: live is to be believed until then, no longer."""

    status: CameraStatus
    reason: Reason = Reason.NONE
    detail: str = ""  # one English sentence for the technician; never holds credentials
    proved_at_ms: int | None = None  # when a frame was last seen
    proof_until_ms: int | None = None
    recording: bool = False
    watchers: int = 0
    video: dict[str, Any] | None = None  # {"codec", "width", "height", "fps", "kbit_s"} when known
    streams: dict[str, StreamStateData] = {}  # "main", "sub": those that are open; for cameras with a sub only


class CameraProofData(msgspec.Struct, frozen=True):
    """data of a camera.proof event, many at once: rows of (camera_id, proved_at_ms, proof_until_ms, watchers).

    keyframes: for some of them, about once a minute each, (camera_id, moment of the picture, contracts.proofs mac).
    """

    rows: list[tuple[str, int, int, int]]
    keyframes: list[tuple[str, int, str]] = []


class GapData(msgspec.Struct, frozen=True):
    start_ms: int
    end_ms: int
    reason: Reason


class WorkerState(msgspec.Struct, frozen=True):
    """Heartbeat of a media worker."""

    worker: int
    pid: int
    at_ms: int
    cameras: int
    open_streams: int
    recording: int
    viewers: int
    disk_free_bytes: int
    loop_lag_ms: float


class ProbeRequest(msgspec.Struct, frozen=True):
    """Test an address once: connect, wait for a keyframe, decode it. `permit` as in CameraPlan."""

    camera_id: str
    address: SealedAddress
    permit: str
    timeout_s: float = 10.0


class ProbeReply(msgspec.Struct, frozen=True):
    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    video: dict[str, Any] | None = None
    audio: dict[str, Any] | None = None
    jpeg_base64: str = ""
    elapsed_ms: int = 0


class DiscoverRequest(msgspec.Struct, frozen=True):
    timeout_s: float = 4.0


class DiscoveredDevice(msgspec.Struct, frozen=True):
    address: str  # ONVIF device service URL
    name: str = ""
    make: str = ""
    model: str = ""
    host: str = ""


class DiscoverReply(msgspec.Struct, frozen=True):
    devices: list[DiscoveredDevice]
    detail: str = ""
