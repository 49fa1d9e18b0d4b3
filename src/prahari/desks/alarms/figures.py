"""Numbers of alarms for charts, in the actor's scope. Tests count for nobody."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Max

from prahari.contracts.events import now_ms
from prahari.desks.alarms.models import Alarm
from prahari.desks.alarms.selectors import OPEN, alarms_in
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import text
from prahari.desks.common.figures import HOUR_MS, figures, hours, row

SEVERITIES = ("critical", "high", "medium", "low")
KINDS_MOST = 10


def by_hour(actor: Actor) -> dict[str, Any]:
    """ChartFigures: how many began in each of the last 24 hours, by severity."""
    starts = hours(now_ms())
    counts = {start: dict.fromkeys(SEVERITIES, 0) for start in starts}
    hour = ExpressionWrapper((F("first_ms") - starts[0]) / HOUR_MS, output_field=BigIntegerField())
    found = alarms_in(actor).filter(test=False, first_ms__gte=starts[0], first_ms__lt=starts[-1] + HOUR_MS)
    grouped = found.order_by().annotate(hour=hour).values_list("hour", "severity").annotate(count=Count("*"))
    for index, severity, count in grouped:
        counts[starts[index]][severity] += count
    rows = [row(str(start), list(counts[start].values()), at_ms=start) for start in starts]
    return figures(SEVERITIES, rows, sum(sum(one["values"]) for one in rows))


def by_kind(actor: Actor) -> dict[str, Any]:
    """ChartFigures: open ones by the rule that raised them, the ten most frequent, by severity."""
    found = alarms_in(actor).filter(OPEN, test=False).order_by()
    counts: dict[str, dict[str, int]] = {}
    for rule, severity, count in found.values_list("rule_id", "severity").annotate(count=Count("*")):
        counts.setdefault(rule, dict.fromkeys(SEVERITIES, 0))[severity] += count
    most = sorted(counts, key=lambda rule: (-sum(counts[rule].values()), rule))[:KINDS_MOST]
    # A rule may have had another name: it is called what its newest open alarm is.
    newest = found.filter(rule_id__in=most).values("rule_id").annotate(newest=Max("first_ms"))
    moments = {one["rule_id"]: one["newest"] for one in newest}
    named = Alarm.objects.filter(rule_id__in=most, first_ms__in=moments.values())
    names = {
        rule: text(en, hi)
        for rule, first_ms, en, hi in named.values_list("rule_id", "first_ms", "name_en", "name_hi")
        if moments[rule] == first_ms
    }
    rows = [row(rule, list(counts[rule].values()), name=names[rule]) for rule in most]
    return figures(SEVERITIES, rows, sum(sum(one.values()) for one in counts.values()))
