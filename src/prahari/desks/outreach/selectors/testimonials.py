"""Reads of testimonials, of their copies, and of what may be shown to visitors."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common import paging, rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem
from prahari.desks.common.scoping import restrict
from prahari.desks.linking import figures as linking
from prahari.desks.outreach import copies, scopes, stores
from prahari.desks.outreach.choices import CopyState, Store, TestimonialState, Use
from prahari.desks.outreach.models import FixityFinding, Testimonial, TestimonialCopy
from prahari.desks.registry.models import Camera

SHOW = "presentation.use"
FINDINGS = 100


def testimonials_in(actor: Actor, permission: str = scopes.VIEW) -> QuerySet[Testimonial]:
    return (
        scopes.rows(actor, Testimonial, scopes.OF_PREMISES, permission)
        .select_related("premises__jurisdiction", "reviewed_by")
        .defer("premises__jurisdiction__boundary")
        .prefetch_related("copies")
    )


def testimonial_page(actor: Actor, state: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """TestimonialPage, newest first."""
    found = testimonials_in(actor)
    if state:
        found = found.filter(state__in=state.split(","))
    return paging.page(found, ("-created_ms", "-id"), limit, cursor, row)


def testimonial_row(actor: Actor, testimonial_id: UUID, permission: str = scopes.VIEW) -> dict[str, Any]:
    scopes.one(actor, Testimonial, testimonial_id, scopes.OF_PREMISES, permission)
    return row(testimonials_in(actor, permission).get(id=testimonial_id))


def row(found: Testimonial) -> dict[str, Any]:
    premises = found.premises
    return {
        "id": found.id,
        "premises": {"id": premises.id, "name": {"en": premises.name_en, "hi": premises.name_hi}},
        "jurisdiction": scopes.area(premises.jurisdiction),
        "speaker": found.speaker,
        "speaker_role": found.speaker_role,
        "language": found.language,
        "text": found.text,
        "video": bool(found.sha256),
        "media_type": found.media_type,
        "bytes": found.bytes,
        "sha256": found.sha256,
        "uses": found.uses,
        "given_on": found.given_on,
        "until": found.until,
        "given_how": found.given_how,
        "consent_file_id": found.consent_file_id,
        "state": found.state,
        "showable": found.state == TestimonialState.APPROVED and (found.until is None or local_day() <= found.until),
        "review_note": found.review_note,
        "reviewed_by": found.reviewed_by.name if found.reviewed_by else "",
        "reviewed_ms": found.reviewed_ms,
        "withdrawn_ms": found.withdrawn_ms,
        "withdrawn_reason": found.withdrawn_reason,
        "copies": [
            {
                "store": copy.store,
                "state": copy.state,
                "trouble": copy.trouble,
                "written_ms": copy.written_ms,
                "checked_ms": copy.checked_ms,
            }
            for copy in sorted(found.copies.all(), key=lambda copy: copy.store)
        ],
        "created_ms": found.created_ms,
        "edited_ms": found.edited_ms,
    }


def video(actor: Actor, testimonial_id: UUID, *, to_visitors: bool) -> tuple[str, str, str]:
    """(path, media type, name to save it under) of a copy that can be played; to visitors only what may be shown.

    Raises Problem 403, 404, 503 (no copy to be had just now).
    """
    found = (shown(actor) if to_visitors else testimonials_in(actor)).filter(id=testimonial_id).first()
    if found is None or not found.sha256 or found.state == TestimonialState.WITHDRAWN:
        raise Problem(404, "no_video", "There is no such video in your area, or it was withdrawn.",
                      "आपके क्षेत्र में ऐसा कोई वीडियो नहीं है, या उसे वापस ले लिया गया है।")  # fmt: skip
    place = copies.readable(found)
    if place is None:
        raise Problem(503, "no_copy", "Neither copy can be read just now. Check the two folders, then try again.",
                      "अभी कोई भी प्रति पढ़ी नहीं जा सकती। दोनों फ़ोल्डर जाँचें, फिर प्रयास करें।")  # fmt: skip
    return place[1], found.media_type, copies.name_of(found)


def shown(actor: Actor) -> QuerySet[Testimonial]:
    """What may be shown to visitors today: approved, consented for presentation, and that consent not at its end."""
    actor.require(SHOW)
    stands = Q(until__isnull=True) | Q(until__gte=local_day())
    found = restrict(Testimonial.objects.all(), actor.scope, SHOW, *scopes.OF_PREMISES)
    return found.filter(stands, state=TestimonialState.APPROVED, uses__contains=[Use.PRESENTATION.value])


def vault(actor: Actor) -> dict[str, Any]:
    """VaultOut: both folders, and what was found wrong. Numbers are of the testimonials in sight."""
    seen = scopes.rows(actor, Testimonial, scopes.OF_PREMISES)
    lying = TestimonialCopy.objects.filter(testimonial__in=seen)
    numbers = {
        one["store"]: one
        for one in lying.order_by().values("store").annotate(
            good=Count("id", filter=Q(state=CopyState.GOOD)),
            waiting=Count("id", filter=Q(state__in=(CopyState.WAITING, CopyState.DELETING))),
            bad=Count("id", filter=Q(state__in=(CopyState.DAMAGED, CopyState.MISSING))),
            oldest=Min("checked_ms", filter=Q(state=CopyState.GOOD)),
        )
    }  # fmt: skip
    trouble = dict(stores.usable())
    findings = FixityFinding.objects.filter(testimonial__in=seen).select_related("testimonial__premises")[:FINDINGS]
    return {
        "stores": [
            {
                "store": store,
                "trouble": trouble[store],
                **{name: numbers.get(store, {}).get(name, 0) for name in ("good", "waiting", "bad")},
                "oldest_check_ms": numbers.get(store, {}).get("oldest"),
            }
            for store in Store.values
        ],
        "findings": [_finding(one) for one in findings],
        "fixity_days": int(rules.value(copies.FIXITY_DAYS)),
    }


def _finding(one: FixityFinding) -> dict[str, Any]:
    premises = one.testimonial.premises
    return {
        "id": one.id,
        "testimonial": one.testimonial_id,
        "premises": {"en": premises.name_en, "hi": premises.name_hi},
        "store": one.store,
        "found": one.found,
        "restored": one.restored,
        "lost": one.lost,
        "at_ms": one.at_ms,
    }


def presentation(actor: Actor) -> dict[str, Any]:
    """PresentationOut. Cameras: public owners' at public premises, on a standing order; never private premises."""
    actor.require(SHOW)
    at = now_ms()
    cameras = restrict(Camera.objects.all(), actor.scope, SHOW, agency="agency_id").filter(
        Q(ordered__order__valid_to_ms__isnull=True) | Q(ordered__order__valid_to_ms__gt=at),
        ordered__order__revoked_ms__isnull=True, ordered__order__valid_from_ms__lte=at, retired_ms__isnull=True,
        owner_class__public=True, premises__owner_class__public=True,
    )  # fmt: skip
    places = cameras.order_by("reg_id").distinct().values_list("id", "premises_id", "reg_id")
    approved = shown(actor).select_related("premises").order_by("-reviewed_ms", "-id")
    return {
        "camera_ids": _place_after_place([(camera, premises) for camera, premises, _ in places]),
        "figures": figures(actor, at),
        "testimonials": [
            {
                "id": one.id,
                "speaker": one.speaker,
                "speaker_role": one.speaker_role,
                "premises": {"en": one.premises.name_en, "hi": one.premises.name_hi},
                "language": one.language,
                "text": one.text,
                "video": bool(one.sha256),
            }
            for one in approved
        ],
    }


def _place_after_place(cameras: list[tuple[UUID, UUID]]) -> list[UUID]:
    """Of pairs (camera, premises): the first camera of every place, then every second one. Visitors see a city."""
    seen: Counter[UUID] = Counter()
    rounds: list[tuple[int, UUID]] = []
    for camera, premises in cameras:
        rounds.append((seen[premises], camera))
        seen[premises] += 1
    return [camera for _, camera in sorted(rounds, key=lambda one: one[0])]


def figures(actor: Actor, at: int) -> dict[str, int]:
    """The headline: cameras in the programme, verified live, live now; premises, and those that consented."""
    whole = linking.total(linking.table(actor, permission=SHOW))
    return {
        "cameras": whole["listed"],
        "verified_live": whole["verified"],
        "live_now": whole["live_now"],
        "premises": whole["premises_listed"],
        "consented": whole["premises_consented"],
        "as_of_ms": at,
    }
