"""What a worker says that it can serve, by what it measured."""

from __future__ import annotations

import dataclasses

import pytest

from prahari.contracts.config import Config
from prahari.engines.media.lease import worth
from prahari.engines.media.lease.worth import MOST_OPEN, Worth


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now_s = self.used_s = 0.0
        monkeypatch.setattr(worth.time, "monotonic", lambda: self.now_s)
        monkeypatch.setattr(worth.time, "process_time", lambda: self.used_s)

    def pass_(self, seconds: float, cpu_pct: float) -> None:
        self.now_s += seconds
        self.used_s += seconds * cpu_pct / 100


@pytest.mark.parametrize(
    ("cameras", "opened", "cpu_pct", "can"),
    [
        (100, 100, 30.0, 250),  # 75 % of a core
        (100, 100, 5.0, MOST_OPEN),  # streams, not the processor
        (1500, 12, 8.0, 3000),  # hardly any is open: twice what it has
        (10, 10, 50.0, 200),  # too few to judge by
        (300, 300, 90.0, 250),  # more than it should have
    ],
)
def test_by_what_its_cameras_cost(
    config: Config, monkeypatch: pytest.MonkeyPatch, cameras: int, opened: int, cpu_pct: float, can: int
) -> None:
    clock = Clock(monkeypatch)
    one = Worth(dataclasses.replace(config, worker_capacity=200), 0, lambda: cameras, lambda: opened, lambda: 0.0)
    assert one.told().capacity == max(200, cameras)  # not known yet: what it has it can serve
    for _ in range(3):
        clock.pass_(10.1, cpu_pct)
        told = one.told()
    assert told.capacity == can and told.cpu_pct == cpu_pct
