"""Charts on the wall: real rows, in the area and agency of whoever asks, for people and for the kiosk of a screen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import alarms_rig
import dispatch_rig
import incidents_rig
import registry_rig
import wall_rig as rig
from prahari.contracts.events import now_ms
from prahari.core.alarming.rule import Name, Severity
from prahari.desks.common.figures import HOUR_MS, hours
from prahari.desks.health import figures as health
from prahari.desks.incidents.models import Incident
from prahari.desks.registry import totals
from prahari.desks.wall import charts
from prahari.desks.wall import screen_schemas as s
from prahari.desks.wall.choices import ChartName
from prahari.desks.wall.models import Showing
from scope import World

API = "/api/v1"
ALL = tuple(charts.PERMISSIONS)
pytestmark = pytest.mark.usefixtures("without_event_log")


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    """Counts are kept for seconds: another test's cameras are none of this one's."""
    for remembered in (health._remembered, totals.remembered):
        remembered.forget()
    yield
    totals.remembered.forget()


def ask(client: Client | rig.Kiosk, chart: str) -> dict[str, Any]:
    answer = client.ask(f"/charts/{chart}") if isinstance(client, rig.Kiosk) else client.get(f"{API}/charts/{chart}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    s.ChartFigures.model_validate(found)
    return found


def values(figures: dict[str, Any]) -> dict[str, list[int]]:
    return {row["key"]: row["values"] for row in figures["rows"] if any(row["values"])}


def test_alarms_by_hour_by_severity_in_hours_of_the_citys_clock(world: World) -> None:
    now = now_ms()
    starts = hours(now)
    assert len(starts) == 24 and starts[-1] <= now < starts[-1] + HOUR_MS
    assert all((one + 19_800_000) % HOUR_MS == 0 for one in starts), "India's hours begin half an hour off UTC's"
    for severity, at in (("high", now), ("high", starts[-1]), ("critical", starts[0]), ("low", starts[0] - 1)):
        alarms_rig.put(severity=Severity(severity), at_ms=at)
    alarms_rig.put(World.ELSEWHERE)
    alarms_rig.put(agency=World.OTHER_AGENCY)
    found = ask(world.client(*ALL), "alarms_by_hour")
    assert found["series"] == ["critical", "high", "medium", "low"] and len(found["rows"]) == 24
    assert values(found) == {str(starts[0]): [1, 0, 0, 0], str(starts[-1]): [0, 2, 0, 0]}
    assert found["total"] == 3


def test_open_alarms_by_kind_the_ten_most_frequent_in_words(world: World) -> None:
    for number in range(12):
        for _ in range(number + 1):
            alarms_rig.put(rule_id=f"rule-{number:02}", name=Name(f"Kind {number}", f"प्रकार {number}"))
    alarms_rig.put(rule_id="rule-11", name=Name("Renamed", "नया नाम"), at_ms=now_ms() + 5, severity=Severity.LOW)
    closed = alarms_rig.put(rule_id="rule-99")
    type(closed).objects.filter(pk=closed.pk).update(state="closed")
    found = ask(world.client(*ALL), "alarms_by_kind")
    assert [row["key"] for row in found["rows"]] == [f"rule-{number:02}" for number in range(11, 1, -1)]
    assert found["rows"][0]["name"] == {"en": "Renamed", "hi": "नया नाम"}
    assert found["rows"][0]["values"] == [0, 12, 0, 1]
    assert found["total"] == sum(range(1, 13)) + 1, "those that have no row of their own are counted, too"


def test_open_incidents_by_state_and_those_out_of_time(world: World) -> None:
    first, second, third, closed = (incidents_rig.opened(world) for _ in range(4))
    Incident.objects.filter(id=first.id).update(next_due_ms=now_ms() - 1, severity="critical")
    Incident.objects.filter(id=second.id).update(state="in_hand", severity="low", next_due_ms=now_ms() + 60_000)
    Incident.objects.filter(id=third.id).update(state="resolved", severity="high")
    Incident.objects.filter(id=closed.id).update(state="closed", next_due_ms=now_ms() - 1)
    incidents_rig.opened(world, jurisdiction=World.ELSEWHERE)
    found = ask(world.client(*ALL), "incidents_open")
    assert values(found) == {"open": [1, 0, 0, 0], "in_hand": [0, 0, 0, 1], "resolved": [0, 1, 0, 0]}
    assert (found["total"], found["late"]) == (3, 1)
    assert [row["late"] for row in found["rows"]] == [1, 0, 0]


def test_units_by_status_and_the_call_that_waits_longest(world: World) -> None:
    free, busy = dispatch_rig.unit(world), dispatch_rig.unit(world, status="busy")
    dispatch_rig.unit(world, jurisdiction=World.ELSEWHERE)
    client = world.client(*ALL)
    found = ask(client, "units")
    assert values(found) == {"available": [1], "busy": [1]} and (found["total"], found["of"]) == (1, 2)
    assert (found["waiting"], found["longest"]) == (0, None)
    waits, later = incidents_rig.opened(world), incidents_rig.opened(world)
    since_ms = now_ms() - 600_000
    Incident.objects.filter(id=waits.id).update(opened_ms=since_ms)
    found = ask(client, "units")
    assert found["waiting"] == 2 and found["longest"]["number"] == waits.number
    assert found["longest"]["name"] == {"en": waits.kind.name_en, "hi": waits.kind.name_hi}
    assert found["longest"]["since_ms"] == since_ms
    dispatch_rig.sent(world, waits, free)
    found = ask(client, "units")
    assert found["waiting"] == 1 and found["longest"]["number"] == later.number
    assert values(found) == {"assigned": [1], "busy": [1]} and busy.status == "busy"


def happened(camera_id: uuid.UUID, at_ms: int, status: str) -> None:
    """What the event log would have written."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS event_default PARTITION OF event DEFAULT")
        cursor.execute(
            "INSERT INTO event (id, time_ms, day, type, subject, source, jurisdiction, agency, data) VALUES"
            " (gen_random_uuid(), %s, (to_timestamp(%s / 1000.0) AT TIME ZONE 'UTC')::date, 'camera.status', %s,"
            " 'media', %s, %s, jsonb_build_object('status', %s::text))",
            [at_ms, at_ms, str(camera_id), World.HOME, World.AGENCY, status],
        )


