"""What all cameras of a worker share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.media import CameraPlan, PermitClaims, SealedAddress
from prahari.contracts.recording import EventMark
from prahari.engines.media.cameras.ports import Address, RecorderMaker, SourceMaker
from prahari.engines.media.fallback.process import Budget
from prahari.engines.media.recording.preroll import PreRollBudget
from prahari.engines.media.status.board import StatusBoard

if TYPE_CHECKING:
    from prahari.engines.media.cameras.camera import Camera

if TYPE_CHECKING:
    from prahari.engines.media.cameras.camera import Camera

PRE_ROLL_BYTES = 256_000_000


class EventBook(Protocol):
    """Events for which cameras were recorded, kept over restarts: recording's store."""

    def under_way(self, camera_id: str, now_ms: int) -> list[EventMark]: ...

    def between(self, camera_id: str, from_ms: int, to_ms: int) -> Iterable[EventMark]: ...

    async def keep_event(self, camera_id: str, mark: EventMark) -> None:
        """On disk when this returns. Raises OSError, sqlite3.Error."""


class NoEvents:
    """An EventBook that nothing is written into."""

    def under_way(self, camera_id: str, now_ms: int) -> list[EventMark]:
        return []

    def between(self, camera_id: str, from_ms: int, to_ms: int) -> Iterable[EventMark]:
        return ()

    async def keep_event(self, camera_id: str, mark: EventMark) -> None:
        raise OSError("this worker keeps no events")


@dataclass(slots=True)
class Surroundings:
    """`address_of` raises ValueError when the credentials do not open. `now_s`: the clock that permits are held to.

    `keep` is told of every plan, with the claims of its permit if that is good: what recordings are held to.
    `settled` is told of a camera whenever its plan or its leave may have changed: for what else hangs on its permit.
    `looked` is called twice a second: for those whose own leave ends by the clock.
    """

    verifying_key: Ed25519PublicKey
    address_of: Callable[[CameraPlan, SealedAddress], Address]
    make_source: SourceMaker
    make_recorder: RecorderMaker
    board: StatusBoard
    pulls: Budget = field(default_factory=lambda: Budget(4))
    conversions: Budget = field(default_factory=lambda: Budget(2))
    now_s: Callable[[], float] = time.time
    proof_key: bytes = b""
    keep: Callable[[CameraPlan, PermitClaims | None], None] = lambda plan, claims: None
    settled: Callable[[Camera], None] = lambda camera: None
    looked: Callable[[], None] = lambda: None
    events: EventBook = field(default_factory=NoEvents)
    pre_rolls: PreRollBudget = field(default_factory=lambda: PreRollBudget(PRE_ROLL_BYTES))
