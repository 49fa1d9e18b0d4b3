"""One question finds what is in the asker's scope, in either script, and leaves one trace."""

from __future__ import annotations

import pytest

import citizens_rig
import dispatch_rig
import incidents_rig
import registry_rig
from prahari.desks.audit.models import AuditEntry
from prahari.desks.devices.models import Device
from prahari.desks.edge.models import EdgeSite
from prahari.desks.search import asking
from prahari.desks.search.models import Question
from prahari.desks.search.sources import SOURCES
from scope import World


def site(world: World, name: str) -> EdgeSite:
    return EdgeSite.objects.create(
        name=name, premises=registry_rig.camera(world).premises, created_ms=1, edited_ms=1
    )  # fmt: skip


def kinds(body: dict[str, list[dict[str, object]]]) -> list[object]:
    return [group["kind"] for group in body["groups"]]


@pytest.mark.parametrize("asked", ["golghar chauraha", "गोलघर चौराहा", "Golghar Chowraha", "gol chau"])
def test_a_name_is_found_however_it_is_typed(world: World, asked: str) -> None:
    found = site(world, "गोलघर चौराहा")
    site(world, "Elsewhere")
    body = world.client("camera.view").get("/api/v1/search/more", {"q": asked}).json()
    [group] = body["groups"]
    assert group["kind"] == "edge_site" and [one["id"] for one in group["items"]] == [str(found.id)]
    assert group["items"][0]["to"] == f"/edge-sites/{found.id}"


def test_what_lies_elsewhere_is_not_found(world: World) -> None:
    site(world, "Golghar")
    assert world.client("camera.view", at=World.ELSEWHERE).get("/api/v1/search/more?q=golghar").json()["groups"] == []
    assert world.client("report.view").get("/api/v1/search/more?q=golghar").json()["groups"] == []


def test_whole_names_come_before_beginnings_before_parts(world: World) -> None:
    for name in ("North gate box", "Gate box two", "Gate box"):
        site(world, name)
    [group] = world.client("camera.view").get("/api/v1/search/more?q=gate box").json()["groups"]
    assert [one["title"]["en"] for one in group["items"]] == ["Gate box", "Gate box two", "North gate box"]


def test_a_device_leads_to_its_premises(world: World) -> None:
    premises = registry_rig.camera(world).premises
    Device.objects.create(premises=premises, name="NVR", url="http://x", serial="SN-77", created_ms=1, edited_ms=1)
    [group] = world.client("camera.view").get("/api/v1/search/more?q=sn-77").json()["groups"]
    assert group["items"][0]["to"] == f"/premises/{premises.pk}"


def test_an_incident_is_found_by_its_number_kind_and_place(world: World) -> None:
    made = incidents_rig.opened(world, kind="fire", address="Golghar Chauraha")
    client = world.client("incident.view")
    for asked in (made.number, "गोलघर चौराहा", made.kind.name_hi):
        found = client.get("/api/v1/search/more", {"q": asked}).json()["groups"]
        assert found[0]["kind"] == "incident" and found[0]["items"][0]["to"] == f"/incidents/{made.id}"
    assert client.get("/api/v1/search/more", {"q": "women"}).json()["groups"][0]["kind"] == "procedure"


def test_a_unit_is_found_by_its_call_sign_in_ones_own_area(world: World) -> None:
    made = dispatch_rig.unit(world, call_sign="Chetak 17", phone="+91 98765 00017")
    dispatch_rig.unit(world, call_sign="Chetak 18", jurisdiction=World.ELSEWHERE)
    client = world.client("dispatch.view")
    for asked in ("chetak", "चेतक 17", "00017"):
        [group] = client.get("/api/v1/search/more", {"q": asked}).json()["groups"]
        assert group["kind"] == "unit" and [one["to"] for one in group["items"]] == [f"/dispatch?unit={made.id}"]


def test_a_citizens_report_is_found_by_its_words(world: World) -> None:
    made = citizens_rig.report(world)
    citizens_rig.report(world, jurisdiction_path=World.ELSEWHERE)
    for asked in ("golghar chauraha", made.number):
        [group] = world.client("incident.view").get("/api/v1/search/more", {"q": asked}).json()["groups"]
        assert group["kind"] == "citizen_report"
        assert [one["to"] for one in group["items"]] == [f"/citizen-reports?open={made.id}"]


def test_a_group_says_how_many_there_are_and_shows_as_many_as_asked(world: World) -> None:
    for number in range(7):
        site(world, f"Gate box {number}")
    client = world.client("camera.view")
    for most, shown in ((3, 3), (200, 7)):
        [group] = client.get("/api/v1/search/more", {"q": "gate box", "most": most}).json()["groups"]
        assert (len(group["items"]), group["total"]) == (shown, 7)
    assert client.get("/api/v1/search/more", {"q": "gate", "most": 201}).status_code == 422


def test_every_source_can_be_asked(world: World) -> None:
    """Columns that a source names exist, whoever renames one; and nothing is found by no words."""
    user = world.person()
    world.allow(user, *{one.permission for one in SOURCES})
    client = world.browser(user)
    assert client.get("/api/v1/search/more?q=xylophone").json() == {"groups": []}
    assert client.get("/api/v1/search/more?q=").json() == {"groups": []}
    assert kinds(client.get("/api/v1/search/more", {"q": user.name}).json()) == ["person"]


def test_what_is_typed_is_one_question_and_becomes_one_entry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_700_000_000_000]
    monkeypatch.setattr(asking, "now_ms", lambda: clock[0])
    client = world.client("camera.view")
    for asked in ("g", "gol", "golg", "golghar"):
        clock[0] += 200
        client.get("/api/v1/search", {"q": asked})
        client.get("/api/v1/search/more", {"q": asked})
    client.get("/api/v1/search", {"q": "another thing"})
    assert sorted(Question.objects.values_list("text", flat=True)) == ["another thing", "golghar"]
    assert asking.settle() == 0  # still being typed, for all we know
    clock[0] += asking.SETTLED_MS + 1
    assert asking.settle() == 2 and asking.settle() == 0
    entries = AuditEntry.objects.filter(action="search.ask").order_by("sequence")
    assert [one.object_name for one in entries] == ["golghar", "another thing"]
    assert all(one.actor_id for one in entries) and not Question.objects.exists()


def test_two_people_do_not_type_one_question(world: World) -> None:
    one, other = world.client("camera.view"), world.client("camera.view")
    one.get("/api/v1/search", {"q": "gol"})
    other.get("/api/v1/search", {"q": "golghar"})
    assert Question.objects.count() == 2


def test_nothing_is_kept_of_no_words(world: World) -> None:
    world.client().get("/api/v1/search", {"q": "   "})
    assert not Question.objects.exists()


def test_a_long_text_is_cut(world: World) -> None:
    world.client().get("/api/v1/search", {"q": "x" * 5000})
    assert len(Question.objects.get().text) == asking.LONGEST