def test_cameras_live_by_the_history_of_states_and_nothing_made_up(world: World) -> None:
    first, second = registry_rig.camera(world), registry_rig.camera(world)
    elsewhere = registry_rig.camera(world, at=World.ELSEWHERE)
    client = world.client(*ALL)
    *before, now = ask(client, "cameras_live")["rows"]
    assert all(row["values"] == [] for row in before) and now["values"] == [0], "no history, no numbers"
    starts = hours(now_ms())
    happened(first.pk, starts[20] - 1, "live")
    happened(second.pk, starts[22], "live")
    happened(first.pk, starts[23] - 1000, "offline")
    happened(elsewhere.pk, starts[10], "live")
    health._remembered.forget()
    found = ask(client, "cameras_live")
    assert [row["values"] for row in found["rows"]] == [[]] * 20 + [[1], [1], [2], [1], [0]]
    assert (found["total"], found["of"]) == (0, 2), "now: only what frames prove"
    assert ask(client, "cameras_live")["rows"][:24] == found["rows"][:24]


@pytest.mark.parametrize("chart", ChartName.values)
def test_whoever_may_not_see_the_rows_is_told_no_numbers(world: World, chart: str) -> None:
    for missing in charts.CHARTS[chart].permissions:
        client = world.client(*(one for one in ALL if one != missing))
        assert client.get(f"{API}/charts/{chart}").status_code == 403
    assert Client().get(f"{API}/charts/{chart}").status_code == 401
    assert world.client(*ALL).get(f"{API}/charts/everything").status_code == 422


def test_a_kiosk_is_told_the_numbers_of_its_screens_area_and_agency(world: World) -> None:
    kiosk = rig.enrolled(world, rig.screen(world))
    of_all = rig.enrolled(world, rig.screen(world, agency=""))
    alarms_rig.put()
    alarms_rig.put(World.ELSEWHERE)
    alarms_rig.put(agency=World.OTHER_AGENCY)
    incidents_rig.opened(world)
    incidents_rig.opened(world, jurisdiction=World.ELSEWHERE)
    dispatch_rig.unit(world)
    dispatch_rig.unit(world, jurisdiction=World.ELSEWHERE)
    registry_rig.camera(world)
    registry_rig.camera(world, at=World.ELSEWHERE)
    assert (ask(kiosk, "alarms_by_hour")["total"], ask(of_all, "alarms_by_hour")["total"]) == (1, 2)
    assert ask(kiosk, "alarms_by_kind")["total"] == 1
    assert (ask(kiosk, "incidents_open")["total"], ask(kiosk, "units")["of"]) == (1, 1)
    assert ask(kiosk, "cameras_live")["of"] == 1
    for path in ("/incidents", "/units", "/dispatch/board", "/charts", "/charts/../me"):
        assert kiosk.ask(path).status_code in {401, 404}, "numbers, and no rows"
    assert kiosk.send("/charts/units").status_code in {401, 405}


def test_a_chart_is_put_on_a_screen_by_whoever_may_see_what_it_counts(world: World) -> None:
    screen = rig.screen(world)
    kiosk, client = rig.enrolled(world, screen), world.client("wall.control", "alarm.view")
    assert rig.show(client, screen, {"kind": "chart", "chart": "alarms_by_hour"}).status_code == 200
    [item] = kiosk.ask().json()["screen"]["items"]
    assert (item["kind"], item["content"]["chart"]) == ("chart", "alarms_by_hour")
    for wrong in ({"kind": "chart"}, {"kind": "chart", "chart": "units"}):
        answer = rig.show(client, screen, wrong)
        assert answer.status_code == 422 and "chart" in answer.json()["fields"]
    assert rig.show(client, screen, {"kind": "chart", "chart": "all"}).status_code == 422
    assert Showing.objects.count() == 1
