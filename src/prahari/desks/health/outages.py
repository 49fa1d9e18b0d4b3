"""One router down is one row: cameras of a place that went down within a short time of one another are one outage.

A place is a site, or premises without one. When all that is down there hangs on one recorder, it is the recorder's
outage; a recorder whose cameras stand at several places makes one row of them all.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

_NAMES = UUID("0b8f0c9e-2f7a-4a65-9d5c-5f7cf0b3a001")


@dataclass(frozen=True, slots=True)
class Down:
    """An episode without pictures, of a camera at a place. `device`: its recorder, if it shares one with others."""

    episode_id: UUID
    camera_id: UUID
    place: str
    start_ms: int
    end_ms: int | None
    cause: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """Ends when all are back. Its id follows from place and first episode: it stays while later ones join."""

    id: UUID
    place: str
    start_ms: int
    end_ms: int | None
    episodes: tuple[Down, ...]

    @property
    def cameras(self) -> int:
        return len({one.camera_id for one in self.episodes})

    @property
    def still_down(self) -> int:
        return len({one.camera_id for one in self.episodes if one.end_ms is None})

    @property
    def device(self) -> str:
        """The recorder on which all of them hang; empty: there is no such."""
        devices = {one.device for one in self.episodes}
        return devices.pop() if len(devices) == 1 else ""

    @property
    def cause(self) -> str:
        """What most of them tell."""
        causes = [one.cause for one in self.episodes if one.cause]
        return max(sorted(set(causes)), key=causes.count) if causes else ""


def by_place_and_device(downs: Iterable[Down], window_ms: int) -> list[Outage]:
    """Outages of places, and of recorders among what is left."""
    outages, alone = grouped(downs, window_ms)
    of_devices, _ = grouped([replace(one, place=f"device:{one.device}") for one in alone if one.device], window_ms)
    return outages + of_devices


def grouped(downs: Iterable[Down], window_ms: int, least: int = 2) -> tuple[list[Outage], list[Down]]:
    """(outages of at least `least` cameras, episodes that stand alone).

    An episode belongs to an outage when it began no later than `window_ms` after the one before it at that place, and
    before all the others were back.
    """
    by_place: dict[str, list[Down]] = defaultdict(list)
    for one in downs:
        by_place[one.place].append(one)
    outages: list[Outage] = []
    alone: list[Down] = []
    for place, found in by_place.items():
        found.sort(key=lambda one: (one.start_ms, str(one.episode_id)))
        group: list[Down] = []
        for one in [*found, None]:
            if one is not None and (not group or _belongs(one, group, window_ms)):
                group.append(one)
                continue
            if len({member.camera_id for member in group}) >= least:
                outages.append(_outage(place, group))
            else:
                alone += group
            group = [one] if one is not None else []
    return outages, alone


def _belongs(one: Down, group: Sequence[Down], window_ms: int) -> bool:
    if one.start_ms - group[-1].start_ms > window_ms:
        return False
    return any(member.end_ms is None or member.end_ms >= one.start_ms for member in group)


def _outage(place: str, group: Sequence[Down]) -> Outage:
    ends = [one.end_ms for one in group]
    end_ms = None if None in ends else max(end for end in ends if end is not None)
    return Outage(uuid.uuid5(_NAMES, f"{place}/{group[0].episode_id}"), place, group[0].start_ms, end_ms, tuple(group))
