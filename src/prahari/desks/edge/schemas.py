"""What the edge desk's endpoints take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Name, Named, PageOf, Reason

State = Literal["never", "online", "offline", "renewing", "expired", "revoked"]
LocalName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9_-]*$")]
KbitS = Annotated[int | None, Field(ge=0, le=1_000_000)]
Megabytes = Annotated[int | None, Field(ge=0, le=100_000_000)]


class EdgeSiteIn(In):
    name: Name
    premises: UUID
    reason: Reason


class EdgeSiteEdit(In):
    name: Name | None = None
    up_kbit_s: KbitS = None
    month_mb: Megabytes = None
    reason: Reason
    edited_ms: int = Field(description="As read: when somebody else has saved since, the answer is 409")


class EdgeReason(In):
    reason: Reason


class EdgeReleaseOffer(In):
    """To a share of all sites where the asker may: the same ones first each time, so that a larger share adds some."""

    share_pct: Annotated[int, Field(ge=1, le=100)]
    reason: Reason


class EdgeReleaseChoice(In):
    """For one site; None: it stays with what it runs."""

    release: UUID | None
    reason: Reason


class EdgeReleaseRow(Schema):
    """`sites`: for how many it was chosen, of those that the asker sees; `running`, `failed`: how many of these."""

    id: UUID
    version: str
    sha256: str
    size_bytes: int
    platform: str
    published_ms: int
    published_by: str
    withdrawn_ms: int | None
    sites: int
    running: int
    failed: int


class EdgeReleasePage(PageOf):
    items: list[EdgeReleaseRow]
    may_publish: bool


class EdgeUpdate(Schema):
    """What the site says of its update."""

    phase: Literal["", "waiting", "fetching", "installing", "trying", "failed"]
    version: str
    percent: int
    reason: str


class EdgeCameraIn(In):
    camera_id: UUID
    local_name: LocalName
    reason: Reason


class EdgeEnrolIn(In):
    """From a box, not from a person: contracts.edge.EnrolRequest."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
    public_key: Key
    signature: Key
    version: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""


class EdgeEnrolled(Schema):
    site_id: str
    name: str
    certificate: str
    verifying_key: str
    link_port: int
    now_ms: int
    release_key: str


class EdgeCodeOut(Schema):
    """Shown once. `ticket`: what the QR code says; `qr`: it as an SVG picture; `pin` is empty without TLS."""

    code: str
    ticket: str
    qr: str
    centre: str
    pin: str
    expires_ms: int


class EdgeLocalCamera(Schema):
    """A camera as its site tells of it, and the camera of the register that it is."""

    name: str
    title: str
    make: str
    model: str
    has_sub: bool
    known: bool = Field(description="Whether the site has told of it: false when only the register names it")
    camera: Named | None


class EdgeSiteRow(Schema):
    id: UUID
    name: str
    premises: Named
    state: State
    reason: str
    since_ms: int | None
    seen_ms: int | None
    version: str
    chosen_version: str = Field(description="What somebody has chosen for it to run; empty: nothing")
    update: EdgeUpdate
    certificate_until_ms: int | None
    clock_off_ms: int | None
    round_trip_ms: int | None
    disk_free_bytes: int | None
    events_waiting: int
    cameras: int
    month_bytes: int
    month_limit_bytes: int
    enrolled_ms: int | None
    edited_ms: int


class EdgeTrafficHour(Schema):
    hour_ms: int
    up: list[int]
    down: list[int]


class EdgeSiteDetail(EdgeSiteRow):
    up_kbit_s: int | None
    month_mb: int | None
    revoked_reason: str
    may_manage: bool
    local_cameras: list[EdgeLocalCamera]
    purposes: list[str]
    traffic: list[EdgeTrafficHour]
    address: Bilingual


class EdgeSitePage(PageOf):
    items: list[EdgeSiteRow]
