"""What may be wrong with a camera, from how much on it counts, and how the engine tells of it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from prahari.contracts.media import Reason


class HealthKind(StrEnum):
    """What may be wrong with a camera. How much of it there is, and from how much on it counts: HealthLimit."""

    OFFLINE = "offline"  # no connection; s without
    STALLED = "stalled"  # connected, no pictures; s without
    FRAME_RATE = "frame_rate"  # % of its own usual rate that is missing or too much
    BIT_RATE = "bit_rate"  # % of its own usual rate that is missing; above it by this factor in %
    FROZEN = "frozen"  # % of the picture that is the same to the last bit
    BLACK = "black"  # % of the picture that is dark
    OVEREXPOSED = "overexposed"  # % of the picture that is white
    BLURRED = "blurred"  # % of the reference view's sharpness that is lost
    COVERED = "covered"  # % of the reference view's structure that is gone
    TURNED = "turned"  # % of disagreement with the reference view
    TAMPERED = "tampered"  # covered, turned or blurred from one moment to the next: % as there
    CLOCK_OFF = "clock_off"  # s between the camera's clock and ours
    RECORDING_GAP = "recording_gap"  # s not recorded within ten minutes


class HealthLimit(msgspec.Struct, frozen=True):
    """A kind begins when its value has been at `limit` or above for `begin_s`, ends when below for `end_s`."""

    limit: float
    begin_s: float
    end_s: float


HEALTH_LIMITS: dict[HealthKind, HealthLimit] = {
    HealthKind.OFFLINE: HealthLimit(0, 30, 20),
    HealthKind.STALLED: HealthLimit(0, 30, 20),
    HealthKind.FRAME_RATE: HealthLimit(40, 60, 60),
    HealthKind.BIT_RATE: HealthLimit(80, 120, 120),
    HealthKind.FROZEN: HealthLimit(60, 80, 40),
    HealthKind.BLACK: HealthLimit(99.5, 40, 40),
    HealthKind.OVEREXPOSED: HealthLimit(50, 120, 60),
    HealthKind.BLURRED: HealthLimit(45, 120, 60),
    HealthKind.COVERED: HealthLimit(70, 40, 40),
    HealthKind.TURNED: HealthLimit(60, 60, 60),
    HealthKind.TAMPERED: HealthLimit(60, 40, 40),
    HealthKind.CLOCK_OFF: HealthLimit(5, 60, 60),
    HealthKind.RECORDING_GAP: HealthLimit(10, 20, 60),
}
"""What holds until the desks say otherwise."""


class HealthSettings(msgspec.Struct, frozen=True):
    """`look_period_s`: a keyframe of each camera is decoded this often, sooner on suspicion, as far as
    `look_budget_pct` of a core for each worker lets it; while something is suspected every `look_again_s`. Kinds that
    `limits` leaves out have HEALTH_LIMITS."""

    limits: dict[HealthKind, HealthLimit] = {}
    look_period_s: float = 300.0
    look_again_s: float = 23.0
    look_budget_pct: float = 1.0

    def of(self, kind: HealthKind) -> HealthLimit:
        return self.limits.get(kind) or HEALTH_LIMITS[kind]


class CameraHealthData(msgspec.Struct, frozen=True, omit_defaults=True):
    """data of a camera.health event. An episode is known by camera, kind and `start_ms`; it may be told again.

    `value` and `limit` as HealthKind says: at the begin those of the begin, at the end the worst. `cause`: a Reason
    or, for tampered, the HealthKind that it was. `reference_ms`: when the view that was compared with was taken.
    """

    kind: HealthKind
    state: str  # "began" | "ended"
    start_ms: int
    end_ms: int | None = None
    cause: str = ""
    value: float | None = None
    limit: float | None = None
    reference_ms: int | None = None


class ReferenceRequest(msgspec.Struct, frozen=True):
    """This is how it should look: take the camera's view of this moment as its reference; forget earlier ones."""

    camera_id: str
    timeout_s: float = 10.0


class ReferenceReply(msgspec.Struct, frozen=True):
    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    taken_ms: int = 0
