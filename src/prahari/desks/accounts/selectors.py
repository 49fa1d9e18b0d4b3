"""Reads of the accounts desk: the only door to its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

import prahari
from prahari.contracts.events import now_ms
from prahari.core.scope import Grant, Scope, is_within
from prahari.desks.accounts.choices import Level, SecondFactor
from prahari.desks.accounts.models import Agency, Centre, Jurisdiction, Role, RoleGrant, SecurityPolicy, User
from prahari.desks.common import paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.console import basemap_file
from prahari.desks.common.errors import not_found
from prahari.desks.common.history import record
from prahari.desks.common.scoping import restrict, within

CITY_MAP = "city.json"


def milliseconds(at: dt.datetime | None) -> int | None:
    return None if at is None else int(at.timestamp() * 1000)


def covers(scope: Scope, permissions: list[str], path: str, agency: str | None) -> bool:
    """Whether each of `permissions` is held for all of this area; agency None means every agency."""
    return all(
        any(
            permission in grant.permissions and is_within(path, grant.jurisdiction) and grant.agency in (None, agency)
            for grant in scope.grants
        )
        for permission in permissions
    )


def covers_person(scope: Scope, user: User) -> bool:
    """Whether the scope holds at least all that `user` holds: only then may it act on the account."""
    grants = user.grants.select_related("role", "jurisdiction")
    return all(covers(scope, one.role.permissions, one.jurisdiction.path, one.agency_id) for one in grants)


# People


def _people() -> QuerySet[User]:
    grants = RoleGrant.objects.select_related("role", "agency", "jurisdiction").order_by("given_at")
    second = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return (
        User.objects.select_related("jurisdiction", "agency")
        .prefetch_related(Prefetch("grants", queryset=grants))
        .annotate(has_second_factor=Exists(second))
    )


def visible_people(actor: Actor) -> QuerySet[User]:
    actor.require("user.manage")
    return restrict(_people(), actor.scope, "user.manage", "jurisdiction__path", "agency_id")


def person(actor: Actor, user_id: UUID) -> User:
    """Raises Problem 404 outside the actor's area."""
    user = visible_people(actor).filter(pk=user_id).first()
    if user is None:
        raise not_found()
    return user


def people(
    actor: Actor, *, q: str, jurisdiction: str | None, locked: bool | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    found = visible_people(actor)
    if q:
        found = found.filter(Q(username__icontains=q) | Q(name__icontains=q))
    if jurisdiction:
        found = found.filter(within(jurisdiction, "jurisdiction__path"))
    if locked is not None:
        found = found.filter(locked=locked)
    return paging.page(found, ["username"], limit, cursor, user_row)


def person_history(actor: Actor, user_id: UUID) -> dict[str, Any]:
    person(actor, user_id)
    return {"items": record(User, user_id)}


def user_row(user: Any) -> dict[str, Any]:
    return {
        "id": str(user.pk),
        "username": user.username,
        "name": user.name,
        "language": user.language,
        "locked": user.locked,
        "must_change_password": user.must_change_password,
        "has_second_factor": user.has_second_factor,
        "jurisdiction": place(user.jurisdiction),
        "agency": named(user.agency),
        "last_login_ms": milliseconds(user.last_login),
        "created_ms": milliseconds(user.created_at),
        "grants": [grant_row(grant) for grant in user.grants.all()],
    }


def named(row: Agency | Role | None) -> dict[str, Any] | None:
    return None if row is None else {"code": row.code, "name": row.name}


def place(row: Jurisdiction) -> dict[str, Any]:
    return {"path": row.path, "level": row.level, "name": row.name}


def grant_row(grant: RoleGrant) -> dict[str, Any]:
    return {
        "id": str(grant.pk),
        "role": named(grant.role),
        "agency": named(grant.agency),
        "jurisdiction": place(grant.jurisdiction),
        "valid_to_ms": milliseconds(grant.valid_to),
    }


def scope_of(user: User) -> Scope:
    """What a person holds now; requests take it from `authentication`, in their one query."""
    standing = user.grants.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now())).select_related(
        "role", "jurisdiction"
    )
    return Scope(
        tuple(Grant(one.jurisdiction.path, one.agency_id, frozenset(one.role.permissions)) for one in standing)
    )


