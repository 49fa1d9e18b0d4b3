"""Proof of attention: taken in twice without harm, by the centre's clock, in scope; looks at it are audited."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

import registry_rig
import shifts_rig as rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.shifts import checks, duties, schemas, watching
from prahari.desks.shifts.choices import NEVER_MS
from prahari.desks.shifts.models import AttentionCheck, AttentionStretch, Duty, PostCamera
from scope import World

JSON = "application/json"
PATH = "/api/v1/attention"
MINUTE_MS = 60_000


def stretch(camera: Any, from_ms: int, to_ms: int) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "camera": str(camera.pk), "from_ms": from_ms, "to_ms": to_ms}


def report(client: Client, *stretches: dict[str, Any], sent_ms: int | None = None) -> dict[str, int]:
    body = {"sent_ms": now_ms() if sent_ms is None else sent_ms, "stretches": list(stretches)}
    answer = client.post(PATH, body, content_type=JSON)
    assert answer.status_code == 200, answer.content
    found: dict[str, int] = answer.json()
    return found


def look(client: Client, from_ms: int, to_ms: int, **more: Any) -> Any:
    answer = client.get(f"{PATH}/cameras", {"from_ms": from_ms, "to_ms": to_ms, **more})
    assert answer.status_code == 200, answer.content
    schemas.AttentionReport.model_validate(answer.json())
    return answer.json()


def test_who_watched_the_junction_between_eight_and_ten(world: World) -> None:
    camera = registry_rig.camera(world, name_en="Junction 14")
    duty = rig.on_duty(world, name="asha")
    Duty.objects.filter(id=duty.id).update(from_ms=now_ms() - 60 * MINUTE_MS, on_ms=now_ms() - 60 * MINUTE_MS)
    asha = world.browser(duty.person)
    end = now_ms()
    pieces = [stretch(camera, at, at + MINUTE_MS) for at in range(end - 10 * MINUTE_MS, end - 5 * MINUTE_MS, MINUTE_MS)]
    assert report(asha, *pieces) == {"kept": 5, "refused": 0}
    assert report(asha, *pieces[:2]) == {"kept": 2, "refused": 0}
    assert AttentionStretch.objects.count() == 5, "what comes twice is one"

    found = look(world.client("attention.view"), end - 20 * MINUTE_MS, end, cameras=str(camera.pk))
    [row] = found["cameras"]
    [who] = row["people"]
    assert (who["person"]["name"], who["post"]) == ("Asha", duty.post.code)
    [[start, until]] = who["stretches"]
    assert until - start == 5 * MINUTE_MS and abs(start - (end - 10 * MINUTE_MS)) < 2_000
    assert row["share"] == pytest.approx(0.25, abs=0.01) and len(row["nobody"]) == 2
    entry = AuditEntry.objects.get(action="attention.look")
    assert entry.details["cameras"] == 1

    elsewhere = world.client("attention.view", at=World.ELSEWHERE)
    assert look(elsewhere, end - 20 * MINUTE_MS, end, cameras=str(camera.pk))["cameras"] == []


def test_a_console_whose_clock_is_wrong_is_put_right(world: World) -> None:
    camera = registry_rig.camera(world)
    person = rig.sitter(world, "asha")
    ahead_ms = 3 * 3_600_000
    at = now_ms()
    one = stretch(camera, at + ahead_ms - 30_000, at + ahead_ms)
    assert report(world.browser(person), one, sent_ms=at + ahead_ms) == {"kept": 1, "refused": 0}
    kept = AttentionStretch.objects.get()
    assert abs(kept.to_ms - at) < 2_000 and abs(kept.to_ms - kept.from_ms - 30_000) < 2_000


def test_what_cannot_be_is_left_out_and_the_rest_kept(world: World) -> None:
    mine, other = registry_rig.camera(world), registry_rig.camera(world, at=World.ELSEWHERE)
    client = world.browser(rig.sitter(world))
    at = now_ms()
    found = report(
        client, stretch(mine, at - 10_000, at), stretch(other, at - 10_000, at), stretch(mine, at, at - 10_000),
        stretch(mine, at - 3_600_000, at), stretch(mine, at - 48 * 3_600_000, at - 48 * 3_600_000 + 1000),
        stretch(mine, at + 60_000, at + 90_000), {**stretch(mine, 0, 1), "camera": str(uuid.uuid4())},
    )  # fmt: skip
    assert found == {"kept": 1, "refused": 6}
    body = {"sent_ms": at, "stretches": []}
    assert client.post(PATH, body, content_type=JSON).status_code == 422


def test_stretches_cannot_be_changed(world: World) -> None:
    client = world.browser(rig.sitter(world))
    at = now_ms()
    report(client, stretch(registry_rig.camera(world), at - 10_000, at))
    with pytest.raises(ProgrammingError), transaction.atomic():
        AttentionStretch.objects.update(to_ms=at)


def test_the_share_of_a_shift_and_ones_own_figures(world: World) -> None:
    seen, unseen = registry_rig.camera(world), registry_rig.camera(world)
    duty = rig.on_duty(world, name="asha")
    for camera in (seen, unseen):
        PostCamera.objects.create(post=duty.post, camera=camera)
    begin = now_ms() - 20 * MINUTE_MS
    Duty.objects.filter(id=duty.id).update(from_ms=begin, on_ms=begin)
    asha = world.browser(duty.person)
    report(asha, *(stretch(seen, at, at + MINUTE_MS) for at in range(begin, begin + 10 * MINUTE_MS, MINUTE_MS)))
    window = {"from_ms": begin - MINUTE_MS, "to_ms": now_ms() + MINUTE_MS}
    boss = world.client("attention.view")
    answer = boss.get(f"{PATH}/duties", window)
    assert answer.status_code == 200, answer.content
    schemas.AttentionDuties.model_validate(answer.json())
    [row] = answer.json()["items"]
    assert (row["cameras"], row["watched"], [one["id"] for one in row["never"]]) == (2, 1, [str(unseen.pk)])
    assert row["share"] == pytest.approx(0.25, abs=0.01)
    before = AuditEntry.objects.filter(action="attention.look").count()
    [own] = asha.get(f"{PATH}/me", window).json()["items"]
    assert own["duty"] == row["duty"] and AuditEntry.objects.filter(action="attention.look").count() == before
    assert asha.get(f"{PATH}/duties", window).status_code == 403
    assert look(boss, begin, now_ms(), post=str(duty.post_id))["cameras"][0]["id"] == str(seen.pk)


def asked(duty: Duty) -> AttentionCheck:
    Duty.objects.filter(id=duty.id).update(next_check_ms=now_ms())
    assert checks.sweep() == 1
    return AttentionCheck.objects.get(duty=duty, state="asked")


def test_asked_at_the_desk_and_answered(world: World) -> None:
    duty = rig.on_duty(world, name="asha")
    least, most = 40 * MINUTE_MS, 90 * MINUTE_MS
    assert least <= duty.next_check_ms - now_ms() + 5_000 and duty.next_check_ms - now_ms() <= most
    assert checks.sweep() == 0
    check = asked(duty)
    asha = world.browser(duty.person)
    pending = asha.get("/api/v1/shifts/me").json()["check"]
    assert pending == {"id": str(check.id), "due_ms": check.due_ms}
    path = f"{PATH}/checks/{check.id}"
    assert asha.post(f"{path}/shown").status_code == 204
    assert asha.post(f"{path}/answer").json() == {"state": "answered"}
    assert checks.sweep(check.due_ms + 60_000) == 0
    assert Duty.objects.get(id=duty.id).next_check_ms > now_ms()
    assert world.browser(rig.sitter(world)).post(f"{path}/answer").status_code == 404


def test_a_missed_question_is_written_down_and_told_apart_from_one_that_nobody_saw(world: World) -> None:
    duty = rig.on_duty(world, name="asha")
    asha = world.browser(duty.person)
    seen = asked(duty)
    assert asha.post(f"{PATH}/checks/{seen.id}/shown").status_code == 204
    assert checks.sweep(seen.due_ms + checks.GRACE_MS) == 1
    assert asha.post(f"{PATH}/checks/{seen.id}/answer").json() == {"state": "missed"}
    unseen = asked(duty)
    assert checks.sweep(unseen.due_ms + checks.GRACE_MS) == 1
    [row] = watching.own(rig.actor(duty.person), 0 + now_ms() - 3_600_000, now_ms() + 1000)["items"]
    assert row["checks"] == {"answered": 0, "missed": 1, "not_shown": 1, "excused": 0}


def test_nobody_is_asked_during_a_break(world: World) -> None:
    duty = rig.on_duty(world, name="asha")
    check = asked(duty)
    duties.begin_break(actor=rig.actor(duty.person), duty_id=duty.id, cover=rig.sitter(world, "ravi").id)
    assert checks.sweep(check.due_ms + checks.GRACE_MS) == 1
    check.refresh_from_db()
    assert check.state == "excused"
    Duty.objects.filter(id=duty.id).update(next_check_ms=now_ms())
    assert checks.sweep() == 0 and Duty.objects.get(id=duty.id).next_check_ms > now_ms()


def test_a_city_may_ask_nobody(world: World) -> None:
    Rule.objects.create(code="attention_check_most_minutes", valid_from=local_day(), value=None, source="test",
                        created_ms=now_ms())  # fmt: skip
    assert rig.on_duty(world).next_check_ms == NEVER_MS


def test_what_is_old_is_forgotten(world: World) -> None:
    client = world.browser(rig.sitter(world))
    at = now_ms()
    camera = registry_rig.camera(world)
    report(client, stretch(camera, at - 10_000, at))
    assert watching.forget_old() == 0
    old = at - 181 * 86_400_000
    AttentionStretch.objects.create(id=uuid.uuid4(), camera=camera, person=rig.sitter(world), from_ms=old,
                                    to_ms=old + 1, came_ms=old)  # fmt: skip
    assert watching.forget_old() == 1 and AttentionStretch.objects.count() == 1
