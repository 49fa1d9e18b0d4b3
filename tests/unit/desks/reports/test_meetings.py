"""Review meetings through the API: the agenda kept, attendance, decisions, signed minutes, what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2
from django.test import Client

import reports_rig as rig
from prahari.contracts.clock import local_day
from prahari.desks.programme.models import Task
from prahari.desks.reports import schemas_meetings
from prahari.desks.reports.models import Decision, Meeting
from scope import World
from scopes.programme import fill_seeds

PATH = "/api/v1/review-meetings"
JSON = "application/json"
STARTS_MS = 1_800_000_000_000


def text_of(document: bytes) -> str:
    pages = pypdfium2.PdfDocument(document)
    return " ".join(" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in pages)


def call(client: Client, **more: Any) -> dict[str, Any]:
    body = {
        "jurisdiction": World.HOME, "agency": World.AGENCY, "title": {"en": "Review", "hi": "समीक्षा बैठक"},
        "starts_ms": STARTS_MS, "chair_name": "श्रीमती अध्यक्ष", "departments": ["dept-police"],
    } | more  # fmt: skip
    answer = client.post(PATH, body, content_type=JSON)
    assert answer.status_code == 201, answer.content
    schemas_meetings.ReviewMeeting.model_validate(answer.json())
    return dict(answer.json())


def step(client: Client, meeting: dict[str, Any], name: str) -> dict[str, Any]:
    answer = client.post(f"{PATH}/{meeting['id']}/{name}", {"edited_ms": meeting["edited_ms"]}, content_type=JSON)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def decide(client: Client, meeting: dict[str, Any], **more: Any) -> Any:
    body = {"text": {"en": "Link the liquor shops", "hi": "मदिरा दुकानें जोड़ें"}} | more
    return client.post(f"{PATH}/{meeting['id']}/decisions", body, content_type=JSON)


def chair(world: World) -> Client:
    fill_seeds()
    rig.rig.department(world)
    return world.client("meeting.manage", "report.view")


def test_a_meeting_from_call_to_action_taken(world: World) -> None:
    client = chair(world)
    house = rig.house(world, cameras=4)
    rig.camera(world, house)
    first = call(client)
    assert not first["agenda_frozen"] and first["agenda"]["totals"]["listed"] == 4
    assert decide(client, first).json()["code"] == "not_begun"
    begun = step(client, first, "begin")
    rig.house(world, cameras=100)
    again = client.get(f"{PATH}/{first['id']}").json()
    assert again["agenda_frozen"] and again["agenda"]["totals"]["listed"] == 4 == begun["agenda"]["totals"]["listed"]
    row = again["agenda"]["departments"][0]
    assert row["code"] == "dept-police" and row["verified"] == 1 and row["last_7_days"] == 1

    invited = again["invitations"][0]
    mark = {"attendance": "represented", "person": "R. Gupta"}
    answer = client.patch(f"/api/v1/review-invitations/{invited['id']}", mark, content_type=JSON)
    assert answer.json()["attendance"] == "represented"
    due = str(local_day() - dt.timedelta(days=1))
    one = decide(client, first, department="dept-police", due_on=due).json()
    assert one["owner"] == {"en": "Police line", "hi": "पुलिस लाइन"} and one["state"] == "late"
    assert decide(client, first, text={"en": "=cmd|' /C calc'!A0", "hi": "#eval(1)"}).status_code == 201
    assert decide(client, first, text={"en": "", "hi": ""}).status_code == 422

    ended = step(client, begun, "end")
    signed = step(client, ended, "sign")
    assert signed["state"] == "signed" and len(signed["minutes_sha256"]) == 64
    assert Task.objects.get(key=f"meeting-decision:{one['id']}").due_day == local_day() - dt.timedelta(days=1)
    change = {"text": {"en": "x", "hi": "x"}, "edited_ms": one["edited_ms"]}
    late = client.patch(f"/api/v1/review-decisions/{one['id']}", change, content_type=JSON)
    assert late.status_code == 409 and late.json()["code"] == "minutes_signed"

    second = call(client)
    assert second["follows"] == first["id"] and [row["state"] for row in second["follow_up"]] == ["late", "open"]
    done = {"state": "done", "done_note": "all 14 linked", "edited_ms": one["edited_ms"]}
    path = f"/api/v1/review-decisions/{one['id']}/progress"
    assert client.post(path, done | {"done_note": ""}, content_type=JSON).status_code == 422
    assert client.post(path, done, content_type=JSON).json()["state"] == "done"
    assert client.post(path, done, content_type=JSON).status_code == 409
    assert Task.objects.get(key=f"meeting-decision:{one['id']}").state == "done"

    for language, words in (
        ("hi", ["कार्यवृत्त", "श्रीमती अध्यक्ष", "मदिरा दुकानें जोड़ें", "प्रतिनिधि उपस्थित", "#eval(1)"]),
        ("en", ["Minutes of the review meeting", "Link the liquor shops", "R. Gupta", "=cmd|' /C calc'!A0"]),
    ):
        ask = {"paper": "minutes", "language": language}
        paper = client.get(f"{PATH}/{first['id']}/document", ask)
        found = text_of(paper.content)
        assert [one for one in [*words, signed["minutes_sha256"]] if one not in found] == []
        assert "Draft" not in found and "प्रारूप" not in found
    report = client.get(f"{PATH}/{second['id']}/document", {"paper": "action_taken", "language": "en"})
    assert "all 14 linked" in text_of(report.content) and "Action-taken report" in text_of(report.content)


def test_open_decisions_of_older_meetings_are_carried_on(world: World) -> None:
    oldest = rig.meeting(world, "signed", minutes={}, signed_ms=1, starts_ms=1)
    rig.decision(world, oldest, 1)
    rig.decision(world, oldest, 2, state="done")
    middle = rig.meeting(world, "signed", minutes={}, signed_ms=1, starts_ms=2, follows=oldest)
    rig.decision(world, middle, 1, state="done")
    made = call(chair(world))
    assert [(row["meeting_number"], row["number"]) for row in made["follow_up"]] == [
        (oldest.number, 1), (middle.number, 1),
    ]  # fmt: skip


def test_two_people_at_the_same_meeting(world: World) -> None:
    client = chair(world)
    meeting = call(client)
    step(client, meeting, "begin")
    stale = client.patch(
        f"{PATH}/{meeting['id']}", {"place": "Hall", "edited_ms": meeting["edited_ms"]}, content_type=JSON
    )
    assert stale.status_code == 409 and stale.json()["code"] == "edited_meanwhile"
    twice = client.post(f"{PATH}/{meeting['id']}/begin", {"edited_ms": meeting["edited_ms"]}, content_type=JSON)
    assert twice.status_code == 409 and twice.json()["code"] == "other_state"


def test_those_who_were_called_and_did_not_come_are_absent(world: World) -> None:
    client = chair(world)
    meeting = call(client)
    begun = step(client, meeting, "begin")
    assert [one["attendance"] for one in step(client, begun, "end")["invitations"]] == ["absent"]


def test_a_cancelled_meeting_is_followed_by_none(world: World) -> None:
    client = chair(world)
    meeting = call(client)
    answer = client.post(f"{PATH}/{meeting['id']}/cancel", {"reason": "festival"}, content_type=JSON)
    assert answer.json()["state"] == "cancelled"
    assert call(client)["follows"] is None and Meeting.objects.count() == 2
    assert decide(client, meeting).json()["code"] == "cancelled" and not Decision.objects.exists()


def test_the_next_meeting_is_after_this_one(world: World) -> None:
    client = chair(world)
    meeting = call(client)
    wrong = {"next_on": "2020-01-01", "edited_ms": meeting["edited_ms"]}
    assert client.patch(f"{PATH}/{meeting['id']}", wrong, content_type=JSON).status_code == 422
    right = {"next_on": "2027-02-17", "edited_ms": meeting["edited_ms"]}
    assert client.patch(f"{PATH}/{meeting['id']}", right, content_type=JSON).json()["next_on"] == "2027-02-17"
