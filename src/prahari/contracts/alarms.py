"""What the alarm engine tells. Times are Unix milliseconds, UTC."""

from __future__ import annotations

import msgspec

from prahari.core.alarming.rule import GroupBy, Name, Severity


class AlarmData(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole state of an alarm as the engine knows it; the event's subject is its id. `revision` grows with each
    telling.

    `events`: ids of the first ten that made it. `cameras`: the first twenty. `flood`: stands for many of one rule and
    area.
    """

    revision: int
    rule_id: str
    rule_version: int
    name: Name
    severity: Severity
    type: str
    first_ms: int
    last_ms: int
    count: int
    group_by: GroupBy
    group_key: str
    cameras: list[str] = []
    events: list[str] = []
    lat: float | None = None
    lon: float | None = None
    text: str = ""
    site_id: str = ""
    assign_post: str = ""
    incident_kind: str = ""
    late: bool = False
    skewed: bool = False
    flood: bool = False
    test: bool = False


class AlarmEngineState(msgspec.Struct):
    """How the engine is, each second in ALARM_ENGINE_STATE. `sequence`: the last batch of the event log that it has
    read. Since it started: `read` events, of them `met` by a rule; alarms `raised`, and `told` with their growth.
    """

    at_ms: int = 0
    sequence: int = 0
    rules: int = 0
    cameras: int = 0
    read: int = 0
    met: int = 0
    raised: int = 0
    told: int = 0
    waits_for_rules: bool = True


ALARM_ENGINE_STATE = "alarms/state.json"
"""In the home."""
