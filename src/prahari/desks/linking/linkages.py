"""Reads of the ladder: premises in the programme with where they stand, and how they came there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.action import Action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.linking.models import CameraLinkage, LadderEntry, Linkage, PremisesConsent, Receipt, RefusalReason
from prahari.desks.linking.steps import TIMES, CameraStep, Step
from prahari.desks.registry.filters import needles
from prahari.desks.registry.models import Camera, Premises
from prahari.desks.registry.premises import premises_in

VIEW = "linking.view"
WORK = "linking.work"
_PATH, _AGENCY = "premises__jurisdiction__path", "premises__agency_id"
ENTRIES_MAX = 500


def linkages_in(actor: Actor, permission: str = VIEW) -> QuerySet[Linkage]:
    actor.require(permission)
    return restrict(Linkage.objects.all(), actor.scope, permission, _PATH, _AGENCY)


def premises_to_work(actor: Actor, premises_id: UUID, permission: str = WORK) -> Premises:
    """Premises on which the actor may enter steps, in the programme or not. Raises Problem 403, 404."""
    found = premises_in(actor, permission).filter(id=premises_id)
    premises = found.select_related("jurisdiction", "owner_class").defer("jurisdiction__boundary").first()
    if premises is None:
        raise not_found("There are no such premises in your area.", "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।")
    return premises


def about(act: Action, premises: Premises) -> None:
    act.about("premises", premises.id, premises.name_en,
              jurisdiction=premises.jurisdiction.path, agency=premises.agency_id)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """Narrowing of the list; empty values do not narrow. Lists are codes with commas between."""

    q: str = ""
    step: str = ""
    camera_step: str = ""
    owner_class: str = ""
    department: str = ""
    jurisdiction: str = ""
    ward: str = ""
    refusal: str = ""
    without_cameras: bool | None = None
    promise_due: bool | None = None


SORTS = {
    "name": ("premises__name_en", "id"),
    "listed": ("-listed_ms", "-id"),
    "edited": ("-edited_ms", "-id"),
}


def narrowed(actor: Actor, filters: Filters, permission: str = VIEW) -> QuerySet[Linkage]:
    """Linkages that pass the filters. Raises Problem 403."""
    found = linkages_in(actor, permission)
    for needle in needles(filters.q):
        found = found.filter(premises__search__contains=needle)
    if filters.step:
        found = found.filter(step__in=filters.step.split(","))
    if filters.owner_class:
        found = found.filter(premises__owner_class__code__in=filters.owner_class.split(","))
    if filters.department:
        found = found.filter(premises__department__code__in=filters.department.split(","))
    if filters.jurisdiction:
        found = found.filter(within(filters.jurisdiction, _PATH))
    if filters.ward:
        found = found.filter(premises__ward__path=filters.ward)
    if filters.refusal:
        found = found.filter(refusal__code__in=filters.refusal.split(","))
    living = Camera.objects.filter(premises_id=OuterRef("premises_id"), retired_ms__isnull=True)
    if filters.camera_step:
        found = found.filter(Exists(living.filter(linkage__step__in=filters.camera_step.split(","))))
    if filters.without_cameras is not None:
        nothing = Q(cameras_reported=0) & ~Exists(living)
        found = found.filter(nothing if filters.without_cameras else ~nothing)
    if filters.promise_due:
        found = found.filter(step=Step.PROMISED, promised_for__isnull=False)
    return found


_COLUMNS = (
    "id", "step", "cameras_reported", "cameras_found", "source_list", "source_row", "refusal__code",
    "refusal__name_en", "refusal__name_hi", "promised_for", "cost_borne_by", "come_again_on", "times_asked",
    *TIMES.values(), "edited_ms", "premises_id", "premises__name_en", "premises__name_hi", "premises__address_en",
    "premises__address_hi", "premises__lat", "premises__lon", "premises__agency_id",
    "premises__owner_class__code", "premises__owner_class__name_en", "premises__owner_class__name_hi",
    "premises__owner_class__public",
    "premises__department__code", "premises__department__name_en", "premises__department__name_hi",
    "premises__jurisdiction__path", "premises__jurisdiction__name_en", "premises__jurisdiction__name_hi",
    "premises__ward__path", "premises__ward__name_en", "premises__ward__name_hi",
)  # fmt: skip


def page(actor: Actor, filters: Filters, sort: str, limit: int, cursor: str | None) -> dict[str, Any]:
    """A LinkagePage. Raises Problem 400, 403, 422."""
    if sort not in SORTS:
        raise invalid(sort=text("There is no such order.", "ऐसा कोई क्रम नहीं है।"))
    found = narrowed(actor, filters)
    body = paging.page(found.values(*_COLUMNS), SORTS[sort], limit, cursor, dict)
    body["items"] = _rows(body["items"])
    return body


def one(actor: Actor, premises_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """A LinkageDetail. Raises Problem 403, 404."""
    row = linkages_in(actor, permission).filter(premises_id=premises_id).values(*_COLUMNS).first()
    if row is None:
        raise not_found("These premises are not in the programme, or not in your area.",
                        "यह प्रतिष्ठान कार्यक्रम में नहीं है, या आपके क्षेत्र में नहीं है।")  # fmt: skip
    cameras = CameraLinkage.objects.filter(camera__premises_id=premises_id, camera__retired_ms__isnull=True)
    consent = PremisesConsent.objects.filter(premises_id=premises_id).first()
    return {
        **_rows([row])[0],
        "ladder": [
            {
                "camera_id": camera.camera_id, "reg_id": camera.camera.reg_id,
                "name": {"en": camera.camera.name_en, "hi": camera.camera.name_hi}, "step": camera.step,
                "placement": camera.camera.placement, "entered_ms": camera.entered_ms,
                "reachable_ms": camera.reachable_ms, "linked_ms": camera.linked_ms, "verified_ms": camera.verified_ms,
                "confirmed_ms": camera.confirmed_ms, "withdrawn_ms": camera.withdrawn_ms,
            }
            for camera in cameras.select_related("camera").order_by("camera__reg_id")
        ],
        "consent": consent_row(consent) if consent else None,
        "receipts": list(
            Receipt.objects.filter(premises_id=premises_id).values("id", "number", "kind", "issued_ms")[:50]
        ),
    }  # fmt: skip


def consent_row(consent: PremisesConsent) -> dict[str, Any]:
    now = now_ms()
    return {
        "id": consent.id, "given_by": consent.given_by, "given_on": consent.given_on, "channel": consent.channel,
        "scope": {
            "live": consent.live, "record": consent.record, "hours": consent.hours,
            "public_view_only": consent.public_view_only,
        },
        "all_cameras": consent.all_cameras, "valid_from_ms": consent.valid_from_ms, "valid_to_ms": consent.valid_to_ms,
        "document_note": consent.document_note, "document_ids": consent.document_ids, "created_ms": consent.created_ms,
        "withdrawn_ms": consent.withdrawn_ms, "withdrawn_reason": consent.withdrawn_reason,
        "withdrawn_by": consent.withdrawn_by,
        "stands": consent.withdrawn_ms is None and (consent.valid_to_ms is None or consent.valid_to_ms > now),
    }  # fmt: skip


def _rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    steps: dict[UUID, dict[str, int]] = defaultdict(dict)
    of_premises = Camera.objects.filter(
        premises_id__in=[row["premises_id"] for row in found], retired_ms__isnull=True
    ).order_by()
    for premises_id, step, number in of_premises.values_list("premises_id", "linkage__step").annotate(n=Count("id")):
        steps[premises_id][step or CameraStep.ENTERED] = number
    return [_row(row, steps[row["premises_id"]]) for row in found]


def _named(row: dict[str, Any], name: str, key: str = "code") -> dict[str, Any] | None:
    code = row[f"{name}__{key}"]
    return None if code is None else {
        key: code, "name": {"en": row[f"{name}__name_en"], "hi": row[f"{name}__name_hi"]}
    }  # fmt: skip


def _row(row: dict[str, Any], steps: dict[str, int]) -> dict[str, Any]:
    entered = sum(steps.values())
    return {
        "id": row["premises_id"],
        "step": row["step"],
        "name": {"en": row["premises__name_en"], "hi": row["premises__name_hi"]},
        "address": {"en": row["premises__address_en"], "hi": row["premises__address_hi"]},
        "lat": row["premises__lat"],
        "lon": row["premises__lon"],
        "agency": row["premises__agency_id"],
        "public": row["premises__owner_class__public"],
        "owner_class": _named(row, "premises__owner_class"),
        "department": _named(row, "premises__department"),
        "jurisdiction": _named(row, "premises__jurisdiction", "path"),
        "ward": _named(row, "premises__ward", "path"),
        "refusal": _named(row, "refusal"),
        "cameras": max(row["cameras_reported"], row["cameras_found"] or 0, entered),
        "camera_steps": {step: steps.get(step, 0) for step in CameraStep.values},
        **{
            name: row[name]
            for name in (
                "cameras_reported", "cameras_found", "source_list", "source_row", "promised_for", "cost_borne_by",
                "come_again_on", "times_asked", *TIMES.values(), "edited_ms",
            )
        },
    }  # fmt: skip


def entries(actor: Actor, premises_id: UUID) -> list[dict[str, Any]]:
    """LadderItems of premises in sight, newest first. Raises Problem 403, 404."""
    premises_to_work(actor, premises_id, VIEW)
    rows = LadderEntry.objects.filter(premises_id=premises_id).select_related("by", "camera")[:ENTRIES_MAX]
    return [
        {
            "id": row.id, "step": row.step, "before": row.before, "is_correction": row.is_correction,
            "at_ms": row.at_ms, "entered_ms": row.entered_ms, "via": row.via, "reason": row.reason, "note": row.note,
            "by": row.by.name if row.by else row.by_name, "document_ids": row.document_ids, "facts": row.facts,
            "camera": {"id": row.camera_id, "reg_id": row.camera.reg_id} if row.camera else None,
        }
        for row in rows
    ]  # fmt: skip


def refusal_reasons(actor: Actor) -> list[dict[str, Any]]:
    actor.require(VIEW)
    return [
        {"code": row.code, "name": {"en": row.name_en, "hi": row.name_hi}}
        for row in RefusalReason.objects.filter(active=True)
    ]
