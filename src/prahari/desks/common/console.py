"""The console's files, the base map, and the page that every other address answers with."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from prahari.desks.common.errors import Problem, reply

_HASHED = re.compile(r"-[0-9A-Za-z_-]{8,}\.\w+(\.map)?$")
_TYPES = {".json": "application/json", ".geojson": "application/geo+json", ".pmtiles": "application/octet-stream"}


class ConsoleFiles(WhiteNoiseMiddleware):
    """web/dist as it was when the process started. index.html is left to `index`, which sets the CSRF cookie."""

    def __init__(self, get_response: object) -> None:
        super().__init__(get_response, settings=settings)
        if settings.WEB_DIST.is_dir():
            self.add_files(str(settings.WEB_DIST), prefix="/")
            for page in ("index.html", "o.html"):
                self.files.pop(f"/{page}", None)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith("/assets/") and _HASHED.search(url) is not None


@lru_cache(maxsize=2)
def _page(name: str, modified_ns: int) -> bytes:
    return (Path(settings.WEB_DIST) / name).read_bytes()


@require_safe
@ensure_csrf_cookie
def index(request: HttpRequest, path: str = "") -> HttpResponse:
    """The console, for every address that it may route itself; what looks like a file is missing. The owners' pages at
    /o and the citizens' at /report are a small page of their own: they are opened on slow telephones."""
    if "." in path.rsplit("/", 1)[-1]:
        return _missing()
    name = "o.html" if path in {"o", "report"} or path.startswith("o/") else "index.html"
    try:
        page = _page(name, (Path(settings.WEB_DIST) / name).stat().st_mtime_ns)
    except OSError:
        return HttpResponse(
            "The console has not been built. Run ./prahari up, which builds it.\n"
            "कंसोल अभी बना नहीं है। ./prahari up चलाएँ।\n",
            status=503,
            content_type="text/plain; charset=utf-8",
        )
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


def basemap_file(name: str) -> Path | None:
    """The file that /basemap/<name> answers with."""
    given = settings.CONFIG.basemap
    if given is not None and name == given.name:
        return given if given.is_file() else None
    folder = settings.CONFIG.home / "basemap"
    path = folder / name
    # The URL pattern lets no slash through; resolving also refuses "..", and links that lead out.
    return path if path.is_file() and path.resolve().parent == folder.resolve() else None


@require_safe
def basemap(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the base map, whole or as the range asked for (PMTiles reads ranges)."""
    path = None if "\x00" in name else basemap_file(name)
    if path is None:
        return _missing()
    headers = [
        ("Content-Type", _TYPES.get(path.suffix, "application/octet-stream")),
        ("Cache-Control", "no-cache"),
    ]
    encodings = [("gzip", f"{path}.gz")] if Path(f"{path}.gz").is_file() else []
    static = StaticFile(str(path), headers, encodings=dict(encodings))
    served = static.get_response(request.method, request.META)
    status = int(served.status)
    response: HttpResponseBase = (
        WhiteNoiseFileResponse(served.file, status=status) if served.file is not None else HttpResponse(status=status)
    )
    if served.file is None:
        del response.headers["Content-Type"]
    for key, value in served.headers:
        response.headers[key] = value
    return response


def _missing() -> HttpResponse:
    return Problem(404, "no_such_address", "There is nothing at this address.", "इस पते पर कुछ नहीं है।").response()


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Whether the database does is its own supervisor's business."""
    return reply({"ok": True})
