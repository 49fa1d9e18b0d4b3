"""How each camera should look: a few small descriptors on disk, no pictures.

A person says so, or the camera agrees with itself for hours. Views by other light are added by themselves, since a
street at night has other edges than by day; what a person said is never pushed out by them.
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from prahari.engines.media.health.stream import Usual
from prahari.engines.media.health.wire import Seen

log = logging.getLogger(__name__)

MOST_VIEWS = 4
AGREES_PCT = 35.0
"""Disagreement below which two looks show the same view."""

OTHER_LIGHT_PCT = 25.0
"""From here on, and still the same view, it is kept as another one: the light has changed."""

AGREED_MS = 2 * 3_600_000
AGREED_LOOKS = 6


class View(msgspec.Struct):
    taken_ms: int
    by_person: bool
    look: bytes


class Candidate(msgspec.Struct):
    since_ms: int
    looks: int
    look: bytes


class Memory(msgspec.Struct):
    """What is remembered of one camera."""

    views: list[View] = []
    candidate: Candidate | None = None
    fps: float = 0.0
    kbit_s: float = 0.0
    learnt_s: float = 0.0

    @property
    def usual(self) -> Usual:
        return Usual(self.fps, self.kbit_s, self.learnt_s)


class References:
    """One file a camera in `folder`, read when it is needed: a few looks of 9 kB each for every camera add up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, camera_id: str) -> Memory:
        try:
            return msgspec.msgpack.decode(self._path(camera_id).read_bytes(), type=Memory)
        except FileNotFoundError:
            return Memory()
        except (OSError, ValueError) as error:
            log.warning("how camera %s should look cannot be read and is learnt anew: %s", camera_id, error)
            return Memory()

    def forget(self, camera_id: str) -> None:
        """The camera was retired or has moved elsewhere."""
        self._path(camera_id).unlink(missing_ok=True)

    def take(self, camera_id: str, seen: Seen, at_ms: int) -> None:
        """A person's word: this view, and none of the earlier ones."""
        memory = self.of(camera_id)
        memory.views = [View(at_ms, True, seen.look)]
        memory.candidate = None
        memory.fps = memory.kbit_s = memory.learnt_s = 0.0
        self._save(camera_id, memory)

    def learn(self, camera_id: str, seen: Seen, at_ms: int, *, is_well: bool) -> None:
        """From a look that was paid for anyway. `is_well`: nothing is wrong with the camera, nor seems to be."""
        memory = self.of(camera_id)
        if not is_well or seen.sees_little or seen.error:
            return
        if memory.views and (seen.turned is None or seen.turned < OTHER_LIGHT_PCT):
            if memory.candidate is not None:
                memory.candidate = None
                self._save(camera_id, memory)
            return
        candidate = memory.candidate
        if candidate is None or seen.candidate_off is None or seen.candidate_off > AGREES_PCT:
            memory.candidate = Candidate(at_ms, 1, seen.look)
            self._save(camera_id, memory)
            return
        candidate.looks += 1
        if at_ms - candidate.since_ms >= AGREED_MS and candidate.looks >= AGREED_LOOKS:
            memory.candidate = None
            if len(memory.views) >= MOST_VIEWS:
                oldest = min((view for view in memory.views if not view.by_person), key=lambda view: view.taken_ms)
                memory.views.remove(oldest)
            memory.views.append(View(candidate.since_ms, False, candidate.look))
            log.info("camera %s: a reference view was learnt, it has %d", camera_id, len(memory.views))
        self._save(camera_id, memory)

    def keep_usual(self, camera_id: str, usual: Usual) -> None:
        memory = self.of(camera_id)
        memory.fps, memory.kbit_s, memory.learnt_s = usual.fps, usual.kbit_s, usual.learnt_s
        self._save(camera_id, memory)

    def _save(self, camera_id: str, memory: Memory) -> None:
        path = self._path(camera_id)
        temporary = path.with_suffix(".new")
        try:
            temporary.write_bytes(msgspec.msgpack.encode(memory))
            temporary.replace(path)
        except OSError as error:
            log.warning("how camera %s should look is not kept on disk: %s", camera_id, error.strerror)

    def _path(self, camera_id: str) -> Path:
        return self._folder / f"{camera_id}.view"
