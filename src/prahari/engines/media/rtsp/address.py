"""RTSP addresses: checked, split, and free of credentials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

DEFAULT_PORT, DEFAULT_TLS_PORT = 554, 322
MAX_URL_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Address:
    """`url` has no user name and password in it: it goes into requests and logs.

    `encrypted`: rtsps, RTSP over TLS. `pinned`: SHA-256 of the certificate to be taken, in hexadecimal; empty: the one
    that the camera showed first.
    """

    url: str
    host: str
    port: int
    encrypted: bool = False
    pinned: str = ""


def parse_address(url: str) -> tuple[Address, tuple[str, str] | None]:
    """The address and the credentials that were written into it. Raises StreamError (UNREACHABLE, UNSUPPORTED)."""
    if len(url) > MAX_URL_CHARACTERS or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise StreamError(Reason.UNREACHABLE, "The camera's address holds blanks or control characters or is too long.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise StreamError(Reason.UNREACHABLE, "The camera's address is not a valid one.") from None
    scheme = parts.scheme.lower()
    if scheme in {"http", "https"}:
        raise StreamError(Reason.UNSUPPORTED, "Pictures over HTTP (MJPEG) are not read directly.")
    if scheme not in {"rtsp", "rtsps"} or not host:
        raise StreamError(Reason.UNREACHABLE, "The camera's address must look like rtsp://host:port/path.")
    encrypted = scheme == "rtsps"
    if port is None:
        port = DEFAULT_TLS_PORT if encrypted else DEFAULT_PORT
    pinned = parts.fragment.lower().removeprefix("sha256=").replace(":", "") if encrypted else ""
    if pinned and not re.fullmatch("[0-9a-f]{64}", pinned):
        raise StreamError(Reason.CERTIFICATE, "Behind # must stand sha256= and the certificate's 64 digits.")
    bare = parts.netloc.rpartition("@")[2]
    credentials = None
    if parts.username is not None:
        credentials = (unquote(parts.username), unquote(parts.password or ""))
    query = f"?{parts.query}" if parts.query else ""
    return Address(f"{scheme}://{bare}{parts.path or '/'}{query}", host, port, encrypted, pinned), credentials
