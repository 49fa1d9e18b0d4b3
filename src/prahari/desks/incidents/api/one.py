"""One incident: read, edited, the steps of its life, its time line, files, cameras, report."""

from __future__ import annotations

import io
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Field, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import not_found, reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.files import content, serving, vault
from prahari.desks.incidents import actions, cameras, flow, report, selectors
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.api.lists import attachment

router = Router(tags=["incidents"])
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_INERT_BYTES: dict[str, Any] = {"responses": {200: {"description": "The bytes", "content": {"*/*": _BYTES}}}}
WithinM = Annotated[int, Field(ge=20, le=5_000)]


@router.get("/incidents/{incident_id}", response=responses(s.IncidentDetail))
def get_incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), incident_id))


@router.patch("/incidents/{incident_id}", response=responses(s.IncidentDetail))
def edit_incident(request: HttpRequest, incident_id: UUID, payload: s.IncidentEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/take", response=responses(s.IncidentDetail))
def take_incident(request: HttpRequest, incident_id: UUID, payload: s.Versioned) -> HttpResponse:
    actor = actor_of(request)
    flow.take_in_hand(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/arrived", response=responses(s.IncidentDetail))
def incident_arrived(request: HttpRequest, incident_id: UUID, payload: s.ArrivedIn) -> HttpResponse:
    actor = actor_of(request)
    flow.arrived(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/resolve", response=responses(s.IncidentDetail))
def resolve_incident(request: HttpRequest, incident_id: UUID, payload: s.ResolveIn) -> HttpResponse:
    actor = actor_of(request)
    flow.resolve(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/close", response=responses(s.IncidentDetail))
def close_incident(request: HttpRequest, incident_id: UUID, payload: s.CloseIn) -> HttpResponse:
    actor = actor_of(request)
    flow.close(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.post("/incidents/{incident_id}/reopen", response=responses(s.IncidentDetail))
def reopen_incident(request: HttpRequest, incident_id: UUID, payload: s.WithReason) -> HttpResponse:
    actor = actor_of(request)
    permission = flow.reopen(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, permission))


@router.get("/incidents/{incident_id}/timeline", response=responses(s.EntryPage))
def incident_timeline(
    request: HttpRequest, incident_id: UUID, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    """Newest first."""
    return reply(selectors.timeline_page(actor_of(request), incident_id, limit, cursor))


@router.post("/incidents/{incident_id}/notes", response=responses(s.EntryOut, 201))
def add_incident_note(request: HttpRequest, incident_id: UUID, payload: s.NoteIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.note(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.entry_rows([made], made.incident)[0], 201)


@router.post("/incidents/{incident_id}/alarms", response=responses(s.IncidentDetail))
def link_incident_alarms(request: HttpRequest, incident_id: UUID, payload: s.AlarmsIn) -> HttpResponse:
    actor = actor_of(request)
    actions.link_alarms(actor=actor, incident_id=incident_id, form=payload)
    return reply(selectors.detail(actor, incident_id, selectors.WORK))


@router.get("/incidents/{incident_id}/cameras", response=responses(s.NearCameras))
def incident_cameras(
    request: HttpRequest, incident_id: UUID, within_m: WithinM | None = None,
    limit: Annotated[int, Field(ge=1, le=24)] = 8,
) -> HttpResponse:  # fmt: skip
    """The nearest that the reader may see."""
    return reply(cameras.near(actor_of(request), incident_id, within_m, limit))


@router.get("/incidents/{incident_id}/files/{file_id}", response=responses(None), openapi_extra=_INERT_BYTES)
def incident_file(request: HttpRequest, incident_id: UUID, file_id: UUID) -> HttpResponseBase:
    """For every agency that takes part."""
    return serving.respond(request, selectors.file_of(actor_of(request), incident_id, file_id))


@router.get("/incidents/{incident_id}/files/{file_id}/thumbnail", response=responses(None), openapi_extra=_INERT_BYTES)
def incident_file_thumbnail(request: HttpRequest, incident_id: UUID, file_id: UUID) -> HttpResponse:
    file = selectors.file_of(actor_of(request), incident_id, file_id)
    if file.kind != "image":
        raise not_found("Only photographs have a small picture.", "केवल चित्रों का छोटा रूप होता है।")
    small = io.BytesIO()
    with vault.open_(file) as plain:
        content.thumbnail(file.media_type.removeprefix("image/").upper(), plain, small)
    response = HttpResponse(small.getvalue(), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = serving.INERT
    return response


@router.get("/incidents/{incident_id}/report", response=responses(None), openapi_extra=_INERT_BYTES)
def incident_report(request: HttpRequest, incident_id: UUID, language: Literal["hi", "en"] = "hi") -> HttpResponse:
    """The after-action report as it stands now, PDF."""
    name, made = report.on_paper(actor_of(request), incident_id, language)
    return attachment(made, name, "application/pdf")
