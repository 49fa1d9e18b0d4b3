"""Testimonials received, reviewed, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.core.ids import uuid7
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import conflict, forbidden, invalid, required, text
from prahari.desks.common.validation import sentence
from prahari.desks.outreach import copies, originals, scopes, stores
from prahari.desks.outreach.choices import CopyState, Store, TestimonialState
from prahari.desks.outreach.models import Testimonial, TestimonialCopy
from prahari.desks.outreach.schemas.testimonials import UseConsent
from prahari.desks.outreach.scopes import EDIT, VIEW
from prahari.desks.registry import premises as premises_reads
from prahari.desks.registry.actions import CONFLICT
from prahari.desks.registry.models import Premises

TEXT_MAX = 4000


def receive_testimonial(
    *,
    actor: Actor,
    premises_id: UUID,
    speaker: str,
    text: str,
    file_id: UUID | None = None,
    consent: UseConsent | Mapping[str, Any],
    key: UUID | None = None,
    speaker_role: str = "",
    language: str = "hi",
) -> UUID:
    """Take in a testimonial: words, a video (a file that this actor handed in), or both. Shown only after a review.

    consent: a UseConsent or what makes one: {"uses": ["presentation", "meeting", "social_media", "film"], "until": a
    date or None, "given_on": date (today), "how": "...", "file_id": the signed paper}. key: the same one twice receives
    once.
    Both copies of a video are written soon after the commit. Raises Problem 404, 409, 422.
    """
    form = _consent(consent)
    with action("testimonial.receive", actor=actor) as act:
        premises = premises_reads.one_premises(actor, premises_id, EDIT)
        found = _known(premises_id, key, file_id)
        if found is None:
            found = _new(actor, premises, speaker, text, file_id, form, key or uuid7(), speaker_role, language)
        _about(act, found, premises)
        act.details(video=bool(file_id), uses=found.uses, until=str(found.until or ""))
    return found.id


def _consent(given: UseConsent | Mapping[str, Any]) -> UseConsent:
    if isinstance(given, UseConsent):
        return given
    try:
        return UseConsent(**given)
    except ValidationError as error:
        fields = {f"consent.{'.'.join(map(str, one['loc']))}": sentence(one) for one in error.errors()}
        raise invalid(**fields) from None


def _known(premises_id: UUID, key: UUID | None, file_id: UUID | None) -> Testimonial | None:
    """What the same form or video has brought before. Premises are locked: two at once wait for each other."""
    Premises.objects.select_for_update().filter(id=premises_id).first()
    by_key = Testimonial.objects.filter(key=key).first() if key else None
    found = by_key or (Testimonial.objects.filter(file_id=file_id).first() if file_id else None)
    if found is not None and found.premises_id != premises_id:
        raise conflict("testimonial_known", "This belongs to other premises already. Send it anew.",
                       "यह पहले से किसी अन्य प्रतिष्ठान का है। इसे फिर से भेजें।")  # fmt: skip
    return found


def _new(
    actor: Actor, premises: Premises, speaker: str, words: str, file_id: UUID | None, form: UseConsent, key: UUID,
    speaker_role: str, language: str,
) -> Testimonial:  # fmt: skip
    speaker, words = speaker.strip()[:200], words.strip()[:TEXT_MAX]
    if not speaker:
        raise invalid(speaker=required())
    if not words and file_id is None:
        raise invalid(text=text("Write a few words, or add a video.", "कुछ शब्द लिखें, या वीडियो जोड़ें।"))
    today = local_day()
    given_on = form.given_on or today
    if given_on > today:
        raise invalid(given_on=text("This date lies in the future.", "यह दिनांक भविष्य का है।"))
    if form.until is not None and form.until < today:
        raise invalid(until=text("This day has passed already.", "यह दिन बीत चुका है।"))
    made = Testimonial(
        key=key, premises=premises, speaker=speaker, speaker_role=speaker_role.strip()[:120],
        language="en" if language == "en" else "hi", text=words, uses=sorted(set(form.uses)), given_on=given_on,
        until=form.until, given_how=form.how, created_ms=now_ms(), edited_ms=now_ms(),
    )  # fmt: skip
    path, agency = premises.jurisdiction.path, premises.agency_id
    if file_id is not None:
        [video] = originals.attach(actor, [file_id], path, agency, ("video",), VIEW)
        made.file_id, made.file_name, made.media_type = video.id, video.name, video.media_type
        made.bytes, made.sha256 = video.size_bytes, video.sha256
    if form.file_id is not None:
        [paper] = originals.attach(actor, [form.file_id], path, agency, ("image", "pdf"), VIEW)
        made.consent_file_id = paper.id
    made.save(force_insert=True)
    if file_id is not None:
        copies.order(made)
        copies.soon()
    return made


def review_testimonial(*, actor: Actor, testimonial_id: UUID, approve: bool, note: str, edited_ms: int) -> None:
    """Let it be shown, or not. May be done again. Raises Problem 404, 409 (edited meanwhile, withdrawn), 422."""
    with action("testimonial.approve" if approve else "testimonial.reject", actor=actor, reason=note) as act:
        found = _locked(actor, testimonial_id)
        if found.edited_ms != edited_ms:
            raise conflict(*CONFLICT)
        if approve and not showable_day(found, local_day()):
            raise conflict("consent_ended", "The consent to show it has ended. Ask the owner for a new one.",
                           "इसे दिखाने की सहमति समाप्त हो चुकी है। स्वामी से नई सहमति लें।")  # fmt: skip
        found.state = TestimonialState.APPROVED if approve else TestimonialState.REJECTED
        found.review_note, found.reviewed_by_id, found.reviewed_ms = note, actor.id, now_ms()
        _touch(found)
        found.save()
        _about(act, found, found.premises)
        _mark_premises(found.premises)


def withdraw_testimonial(*, actor: Actor, testimonial_id: UUID, reason: str) -> None:
    """Take it back, as its speaker may at any time: words, speaker, video and both copies are deleted; the row stays as
    record that it was so, and why. A copy on a disk that is away goes when the disk is back.

    Raises Problem 404, 409, 422.
    """
    if not reason.strip():
        raise invalid(reason=required())
    with action("testimonial.withdraw", actor=actor, reason=reason) as act:
        found = _locked(actor, testimonial_id)
        found.state = TestimonialState.WITHDRAWN
        found.withdrawn_ms, found.withdrawn_reason = now_ms(), reason.strip()[:400]
        found.speaker = found.speaker_role = found.text = found.file_name = found.review_note = ""
        originals.discard(found.file_id)
        originals.discard(found.consent_file_id)
        found.consent_file_id = None
        _touch(found)
        found.save()
        found.copies.exclude(state=CopyState.DELETED).update(state=CopyState.DELETING, trouble="")
        copies.soon()
        _about(act, found, found.premises)
        _mark_premises(found.premises)


def use_new_folder(*, actor: Actor, store: str, reason: str) -> None:
    """A new disk stands in place of a lost one: take its folder, and write every copy anew from the other one.

    For the whole centre only. Raises Problem 403, 409 (no folder there, or that of the other store), 422.
    """
    if not reason.strip():
        raise invalid(reason=required())
    with action("testimonial.new_folder", actor=actor, reason=reason) as act:
        actor.require(EDIT)
        if not actor.may(EDIT, "", ""):
            raise forbidden(EDIT)
        try:
            stores.replace(Store(store))
        except stores.StoreError as trouble:
            raise conflict("folder_" + trouble.code,
                           "This folder cannot be used: it is away, or belongs to the other store. Check the disk.",
                           "यह फ़ोल्डर उपयोग में नहीं आ सकता: यह मौजूद नहीं, या दूसरे भंडार का है। डिस्क जाँचें।",
                           ) from None  # fmt: skip
        # Looked at again as soon as possible: what is not there is written from the other copy.
        lying = TestimonialCopy.objects.filter(store=store, state__in=copies.LYING)
        act.about("testimonial folder", store)
        act.details(copies=lying.update(checked_ms=0, trouble=""))
        copies.soon()


def showable_day(found: Testimonial, day: dt.date) -> bool:
    return found.until is None or day <= found.until


def _locked(actor: Actor, testimonial_id: UUID) -> Testimonial:
    scopes.one(actor, Testimonial, testimonial_id, scopes.OF_PREMISES, EDIT)
    found = (
        Testimonial.objects.select_for_update(of=("self",))
        .select_related("premises__jurisdiction")
        .get(id=testimonial_id)
    )
    if found.state == TestimonialState.WITHDRAWN:
        raise conflict("withdrawn", "This testimonial was withdrawn already.", "यह प्रशंसापत्र पहले ही वापस लिया जा चुका है।")
    return found


def _touch(found: Testimonial) -> None:
    found.edited_ms = max(now_ms(), found.edited_ms + 1)


def _about(act: Action, found: Testimonial, premises: Premises) -> None:
    act.about("testimonial", found.id, premises.name_en,
              jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip


def _mark_premises(premises: Premises) -> None:
    """The register shows which premises' owners have spoken."""
    stands = premises.testimonials.filter(state=TestimonialState.APPROVED).exists()
    with transaction.atomic():
        Premises.objects.filter(id=premises.id).exclude(testimonial=stands).update(testimonial=stands)
