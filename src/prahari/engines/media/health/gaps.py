"""How much of the last ten minutes of a camera that sends is not on disk."""

from __future__ import annotations

from collections import deque

from prahari.contracts.media import GapData, Reason
from prahari.engines.media.cameras.camera import Camera

WINDOW_MS = 600_000
_NOBODYS_FAULT = frozenset(
    {Reason.NO_PERMIT, Reason.PERMIT_ENDED, Reason.OUTSIDE_HOURS, Reason.RETIRED, Reason.CLOCK_JUMP,
     Reason.ENGINE_RESTART}
)  # fmt: skip
_DISK = frozenset({Reason.DISK_FULL, Reason.DISK_SLOW, Reason.DISK_ERROR})


class Gaps:
    def __init__(self) -> None:
        self._told: dict[str, deque[GapData]] = {}
        self._since_ms: dict[str, tuple[int, Reason]] = {}  # not being written now

    def add(self, camera_id: str, gap: GapData, offline_s: float) -> None:
        """A stretch that is missing. Those of a camera that was away so long that it counts as offline are told there:
        short ones, again and again, are told nowhere else."""
        if gap.reason in _NOBODYS_FAULT or gap.end_ms <= gap.start_ms:
            return
        if gap.reason not in _DISK and gap.end_ms - gap.start_ms >= offline_s * 1000:
            return
        self._told.setdefault(camera_id, deque(maxlen=200)).append(gap)

    def watch(self, camera: Camera, at_ms: int) -> None:
        """Note since when a live camera that ought to be recorded is not."""
        camera_id = camera.plan.camera_id
        trouble = camera.trouble
        if trouble is not Reason.NONE and camera.wants_record and camera.leave.record:
            self._since_ms.setdefault(camera_id, (at_ms, trouble))
        else:
            self._since_ms.pop(camera_id, None)

    def lost_s(self, camera_id: str, at_ms: int) -> float:
        told = self._told.get(camera_id)
        lost_ms = 0
        if told:
            while told and told[0].end_ms < at_ms - WINDOW_MS:
                told.popleft()
            lost_ms = sum(gap.end_ms - max(gap.start_ms, at_ms - WINDOW_MS) for gap in told)
        since = self._since_ms.get(camera_id)
        if since is not None:
            lost_ms += at_ms - since[0]
        return lost_ms / 1000

    def cause(self, camera_id: str) -> str:
        since = self._since_ms.get(camera_id)
        if since is not None:
            return since[1]
        told = self._told.get(camera_id)
        return told[-1].reason if told else ""

    def forget(self, camera_id: str) -> None:
        self._told.pop(camera_id, None)
        self._since_ms.pop(camera_id, None)
