"""Tasks, one by one and in bulk, and the programme's first page."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.programme import bulk, overview
from prahari.desks.programme import schemas_tasks as s
from prahari.desks.programme import tasks_actions as actions
from prahari.desks.programme import tasks_selectors as selectors
from prahari.desks.registry.schemas import In, Long, Short

router = Router(tags=["programme"])


class TaskFilters(In):
    """Lists are codes with commas between."""

    state: Annotated[Short, Field(description='A state, several, or "standing"')] = ""
    kind: Long = ""
    priority: Short = ""
    mine: bool = False
    late: bool = False
    jurisdiction: Short = ""
    person: UUID | None = None
    office: Long = ""
    premises: UUID | None = None
    clause: UUID | None = None
    batch: UUID | None = None
    q: Short = ""
    sort: Short = "due"


@router.get("/programme", response=responses(s.ProgrammeOverview))
def programme(request: HttpRequest) -> HttpResponse:
    return reply(overview.overview(actor_of(request)))


@router.get("/tasks", response=responses(s.TaskPage))
def list_tasks(
    request: HttpRequest, filters: Query[TaskFilters], limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.task_page(actor_of(request), **filters.dict(), limit=limit, cursor=cursor))


@router.post("/tasks", response=responses(s.TaskDetail, 201))
def create_task(request: HttpRequest, payload: s.TaskIn) -> HttpResponse:
    actor = actor_of(request)
    return reply(selectors.shown(actor, actions.create_task(actor=actor, form=payload).id), 201)


@router.post("/tasks/bulk-preview", response=responses(s.BulkPreview))
def preview_bulk(request: HttpRequest, payload: s.BulkIn) -> HttpResponse:
    return reply(bulk.preview(actor_of(request), payload))


@router.post("/tasks/bulk", response=responses(s.BulkMade, 201))
def create_bulk(request: HttpRequest, payload: s.BulkIn) -> HttpResponse:
    batch = bulk.create_batch(actor=actor_of(request), form=payload)
    return reply({"id": batch.id, "count": batch.count}, 201)


@router.get("/task-batches", response=responses(s.BatchPage))
def list_batches(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.batch_page(actor_of(request), limit, cursor))


@router.post("/task-batches/{batch_id}/undo", response=responses(s.Undone))
def undo_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    return reply(bulk.undo(actor=actor_of(request), batch_id=batch_id))


@router.get("/tasks/{task_id}", response=responses(s.TaskDetail))
def one_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), task_id))


@router.patch("/tasks/{task_id}", response=responses(s.TaskDetail))
def edit_task(request: HttpRequest, task_id: UUID, payload: s.TaskEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_task(actor=actor, task_id=task_id, form=payload)
    return reply(selectors.shown(actor, task_id))


@router.post("/tasks/{task_id}/state", response=responses(s.TaskDetail))
def move_task(request: HttpRequest, task_id: UUID, payload: s.TaskMove) -> HttpResponse:
    actor = actor_of(request)
    actions.move_task(actor=actor, task_id=task_id, form=payload)
    return reply(selectors.shown(actor, task_id))


@router.post("/tasks/{task_id}/comments", response=responses(s.TaskDetail, 201))
def comment(request: HttpRequest, task_id: UUID, payload: s.CommentIn) -> HttpResponse:
    actor = actor_of(request)
    actions.comment(actor=actor, task_id=task_id, said=payload.text)
    return reply(selectors.shown(actor, task_id), 201)


@router.post("/tasks/{task_id}/checklist/{item_id}", response=responses(s.TaskDetail))
def tick(request: HttpRequest, task_id: UUID, item_id: UUID, payload: s.TickIn) -> HttpResponse:
    actor = actor_of(request)
    actions.tick(actor=actor, task_id=task_id, item_id=item_id, done=payload.done)
    return reply(selectors.shown(actor, task_id))
