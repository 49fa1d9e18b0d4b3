"""Associations, meetings, campaigns, letters, visits: entered once, sealed, numbered, and what followed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

import outreach_rig as rig
import registry_rig
from prahari.contracts.clock import local_day
from prahari.core.ids import uuid7
from prahari.desks.common.errors import Problem
from prahari.desks.outreach import actions, letters, models
from prahari.desks.outreach.schemas import letters as ls
from prahari.desks.outreach.selectors import letters as letter_reads
from prahari.desks.outreach.selectors import outreach as reads
from scope import API, World

JSON = "application/json"
DAY = dt.timedelta(days=1)


def days_ago(number: int) -> dt.date:
    return local_day() - number * DAY


def test_numbers_of_office_bearers_are_sealed_and_shown_to_who_needs_them(world: World) -> None:
    found = rig.association(world, bearers=[{"name": "R. Gupta", "role": "President", "mobile": "9000000001"}])
    assert "9000000001" not in models.OfficeBearer.objects.get().sealed_mobile
    url = f"{API}/outreach/associations/{found.id}"
    assert world.client("outreach.view").get(url).json()["bearers"][0]["mobile"] == ""
    assert world.client("outreach.view", "outreach.edit").get(url).json()["bearers"][0]["mobile"] == "9000000001"


def test_a_meeting_yields_leads_visits_and_members(world: World) -> None:
    found = rig.association(world)
    yes, maybe, no = (registry_rig.premises(world) for _ in range(3))
    leads = [{"premises": one.id, "answer": said} for one, said in ((yes, "yes"), (maybe, "maybe"), (no, "no"))]
    meeting = rig.meeting(world, found, days_ago(3), leads=leads)
    row = reads.meeting_row(world.system, meeting)
    assert [(one["answer"], one["task_id"] is not None) for one in row["leads"]] == [
        ("yes", True), ("maybe", True), ("no", False),
    ]  # fmt: skip
    assert set(found.members.values_list("premises_id", flat=True)) == {yes.id, maybe.id}
    form = {"held_on": str(days_ago(3)), "place": "Hall", "leads": [{"premises": str(yes.id), "answer": "yes"}]}
    body = {**form, "reason": "two were not there", "edited_ms": row["edited_ms"]}
    client = world.client("outreach.edit", "registry.view")
    answer = client.patch(f"{API}/outreach/meetings/{meeting}", body, content_type=JSON)
    assert answer.status_code == 200, answer.content
    assert [one["task_id"] for one in answer.json()["leads"]] == [str(row["leads"][0]["task_id"])]  # not a second visit
    assert client.patch(f"{API}/outreach/meetings/{meeting}", body, content_type=JSON).status_code == 409


def test_consents_that_followed_a_meeting(world: World) -> None:
    found = rig.association(world)
    members = [registry_rig.premises(world) for _ in range(6)]
    actions.add_members(actor=world.system, association_id=found.id, premises_ids=[one.id for one in members])
    meeting = rig.meeting(world, found, days_ago(60))
    rig.consented(members[0], days_ago(61))  # the day before
    rig.consented(members[1], days_ago(60))
    rig.consented(members[1], days_ago(55), before="consented")  # renewed
    rig.consented(members[2], days_ago(30))  # the last day
    rig.consented(members[3], days_ago(29))  # a day late
    rig.consented(members[4], days_ago(50), is_correction=True)
    rig.consented(registry_rig.premises(world), days_ago(50))  # no member
    row = reads.meeting_row(world.system, meeting)
    assert (row["followed"], row["followed_days"], row["window_open"]) == (2, 30, False)


def test_a_campaign_is_held_against_as_many_days_before(world: World) -> None:
    shops = [registry_rig.premises(world) for _ in range(4)]
    school = registry_rig.premises(world, owner_class="school")
    elsewhere = registry_rig.premises(world, at=World.ELSEWHERE)
    for one in (*shops, school, elsewhere):
        rig.listed(one)
    campaign = rig.campaign(world, days_ago(9), days_ago(5), owner_classes=["shop"])
    rig.campaign(world, days_ago(6), days_ago(6), jurisdiction="up.kanpur")
    rig.consented(shops[0], days_ago(12))
    rig.consented(shops[1], days_ago(9))
    rig.consented(shops[2], local_day())
    rig.consented(school, days_ago(8))
    rig.consented(elsewhere, days_ago(8))
    rig.consented(shops[3], days_ago(25))  # before the days before
    found = reads.campaign_detail(world.system, campaign)["followed"]
    assert (found["days"], found["before"], found["after"], found["window_open"]) == (10, 1, 2, True)
    assert len(found["by_day"]) == 20
    assert sum(one["consents"] for one in found["by_day"]) == 3
    assert found["at_the_same_time"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reach": 500}, "reach_how"),
        ({"last": dt.date(2026, 1, 1)}, "last_day"),
        ({"owner_classes": ["palace"]}, "owner_classes"),
        ({"channel": "telepathy"}, "channel"),
    ],
)
def test_campaigns_that_cannot_be(world: World, change: dict[str, Any], field: str) -> None:
    days = {"first": days_ago(5), "last": days_ago(5)} | change
    with pytest.raises(Problem) as refused:
        rig.campaign(world, **days)
    assert field in (refused.value.fields or {})


def _run(premises: list[Any], **more: Any) -> ls.LetterRunIn:
    fields: dict[str, Any] = {"run_id": uuid7(), "template": "install_cameras"} | more
    return ls.LetterRunIn(premises=[one.id for one in premises], **fields)


def test_a_run_is_written_once_and_numbered_without_holes(world: World) -> None:
    premises = [registry_rig.premises(world) for _ in range(5)]
    form = _run(premises)
    first = actions.write_letters(actor=world.system, form=form)
    again = actions.write_letters(actor=world.system, form=form)
    assert [one.number for one in again] == [one.number for one in first]
    with pytest.raises(Problem):
        actions.write_letters(actor=world.system, form=_run([], q="nobody has this name"))
    [more] = actions.write_letters(actor=world.system, form=_run(premises[:1]))
    numbers = [int(one.number.rpartition("/")[2]) for one in (*first, more)]
    assert numbers == list(range(numbers[0], numbers[0] + 6))
    assert models.Letter.objects.count() == 6


def test_filters_choose_whom_to_write_to(world: World) -> None:
    shop, school, consented = (registry_rig.premises(world, owner_class=one) for one in ("shop", "school", "shop"))
    rig.listed(shop)
    rig.listed(school, cameras_reported=0)
    rig.listed(consented, "consented")
    client = world.client("outreach.edit")

    def count(**filters: Any) -> int:
        body = {"template": "consent_request", **filters}
        return client.post(f"{API}/outreach/letters/preview", body, content_type=JSON).json()["count"]

    assert count() == 3
    assert count(step="listed,asked") == 2
    assert count(owner_class="school") == 1
    assert count(without_cameras=True) == 1
    actions.write_letters(actor=world.system, form=_run([shop], template="consent_request"))
    assert count(step="listed,asked", not_written_days=30) == 1
    assert world.client("outreach.edit", at=World.ELSEWHERE).post(
        f"{API}/outreach/letters/preview", {"template": "consent_request"}, content_type=JSON
    ).json()["count"] == 0  # fmt: skip


@pytest.mark.parametrize("language", ["hi", "en"])
def test_letters_on_paper(world: World, language: str) -> None:
    premises = [registry_rig.premises(world, name_hi="श्रीमती वस्त्र भण्डार", name_en="{owner} & Sons") for _ in range(2)]
    written = actions.write_letters(actor=world.system, form=_run(premises, language=language))
    answer = world.client("outreach.view").get(f"{API}/outreach/letter-runs/{written[0].run_id}/pdf")
    assert answer.status_code == 200
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)]
    assert len(pages) == 2
    for page, letter in zip(pages, written, strict=True):
        assert letter.number in page
        assert letters.owner_link(letter.premises_id) in "".join(page.split())
    wanted = (
        ["श्रीमती वस्त्र भण्डार", "प्रतिष्ठान में आईपी कैमरे"] if language == "hi" else ["{owner} & Sons", "at your own expense"]
    )
    for words in wanted:
        assert "".join(words.split()) in "".join(pages[0].split())  # pdfium tells some spaces only by distance


def test_a_text_with_a_place_that_nothing_fills_is_refused(world: World) -> None:
    form = ls.LetterTemplateIn(
        purpose="request", name={"en": "x", "hi": "x"}, subject={"en": "x", "hi": "x"},
        body={"en": "Dear {onwer}", "hi": "x"}, signatory={"en": "x", "hi": "x"}, version=1, reason="typing",
    )  # fmt: skip
    with pytest.raises(Problem) as refused:
        actions.save_template(actor=world.system, code="consent_request", form=form)
    assert "{onwer}" in (refused.value.fields or {})["body"]["en"]


def test_versions_are_added_and_stale_ones_refused(world: World) -> None:
    before = rig.letter(world)
    both = {"en": "New words", "hi": "नए शब्द"}
    form = ls.LetterTemplateIn(
        purpose="request", name=both, subject=both, body=both, signatory=both, version=1, reason="clearer"
    )
    assert actions.save_template(actor=world.system, code="consent_request", form=form).version == 2
    with pytest.raises(Problem) as refused:
        actions.save_template(actor=world.system, code="consent_request", form=form)
    assert refused.value.status == 409
    assert models.Letter.objects.get(id=before.id).template.version == 1
    assert letters.template("consent_request").version == 2


def test_conversion_counts_what_came_after_the_letter(world: World) -> None:
    premises = [registry_rig.premises(world) for _ in range(5)]
    links = [rig.listed(one) for one in premises]
    links[0].step, links[0].consented_ms = "consented", 5  # long before the letter
    links[0].save()
    written = actions.write_letters(actor=world.system, form=_run(premises, template="consent_request"))
    at = written[0].created_ms
    for link, step, column in ((links[1], "consented", "consented_ms"), (links[2], "refused", "refused_ms")):
        link.step = step
        setattr(link, column, at + 1)
        link.save()
    links[3].step, links[3].consented_ms, links[3].withdrawn_ms = "withdrawn", at + 1, at + 2
    links[3].save()
    sent = ls.RunSentIn(sent_on=local_day(), sent_by="post", follow_up_on=local_day())
    assert actions.mark_run_sent(actor=world.system, run_id=written[0].run_id, form=sent) == 5
    assert actions.mark_run_sent(actor=world.system, run_id=written[0].run_id, form=sent) == 0
    [row] = letter_reads.conversion(world.system, None)["items"]
    assert row == {
        "purpose": "request", "letters": 5, "premises": 5, "sent": 5, "consented": 1, "installed": 0, "refused": 1,
    }  # fmt: skip
    listed = world.client("outreach.view").get(f"{API}/outreach/letters?overdue=true").json()["items"]
    overdue: set[UUID | str] = {one["premises"]["id"] for one in listed}
    assert str(premises[4].id) in overdue
    assert not {str(premises[1].id), str(premises[2].id)} & overdue


def test_visits_are_entered_once(world: World) -> None:
    body = {
        "key": str(uuid7()), "visitor": "Hon. Member", "came_ms": 1_760_000_000_000, "host": "SP",
        "agency": World.AGENCY, "jurisdiction": World.HOME,
    }  # fmt: skip
    client = world.client("outreach.edit")
    first = client.post(f"{API}/outreach/visits", body, content_type=JSON)
    again = client.post(f"{API}/outreach/visits", body, content_type=JSON)
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    future = body | {"key": str(uuid7()), "came_ms": 4_000_000_000_000}
    assert client.post(f"{API}/outreach/visits", future, content_type=JSON).status_code == 422
