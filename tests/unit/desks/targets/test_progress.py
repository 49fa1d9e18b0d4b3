"""Funnel, league, wards, placements: small cities counted by hand; files; the demonstration."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import registry_rig as rig
from prahari.contracts.clock import local_day, start_of_day_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.linking.models import LadderEntry, Linkage
from prahari.desks.registry.models import Camera
from prahari.desks.registry.schemas import PremisesPage
from prahari.desks.targets import demo, history, progress_schemas
from prahari.desks.targets.geometry import area_km2
from prahari.desks.targets.models import SnapshotDay, TargetPlan
from prahari.simcity.city import plan as city_plan
from scope import World
from targets_rig import listed, verified

DAY_MS = 86_400_000


def get(client: Client, path: str, schema: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/progress/{path}")
    assert answer.status_code == 200, answer.content
    schema.model_validate(answer.json())
    return dict(answer.json())


@pytest.fixture
def client(world: World) -> Client:
    return world.client("linking.view", "registry.view", at="", agency=None)


def test_the_funnel_counts_cameras_and_tells_the_median_days(world: World, client: Client) -> None:
    start = start_of_day_ms(local_day() - dt.timedelta(days=40))
    for number, (asked, consented) in enumerate([(2, 5), (4, 10), (9, None)]):
        house = listed(world, reported=10 + number, on=local_day() - dt.timedelta(days=40))
        Linkage.objects.filter(premises=house).update(
            asked_ms=start + asked * DAY_MS, consented_ms=consented and start + consented * DAY_MS
        )
    refused = listed(world, reported=5)
    Linkage.objects.filter(premises=refused).update(refused_ms=start, step="refused")
    verified(world, 3)
    body = get(client, "funnel", progress_schemas.FunnelOut)
    steps = {one["step"]: (one["cameras"], one["median_days"]) for one in body["steps"]}
    assert steps["listed"] == (38, None) and steps["asked"] == (33, 4.0) and steps["consented"] == (21, 4.5)
    assert steps["verified"] == (3, 0.0) and body["refused"] == 5
    nothing = get(
        client, f"funnel?jurisdiction={World.ELSEWHERE}&owner_class=shop&department=x", progress_schemas.FunnelOut
    )
    assert all(one["cameras"] == 0 for one in nothing["steps"])


def test_the_league_is_by_rate_and_few_stand_apart(world: World, client: Client) -> None:
    many = listed(world, reported=40)
    verified(world, 10, premises=many)
    few = listed(world, reported=4, agency=World.OTHER_AGENCY)
    verified(world, 4, premises=few)
    body = get(client, "league?by=department", progress_schemas.LeagueOut)
    assert [(one["key"], one["done"], one["rate"], one["small"]) for one in body["items"]] == [
        (f"dept-{World.AGENCY}", 10, 0.25, False), (f"dept-{World.OTHER_AGENCY}", 4, 1.0, True),
    ]  # fmt: skip
    assert get(client, "league?by=police_station", progress_schemas.LeagueOut)["items"] == []


def test_officers_are_compared_by_their_own_visits(world: World, client: Client) -> None:
    officer = world.person("asha")
    at = start_of_day_ms(local_day() - dt.timedelta(days=2))
    for step in ("asked", "consented", "asked", "refused"):
        LadderEntry.objects.create(
            premises=listed(world), step=step, at_ms=at, entered_ms=at, by=officer, by_name="Asha", via="field"
        )
    body = get(client, "league?by=officer", progress_schemas.LeagueOut)
    (one,) = body["items"]
    assert (one["name"]["en"], one["premises"], one["asked"], one["consented"], one["rate"], one["small"]) == (
        "Asha", 4, 2, 1, 0.25, True,
    )  # fmt: skip
    elsewhere = world.client("linking.view", at=World.ELSEWHERE, agency=None)
    assert get(elsewhere, "league?by=officer", progress_schemas.LeagueOut)["items"] == []


def test_wards_per_lakh_people_and_square_kilometre(world: World, client: Client) -> None:
    ward = Jurisdiction.objects.get(path=f"{World.CITY}.ward-12")
    ward.population = 50_000
    # 0.02 degrees of latitude by 0.02 of longitude at 26.45 north: 2.224 km by 1.991 km.
    ring = [[80.30, 26.44], [80.32, 26.44], [80.32, 26.46], [80.30, 26.46], [80.30, 26.44]]
    ward.boundary = {"type": "Polygon", "coordinates": [ring]}
    ward.save()
    Jurisdiction.objects.create(path=f"{World.CITY}.ward-13", level="ward", name_en="w", name_hi="w")
    for camera in verified(world, 6):
        Camera.objects.filter(id=camera.id).update(ward=ward)
    verified(world, 2)
    body = get(client, "wards", progress_schemas.WardsOut)
    one, other = body["items"]
    assert (one["done"], one["per_lakh"]) == (6, 12.0)
    assert one["area_km2"] == pytest.approx(2.224 * 1.991, rel=0.002) and one["per_km2"] == pytest.approx(
        6 / 4.428, rel=0.01
    )
    assert (other["population"], other["area_km2"], other["per_lakh"], other["per_km2"]) == (None, None, None, None)
    assert body["without_ward"] == 2


def test_holes_are_no_ground_and_what_is_no_polygon_has_no_area() -> None:
    outer = [[0, 0], [1, 0], [1, 1], [0, 1]]
    hole = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]]
    whole = area_km2({"type": "Polygon", "coordinates": [outer]})
    holed = area_km2({"type": "MultiPolygon", "coordinates": [[outer, hole]]})
    assert whole == pytest.approx(12_364, rel=0.001), "a degree by a degree at the equator"
    assert holed is not None and holed == pytest.approx(whole * 0.75, rel=0.001)
    assert area_km2({"type": "Polygon", "coordinates": [outer[::-1]]}) == pytest.approx(whole)
    for nothing in (None, [], {}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [3]},
                    {"type": "Polygon", "coordinates": None}, {"type": "Polygon", "coordinates": []}):  # fmt: skip
        assert area_km2(nothing) is None


values = st.recursive(
    st.none() | st.floats() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=4), max_leaves=12
)


@given(st.sampled_from(["Polygon", "MultiPolygon", "Point"]), values)
def test_no_boundary_however_broken_stops_the_map(kind: str, coordinates: Any) -> None:
    found = area_km2({"type": kind, "coordinates": coordinates})
    assert found is None or found > 0


def test_placements_by_class_and_the_premises_behind_each_number(world: World, client: Client) -> None:
    whole, half = listed(world, owner_class="bank"), listed(world, owner_class="bank")
    listed(world, owner_class="bank")  # no camera yet
    for placement in ("entry", "exit", "road_side", "public_area"):
        rig.camera(world, premises=whole, placement=placement)
    verified(world, 1, premises=half, placement="entry")
    (row,) = get(client, "placements", progress_schemas.PlacementsOut)["items"]
    assert (row["premises"], row["with_cameras"]) == (3, 2)
    assert row["entry"] == {"covered": 2, "live": 1} and row["exit"] == {"covered": 1, "live": 0}
    missing = get(client, "placements/missing?placement=exit&owner_class=bank", PremisesPage)
    assert [one["id"] for one in missing["items"]] == [str(half.id)] and missing["total"] == 1
    live = get(client, "placements/missing?placement=entry&live=true", PremisesPage)
    assert [one["id"] for one in live["items"]] == [str(whole.id)]
    assert client.get("/api/v1/progress/placements/missing?placement=roof").status_code == 422


def test_premises_without_cameras_are_followed_until_linked(world: World, client: Client) -> None:
    at = start_of_day_ms(local_day() - dt.timedelta(days=9))
    asked, promised, linked = (listed(world, owner_class="school") for _ in range(3))
    Linkage.objects.filter(premises=asked).update(asked_ms=at)
    Linkage.objects.filter(premises=promised).update(asked_ms=at, promised_ms=at)
    Linkage.objects.filter(premises=linked).update(asked_ms=at, promised_ms=at, installed_ms=at)
    verified(world, 1, premises=linked)
    listed(world, owner_class="school", reported=3)  # had cameras from the start
    (row,) = get(client, "placements", progress_schemas.PlacementsOut)["items"]
    assert [row[name] for name in ("without", "asked", "promised", "installed", "linked")] == [3, 3, 2, 1, 1]


@pytest.mark.parametrize("view", ["departments", "stations", "officers", "wards", "placements"])
def test_what_is_seen_can_be_taken_along(world: World, client: Client, view: str) -> None:
    verified(world, 2, premises=listed(world, reported=5))
    book = client.get(f"/api/v1/progress/export?view={view}&language=en")
    assert book.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None and sheet.max_row >= 4
    text = client.get(f"/api/v1/progress/export?view={view}&format=csv&language=hi").content.decode("utf-8-sig")
    assert text.startswith("नाम,")


def test_the_demonstration_is_kanpurs_plan_with_a_history_that_says_it_is_made_up(world: World) -> None:
    from prahari.desks.registry import demo as registry_demo

    city = city_plan()
    registry_demo.load(city, "rtsp://127.0.0.1:9", "", "", record=0)
    demo.load(city)
    demo.load(city)
    plan = TargetPlan.objects.get()
    client = world.client("linking.view", at="", agency=None)
    body = client.get(f"/api/v1/target-plans/{plan.id}").json()
    assert (body["total"]["cameras"], body["rest"]["cameras"], body["demonstration"]) == (5_000, 2_924, True)
    assert [one["code"] for one in body["rest"]["meant_for"]] == demo.MEANT_FOR
    assert body["total"]["outlook"]["weeks"] == 5 and body["total"]["outlook"]["pace_per_day"] > 5
    assert SnapshotDay.objects.count() == demo.DAYS and history.keep_up() == []
    book = client.get(f"/api/v1/target-plans/{plan.id}/export?language=en")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    cells = [[cell.value for cell in row] for row in sheets.worksheets[0].iter_rows()]
    assert ["Not allotted", None, 2924] in [row[:3] for row in cells]
