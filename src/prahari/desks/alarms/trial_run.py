"""A version of a rule run over what has happened lately, and beside it the version in force: what would it have raised?

The same evaluator as the engine's, over the stored events of the rule's types in the order of their time, in the rule's
own area. A trial is a row; a task works on it (tasks.py), reports how far it is and looks whether it was called off.
Killed, it begins anew.
"""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import msgspec
import orjson
from django.db import connections
from django.db.models import Q

from prahari.contracts.clock import DAY_MS, local_day
from prahari.contracts.events import now_ms
from prahari.core.alarming.evaluate import Evaluator
from prahari.core.alarming.matching import CameraFacts, Occurrence
from prahari.core.alarming.rule import AlarmRule as Rule
from prahari.core.alarming.rule import RuleSet
from prahari.core.alarming.state import Alarm
from prahari.core.scope import Grant, Scope
from prahari.desks.alarms import laws, rule_bodies
from prahari.desks.alarms.choices import TrialState
from prahari.desks.alarms.models import AlarmRule, RuleTrial
from prahari.desks.common import rules
from prahari.desks.common.errors import text
from prahari.desks.common.scoping import restrict, scope_sql
from prahari.desks.registry.models import Camera

PULSE_MS = 60_000
"""A running trial that was silent for longer has lost its process."""
OPEN = (TrialState.QUEUED, TrialState.RUNNING)
SAMPLES = 20
REPORT_S = 0.5
SLICE_MS = 15 * 60_000
"""Events are asked for in stretches of this length: sorted quickly, so that calling off is noticed."""

BATCH = 2000
_READ = "trial.read"


def left_alone() -> Iterable[UUID]:
    """Trials that should run and on which nobody works."""
    silent = Q(pulse_ms__lt=now_ms() - PULSE_MS)
    return list(RuleTrial.objects.filter(silent, state__in=OPEN).values_list("id", flat=True))


def run(trial_id: UUID) -> None:
    """Until it is done or called off. What fails is told by the trial's state, and raised."""
    found = RuleTrial.objects.filter(id=trial_id, state__in=OPEN)
    if not found.update(state=TrialState.RUNNING, read=0, pulse_ms=now_ms()):
        return
    trial = RuleTrial.objects.select_related("rule").get(id=trial_id)
    try:
        result = _Run(trial).result()
    except Exception:
        found.update(state=TrialState.FAILED)
        raise
    if result is not None:
        found.update(state=TrialState.DONE, result=result, reached_ms=trial.to_ms)


class _Try:
    """One version over the events. Days are the city's own."""

    def __init__(self, rule: Rule, cameras: dict[str, CameraFacts]) -> None:
        self._evaluator = Evaluator(RuleSet([rule]), cameras)
        self.days: Counter[dt.date] = Counter()
        self.first: list[Alarm] = []

    def take(self, event: Occurrence) -> None:
        self._evaluator.take(event)

    def look(self, at_ms: int) -> None:
        for _, alarm, began in self._evaluator.due(at_ms, every_ms=0):
            if began:
                self.days[local_day(alarm.first_ms)] += 1
                if len(self.first) < SAMPLES:
                    self.first.append(alarm)

    def figures(self) -> dict[str, int]:
        return dict(msgspec.structs.asdict(self._evaluator.figures()))


