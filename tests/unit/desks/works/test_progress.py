"""Planned, done, lost days, forecast: pure reckoning."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core import pace
from prahari.desks.works import progress
from prahari.desks.works.progress import Plan, State

D0 = dt.date(2026, 1, 1)
DAY = dt.timedelta(days=1)
PLAN = Plan(D0, D0 + 99 * DAY, 100.0)
EVERY_DAY = pace.Calendar(weekly_off=frozenset())
days = st.integers(0, 400).map(lambda number: D0 + number * DAY)
spans = st.builds(lambda first, lasts: (first, None if lasts < 0 else first + lasts * DAY), days, st.integers(-1, 200))


def test_planned_share_is_even_from_the_first_day_to_the_last() -> None:
    assert progress.planned_share(PLAN, D0 - DAY) == 0
    assert progress.planned_share(PLAN, D0) == pytest.approx(0.01)
    assert progress.planned_share(PLAN, D0 + 49 * DAY) == pytest.approx(0.5)
    assert progress.planned_share(PLAN, D0 + 99 * DAY) == 1
    assert progress.planned_share(PLAN, D0 + 500 * DAY) == 1
    assert progress.planned_share(Plan(D0, D0, 1), D0) == 1


@pytest.mark.parametrize(
    ("done", "day", "state"),
    [
        (0, -1, State.NOT_STARTED),
        (0, 3, State.ON_TRACK),  # three parts in a hundred are due: within the ups and downs
        (0, 10, State.BEHIND),
        (46, 50, State.ON_TRACK),
        (44, 50, State.BEHIND),
        (99.9, 99, State.ON_TRACK),  # its last day
        (99.9, 100, State.LATE),
        (100, 400, State.DONE),
        (5, -10, State.ON_TRACK),  # begun early
    ],
)
def test_states(done: float, day: int, state: State) -> None:
    assert progress.state_of(PLAN, done, D0 + day * DAY) == state


@given(st.lists(spans, max_size=8), days)
def test_lost_days_are_the_days_covered(delays: list[tuple[dt.date, dt.date | None]], today: dt.date) -> None:
    covered = {
        first + step * DAY
        for first, last in delays
        for step in range(max(0, (min(last or today, today) - first).days + 1))
    }
    assert progress.days_lost(delays, today) == len(covered)


def test_a_steady_pace_ends_when_it_should() -> None:
    today = D0 + 50 * DAY
    steady = {D0 + step * DAY: 1.0 for step in range(50)}
    found = progress.forecast(PLAN, steady, today, EVERY_DAY)
    assert found.on == D0 + 99 * DAY
    assert found.early is not None
    assert found.early <= found.on


def test_a_monsoon_moves_the_forecast_and_a_standstill_has_none() -> None:
    today = D0 + 56 * DAY
    until_rain = {D0 + step * DAY: 1.0 for step in range(21)}
    assert progress.forecast(PLAN, until_rain, today, EVERY_DAY).state == pace.State.STANDING
    after_rain = until_rain | {D0 + step * DAY: 1.0 for step in range(42, 56)}
    found = progress.forecast(PLAN, after_rain, today, EVERY_DAY)
    assert found.on is not None
    assert found.on > D0 + 99 * DAY


def test_no_forecast_without_history_and_none_needed_when_done() -> None:
    assert progress.forecast(PLAN, {}, D0, EVERY_DAY).state == pace.State.TOO_LITTLE
    assert progress.forecast(PLAN, {D0: 1.0}, D0 + 5 * DAY, EVERY_DAY).state == pace.State.TOO_LITTLE
    assert progress.forecast(PLAN, {D0: 100.0}, D0 + 5 * DAY, EVERY_DAY).state == pace.State.REACHED


@given(
    st.dictionaries(days, st.floats(0.001, 50), max_size=30), days, st.integers(0, 300), st.integers(0, 300),
    st.integers(0, 300),
)  # fmt: skip
def test_the_curve_holds_what_was_done(
    by_day: dict[dt.date, float], today: dt.date, start: int, length: int, moved: int
) -> None:
    by_day = {day: done for day, done in by_day.items() if day <= today}
    baseline = Plan(D0 + start * DAY, D0 + (start + length) * DAY, 80.0)
    plan = Plan(D0 + start * DAY, D0 + (start + length + moved) * DAY, 100.0)
    points = progress.curve(baseline, plan, by_day, today)
    assert [point.day for point in points] == sorted({point.day for point in points})
    assert len(points) <= progress.POINTS_MOST + 8
    assert points[-1].planned == 1
    assert points[-1].baseline == 1
    told = [point.done for point in points if point.done is not None]
    assert told == sorted(told)
    assert all(point.done is None for point in points if point.day > today)
    if any(point.day == today for point in points):
        assert told[-1] == pytest.approx(sum(by_day.values()) / 100.0)
    else:
        assert today < points[0].day


def test_earned_value() -> None:
    found = progress.earned([(1000, 0.5, 0.4, 450), (1000, 1.0, 1.2, 990)])
    assert (found.budget, found.planned, found.earned, found.spent) == (2000, 1500, 1400, 1440)
