"""An owner's way: register, consent, see, confirm, speak, withdraw; and what is somebody else's."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import registry_rig as rig
from owners_rig import API, JSON, MOBILE, OTHER, browser, last_code, post, premises
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims
from prahari.contracts.tokens import verify
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.audit.models import AuditEntry
from prahari.desks.common.models import Rule
from prahari.desks.linking.models import CameraLinkage, Consent, Linkage, PremisesConsent
from prahari.desks.messages.models import Message
from prahari.desks.owners import letters, places, texts
from prahari.desks.owners.models import Registration
from prahari.desks.registry.models import Premises
from scope import World

pytestmark = pytest.mark.django_db


def form(**more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()), "contact_name": "रमेश", "name": "गुप्ता मेडिकल", "owner_class": "shop", "address": "मॉल रोड",
        "cameras": 3, "covers": ["entry"], "recorder": "CP Plus",
    } | more  # fmt: skip


def consent(client: Client, place: Premises | str, **more: Any) -> Any:
    place_id = place if isinstance(place, str) else place.id
    scope = {"scope": {"live": "yes", "record": True, "public_view_only": True}, "language": "hi"} | more
    words = post(client, f"/premises/{place_id}/words", scope).json()
    post(client, f"/premises/{place_id}/code", {"purpose": "consent"})
    body = {**scope, "given_by": "रमेश", "text_sha256": words["sha256"], "code": last_code()}
    return post(client, f"/premises/{place_id}/consent", body)


def test_premises_are_entered_once_and_wait_for_an_officer(world: World) -> None:
    rig.department(world)
    client, filled = browser(), form()
    first, again = post(client, "/premises", filled), post(client, "/premises", filled)
    assert first.status_code == 201, first.content
    assert first.json()["id"] == again.json()["id"] and Premises.objects.count() == 1
    place = Premises.objects.get()
    assert place.source_list == "owner registration" and place.contacts.get().name == "रमेश"
    assert Linkage.objects.get().cameras_reported == 3
    [card] = client.get(f"{API}/premises").json()["items"]
    assert (card["review"], card["consent"], card["step"]) == ("waiting", "none", "listed")
    assert browser(OTHER).get(f"{API}/premises").json()["items"] == []
    assert browser(OTHER).get(f"{API}/premises/{place.id}").status_code == 404


def test_nobody_makes_endless_premises(world: World) -> None:
    rig.department(world)
    client = browser()
    answers = [post(client, "/premises", form()).status_code for _ in range(6)]
    assert answers == [201] * 5 + [409]
    assert client.get(f"{API}/premises").json()["may_register"] is False
    assert post(browser(OTHER), "/premises", form()).status_code == 201


def test_the_pin_finds_the_police_station(world: World) -> None:
    rig.department(world)
    square = [[80.0, 26.0], [81.0, 26.0], [81.0, 27.0], [80.0, 27.0], [80.0, 26.0]]
    station = Jurisdiction.objects.get(path=f"{World.HOME}.kalyanpur")
    station.boundary = {"type": "Polygon", "coordinates": [square]}
    station.save()
    assert post(browser(), "/premises", form(lat=26.5, lon=80.5)).status_code == 201
    assert Premises.objects.get().jurisdiction_id == station.pk
    assert post(browser(), "/premises", form(lat=26.5)).status_code == 422
    post(browser(), "/premises", form(lat=25.0, lon=80.5))
    assert Premises.objects.latest("created_ms").jurisdiction.path == World.CITY


@given(st.floats(-179, 179), st.floats(-89, 89))
def test_a_hole_is_not_inside(x: float, y: float) -> None:
    outer = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
    hole = [[x - 0.5, y - 0.5], [x + 0.5, y - 0.5], [x + 0.5, y + 0.5], [x - 0.5, y + 0.5], [x - 0.5, y - 0.5]]
    assert places.holds({"type": "Polygon", "coordinates": [outer]}, x, y)
    assert not places.holds({"type": "Polygon", "coordinates": [outer, hole]}, x, y)


def test_an_officer_accepts_or_rejects(world: World) -> None:
    rig.department(world)
    post(browser(), "/premises", form())
    Premises.objects.update(jurisdiction=Jurisdiction.objects.get(path=World.HOME))
    officer = world.client("linking.work")
    [row] = officer.get("/api/v1/owner-registrations?review=waiting").json()["items"]
    path = f"/api/v1/owner-registrations/{row['id']}/review"
    assert officer.post(path, {"accept": False, "reason": "no such shop"}, content_type=JSON).status_code == 204
    assert officer.post(path, {"accept": True, "reason": "again"}, content_type=JSON).status_code == 409
    assert browser().get(f"{API}/premises").json()["items"] == [], "rejected premises are nobody's"


def test_consent_is_given_to_exactly_what_was_shown(world: World) -> None:
    place = premises(world)
    camera = rig.camera(world, premises=place)
    client = browser()
    answer = consent(client, place)
    assert answer.status_code == 201, answer.content
    receipt = answer.json()
    assert receipt["kind"] == "consent" and receipt["genuine"] is True
    given = PremisesConsent.objects.get()
    assert given.channel == "code" and given.public_view_only and Consent.objects.get().camera_id == camera.id
    scope = texts.PremisesScope(live="yes", record=True, public_view_only=True)
    assert given.evidence["text_sha256"] == texts.shown(place, scope, None, "hi").sha256
    assert set(given.evidence) >= {"mobile_last2", "code_message_id", "ip", "user_agent_hash"}
    assert "9876543210" not in str(given.evidence)
    sms = Message.objects.get(template_code="consent_receipt")
    assert receipt["number"] in sms.body and sms.jurisdiction_path == World.HOME
    shown = client.get(f"{API}/premises/{place.id}").json()
    assert shown["consent"] == "given" and shown["standing"]["lines"][0]["hi"].startswith("• लाइव")
    pdf = client.get(f"{API}/receipts/{shown['receipts'][0]['id']}/pdf?language=hi")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")


def test_another_text_or_another_code_is_no_consent(world: World, no_pause: None) -> None:
    place = premises(world)
    client = browser()
    post(client, f"/premises/{place.id}/code", {"purpose": "consent"})
    body = {"given_by": "रमेश", "text_sha256": "0" * 64, "code": last_code(), "language": "hi"}
    assert post(client, f"/premises/{place.id}/consent", body).json()["code"] == "text_changed"
    scope = {"scope": {"live": "no", "record": False}}
    words = post(client, f"/premises/{place.id}/words", scope).json()
    nothing = {**scope, "given_by": "रमेश", "text_sha256": words["sha256"], "code": last_code()}
    assert post(client, f"/premises/{place.id}/consent", nothing).status_code == 422
    words = post(client, f"/premises/{place.id}/words", {}).json()
    right = {"given_by": "रमेश", "text_sha256": words["sha256"], "code": last_code()}
    assert post(client, f"/premises/{place.id}/consent", right).status_code == 201, "the failed try used no code up"
    assert post(client, f"/premises/{place.id}/consent", right).status_code == 409, "replayed"
    late = {"until": (local_day() - dt.timedelta(days=1)).isoformat()}
    assert post(client, f"/premises/{place.id}/words", late).status_code == 422


def test_withdrawing_takes_a_code_and_a_moment(world: World, no_pause: None) -> None:
    place = premises(world)
    camera = rig.camera(world, premises=place)
    client = browser()
    assert post(client, f"/premises/{place.id}/withdraw", {"code": "123456"}).json()["code"] == "no_consent"
    consent(client, place)
    assert post(client, f"/premises/{place.id}/withdraw", {"code": "123456"}).status_code == 409
    assert PremisesConsent.objects.get().withdrawn_ms is None
    post(client, f"/premises/{place.id}/code", {"purpose": "withdraw"})
    done = post(client, f"/premises/{place.id}/withdraw", {"code": last_code(), "reason": ""})
    assert done.status_code == 201 and done.json()["kind"] == "withdrawal", done.content
    assert Consent.objects.get(camera=camera).withdrawn_ms is not None
    assert done.json()["number"] in Message.objects.get(template_code="withdrawal_receipt").body
    assert client.get(f"{API}/premises/{place.id}").json()["consent"] == "ended"
    body = done.json()
    check = browser(None).get(f"{API}/receipt-check?number={body['number']}&code={body['check_code']}")
    assert check.status_code == 200 and check.json()["genuine"] is True
    wrong = f"{(int(body['check_code']) + 1) % 10**6:06d}"
    assert browser(None).get(f"{API}/receipt-check?number={body['number']}&code={wrong}").status_code == 404


def test_check_codes_of_receipts_cannot_be_guessed_through(world: World) -> None:
    Rule.objects.create(code="owner_wrong_address_hour", value=3, valid_from="2020-01-01", source="t", created_ms=1)
    answers = [browser(None).get(f"{API}/receipt-check?number=X-R-1&code=000000").status_code for _ in range(4)]
    assert answers == [404, 404, 404, 429]


def test_a_look_at_ones_own_camera_alone(world: World) -> None:
    place = premises(world)
    camera = rig.camera(world, premises=place)
    stranger = rig.camera(world)
    client = browser()
    assert post(client, f"/cameras/{camera.id}/look").json()["code"] == "not_linked"
    consent(client, place)
    looked = post(client, f"/cameras/{camera.id}/look")
    assert looked.status_code == 200, looked.content
    from django.conf import settings

    claims = verify(looked.json()["token"], MediaClaims, settings.CONFIG.verifying_key())
    assert (claims.camera_id, claims.uses) == (str(camera.id), ["snapshot"]) and claims.user_id.startswith("owner:")
    for path in (f"/cameras/{stranger.id}/look", f"/cameras/{uuid4()}/look"):
        assert post(client, path).status_code == 404
    assert client.get(f"{API}/cameras/{stranger.id}/views").status_code == 404


def test_who_viewed_my_camera_says_the_agency_and_never_the_name(world: World) -> None:
    place = premises(world)
    camera = rig.camera(world, premises=place)
    client = browser()
    consent(client, place)
    post(client, f"/cameras/{camera.id}/look")
    user = world.person("inspector-verma")
    world.allow(user, "camera.live", "camera.view")
    for _ in range(3):
        asked = world.browser(user).post(
            f"/api/v1/cameras/{camera.id}/media-token", {"uses": ["live"], "reason": "theft at the crossing"},
            content_type=JSON,
        )  # fmt: skip
        assert asked.status_code == 200, asked.content
    shown = client.get(f"{API}/cameras/{camera.id}/views")
    officer, owner = shown.json()["items"]
    assert officer["times"] == 3 and officer["purpose"] == "theft at the crossing" and officer["agency"]["en"]
    assert owner["who"] == "owner" and "verma" not in shown.content.decode().lower()


def test_the_owner_confirms_what_is_verified(world: World) -> None:
    place = premises(world)
    camera = rig.camera(world, premises=place)
    client = browser()
    consent(client, place)
    confirm = {"name": "रमेश"}
    assert post(client, f"/premises/{place.id}/confirm", confirm).status_code == 409
    CameraLinkage.objects.update_or_create(
        camera=camera, defaults={"step": "verified_live", "entered_ms": now_ms(), "verified_ms": now_ms()}
    )
    assert client.get(f"{API}/premises/{place.id}").json()["to_confirm"] == 1
    assert post(client, f"/premises/{place.id}/confirm", confirm).json() == {"confirmed": 1}
    assert post(client, f"/premises/{place.id}/confirm", confirm).status_code == 409


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", None),
        ("post", "/code", {"purpose": "consent"}),
        ("post", "/words", {}),
        ("post", "/withdraw", {"code": "123456"}),
        ("post", "/confirm", {"name": "रमेश"}),
        ("post", "/consent", {"given_by": "रमेश", "text_sha256": "0" * 64, "code": "123456"}),
        ("post", "/testimonial", {"key": str(uuid4()), "speaker": "रमेश", "words": "अच्छा", "uses": ["meeting"]}),
    ],
)
def test_somebody_elses_premises_are_not_there(world: World, method: str, path: str, body: Any) -> None:
    place = premises(world, mobile=OTHER)
    client = browser(MOBILE)
    full = f"{API}/premises/{place.id}{path}"
    answer = client.get(full) if method == "get" else client.post(full, body, content_type=JSON)
    missing = full.replace(str(place.id), str(uuid4()))
    nothing = client.get(missing) if method == "get" else client.post(missing, body, content_type=JSON)
    assert answer.status_code == nothing.status_code == 404 and answer.content == nothing.content


def test_words_and_a_photo_go_where_they_belong(world: World) -> None:
    rig.department(world)
    client = browser()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
    sent = client.post(
        f"{API}/files?kind=image&name=a.jpg", picture.getvalue(), content_type="application/octet-stream"
    )
    assert sent.status_code == 201, sent.content
    stolen = post(browser(OTHER), "/premises", form(photo=sent.json()["id"]))
    assert stolen.status_code == 422, "a file belongs to the number that handed it in"
    made = post(client, "/premises", form(photo=sent.json()["id"]))
    assert made.status_code == 201, made.content
    assert str(Registration.objects.get().photo_id) == sent.json()["id"]
    said = {"key": str(uuid4()), "speaker": "रमेश", "words": "चोर पकड़ा गया", "uses": ["meeting"]}
    path = f"/premises/{made.json()['id']}/testimonial"
    first, second = post(client, path, said), post(client, path, said)
    assert first.status_code == 201 and first.json() == second.json(), first.content
    assert post(client, path, {**said, "key": str(uuid4()), "words": ""}).status_code == 422


def test_what_is_too_large_or_no_picture_is_refused(world: World) -> None:
    client = browser()
    for body, status in ((b"<svg onload=alert(1)>", 422), (b"", 422), (b"MZ" + b"\0" * 100, 422)):
        sent = client.post(f"{API}/files?kind=image", body, content_type="application/octet-stream")
        assert sent.status_code == status, sent.content
    Rule.objects.create(code="file_image_max_mb", value=1, valid_from="2020-01-01", source="t", created_ms=1)
    huge = client.generic(
        "POST", f"{API}/files?kind=image", b"\xff\xd8\xff\xe0" + b"\0" * 40_000_000, "application/octet-stream"
    )
    assert huge.status_code == 413
    assert (
        browser(None).post(f"{API}/files?kind=image", b"x", content_type="application/octet-stream").status_code == 401
    )


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{scope}{centre}", "'; DROP TABLE--", "‮abc", "🙂🙂"])
def test_names_are_text_and_nothing_else(world: World, name: str) -> None:
    rig.department(world)
    client = browser()
    made = post(client, "/premises", form(name=name, contact_name=name))
    assert made.status_code == 201 and made.json()["name"]["hi"] == name and made["Content-Type"] == "application/json"
    words = post(client, f"/premises/{made.json()['id']}/words", {}).json()
    assert name in words["text"] and words["text"].count("• ") == 4


def test_an_address_in_a_letter_leads_home_and_opens_nothing(world: World) -> None:
    place = premises(world)
    officer = world.client("linking.work")
    path = officer.get(f"/api/v1/premises/{place.id}/owner-link").json()["path"]
    token = path.removeprefix("/o?p=")
    started = browser(None).get(f"{API}/start?p={token}").json()
    assert started["letter_premises"] == str(place.id) and started["letter"]["en"] == place.name_en
    assert browser(None).get(f"{API}/premises/{place.id}").status_code == 401
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert browser(None).get(f"{API}/start?p={forged}").json()["letter"] is None


@given(st.text(max_size=60))
def test_a_letters_token_cannot_be_made_up(token: str) -> None:
    assert letters.premises_of(token) is None


def test_every_act_is_in_the_audit(world: World) -> None:
    place = premises(world)
    client = browser()
    consent(client, place)
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"owner.code", "owner.consent", "consent.give"} <= acts
    assert MOBILE not in str(list(AuditEntry.objects.values())) and "9876543210" not in str(
        list(AuditEntry.objects.values())
    )
