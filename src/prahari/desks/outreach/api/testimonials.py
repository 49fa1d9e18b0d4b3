"""Testimonials: received, reviewed, played, withdrawn; the two folders; what may be shown to visitors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import ErrorOut, reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.outreach import actions, copies
from prahari.desks.outreach.schemas import testimonials as s
from prahari.desks.outreach.scopes import EDIT
from prahari.desks.outreach.selectors import testimonials as reads
from prahari.desks.registry.schemas import Long, Why

router = Router(tags=["outreach"])
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK_BYTES = 1 << 16
_PLAYED: dict[Any, Any] = {**responses(None), 206: None, 503: ErrorOut}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_VIDEO: dict[str, Any] = {"responses": {200: {"description": "The video", "content": {"video/*": _BYTES}}}}


@router.get("/outreach/testimonials", response=responses(s.TestimonialPage))
def list_testimonials(
    request: HttpRequest, state: Long = "", limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(reads.testimonial_page(actor_of(request), state, limit, cursor))


@router.post("/outreach/testimonials", response=responses(s.TestimonialRow, 201))
def receive_testimonial(request: HttpRequest, payload: s.TestimonialIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.receive_testimonial(
        actor=actor, premises_id=payload.premises, speaker=payload.speaker, text=payload.text, file_id=payload.file_id,
        consent=payload.consent, key=payload.key, speaker_role=payload.speaker_role, language=payload.language,
    )  # fmt: skip
    return reply(reads.testimonial_row(actor, made, EDIT), 201)


@router.get("/outreach/testimonials/{testimonial_id}", response=responses(s.TestimonialRow))
def get_testimonial(request: HttpRequest, testimonial_id: UUID) -> HttpResponse:
    return reply(reads.testimonial_row(actor_of(request), testimonial_id))


@router.post("/outreach/testimonials/{testimonial_id}/review", response=responses(s.TestimonialRow))
def review_testimonial(request: HttpRequest, testimonial_id: UUID, payload: s.TestimonialReview) -> HttpResponse:
    actor = actor_of(request)
    actions.review_testimonial(
        actor=actor, testimonial_id=testimonial_id, approve=payload.approve, note=payload.note,
        edited_ms=payload.edited_ms,
    )  # fmt: skip
    return reply(reads.testimonial_row(actor, testimonial_id, EDIT))


@router.post("/outreach/testimonials/{testimonial_id}/withdraw", response=responses(s.TestimonialRow))
def withdraw_testimonial(request: HttpRequest, testimonial_id: UUID, payload: Why) -> HttpResponse:
    actor = actor_of(request)
    actions.withdraw_testimonial(actor=actor, testimonial_id=testimonial_id, reason=payload.reason)
    return reply(reads.testimonial_row(actor, testimonial_id, EDIT))


@router.post("/outreach/testimonials/{testimonial_id}/check", response=responses(s.CheckOut))
def check_testimonial(request: HttpRequest, testimonial_id: UUID) -> HttpResponse:
    """Read both copies through now, and restore a bad one from the good one."""
    reads.testimonial_row(actor_of(request), testimonial_id, EDIT)
    return reply({"results": copies.check(testimonial_id)})


@router.get("/outreach/testimonials/{testimonial_id}/video", response=_PLAYED, openapi_extra=_VIDEO)
def play_testimonial(request: HttpRequest, testimonial_id: UUID) -> HttpResponseBase:
    """The video, whole or the range asked for."""
    path, media_type, name = reads.video(actor_of(request), testimonial_id, to_visitors=False)
    return ranged(request, Path(path), media_type, name)


@router.get("/outreach/presentation/{testimonial_id}/video", response=_PLAYED, openapi_extra=_VIDEO)
def show_testimonial(request: HttpRequest, testimonial_id: UUID) -> HttpResponseBase:
    """The same for visitors: only what was approved for showing to them."""
    path, media_type, name = reads.video(actor_of(request), testimonial_id, to_visitors=True)
    return ranged(request, Path(path), media_type, name)


def ranged(request: HttpRequest, path: Path, media_type: str, name: str) -> HttpResponseBase:
    """200, 206 or 416."""
    size = path.stat().st_size
    first, end = 0, size
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked and (asked[1] or asked[2]):
        first = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
        end = min(size, int(asked[2]) + 1) if asked[1] and asked[2] else size
        if first >= end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_pieces(path, first, end - first), content_type=media_type)
    if (first, end) != (0, size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    response.headers["Content-Length"] = str(end - first)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    return response


def _pieces(path: Path, first: int, left: int) -> Iterator[bytes]:
    with path.open("rb") as source:
        source.seek(first)
        while left > 0 and (piece := source.read(min(left, _CHUNK_BYTES))):
            left -= len(piece)
            yield piece


@router.get("/outreach/vault", response=responses(s.VaultOut))
def get_vault(request: HttpRequest) -> HttpResponse:
    """The two folders with their copies, and what was found wrong in them."""
    return reply(reads.vault(actor_of(request)))


@router.post("/outreach/vault/{store}/new-folder", response=responses(s.VaultOut))
def use_new_folder(request: HttpRequest, store: s.StoreName, payload: s.NewFolderIn) -> HttpResponse:
    actor = actor_of(request)
    actions.use_new_folder(actor=actor, store=store, reason=payload.reason)
    return reply(reads.vault(actor))


@router.get("/outreach/presentation", response=responses(s.PresentationOut))
def get_presentation(request: HttpRequest) -> HttpResponse:
    """What may be shown to visitors of the centre."""
    return reply(reads.presentation(actor_of(request)))
