"""Testimonials, their copies, and what may be shown to visitors."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import StringConstraints

from prahari.desks.common.errors import Bilingual
from prahari.desks.common.schema import Schema
from prahari.desks.registry.schemas import Area, In, Long, Named, PageOf, Reason

UseName = Literal["presentation", "meeting", "social_media", "film"]
StoreName = Literal["centre", "municipal"]
StateName = Literal["received", "approved", "rejected", "withdrawn"]
CopyStateName = Literal["waiting", "good", "damaged", "missing", "deleting", "deleted"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00]*$")]
Person = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class UseConsent(In):
    """A consent of its own, beside that for the cameras: what the testimonial may be shown for, and until when."""

    uses: Annotated[list[UseName], Field(min_length=1, max_length=4)]
    until: dt.date | None = Field(None, description="Last day; none: until withdrawn")
    given_on: dt.date | None = Field(None, description="Today when left out")
    how: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")] = ""
    file_id: UUID | None = Field(None, description="The signed paper")


class TestimonialIn(In):
    key: UUID = Field(description="Made by the form: sent twice, received once")
    premises: UUID
    speaker: Person
    speaker_role: Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")] = ""
    language: Literal["hi", "en"] = "hi"
    text: Words = ""
    file_id: UUID | None = None
    consent: UseConsent


class TestimonialReview(In):
    approve: bool
    note: Long = ""
    edited_ms: int


class CopyOut(Schema):
    store: StoreName
    state: CopyStateName
    trouble: str
    written_ms: int | None
    checked_ms: int | None


class FindingOut(Schema):
    id: UUID
    testimonial: UUID
    premises: Bilingual
    store: StoreName
    found: str
    restored: bool
    lost: bool
    at_ms: int


class TestimonialRow(Schema):
    id: UUID
    premises: Named
    jurisdiction: Area
    speaker: str
    speaker_role: str
    language: Literal["hi", "en"]
    text: str
    video: bool
    media_type: str
    bytes: int
    sha256: str
    uses: list[UseName]
    given_on: dt.date
    until: dt.date | None
    given_how: str
    consent_file_id: UUID | None
    state: StateName
    showable: bool = Field(description="Approved, and its consent stands today")
    review_note: str
    reviewed_by: str
    reviewed_ms: int | None
    withdrawn_ms: int | None
    withdrawn_reason: str
    copies: list[CopyOut]
    created_ms: int
    edited_ms: int


class TestimonialPage(PageOf):
    items: list[TestimonialRow]


class CheckOut(Schema):
    results: dict[str, str] = Field(description="Store -> good, restored, lost, or the trouble with its folder")


class StoreOut(Schema):
    store: StoreName
    trouble: str
    good: int
    waiting: int
    bad: int
    oldest_check_ms: int | None


class VaultOut(Schema):
    stores: list[StoreOut]
    findings: list[FindingOut]
    fixity_days: int


class NewFolderIn(In):
    reason: Reason


class PresentationFigures(Schema):
    cameras: int
    verified_live: int
    live_now: int
    premises: int
    consented: int
    as_of_ms: int


class ShownTestimonial(Schema):
    id: UUID
    speaker: str
    speaker_role: str
    premises: Bilingual
    language: Literal["hi", "en"]
    text: str
    video: bool


class PresentationOut(Schema):
    camera_ids: list[UUID]
    figures: PresentationFigures
    testimonials: list[ShownTestimonial]
