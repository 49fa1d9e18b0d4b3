"""What all cameras of a worker share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from prahari.contracts.media import CameraPlan, PermitClaims
from prahari.engines.media.cameras.ports import Address, RecorderMaker, SourceMaker
from prahari.engines.media.fallback.process import Budget
from prahari.engines.media.status.board import StatusBoard

if TYPE_CHECKING:
    from prahari.engines.media.cameras.camera import Camera


@dataclass(slots=True)
class Surroundings:
    """`address_of` raises ValueError when the credentials do not open. `now_s`: the clock that permits are held to.

    `keep` is told of every plan, with the claims of its permit if that is good: what recordings are held to.
    `settled` is told of a camera whenever its plan or its leave may have changed: for what else hangs on its permit.
    """

    verifying_key: Ed25519PublicKey
    address_of: Callable[[CameraPlan], Address]
    make_source: SourceMaker
    make_recorder: RecorderMaker
    board: StatusBoard
    pulls: Budget = field(default_factory=lambda: Budget(4))
    conversions: Budget = field(default_factory=lambda: Budget(2))
    now_s: Callable[[], float] = time.time
    keep: Callable[[CameraPlan, PermitClaims | None], None] = lambda plan, claims: None
    settled: Callable[[Camera], None] = lambda camera: None
