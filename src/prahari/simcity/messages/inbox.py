"""What the simulated gateways were given: one entry for each message, however often it came."""

from __future__ import annotations

import itertools
import time
from collections import deque
from typing import Any

import msgspec

KEPT_MAX = 5000
_numbers = itertools.count(1)


class Received(msgspec.Struct):
    """`to`: a number, or addresses joined by commas. takes: how often the same reference was handed in. attachments:
    {"name", "media_type", "size_bytes", "sha256"}."""

    channel: str
    to: str
    text: str
    reference: str
    sender: str = ""
    template_id: str = ""
    subject: str = ""
    attachments: list[dict[str, Any]] = []
    takes: int = 1
    id: str = msgspec.field(default_factory=lambda: f"SIM{next(_numbers):06d}")
    at_ms: int = msgspec.field(default_factory=lambda: time.time_ns() // 1_000_000)


class Inbox:
    def __init__(self) -> None:
        self._kept: deque[Received] = deque(maxlen=KEPT_MAX)

    def put(self, received: Received) -> Received:
        """The entry of this message: an earlier one when the same reference came to the same recipient before."""
        for earlier in self._kept:
            if received.reference and (earlier.reference, earlier.to) == (received.reference, received.to):
                earlier.takes += 1
                return earlier
        self._kept.append(received)
        return received

    def find(self, to: str = "", channel: str = "", since_ms: int = 0) -> list[Received]:
        """Newest first. `to`: any part of the recipient."""
        return [
            one
            for one in reversed(self._kept)
            if to in one.to and (not channel or one.channel == channel) and one.at_ms >= since_ms
        ]

    def clear(self) -> None:
        self._kept.clear()
