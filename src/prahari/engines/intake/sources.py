"""Who may hand in events: the whole truth from the bucket, kept on disk so that doors open with NATS down."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.contracts.happenings import SourceRecord

log = logging.getLogger(__name__)

_record = msgspec.json.Decoder(SourceRecord)
_records = msgspec.json.Decoder(list[SourceRecord])


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Sources:
    """`changed` is called after each change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._by_id: dict[str, SourceRecord] = {}
        self._by_key: dict[str, SourceRecord] = {}
        self.changed: Callable[[], None] = lambda: None
        path.parent.mkdir(parents=True, exist_ok=True)
        self._load()

    def __len__(self) -> int:
        return len(self._by_id)

    def all(self) -> list[SourceRecord]:
        return list(self._by_id.values())

    def of_key(self, key: str) -> SourceRecord | None:
        """Found by the hash of the key, so that comparing takes as long for a nearly right one as for any other."""
        return self._by_key.get(hash_of(key)) if key else None

    def put(self, source_id: str, record: SourceRecord | None) -> None:
        """None: it may hand in nothing any more."""
        if self._by_id.get(source_id) == record:
            return
        if record is None:
            del self._by_id[source_id]
        else:
            self._by_id[source_id] = record
        self._index()
        self._save()
        self.changed()

    async def follow(self, js: JetStreamContext) -> None:
        """For ever, until cancelled. What the bucket does not hold any more goes once all of it was read; an empty
        bucket is one that was lost, and filled again by the desk within a minute."""
        bucket = await bus.ensure_cluster_bucket(js, subjects.INTAKE_SOURCES_BUCKET)
        last = (await bucket.status()).stream_info.state.last_seq
        seen: set[str] | None = set() if last else None
        async for source_id, payload, revision in bus.follow_bucket(js, subjects.INTAKE_SOURCES_BUCKET):
            self.take(source_id, payload)
            if seen is not None:
                seen.add(source_id)
                if revision >= last:
                    for gone in set(self._by_id) - seen:
                        self.put(gone, None)
                    seen = None

    def take(self, source_id: str, payload: bytes | None) -> None:
        """One that cannot be read changes nothing."""
        if not payload:
            self.put(source_id, None)
            return
        try:
            record = _record.decode(payload)
        except ValueError as error:
            log.error("intake source %s cannot be read and stays as it was: %s", source_id[:64], error)
            return
        if record.source_id == source_id:
            self.put(source_id, record)
        else:
            log.error("intake source under key %s is another one: ignored", source_id[:64])

    def _index(self) -> None:
        self._by_key = {record.key_hash: record for record in self._by_id.values() if record.key_hash}

    def _load(self) -> None:
        try:
            found = _records.decode(self._path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            log.error("intake sources as kept cannot be read: %s", error)
            return
        self._by_id = {record.source_id: record for record in found}
        self._index()

    def _save(self) -> None:
        """A kill leaves the old file or the new one."""
        new = self._path.with_suffix(".new")
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self.all()))
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._path)
        except OSError as error:
            log.error("intake sources hold until the next start only: %s", error.strerror)


class Allowance:
    """How many a source may still hand in: `per_minute` at once, refilled evenly."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}  # source id: how many, at which time of the loop

    def take(self, record: SourceRecord) -> int:
        """0: one is taken off; else the seconds after which there is one."""
        now_s = asyncio.get_running_loop().time()
        left, at_s = self._left.get(record.source_id, (float(record.per_minute), now_s))
        left = min(float(record.per_minute), left + (now_s - at_s) * record.per_minute / 60)
        if left < 1:
            self._left[record.source_id] = left, now_s
            return max(1, round((1 - left) * 60 / max(record.per_minute, 1) + 0.5))
        self._left[record.source_id] = left - 1, now_s
        return 0
