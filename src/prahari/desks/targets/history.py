"""The count of each day, stored at its end and never changed by what is edited later.

A day that was missed because the centre stood still is counted from the ladder when it is back. `rebuild` counts days
anew from the ladder, on purpose and with its audit entry: what people corrected in the ladder since then shows.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min, Q, Sum

from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.scoping import restrict, within
from prahari.desks.linking.models import CameraLinkage
from prahari.desks.targets import counts
from prahari.desks.targets.counts import Spec
from prahari.desks.targets.models import Snapshot, SnapshotDay

log = logging.getLogger(__name__)

BATCH = 2_000
FILLED_MOST = 60
"""Days stored by one run: what is left comes with the next one."""
BACK_MOST = 400
"""A new history begins at the most so many days back."""
ONE_DAY = dt.timedelta(days=1)
How = SnapshotDay.How


def keep_up(today: dt.date | None = None) -> list[dt.date]:
    """Store every day since the last stored one, up to yesterday. The days stored; may run twice at once."""
    today = today or local_day()
    last = SnapshotDay.objects.order_by("-day").values_list("day", flat=True).first()
    first = last + ONE_DAY if last else _beginning(today)
    days = [first + ONE_DAY * step for step in range(max(0, (today - first).days))][:FILLED_MOST]
    stored = [day for day in days if _store(day, How.KEPT if day == today - ONE_DAY else How.REBUILT)]
    if stored:
        log.info("counts stored of %d days, to %s", len(stored), stored[-1])
    return stored


def _beginning(today: dt.date) -> dt.date:
    """The day on which the first camera was verified: before it there is nothing to tell."""
    first_ms = CameraLinkage.objects.aggregate(first=Min("verified_ms"))["first"]
    return max(local_day(first_ms), today - ONE_DAY * BACK_MOST) if first_ms else today


def rebuild(*, actor: Actor, first: dt.date, last: dt.date, reason: str) -> int:
    """Count the days anew from the ladder, over what was stored. Days not over yet are left out. How many days."""
    last = min(last, local_day() - ONE_DAY)
    days = [first + ONE_DAY * step for step in range(max(0, (last - first).days + 1))]
    with action("target.rebuild_history", actor=actor, reason=reason) as act:
        SnapshotDay.objects.filter(day__in=days).delete()
        for day in days:
            _store(day, How.REBUILT)
        act.about("history of counts", f"{first}..{last}")
        act.details(days=len(days))
    return len(days)


def _store(day: dt.date, how: SnapshotDay.How) -> bool:
    """Store a day unless it is stored. Two processes at once: the second waits for the first, then finds it done."""
    with transaction.atomic():
        if not claim(day, how):
            return False
        with action("target.store_day", actor=system("targets")) as act:
            act.about("history of counts", str(day))
            act.details(how=how, cameras=write(day, from_ladder(day)))
    return True


def claim(day: dt.date, how: SnapshotDay.How) -> bool:
    """Make the row of a day; False when it is there."""
    try:
        with transaction.atomic():
            SnapshotDay.objects.create(day=day, how=how, stored_ms=now_ms())
    except IntegrityError:
        return False
    return True


Key = tuple[str, str, str, str]
"""Owner class, department, agency, path."""


def from_ladder(day: dt.date) -> dict[Key, int]:
    """What the ladder says was verified live at the end of a day."""
    found: dict[Key, int] = defaultdict(int)
    for cell in counts.cells(system("targets"), day):
        found[cell.owner_class, cell.department, cell.agency, cell.path] += cell.done
    return found


def write(day: dt.date, done: dict[Key, int]) -> int:
    """Store the counts of a claimed day. How many cameras in all."""
    Snapshot.objects.bulk_create(
        [
            Snapshot(
                day_id=day, owner_class=one, department=two, agency_code=agency, jurisdiction_path=path, done=number
            )
            for (one, two, agency, path), number in sorted(done.items())
            if number > 0
        ],
        batch_size=BATCH,
    )
    return sum(done.values())


# Reads.


def snapshots_in(actor: Actor, permission: str = counts.VIEW) -> Any:
    actor.require(permission)
    return restrict(Snapshot.objects.all(), actor.scope, permission)


def _of(spec: Spec) -> Q:
    """Snapshots that a spec holds; wards are not stored by day."""
    named: dict[str, Any] = {
        "owner_class": spec.owner_class, "department": spec.department, "agency_code": spec.agency,
    }  # fmt: skip
    return within(spec.area) & Q(**{name: value for name, value in named.items() if value is not None})


def stored_days(since: dt.date | None = None) -> list[dt.date]:
    found = SnapshotDay.objects.order_by("day")
    if since is not None:
        found = found.filter(day__gte=since)
    return list(found.values_list("day", flat=True))


def done_by_day(actor: Actor, spec: Spec, days: Sequence[dt.date]) -> dict[dt.date, int]:
    """Done at the end of each stored day of `days`; 0 where nothing was."""
    found = snapshots_in(actor).filter(_of(spec), day_id__in=days)
    sums = dict(found.values_list("day_id").annotate(sum=Sum("done")).order_by())
    return {day: int(sums.get(day, 0)) for day in days}


def done_by(actor: Actor, spec: Spec, key: str, days: Sequence[dt.date]) -> dict[str, dict[dt.date, int]]:
    """The same for each owner_class, department or jurisdiction_path."""
    found = snapshots_in(actor).filter(_of(spec), day_id__in=days)
    sums: dict[str, dict[dt.date, int]] = defaultdict(dict)
    for value, day, number in found.values_list(key, "day_id").annotate(sum=Sum("done")).order_by():
        sums[value][day] = int(number)
    return {value: {day: of_days.get(day, 0) for day in days} for value, of_days in sums.items()}


def demonstration_days(days: Iterable[dt.date]) -> bool:
    """Whether any of these days is made up."""
    return SnapshotDay.objects.filter(day__in=list(days), how=How.DEMO).exists()


def stored_done(spec: Spec, day: dt.date) -> int | None:
    """Done at the end of a stored day, for what is written into a target; None where it is not known by day. Not
    narrowed to anybody's scope."""
    if spec.ward is not None or not SnapshotDay.objects.filter(day=day).exists():
        return None
    return done_by_day(system("targets"), spec, [day])[day]


def of_everything(day: dt.date | None, *, by_ward: bool) -> list[counts.Cell]:
    """All counts, now or at the end of a day, from the ladder. Not narrowed to anybody's scope."""
    return counts.cells(system("targets"), day, by_ward=by_ward)
