"""The roster: laid out from a pattern, mended, published; who comes late is told to supervisors."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

import shifts_rig as rig
from prahari.contracts.clock import local_day, start_of_day_ms
from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction, Role, RoleGrant
from prahari.desks.messages.models import Message
from prahari.desks.shifts import duties, lateness, schemas
from prahari.desks.shifts.choices import NEVER_MS
from prahari.desks.shifts.models import Post, RosterEntry
from scope import World

JSON = "application/json"
ROSTER = "/api/v1/roster"
DAY_MS = 86_400_000
MANAGE = ("shift.view", "shift.manage")


def laid(world: World, client: Client, post: Post, names: str, keep: bool, weeks: int = 1) -> Any:
    people = [rig.sitter(world, name) for name in names.split()]
    body = {
        "post": str(post.id), "pattern": str(rig.pattern(world).id), "first": str(local_day()), "weeks": weeks,
        "people": [{"person": str(one.id), "begin": at * 2} for at, one in enumerate(people)], "keep": keep,
    }  # fmt: skip
    answer = client.post(f"{ROSTER}/lay-out", body, content_type=JSON)
    assert answer.status_code == 200, answer.content
    schemas.ShiftLaidOut.model_validate(answer.json())
    return answer.json()


def shown(client: Client, days: int = 7) -> Any:
    start = start_of_day_ms(local_day())
    answer = client.get(f"{ROSTER}?from_ms={start}&to_ms={start + days * DAY_MS}")
    assert answer.status_code == 200, answer.content
    schemas.ShiftRoster.model_validate(answer.json())
    return answer.json()


def publish(client: Client, **more: Any) -> Any:
    start = start_of_day_ms(local_day())
    body = {"from_ms": start, "to_ms": start + 7 * DAY_MS} | more
    return client.post(f"{ROSTER}/publish", body, content_type=JSON)


def test_a_week_is_laid_out_seen_and_published(world: World) -> None:
    post, boss = rig.post(world), world.client(*MANAGE)
    tried = laid(world, boss, post, "asha ravi sunil meena", keep=False)
    assert len(tried["items"]) == 21 and tried["clashes"] == [] and not RosterEntry.objects.exists()
    made = laid(world, boss, post, "a b c d", keep=True)
    assert len(made["items"]) == 21
    everybody = world.client("shift.view")
    assert len(shown(boss)["items"]) == 21 and shown(everybody)["items"] == []
    assert publish(boss).json() == {"published": 21, "clashes": 0}
    assert len(shown(everybody)["items"]) == 21 and not shown(everybody)["may_manage"]
    assert publish(boss).json()["published"] == 0


def test_a_turn_that_stands_is_not_made_twice(world: World) -> None:
    post, boss = rig.post(world), world.client(*MANAGE)
    made = laid(world, boss, post, "asha", keep=True)
    again = {
        "post": str(post.id), "pattern": str(rig.pattern(world).id), "first": str(local_day()), "weeks": 1,
        "people": [{"person": made["items"][0]["person"]["id"], "begin": 0}], "keep": True,
    }  # fmt: skip
    answer = boss.post(f"{ROSTER}/lay-out", again, content_type=JSON).json()
    assert answer["items"] == [] and answer["standing"] == len(made["items"])


def test_what_speaks_against_it_is_shown_and_two_places_at_once_are_refused(world: World) -> None:
    one, other, boss = rig.post(world), rig.post(world), world.client(*MANAGE)
    asha = rig.sitter(world, "asha")
    rig.entry(one, asha, 24, 8, published=False)
    tired = rig.entry(one, asha, 36, 8, published=False)
    assert [found["kind"] for found in shown(boss)["clashes"]] == ["rest"]
    silent = publish(boss)
    assert silent.status_code == 422 and "reason" in silent.json()["fields"]
    double = rig.entry(other, asha, 37, 8, published=False)
    kinds = {found["kind"]: found for found in shown(boss)["clashes"]}
    assert set(kinds["double"]["entries"]) == {str(tired.id), str(double.id)} and kinds["double"]["forbids"]
    assert publish(boss, reason="Festival").json()["code"] == "clashes"
    body = {"version": 1}
    assert boss.post(f"{ROSTER}/{double.id}/cancel", body, content_type=JSON).status_code == 204
    assert publish(boss, reason="Festival").json() == {"published": 2, "clashes": 1}


def test_an_edit_after_publishing_needs_a_reason_and_the_version_that_was_seen(world: World) -> None:
    post, boss = rig.post(world), world.client(*MANAGE)
    asha, ravi = rig.sitter(world, "asha"), rig.sitter(world, "ravi")
    made = rig.entry(post, asha, 24)
    body = {"person": str(ravi.id), "from_ms": made.from_ms, "to_ms": made.to_ms, "version": 1}
    path = f"{ROSTER}/{made.id}"
    assert "reason" in boss.put(path, body, content_type=JSON).json()["fields"]
    assert boss.put(path, body | {"reason": "Swapped"}, content_type=JSON).json()["person"]["name"] == "Ravi"
    late = boss.put(path, body | {"reason": "Swapped back", "person": str(asha.id)}, content_type=JSON)
    assert late.status_code == 409 and late.json()["present"]["person"]["name"] == "Ravi"
    backwards = body | {"reason": "x y z", "to_ms": made.from_ms, "version": 2}
    assert "to_ms" in boss.put(path, backwards, content_type=JSON).json()["fields"]


def test_who_does_not_come_is_told_of_level_by_level_and_counts_as_absent(world: World) -> None:
    post = rig.post(world)
    boss = world.person("boss")
    RoleGrant.objects.create(user=boss, role=Role.objects.get(code="supervisor"), agency_id=World.AGENCY,
                             jurisdiction=Jurisdiction.objects.get(path=World.HOME))  # fmt: skip
    made = rig.entry(post, rig.sitter(world, "asha"), 1)
    minute = 60_000
    assert lateness.sweep(made.from_ms - 1) == 0
    assert lateness.sweep(made.from_ms + 9 * minute) == 0
    assert lateness.sweep(made.from_ms + 10 * minute) == 1
    assert lateness.sweep(made.from_ms + 10 * minute) == 0, "told once"
    assert lateness.sweep(made.from_ms + 30 * minute) == 1
    assert lateness.sweep(made.from_ms + 60 * minute) == 1
    made.refresh_from_db()
    assert [(one["came"], one["people"]) for one in made.told] == [
        ("late", ["Boss"]), ("late", ["Boss"]), ("absent", ["Boss"]),
    ]  # fmt: skip
    assert (made.came, made.next_ms) == ("absent", NEVER_MS)
    assert lateness.sweep(made.to_ms + minute) == 0
    assert not Message.objects.exists(), "nobody's number is known"


def test_who_comes_is_marked_and_told_of_no_more(world: World) -> None:
    post = rig.post(world)
    punctual, late = rig.sitter(world, "asha"), rig.sitter(world, "ravi")
    first, second = rig.entry(post, punctual, 0.5), rig.entry(post, late, -0.5)
    assert lateness.sweep(second.from_ms + 11 * 60_000) == 1
    one = duties.sign_on(actor=rig.actor(punctual), post_id=post.id, key=uuid.uuid4())
    other = duties.sign_on(actor=rig.actor(late), post_id=post.id, key=uuid.uuid4())
    assert (one.roster_id, other.roster_id) == (first.id, second.id)
    came = dict(RosterEntry.objects.values_list("id", "came"))
    assert came == {first.id: "on_time", second.id: "late"}
    assert lateness.sweep(now_ms() + 2 * 3_600_000) == 0


def test_posts_and_patterns_are_kept_from_two_writers(world: World) -> None:
    boss = world.client(*MANAGE)
    post = rig.post(world)
    body = {
        "name": {"en": "North", "hi": "उत्तर"}, "jurisdiction": World.HOME, "agency": World.AGENCY, "version": 1,
        "reason": "Renamed",
    }  # fmt: skip
    path = f"/api/v1/shift-posts/{post.id}"
    assert boss.put(path, body, content_type=JSON).json()["version"] == 2
    late = boss.put(path, body, content_type=JSON)
    assert late.status_code == 409 and late.json()["present"]["name"]["en"] == "North"
    twice = boss.post("/api/v1/shift-posts", {**body, "code": post.code, "version": 1}, content_type=JSON)
    assert twice.status_code == 422  # version is no field of a new one
    wrong = {**rig.PATTERN, "cycle": [0, 7]}
    assert "cycle" in boss.post("/api/v1/shift-patterns", wrong, content_type=JSON).json()["fields"]
