"""Charts that a screen can show, and people at their desks: each by name, with what whoever asks has to hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prahari.desks.alarms import figures as alarms
from prahari.desks.common.actor import Actor
from prahari.desks.dispatch import figures as dispatch
from prahari.desks.health import figures as health
from prahari.desks.incidents import figures as incidents
from prahari.desks.wall.choices import ChartName


@dataclass(frozen=True, slots=True)
class Chart:
    """`read`: ChartFigures without the name, in the actor's scope."""

    permissions: tuple[str, ...]
    read: Callable[[Actor], dict[str, Any]]


CHARTS: dict[str, Chart] = {
    ChartName.ALARMS_BY_HOUR: Chart(("alarm.view",), alarms.by_hour),
    ChartName.ALARMS_BY_KIND: Chart(("alarm.view",), alarms.by_kind),
    ChartName.INCIDENTS_OPEN: Chart(("incident.view",), incidents.open_ones),
    ChartName.CAMERAS_LIVE: Chart(("camera.view",), health.live),
    ChartName.UNITS: Chart(("dispatch.view", "incident.view"), dispatch.units),
}
PERMISSIONS = frozenset(one for chart in CHARTS.values() for one in chart.permissions)


def may(actor: Actor, name: str) -> bool:
    return all(actor.has(one) for one in CHARTS[name].permissions)


def figures(actor: Actor, name: str) -> dict[str, Any]:
    """ChartFigures. Raises Problem 403."""
    chart = CHARTS[name]
    for one in chart.permissions:
        actor.require(one)
    return {"chart": name} | chart.read(actor)
