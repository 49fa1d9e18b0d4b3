"""Endpoints of the accounts desk."""

from __future__ import annotations

from prahari.desks.accounts.models import Agency
from prahari.desks.accounts.roles import ROLES
from scope import Endpoint, World


def user(world: World) -> dict[str, str]:
    return {"user_id": str(world.person().pk)}


def grant(world: World) -> dict[str, str]:
    person = world.person()
    return {"user_id": str(person.pk), "grant_id": str(world.allow(person, "user.manage").pk)}


def agency(world: World) -> dict[str, str]:
    return {"code": Agency.objects.create(code="fire", name_en="Fire", name_hi="अग्निशमन").code}


NEW_USER = {"username": "new.person", "name": "New", "jurisdiction": World.HOME, "agency": World.AGENCY}
TECHNICIAN = tuple(next(one["permissions"] for one in ROLES if one["code"] == "technician"))
GRANT = {"role": "technician", "jurisdiction": World.HOME, "agency": World.AGENCY}
MANAGE = "user.manage"

ENDPOINTS = [
    Endpoint("GET", "/me", None),
    Endpoint("PATCH", "/me", None, body={"language": "en"}),
    Endpoint("POST", "/me/password", None, body={"current": "wrong", "new": "long enough 77"}, success=422),
    Endpoint("GET", "/centre", None, public=True),
    Endpoint("POST", "/event-token", None),
    Endpoint("GET", "/jurisdictions", None),
    Endpoint("GET", "/jurisdictions/boundaries", None),
    Endpoint("GET", "/users", MANAGE, row=user, lists=True),
    Endpoint("POST", "/users", MANAGE, body=NEW_USER, success=201, elsewhere=403),
    Endpoint("GET", "/users/{user_id}", MANAGE, row=user),
    Endpoint("PATCH", "/users/{user_id}", MANAGE, row=user, body={"name": "Other"}),
    Endpoint("GET", "/users/{user_id}/history", MANAGE, row=user),
    Endpoint("POST", "/users/{user_id}/grants", MANAGE, row=user, body=GRANT, success=201, also=TECHNICIAN),
    Endpoint("DELETE", "/users/{user_id}/grants/{grant_id}", MANAGE, row=grant),
    Endpoint("POST", "/users/{user_id}/reset-password", MANAGE, row=user, body={}),
    Endpoint("GET", "/roles", MANAGE),
    Endpoint("GET", "/agencies", None),
    Endpoint(
        "POST",
        "/agencies",
        MANAGE,
        body={"code": "rail", "name": {"en": "Railway", "hi": "रेलवे"}},
        success=201,
        elsewhere=403,
        everywhere=True,
    ),
    Endpoint("PATCH", "/agencies/{code}", MANAGE, row=agency, body={"active": False}, elsewhere=403, everywhere=True),
    Endpoint("GET", "/security-policy", MANAGE),
    Endpoint("PATCH", "/security-policy", MANAGE, body={"session_hours": 10}, elsewhere=403, everywhere=True),
]
