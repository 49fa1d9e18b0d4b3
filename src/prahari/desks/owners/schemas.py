"""What the owner's pages ask and answer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.linking.schemas import PremisesScope
from prahari.desks.registry.schemas import Coded, In, Latitude, Longitude, PageOf, PlacementName, Reason

LanguageName = Literal["hi", "en"]
MobileText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00]{1,24}$")]
CodeText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{6}$")]
"""\\d takes Devanagari digits too; they are read as their Latin ones."""
OwnersName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120, pattern=r"^[^\x00-\x1f]*$")
]
PlaceName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class OwnerCodeIn(In):
    mobile: MobileText
    language: LanguageName = "hi"


class OwnerCodeSent(Schema):
    valid_s: int
    pause_s: int


class OwnerSignInIn(In):
    mobile: MobileText
    code: CodeText


class OwnerMe(Schema):
    mobile_hint: str
    idle_minutes: int


class OwnerStart(Schema):
    centre: Bilingual
    owner_classes: list[Coded]
    letter: Bilingual | None = Field(None, description="Name of the premises that a letter's address leads to")
    letter_premises: UUID | None


class OwnerPremisesCard(Schema):
    id: UUID
    name: Bilingual
    address: Bilingual
    owner_class: Coded
    step: str
    consent: Literal["none", "given", "ended"]
    cameras: int
    live: int
    to_confirm: int
    review: Literal["waiting", "accepted", "rejected"] | None


class OwnerPremisesList(Schema):
    items: list[OwnerPremisesCard]
    may_register: bool


class OwnerRegisterIn(In):
    key: UUID = Field(description="Made by the form: sent twice, entered once")
    contact_name: OwnersName
    name: PlaceName
    owner_class: Code
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400)]
    lat: Latitude | None = None
    lon: Longitude | None = None
    cameras: int = Field(ge=0, le=500)
    covers: Annotated[list[PlacementName], Field(max_length=5)] = Field(default_factory=list)
    recorder: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=r"^[^\x00]*$")] = ""
    photo: UUID | None = None


class OwnerConsentOut(Schema):
    id: UUID
    given_by: str
    given_ms: int
    channel: str
    live: Literal["yes", "on_request", "no"]
    record: bool
    hours: list[tuple[int, int]]
    public_view_only: bool
    valid_to_ms: int | None
    lines: list[Bilingual]


class OwnerCameraOut(Schema):
    id: UUID
    name: Bilingual
    placement: PlacementName
    step: str
    state: Literal["live", "waiting", "stalled", "stopped", "not_linked", "withdrawn"]
    reason: str
    since_ms: int | None
    may_look: bool


class OwnerReceiptRow(Schema):
    id: UUID
    number: str
    kind: str
    issued_ms: int


class OwnerPremisesDetail(OwnerPremisesCard):
    covered: list[OwnerCameraOut]
    standing: OwnerConsentOut | None
    receipts: list[OwnerReceiptRow]
    needs_order: bool
    cameras_reported: int


class OwnerScopeIn(In):
    language: LanguageName = "hi"
    scope: PremisesScope = PremisesScope()
    until: dt.date | None = None


class OwnerConsentWords(Schema):
    version: str
    text: str
    sha256: str


class OwnerConsentIn(OwnerScopeIn):
    given_by: OwnersName
    text_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    code: CodeText


class OwnerActCodeIn(In):
    purpose: Literal["consent", "withdraw"]
    language: LanguageName = "hi"


class OwnerWithdrawIn(In):
    code: CodeText
    reason: Line = ""
    language: LanguageName = "hi"


class OwnerConfirmIn(In):
    name: OwnersName
    camera_ids: Annotated[list[UUID], Field(max_length=500)] | None = None


class OwnerConfirmed(Schema):
    confirmed: int


class OwnerReceipt(Schema):
    number: str
    kind: str
    issued_ms: int
    check_code: str
    sha256: str
    premises: Bilingual
    cameras: int | None
    recordings: str
    genuine: bool


class OwnerReceiptChecked(Schema):
    number: str
    kind: str
    issued_ms: int
    premises: Bilingual
    genuine: bool


class OwnerLook(Schema):
    token: str
    expires_ms: int
    origin: str


class OwnerViewRow(Schema):
    day: dt.date
    first_ms: int
    last_ms: int
    times: int
    who: Literal["officer", "owner"]
    agency: Bilingual | None
    role: Bilingual | None
    purpose: str


class OwnerViews(Schema):
    items: list[OwnerViewRow]
    since_ms: int


class OwnerFile(Schema):
    id: UUID


class OwnerTestimonialIn(In):
    key: UUID
    speaker: OwnersName
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")] = ""
    video: UUID | None = None
    uses: Annotated[list[Literal["presentation", "meeting", "social_media", "film"]], Field(min_length=1, max_length=4)]
    language: LanguageName = "hi"


class OwnerTestimonialOut(Schema):
    id: UUID


class RegistrationRow(Schema):
    id: UUID
    premises: UUID
    name: Bilingual
    address: Bilingual
    owner_class: Coded
    jurisdiction: str
    cameras: int
    covers: list[str]
    recorder: str
    photo: UUID | None
    lat: float | None
    lon: float | None
    review: Literal["waiting", "accepted", "rejected"]
    review_note: str
    created_ms: int


class RegistrationPage(PageOf):
    items: list[RegistrationRow]


class RegistrationReviewIn(In):
    accept: bool
    reason: Reason


class OwnerLetterLink(Schema):
    path: str
