"""The works desk through its doors: entries, corrections, delays, plans, export."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import files_rig
import registry_rig
import works_rig as rig
from prahari.contracts.clock import local_day
from prahari.core.ids import uuid7
from prahari.desks.common.errors import Problem
from prahari.desks.works import geometry, models, selectors
from scope import API, World

JSON = "application/json"


def _row(world: World, of: models.Package) -> dict[str, Any]:
    return selectors.package_detail(world.system, of.id)


def test_what_was_done_adds_up(world: World) -> None:
    package = rig.package(world)
    rig.enter(world, package, 12.25, rig.days_ago(10))
    rig.enter(world, package, 7.5, rig.days_ago(10))
    rig.enter(world, package, 0.25)
    row = _row(world, package)
    assert row["done"] == 20
    assert row["done_share"] == 0.2
    assert row["planned_share"] == 0.5
    assert row["state"] == "behind"
    assert row["last_entry_on"] == local_day()


def test_the_same_form_twice_is_one_entry(world: World) -> None:
    package, key = rig.package(world), uuid7()
    assert rig.enter(world, package, 5, key=key) == rig.enter(world, package, 5, key=key)
    assert _row(world, package)["done"] == 5
    with pytest.raises(Problem) as refused:
        rig.enter(world, rig.package(world), 5, key=key)
    assert refused.value.status == 409


def test_a_wrong_entry_is_corrected_by_a_new_one(world: World) -> None:
    package = rig.package(world)
    wrong = rig.enter(world, package, 50, rig.days_ago(5))
    right = rig.enter(world, package, 5, rig.days_ago(6), corrects=wrong, note="a nought too many")
    row = _row(world, package)
    assert row["done"] == 5
    assert {one["id"]: one["corrected_by"] for one in row["entries"]} == {wrong: right, right: None}
    with pytest.raises(Problem) as refused:
        rig.enter(world, package, 7, corrects=wrong, note="again")
    assert refused.value.code == "corrected"
    rig.enter(world, package, 0, corrects=right, note="not done at all")
    assert _row(world, package)["done"] == 0
    assert models.ProgressEntry.objects.get(id=wrong).quantity == 50  # never edited


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": 0.125}, "quantity"),  # cable is counted to two places
        ({"day": dt.date(2099, 1, 1)}, "done_on"),
        ({"quantity": 1, "corrects": uuid7(), "note": "x"}, "corrects"),
        ({"quantity": 101}, "over_reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, fields: dict[str, Any], field: str) -> None:
    package = rig.package(world)
    with pytest.raises(Problem) as refused:
        rig.enter(world, package, fields.pop("quantity", 1), fields.pop("day", None), **fields)
    assert refused.value.status == 422
    assert field in (refused.value.fields or {})
    assert not models.ProgressEntry.objects.exists()


def test_more_than_planned_needs_a_reason(world: World) -> None:
    package = rig.package(world)
    rig.enter(world, package, 90)
    with pytest.raises(Problem) as refused:
        rig.enter(world, package, 10.01)
    assert "100.01 of 100 planned" in str(refused.value)
    rig.enter(world, package, 10)
    assert _row(world, package)["state"] == "done"
    rig.enter(world, package, 2, over_reason="a loop around the temple")
    assert _row(world, package)["done"] == 102
    wrong = models.ProgressEntry.objects.get(quantity=90).id
    rig.enter(world, package, 89, corrects=wrong, note="less")  # less than before needs none, though it is still over


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_are_both_counted(transactional_world: World) -> None:
    world = transactional_world
    from importlib import import_module

    from django.apps import apps

    import_module("prahari.desks.works.migrations.0002_seeds").fill(apps, None)
    package = rig.package(world)

    def enter(_: int) -> str:
        try:
            rig.enter(world, package, 40)
            return "entered"
        except Problem as problem:
            return problem.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        results = sorted(people.map(enter, range(4)))
    assert results == ["entered", "entered", "more_than_planned", "more_than_planned"]


def test_delays_hold_up_and_end(world: World) -> None:
    package = rig.package(world)
    rig.delay(world, package, rig.days_ago(30), rig.days_ago(21))
    delay = rig.delay(world, package, rig.days_ago(25), None)
    row = _row(world, package)
    assert row["held_up_by"]["code"] == "monsoon"
    assert row["days_lost"] == 31  # both are one stretch
    client = world.client("works.edit")
    read = models.Delay.objects.get(id=delay).edited_ms
    body = {"last_day": str(rig.days_ago(20)), "why": "rain ended", "edited_ms": read}
    answer = client.patch(f"{API}/works/delays/{delay}", body, content_type=JSON)
    assert answer.status_code == 200
    assert answer.json()["held_up_by"] is None
    assert answer.json()["days_lost"] == 11
    assert client.patch(f"{API}/works/delays/{delay}", body, content_type=JSON).status_code == 409
    before = {"last_day": str(rig.days_ago(90)), "why": "typing", "edited_ms": answer.json()["delays"][0]["edited_ms"]}
    assert client.patch(f"{API}/works/delays/{delay}", before, content_type=JSON).status_code == 422


def test_a_revised_plan_keeps_the_baseline(world: World) -> None:
    package = rig.package(world)
    client = world.client("works.edit")
    body = {
        "quantity": 120, "start": str(rig.days_ago(50)), "end": str(rig.days_ago(-100)), "reason": "monsoon",
        "edited_ms": package.edited_ms,
    }  # fmt: skip
    url = f"{API}/works/packages/{package.id}/revisions"
    row = client.post(url, body, content_type=JSON).json()
    assert row["plan"]["quantity"] == 120
    assert row["baseline"] == {"quantity": 100, "start": str(package.start), "end": str(package.end)}
    assert [one["reason"] for one in row["revisions"]] == ["monsoon"]
    assert client.post(url, body, content_type=JSON).status_code == 409  # read before
    again = client.post(url, body | {"edited_ms": row["edited_ms"]}, content_type=JSON)
    assert again.status_code == 422  # the plan in force already


def test_late_and_critical_come_first(world: World) -> None:
    project = rig.project(world)

    def made(name: str, **more: Any) -> None:
        package = rig.package(world, project=project, number=name, **more)
        if name == "done":
            rig.enter(world, package, 100)

    made("done")
    made("later", start=rig.days_ago(-10))
    made("behind")
    made("behind, critical", critical=True)
    made("late", end=rig.days_ago(2))
    made("later late, critical", end=rig.days_ago(1), critical=True)
    made("very late", end=rig.days_ago(20))
    rows = selectors.packages(world.system)
    assert [row["number"] for row in rows] == [
        "later late, critical", "very late", "late", "behind, critical", "behind", "later", "done",
    ]  # fmt: skip
    assert [row["number"] for row in selectors.packages(world.system, state="done,not_started")] == ["later", "done"]
    assert [row["number"] for row in selectors.packages(world.system, q="केबल very")] == ["very late"]
    [shown] = selectors.project_page(world.system, 10, None)["items"]
    assert shown["states"] == {"late": 3, "behind": 2, "on_track": 0, "not_started": 1, "done": 1}
    assert shown["unforeseen"] == 6


def test_money_and_earned_value(world: World) -> None:
    project = rig.project(world)
    package = rig.package(world, project=project, spent_paise=3 * 10**8)
    rig.enter(world, package, 40)
    [shown] = selectors.project_page(world.system, 10, None)["items"]
    assert shown["earned"] == {"budget": 10**9, "planned": 5 * 10**8, "earned": 4 * 10**8, "spent": 3 * 10**8}
    assert _row(world, package)["spent_share"] == 0.3


def test_photographs_come_with_an_entry(world: World) -> None:
    package = rig.package(world)
    client = world.client("works.edit", "works.view")
    upload = {"content_type": "application/octet-stream"}
    photo = client.post(f"{API}/files", files_rig.photograph(64, 48), **upload).json()["id"]
    body = {"key": str(uuid7()), "done_on": str(local_day()), "quantity": 3, "photo_ids": [photo]}
    answer = client.post(f"{API}/works/packages/{package.id}/progress", body, content_type=JSON)
    assert answer.json()["entries"][0]["photo_ids"] == [photo]
    assert world.client("works.view").get(f"{API}/files/{photo}").status_code == 200
    elsewhere = world.client("works.view", at=World.ELSEWHERE)
    assert elsewhere.get(f"{API}/files/{photo}").status_code == 404


def test_sites_tell_planned_entered_and_live(world: World) -> None:
    site = registry_rig.site(world)
    site.planned_cameras = 5
    site.save()
    registry_rig.site(world)
    cameras = [registry_rig.camera(world, site=site) for _ in range(3)]
    registry_rig.state(cameras[0])
    registry_rig.state(cameras[1], proof_until_ms=1)  # its proof has run out
    registry_rig.camera(world, site=site, retired_ms=1)
    answer = world.client("works.view").get(f"{API}/works/sites").json()
    shown = next(row for row in answer["items"] if row["id"] == str(site.id))
    assert (shown["planned"], shown["entered"], shown["live"]) == (5, 3, 1)
    assert (answer["planned"], answer["entered"], answer["live"]) == (5, 3, 1)


LINE = {"type": "LineString", "coordinates": [[80.3, 26.4], [80.35, 26.45]]}


def test_only_what_is_drawn_is_on_the_map(world: World) -> None:
    drawn = rig.package(world, geometry=LINE)
    rig.package(world)
    [shown] = world.client("works.view").get(f"{API}/works/map").json()["items"]
    assert (shown["id"], shown["geometry"], shown["state"]) == (str(drawn.id), LINE, "behind")


@pytest.mark.parametrize(
    "given",
    [
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Point", "coordinates": [200, 2]},
        {"type": "Point", "coordinates": ["80", 26]},
        {"type": "Point", "coordinates": [True, 26]},
        {"type": "Point"},
        {"type": "LineString", "coordinates": [[80.3, 26.4]]},
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[80.3, float("nan")], [80.3, 26.4]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "LineString", "coordinates": [[80.3, 26.4]] * 6000},
        [],
        "POINT(80 26)",
    ],
)
def test_geometries_that_are_none(given: Any) -> None:
    assert geometry.problem(given, ()) is not None


def test_a_geometry_outside_the_city() -> None:
    assert geometry.problem(LINE, (80, 26, 81, 27)) is None
    swapped = {"type": "LineString", "coordinates": [[26.4, 80.3], [26.45, 80.35]]}
    assert geometry.problem(swapped, ()) is None
    assert geometry.problem(swapped, (80, 26, 81, 27)) is not None


wild = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(st.fixed_dictionaries({"type": st.sampled_from(geometry.KINDS), "coordinates": wild}) | wild)
def test_wild_geometries_are_told_not_thrown(given: Any) -> None:
    assert geometry.problem(given, (80, 26, 81, 27)) is None or isinstance(geometry.problem(given, ()), dict | None)


@pytest.mark.parametrize("language", ["hi", "en"])
def test_export(world: World, language: str) -> None:
    package = rig.package(world, contractor="=cmd()", name={"en": "Cable of the west", "hi": "पश्चिम क्षेत्र की केबल"})
    wrong = rig.enter(world, package, 9.5, rig.days_ago(3))
    rig.enter(world, package, 8.5, rig.days_ago(3), corrects=wrong, note="measured again")
    rig.delay(world, package, rig.days_ago(20), rig.days_ago(11))
    client = world.client("works.view")
    answer = client.get(f"{API}/works/export?format=xlsx&language={language}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    packages = [[cell.value for cell in row] for row in book["Packages"].iter_rows()]
    [line] = [row for row in packages if row[0] == package.number]
    assert line[1] == (package.name_hi if language == "hi" else package.name_en)
    assert line[4] == "=cmd()"
    assert book["Packages"].cell(packages.index(line) + 1, 5).data_type == "s"
    assert line[7] == 8.5
    assert [row[4].value for row in book["Delays"].iter_rows()][-1] == 10
    assert len([row for row in book["Progress"].iter_rows() if row[2].value in (8.5, 9.5)]) == 2
    report = client.get(f"{API}/works/export?format=pdf&language={language}").content
    read = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(report))
    wanted = ["पश्चिम क्षेत्र की केबल", "क्रियान्वयन कार्यों की प्रगति आख्या"] if language == "hi" else ["Cable of the west"]
    for words in wanted:
        assert words in read


def test_milestones(world: World) -> None:
    package = rig.package(world)
    made = rig.milestone(world, package)
    client = world.client("works.edit")
    row = models.Milestone.objects.get(id=made)
    url = f"{API}/works/milestones/{made}"
    body = {"done_on": str(local_day()), "why": "reached", "edited_ms": row.edited_ms}
    answer = client.patch(url, body, content_type=JSON)
    assert answer.json()["milestones"][0]["done_on"] == str(local_day())
    assert client.patch(url, body, content_type=JSON).status_code == 409


def test_history_tells_who_changed_what_and_why(world: World) -> None:
    package = rig.package(world)
    client = world.client("works.edit", "works.view")
    body = {"spent_paise": 500, "reason": "first bill", "edited_ms": package.edited_ms}
    client.patch(f"{API}/works/packages/{package.id}", body, content_type=JSON)
    items = client.get(f"{API}/works/packages/{package.id}/history").json()["items"]
    assert items[0]["why"] == "first bill"
    assert {"field": "spent_paise", "before": 0, "after": 500} in items[0]["changes"]
