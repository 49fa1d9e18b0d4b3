"""Endpoints of plans and targets."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry.schemas import History
from prahari.desks.targets import actions, burnup, overview, schemas, selectors

router = Router(tags=["targets"])
Words = schemas.Path


@router.get("/target-plans", response=responses(schemas.PlanPage))
def list_plans(
    request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None, ended: bool = False
) -> HttpResponse:
    return reply(selectors.plan_page(actor_of(request), limit, cursor, ended))


@router.post("/target-plans", response=responses(schemas.PlanRow, 201))
def create_plan(request: HttpRequest, payload: schemas.TargetPlanIn) -> HttpResponse:
    actor = actor_of(request)
    plan = actions.create_plan(actor=actor, form=payload)
    return reply(selectors.plan_row(selectors.plan(actor, plan.id, selectors.EDIT)), 201)


@router.get("/target-plans/{plan_id}", response=responses(schemas.PlanOverview))
def plan_overview(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return reply(overview.overview(actor_of(request), plan_id))


@router.patch("/target-plans/{plan_id}", response=responses(schemas.PlanRow))
def edit_plan(request: HttpRequest, plan_id: UUID, payload: schemas.PlanEdit) -> HttpResponse:
    return reply(selectors.plan_row(actions.edit_plan(actor=actor_of(request), plan_id=plan_id, form=payload)))


@router.post("/target-plans/{plan_id}/end", response=responses(None, 204))
def end_plan(request: HttpRequest, plan_id: UUID, payload: schemas.TargetWhy) -> HttpResponse:
    actions.end_plan(actor=actor_of(request), plan_id=plan_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.post("/target-plans/{plan_id}/allotment", response=responses(schemas.PlanRow))
def allot(request: HttpRequest, plan_id: UUID, payload: schemas.AllotmentIn) -> HttpResponse:
    return reply(selectors.plan_row(actions.allot(actor=actor_of(request), plan_id=plan_id, form=payload)))


@router.post("/target-plans/{plan_id}/allotment-preview", response=responses(schemas.AllotmentPreview))
def preview_allotment(request: HttpRequest, plan_id: UUID, payload: schemas.PreviewIn) -> HttpResponse:
    return reply(actions.preview(actor=actor_of(request), plan_id=plan_id, parts=payload.parts))


@router.get("/target-plans/{plan_id}/burn-up", response=responses(schemas.BurnUpOut))
def burn_up(
    request: HttpRequest, plan_id: UUID, target: UUID | None = None, owner_class: Words = "", department: Words = "",
    jurisdiction: Words = "",
) -> HttpResponse:  # fmt: skip
    return reply(burnup.burn_up(actor_of(request), plan_id, target, owner_class, department, jurisdiction))


@router.get("/target-plans/{plan_id}/history", response=responses(History))
def plan_history(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    return reply(selectors.plan_history(actor_of(request), plan_id))


@router.get("/targets", response=responses(schemas.TargetPage))
def list_targets(
    request: HttpRequest, plan: UUID | None = None, owner_class: Words = "", department: Words = "",
    jurisdiction: Words = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(selectors.target_page(actor_of(request), plan, owner_class, department, jurisdiction, limit, cursor))


@router.get("/targets/{target_id}/chain", response=responses(schemas.TargetChain))
def target_chain(request: HttpRequest, target_id: UUID) -> HttpResponse:
    return reply(selectors.earlier(actor_of(request), target_id))


@router.post("/targets/{target_id}/supersede", response=responses(schemas.TargetRow, 201))
def supersede(request: HttpRequest, target_id: UUID, payload: schemas.Supersede) -> HttpResponse:
    made = actions.supersede(actor=actor_of(request), target_id=target_id, form=payload)
    return reply(selectors.target_row(made), 201)


@router.post("/targets/{target_id}/end", response=responses(None, 204))
def end_target(request: HttpRequest, target_id: UUID, payload: schemas.TargetWhy) -> HttpResponse:
    actions.end_target(actor=actor_of(request), target_id=target_id, reason=payload.reason)
    return HttpResponse(status=204)
