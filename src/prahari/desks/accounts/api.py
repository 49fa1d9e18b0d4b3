"""Endpoints of the accounts desk."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.contracts import tokens
from prahari.contracts.events import now_ms
from prahari.contracts.media import StreamClaims
from prahari.desks.accounts import actions, schemas, selectors
from prahari.desks.accounts.authentication import anybody
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import Problem, reply, responses
from prahari.desks.common.keys import signing_key
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.web import host_of

router = Router(tags=["accounts"])

EVENT_TOKEN_MS = 15 * 60_000


@router.get("/me", response=responses(schemas.Me))
def get_me(request: HttpRequest) -> HttpResponse:
    return reply(selectors.me(actor_of(request)))


@router.patch("/me", response=responses(schemas.Me))
def patch_me(request: HttpRequest, payload: schemas.MeIn) -> HttpResponse:
    actor = actor_of(request)
    actions.set_language(actor=actor, language=payload.language)
    return reply(selectors.me(actor))


@router.post("/me/password", response=responses(None, 204))
def change_password(request: HttpRequest, payload: schemas.PasswordIn) -> HttpResponse:
    actor = actor_of(request)
    if not ratelimit.consume(request, app="allauth.account", action="reauthenticate", user=request.user):
        raise Problem(429, "too_many_attempts", "Too many attempts. Wait a minute.", "बहुत अधिक प्रयास। एक मिनट रुकें।")
    user = actions.change_password(actor=actor, current=payload.current, new=payload.new)
    update_session_auth_hash(request, user)
    return HttpResponse(status=204)


@router.get("/centre", auth=anybody, response=responses(schemas.CentreOut))
def get_centre(request: HttpRequest) -> HttpResponse:
    return reply(selectors.centre(actor_of(request), host_of(request)))


@router.post("/event-token", response=responses(schemas.EventToken))
def event_token(request: HttpRequest) -> HttpResponse:
    """Leave to listen to events; ends with the session and with the first grant that ends."""
    actor = actor_of(request)
    ends = [now_ms() + EVENT_TOKEN_MS, actor.session_ends_ms, selectors.first_grant_end_ms(actor)]
    expires_ms = min(end for end in ends if end is not None) // 1000 * 1000
    claims = StreamClaims(
        user_id=str(actor.id),
        grants=[(grant.jurisdiction, grant.agency, sorted(grant.permissions)) for grant in actor.scope.grants],
        exp_s=expires_ms // 1000,
    )
    config = settings.CONFIG
    url = f"{config.origin(config.events_port, host_of(request))}/events"
    return reply({"url": url, "token": tokens.sign(claims, signing_key()), "expires_ms": expires_ms})


@router.get("/jurisdictions", response=responses(schemas.JurisdictionsOut))
def list_jurisdictions(request: HttpRequest, level: schemas.Code | None = None) -> HttpResponse:
    return reply(selectors.jurisdictions(level))


@router.get("/jurisdictions/boundaries", response=responses(dict[str, Any]))
def list_boundaries(request: HttpRequest, level: schemas.Code | None = None) -> HttpResponse:
    return reply(selectors.boundaries(level))


@router.get("/users", response=responses(schemas.UsersOut))
def list_users(
    request: HttpRequest,
    q: schemas.Reason = "",
    jurisdiction: schemas.Path | None = None,
    locked: bool | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.people(actor, q=q, jurisdiction=jurisdiction, locked=locked, limit=limit, cursor=cursor))


@router.post("/users", response=responses(schemas.NewUser, 201))
def create_user(request: HttpRequest, payload: schemas.UserIn) -> HttpResponse:
    actor = actor_of(request)
    user, password = actions.create_user(actor=actor, **payload.dict())
    return reply({"user": selectors.user_row(selectors.person(actor, user.pk)), "password": password}, 201)


@router.get("/users/{user_id}", response=responses(schemas.UserOut))
def get_user(request: HttpRequest, user_id: UUID) -> HttpResponse:
    return reply(selectors.user_row(selectors.person(actor_of(request), user_id)))


@router.patch("/users/{user_id}", response=responses(schemas.UserOut))
def patch_user(request: HttpRequest, user_id: UUID, payload: schemas.UserPatch) -> HttpResponse:
    actor = actor_of(request)
    changes = payload.dict(exclude_unset=True, exclude={"reason"})
    user = actions.edit_user(actor=actor, user_id=user_id, changes=changes, reason=payload.reason)
    return reply(selectors.user_row(selectors.person(actor, user.pk)))


@router.get("/users/{user_id}/history", response=responses(schemas.HistoryOut))
def user_history(request: HttpRequest, user_id: UUID) -> HttpResponse:
    return reply(selectors.person_history(actor_of(request), user_id))


@router.post("/users/{user_id}/grants", response=responses(schemas.UserOut, 201))
def give_role(request: HttpRequest, user_id: UUID, payload: schemas.GrantIn) -> HttpResponse:
    actor = actor_of(request)
    until = None if payload.valid_to_ms is None else dt.datetime.fromtimestamp(payload.valid_to_ms / 1000, dt.UTC)
    actions.give_role(
        actor=actor,
        user_id=user_id,
        role=payload.role,
        agency=payload.agency,
        jurisdiction=payload.jurisdiction,
        valid_to=until,
        reason=payload.reason,
    )
    return reply(selectors.user_row(selectors.person(actor, user_id)), 201)


@router.delete("/users/{user_id}/grants/{grant_id}", response=responses(schemas.UserOut))
def take_role(request: HttpRequest, user_id: UUID, grant_id: UUID, reason: schemas.Reason = "") -> HttpResponse:
    actor = actor_of(request)
    actions.take_role(actor=actor, user_id=user_id, grant_id=grant_id, reason=reason)
    return reply(selectors.user_row(selectors.person(actor, user_id)))


@router.post("/users/{user_id}/reset-password", response=responses(schemas.OneTimePassword))
def reset_password(request: HttpRequest, user_id: UUID, payload: schemas.ResetIn) -> HttpResponse:
    password = actions.reset_password(actor=actor_of(request), user_id=user_id, **payload.dict())
    return reply({"password": password})


@router.get("/roles", response=responses(schemas.RolesOut))
def list_roles(request: HttpRequest) -> HttpResponse:
    return reply(selectors.roles(actor_of(request)))


@router.get("/agencies", response=responses(schemas.AgenciesOut))
def list_agencies(request: HttpRequest) -> HttpResponse:
    return reply(selectors.agencies())


@router.post("/agencies", response=responses(schemas.AgencyOut, 201))
def create_agency(request: HttpRequest, payload: schemas.AgencyIn) -> HttpResponse:
    name = payload.name
    agency = actions.create_agency(actor=actor_of(request), code=payload.code, name_en=name.en, name_hi=name.hi)
    return reply(selectors.agency_row(agency), 201)


@router.patch("/agencies/{code}", response=responses(schemas.AgencyOut))
def patch_agency(request: HttpRequest, code: schemas.Code, payload: schemas.AgencyPatch) -> HttpResponse:
    changes: dict[str, Any] = {}
    if payload.name is not None:
        changes |= {"name_en": payload.name.en, "name_hi": payload.name.hi}
    if payload.active is not None:
        changes["active"] = payload.active
    agency = actions.edit_agency(actor=actor_of(request), code=code, changes=changes, reason=payload.reason)
    return reply(selectors.agency_row(agency))


@router.get("/security-policy", response=responses(schemas.PolicyOut))
def get_policy(request: HttpRequest) -> HttpResponse:
    return reply(selectors.policy(actor_of(request)))


@router.patch("/security-policy", response=responses(schemas.PolicyOut))
def patch_policy(request: HttpRequest, payload: schemas.PolicyPatch) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_policy(actor=actor, changes=payload.dict(exclude_none=True, exclude={"reason"}), reason=payload.reason)
    return reply(selectors.policy(actor))
