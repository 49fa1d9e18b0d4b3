"""RTSP addresses: checked, split, and free of credentials."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

DEFAULT_PORT = 554
MAX_URL_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Address:
    """`url` has no user name and password in it: it goes into requests and logs."""

    url: str
    host: str
    port: int


def parse_address(url: str) -> tuple[Address, tuple[str, str] | None]:
    """The address and the credentials that were written into it. Raises StreamError (UNREACHABLE, UNSUPPORTED)."""
    if len(url) > MAX_URL_CHARACTERS or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise StreamError(Reason.UNREACHABLE, "The camera's address holds blanks or control characters or is too long.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise StreamError(Reason.UNREACHABLE, "The camera's address is not a valid one.") from None
    if parts.scheme.lower() == "rtsps":
        raise StreamError(Reason.UNSUPPORTED, "Encrypted RTSP (rtsps) is not read directly; give the rtsp address.")
    if parts.scheme.lower() != "rtsp" or not host:
        raise StreamError(Reason.UNREACHABLE, "The camera's address must look like rtsp://host:port/path.")
    port = DEFAULT_PORT if port is None else port
    bare = parts.netloc.rpartition("@")[2]
    credentials = None
    if parts.username is not None:
        credentials = (unquote(parts.username), unquote(parts.password or ""))
    query = f"?{parts.query}" if parts.query else ""
    return Address(f"rtsp://{bare}{parts.path or '/'}{query}", host, port), credentials
