"""Merging, taking apart, splitting: nothing is lost, nothing is in two places, whatever the order."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import alarms_rig
import incidents_rig as rig
from prahari.desks.alarms import selectors as alarms
from prahari.desks.common.errors import Problem
from prahari.desks.incidents import merging, selectors, timeline
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.models import Incident, Merge, TimelineEntry
from scope import World

API = "/api/v1"
pytestmark = pytest.mark.django_db


def alarm_ids(incident: Incident) -> set[str]:
    return {one["id"] for one in alarms.of_incident(incident.id)}


def with_alarms(world: World, count: int = 2, **more: Any) -> Incident:
    return rig.opened(world, alarms=[str(alarms_rig.put().alarm_id) for _ in range(count)], **more)


def merge(world: World, part: Incident, whole: Incident) -> None:
    part.refresh_from_db()
    whole.refresh_from_db()
    form = s.MergeIn(version=part.version, into=whole.id, into_version=whole.version, reason="The same")
    merging.merge(actor=world.system, incident_id=part.id, form=form)


def unmerge(world: World, part: Incident) -> None:
    row = Merge.objects.get(merged=part, undone_ms__isnull=True)
    lives = Incident.objects.get(merged=part)
    merging.unmerge(actor=world.system, merge_id=row.id, form=s.WithReason(version=lives.version, reason="Two things"))


def test_one_lives_on_with_all_of_it_and_the_other_points_to_it(world: World) -> None:
    part, whole = with_alarms(world, agencies=["traffic"]), with_alarms(world)
    both = alarm_ids(part) | alarm_ids(whole)
    merge(world, part, whole)
    part.refresh_from_db()
    assert (part.state, part.outcome, part.merged_into_id) == ("closed", "merged", whole.id)
    assert alarm_ids(whole) == both and not alarm_ids(part)
    detail = selectors.detail(world.system, whole.id)
    assert detail["agencies"] == ["police", "traffic"]
    assert [one["number"] for one in detail["merged"]] == [part.number]
    kinds = [(one["kind"], one["number"]) for one in selectors.timeline_page(world.system, whole.id, 50, None)["items"]]
    assert ("opened", part.number) in kinds and ("opened", None) in kinds
    assert selectors.detail(world.system, part.id)["merged_into_number"] == whole.number


def test_on_a_merged_one_nobody_writes_but_is_told_where_it_goes_on(world: World) -> None:
    row = rig.merged(world)
    client = world.browser(rig.worker(world))
    answer = client.post(f"{API}/incidents/{row.merged_id}/notes", {"key": str(uuid.uuid4()), "text": "Late"},
                         "application/json")  # fmt: skip
    assert answer.status_code == 409 and row.into.number in answer.json()["message"]["hi"]


def test_taken_apart_both_are_as_they_were(world: World) -> None:
    part, whole = with_alarms(world), with_alarms(world)
    before = alarm_ids(part), alarm_ids(whole)
    merge(world, part, whole)
    unmerge(world, part)
    part.refresh_from_db()
    assert (part.state, part.merged_into_id, part.outcome, part.closed_ms) == ("open", None, "", None)
    assert (alarm_ids(part), alarm_ids(whole)) == before
    assert {one["state"] for one in selectors.detail(world.system, part.id)["clocks"]} == {"running"}
    assert not timeline.entries_of(whole).filter(incident=part).exists()


def test_a_merged_one_comes_along_when_its_whole_is_merged(world: World) -> None:
    first, second, third = (with_alarms(world, 1) for _ in range(3))
    merge(world, first, second)
    merge(world, second, third)
    first.refresh_from_db()
    assert first.merged_into_id == third.id
    unmerge(world, second)
    first.refresh_from_db()
    assert first.merged_into_id == second.id
    unmerge(world, first)
    assert [len(alarm_ids(one)) for one in (first, second, third)] == [1, 1, 1]


def test_merging_needs_both_as_they_were_seen(world: World) -> None:
    part, whole = rig.opened(world), rig.opened(world)
    form = s.MergeIn(version=1, into=whole.id, into_version=7, reason="The same")
    with pytest.raises(Problem) as refused:
        merging.merge(actor=world.system, incident_id=part.id, form=form)
    assert refused.value.code == "changed"
    with pytest.raises(Problem):
        merging.merge(actor=world.system, incident_id=part.id, form=s.MergeIn(
            version=1, into=part.id, into_version=1, reason="With itself"))  # fmt: skip


def test_merging_another_agencys_incident_is_not_ones_own_right(world: World) -> None:
    client: Client = world.browser(rig.worker(world))
    part, whole = rig.opened(world), rig.opened(world, agency="traffic", agencies=["police"])
    body = {"version": 1, "into": str(whole.id), "into_version": 1, "reason": "The same"}
    answer = client.post(f"{API}/incidents/{part.id}/merge", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_lead")


def test_split_off_with_alarms_and_notes(world: World) -> None:
    client = world.browser(rig.worker(world))
    whole = with_alarms(world, 3, agencies=["traffic"])
    path = f"{API}/incidents/{whole.id}"
    note = client.post(f"{path}/notes", {"key": str(uuid.uuid4()), "text": "A fire, too"}, "application/json").json()
    moved = sorted(alarm_ids(whole))[:1]
    body = {"version": 1, "key": str(uuid.uuid4()), "kind": "fire", "severity": "critical", "title": "Shop burns",
            "alarms": moved, "notes": [note["id"]], "reason": "Another thing"}  # fmt: skip
    answer = client.post(f"{path}/split", body, "application/json")
    made = answer.json()
    assert answer.status_code == 201 and made["split_from"]["number"] == whole.number
    assert [one["id"] for one in made["alarms"]] == moved and len(alarm_ids(whole)) == 2
    assert made["agencies"] == ["police", "traffic"]
    entries = client.get(f"{API}/incidents/{made['id']}/timeline").json()["items"]
    assert [one["text"] for one in entries if one["kind"] == "note"] == ["A fire, too"]
    assert TimelineEntry.objects.filter(id=note["id"], incident=whole).exists()  # a copy: nothing is rewritten
    assert client.post(f"{path}/split", body, "application/json").json()["id"] == made["id"]  # the same form once
    strange = body | {"version": 2, "key": str(uuid.uuid4()), "alarms": [str(uuid.uuid4())]}
    assert client.post(f"{path}/split", strange, "application/json").status_code == 422


acts = st.lists(
    st.tuples(st.sampled_from(["merge", "unmerge", "split"]), st.integers(0, 5), st.integers(0, 5)), max_size=8
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck), derandomize=True)
@given(acts)
def test_whatever_is_merged_and_split_every_alarm_and_entry_has_one_place(steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        world = World()
        known = [with_alarms(world, 2) for _ in range(3)]
        everything = set().union(*(alarm_ids(one) for one in known))
        for act, one, other in steps:
            first, second = known[one % len(known)], known[other % len(known)]
            first.refresh_from_db()
            try:
                with transaction.atomic():
                    if act == "merge":
                        merge(world, first, second)
                    elif act == "unmerge" and first.merged_into_id:
                        unmerge(world, first)
                    elif act == "split":
                        form = s.SplitIn(
                            version=first.version, key=uuid.uuid4(), kind="fire", severity="low", title="Part",
                            reason="Apart", alarms=list(itertools.islice(alarm_ids(first), 1)),
                        )  # fmt: skip
                        known.append(merging.split(actor=world.system, incident_id=first.id, form=form))
            except Problem as refused:
                assert refused.status in (403, 409, 422)
        living = [Incident.objects.get(id=one.id) for one in known]
        assert [one.merged_into.merged_into_id for one in living if one.merged_into] == [
            None for one in living if one.merged_into
        ]
        whole = [one for one in living if one.merged_into_id is None]
        placed = [alarm for one in whole for alarm in alarm_ids(one)]
        assert sorted(placed) == sorted(everything)
        entries = [entry.id for one in whole for entry in timeline.entries_of(one)]
        assert len(entries) == len(set(entries)) == TimelineEntry.objects.filter(incident__in=living).count()
        transaction.set_rollback(True)
