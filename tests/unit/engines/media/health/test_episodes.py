"""The flap filter; and that a killed engine neither forgets an episode nor begins it twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from prahari.contracts.health import CameraHealthData, HealthKind, HealthLimit
from prahari.engines.media.health.episodes import Episodes, Observation

LIMIT = HealthLimit(50, 30, 20)
KIND = HealthKind.COVERED


class Told:
    def __init__(self) -> None:
        self.events: dict[str, tuple[str, CameraHealthData]] = {}
        self.calls = 0

    def __call__(self, event_id: str, camera_id: str, data: CameraHealthData) -> None:
        self.calls += 1
        self.events[event_id] = (camera_id, data)

    @property
    def states(self) -> list[tuple[str, int, int | None]]:
        return [(data.state, data.start_ms, data.end_ms) for _, data in self.events.values()]


def observe(episodes: Episodes, value: float, at_s: float, cause: str = "") -> None:
    episodes.observe("c", KIND, Observation(value, cause), LIMIT, int(at_s * 1000))


def test_a_kind_begins_after_its_time_and_from_its_first_sign(tmp_path: Path) -> None:
    told = Told()
    episodes = Episodes(tmp_path / "open.json", told)
    for at_s in (10, 20, 30, 39):
        observe(episodes, 80, at_s)
    assert told.states == []
    assert episodes.is_doubtful("c", KIND)
    observe(episodes, 80, 41)
    assert told.states == [("began", 10_000, None)]
    observe(episodes, 90, 60)
    assert told.calls == 1


def test_it_ends_after_its_time_and_from_the_first_sign_of_being_well(tmp_path: Path) -> None:
    told = Told()
    episodes = Episodes(tmp_path / "open.json", told)
    observe(episodes, 80, 0)
    observe(episodes, 95, 31)
    observe(episodes, 97, 40)
    for at_s in (50, 60, 71):
        observe(episodes, 10, at_s)
    assert told.states == [("began", 0, None), ("ended", 0, 50_000)]
    assert [data.value for _, data in told.events.values()] == [95, 97]
    assert episodes.of("c") == {}


def test_what_flaps_neither_begins_nor_ends(tmp_path: Path) -> None:
    told = Told()
    episodes = Episodes(tmp_path / "open.json", told)
    for at_s in range(0, 600, 10):
        observe(episodes, 80 if at_s % 20 else 10, at_s)
    assert told.states == []
    observe(episodes, 80, 600)
    observe(episodes, 80, 640)
    for at_s in range(650, 1200, 10):
        observe(episodes, 80 if at_s % 20 else 10, at_s)
    assert told.states == [("began", 590_000, None)]


def test_a_killed_engine_goes_on_where_it_was(tmp_path: Path) -> None:
    told = Told()
    first = Episodes(tmp_path / "open.json", told)
    observe(first, 80, 0)
    observe(first, 80, 31)
    second = Episodes(tmp_path / "open.json", told)  # nothing of the first is left but its file
    second.tell_again()
    assert told.calls == 2 and len(told.events) == 1
    observe(second, 80, 100)
    observe(second, 80, 140)
    assert told.calls == 2
    observe(second, 10, 150)
    observe(second, 10, 171)
    assert told.states[-1] == ("ended", 0, 150_000)
    assert Episodes(tmp_path / "open.json", told).cameras() == []


def test_what_cannot_be_kept_is_not_told_until_it_can(tmp_path: Path) -> None:
    told = Told()
    folder = tmp_path / "gone"
    episodes = Episodes(folder / "open.json", told)
    observe(episodes, 80, 0)
    with pytest.raises(OSError):
        observe(episodes, 80, 31)
    assert told.calls == 0 and episodes.of("c") == {}
    folder.mkdir()
    observe(episodes, 80, 33)
    assert told.states == [("began", 0, None)]


def test_a_file_that_cannot_be_read_is_no_end(tmp_path: Path) -> None:
    (tmp_path / "open.json").write_bytes(b"{broken")
    assert Episodes(tmp_path / "open.json", Told()).cameras() == []


def test_a_camera_that_leaves_takes_its_episodes_along(tmp_path: Path) -> None:
    told = Told()
    episodes = Episodes(tmp_path / "open.json", told)
    observe(episodes, 80, 0)
    observe(episodes, 80, 31)
    episodes.end_all("c", 60_000, "retired")
    assert told.states[-1] == ("ended", 0, 60_000)
    assert next(reversed(told.events.values()))[1].cause == "retired"
