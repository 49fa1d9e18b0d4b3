"""Pace and forecast: by hand, as rules that always hold, and against histories whose future is known."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prahari.core.pace import (
    HORIZON_DAYS,
    Calendar,
    Forecast,
    Pace,
    State,
    band,
    forecast,
    needed,
    net_days,
    pace_of,
)

MONDAY = dt.date(2026, 11, 23)
SUNDAYS = Calendar()
dates = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))


def walked(calendar: Calendar, after: dt.date, until: dt.date) -> int:
    return sum(calendar.works(after + dt.timedelta(days=step)) for step in range(1, (until - after).days + 1))


@given(dates, st.integers(-20, 400), st.sets(dates, max_size=5), st.sets(st.integers(0, 6), max_size=6))
def test_working_days_are_those_one_would_count_on_the_fingers(
    after: dt.date, days: int, holidays: set[dt.date], off: set[int]
) -> None:
    near = {after + dt.timedelta(days=day.toordinal() % 300) for day in holidays}
    calendar = Calendar(frozenset(near), frozenset(off))
    until = after + dt.timedelta(days=days)
    assert calendar.between(after, until) == walked(calendar, after, until)


@given(dates, st.integers(1, 500), st.sets(dates, max_size=5))
def test_the_nth_working_day_is_worked_and_is_the_nth(after: dt.date, n: int, holidays: set[dt.date]) -> None:
    calendar = Calendar(frozenset({after + dt.timedelta(days=day.toordinal() % 300) for day in holidays}))
    day = calendar.later(after, n)
    assert calendar.works(day)
    assert calendar.between(after, day) == n


def test_a_week_without_a_working_day_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="worked"):
        Calendar(weekly_off=frozenset(range(7)))


def test_what_each_day_added_comes_from_the_counts_at_their_ends() -> None:
    done = {MONDAY: 10, MONDAY + dt.timedelta(days=1): 14, MONDAY + dt.timedelta(days=3): 13}
    assert net_days(done, MONDAY + dt.timedelta(days=1), MONDAY + dt.timedelta(days=4)) == [4, 0, -1, 0]
    assert net_days(done, MONDAY, MONDAY) == [0], "nothing is known before the first count"
    assert net_days({}, MONDAY, MONDAY) == [0]


def test_the_pace_is_the_median_of_the_weeks_whatever_one_of_them_did() -> None:
    usual = [6, 6, 6, 6, 6, 6, 0]
    bulk = [6, 600, 6, 6, 6, 6, 0]
    sunday = MONDAY - dt.timedelta(days=1)
    pace = pace_of(usual * 2 + bulk + usual * 2, sunday, SUNDAYS)
    assert pace is not None
    assert (pace.rate, pace.weeks, pace.week_days) == (6, 5, 6)
    assert pace.spread > 40, "the bulk week is seen in the spread"


def test_a_holiday_makes_the_week_shorter_not_the_pace_slower() -> None:
    sunday = MONDAY - dt.timedelta(days=1)
    calendar = Calendar(frozenset({sunday - dt.timedelta(days=2)}))
    week = [10, 10, 10, 10, 0, 10, 0]
    pace = pace_of([*[10, 10, 10, 10, 10, 10, 0], *week], sunday, calendar)
    assert pace is not None
    assert pace.rate == 10


def test_less_than_two_weeks_say_nothing() -> None:
    assert pace_of([5] * 13, MONDAY, SUNDAYS) is None
    assert pace_of([], MONDAY, SUNDAYS) is None
    assert forecast(100, None, MONDAY, SUNDAYS) == Forecast(State.TOO_LITTLE)


def test_honest_when_the_pace_stands_still_or_falls() -> None:
    for rate in (0.0, -2.0):
        assert forecast(100, Pace(rate, 1, 4, 6), MONDAY, SUNDAYS).state is State.STANDING
    assert forecast(100, Pace(0.001, 1, 4, 6), MONDAY, SUNDAYS).state is State.FAR
    assert forecast(0, Pace(-1, 1, 4, 6), MONDAY, SUNDAYS).state is State.REACHED


def test_needed_pace_by_hand() -> None:
    # Tuesday 24 to Saturday 28 November: five working days.
    assert needed(2_860, MONDAY, dt.date(2026, 11, 28), SUNDAYS) == 572
    assert needed(2_860, MONDAY, dt.date(2026, 11, 29), SUNDAYS) == 572, "a Sunday adds nothing"
    assert needed(2_860, MONDAY, MONDAY, SUNDAYS) is None
    assert needed(0, MONDAY, MONDAY, SUNDAYS) == 0


def test_a_forecast_by_hand() -> None:
    found = forecast(60, Pace(10, 0.5, 8, 6), MONDAY, SUNDAYS)
    assert found.on == dt.date(2026, 11, 30), "six working days after Monday the 23rd"
    assert found.early is not None and found.late is not None and found.on is not None
    assert found.early < found.on < found.late


paces = st.builds(
    Pace,
    st.floats(0.05, 500),
    st.floats(0, 300),
    st.integers(2, 8),
    st.floats(1, 7),
)


@given(paces, st.integers(1, 50_000), dates)
def test_early_is_not_after_the_middle_nor_that_after_late(pace: Pace, gap: int, after: dt.date) -> None:
    found = forecast(gap, pace, after, SUNDAYS)
    if found.state is State.FORECAST:
        assert found.early is not None and found.on is not None
        assert after < found.early <= found.on
        assert found.late is None or found.on <= found.late
    else:
        assert found.state is State.FAR
        assert gap / pace.rate > HORIZON_DAYS


@given(paces, st.integers(1, 5_000), st.integers(1, 500))
def test_more_to_do_is_never_sooner(pace: Pace, gap: int, more: int) -> None:
    one, two = (forecast(each, pace, MONDAY, SUNDAYS) for each in (gap, gap + more))
    if two.state is State.FORECAST:
        for earlier, later in ((one.on, two.on), (one.early, two.early), (one.late, two.late)):
            assert later is None or (earlier is not None and earlier <= later)


@given(paces, st.integers(1, 5_000), st.floats(1.01, 5))
def test_a_faster_pace_is_never_later(pace: Pace, gap: int, times: float) -> None:
    faster = Pace(pace.rate * times, pace.spread * times, pace.weeks, pace.week_days)
    slow, fast = forecast(gap, pace, MONDAY, SUNDAYS), forecast(gap, faster, MONDAY, SUNDAYS)
    if slow.state is State.FORECAST:
        assert fast.on is not None and slow.on is not None and fast.on <= slow.on


@given(st.integers(1, 50_000), st.integers(1, 400), st.integers(1, 400))
def test_less_time_needs_more_a_day(gap: int, days: int, more: int) -> None:
    sooner = needed(gap, MONDAY, MONDAY + dt.timedelta(days=days), SUNDAYS)
    later = needed(gap, MONDAY, MONDAY + dt.timedelta(days=days + more), SUNDAYS)
    assert sooner is not None and later is not None and later <= sooner


@given(paces)
def test_the_band_opens_and_holds_its_middle(pace: Pace) -> None:
    found = band(pace, range(0, 60, 10))
    assert found[0].low == found[0].high == 0
    widths = [one.high - one.low for one in found]
    assert widths == sorted(widths)
    assert all(one.low <= one.middle <= one.high for one in found)


def _history(chance: random.Random, rate: float, shape: float, start: dt.date) -> Iterator[int]:
    """Negative binomial weekday counts (a gamma's worth of Poisson events), none on Sundays, now and then one lost."""
    for step in itertools.count():
        if not SUNDAYS.works(start + dt.timedelta(days=step)):
            yield 0
            continue
        mean = chance.gammavariate(shape, rate / shape)
        count, clock = 0, chance.expovariate(1)
        while clock < mean:
            count, clock = count + 1, clock + chance.expovariate(1)
        yield count - (1 if chance.random() < 0.1 else 0)


@pytest.mark.parametrize(("weeks", "shape"), [(3, 2.0), (5, 1.0), (8, 5.0)])
def test_the_range_holds_the_truth_at_least_eight_times_in_ten(weeks: int, shape: float) -> None:
    chance = random.Random(weeks)
    held = tried = late_open = 0
    for _ in range(300):
        rate = chance.uniform(3, 50)
        days = weeks * 7
        start = MONDAY - dt.timedelta(days=days - 1)
        life = _history(chance, rate, shape, start)
        pace = pace_of(list(itertools.islice(life, days)), MONDAY, SUNDAYS)
        gap = int(rate * chance.uniform(10, 100))
        found = forecast(gap, pace, MONDAY, SUNDAYS)
        total, reached = 0, MONDAY
        while total < gap:
            total += next(life)
            reached += dt.timedelta(days=1)
        tried += 1
        late_open += found.late is None
        held += found.early is not None and found.early <= reached and (found.late is None or reached <= found.late)
    assert held / tried >= 0.8, held / tried
    assert late_open / tried <= 0.2, "an open end would hold everything"
