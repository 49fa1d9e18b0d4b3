"""What the devices desk's endpoints take and answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import (
    BothNames,
    Code,
    In,
    KindName,
    Latitude,
    Long,
    Longitude,
    Name,
    Named,
    PageOf,
    PlacementName,
    Reason,
    Secret,
    Short,
    Url,
)

Ability = Literal["ptz", "imaging", "relay", "events", "replay"]
Token = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
GivenToken = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
PtzName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Axis = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=1, le=999)]
Pixels = Annotated[int, Field(ge=0, le=100_000)]


class DeviceAskIn(In):
    """Ask a device what it is. With the owner present, before anything is entered."""

    url: Url
    username: Secret = ""
    password: Secret = ""
    owner_present: bool


class DeviceStream(Schema):
    profile: str
    url: str
    codec: str
    width_px: int
    height_px: int
    fps: int


class DeviceFoundChannel(Schema):
    number: int
    name: str
    source: str
    main: DeviceStream
    sub: DeviceStream | None
    ptz: bool
    imaging: bool
    recording: str


class DeviceFound(Schema):
    """`reason`: as of cameras (wrong_password, timeout, ...), "" when `ok`."""

    ok: bool
    reason: str
    detail: str
    make: str
    model: str
    serial: str
    firmware: str
    clock_drift_s: float | None
    channels: list[DeviceFoundChannel]
    relays: list[str]
    abilities: list[Ability]
    elapsed_ms: int


class ChannelCameraIn(In):
    """The camera of the register that a channel becomes."""

    name: BothNames
    placement: PlacementName
    kind: KindName = "fixed"
    lat: Latitude
    lon: Longitude


class ChannelIn(In):
    number: Number
    name: Short = ""
    source: Token = ""
    profile: Token = ""
    sub_profile: Token = ""
    recording: Token = ""
    codec: Annotated[Short, StringConstraints(max_length=20)] = ""
    width_px: Pixels = 0
    height_px: Pixels = 0
    ptz: bool = False
    url: Url = ""
    sub_url: Url = ""
    camera: ChannelCameraIn | None = Field(None, description="Left out: nobody has consented to this channel")


class DeviceIn(In):
    """A device as it described itself, and which of its channels become cameras."""

    premises: UUID
    name: Name
    url: Url
    username: Secret = ""
    password: Secret = ""
    make: Short = ""
    model: Short = ""
    serial: Short = ""
    firmware: Short = ""
    clock_drift_s: Annotated[float, Field(allow_inf_nan=False)] | None = None
    abilities: list[Ability] = Field(default_factory=list, max_length=10)
    relays: list[Token] = Field(default_factory=list, max_length=64)
    channels: Annotated[list[ChannelIn], Field(max_length=64)]
    site: UUID | None = None
    order_id: UUID | None = Field(None, description="For cameras of a public owner: the order that names them")
    reason: Long = ""


class DeviceEdit(In):
    name: Name | None = None
    url: Url | None = None
    username: Secret | None = None
    password: Secret | None = None
    reason: Reason


class ChannelLinkIn(In):
    """camera: an existing camera of the same premises that this channel is; null: none."""

    camera: UUID | None
    reason: Reason


class ChannelCamera(Schema):
    id: UUID
    reg_id: str
    name: Bilingual


class ChannelRow(Schema):
    number: int
    name: str
    codec: str
    width_px: int
    height_px: int
    ptz: bool
    has_recordings: bool
    camera: ChannelCamera | None = Field(description="Null also when it is out of the reader's sight")


class DeviceRow(Schema):
    id: UUID
    name: str
    url: str
    premises: Named
    make: str
    model: str
    serial: str
    firmware: str
    abilities: list[Ability]
    relays: list[str] = Field(description="Tokens of its relay outputs")
    clock_drift_s: float | None
    last_seen_ms: int | None
    has_credentials: bool
    channels: list[ChannelRow]
    edited_ms: int


class DevicePage(PageOf):
    items: list[DeviceRow]


class CameraDevice(Schema):
    """device: null when the camera has none."""

    device: DeviceRow | None
    channel: int | None


class DeviceWhy(In):
    reason: Reason


class AddressTemplate(Schema):
    code: str
    name: Bilingual
    main: str
    sub: str
    port: int
    sort: int
    active: bool


class AddressTemplates(PageOf):
    items: list[AddressTemplate]


class AddressTemplateIn(In):
    code: Code
    name: BothNames
    main: Annotated[Url, StringConstraints(max_length=500)]
    sub: Annotated[Url, StringConstraints(max_length=500)] = ""
    port: Annotated[int, Field(ge=1, le=65_535)] = 554
    sort: Annotated[int, Field(ge=0, le=30_000)] = 0
    reason: Long = ""


class AddressTemplateEdit(In):
    name: BothNames | None = None
    main: Annotated[Url, StringConstraints(max_length=500)] | None = None
    sub: Annotated[Url, StringConstraints(max_length=500)] | None = None
    port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    sort: Annotated[int, Field(ge=0, le=30_000)] | None = None
    active: bool | None = None
    reason: Reason


class FilledAddress(Schema):
    channel: int
    url: str
    sub_url: str


class FilledAddresses(Schema):
    items: list[FilledAddress]


class PtzHolder(Schema):
    user_id: UUID
    name: str
    mine: bool
    until_ms: int


class PtzPlace(Schema):
    id: UUID
    preset: str
    name: str


class PtzTourStop(Schema):
    preset: GivenToken
    stay_s: Annotated[int, Field(ge=5, le=3600)]


class PtzTourRow(Schema):
    id: UUID
    name: str
    stops: list[PtzTourStop]
    running: bool


class PtzState(Schema):
    """movable: the camera has a device that can move it. may: the reader may move it."""

    movable: bool
    may: bool
    first: bool = Field(description="The reader goes before others")
    holder: PtzHolder | None
    places: list[PtzPlace]
    tours: list[PtzTourRow]


class PtzMoveIn(In):
    """continuous goes on for timeout_ms (at most 10 s) and then stops by itself; ask again to go on."""

    kind: Literal["continuous", "stop", "absolute", "relative", "go_to_preset"]
    pan: Axis = 0.0
    tilt: Axis = 0.0
    zoom: Axis = 0.0
    timeout_ms: Annotated[int, Field(ge=100, le=10_000)] = 1000
    preset: Token = ""
    take_over: bool = Field(False, description="Take the camera from whoever holds it; only for who goes first")


class PtzMoved(Schema):
    holder: PtzHolder


class PtzPlaceIn(In):
    """Keep the place where the camera looks now; `preset`: over this one."""

    name: PtzName
    preset: Token = ""


class PtzPlaceEdit(In):
    name: PtzName


class PtzTourIn(In):
    name: PtzName
    stops: Annotated[list[PtzTourStop], Field(min_length=2, max_length=50)]


class PtzTourEdit(In):
    name: PtzName | None = None
    stops: Annotated[list[PtzTourStop], Field(min_length=2, max_length=50)] | None = None
    running: bool | None = None


class StretchesIn(In):
    from_ms: Annotated[int, Field(ge=0, le=10**14)]
    to_ms: Annotated[int, Field(ge=0, le=10**14)]


class DeviceStretch(Schema):
    from_ms: int
    to_ms: int


class DeviceStretches(Schema):
    """What lies on the device's own disk, by the centre's clock."""

    items: list[DeviceStretch]
    clock_drift_s: float | None


class DeviceEventRow(Schema):
    at_ms: int
    name: str
    state: bool | None
    topic: str
    source: str


class DeviceEvents(Schema):
    items: list[DeviceEventRow]


Level = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]
Mode = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z_]*$")]


class Adjustable(Schema):
    """A setting of the picture, on the device's own scale."""

    name: Literal["brightness", "contrast", "color_saturation", "sharpness"]
    value: float
    least: float
    most: float


class ImagingState(Schema):
    """Modes are the device's own words; an empty list: the device does not let it be set."""

    settings: list[Adjustable]
    ir_cut: str = Field(description="IR cut filter: ON by day, OFF by night, AUTO")
    ir_cut_modes: list[str]
    focus: str
    focus_modes: list[str]
    can_focus: bool


class ImagingLevels(In):
    brightness: Level | None = None
    contrast: Level | None = None
    color_saturation: Level | None = None
    sharpness: Level | None = None


class ImagingIn(In):
    """What is given is set; the rest stays."""

    settings: ImagingLevels = ImagingLevels()
    ir_cut: Mode = ""
    focus: Mode = ""
    reason: Reason


class FocusIn(In):
    towards: Literal["near", "far"]


class RelaySwitchIn(In):
    relay: GivenToken
    active: bool
    reason: Reason
