"""Whose turn it is, and that the budget holds."""

from __future__ import annotations

from collections import Counter

from prahari.engines.media.health.schedule import Schedule

AGAIN_S = 20.0


def run(schedule: Schedule, from_s: float, for_s: float, cpu_s: float = 0.03) -> Counter[str]:
    """Looks within a time that passes in quarters of a second."""
    looked: Counter[str] = Counter()
    for step in range(int(for_s * 4)):
        now_s = from_s + step / 4
        while (camera := schedule.next(now_s)) is not None:
            looked[camera] += 1
            schedule.looked(camera, now_s, cpu_s)
    return looked


def test_every_camera_has_its_turn_once_a_period() -> None:
    schedule = Schedule(0, 300, AGAIN_S, 5.0)
    for number in range(200):
        schedule.add(f"camera {number}", 0)
    looked = run(schedule, 0, 300)
    assert len(looked) >= 198 and max(looked.values()) <= 2
    assert len(run(schedule, 300, 330)) >= 198  # a tenth sooner or later, never at the same second of the minute


def test_the_first_looks_are_spread() -> None:
    schedule = Schedule(0, 300, AGAIN_S, 50.0)
    for number in range(200):
        schedule.add(f"camera {number}", 0)
    assert 3 < run(schedule, 0, 15).total() < 25


def test_the_budget_holds_and_nobody_is_forgotten() -> None:
    schedule = Schedule(0, 60, AGAIN_S, 1.0)
    for number in range(100):
        schedule.add(f"camera {number}", 0)
    looked = run(schedule, 0, 600, cpu_s=0.05)
    assert looked.total() * 0.05 <= 600 * 0.01 + 0.4
    assert len(looked) == 100 or max(looked.values()) - min(looked.values()) <= 1


def test_suspicion_comes_first() -> None:
    schedule = Schedule(0, 10, AGAIN_S, 0.5)
    for number in range(50):
        schedule.add(f"camera {number}", 0)
    run(schedule, 0, 30)
    schedule.add("late", 30)
    schedule.soon("late", 30)
    first: list[str] = []
    for step in range(400):
        now_s = 31 + step / 4
        if (camera := schedule.next(now_s)) is not None:
            first.append(camera)
            schedule.looked(camera, now_s, 0.03)
    assert first[0] == "late"


def test_a_camera_is_not_looked_at_again_and_again() -> None:
    schedule = Schedule(0, 300, AGAIN_S, 50.0)
    schedule.add("one", 0)
    looked = 0
    for step in range(400):
        now_s = step / 4
        schedule.soon("one", now_s)
        if schedule.next(now_s) is not None:
            looked += 1
            schedule.looked("one", now_s, 0.01)
    assert looked <= 100 / AGAIN_S + 1


def test_a_camera_that_left_is_not_looked_at() -> None:
    schedule = Schedule(0, 10, AGAIN_S, 50.0)
    schedule.add("one", 0)
    schedule.remove("one")
    schedule.soon("one", 0)
    assert run(schedule, 0, 60).total() == 0
    assert "one" not in schedule
