"""The one connection to a camera, shared by everybody who wants its pictures.

Signatures only for now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from prahari.contracts.media import Reason
from prahari.engines.media.types import GroupOfPictures, Sink, StreamParameters


class UpstreamStatus(StrEnum):
    CONNECTING = "connecting"
    LIVE = "live"
    STALLED = "stalled"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class UpstreamState:
    """`detail` is one English sentence for the technician, free of credentials. Rates are of the last 5 s or so."""

    status: UpstreamStatus
    reason: Reason = Reason.NONE
    detail: str = ""
    last_picture_ms: int | None = None  # our clock, when the newest whole picture was read
    parameters: StreamParameters | None = None
    fps: float = 0.0
    kbit_s: float = 0.0


class Upstream:
    """Connects, keeps connected, hands out what comes. All methods belong to the event loop's thread.

    `credentials`: (username, password) or None. `on_state` is called in the loop whenever status, reason or
    parameters change, never for each picture. Reason.UNSUPPORTED (with status OFFLINE) tells that this client cannot
    take the stream: it then retries only every 60 s, so the owner may close it and use the fallback path.
    """

    def __init__(
        self,
        camera_id: str,
        url: str,
        credentials: tuple[str, str] | None,
        transport: str,
        on_state: Callable[[UpstreamState], None],
    ) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Begin connecting. Once."""
        raise NotImplementedError

    async def close(self) -> None:
        """Say TEARDOWN if it can be said at once, close the socket, hand the last group to the sinks. Under 1 s."""
        raise NotImplementedError

    def add_sink(self, sink: Sink) -> None:
        """From now on `sink` hears. When parameters are known it gets on_parameters before add_sink returns.

        What came before is in `cached_group()`: call that right after add_sink in the same step, then nothing is
        missing and nothing comes twice.
        """
        raise NotImplementedError

    def remove_sink(self, sink: Sink) -> None:
        """`sink` hears no more. Unknown sinks are ignored."""
        raise NotImplementedError

    def refresh_wants(self) -> None:
        """To be called after a sink changed its own wants_units."""
        raise NotImplementedError

    def cached_group(self) -> GroupOfPictures | None:
        """The group being received, from its keyframe up to the newest unit, or None. The list is a copy."""
        raise NotImplementedError

    @property
    def state(self) -> UpstreamState:
        raise NotImplementedError
