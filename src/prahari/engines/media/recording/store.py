"""The recordings of one media worker: the door through which the worker uses this folder.

Signatures only for now.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from prahari.contracts.media import GapData, Reason
from prahari.engines.media.recording.catalogue import Catalogue
from prahari.engines.media.types import AccessUnit, GroupOfPictures, StreamParameters


class Recorder:
    """A Sink that puts one camera on disk. Made by RecordingStore.recorder."""

    wants_units = False
    retention_days: int

    def on_parameters(self, parameters: StreamParameters) -> None:
        raise NotImplementedError

    def on_unit(self, unit: AccessUnit) -> None:
        raise NotImplementedError

    def on_group(self, group: GroupOfPictures) -> None:
        raise NotImplementedError

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        raise NotImplementedError

    @property
    def is_recording(self) -> bool:
        """Whether the newest group went (or is on its way) to disk."""
        raise NotImplementedError

    @property
    def trouble(self) -> Reason:
        """DISK_FULL, DISK_SLOW, DISK_ERROR while the disk refuses, else NONE."""
        raise NotImplementedError

    async def close(self, reason: Reason = Reason.NONE) -> None:
        """Last group on disk, file closed. `reason` other than NONE: a gap begins here (NO_PERMIT, ...)."""
        raise NotImplementedError


class RecordingStore:
    """Writer thread, catalogue, retention and recovery of one worker.

    `quota_bytes` is this worker's share (0: no quota). `owns` says whether a camera is this worker's. `on_gap` is
    called in the loop for every gap that became known, also those found at start.
    """

    catalogue: Catalogue

    def __init__(
        self,
        recordings: Path,
        catalogue_path: Path,
        *,
        quota_bytes: int,
        reserve_bytes: int,
        owns: Callable[[str], bool],
        on_gap: Callable[[str, GapData], None],
    ) -> None:
        raise NotImplementedError

    async def open(self) -> None:
        """Recover (cut files back to their last whole fragment, adopt unknown ones), start thread and retention."""
        raise NotImplementedError

    def recorder(self, camera_id: str, retention_days: int) -> Recorder:
        raise NotImplementedError

    @property
    def disk_free_bytes(self) -> int:
        raise NotImplementedError

    async def close(self) -> None:
        """All recorders must be closed before."""
        raise NotImplementedError
