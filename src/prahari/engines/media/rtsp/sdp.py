"""Session descriptions (RFC 8866) as cameras write them: what can be recorded, and how it comes."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from prahari.contracts.media import Reason
from prahari.engines.media.rtsp.errors import StreamError

MAX_LINES = 1000
MAX_MEDIA = 32
_STATIC = {0: ("PCMU", 8000, 1), 8: ("PCMA", 8000, 1), 26: ("JPEG", 90000, 1), 33: ("MP2T", 90000, 1)}


@dataclass(slots=True)
class Media:
    """One m= section. `encoding` in capitals, of the first payload type listed; `format` from its a=fmtp."""

    kind: str  # video, audio, application
    profile: str  # RTP/AVP
    payload_type: int
    encoding: str = ""
    rate_hz: int = 0
    channels: int = 1
    format: dict[str, str] = field(default_factory=dict)
    control: str = ""
    is_sent: bool = True  # not a=recvonly/inactive (a back channel)

    def parameter_sets(self, name: str) -> list[bytes]:
        """The base64 values of a format parameter (sprop-parameter-sets, sprop-sps...); broken ones left out."""
        found = []
        for text in self.format.get(name, "").split(",")[:16]:
            try:
                raw = base64.b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
            except (binascii.Error, ValueError):
                continue
            if 0 < len(raw) <= 4096:
                found.append(raw)
        return found


@dataclass(slots=True)
class Session:
    control: str
    media: list[Media]


def parse_sdp(body: bytes) -> Session:
    """Raises StreamError (BAD_STREAM, TOO_LARGE)."""
    lines = body.decode("utf-8", "replace").splitlines()
    if len(lines) > MAX_LINES:
        raise StreamError(Reason.TOO_LARGE, f"The camera's stream description has more than {MAX_LINES} lines.")
    session = Session("", [])
    current: Media | None = None
    for line in lines:
        kind, equals, value = line.strip().partition("=")
        if equals != "=":
            continue
        if kind == "m":
            if len(session.media) >= MAX_MEDIA:
                raise StreamError(Reason.TOO_LARGE, f"The camera describes more than {MAX_MEDIA} tracks.")
            current = _media(value)
            session.media.append(current)
        elif kind == "a":
            name, _, rest = value.partition(":")
            if current is None:
                if name == "control":
                    session.control = rest.strip()
            else:
                _attribute(current, name.strip().lower(), rest.strip())
    if not session.media:
        raise StreamError(Reason.BAD_STREAM, "The camera's stream description names no tracks.")
    return session


def _media(value: str) -> Media:
    words = value.split()
    if len(words) < 4:
        raise StreamError(Reason.BAD_STREAM, "The camera's stream description has a malformed track.")
    payload_type = _number(words[3], 127)
    media = Media(words[0].lower(), words[2].upper(), -1 if payload_type is None else payload_type)
    if media.payload_type in _STATIC:
        media.encoding, media.rate_hz, media.channels = _STATIC[media.payload_type]
    return media


def _attribute(media: Media, name: str, value: str) -> None:
    if name == "control":
        media.control = value
    elif name in ("recvonly", "inactive"):
        # Seen from the server (RFC 2326 leaves it open): ONVIF marks back channels "sendonly", live ones "recvonly".
        media.is_sent = name != "inactive"
    elif name == "sendonly":
        media.is_sent = media.kind == "video"
    elif name == "rtpmap":
        number, _, rest = value.partition(" ")
        if _number(number, 127) != media.payload_type:
            return
        fields = rest.strip().split("/")
        media.encoding = fields[0].upper()
        media.rate_hz = (_number(fields[1], 1_000_000) or 0) if len(fields) > 1 else 0
        media.channels = (_number(fields[2], 16) or 1) if len(fields) > 2 else 1
    elif name == "fmtp":
        number, _, rest = value.partition(" ")
        if _number(number, 127) != media.payload_type:
            return
        for item in rest.split(";")[:64]:
            key, _, parameter = item.partition("=")
            media.format.setdefault(key.strip().lower(), parameter.strip())


def _number(text: str, limit: int) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    value = int(text)
    return value if value <= limit else None


def number_of(media: Media, name: str, default: int, limit: int) -> int:
    """A whole-number format parameter. Raises StreamError (BAD_STREAM) when it is out of bounds."""
    text = media.format.get(name)
    if text is None or not text:
        return default
    value = _number(text, limit)
    if value is None:
        raise StreamError(Reason.BAD_STREAM, f"The camera's stream description has an impossible {name}.")
    return value
