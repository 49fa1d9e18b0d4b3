"""The rules that a new centre starts with, asked by the engine's evaluator."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from prahari.contracts.events import now_ms
from prahari.core.alarming.evaluate import Evaluator
from prahari.core.alarming.matching import CameraFacts, Occurrence
from prahari.core.alarming.rule import RuleSet
from prahari.desks.alarms import rule_bodies, seeds

CAMERAS = {f"c{number}": CameraFacts("up.kanpur", "police", site_id="s1") for number in range(3)}


def raised(*told: tuple[str, str, dict[str, Any]]) -> list[tuple[str, int]]:
    """(rule's English name, count) of each alarm that these events (type, subject, data) raise."""
    rules = RuleSet([rule_bodies.as_rule(str(at), 1, body) for at, body in enumerate(seeds.RULES)])
    evaluator = Evaluator(msgspec.json.decode(msgspec.json.encode(rules), type=RuleSet), CAMERAS)
    now = now_ms()
    for number, (kind, subject, data) in enumerate(told):
        evaluator.take(Occurrence(f"e{number}", kind, subject, now, now, data, "", "up.kanpur", "police"))
    return [(one.rule.name.en, one.alarm.count) for one in evaluator.due(now)]


def health(kind: str, state: str = "began") -> dict[str, Any]:
    return {"kind": kind, "state": state, "start_ms": 1}


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        ("device.panic", {}, "Panic button"),
        ("erss.call", {"text": "Help"}, "112 call"),
        ("callbox.call", {}, "Emergency call box"),
        ("citizen.report", {}, "Citizen report"),
        ("device.fire_panel", {}, "Fire panel"),
        ("device.flood_level", {"parameters": {"level_pct": 80}}, "Flood level high"),
        ("public.alert", {"severity": "critical"}, "Public alert, severe or extreme"),
        ("vision.fire", {"confidence": 0.5}, "Fire or smoke seen"),
        ("camera.health", health("tampered"), "Camera covered or turned"),
    ],
)
def test_what_each_is_for(kind: str, data: dict[str, Any], name: str) -> None:
    assert raised((kind, "c0", data)) == [(name, 1)]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("device.flood_level", {"parameters": {"level_pct": 79.9}}),
        ("device.flood_level", {}),
        ("public.alert", {"severity": "medium"}),
        ("vision.fire", {"confidence": 0.4}),
        ("camera.health", health("tampered", "ended")),
        ("camera.health", health("offline")),
    ],
)
def test_what_is_none(kind: str, data: dict[str, Any]) -> None:
    assert raised((kind, "c0", data)) == []


def test_three_cameras_of_a_site_are_an_outage() -> None:
    outage = [("camera.health", camera, health("offline")) for camera in CAMERAS]
    assert raised(*outage) == [("Several cameras of a site offline", 3)]
