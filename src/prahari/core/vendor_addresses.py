"""RTSP addresses as makers lay them out: a template with the channel in it, for cameras and recorders without ONVIF."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

FIELDS = {"host", "port", "channel", "channel_from_0", "channel_2_digits"}
MOST_CHANNELS = 256


class TemplateError(ValueError):
    """A template that cannot be used; the message says why, in English."""


def check(template: str) -> None:
    """Raises TemplateError unless the template gives an address for every channel."""
    try:
        names = [name for _, name, form, conversion in string.Formatter().parse(template) if name is not None]
        plain = all(not form and not conversion for _, name, form, conversion in string.Formatter().parse(template))
    except ValueError:
        raise TemplateError("A brace is open or closed too much.") from None
    unknown = sorted(set(names) - FIELDS)
    if unknown or not plain:
        raise TemplateError(f"Only these stand in braces: {', '.join(sorted(FIELDS))}.")
    if "host" not in names:
        raise TemplateError("{host} is missing.")
    if urlsplit(address(template, "192.0.2.1", 554, 1)).scheme not in {"rtsp", "rtsps", "http", "https"}:
        raise TemplateError("The address must start with rtsp://, rtsps:// or http://.")


def address(template: str, host: str, port: int, channel: int) -> str:
    """The address of channel `channel`, counted from 1. `host` without brackets, also for IPv6."""
    fields = {
        "host": f"[{host}]" if ":" in host else host,
        "port": str(port),
        "channel": str(channel),
        "channel_from_0": str(channel - 1),
        "channel_2_digits": f"{channel:02d}",
    }
    return template.format_map(fields)
