"""Figures of the alarm engine, from what it writes down each second."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from prometheus_client.metrics_core import Metric

from prahari.contracts.alarms import ALARM_ENGINE_STATE, AlarmEngineState
from prahari.runtime.metrics.families import counter, gauge


def collect(home: Path) -> Iterator[Metric]:
    """Nothing while it cannot be read."""
    try:
        state = msgspec.json.decode((home / ALARM_ENGINE_STATE).read_bytes(), type=AlarmEngineState)
    except (OSError, ValueError):
        return
    yield gauge("alarm_engine_age_seconds", "Since the alarm engine was last heard of", (),
                [((), max(0.0, time.time() - state.at_ms / 1000))])  # fmt: skip
    yield gauge("alarm_rules", "Rules in force at the alarm engine", (), [((), state.rules)])
    yield gauge("alarm_engine_batch", "Number of the last batch of the event log that it has read", (),
                [((), state.sequence)])  # fmt: skip
    yield counter("alarm_events", "Events that the alarm engine has read; met: by a rule", ("met",),
                  [(("yes",), state.met), (("no",), state.read - state.met)])  # fmt: skip
    yield counter("alarms_raised", "Alarms that began", (), [((), state.raised)])
    yield counter("alarms_told", "States of alarms told, with their growth", (), [((), state.told)])
