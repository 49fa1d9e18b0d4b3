"""Maintenance windows in the actor's scope, and what they may be announced for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict
from prahari.desks.health.models import MaintenanceWindow
from prahari.desks.health.selectors import VIEW, WORK
from prahari.desks.registry.models import Premises, Site


def windows_in(actor: Actor, permission: str = VIEW) -> QuerySet[MaintenanceWindow]:
    actor.require(permission)
    found = restrict(MaintenanceWindow.objects.all(), actor.scope, permission)
    return found.select_related("camera", "premises", "site", "area", "recorded_by").defer("area__boundary")


def window(actor: Actor, window_id: UUID, permission: str = VIEW) -> MaintenanceWindow:
    """Raises Problem 403, 404."""
    found = windows_in(actor, permission).filter(id=window_id).first()
    if found is None:
        raise not_found("There is no such maintenance in your area.", "आपके क्षेत्र में ऐसा कोई रखरखाव नहीं है।")
    return found


def page(actor: Actor, current: bool, limit: int, cursor: str | None) -> dict[str, Any]:
    """MaintenancePage, newest first. current: only what is going on or still to come."""
    found = windows_in(actor)
    if current:
        found = found.filter(to_ms__gt=now_ms(), ended_ms__isnull=True)
    return paging.page(found, ("-from_ms", "id"), limit, cursor, row)


def row(one: MaintenanceWindow) -> dict[str, Any]:
    named: Any = one.camera or one.premises or one.site or one.area
    kind = next(name for name in ("camera", "premises", "site", "area") if getattr(one, name) is not None)
    english = f"{one.camera.reg_id} {one.camera.name_en}" if one.camera else named.name_en
    hindi = f"{one.camera.reg_id} {one.camera.name_hi}" if one.camera else named.name_hi
    return {
        "id": str(one.id),
        "of": kind,
        "of_id": str(named.path if kind == "area" else named.pk),
        "name": {"en": english, "hi": hindi},
        "from_ms": one.from_ms,
        "to_ms": one.to_ms,
        "why": one.why,
        "by": one.recorded_by.name if one.recorded_by else "",
        "ended_ms": one.ended_ms,
    }


def premises(actor: Actor, premises_id: UUID) -> Premises:
    """Raises Problem 404."""
    found = restrict(Premises.objects.all(), actor.scope, WORK, "jurisdiction__path", "agency_id")
    one: Premises | None = found.select_related("jurisdiction").filter(id=premises_id).first()
    if one is None:
        raise not_found("There are no such premises in your area.", "आपके क्षेत्र में ऐसा कोई प्रतिष्ठान नहीं है।")
    return one


def site(actor: Actor, site_id: UUID) -> Site:
    """Raises Problem 404."""
    found = restrict(Site.objects.all(), actor.scope, WORK, "jurisdiction__path", "agency_id")
    one: Site | None = found.select_related("jurisdiction").filter(id=site_id).first()
    if one is None:
        raise not_found("There is no such site in your area.", "आपके क्षेत्र में ऐसा कोई स्थान नहीं है।")
    return one
