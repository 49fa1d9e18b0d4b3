"""Sources that do not come by themselves: 112's calls and feeds of alerts are asked for, each by a task of its own.

How far each has come lies on disk and moves on only after the event log has acknowledged: a kill in between asks for
the same again, which is the same events again.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from pathlib import Path

import msgspec

from prahari.contracts.events import Event
from prahari.contracts.happenings import SourceKind, SourceRecord, credentials_context
from prahari.contracts.sealing import SealError, unseal
from prahari.contracts.stopping import end_tasks
from prahari.engines.intake import cap
from prahari.engines.intake.desk import Desk
from prahari.engines.intake.erss import PAGE, HttpCallCentre, judge_call
from prahari.engines.intake.fetching import Fetcher, TroubleError
from prahari.engines.intake.handing import Handing
from prahari.engines.intake.refusals import AwayError, Refusal
from prahari.engines.intake.sources import Sources

log = logging.getLogger(__name__)

ASKED = frozenset({SourceKind.ERSS, SourceKind.CAP})
SLOWEST_S = 60.0
"""A source that is in trouble is asked less and less often, down to this (or its own pace if that is slower)."""


class Progress(msgspec.Struct):
    """`cursor`: of 112. `seen`: entries of a feed (name and time of change) whose alert was taken or refused."""

    cursor: str = ""
    seen: list[str] = []


class Asking:
    def __init__(self, folder: Path, sources: Sources, desk: Desk, handing: Handing, sealing_key: bytes) -> None:
        self._folder = folder
        self._sources = sources
        self._desk = desk
        self._handing = handing
        self._sealing_key = sealing_key
        self._fetcher = Fetcher()
        self._tasks: dict[str, tuple[SourceRecord, asyncio.Task[None]]] = {}
        self._bell = asyncio.Event()
        folder.mkdir(parents=True, exist_ok=True)

    async def run(self) -> None:
        """Until cancelled: one task for each source that is to be asked, a new one when its record changes."""
        self._sources.changed = self._bell.set
        self._bell.set()
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()
                await self._fit()
        finally:
            self._sources.changed = _nothing
            await end_tasks([task for _, task in self._tasks.values()])
            await self._fetcher.close()

    async def _fit(self) -> None:
        wanted = {one.source_id: one for one in self._sources.all() if one.kind in ASKED and one.url}
        gone = [source_id for source_id, (record, _) in self._tasks.items() if wanted.get(source_id) != record]
        await end_tasks([self._tasks.pop(source_id)[1] for source_id in gone])
        for source_id in wanted.keys() - self._tasks.keys():
            record = wanted[source_id]
            task = asyncio.create_task(self._ask_for_ever(record), name=f"ask {record.name}")
            self._tasks[source_id] = record, task

    async def _ask_for_ever(self, record: SourceRecord) -> None:
        pause_s = float(record.poll_s)
        while True:
            try:
                more = await self._ask_once(record)
            except TroubleError as error:
                log.warning("source %s: %s", record.source_id, error)
                self._handing.count(record, trouble=error.code)
                pause_s = min(pause_s * 2, max(SLOWEST_S, record.poll_s))
            except AwayError:
                log.info("source %s is asked again when the event log is back", record.source_id)
            except Exception:  # a fault of ours must not silence a source for ever
                log.exception("source %s", record.source_id)
                self._handing.count(record, trouble="internal")
            else:
                self._handing.count(record, trouble="")
                pause_s = float(record.poll_s)
                if more:
                    continue
            await asyncio.sleep(pause_s)

    async def _ask_once(self, record: SourceRecord) -> bool:
        """Whether more is waiting. Raises TroubleError, AwayError."""
        progress = self._load(record)
        credentials = self._credentials(record)
        if record.kind is SourceKind.ERSS:
            return await self._ask_112(record, progress, credentials)
        return await self._ask_feed(record, progress, credentials)

    async def _ask_112(self, record: SourceRecord, progress: Progress, credentials: str) -> bool:
        page = await HttpCallCentre(self._fetcher, record.url, credentials).calls(progress.cursor)
        outcome = await self._desk.take(record, [bytes(call) for call in page.calls], judge_call, limited=False)
        for index, refusal in outcome.refused:
            log.warning("source %s: call %d of a page is refused: %s", record.source_id, index, refusal.en)
        if page.next != progress.cursor:
            progress.cursor = page.next
            self._save(record, progress)
            return len(page.calls) == PAGE
        return False

    async def _ask_feed(self, record: SourceRecord, progress: Progress, credentials: str) -> bool:
        try:
            entries = cap.read_feed(await self._fetcher.get(record.url, credentials), record.url)
        except Refusal as refusal:
            raise TroubleError("unreadable", refusal.en) from refusal
        seen = set(progress.seen)
        present = [f"{entry.name} {entry.changed}" for entry in entries]
        trouble: TroubleError | None = None
        for entry, mark in zip(reversed(entries), reversed(present), strict=True):  # the oldest first
            if mark in seen:
                continue
            try:
                document = await self._fetcher.get(entry.link, credentials)
            except TroubleError as error:
                trouble = error  # of this one: the others are not held up, and it is asked for again
                continue
            await self._desk.take(record, [document], _judge_alert, limited=False)
            seen.add(mark)
            progress.seen = [one for one in present if one in seen]
            self._save(record, progress)
        if trouble is not None:
            raise trouble
        return False

    def _credentials(self, record: SourceRecord) -> str:
        if not record.sealed_credentials:
            return ""
        try:
            return unseal(record.sealed_credentials, self._sealing_key, credentials_context(record.source_id))
        except SealError as error:
            raise TroubleError("credentials", str(error)) from error

    def _path(self, record: SourceRecord) -> Path:
        return self._folder / f"{uuid.UUID(record.source_id)}.json"

    def _load(self, record: SourceRecord) -> Progress:
        try:
            return msgspec.json.decode(self._path(record).read_bytes(), type=Progress)
        except FileNotFoundError:
            return Progress()
        except (OSError, ValueError) as error:
            log.warning("how far source %s was asked cannot be read: from the beginning: %s", record.source_id, error)
            return Progress()

    def _save(self, record: SourceRecord, progress: Progress) -> None:
        new = self._path(record).with_suffix(".new")
        try:
            new.write_bytes(msgspec.json.encode(progress))
            new.replace(self._path(record))
        except OSError as error:
            log.error("how far source %s was asked is not on disk: %s", record.source_id, error.strerror)


def _judge_alert(record: SourceRecord, part: bytes, came_ms: int) -> Event | None:
    return cap.event_from(record, cap.read_alert(part), came_ms)


def _nothing() -> None:
    return
