"""Endpoints of the lists desk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router
from ninja.files import UploadedFile

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import invalid, reply, responses, text
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.workbooks import MEDIA_TYPE
from prahari.desks.lists import actions, badrows, duplicates, selectors, undoing
from prahari.desks.lists import schemas as s
from prahari.desks.lists.who import IMPORT

router = Router(tags=["lists"])


@router.get("/lists", response=responses(s.ListPage))
def list_lists(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.list_page(actor_of(request), limit, cursor))


@router.post("/lists", response=responses(s.ListDetail, 201))
def import_list(
    request: HttpRequest,
    file: File[UploadedFile | None] = None,
    sender: str = Form("", max_length=120, pattern=r"^[^\x00]*$"),
) -> HttpResponse:
    actor = actor_of(request)
    actor.require(IMPORT)
    if file is None:
        raise invalid(file=text("Choose the file of the list.", "सूची की फ़ाइल चुनें।"))
    with _on_disk(file) as path:
        list_id = actions.take_in(actor=actor, path=path, file_name=file.name or "", sender=sender.strip())
    return reply(selectors.detail(actor, list_id), 201)


@contextmanager
def _on_disk(file: DjangoFile) -> Iterator[Path]:
    """The upload as a file that another process can open; gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix="prahari-list-")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


@router.get("/lists/{list_id}", response=responses(s.ListDetail))
def get_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), list_id))


@router.patch("/lists/{list_id}/sheets/{position}", response=responses(s.ListDetail))
def plan_sheet(request: HttpRequest, list_id: UUID, position: Annotated[int, Field(ge=0, le=32_000)],
               payload: s.SheetPlanIn) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    actions.plan_sheet(actor=actor, list_id=list_id, position=position, form=payload)
    return reply(selectors.detail(actor, list_id))


@router.post("/lists/{list_id}/words", response=responses(s.ListDetail))
def teach_word(request: HttpRequest, list_id: UUID, payload: s.AliasIn) -> HttpResponse:
    actor = actor_of(request)
    actions.teach(actor=actor, list_id=list_id, form=payload)
    return reply(selectors.detail(actor, list_id))


@router.get("/lists/{list_id}/rows", response=responses(s.ListRows))
def list_rows(
    request: HttpRequest,
    list_id: UUID,
    state: Literal["", "new", "more", "same", "decide", "bad"] = "",
    sheet: Annotated[int, Field(ge=0, le=32_000)] | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:
    return reply(selectors.row_page(actor_of(request), list_id, state, sheet, limit, cursor))


@router.post("/lists/{list_id}/commit", response=responses(s.ListDetail))
def commit_list(request: HttpRequest, list_id: UUID, payload: s.CommitIn) -> HttpResponse:
    actor = actor_of(request)
    actions.start_commit(actor=actor, list_id=list_id, edited_ms=payload.edited_ms)
    return reply(selectors.detail(actor, list_id))


@router.post("/lists/{list_id}/undo", response=responses(s.ListDetail))
def undo_list(request: HttpRequest, list_id: UUID, payload: s.ListWhy) -> HttpResponse:
    actor = actor_of(request)
    undoing.undo(actor=actor, list_id=list_id, reason=payload.reason)
    return reply(selectors.detail(actor, list_id))


@router.post("/lists/{list_id}/discard", response=responses(None, 204))
def discard_list(request: HttpRequest, list_id: UUID, payload: s.ListWhy) -> HttpResponse:
    actions.discard(actor=actor_of(request), list_id=list_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.get("/lists/{list_id}/bad-rows", response=responses(None))
def bad_rows(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """A workbook (XLSX)."""
    one = selectors.one_list(actor_of(request), list_id)
    stem = one.file_name.rpartition(".")[0] or one.file_name
    name = quote(f"{stem} - bad rows.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(badrows.bad_rows(one), content_type=MEDIA_TYPE, headers=headers)


@router.get("/list-duplicates", response=responses(s.DuplicatePage))
def list_duplicates(
    request: HttpRequest, list_id: UUID | None = None, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.duplicate_page(actor_of(request), list_id, limit, cursor))


@router.post("/list-duplicates/{proposal_id}/decide", response=responses(None, 204))
def decide_duplicate(request: HttpRequest, proposal_id: UUID, payload: s.DecisionIn) -> HttpResponse:
    duplicates.decide(actor=actor_of(request), proposal_id=proposal_id, decision=payload.decision)
    return HttpResponse(status=204)
