"""Clips on their way from sites: kept on disk piece by piece, fetched on after every cut, handed out as they grow."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from prahari.engines.edge.orders import ORDER_S
from prahari.engines.edge.wire import WINDOW_BYTES, ClipAbout, ClipWant, WireError
from prahari.engines.media.gate.problems import Answer, Problem

log = logging.getLogger(__name__)

KEPT_S = 3600.0
MOST_CLIPS = 200
MOST_CLIP_BYTES = 4_000_000_000
READ_BYTES = 65_536

CLIP_FAILED = Answer(
    502,
    "clip_failed",
    "The site could not send this clip: ask for it again.",
    "स्थान यह क्लिप नहीं भेज सका: इसे फिर माँगें।",
)


class ClipState(msgspec.Struct):
    """One clip: `state` is asked, coming, done or failed. `code`, `reason`: why it failed."""

    clip_id: str
    site_id: str
    camera_id: str
    from_ms: int
    to_ms: int
    token: str
    asked_s: float
    state: str = "asked"
    size: int = 0
    sha256: str = ""
    start_ms: int = 0
    end_ms: int = 0
    damaged_ms: int = 0
    code: int = 0
    reason: str = ""


class Clip:
    """A clip and its file. `have`: bytes on disk."""

    def __init__(self, state: ClipState, path: Path) -> None:
        self.state = state
        self.path = path
        self.have = path.stat().st_size if path.exists() else 0
        self.channel = 0
        self.readers = 0
        self.changed = asyncio.Condition()
        self.credit = 0

    async def tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


class Clips:
    """All clips of all sites, also those from before the last start."""

    def __init__(self, folder: Path, now_s: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now_s = now_s
        self._clips: dict[str, Clip] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.json"):
            with contextlib.suppress(ValueError, OSError):
                state = msgspec.json.decode(path.read_bytes(), type=ClipState)
                self._clips[state.clip_id] = Clip(state, self._file(state.clip_id))

    def get(self, clip_id: str) -> Clip | None:
        return self._clips.get(clip_id)

    def ask(self, state: ClipState) -> Clip:
        """The clip, known or new. One that failed is asked for anew. Raises Problem, OSError."""
        known = self._clips.get(state.clip_id)
        if known is not None and known.state.state != "failed":
            if known.state.state == "asked":
                known.state.token = state.token  # the order may never have reached the site: a fresh one is as good
            return known
        self.tidy()
        if len(self._clips) >= MOST_CLIPS:
            raise Problem(Answer(429, "too_many", "Too many clips are on their way: try again later.",
                                 "बहुत अधिक क्लिप आ रही हैं: बाद में प्रयास करें।"))  # fmt: skip
        clip = self._clips[state.clip_id] = Clip(state, self._file(state.clip_id))
        self._save(clip)
        return clip

    def unfinished(self, site_id: str) -> list[Clip]:
        return [one for one in self._clips.values()
                if one.state.site_id == site_id and one.state.state in ("asked", "coming")]  # fmt: skip

    def want(self, clip: Clip, channel: int) -> ClipWant:
        """What the site is told to go on with."""
        clip.channel = channel
        clip.credit = 0
        state = clip.state
        return ClipWant(
            channel, state.clip_id, state.camera_id, state.from_ms, state.to_ms, state.token, clip.have
        )  # fmt: skip

    async def about(self, clip: Clip, about: ClipAbout) -> None:
        """The site has it whole. Raises WireError."""
        if not 0 < about.size <= MOST_CLIP_BYTES or len(about.sha256) != 64:
            raise WireError("a clip of no size")
        state = clip.state
        if state.sha256 and (state.size, state.sha256) != (about.size, about.sha256) and clip.have:
            # Cut out anew, differently: what we have is of another file.
            log.info("clip %s was cut out anew at its site", state.clip_id)
            await asyncio.to_thread(_truncate, clip.path)
            clip.have = 0
        state.size, state.sha256, state.state = about.size, about.sha256, "coming"
        state.start_ms, state.end_ms, state.damaged_ms = about.start_ms, about.end_ms, about.damaged_ms
        self._save(clip)
        await clip.tell()

    async def take(self, clip: Clip, data: bytes) -> int:
        """A piece, in order. How many bytes may be asked for more; 0: not yet, or all is there. Raises WireError."""
        state = clip.state
        if state.state != "coming" or clip.have + len(data) > state.size:
            raise WireError("more of a clip than there is")
        await asyncio.to_thread(_write, clip.path, clip.have, data)
        clip.have += len(data)
        clip.credit += len(data)
        if clip.have == state.size:
            await self._finish(clip)
        await clip.tell()
        if clip.credit >= WINDOW_BYTES // 4 and clip.have < state.size:
            more, clip.credit = clip.credit, 0
            return more
        return 0

    async def fail(self, clip: Clip, code: int, reason: str) -> None:
        clip.state.state, clip.state.code, clip.state.reason = "failed", code, reason[:40]
        clip.state.token = ""
        self._save(clip)
        await clip.tell()

    async def read(self, clip: Clip) -> AsyncIterator[bytes]:
        """From its beginning, as it grows, to its end. Raises Problem when it fails."""
        clip.readers += 1
        at = 0
        try:
            while True:
                async with clip.changed:
                    while clip.have <= at and clip.state.state in ("asked", "coming"):
                        await clip.changed.wait()
                if clip.state.state == "failed":
                    raise Problem(failure(clip.state))
                data = await asyncio.to_thread(_read, clip.path, at, min(READ_BYTES, clip.have - at))
                if data:
                    at += len(data)
                    yield data
                elif clip.state.state == "done":
                    return
        finally:
            clip.readers -= 1

    async def begun(self, clip: Clip) -> None:
        """Until the site has cut it out, or it has failed (raises Problem)."""
        async with clip.changed:
            while clip.state.state == "asked":
                await clip.changed.wait()
        if clip.state.state == "failed":
            raise Problem(failure(clip.state))

    def tidy(self) -> None:
        """Clips that nobody will ask for any more."""
        now_s = self._now_s()
        for clip in list(self._clips.values()):
            kept_s = KEPT_S if clip.state.state in ("done", "failed") else ORDER_S
            if not clip.readers and now_s - clip.state.asked_s > kept_s:
                self.drop(clip)

    def drop(self, clip: Clip) -> None:
        self._clips.pop(clip.state.clip_id, None)
        for path in (clip.path, self._folder / f"{clip.state.clip_id}.json"):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def of_camera(self, camera_id: str) -> list[Clip]:
        return [clip for clip in self._clips.values() if clip.state.camera_id == camera_id]

    async def _finish(self, clip: Clip) -> None:
        """Compare with what the site said; what differs is thrown away, and whoever wants it asks again."""
        found = await asyncio.to_thread(_digest, clip.path)
        if found == clip.state.sha256:
            clip.state.state, clip.state.token = "done", ""
            self._save(clip)
            return
        log.error("clip %s is not what its site said it was", clip.state.clip_id)
        await asyncio.to_thread(_truncate, clip.path)
        clip.have = 0
        await self.fail(clip, 502, "damaged")

    def _file(self, clip_id: str) -> Path:
        return self._folder / f"{clip_id}.mp4"

    def _save(self, clip: Clip) -> None:
        path = self._folder / f"{clip.state.clip_id}.json"
        temporary = path.with_suffix(".new")
        temporary.write_bytes(msgspec.json.encode(clip.state))
        temporary.chmod(0o600)
        temporary.replace(path)


def failure(state: ClipState) -> Answer:
    if state.code == 404:
        return Answer(404, state.reason, "Nothing is recorded at that time.", "उस समय की कोई रिकॉर्डिंग नहीं है।")
    return Answer(CLIP_FAILED.http_status, state.reason or CLIP_FAILED.code, CLIP_FAILED.en, CLIP_FAILED.hi)


def _write(path: Path, at: int, data: bytes) -> None:
    """At its place: a link that ends meanwhile leaves a piece that is written and not counted, and comes once more."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.seek(at)
        file.write(data)


def _truncate(path: Path) -> None:
    with path.open("wb"):
        pass


def _read(path: Path, at: int, size: int) -> bytes:
    if size <= 0:
        return b""
    with path.open("rb") as file:
        file.seek(at)
        return file.read(size)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
