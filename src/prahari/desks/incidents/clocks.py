"""The clocks of an incident: how they start, are met, stopped, set anew; and in which state one is.

An action changes them while it holds the incident's row, and so does the sweep (escalation.py): never both at once.
"""

from __future__ import annotations

from typing import Any

from prahari.contracts.clock import local_day
from prahari.desks.common import rules
from prahari.desks.incidents.choices import Clock
from prahari.desks.incidents.models import NEVER_MS, ClockRun, Incident, IncidentKind, KindClocks
from prahari.desks.incidents.rules import WARN_PCT

Limits = dict[str, int | None]


def limits_in_force(kind: IncidentKind, at_ms: int) -> dict[str, Limits]:
    """{severity: {clock: seconds or None}} of the newest row in force on that day."""
    rows = KindClocks.objects.filter(kind=kind, valid_from__lte=local_day(at_ms)).order_by("-valid_from")
    return rows.values_list("limits", flat=True).first() or {}


def start(incident: Incident, at_ms: int) -> None:
    """The clocks of a round begin."""
    limits = limits_in_force(incident.kind, at_ms).get(incident.severity, {})
    for clock in Clock.values:
        limit_s = limits.get(clock)
        if limit_s is not None:
            run = ClockRun(incident=incident, round=incident.round, clock=clock, starts_ms=at_ms)
            _set_due(run, limit_s)
            run.save(force_insert=True)
    refresh(incident)


def meet(incident: Incident, clock: str, at_ms: int) -> None:
    """It happened; nothing changes for a clock that has ended already, or never ran."""
    for run in _running(incident).filter(clock=clock):
        run.met_ms, run.next_ms = at_ms, NEVER_MS
        run.save(update_fields=["met_ms", "next_ms"])
    refresh(incident)


def stop(incident: Incident, at_ms: int) -> None:
    """What has not been met will not be any more: neither kept nor, unless it ran out before, missed."""
    _running(incident).update(stopped_ms=at_ms, next_ms=NEVER_MS)
    refresh(incident)


def go_on(incident: Incident, stopped_ms: int) -> None:
    """Those stopped at that moment run on, as if they never had been."""
    for run in ClockRun.objects.filter(incident=incident, round=incident.round, stopped_ms=stopped_ms):
        run.stopped_ms = None
        run.next_ms = _next_ms(run)
        run.save(update_fields=["stopped_ms", "next_ms"])
    refresh(incident)


def retime(incident: Incident, at_ms: int) -> None:
    """Kind or severity are others: clocks that run get the new times, from when they began; those that the new ones
    do not know are stopped, those that they add begin when the round did."""
    limits = limits_in_force(incident.kind, at_ms).get(incident.severity, {})
    known = {run.clock: run for run in ClockRun.objects.filter(incident=incident, round=incident.round)}
    began_ms = min((run.starts_ms for run in known.values()), default=at_ms)
    reached = {
        Clock.IN_HAND: incident.in_hand_ms,
        Clock.ARRIVE: incident.arrived_ms,
        Clock.RESOLVE: incident.resolved_ms,
    }
    for clock in Clock.values:
        run, limit_s = known.get(clock), limits.get(clock)
        if run is None and limit_s is not None and reached[Clock(clock)] is None:
            run = ClockRun(incident=incident, round=incident.round, clock=clock, starts_ms=began_ms)
        elif run is None or run.met_ms is not None or run.stopped_ms is not None:
            continue
        if limit_s is None:
            run.stopped_ms, run.next_ms = at_ms, NEVER_MS
        else:
            _set_due(run, limit_s)
        run.save()
    refresh(incident)


def refresh(incident: Incident) -> None:
    """Keep the incident's own mark of what is due first; the caller saves it."""
    first = _running(incident).order_by("due_ms").values_list("due_ms", flat=True).first()
    incident.next_due_ms = NEVER_MS if first is None else first


def state_of(run: ClockRun, now_ms: int, warn_pct: int) -> str:
    """kept, late (met after its time), missed (not met, its time is over), stopped, warning, running."""
    if run.met_ms is not None:
        return "kept" if run.met_ms <= run.due_ms else "late"
    if run.stopped_ms is not None:
        return "missed" if run.stopped_ms > run.due_ms else "stopped"
    if now_ms >= run.due_ms:
        return "missed"
    return "warning" if now_ms >= warn_ms(run, warn_pct) else "running"


def warn_ms(run: ClockRun, warn_pct: int) -> int:
    return run.due_ms - (run.due_ms - run.starts_ms) * warn_pct // 100


def row(run: ClockRun, now_ms: int, warn_pct: int) -> dict[str, Any]:
    """A ClockOut."""
    return {
        "clock": run.clock,
        "round": run.round,
        "starts_ms": run.starts_ms,
        "warn_ms": warn_ms(run, warn_pct),
        "due_ms": run.due_ms,
        "met_ms": run.met_ms,
        "stopped_ms": run.stopped_ms,
        "state": state_of(run, now_ms, warn_pct),
    }


def rows_of(incident: Incident, now_ms: int) -> list[dict[str, Any]]:
    warn_pct = rules.value(WARN_PCT)
    order = list(Clock.values)
    runs = sorted(incident.clocks.all(), key=lambda run: (run.round, order.index(run.clock)))
    return [row(run, now_ms, warn_pct) for run in runs]


def _running(incident: Incident) -> Any:
    return ClockRun.objects.filter(incident=incident, met_ms__isnull=True, stopped_ms__isnull=True)


def _set_due(run: ClockRun, limit_s: int) -> None:
    """A clock whose time is another is as new: it warns and is missed anew, if it is."""
    run.due_ms = run.starts_ms + limit_s * 1000
    run.warned_ms = run.missed_ms = None
    run.level = 0
    run.next_ms = _next_ms(run)


def _next_ms(run: ClockRun) -> int:
    if run.warned_ms is None and run.missed_ms is None:
        return warn_ms(run, rules.value(WARN_PCT))
    return run.due_ms
