"""What a camera object needs from the rooms below: a connection and a recorder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from prahari.contracts.media import CameraPlan, Reason
from prahari.contracts.recording import EventMark
from prahari.engines.media.ingest.upstream import UpstreamState
from prahari.engines.media.types import GroupOfPictures, Sink

StateListener = Callable[[UpstreamState], None]


class Source(Protocol):
    """One connection to a camera that mends itself until closed: ingest's Upstream, or fallback's FallbackSource."""

    @property
    def state(self) -> UpstreamState: ...

    def start(self) -> None: ...

    def add_sink(self, sink: Sink) -> None: ...

    def remove_sink(self, sink: Sink) -> None: ...

    def cached_group(self) -> GroupOfPictures | None: ...

    async def close(self) -> None: ...


class Recorder(Sink, Protocol):
    """Writes groups to disk: recording's Recorder."""

    @property
    def is_recording(self) -> bool: ...

    @property
    def trouble(self) -> Reason: ...

    def note(self, mark: EventMark) -> None:
        """Why what comes now is recorded: goes into the file."""

    async def flushed(self) -> None:
        """All that was handed in so far is on disk, or refused by it."""

    async def close(self, reason: Reason = Reason.NONE) -> None: ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where a camera is and how to get in. Never logged, never leaves the engine."""

    url: str
    credentials: tuple[str, str] | None = field(repr=False)
    transport: str = "tcp"


class SourceMaker(Protocol):
    def __call__(self, camera_id: str, address: Address, on_state: StateListener, *, fallback: bool) -> Source: ...


class RecorderMaker(Protocol):
    def __call__(self, plan: CameraPlan, due: Due) -> Recorder: ...


Due = Callable[[int, int], list[tuple[int, int]]]
"""Which stretches between two moments (Unix ms) should be on disk by the camera's policy."""
