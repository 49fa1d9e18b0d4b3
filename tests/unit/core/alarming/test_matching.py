"""Which events a rule means; whatever a source sends, nothing raises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.alarming.matching import CameraFacts, Occurrence, compiled, of_types, sighting
from prahari.core.alarming.rule import Match

NOW = 1_767_225_600_000  # 2026-01-01T00:00Z, a Thursday
CAMERAS = {"c1": CameraFacts("up.kanpur.west", "police", "s1", "school", 26.45, 80.33)}


def event(type_: str = "vision.intrusion", subject: str = "camera:c1", **data: Any) -> Occurrence:
    return Occurrence("e1", type_, subject, data.pop("time_ms", NOW), NOW, data, "vision")


def meets(match: Match, one: Occurrence, offset: int = 330) -> bool:
    return of_types(match, one.type) and compiled(match, offset)(sighting(one, CAMERAS), one.data)


@pytest.mark.parametrize(
    ("types", "kind", "expected"),
    [
        (["vision.*"], "vision.fire", True),
        (["vision.*"], "visionary.fire", False),
        (["vision.fire"], "vision.firearm", False),
        ([], "anything", True),
        (["device.*", "vision.fire"], "vision.fire", True),
    ],
)
def test_types_and_families(types: list[str], kind: str, expected: bool) -> None:
    assert of_types(Match(types), kind) is expected


def test_what_is_known_of_the_camera_counts() -> None:
    assert meets(Match(jurisdictions=["up.kanpur"]), event())
    assert not meets(Match(jurisdictions=["up.kanpur.westend"]), event())
    assert meets(Match(owner_classes=["school"], agencies=["police"], cameras=["c1"], sources=["vision"]), event())
    assert not meets(Match(owner_classes=["bank"]), event())
    assert meets(Match(cameras=["c1"]), event("device.panic", "button-7", camera_id="c1"))
    assert not meets(Match(cameras=["c1"]), event("device.panic", "c1"))


@pytest.mark.parametrize(
    ("condition", "data", "expected"),
    [
        (("state", "==", "began"), {"state": "began"}, True),
        (("state", "==", "began"), {"state": 4}, False),
        (("n", "==", 1), {"n": True}, False),
        (("n", "!=", 1), {"n": 2}, True),
        (("n", "!=", 1), {}, False),
        (("parameters.level_pct", ">=", 80), {"parameters": {"level_pct": 80.0}}, True),
        (("parameters.level_pct", ">=", 80), {"parameters": {"level_pct": "81"}}, False),
        (("parameters.level_pct", ">=", 80), {"parameters": [1]}, False),
        (("kind", "in", ["covered", "turned"]), {"kind": "turned"}, True),
        (("kind", "in", "covered"), {"kind": "covered"}, False),
        (("text", "contains", "आग"), {"text": "बाज़ार में आग"}, True),
        (("tags", "contains", "a"), {"tags": ["a"]}, True),
        (("tags", "contains", "a"), {"tags": {"a": 1}}, False),
        (("tags", "like", "a"), {"tags": "a"}, False),
    ],
)
def test_conditions(condition: tuple[str, str, Any], data: dict[str, Any], expected: bool) -> None:
    assert meets(Match(where=[condition]), event(**data)) is expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
OPERATORS = ["==", "!=", "<", "<=", ">", ">=", "in", "contains"]


@given(st.dictionaries(st.sampled_from(["a", "b", "lat", "text", "confidence", "camera_id"]), JSON), JSON)
def test_nothing_that_json_allows_raises(data: dict[str, Any], value: Any) -> None:
    for operator in OPERATORS:
        for path in ("a", "a.b", "b.a.c"):
            assert meets(Match(where=[(path, operator, value)]), event(**data)) in (True, False)
    meets(Match(confidence_least=0.5), event(**data))


def test_hours_of_the_week_in_local_time() -> None:
    night = Match(hours=[(weekday, 22 * 60, 6 * 60) for weekday in range(7)])

    def at(text: str) -> Occurrence:
        moment = dt.datetime.fromisoformat(text + "+05:30")
        return event(time_ms=min(int(moment.timestamp() * 1000), NOW))

    assert meets(night, at("2025-12-30T23:00"))
    assert meets(night, at("2025-12-30T05:59"))
    assert not meets(night, at("2025-12-30T06:00"))
    sunday = Match(hours=[(6, 22 * 60, 2 * 60)])
    assert meets(sunday, at("2025-12-29T01:00")), "Monday at one belongs to Sunday's night"
    assert not meets(sunday, at("2025-12-28T01:00"))


@given(st.integers(-(10**12), NOW), st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440))
def test_hours_agree_with_the_calendar(time_ms: int, weekday: int, begins: int, ends: int) -> None:
    local = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=time_ms, minutes=330)
    minute, length = local.hour * 60 + local.minute, ends - begins if ends > begins else ends + 1440 - begins
    expected = any(
        (local - dt.timedelta(days=back)).weekday() == weekday and begins <= minute + back * 1440 < begins + length
        for back in (0, 1)
    )
    assert meets(Match(hours=[(weekday, begins, ends)]), event(time_ms=time_ms)) is expected


def test_a_clock_that_is_ahead_is_not_believed() -> None:
    ahead = sighting(event(time_ms=NOW + 3_600_000), CAMERAS)
    assert (ahead.time_ms, ahead.skewed, ahead.late) == (NOW, True, False)
    behind = sighting(event(time_ms=NOW - 3_600_000), CAMERAS)
    assert (behind.skewed, behind.late) == (False, True)
