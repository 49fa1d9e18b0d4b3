"""What a look means for the episodes of a camera: which kinds it can speak of, and whether it came suddenly."""

from __future__ import annotations

from prahari.contracts.health import HealthKind, HealthSettings
from prahari.contracts.media import CameraPlan
from prahari.engines.media.health.episodes import Episodes, Observation
from prahari.engines.media.health.references import Memory
from prahari.engines.media.health.wire import Seen

SCENE = (
    HealthKind.BLACK, HealthKind.OVEREXPOSED, HealthKind.BLURRED, HealthKind.COVERED, HealthKind.TURNED,
    HealthKind.FROZEN, HealthKind.TAMPERED,
)  # fmt: skip
BY_HAND = (HealthKind.COVERED, HealthKind.TURNED, HealthKind.BLURRED)
"""What somebody does to a camera; suddenly, it is tampering."""

SHIFTED_PCT = 6.0
"""A view found again this far off has turned, whatever else agrees. The wind moves a pole less."""

CLEARLY_WELL = 0.7
"""Share of the limit below which a value was well; from there beyond the limit by the next look is sudden."""

BEFORE_MS = 3_600_000
MOST_BEFORE = 4


class SceneJudge:
    """Holds what the look before told, in memory only: bits and values."""

    def __init__(self, episodes: Episodes) -> None:
        self._episodes = episodes
        self._bits: dict[str, list[tuple[int, bytes]]] = {}
        self._values: dict[str, tuple[int, dict[HealthKind, float]]] = {}
        self._sudden: dict[str, HealthKind] = {}

    def bits_before(self, camera_id: str) -> list[bytes]:
        return [bits for _, bits in self._bits.get(camera_id, ())]

    def is_open(self, camera_id: str) -> bool:
        """Whether any episode of the picture is."""
        open_ = self._episodes.of(camera_id)
        return any(kind in open_ for kind in SCENE)

    def forget(self, camera_id: str) -> None:
        self._bits.pop(camera_id, None)
        self._values.pop(camera_id, None)
        self._sudden.pop(camera_id, None)

    def judge(self, plan: CameraPlan, seen: Seen, memory: Memory, settings: HealthSettings, at_ms: int) -> bool:
        """Hand what was seen to the flap filter. True: nothing is wrong, nor about to be. Raises OSError."""
        camera_id = plan.camera_id
        reference_ms = None
        if seen.reference is not None and seen.reference < len(memory.views):
            reference_ms = memory.views[seen.reference].taken_ms
        values = self._values_of(plan, seen, settings)
        self._freeze(camera_id, seen, at_ms, settings.look_again_s, values)
        for kind in SCENE:
            value = values.get(kind)
            if value is None or kind is HealthKind.TAMPERED:
                continue
            limit = settings.of(kind)
            is_ill = value >= limit.limit
            if kind is HealthKind.TURNED and _shifted(seen):
                value, is_ill = max(value, limit.limit), True
            named_ms = reference_ms if kind in BY_HAND else None
            self._episodes.observe(camera_id, kind, Observation(value, "", is_ill, named_ms), limit, at_ms)
        self._tamper(camera_id, values, settings, at_ms, reference_ms)
        kinds = self._episodes.of(camera_id)
        return not any(kind in kinds or self._episodes.is_doubtful(camera_id, kind) for kind in SCENE) and not _shifted(
            seen
        )

    def _values_of(self, plan: CameraPlan, seen: Seen, settings: HealthSettings) -> dict[HealthKind, float]:
        """Only what this picture can speak of: a dark one says nothing of focus, a covered one nothing of the view."""
        values = {HealthKind.BLACK: seen.black, HealthKind.OVEREXPOSED: seen.overexposed}
        if any(value >= settings.of(kind).limit for kind, value in values.items()) or _moves(plan):
            return values

        def beyond(kind: HealthKind, value: float | None) -> bool:
            return value is not None and value >= settings.of(kind).limit

        covered = beyond(HealthKind.COVERED, seen.covered)
        turned = beyond(HealthKind.TURNED, seen.turned) or _shifted(seen)
        blurred = beyond(HealthKind.BLURRED, seen.blurred)
        if seen.covered is not None and not (blurred and covered):
            values[HealthKind.COVERED] = seen.covered
        if seen.turned is not None and not covered and not (blurred and turned and not _shifted(seen)):
            values[HealthKind.TURNED] = seen.turned
        if seen.blurred is not None and not (covered and not blurred) and not (turned and not blurred):
            values[HealthKind.BLURRED] = seen.blurred
        return values

    def _freeze(self, camera_id: str, seen: Seen, at_ms: int, again_s: float, values: dict[HealthKind, float]) -> None:
        kept = [(then_ms, bits) for then_ms, bits in self._bits.get(camera_id, ()) if at_ms - then_ms <= BEFORE_MS]
        if kept and at_ms - kept[-1][0] < 500 * again_s:
            return  # the same keyframe may have been taken twice
        if seen.frozen is not None and kept and seen.black < 99.5:
            values[HealthKind.FROZEN] = seen.frozen
        self._bits[camera_id] = [*kept, (at_ms, seen.bits)][-MOST_BEFORE:]

    def _tamper(
        self, camera_id: str, values: dict[HealthKind, float], settings: HealthSettings, at_ms: int,
        reference_ms: int | None,
    ) -> None:  # fmt: skip
        before_ms, before = self._values.get(camera_id, (0, {}))
        self._values[camera_id] = (at_ms, values)
        beyond = {kind: values[kind] for kind in BY_HAND if values.get(kind, 0.0) >= settings.of(kind).limit}
        recent = at_ms - before_ms <= 2000 * settings.look_period_s
        for kind in beyond:
            was = before.get(kind)
            if recent and was is not None and was < CLEARLY_WELL * settings.of(kind).limit:
                self._sudden.setdefault(camera_id, kind)
        cause = self._sudden.get(camera_id)
        limit = settings.of(HealthKind.TAMPERED)
        if beyond and cause is not None:
            seen = Observation(max(beyond.values()), cause, True, reference_ms)
        elif not beyond and any(kind in values for kind in BY_HAND):
            self._sudden.pop(camera_id, None)
            seen = Observation(0.0, "", False)
        else:
            return
        self._episodes.observe(camera_id, HealthKind.TAMPERED, seen, limit, at_ms)


def _shifted(seen: Seen) -> bool:
    return seen.shift_pct is not None and max(abs(part) for part in seen.shift_pct) >= SHIFTED_PCT


def _moves(plan: CameraPlan) -> bool:
    """A camera that is moved by its desk has no one view that it should have."""
    device = getattr(plan, "device", None)
    return device is not None and bool(device.ptz)
