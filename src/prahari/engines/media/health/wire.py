"""What goes to the looking child and comes back. The engine imports this without importing PyAV or numpy."""

from __future__ import annotations

import msgspec

LOOK = b"L"


class LookJob(msgspec.Struct, frozen=True):
    """One keyframe to be looked at. `data` has 4-byte lengths. `references`, `candidate`: looks that were kept;
    `before`: bits of the looks before."""

    codec: str
    sps: bytes
    pps: bytes
    vps: bytes
    data: bytes
    references: list[bytes] = []
    candidate: bytes = b""
    before: list[bytes] = []


class Seen(msgspec.Struct, frozen=True):
    """The answer. Values as vision.scene.judge.Judgement has them. `candidate_off`: disagreement with the candidate,
    0 to 100. `sees_little`: too dark, too bright or too empty to be kept as a reference view.
    `cpu_s`: what it cost the child. `error`: why there are no values."""

    black: float = 0.0
    overexposed: float = 0.0
    blurred: float | None = None
    covered: float | None = None
    turned: float | None = None
    frozen: float | None = None
    shift_pct: tuple[float, float] | None = None
    reference: int | None = None
    candidate_off: float | None = None
    sees_little: bool = False
    level: float = 0.0
    look: bytes = b""
    bits: bytes = b""
    cpu_s: float = 0.0
    error: str = ""
