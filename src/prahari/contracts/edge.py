"""What desks, edge gate and edge connector must agree on: a site's certificate, its record, what is told of its link.

Times are Unix seconds (`_s`) or milliseconds (`_ms`), UTC, by the centre's clock.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

ADDRESS_SCHEME = "edge"
"""`edge:NAME` as a camera's address: the camera that its site knows by this name. No more of it is known here."""

TRAFFIC_PURPOSES = ("control", "events", "live", "replies", "clips", "updates")
"""What bytes over the link are counted for, in the order of TrafficHour."""


MOST_RELEASE_BYTES = 600_000_000
"""A package of the connector is no longer than this, in the centre as at a site."""

RELEASE_FOLDER = "edge-releases"
"""In the centre's home: packages as {sha256}.tar. The desk lays them there, the gate hands them out."""


class LinkState(StrEnum):
    """State of a site's link. The console has a word for each in both languages."""

    NEVER = "never"  # made, not enrolled yet
    ONLINE = "online"
    OFFLINE = "offline"
    RENEWING = "renewing"  # its certificate has ended; its key was proved and a new one is on its way
    EXPIRED = "expired"  # its certificate ended too long ago: it must be enrolled again
    REVOKED = "revoked"


class EdgeCertificate(msgspec.Struct, frozen=True):
    """Signed by the desks (contracts.tokens): the key of a site, and how long it is believed without a word more."""

    site_id: str
    public_key: str  # Ed25519, 32 bytes, URL-safe base64 without padding
    serial: str
    nbf_s: int
    exp_s: int


class EdgeLimits(msgspec.Struct, frozen=True):
    """Rules for one site's link. 0: no limit.

    `up_kbit_s` all that goes up; `clip_kbit_s` clips alone; `update_kbit_s` packages, which go down; `month_bytes` up
    and down in a calendar month: beyond it neither live pictures nor clips nor packages are sent, events always are.
    """

    up_kbit_s: int = 0
    clip_kbit_s: int = 4000
    month_bytes: int = 0
    grace_s: int = 30 * 86_400  # how long after its end a certificate may still be renewed
    disk_quota_bytes: int = 0
    update_kbit_s: int = 1000


class EdgeRelease(msgspec.Struct, frozen=True):
    """A package of the connector: `sha256` and `size` of the whole file."""

    version: str
    sha256: str
    size: int


class UpdatePhase(StrEnum):
    """How far an update of a site's connector is. The console has a word for each in both languages."""

    NONE = ""
    WAITING = "waiting"  # the month's data is used up, or no room, or the package is not at the centre: tried again
    FETCHING = "fetching"
    INSTALLING = "installing"
    TRYING = "trying"  # runs, and has still to show that it reaches the centre
    FAILED = "failed"


class UpdateState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a site says of its update. `reason`: why it waits or has failed, in a word (the console has a sentence)."""

    phase: UpdatePhase = UpdatePhase.NONE
    version: str = ""
    percent: int = 0
    reason: str = ""


class EdgeRecord(msgspec.Struct, frozen=True):
    """Value in the bucket ``edge_sites``, key = site id: the whole truth on a site, replaced at every change.

    `certificate`: the newest that was signed for `public_key`; the gate hands it to a site that holds an older one.
    `release`: what somebody has chosen for the site to run; the gate offers it while the site runs an older one.
    """

    site_id: str
    name: str
    jurisdiction: str
    agency: str
    public_key: str = ""
    certificate: str = ""
    revoked: bool = False
    reason: str = ""
    limits: EdgeLimits = EdgeLimits()
    revision: int = 0
    release: EdgeRelease | None = None


class EdgeCamera(msgspec.Struct, frozen=True):
    """A camera as its site tells of it: a name, no address. `ptz`: its device moves it; `events`: it tells of some."""

    name: str
    title: str = ""
    make: str = ""
    model: str = ""
    has_sub: bool = False
    ptz: bool = False
    events: bool = False


class TrafficHour(msgspec.Struct, frozen=True):
    """Bytes over the link in the hour that begins at `hour_ms`, by TRAFFIC_PURPOSES."""

    hour_ms: int
    up: list[int]
    down: list[int]


class EdgeSiteData(msgspec.Struct, frozen=True, omit_defaults=True):
    """data of an edge.site event (a change of its link) and of edge.seen (told each minute).

    `clock_off_ms`: how far the site's own clock is ahead of the centre's. `traffic`: hours as counted so far.
    """

    state: LinkState
    reason: str = ""
    version: str = ""
    clock_off_ms: int | None = None
    certificate_until_s: int = 0
    seen_ms: int = 0
    cameras: list[EdgeCamera] = []
    traffic: list[TrafficHour] = []
    round_trip_ms: int | None = None
    disk_free_bytes: int | None = None
    events_waiting: int = 0
    updating: UpdateState = UpdateState()


class EnrolRequest(msgspec.Struct, frozen=True):
    """Body of POST /api/v1/edge/enrol. `signature`: of contracts.edgekeys.enrolment over the same, by the new key."""

    code: str
    public_key: str
    signature: str
    version: str = ""


class EnrolReply(msgspec.Struct, frozen=True):
    site_id: str
    name: str
    certificate: str
    verifying_key: str  # PEM: what permits, tokens and certificates are checked with
    link_port: int
    now_ms: int
    release_key: str = ""  # PEM: what packages are checked with; pinned with the first answer
