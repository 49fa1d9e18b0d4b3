"""The flap filter, and the episodes that it lets through: each told once when it begins and once when it ends.

Open episodes lie on disk. A killed engine finds them again: it neither begins them twice nor forgets to end them.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from prahari.contracts.health import CameraHealthData, HealthKind, HealthLimit

log = logging.getLogger(__name__)

_NAMES = uuid.UUID("5d0c7f0e-6f0b-4c19-9a55-0d6f1c0b8e11")


class Open(msgspec.Struct):
    """An episode that has begun."""

    kind: HealthKind
    start_ms: int
    cause: str = ""
    value: float | None = None
    limit: float | None = None
    reference_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """`value` as HealthKind says; `is_ill`: None when it follows from value and limit."""

    value: float
    cause: str = ""
    is_ill: bool | None = None
    reference_ms: int | None = None


Teller = Callable[[str, str, CameraHealthData], None]
"""Called with event id, camera and data; has to keep it before it returns."""


def event_id(camera_id: str, kind: HealthKind, start_ms: int, state: str) -> str:
    """The same for the same: told twice it is stored once."""
    return str(uuid.uuid5(_NAMES, f"{camera_id}/{kind}/{start_ms}/{state}"))


class Episodes:
    """`kept`: the file of open episodes. Times are Unix milliseconds of our clock."""

    def __init__(self, kept: Path, tell: Teller) -> None:
        self._kept = kept
        self._tell = tell
        self._open: dict[str, dict[HealthKind, Open]] = self._load()
        self._ill_ms: dict[tuple[str, HealthKind], tuple[int, Observation]] = {}
        self._well_ms: dict[tuple[str, HealthKind], int] = {}

    def tell_again(self) -> None:
        """After a restart: the begin of what is open may have been lost with the process. Ids make it harmless."""
        for camera_id, open_ in self._open.items():
            for episode in open_.values():
                self._told(camera_id, episode, "began", None)

    def of(self, camera_id: str) -> dict[HealthKind, Open]:
        """What is open, by kind."""
        return self._open.get(camera_id, {})

    def cameras(self) -> list[str]:
        """Those with anything open."""
        return list(self._open)

    def is_doubtful(self, camera_id: str, kind: HealthKind) -> bool:
        """On its way to begin or to end."""
        return (camera_id, kind) in self._ill_ms or (camera_id, kind) in self._well_ms

    def observe(self, camera_id: str, kind: HealthKind, seen: Observation, limit: HealthLimit, at_ms: int) -> None:
        """Raises OSError when the file cannot be written: nothing is told then, the next observation tries again."""
        key = (camera_id, kind)
        is_ill = seen.value >= limit.limit if seen.is_ill is None else seen.is_ill
        episode = self.of(camera_id).get(kind)
        if is_ill:
            self._well_ms.pop(key, None)
            if episode is not None:
                if episode.value is None or seen.value > episode.value:
                    episode.value = round(seen.value, 2)  # the worst; on disk with the next change of any
                return
            since_ms, first = self._ill_ms.setdefault(key, (at_ms, seen))
            if at_ms - since_ms >= limit.begin_s * 1000:
                self._begin(camera_id, kind, since_ms, replace(seen, cause=seen.cause or first.cause), limit)
                self._ill_ms.pop(key, None)
            return
        self._ill_ms.pop(key, None)
        if episode is None:
            return
        since_ms = self._well_ms.setdefault(key, at_ms)
        if at_ms - since_ms >= limit.end_s * 1000:
            self.end(camera_id, kind, since_ms)

    def _begin(self, camera_id: str, kind: HealthKind, start_ms: int, seen: Observation, limit: HealthLimit) -> None:
        episode = Open(kind, start_ms, seen.cause, round(seen.value, 2), limit.limit, seen.reference_ms)
        self._open.setdefault(camera_id, {})[kind] = episode
        try:
            self._save()
        except OSError:
            self._drop(camera_id, kind)
            raise
        self._told(camera_id, episode, "began", None)

    def end(self, camera_id: str, kind: HealthKind, end_ms: int, cause: str = "") -> None:
        """Raises OSError as `observe`; told first: an end that is told twice changes nothing, a lost one would."""
        episode = self.of(camera_id).get(kind)
        if episode is None:
            return
        if cause:
            episode.cause = cause
        self._told(camera_id, episode, "ended", max(end_ms, episode.start_ms))
        self._drop(camera_id, kind)
        self._well_ms.pop((camera_id, kind), None)
        self._save()

    def end_all(self, camera_id: str, end_ms: int, cause: str) -> None:
        """The camera is no longer ours to watch."""
        for kind in list(self.of(camera_id)):
            self.end(camera_id, kind, end_ms, cause)
        self.forget_doubts(camera_id)

    def forget_doubts(self, camera_id: str) -> None:
        """What was about to begin or to end is not: nothing is known of the time in between."""
        for kind in HealthKind:
            self._ill_ms.pop((camera_id, kind), None)
            self._well_ms.pop((camera_id, kind), None)

    def _drop(self, camera_id: str, kind: HealthKind) -> None:
        open_ = self._open[camera_id]
        del open_[kind]
        if not open_:
            del self._open[camera_id]

    def _told(self, camera_id: str, episode: Open, state: str, end_ms: int | None) -> None:
        data = CameraHealthData(
            episode.kind, state, episode.start_ms, end_ms, episode.cause, episode.value, episode.limit,
            episode.reference_ms,
        )  # fmt: skip
        self._tell(event_id(camera_id, episode.kind, episode.start_ms, state), camera_id, data)

    def _save(self) -> None:
        temporary = self._kept.with_suffix(".new")
        rows = {camera_id: list(open_.values()) for camera_id, open_ in self._open.items()}
        temporary.write_bytes(msgspec.json.encode(rows))
        temporary.replace(self._kept)

    def _load(self) -> dict[str, dict[HealthKind, Open]]:
        try:
            rows = msgspec.json.decode(self._kept.read_bytes(), type=dict[str, list[Open]])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.error("open episodes of ill health cannot be read, they begin anew: %s", error)
            return {}
        return {camera_id: {one.kind: one for one in episodes} for camera_id, episodes in rows.items() if episodes}
