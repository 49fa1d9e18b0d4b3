"""Shapes of the accounts API."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema

ShortText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")
]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Username = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{2,59}$")
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Path = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
LanguageCode = Literal["hi", "en"]
TimeMs = Annotated[int, Field(ge=0, le=253_402_300_799_000)]


class BilingualIn(Schema):
    en: ShortText
    hi: ShortText


class RoleOrAgency(Schema):
    code: str
    name: Bilingual


class AreaRef(Schema):
    path: str
    level: str
    name: Bilingual


class GrantOut(Schema):
    id: str
    role: RoleOrAgency
    agency: RoleOrAgency | None
    jurisdiction: AreaRef
    valid_to_ms: int | None


class Me(Schema):
    id: str
    username: str
    name: str
    language: LanguageCode
    must_change_password: bool
    has_second_factor: bool
    requires_second_factor: bool
    permissions: list[str]
    grants: list[GrantOut]


class MeIn(Schema):
    language: LanguageCode


class PasswordIn(Schema):
    current: Secret
    new: Secret


class BaseMap(Schema):
    kind: Literal["geojson", "pmtiles", "none"]
    url: str


class CentreOut(Schema):
    """Anonymous requests get `name` and `version` only."""

    name: Bilingual
    version: str
    code: str | None = None
    centre: tuple[float, float] | None = None
    bounds: list[float] | None = None
    basemap: BaseMap | None = None
    events_origin: str | None = None
    media_origins: list[str] | None = None
    demo: bool | None = None
    now_ms: int | None = None


class EventToken(Schema):
    url: str
    token: str
    expires_ms: int


class JurisdictionOut(AreaRef):
    lgd_code: str
    parent: str | None
    has_boundary: bool


class Listed(Schema):
    next: str | None
    total: int
    as_of_ms: int


class JurisdictionsOut(Listed):
    items: list[JurisdictionOut]


class UserOut(Schema):
    id: str
    username: str
    name: str
    language: LanguageCode
    locked: bool
    must_change_password: bool
    has_second_factor: bool
    jurisdiction: AreaRef
    agency: RoleOrAgency | None
    last_login_ms: int | None
    created_ms: int
    grants: list[GrantOut]


class UsersOut(Listed):
    items: list[UserOut]


class UserIn(Schema):
    """`jurisdiction` and `agency` say who manages the account; without them, those of the one who enters it."""

    username: Username
    name: ShortText
    language: LanguageCode = "hi"
    jurisdiction: Path | None = None
    agency: Code | None = None
    reason: Reason = ""


class NewUser(Schema):
    """`password` works once and is shown once."""

    user: UserOut
    password: str


class UserPatch(Schema):
    name: ShortText | None = None
    language: LanguageCode | None = None
    locked: bool | None = None
    jurisdiction: Path | None = None
    agency: Code | None = None
    reason: Reason = ""


class GrantIn(Schema):
    role: Code
    agency: Code | None = None
    jurisdiction: Path
    valid_to_ms: TimeMs | None = None
    reason: Reason = ""


class ResetIn(Schema):
    """`second_factor`: remove it as well, for somebody who lost the telephone."""

    second_factor: bool = False
    reason: Reason = ""


class OneTimePassword(Schema):
    password: str


class RoleOut(RoleOrAgency):
    permissions: list[str]
    requires_second_factor: bool


class RolesOut(Listed):
    items: list[RoleOut]


class AgencyOut(RoleOrAgency):
    active: bool


class AgenciesOut(Listed):
    items: list[AgencyOut]


class AgencyIn(Schema):
    code: Code
    name: BilingualIn


class AgencyPatch(Schema):
    name: BilingualIn | None = None
    active: bool | None = None
    reason: Reason = ""


class PolicyOut(Schema):
    session_idle_minutes: int
    session_hours: int
    second_factor: Literal["never", "off_loopback", "always"]


class PolicyPatch(Schema):
    session_idle_minutes: Annotated[int, Field(ge=5, le=1440)] | None = None
    session_hours: Annotated[int, Field(ge=1, le=14)] | None = None
    second_factor: Literal["never", "off_loopback", "always"] | None = None
    reason: Reason = ""


class FieldChange(Schema):
    field: str
    before: object = None
    after: object = None


class Person(Schema):
    id: str | None
    name: str


class HistoryEntry(Schema):
    at_ms: int
    who: Person
    action: str
    why: str
    changes: list[FieldChange]


class HistoryOut(Schema):
    items: list[HistoryEntry]
