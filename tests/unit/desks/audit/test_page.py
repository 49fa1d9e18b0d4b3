"""What the audit page asks for: filters, one entry with its place in the chain, who acted, a file of what is listed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from prahari.core.scope import Scope
from prahari.desks.accounts.models import User
from prahari.desks.audit import export, selectors
from prahari.desks.audit.models import AuditEntry, AuditLink
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from scope import World


def acted(
    world: World, code: str = "thing.done", *, by: User | None = None, name: str = "A thing", at: str = World.HOME,
    reason: str = "because",
) -> AuditEntry:  # fmt: skip
    actor = Actor(id=by.pk, username=by.username, name=by.name, scope=Scope(())) if by else world.system
    with action(code, actor=actor, reason=reason) as act:
        act.about("thing", "1", name, jurisdiction=at, agency=World.AGENCY)
        act.details(count=1)
    return AuditEntry.objects.latest("sequence")


def listed(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/audit?{query}")
    assert answer.status_code == 200, answer.content
    return [item["action"] for item in answer.json()["items"]]


def test_a_code_is_that_code_only_and_a_group_is_all_of_it(world: World) -> None:
    for code in ("task.bulk", "task.bulk_undo", "task_rule.edit"):
        acted(world, code)
    client = world.client("audit.view")
    assert listed(client, "action=task.bulk") == ["task.bulk"]
    assert listed(client, "action=task.") == ["task.bulk_undo", "task.bulk"]


def test_who_acted_and_the_centre_itself(world: World) -> None:
    one = world.person()
    acted(world, "thing.by_one", by=one)
    acted(world, "thing.by_itself")
    client = world.client("audit.view")
    assert listed(client, f"actor={one.pk}") == ["thing.by_one"]
    assert listed(client, "actor=centre") == ["thing.by_itself"]
    assert client.get("/api/v1/audit?actor=nobody").status_code == 422


def test_the_objects_name_and_the_days(world: World) -> None:
    entry = acted(world, "thing.old", name="Kakadeo crossing 50%")
    acted(world, "thing.new", name="काकादेव चौराहा")
    client = world.client("audit.view")
    assert listed(client, "q=kakaDEO") == ["thing.old"]
    assert listed(client, "q=काकादेव") == ["thing.new"]
    assert listed(client, "q=50%25") == ["thing.old"]
    at_ms = int(entry.at.timestamp() * 1000)
    assert listed(client, f"to_ms={at_ms}") == []
    assert set(listed(client, f"from_ms={at_ms}")) == {"thing.old", "thing.new"}


def test_pages_go_on_within_one_moment(world: World) -> None:
    """Entries of one action have one time: none may be lost or come twice where a page ends between them."""
    with action("thing.many", actor=world.system) as act:
        for number in range(7):
            act.about("thing", str(number), jurisdiction=World.HOME, agency=World.AGENCY, also=True)
    now = timezone.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(action="thing.same", object_type="thing", object_id=str(number), actor_name="", at=now,
                   jurisdiction_path=World.HOME, agency_code=World.AGENCY)
        for number in range(7)
    )  # fmt: skip
    client, seen, cursor = world.client("audit.view"), [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/audit?limit=3&cursor={cursor}").json()
        seen += [item["sequence"] for item in page["items"]]
        cursor = page["next"]
    assert seen == list(AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True))
    assert len(seen) == 14


def test_counts_up_to_a_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "COUNTED", 2)
    for _ in range(4):
        acted(world)
    assert world.client("audit.view").get("/api/v1/audit?limit=1").json()["total"] == 3


def test_one_entry_with_its_place_in_the_chain(world: World) -> None:
    entry = acted(world)
    client = world.client("audit.view")
    ask = f"/api/v1/audit/{entry.pk}"
    assert client.get(ask).json()["place"] is None
    AuditLink.objects.create(position=1, entry_id=entry.pk, link="ab" * 32, day=dt.date(2026, 11, 27))
    told = client.get(ask).json()
    assert told["place"] == {"position": 1, "link": "ab" * 32, "day": "2026-11-27"}
    assert (told["details"], told["jurisdiction"], told["agency"]) == ({"count": 1}, World.HOME, World.AGENCY)


def test_people_are_found_by_name_when_they_did_something_here(world: World) -> None:
    here, there, idle = world.person("asha.verma"), world.person("asha.rawat"), world.person("asha.negi")
    acted(world, by=here)
    acted(world, by=there, at=World.ELSEWHERE)
    client = world.client("audit.view")

    def found(query: str) -> list[str]:
        return [item["username"] for item in client.get(f"/api/v1/audit/actors?{query}").json()["items"]]

    assert found("q=ASHA") == ["asha.verma"]
    assert found("q=nobody") == []
    assert found(f"q=nobody&chosen={here.pk}") == ["asha.verma"]
    assert found(f"q=nobody&chosen={there.pk}") == [], "what they did is not in the reader's area"
    assert found(f"q=nobody&chosen={idle.pk}") == []


def taken(client: Client, **form: Any) -> list[dict[str, str]]:
    answer = client.post("/api/v1/audit/export", form, content_type="application/json")
    assert answer.status_code == 200, answer.content
    parts = answer.streaming_content
    assert isinstance(parts, Iterator), "read as it is sent"
    text = b"".join(parts).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_what_is_listed_and_says_so_in_the_audit(world: World) -> None:
    acted(world, "thing.other")
    entry = acted(world, name="=HYPERLINK(1)", reason="+1")
    acted(world, at=World.ELSEWHERE)
    rows = taken(world.client("audit.view"), action="thing.done", reason="Asked by the inspector")
    assert [row["sequence"] for row in rows] == [str(entry.sequence)]
    assert (rows[0]["object_name"], rows[0]["reason"]) == ("'=HYPERLINK(1)", "'+1"), "no cell runs as a formula"
    assert rows[0]["details"] == '{"count":1}'
    assert rows[0]["at"].endswith("+05:30")
    own = AuditEntry.objects.latest("sequence")
    assert (own.action, own.object_type, own.reason) == ("audit.export", "audit", "Asked by the inspector")
    assert own.details == {"format": "csv", "rows": 1, "filters": {"action": "thing.done"}}


def test_the_file_has_the_place_in_the_chain(world: World) -> None:
    entry = acted(world)
    AuditLink.objects.create(position=1, entry_id=entry.pk, link="cd" * 32, day=dt.date(2026, 11, 27))
    acted(world)
    later, first = taken(world.client("audit.view"), reason="A check")
    assert (first["chain_position"], first["chain_link"]) == ("1", "cd" * 32)
    assert (later["chain_position"], later["chain_link"]) == ("", "")


def test_no_file_without_a_reason_or_of_too_much(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST", 1)
    for _ in range(2):
        acted(world)
    client = world.client("audit.view")

    def refused(**form: Any) -> tuple[int, str]:
        answer = client.post("/api/v1/audit/export", form, content_type="application/json")
        return answer.status_code, answer.json()["code"]

    assert refused(reason="  ")[0] == 422
    assert refused(reason="A check") == (409, "too_many")
    assert not AuditEntry.objects.filter(action="audit.export").exists(), "nothing was taken"