def me(actor: Actor) -> dict[str, Any]:
    user: Any = _people().get(pk=actor.id)
    standing = [one for one in user.grants.all() if one.valid_to is None or one.valid_to > timezone.now()]
    required = any(one.role.requires_second_factor for one in standing) and second_factor_enforced()
    return {
        "id": str(user.pk),
        "username": user.username,
        "name": user.name,
        "language": user.language,
        "must_change_password": user.must_change_password,
        "has_second_factor": user.has_second_factor,
        "requires_second_factor": required,
        "permissions": sorted(frozenset().union(*(grant.permissions for grant in actor.scope.grants))),
        "grants": [grant_row(grant) for grant in standing],
    }


def second_factor_enforced() -> bool:
    rule = SecurityPolicy.objects.get(pk=1).second_factor
    return rule == SecondFactor.ALWAYS or (rule == SecondFactor.OFF_LOOPBACK and not settings.LOOPBACK)


def first_grant_end_ms(actor: Actor) -> int | None:
    """When the first of the actor's standing grants ends, if any does."""
    ends = RoleGrant.objects.filter(user_id=actor.id, valid_to__gt=timezone.now()).order_by("valid_to")
    return milliseconds(ends.values_list("valid_to", flat=True).first())


# Lists


def _whole(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"items": items, "next": None, "total": len(items), "as_of_ms": now_ms()}


def roles(actor: Actor) -> dict[str, Any]:
    actor.require("user.manage")
    return _whole(
        [
            {
                "code": role.code,
                "name": role.name,
                "permissions": role.permissions,
                "requires_second_factor": role.requires_second_factor,
            }
            for role in Role.objects.order_by("sort", "code")
        ]
    )


def agency_row(agency: Agency) -> dict[str, Any]:
    return {"code": agency.code, "name": agency.name, "active": agency.active}


def agencies() -> dict[str, Any]:
    """Public knowledge within the centre: no permission needed."""
    return _whole([agency_row(agency) for agency in Agency.objects.order_by("code")])


def jurisdictions(level: str | None) -> dict[str, Any]:
    """Names of areas are public knowledge: no permission needed. The root shows only when asked for."""
    rows = Jurisdiction.objects.extra(select={"drawn": "boundary IS NOT NULL"}).defer("boundary").order_by("path")
    rows = rows.filter(level=level) if level else rows.exclude(level=Level.CENTRE)
    return _whole(
        [{**place(row), "lgd_code": row.lgd_code, "parent": row.parent, "has_boundary": row.drawn} for row in rows]
    )


def boundaries(level: str | None) -> dict[str, Any]:
    """GeoJSON FeatureCollection of the areas whose boundary is drawn."""
    rows = Jurisdiction.objects.exclude(boundary=None).order_by("path")
    if level:
        rows = rows.filter(level=level)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row.pk,
                "properties": {"path": row.path, "level": row.level, "name_en": row.name_en, "name_hi": row.name_hi},
                "geometry": row.boundary,
            }
            for row in rows
        ],
    }


# The centre


def base_map() -> dict[str, str]:
    given = settings.CONFIG.basemap
    if given is not None and given.is_file():
        return {"kind": "pmtiles", "url": f"/basemap/{given.name}"}
    if basemap_file(CITY_MAP) is not None:
        return {"kind": "geojson", "url": f"/basemap/{CITY_MAP}"}
    return {"kind": "none", "url": ""}


def centre(actor: Actor, host: str) -> dict[str, Any]:
    """`host`: the name under which the browser reached us; the other processes answer there on their ports."""
    row = Centre.objects.get(pk=1)
    if actor.id is None:
        return {"name": row.name, "version": prahari.__version__}
    config = settings.CONFIG
    return {
        "name": row.name,
        "version": prahari.__version__,
        "code": row.code,
        "centre": [row.lon, row.lat],
        "bounds": row.bounds or [68.0, 6.0, 98.0, 37.0],
        "basemap": base_map(),
        "events_origin": config.origin(config.events_port, host),
        "media_origins": [config.origin(port, host) for port in (*config.media_ports(), config.edge_port)],
        "demo": row.demo,
        "now_ms": now_ms(),
    }


def policy(actor: Actor) -> dict[str, Any]:
    actor.require("user.manage")
    row = SecurityPolicy.objects.get(pk=1)
    return {
        "session_idle_minutes": row.session_idle_minutes,
        "session_hours": row.session_hours,
        "second_factor": row.second_factor,
    }
