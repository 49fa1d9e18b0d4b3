"""Endpoints of the files desk. Files are attached to things by the desks that keep those things."""

from __future__ import annotations

import io
from typing import IO, Any, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from ninja import Header, Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import ErrorOut, invalid, not_found, reply, responses, text
from prahari.desks.files import content, selectors, serving, vault
from prahari.desks.files.schemas import FileOut
from prahari.desks.registry.schemas import Short

router = Router(tags=["files"])

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": _BYTES,
            "multipart/form-data": {"schema": {"type": "object", "properties": {"file": _BYTES["schema"]}}},
        },
    }
}
_INERT_BYTES: dict[str, Any] = {"responses": {200: {"description": "The bytes", "content": {"*/*": _BYTES}}}}


@router.post(
    "/files",
    response={**responses(FileOut, 201), frozenset({413, 507}): ErrorOut},
    openapi_extra=_BODY,
)
def upload_file(
    request: HttpRequest,
    name: Short = Query("", description="As its sender calls it; for a bare body"),  # noqa: B008
    key: UUID | None = Header(None, alias="Idempotency-Key"),  # noqa: B008
) -> HttpResponse:
    """Hand a file in: the bare bytes as the body, or a form with the one field `file`."""
    stream, called = _body(request)
    file = vault.store(
        actor=actor_of(request), stream=stream, name=name or called, client_key=key,
        expected_bytes=int(request.META.get("CONTENT_LENGTH") or 0),
    )  # fmt: skip
    return reply(selectors.row(file), 201)


def _body(request: HttpRequest) -> tuple[IO[bytes], str]:
    if request.content_type != "multipart/form-data":
        return cast(IO[bytes], request), ""
    try:
        given = request.FILES.get("file")
    except MultiPartParserError:
        given = None
    if not isinstance(given, UploadedFile):
        raise invalid(file=text("Choose a file.", "एक फ़ाइल चुनें।"))
    return cast(IO[bytes], given), given.name or ""


@router.get("/files/{file_id}", response=responses(None), openapi_extra=_INERT_BYTES)
def get_file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """The file itself, whole or the range asked for."""
    return serving.respond(request, selectors.file(actor_of(request), file_id))


@router.get("/files/{file_id}/thumbnail", response=responses(None), openapi_extra=_INERT_BYTES)
def get_thumbnail(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A photograph small and upright, without what the camera wrote beside it (place, time, device)."""
    file = selectors.file(actor_of(request), file_id)
    if file.kind != "image":
        raise not_found("Only photographs have a small picture.", "केवल चित्रों का छोटा रूप होता है।")
    small = io.BytesIO()
    with vault.open_(file) as plain:
        content.thumbnail(file.media_type.removeprefix("image/").upper(), plain, small)
    response = HttpResponse(small.getvalue(), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = serving.INERT
    return response