class _Run:
    def __init__(self, trial: RuleTrial) -> None:
        self._trial = trial
        rule = trial.rule
        bodies = {one.number: one.body for one in rule.versions.all()}
        self._rule = rule_bodies.bounded(rule, trial.number, bodies[trial.number])
        self._area = _area(rule)
        cameras = _cameras(self._area)
        self._tried = _Try(self._rule, cameras)
        self._now: _Try | None = None
        known = [self._rule]
        if trial.in_force is not None:
            known.append(rule_bodies.bounded(rule, trial.in_force, bodies[trial.in_force]))
            self._now = _Try(known[1], cameras)
        self._types = sorted({kind for one in known for kind in _types(one)})
        self._read = 0

    def result(self) -> dict[str, Any] | None:
        """TrialResult; None: it was called off."""
        began_s = reported_s = time.monotonic()
        most = rules.value(laws.TRIAL_EVENTS_MOST)
        tries = [one for one in (self._tried, self._now) if one is not None]
        at_ms = self._trial.from_ms
        for at_ms, batch in self._batches():
            some = batch[: most - self._read]
            for event in some:
                for one in tries:
                    one.take(event)
            self._read += len(some)
            for one in tries:
                one.look(at_ms)
            if time.monotonic() - reported_s > REPORT_S:
                if not self._report(at_ms):
                    return None
                reported_s = time.monotonic()
            if len(some) < len(batch):
                break
        else:
            at_ms = self._trial.to_ms
        if not self._report(at_ms):
            return None
        return {
            "tried": self._tried.figures(),
            "now": self._now and self._now.figures(),
            "days": self._days(at_ms),
            "samples": [_sample(one, self._area) for one in self._tried.first],
            "cut": at_ms < self._trial.to_ms,
            "took_ms": round((time.monotonic() - began_s) * 1000),
        }

    def _report(self, reached_ms: int) -> bool:
        """Whether to go on."""
        still = RuleTrial.objects.filter(id=self._trial.id, state=TrialState.RUNNING)
        return bool(still.update(read=self._read, reached_ms=reached_ms, pulse_ms=now_ms()))

    def _batches(self) -> Iterator[tuple[int, list[Occurrence]]]:
        """(time reached, events) in the order of time, none empty of progress: a stretch without events is one too."""
        where, parameters = scope_sql(self._area, _READ, "jurisdiction", "agency")
        kinds = " OR ".join("type LIKE %s" if one.endswith(".*") else "type = %s" for one in self._types)
        sql = (
            "SELECT id, type, subject, time_ms, data, source, jurisdiction, agency FROM event"  # noqa: S608 - ours
            f" WHERE time_ms >= %s AND time_ms < %s AND day BETWEEN %s AND %s AND ({kinds}) AND {where}"
            " ORDER BY time_ms, id"
        )
        likes = [_like(one) for one in self._types]
        # A connection of its own: the reports must be seen while the cursor is open.
        with closing(connections.create_connection("default")) as reading:
            for from_ms in range(self._trial.from_ms, self._trial.to_ms, SLICE_MS):
                to_ms = min(from_ms + SLICE_MS, self._trial.to_ms)
                days = (_utc_day(from_ms), _utc_day(to_ms))
                reading.set_autocommit(False)
                with reading.chunked_cursor() as cursor:
                    cursor.execute(sql, [from_ms, to_ms, *days, *likes, *parameters])
                    while found := cursor.fetchmany(BATCH):
                        yield found[-1][3], [_occurrence(row) for row in found]
                reading.rollback()
                yield to_ms, []

    def _days(self, reached_ms: int) -> list[dict[str, Any]]:
        last = local_day(reached_ms)
        days = itertools.takewhile(
            lambda day: day <= last, (local_day(self._trial.from_ms + n * DAY_MS) for n in itertools.count())
        )
        return [
            {"day": day.isoformat(), "tried": self._tried.days[day], "now": self._now and self._now.days[day]}
            for day in days
        ]


def _types(rule: Rule) -> Iterable[str]:
    return itertools.chain(*(match.types for match in (rule.match, *rule.also, *rule.suppress)))


def _like(kind: str) -> str:
    return kind[:-1].replace("_", r"\_") + "%" if kind.endswith(".*") else kind


def _utc_day(time_ms: int) -> dt.date:
    return dt.datetime.fromtimestamp(time_ms / 1000, dt.UTC).date()


def _area(rule: AlarmRule) -> Scope:
    return Scope((Grant(rule.jurisdiction_path, rule.agency_code or None, frozenset({_READ})),))


def _cameras(area: Scope) -> dict[str, CameraFacts]:
    found = restrict(Camera.objects.all(), area, _READ, agency="agency_id")
    columns = ("id", "jurisdiction_path", "agency_id", "site_id", "owner_class__code", "lat", "lon")
    return {
        str(camera_id): CameraFacts(path, agency, str(site_id or ""), owner_class, lat, lon)
        for camera_id, path, agency, site_id, owner_class, lat, lon in found.values_list(*columns).iterator(BATCH)
    }


def _occurrence(row: tuple[Any, ...]) -> Occurrence:
    event_id, kind, subject, time_ms, data, source, jurisdiction, agency = row
    known = orjson.loads(data) if isinstance(data, str | bytes) else data
    fitting = known if isinstance(known, dict) else {}
    return Occurrence(str(event_id), kind, subject, time_ms, time_ms, fitting, source, jurisdiction, agency)


def _sample(alarm: Alarm, area: Scope) -> dict[str, Any]:
    """TrialSample."""
    found = restrict(Camera.objects.filter(id__in=alarm.cameras[:1]), area, _READ, agency="agency_id").first()
    camera = found and {"id": str(found.id), "reg_id": found.reg_id, "name": text(found.name_en, found.name_hi)}
    return {
        "first_ms": alarm.first_ms, "last_ms": alarm.last_ms, "count": alarm.count, "group_key": alarm.group_key,
        "jurisdiction": alarm.jurisdiction, "camera": camera, "flood": alarm.flood,
    }  # fmt: skip
