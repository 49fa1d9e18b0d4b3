"""What the endpoints of sources take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import In, Latitude, Longitude, Name, PageOf, Reason, Secret, Url

SourceKindName = Literal["http", "mqtt", "erss", "cap", "tracker"]
EventKindName = Literal[
    "device.panic", "device.flood_level", "device.gunshot", "device.fire_panel", "device.door", "device.other",
    "callbox.call",
]  # fmt: skip
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00]*$")]
UnitName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class EventSourceBody(In):
    """`kinds`: what a device may hand in; the others' follow from what they are. `credentials`: as a bearer token or
    user:password, for a source that is asked; empty: as they are."""

    name: Name
    kinds: Annotated[list[EventKindName], Field(max_length=20)] = Field(default_factory=list)
    lat: Latitude | None = None
    lon: Longitude | None = None
    late_s: Annotated[int, Field(ge=1, le=86_400)] = 60
    per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 600
    poll_s: Annotated[int, Field(ge=1, le=86_400)] = 30
    url: Url = ""
    credentials: Secret = ""
    units: Annotated[dict[UnitName, UUID], Field(max_length=2000)] = Field(default_factory=dict)
    reason: Reason


class EventSourceIn(EventSourceBody):
    kind: SourceKindName
    jurisdiction: Path
    agency: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,40}$")] = ""


class EventSourceEdit(EventSourceBody):
    version: int = Field(ge=0, le=2_000_000_000, description="As read")


class EventSourceSwitch(In):
    enabled: bool
    version: int = Field(ge=0, le=2_000_000_000)
    reason: Reason


class EventSourceReason(In):
    reason: Reason


class EventSourceHour(Schema):
    hour_ms: int
    taken: int
    refused: int


class EventSourceRow(Schema):
    """`last_ms`: when something came last, within the last day. `hours`: those of the last 24 in which something did.
    `refused`: how many by reason in that time. `trouble`: why a source that is asked does not answer."""

    id: UUID
    name: str
    kind: SourceKindName
    kinds: list[str]
    jurisdiction: str
    place: Bilingual
    agency: str
    lat: float | None
    lon: float | None
    late_s: int
    per_minute: int
    poll_s: int
    url: str
    has_credentials: bool
    units: dict[str, str]
    enabled: bool
    key_hint: str
    version: int
    last_ms: int | None
    hours: list[EventSourceHour]
    refused: dict[str, int]
    trouble: str


class EventSourcePage(PageOf):
    """The ports of the doors stand beside the centre's own address."""

    items: list[EventSourceRow]
    http_port: int
    mqtt_port: int


class EventSourceKeyed(Schema):
    """`key` is shown this once; empty for a source that we ask."""

    source: EventSourceRow
    key: str


class EventSourceTested(Schema):
    event_id: UUID
