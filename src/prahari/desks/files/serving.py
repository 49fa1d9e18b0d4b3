"""A stored file as an HTTP answer: whole, or the range asked for; inert in the browser whatever it holds."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from prahari.desks.files import vault
from prahari.desks.files.models import StoredFile
from prahari.desks.files.sealed import PIECE_BYTES, DamagedError

log = logging.getLogger(__name__)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")

INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox"
INERT_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf"
"""A sandbox keeps Chromium's own PDF viewer, which is one itself, from starting."""


def respond(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """200, 206 or 416. Raises Problem 503."""
    size = file.size_bytes
    wanted = _range(request.headers.get("Range", ""), size)
    if wanted is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    first, end = wanted
    plain = vault.open_(file)
    plain.seek(first)
    response = StreamingHttpResponse(_read(plain, end - first, file), content_type=file.media_type)
    if (first, end) != (0, size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    response.headers["Content-Length"] = str(end - first)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file.name, safe='')}"
    response.headers["Content-Security-Policy"] = INERT_PDF if file.kind == "pdf" else INERT
    return response


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """[first, end) of a Range header; the whole where it is none that we know. None: lies outside the file."""
    matched = _RANGE.fullmatch(asked.strip())
    if matched is None or matched[0] == "bytes=-":
        return 0, size
    if not matched[1]:
        return (max(0, size - int(matched[2])), size) if int(matched[2]) else None
    first = int(matched[1])
    end = min(size, int(matched[2]) + 1) if matched[2] else size
    return (first, end) if first < end else None


def _read(plain: BinaryIO, left: int, file: StoredFile) -> Iterator[bytes]:
    with plain:
        while left > 0:
            try:
                piece = plain.read(min(left, PIECE_BYTES))
            except DamagedError:
                log.exception("stored file %s is damaged", file.id)
                raise  # the answer breaks off: shorter than announced, so nobody takes it for the whole
            if not piece:
                return
            left -= len(piece)
            yield piece
