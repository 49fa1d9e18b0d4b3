"""The last plans of this worker's cameras on disk, so that it starts, records and shows with NATS down.

A plan read here gives no more leave than one from the bucket: its permit is signed and ends within a day.
"""

from __future__ import annotations

import logging
import os
import uuid
from pathlib import Path

import msgspec

from prahari.contracts.media import CameraPlan

log = logging.getLogger(__name__)

_decoder = msgspec.json.Decoder(CameraPlan)


def decode_plan(camera_id: str, payload: bytes) -> CameraPlan | None:
    """The plan in `payload`; None (and a line in the log) when it is malformed or another camera's."""
    try:
        plan = _decoder.decode(payload)
        canonical = str(uuid.UUID(plan.camera_id))
    except ValueError as error:  # msgspec's errors are ValueErrors too
        log.warning("plan of camera %s cannot be read: %s", camera_id[:64], error)
        return None
    if canonical != camera_id or plan.camera_id != camera_id:
        log.warning("plan under key %s is for camera %s: ignored", camera_id[:64], canonical)
        return None
    return plan


class PlanStore:
    """One file a camera, replaced in one step: a kill leaves the old plan or the new one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> dict[str, CameraPlan]:
        plans: dict[str, CameraPlan] = {}
        for path in sorted(self._folder.glob("*.json")):
            plan = decode_plan(path.stem, path.read_bytes())
            if plan is not None:
                plans[plan.camera_id] = plan
        return plans

    def save(self, plan: CameraPlan) -> None:
        """Raises OSError, e.g. on a full disk; the plan then holds until the next start only."""
        path = self._path(plan.camera_id)
        temporary = path.with_suffix(".new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(plan))
        temporary.replace(path)

    def delete(self, camera_id: str) -> None:
        self._path(camera_id).unlink(missing_ok=True)

    def _path(self, camera_id: str) -> Path:
        return self._folder / f"{uuid.UUID(camera_id)}.json"
