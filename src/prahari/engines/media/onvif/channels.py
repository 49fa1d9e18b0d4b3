"""Which profiles of a device are one camera's main and small stream."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from prahari.contracts.devices import StreamInfo

MOST_CHANNELS = 64
MOST_PROFILES = 256
LONGEST_TEXT = 200
LONGEST_URL = 2000
SMALL_WIDTH_PX = 800
SCHEMES = {"rtsp", "rtsps", "http", "https"}
_CODECS = {"h264": "h264", "h265": "h265", "hevc": "h265", "jpeg": "jpeg", "mpeg4": "mpeg4"}


def text(value: object) -> str:
    """A device's word: printable, bounded."""
    return "".join(letter for letter in str(value or "") if letter.isprintable())[:LONGEST_TEXT].strip()


def codec(encoding: object) -> str:
    plain = text(encoding).lower().replace(".", "").replace("-", "")
    return _CODECS.get(plain, plain)


def stream(profile: dict[str, Any]) -> StreamInfo:
    """Without its address yet."""
    encoder = profile.get("video_encoder") or {}

    def whole(name: str) -> int:
        value = encoder.get(name)
        return value if isinstance(value, int) and 0 < value < 100_000 else 0

    return StreamInfo(
        text(profile.get("token")), "", codec(encoder.get("encoding")), whole("width"), whole("height"),
        whole("fps_limit"),
    )  # fmt: skip


def by_source(profiles: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Profiles with a picture, by the source that they show, in the device's order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for profile in profiles[:MOST_PROFILES]:
        source = profile.get("video_source") or {}
        token = text(source.get("source_token") or source.get("token"))
        if token and text(profile.get("token")) and profile.get("video_encoder"):
            found.setdefault(token, []).append(profile)
    return dict(list(found.items())[:MOST_CHANNELS])


def main_and_sub(profiles: list[dict[str, Any]]) -> tuple[StreamInfo, StreamInfo | None]:
    """The largest picture, and the best small one: H.264 first, for browsers show nothing else; the largest of those
    that fit a tile. JPEG is taken only where there is nothing else."""
    streams = [stream(profile) for profile in profiles]
    moving = [one for one in streams if one.codec != "jpeg"] or streams
    ordered = sorted(moving, key=lambda one: one.width_px * one.height_px, reverse=True)
    main = ordered[0]
    smaller = [one for one in ordered[1:] if one.width_px * one.height_px < main.width_px * main.height_px]
    others = smaller or ordered[1:]
    if not others:
        return main, None
    fitting = [one for one in others if one.width_px <= SMALL_WIDTH_PX] or others[-1:]
    return main, next((one for one in fitting if one.codec == "h264"), fitting[0])


def stream_url(url: str) -> str:
    """An address that a device gave, without credentials; empty when it is none that can be opened."""
    plain = url.strip()
    if not plain or len(plain) > LONGEST_URL or any(ord(letter) <= 32 or ord(letter) == 127 for letter in plain):
        return ""
    try:
        parts = urlsplit(plain)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or not host:
        return ""
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.rpartition("@")[2], fragment=""))
