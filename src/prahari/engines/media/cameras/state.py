"""What is known of a camera: its state, why, and until when it may be called live."""

from __future__ import annotations

from typing import Any

from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, CameraStatus, Reason, RecordMode
from prahari.engines.media.gate.permits import Leave
from prahari.engines.media.ingest.upstream import UpstreamState
from prahari.engines.media.status.board import Proof

OPEN_PROOF_MS = 20_000
PROBE_PROOF_PERIODS = 2.5


class CameraState:
    """Status, reason and detail as the connection or a probe last told, and the proof by frames behind them."""

    def __init__(self) -> None:
        self.status = CameraStatus.UNKNOWN
        self.reason = Reason.NONE
        self.detail = ""
        self.proved_at_ms: int | None = None
        self.proof_until_ms: int | None = None
        self._is_news = False

    @property
    def is_live(self) -> bool:
        return self.status is CameraStatus.LIVE

    def set(self, status: CameraStatus, reason: Reason = Reason.NONE, detail: str = "") -> None:
        self.status, self.reason, self.detail = status, reason, detail

    def shown(self, leave: Leave) -> tuple[CameraStatus, Reason, str]:
        """What consoles are told: without leave nothing else counts."""
        if not leave.anything:
            return CameraStatus.NO_CONSENT, leave.reason, ""
        return self.status, self.reason, self.detail

    def proved(self, at_ms: int | None, plan: CameraPlan) -> None:
        """Frames were seen at `at_ms`. How long that is believed depends on when the next proof is due."""
        if at_ms is None or (self.proved_at_ms is not None and at_ms <= self.proved_at_ms):
            return
        self.proved_at_ms = at_ms
        self.proof_until_ms = at_ms + lasts_ms(plan)
        self._is_news = True

    def remember(self, proved_at_ms: int, plan: CameraPlan) -> None:
        """What was known before a restart, and told then."""
        self.proved_at_ms = proved_at_ms
        self.proof_until_ms = proved_at_ms + lasts_ms(plan)
        if now_ms() < self.proof_until_ms and self.status is CameraStatus.UNKNOWN:
            self.status = CameraStatus.LIVE

    def take_proof(self, camera_id: str, watchers: int) -> Proof | None:
        """The proof, when it was not taken yet."""
        if not self._is_news or self.proved_at_ms is None or self.proof_until_ms is None:
            return None
        self._is_news = False
        return Proof(camera_id, self.proved_at_ms, self.proof_until_ms, watchers)


def lasts_ms(plan: CameraPlan) -> int:
    if plan.record in {RecordMode.CONTINUOUS, RecordMode.ON_EVENT}:
        return OPEN_PROOF_MS
    return max(OPEN_PROOF_MS, int(PROBE_PROOF_PERIODS * plan.probe_period_s * 1000))


def video_of(state: UpstreamState) -> dict[str, Any] | None:
    """`video` of CameraStatusData."""
    if state.parameters is None or state.parameters.video is None:
        return None
    video = state.parameters.video
    return {
        "codec": video.codec,
        "width": video.width,
        "height": video.height,
        "fps": round(state.fps, 1),
        "kbit_s": round(state.kbit_s),
    }
