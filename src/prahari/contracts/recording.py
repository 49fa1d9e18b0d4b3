"""Recording on events, and the disks that recordings lie on: what desks and engine tell each other."""

from __future__ import annotations

import msgspec

from prahari.contracts.media import Reason

MOST_EVENT_S = 3600.0
"""Longest recording that one trigger asks for; whoever needs more triggers again."""


class TriggerRequest(msgspec.Struct, frozen=True):
    """Record now, because of this event (subject ``media.camera.{id}.trigger``).

    `event_id`: the asker's; the same id again only makes the recording longer. `why`: kind of event, shown with the
    recording. `at_ms`: when it happened, 0: now. `lasts_s`: how long it goes on after that.
    """

    event_id: str
    why: str
    at_ms: int = 0
    lasts_s: float = 0.0


class TriggerReply(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ok`: the event is kept and its stretch is being recorded; it goes on over a restart of the engine.

    `from_ms`: where the recording begins, with what was kept from before the event; `until_ms`: where it ends.
    """

    ok: bool
    reason: Reason = Reason.NONE
    detail: str = ""
    from_ms: int = 0
    until_ms: int = 0


class EventMark(msgspec.Struct, frozen=True):
    """Why a stretch was recorded. Kept in the catalogue and in the recorded files."""

    event_id: str
    why: str
    at_ms: int
    from_ms: int
    until_ms: int


class StorageSettings(msgspec.Struct, frozen=True):
    """Rules of the city for the disks.

    `class_share_pct`: disk class -> percent of the room for recordings that it may take; one that is not named has no
    limit of its own. When room is short, who is above its share gives first. `verify_mb_s`: how much each worker reads
    in the background, in millions of bytes a second, to find damaged files; 0: nothing.
    """

    class_share_pct: dict[str, float] = {}
    verify_mb_s: float = 4.0


class ConversionSettings(msgspec.Struct, frozen=True):
    """What conversions for browsers may cost each worker: how many at once, and percent of one core for all."""

    most: int = 2
    cpu_pct: float = 100.0


class DiskState(msgspec.Struct, frozen=True):
    """A recording disk as one worker sees it. `state`: ok, full, failed. `free_bytes` is what is free above nothing."""

    disk_id: str
    path: str
    state: str
    reason: Reason = Reason.NONE
    detail: str = ""
    since_ms: int = 0
    free_bytes: int = 0
    total_bytes: int = 0
    reserve_bytes: int = 0


class StorageState(msgspec.Struct, frozen=True):
    """What a worker's recordings take. `class_bytes`: by disk class; `class_share_pct`: what each may take."""

    worker: int = 0
    at_ms: int = 0
    disks: list[DiskState] = []
    recorded_bytes: int = 0
    class_bytes: dict[str, int] = {}
    class_share_pct: dict[str, float] = {}
    oldest_ms: int | None = None
    files: int = 0
    damaged_files: int = 0
    unchecked_files: int = 0
    oldest_check_ms: int | None = None
    conversions: int = 0
    conversions_most: int = 0
    conversion_cpu_pct: float = 0.0
    pre_roll_bytes: int = 0


class StorageEventData(msgspec.Struct, frozen=True, omit_defaults=True):
    """data of a camera.storage event. Of a disk: state ok, full, failed. Of a file: state damaged, with its camera as
    the event's subject and the stretch that is lost."""

    disk: str
    state: str
    reason: Reason = Reason.NONE
    detail: str = ""
    bytes: int = 0
    worker: int = 0
    path: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
