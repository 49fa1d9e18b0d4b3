"""Opening the sealed address of a camera, in the engine only."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from prahari.contracts.media import SealedAddress
from prahari.contracts.sealing import SealError, unseal
from prahari.engines.media.cameras.ports import Address

SCHEMES = {"rtsp", "rtsps", "http", "https"}
"""http and https: MJPEG, by the fallback path."""


class _Credentials(msgspec.Struct):
    username: str = ""
    password: str = ""


def open_address(camera_id: str, sealed: SealedAddress, transport: str, sealing_key: bytes) -> Address:
    """Raises ValueError with a sentence when the address is none of a stream or the credentials do not open."""
    try:
        parts = urlsplit(sealed.url)
        usable = parts.scheme in SCHEMES and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("The address is not one of a stream: it must look like rtsp://host:554/path.")
    if not sealed.sealed_credentials:
        return Address(sealed.url, None, transport)
    try:
        plain = unseal(sealed.sealed_credentials, sealing_key, f"camera:{camera_id}")
        opened = msgspec.json.decode(plain, type=_Credentials)
    except (SealError, ValueError) as error:
        raise ValueError("The stored user name and password cannot be opened: enter them again.") from error
    return Address(sealed.url, (opened.username, opened.password) if opened.username else None, transport)
