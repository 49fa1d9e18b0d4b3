"""An alarm rule as a plain value: what the engine, the trial over last week and the editor share."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class Severity(StrEnum):
    """From what can wait to what cannot."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Name(msgspec.Struct, frozen=True):
    en: str
    hi: str


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which events are meant. Empty lists match all; everything given must hold.

    `types`: event types, "vision.*" for a family. `jurisdictions`: paths, with all below. `cameras`, `sources`,
    `subjects`: ids. `where`: conditions on `data`: [path with dots, one of == != < <= > >= in contains, value].
    `hours`: local stretches of the week (weekday 0 = Monday, from minute, to minute; an end at or before the start
    lies on the next day).
    """

    types: list[str] = []
    jurisdictions: list[str] = []
    agencies: list[str] = []
    owner_classes: list[str] = []
    cameras: list[str] = []
    sources: list[str] = []
    where: list[tuple[str, str, Any]] = []
    hours: list[tuple[int, int, int]] = []
    confidence_least: float | None = None


class GroupBy(StrEnum):
    """What makes two matches the same alarm."""

    EACH = "each"
    CAMERA = "camera"
    SUBJECT = "subject"
    SITE = "site"
    JURISDICTION = "jurisdiction"
    RULE = "rule"


class AlarmRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """One rule.

    `count` matches of the same `group_by` within `window_s` raise an alarm; more of them within `group_s` of the last
    one join it. `also`: correlation: within `window_s` each of these must be met too, by another camera (subject)
    when `also_elsewhere`, no farther than `also_within_m` where places are known. `suppress`: no alarm while one of
    these has been met within `suppress_s` (a door opened by its key). `assign_agency`, `assign_post`: whose it is;
    empty: the event's agency. `flood_per_minute`: above it the rule's alarms of an area are told as one. `test`:
    raises alarms that are marked as a test and wake nobody.
    """

    rule_id: str
    version: int
    name: Name
    severity: Severity
    match: Match
    count: int = 1
    window_s: int = 60
    group_by: GroupBy = GroupBy.CAMERA
    group_s: int = 120
    also: list[Match] = []
    also_elsewhere: bool = True
    also_within_m: float | None = None
    suppress: list[Match] = []
    suppress_s: int = 0
    flood_per_minute: int = 60
    assign_agency: str = ""
    assign_post: str = ""
    incident_kind: str = ""
    test: bool = False


class RuleSet(msgspec.Struct, frozen=True):
    """Every rule that is switched on. `utc_offset_minutes`: local time of `hours`. `sites`, `owner_classes`, `places`
    of cameras come with the plans.
    """

    rules: list[AlarmRule]
    utc_offset_minutes: int = 330
