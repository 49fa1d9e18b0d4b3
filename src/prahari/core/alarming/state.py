"""What an evaluator remembers: plain values, so that all of it can be written down and taken up again."""

from __future__ import annotations

import msgspec

from prahari.core.alarming.matching import Sighting

EVENTS_TOLD = 10
CAMERAS_TOLD = 20
_REVISION_MOST = 2**31 - 1


class Alarm(msgspec.Struct):
    """An alarm as it stands. `touched_ms`: when the log had the event that joined last. `told`: the count told last."""

    id: str
    group_key: str
    type: str
    jurisdiction: str
    agency: str
    first_ms: int
    last_ms: int
    site_id: str
    flood: bool = False
    test: bool = False
    count: int = 0
    touched_ms: int = 0
    told: int = 0
    told_ms: int = 0
    lat: float | None = None
    lon: float | None = None
    text: str = ""
    late: bool = False
    skewed: bool = False
    cameras: list[str] = []
    events: list[str] = []

    @property
    def revision(self) -> int:
        """Every change adds to the count, and whoever reads the same events again counts the same: so the count is the
        revision, and one who was killed and reads again tells nothing under a number that meant something else."""
        return min(self.count, _REVISION_MOST)

    def add(self, seen: Sighting) -> None:
        self.count += 1
        self.touched_ms = max(self.touched_ms, seen.arrived_ms)
        self.first_ms = min(self.first_ms, seen.time_ms)
        self.last_ms = max(self.last_ms, seen.time_ms)
        self.late |= seen.late
        self.skewed |= seen.skewed
        self.text = self.text or seen.text
        if self.lat is None:
            self.lat, self.lon = seen.lat, seen.lon
        self.mention(seen)

    def mention(self, seen: Sighting) -> None:
        """Name an event and its camera without counting it: a correlated one."""
        if len(self.events) < EVENTS_TOLD:
            self.events.append(seen.id)
        if seen.camera_id and len(self.cameras) < CAMERAS_TOLD and seen.camera_id not in self.cameras:
            self.cameras.append(seen.camera_id)


class Group(msgspec.Struct):
    """What may become one alarm. `pending`: met, not yet enough, by time. `alarms`: ids of those still open, oldest
    first; more than one where events come late."""

    touched_ms: int
    pending: list[Sighting] = []
    alarms: list[str] = []


class Area(msgspec.Struct):
    """How many alarms of a rule began lately in an area, and the one that stands for too many."""

    began_ms: list[int] = []
    flood: str = ""


class RuleState(msgspec.Struct):
    """Of one version of a rule. `also`: what was met of each of its correlations. `suppressed`: by group key, when."""

    groups: dict[str, Group] = {}
    alarms: dict[str, Alarm] = {}
    areas: dict[str, Area] = {}
    also: list[list[Sighting]] = []
    suppressed: dict[str, list[int]] = {}


class State(msgspec.Struct):
    """Everything. `rules`: by rule id and version. `seen`, `seen_before`: ids of events that were met."""

    rules: dict[str, RuleState] = {}
    seen: set[str] = set()
    seen_before: set[str] = set()
    turned_ms: int = 0
