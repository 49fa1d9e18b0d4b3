"""Endpoints of progress: funnel, league, wards, placements, and files of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry.schemas import PremisesPage
from prahari.desks.targets import coverage, exports, funnel, league, placements
from prahari.desks.targets import progress_schemas as schemas
from prahari.desks.targets.schemas import Path as Words

router = Router(tags=["targets"])


@router.get("/progress/funnel", response=responses(schemas.FunnelOut))
def show_funnel(
    request: HttpRequest, owner_class: Words = "", department: Words = "", jurisdiction: Words = ""
) -> HttpResponse:
    return reply(funnel.funnel(actor_of(request), owner_class, department, jurisdiction))


@router.get("/progress/league", response=responses(schemas.LeagueOut))
def show_league(request: HttpRequest, by: league.By = "department") -> HttpResponse:
    return reply(league.league(actor_of(request), by))


@router.get("/progress/wards", response=responses(schemas.WardsOut))
def show_wards(request: HttpRequest, owner_class: Words = "") -> HttpResponse:
    return reply(coverage.wards(actor_of(request), owner_class))


@router.get("/progress/placements", response=responses(schemas.PlacementsOut))
def show_placements(request: HttpRequest) -> HttpResponse:
    return reply(placements.placements(actor_of(request)))


@router.get("/progress/placements/missing", response=responses(PremisesPage))
def placements_missing(
    request: HttpRequest, placement: Words, owner_class: Words = "", jurisdiction: Words = "", live: bool = False,
    limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    """Premises with cameras, none of which covers the placement."""
    return reply(placements.missing(actor_of(request), placement, owner_class, jurisdiction, live, limit, cursor))


@router.get("/progress/export", response=responses(str))
def export_view(
    request: HttpRequest, view: exports.View, format: exports.Format = "xlsx", language: exports.Language = "hi"
) -> HttpResponse:
    return exports.view_file(actor_of(request), view, format, language)


@router.get("/target-plans/{plan_id}/export", response=responses(str))
def export_plan(
    request: HttpRequest, plan_id: UUID, format: exports.Format = "xlsx", language: exports.Language = "hi"
) -> HttpResponse:
    return exports.plan_file(actor_of(request), plan_id, format, language)
