"""Camera addresses as people type them: checked, and the user name and password taken out."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

SCHEMES = {"rtsp", "rtsps", "http", "https"}
"""http: MJPEG, the one thing that cameras without RTSP send."""

MAX_LENGTH = 2000


class AddressError(ValueError):
    """The address cannot be used. `en` and `hi` say why and what to do."""

    def __init__(self, en: str, hi: str) -> None:
        super().__init__(en)
        self.en = en
        self.hi = hi


class Address(NamedTuple):
    url: str
    username: str
    password: str


def split_credentials(text: str) -> Address:
    """`rtsp://user:pass@host/path` -> the address without them, and them. Raises AddressError."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise AddressError(
            f"The address is longer than {MAX_LENGTH} characters. Check what was pasted.",
            f"पता {MAX_LENGTH} अक्षरों से लम्बा है। जाँचें कि क्या चिपकाया गया है।",
        )
    if any(char.isspace() or ord(char) < 32 for char in text):
        raise AddressError(
            "The address holds a space or a line break. Remove it, or write a space as %20.",
            "पते में रिक्त स्थान या नई पंक्ति है। उसे हटाएँ, या रिक्त स्थान को %20 लिखें।",
        )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressError(
            "The address cannot be read. It should look like rtsp://192.168.1.10:554/stream1.",
            "पता पढ़ा नहीं जा सका। वह rtsp://192.168.1.10:554/stream1 जैसा होना चाहिए।",
        ) from None
    if parts.scheme.lower() not in SCHEMES:
        raise AddressError(
            "The address must start with rtsp:// or rtsps:// (http:// only for MJPEG).",
            "पता rtsp:// या rtsps:// से शुरू होना चाहिए (http:// केवल MJPEG के लिए)।",
        )
    if not host:
        raise AddressError(
            "The address names no camera: write its IP address or name after rtsp://.",
            "पते में कैमरा नहीं है: rtsp:// के बाद उसका आईपी पता या नाम लिखें।",
        )
    if port == 0:
        raise AddressError("Port 0 does not exist. RTSP usually is 554.", "पोर्ट 0 नहीं होता। आरटीएसपी प्रायः 554 है।")
    scheme = parts.scheme.lower()
    # Which certificate to take (rtsps) belongs to the address; any other fragment means nothing to a camera.
    pinned = parts.fragment if scheme == "rtsps" and parts.fragment.startswith("sha256=") else ""
    name = f"[{host}]" if ":" in host else host
    netloc = f"{name}:{port}" if port else name
    return Address(
        url=urlunsplit((scheme, netloc, parts.path or "/", parts.query, pinned)),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
