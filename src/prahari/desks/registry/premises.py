"""Reads of premises and sites, and the short lists around them."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from prahari.contracts import sealing
from prahari.core.phones import digits_of
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict, within
from prahari.desks.registry.choices import COVERAGE
from prahari.desks.registry.filters import needles
from prahari.desks.registry.models import Camera, Contact, Premises, Site

VIEW = "registry.view"
EDIT = "registry.edit"
_PATH, _AGENCY = "jurisdiction__path", "agency_id"

_COLUMNS = (
    "id", "code", "name_en", "name_hi", "address_en", "address_hi", "lat", "lon", "agency_id", "edited_ms",
    "owner_class__code", "owner_class__name_en", "owner_class__name_hi",
    "place_class__code", "place_class__name_en", "place_class__name_hi",
    "department__code", "department__name_en", "department__name_hi",
    "jurisdiction__path", "jurisdiction__name_en", "jurisdiction__name_hi",
    "ward__path", "ward__name_en", "ward__name_hi",
)  # fmt: skip


def sealing_context(contact_id: UUID) -> str:
    return f"contact:{contact_id}"


def mobile_key(mobile: str) -> str:
    """What contacts with this number are found by; empty when it holds no ten digits. The same for every way of
    writing it (+91, leading 0, spaces, Devanagari digits)."""
    digits = digits_of(mobile)[-10:]
    if len(digits) < 10:
        return ""
    return hmac.digest(settings.CONFIG.sealing_key(), b"contact mobile" + digits.encode(), "sha256").hex()


def premises_in(actor: Actor, permission: str = VIEW) -> QuerySet[Premises]:
    actor.require(permission)
    return restrict(Premises.objects.all(), actor.scope, permission, _PATH, _AGENCY)


def one_premises(actor: Actor, premises_id: UUID, permission: str = VIEW) -> Premises:
    found = premises_in(actor, permission).filter(id=premises_id).select_related("jurisdiction").first()
    if found is None:
        raise not_found("There are no such premises in your area.", "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।")
    return found


def premises_page(
    actor: Actor, q: str, owner_class: str, department: str, jurisdiction: str, without_cameras: bool | None,
    limit: int, cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    """PremisesPage, by English name."""
    found = premises_in(actor)
    for needle in needles(q):
        found = found.filter(search__contains=needle)
    if owner_class:
        found = found.filter(owner_class__code__in=owner_class.split(","))
    if department:
        found = found.filter(department__code__in=department.split(","))
    if jurisdiction:
        found = found.filter(within(jurisdiction, _PATH))
    if without_cameras is not None:
        linked = Camera.objects.filter(retired_ms__isnull=True).values("premises_id")
        found = found.exclude(id__in=linked) if without_cameras else found.filter(id__in=linked)
    body = paging.page(found.values(*_COLUMNS), ("name_en", "id"), limit, cursor, dict)
    body["items"] = _rows(body["items"])
    return body


def rows_of(ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """PremisesRows of ids that the caller has already found in scope."""
    return _rows(list(Premises.objects.filter(id__in=ids).values(*_COLUMNS)))


def _rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    placements: dict[UUID, dict[str, int]] = defaultdict(dict)
    linked = Camera.objects.filter(premises_id__in=[row["id"] for row in found], retired_ms__isnull=True)
    for premises_id, placement, number in (
        linked.order_by().values_list("premises_id", "placement").annotate(number=Count("id"))
    ):
        placements[premises_id][placement] = number
    return [_row(row, placements[row["id"]]) for row in found]


def _row(row: dict[str, Any], placements: dict[str, int]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "code": row["code"],
        "name": {"en": row["name_en"], "hi": row["name_hi"]},
        "address": {"en": row["address_en"], "hi": row["address_hi"]},
        "owner_class": _coded(row, "owner_class"),
        "place_class": _coded(row, "place_class"),
        "department": _coded(row, "department"),
        "agency": row["agency_id"],
        "jurisdiction": _area(row, "jurisdiction"),
        "ward": _area(row, "ward"),
        "lat": row["lat"],
        "lon": row["lon"],
        "cameras": sum(placements.values()),
        "coverage": {str(placement): placement in placements for placement in COVERAGE},
        "edited_ms": row["edited_ms"],
    }


def _coded(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    code = row[f"{name}__code"]
    return code and {"code": code, "name": {"en": row[f"{name}__name_en"], "hi": row[f"{name}__name_hi"]}}


def _area(row: dict[str, Any], name: str) -> dict[str, Any] | None:
    path = row[f"{name}__path"]
    return (
        None if path is None else {"path": path, "name": {"en": row[f"{name}__name_en"], "hi": row[f"{name}__name_hi"]}}
    )


def premises_detail(actor: Actor, premises_id: UUID) -> dict[str, Any]:
    return _detail(one_premises(actor, premises_id))


def premises_after_writing(actor: Actor, premises_id: UUID) -> dict[str, Any]:
    """What was just written, for whoever was allowed to write it."""
    return _detail(one_premises(actor, premises_id, EDIT))


def _detail(found: Premises) -> dict[str, Any]:
    key = settings.CONFIG.sealing_key()
    return {
        **rows_of([found.id])[0],
        "contacts": [contact_row(contact, key) for contact in found.contacts.all()],
        "testimonial": found.testimonial,
        "source_list": found.source_list,
        "source_row": found.source_row,
        "created_ms": found.created_ms,
    }


def contact_row(contact: Contact, key: bytes) -> dict[str, Any]:
    sealed = contact.sealed_mobile
    return {
        "id": contact.id,
        "name": contact.name,
        "role": contact.role,
        "mobile": sealing.unseal(sealed, key, sealing_context(contact.id)) if sealed else "",
    }


def sites_in(actor: Actor, permission: str = VIEW) -> QuerySet[Site]:
    actor.require(permission)
    return restrict(Site.objects.all(), actor.scope, permission, _PATH, _AGENCY)


def one_site(actor: Actor, site_id: UUID, permission: str = VIEW) -> Site:
    found = sites_in(actor, permission).filter(id=site_id).select_related("jurisdiction").first()
    if found is None:
        raise not_found("There is no such site in your area.", "आपके क्षेत्र में ऐसा कोई स्थान नहीं है।")
    return found


_SITE_COLUMNS = (
    "id", "name_en", "name_hi", "agency_id", "jurisdiction__path", "jurisdiction__name_en", "jurisdiction__name_hi",
    "project", "planned_cameras", "lat", "lon", "edited_ms", "linked",
)  # fmt: skip


def site_rows(found: QuerySet[Site]) -> QuerySet[Any]:
    linked = Count("cameras", filter=Q(cameras__retired_ms__isnull=True))
    return found.annotate(linked=linked).values(*_SITE_COLUMNS)


def site_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": {"en": row["name_en"], "hi": row["name_hi"]},
        "agency": row["agency_id"],
        "jurisdiction": _area(row, "jurisdiction"),
        "project": row["project"],
        "planned_cameras": row["planned_cameras"],
        "cameras": row["linked"],
        "lat": row["lat"],
        "lon": row["lon"],
        "edited_ms": row["edited_ms"],
    }


def site_after_writing(site_id: UUID) -> dict[str, Any]:
    return site_row(site_rows(Site.objects.filter(id=site_id)).get())


def site_page(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    found = sites_in(actor)
    return paging.page(site_rows(found), ("name_en", "id"), limit, cursor, site_row, total=found.count())
