"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase

from prahari.contracts.config import Config
from prahari.desks.common.errors import bad_request

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), magnetometer=(), "
    "microphone=(self), midi=(), payment=(), usb=(), fullscreen=(self)"
)


def host_of(request: HttpRequest) -> str:
    """Name or address under which the browser reached us, without the port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


@lru_cache(maxsize=256)
def media_and_events(config: Config, host: str) -> tuple[str, ...]:
    """Origins of the event stream, the edge gate and every media worker, as HTTP and as WebSocket."""
    origins = [config.origin(port, host) for port in (config.events_port, config.edge_port, *config.media_ports())]
    return tuple(address for origin in origins for address in (origin, origin.replace("http", "ws", 1)))


def other_origins(host: str) -> tuple[str, ...]:
    """Of media workers on other machines; set by the desk that knows them (linking)."""
    return ()


FRAMING_PAGE = "/screen"
"""The one page that frames others: a screen of the wall."""


def frame_origins() -> tuple[str, ...]:
    """Whose pages it may frame; set by the desk that knows them (wall)."""
    return ()


@lru_cache(maxsize=256)
def content_security_policy(
    config: Config, host: str, others: tuple[str, ...] = (), framed: tuple[str, ...] = ()
) -> str:  # fmt: skip
    """No script but our own files. Styles: Mantine writes <style> elements and style attributes while it runs, so
    inline styles are allowed; they can neither run code nor reach beyond the sources listed here."""
    also = (address for origin in others for address in (origin, origin.replace("http", "ws", 1)))
    elsewhere = " ".join((*media_and_events(config, host), *also)) if host else ""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {elsewhere}".rstrip(),
            "font-src 'self'",
            f"media-src 'self' blob: {elsewhere}".rstrip(),
            f"connect-src 'self' {elsewhere}".rstrip(),
            f"frame-src {' '.join(framed)}" if framed else "frame-src 'none'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._fixed = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS_POLICY,
        }
        if settings.TLS:
            self._fixed["Strict-Transport-Security"] = "max-age=31536000"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            host = host_of(request)
        except (DisallowedHost, ValueError):  # a name that is not ours: a page elsewhere may have bent its own to us
            host = ""
        response = self._get_response(request) if host else bad_request(request)
        headers = response.headers
        if "Content-Security-Policy" not in headers:  # what people handed in is answered with a stricter one
            framed = frame_origins() if request.path == FRAMING_PAGE else ()
            policy = content_security_policy(settings.CONFIG, host, other_origins(host), framed)
            headers["Content-Security-Policy"] = policy
        for name, value in self._fixed.items():
            headers[name] = value
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        if not response.streaming and "Content-Length" not in headers and response.status_code not in (204, 304):
            headers["Content-Length"] = str(len(response.content))  # without it the server has to send in chunks
        return response
