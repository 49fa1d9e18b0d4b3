"""Endpoints of the works desk."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry.schemas import Code, History, Long
from prahari.desks.works import actions, export, selectors
from prahari.desks.works import schemas as s
from prahari.desks.works.references import EDIT

router = Router(tags=["works"])


@router.get("/works/kinds", response=responses(s.WorkKinds))
def list_work_kinds(request: HttpRequest) -> HttpResponse:
    return reply({"items": selectors.kinds()})


@router.put("/works/kinds/{code}", response=responses(s.WorkKinds))
def save_work_kind(request: HttpRequest, code: Code, payload: s.WorkKindIn) -> HttpResponse:
    actions.save_kind(actor=actor_of(request), code=code, form=payload)
    return reply({"items": selectors.kinds()})


@router.get("/works/delay-reasons", response=responses(s.DelayReasons))
def list_delay_reasons(request: HttpRequest) -> HttpResponse:
    return reply({"items": selectors.delay_reasons()})


@router.put("/works/delay-reasons/{code}", response=responses(s.DelayReasons))
def save_delay_reason(request: HttpRequest, code: Code, payload: s.DelayReasonIn) -> HttpResponse:
    actions.save_delay_reason(actor=actor_of(request), code=code, form=payload)
    return reply({"items": selectors.delay_reasons()})


@router.get("/works/projects", response=responses(s.ProjectPage))
def list_projects(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.project_page(actor_of(request), limit, cursor))


@router.post("/works/projects", response=responses(s.ProjectRow, 201))
def create_project(request: HttpRequest, payload: s.ProjectIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.create_project(actor=actor, form=payload)
    return reply(selectors.project_row(actor, made, EDIT), 201)


@router.patch("/works/projects/{project_id}", response=responses(s.ProjectRow))
def edit_project(request: HttpRequest, project_id: UUID, payload: s.ProjectEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_project(actor=actor, project_id=project_id, form=payload)
    return reply(selectors.project_row(actor, project_id, EDIT))


@router.get("/works/packages", response=responses(s.PackagePage))
def list_packages(
    request: HttpRequest, project: UUID | None = None, kind: Long = "", state: Long = "", q: Long = "",
    jurisdiction: Long = "",
) -> HttpResponse:  # fmt: skip
    """All of them at once: what is late and critical first."""
    actor = actor_of(request)
    return reply(selectors.package_page(actor, project=project, kind=kind, state=state, q=q, jurisdiction=jurisdiction))


@router.post("/works/packages", response=responses(s.PackageDetail, 201))
def create_package(request: HttpRequest, payload: s.PackageIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.after_writing(actor, actions.create_package(actor=actor, form=payload)), 201)


@router.get("/works/map", response=responses(s.WorksMap))
def works_map(request: HttpRequest, project: UUID | None = None) -> HttpResponse:
    return reply(selectors.works_map(actor_of(request), project))


@router.get("/works/sites", response=responses(s.WorksSites))
def works_sites(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    """Cameras planned, entered and live at each site."""
    return reply(selectors.sites(actor_of(request), limit, cursor))


@router.get("/works/export", response=responses(None))
def export_works(
    request: HttpRequest, format: Literal["xlsx", "pdf"] = "xlsx", language: Literal["hi", "en"] = "hi",
    project: UUID | None = None,
) -> HttpResponse:  # fmt: skip
    """Packages with their figures, delays and entries, as a workbook or a report."""
    return export.response(actor_of(request), format, language, project)


@router.get("/works/packages/{package_id}", response=responses(s.PackageDetail))
def get_package(request: HttpRequest, package_id: UUID) -> HttpResponse:
    return reply(selectors.package_detail(actor_of(request), package_id))


@router.patch("/works/packages/{package_id}", response=responses(s.PackageDetail))
def edit_package(request: HttpRequest, package_id: UUID, payload: s.PackageEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_package(actor=actor, package_id=package_id, form=payload)
    return reply(selectors.after_writing(actor, package_id))


@router.get("/works/packages/{package_id}/history", response=responses(History))
def package_history(request: HttpRequest, package_id: UUID) -> HttpResponse:
    return reply({"items": selectors.package_history(actor_of(request), package_id)})


@router.post("/works/packages/{package_id}/revisions", response=responses(s.PackageDetail))
def revise_plan(request: HttpRequest, package_id: UUID, payload: s.RevisionIn) -> HttpResponse:
    actor = actor_of(request)
    actions.revise_plan(actor=actor, package_id=package_id, form=payload)
    return reply(selectors.after_writing(actor, package_id))


@router.post("/works/packages/{package_id}/progress", response=responses(s.PackageDetail))
def enter_progress(request: HttpRequest, package_id: UUID, payload: s.ProgressIn) -> HttpResponse:
    actor = actor_of(request)
    actions.enter_progress(actor=actor, package_id=package_id, form=payload)
    return reply(selectors.after_writing(actor, package_id))


@router.post("/works/packages/{package_id}/delays", response=responses(s.PackageDetail))
def enter_delay(request: HttpRequest, package_id: UUID, payload: s.DelayIn) -> HttpResponse:
    actor = actor_of(request)
    actions.enter_delay(actor=actor, package_id=package_id, form=payload)
    return reply(selectors.after_writing(actor, package_id))


@router.patch("/works/delays/{delay_id}", response=responses(s.PackageDetail))
def edit_delay(request: HttpRequest, delay_id: UUID, payload: s.DelayEdit) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.after_writing(actor, actions.edit_delay(actor=actor, delay_id=delay_id, form=payload)))


@router.post("/works/packages/{package_id}/milestones", response=responses(s.PackageDetail))
def set_milestone(request: HttpRequest, package_id: UUID, payload: s.MilestoneIn) -> HttpResponse:
    actor = actor_of(request)
    actions.set_milestone(actor=actor, package_id=package_id, form=payload)
    return reply(selectors.after_writing(actor, package_id))


@router.patch("/works/milestones/{milestone_id}", response=responses(s.PackageDetail))
def edit_milestone(request: HttpRequest, milestone_id: UUID, payload: s.MilestoneEdit) -> HttpResponse:
    actor = actor_of(request)
    changed = actions.edit_milestone(actor=actor, milestone_id=milestone_id, form=payload)
    return reply(selectors.after_writing(actor, changed))
