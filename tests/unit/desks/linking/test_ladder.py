"""The ladder through its doors: steps by hand, consent, facts, verified live, withdrawal, figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from django.test import Client

import registry_rig as rig
from prahari.contracts.clock import local_day
from prahari.contracts.events import now_ms
from prahari.contracts.media import CameraPlan, PermitClaims
from prahari.contracts.tokens import read_signed
from prahari.desks.common.action import action
from prahari.desks.common.errors import Problem
from prahari.desks.common.models import OutboxMessage, Rule
from prahari.desks.linking import consents, facts, figures, ladder, receipts
from prahari.desks.linking.models import CameraLinkage, Consent, LadderEntry, Linkage, PremisesConsent
from prahari.desks.linking.schemas import PremisesConsentIn
from prahari.desks.registry.models import CameraState, Premises
from scope import World

RIGHTS = ("linking.view", "linking.work", "consent.manage", "camera.view", "camera.live", "camera.edit",
          "registry.view", "registry.edit")  # fmt: skip
GIVEN = {"given_by": "R. Gupta", "given_on": "2026-01-05"}


def listed(world: World, cameras: int = 2, **more: Any) -> Premises:
    house = rig.premises(world, **more)
    with action("list.import", actor=world.system) as act:
        ladder.list_premises(actor=world.system, listings=[ladder.Listing(house.id, cameras, "Thana list", 7)])
        act.about("list", "1")
    return house


@pytest.fixture
def officer(world: World) -> Client:
    return world.client(*RIGHTS)


def post(client: Client, path: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(f"/api/v1{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def plan_of(camera_id: Any) -> CameraPlan:
    message = OutboxMessage.objects.filter(subject__endswith=str(camera_id)).latest("sequence")
    return msgspec.json.decode(bytes(message.payload), type=CameraPlan)


def permit_of(plan: CameraPlan) -> PermitClaims:
    from prahari.desks.common.keys import signing_key

    return read_signed(plan.permit, PermitClaims, signing_key().public_key())


def test_a_list_twice_changes_nothing(world: World) -> None:
    house = listed(world, cameras=3)
    with action("list.import", actor=world.system) as act:
        twice = [ladder.Listing(house.id, 2), ladder.Listing(house.id, 3)]
        new = ladder.list_premises(actor=world.system, listings=twice)
        act.about("list", "2")
    assert new == 0
    assert Linkage.objects.get(premises=house).cameras_reported == 3
    assert LadderEntry.objects.filter(premises=house).count() == 1


def test_asked_refused_asked_again_and_promised(world: World, officer: Client) -> None:
    house = listed(world)
    path = f"/linking/premises/{house.id}"
    body = post(officer, f"{path}/move", {"step": "asked", "note": "Spoke to the manager"})
    assert (body["step"], body["times_asked"]) == ("asked", 1)
    assert post(officer, f"{path}/move", {"step": "refused"}, 422)["fields"].keys() == {"reason"}
    body = post(officer, f"{path}/move", {"step": "refused", "reason": "privacy"})
    assert body["refusal"]["code"] == "privacy"
    assert figures.table(world.system, ("owner_class",))[0]["refused"] == 2
    post(officer, f"{path}/move", {"step": "asked"})
    post(officer, f"{path}/move", {"step": "promised"}, 422)
    body = post(officer, f"{path}/move", {"step": "promised", "promised_for": "2026-12-31", "cost_borne_by": "owner"})
    assert body["promised_for"] == "2026-12-31"
    post(officer, f"{path}/move", {"step": "surveyed"}, 409)
    post(officer, f"{path}/move", {"step": "installed"})
    steps = [item["step"] for item in officer.get(f"/api/v1{path}/ladder").json()["items"]]
    assert steps == ["installed", "promised", "asked", "refused", "asked", "listed"]


def test_a_wrong_entry_is_taken_back_and_stays_on_record(world: World, officer: Client) -> None:
    house = listed(world)
    path = f"/linking/premises/{house.id}"
    post(officer, f"{path}/move", {"step": "asked"})
    post(officer, f"{path}/move", {"step": "refused", "reason": "cost"})
    body = post(officer, f"{path}/correct", {"step": "asked", "reason": "mixed up with the shop next door"})
    assert (body["step"], body["refused_ms"], body["refusal"]) == ("asked", None, None)
    assert figures.table(world.system)[0]["refused"] == 0
    assert LadderEntry.objects.filter(premises=house).count() == 4
    post(officer, f"{path}/correct", {"step": "installed", "reason": "never was"}, 422)


def test_consent_links_cameras_and_withdrawal_takes_every_permit(world: World, officer: Client) -> None:
    house = listed(world, cameras=2)
    first = rig.camera(world, premises=house)
    path = f"/linking/premises/{house.id}"
    receipt = post(officer, f"{path}/consents", GIVEN | {"scope": {"live": "yes", "record": True}}, 201)
    assert receipt["genuine"] and receipt["kind"] == "consent"
    assert CameraLinkage.objects.get(camera=first).step == "linked"
    assert Linkage.objects.get(premises=house).step == "surveyed"
    assert permit_of(plan_of(first.id)).live

    made = post(officer, "/cameras", {
        "premises": str(house.id), "name": {"en": "Second", "hi": "दूसरा"}, "lat": 26.4, "lon": 80.3,
        "placement": "exit", "kind": "fixed", "url": "rtsp://10.0.0.2/1", "reason": "survey",
    }, 201)  # fmt: skip
    assert CameraLinkage.objects.get(camera_id=made["id"]).step == "linked", "the owner consented for all cameras"
    assert permit_of(plan_of(made["id"])).basis == "consent"

    consent = officer.get(f"/api/v1{path}").json()["consent"]
    gone = post(officer, f"/linking/consents/{consent['id']}/withdraw", {"reason": "sold the shop"})
    assert gone["kind"] == "withdrawal"
    for camera_id in (first.id, made["id"]):
        assert plan_of(camera_id).permit == ""
        assert CameraLinkage.objects.get(camera_id=camera_id).step == "withdrawn"
    row = figures.table(world.system)[0]
    assert (row["consented"], row["withdrawn"], row["linked"]) == (0, 2, 0)
    post(officer, f"/linking/consents/{consent['id']}/withdraw", {"reason": "again"}, 409)
    assert receipts.check(gone["number"].lower(), gone["check_code"])["genuine"]
    with pytest.raises(Problem):
        receipts.check(gone["number"], "x")


def test_consents_of_single_cameras_end_with_the_premises(world: World) -> None:
    camera = rig.camera(world)
    rig.consent(camera)
    facts.settle_and_publish([camera.id])
    assert CameraLinkage.objects.get(camera=camera).step == "linked"
    receipt = consents.withdraw_all(actor=world.system, premises_id=camera.premises_id, reason="no", by="owner")
    assert (receipt.kind, plan_of(camera.id).permit) == ("withdrawal", "")
    with pytest.raises(Problem):
        consents.withdraw_all(actor=world.system, premises_id=camera.premises_id, reason="no", by="owner")


def test_a_narrower_consent_takes_the_place_of_the_wider(world: World, officer: Client) -> None:
    house = listed(world)
    camera = rig.camera(world, premises=house, placement="other")
    path = f"/linking/premises/{house.id}/consents"
    post(officer, path, GIVEN, 201)
    post(officer, path, GIVEN | {"scope": {"live": "on_request", "record": True, "hours": [[540, 1260]]}}, 201)
    claims = permit_of(plan_of(camera.id))
    assert (claims.on_request, claims.record, claims.hours) == (True, True, [(540, 1260)])
    assert PremisesConsent.objects.filter(premises=house, withdrawn_ms__isnull=True).count() == 1
    assert Consent.objects.filter(camera=camera, withdrawn_ms__isnull=True).count() == 1
    post(officer, path, GIVEN | {"scope": {"live": "yes", "record": True, "public_view_only": True}}, 201)
    assert plan_of(camera.id).permit == "", "this camera looks at no public place"
    assert CameraLinkage.objects.get(camera=camera).step == "withdrawn"
    post(officer, path, GIVEN | {"scope": {"live": "no", "record": False}}, 422)


def test_live_only_by_frames_over_the_set_time(world: World, officer: Client) -> None:
    house = listed(world)
    camera = rig.camera(world, premises=house)
    post(officer, f"/linking/premises/{house.id}/consents", GIVEN, 201)
    Rule.objects.create(code="verification_s", value=60, valid_from=local_day(), source="test", created_ms=1)
    CameraLinkage.objects.filter(camera=camera).update(linked_ms=now_ms() - 100_000)
    rig.state(camera, since_ms=now_ms() - 50_000)
    assert facts.verify() == 0, "frames for 50 s only"
    CameraState.objects.filter(camera=camera).update(since_ms=now_ms() - 61_000, proof_until_ms=now_ms() - 1)
    assert facts.verify() == 0, "the proof has run out"
    CameraState.objects.filter(camera=camera).update(proof_until_ms=now_ms() + 20_000)
    assert facts.verify() == 1
    assert facts.verify() == 0
    row = figures.table(world.system)[0]
    assert (row["verified"], row["live_now"], row["confirmed"]) == (1, 1, 0)
    answer = post(officer, f"/linking/premises/{house.id}/confirm", {"by_name": "R. Gupta"})
    assert answer == {"cameras": 1}
    post(officer, f"/linking/premises/{house.id}/confirm", {"by_name": "R. Gupta"}, 409)
    assert figures.table(world.system)[0]["confirmed"] == 1


def test_what_the_clock_changes_is_caught_up_with(world: World) -> None:
    house = listed(world)
    camera = rig.camera(world, premises=house)
    consent, _ = consents.give_for_premises(
        actor=world.system, premises_id=house.id,
        form=PremisesConsentIn(given_by="R. Gupta", given_on=dt.date(2026, 1, 5), valid_to_ms=now_ms() + 3_600_000),
    )  # fmt: skip
    assert facts.catch_up() == 0
    past = now_ms() - 1
    Consent.objects.filter(camera=camera).update(valid_from_ms=past - 10, valid_to_ms=past)
    PremisesConsent.objects.filter(id=consent.id).update(valid_from_ms=past - 10, valid_to_ms=past)
    assert facts.catch_up() == 1
    assert CameraLinkage.objects.get(camera=camera).step == "withdrawn"
    assert Linkage.objects.get(premises=house).step == "withdrawn"
    assert facts.catch_up() == 0


def test_recordings_are_deleted_at_withdrawal_where_the_city_says_so(world: World, officer: Client) -> None:
    house = listed(world)
    camera = rig.camera(world, premises=house)
    path = f"/linking/premises/{house.id}"
    Rule.objects.create(
        code="recordings_after_withdrawal", value="delete", valid_from=local_day(), source="test", created_ms=1
    )
    post(officer, f"{path}/consents", GIVEN, 201)
    post(officer, f"{path}/consents", GIVEN, 201)
    assert plan_of(camera.id).purge_before_ms == 0, "a new consent in place of the old is no withdrawal"
    consent = officer.get(f"/api/v1{path}").json()["consent"]
    before = now_ms()
    post(officer, f"/linking/consents/{consent['id']}/withdraw", {"reason": "no more"})
    assert plan_of(camera.id).purge_before_ms >= before


def test_looking_on_request_needs_a_purpose_and_ends(world: World, officer: Client) -> None:
    camera = rig.camera(world)
    path = f"/cameras/{camera.id}"
    post(officer, f"{path}/view-requests", {"purpose": "why not", "minutes": 5}, 422)
    post(officer, f"{path}/view-requests", {"purpose": "Theft at the next shop, FIR 12/26", "minutes": 9999}, 422)
    made = post(officer, f"{path}/view-requests", {"purpose": "Theft at the next shop, FIR 12/26", "minutes": 5}, 201)
    token = post(officer, f"{path}/media-token", {"uses": ["live"]})["token"]
    from prahari.contracts.media import MediaClaims
    from prahari.desks.common.keys import signing_key

    claims = read_signed(token, MediaClaims, signing_key().public_key())
    assert claims.request_id == made["id"]
    other = world.client(*RIGHTS)
    theirs = read_signed(post(other, f"{path}/media-token", {"uses": ["live"]})["token"], MediaClaims,
                         signing_key().public_key())  # fmt: skip
    assert theirs.request_id == "", "somebody else's request is not mine"
    post(other, f"/view-requests/{made['id']}/end", {}, 404)
    post(officer, f"/view-requests/{made['id']}/end", {}, 204)
    token = post(officer, f"{path}/media-token", {"uses": ["live"]})["token"]
    assert read_signed(token, MediaClaims, signing_key().public_key()).request_id == ""


def test_figures_by_place_and_day(world: World, officer: Client) -> None:
    station = f"{World.HOME}.kalyanpur"
    shops = [listed(world, cameras=number, at=station) for number in (1, 2, 3)]
    listed(world, cameras=5, at=World.HOME, owner_class="bank")
    post(officer, f"/linking/premises/{shops[0].id}/move", {"step": "asked"})
    rows = {tuple(row.keys.values()): row for row in figures.table(world.system, ("owner_class", "police_station"))}
    assert rows["shop", station]["listed"] == 6
    assert rows["shop", station]["asked"] == 1
    assert rows["bank", ""]["listed"] == 5
    assert figures.total(rows.values())["listed"] == 11
    yesterday = local_day() - dt.timedelta(days=1)
    assert figures.table(world.system, day=yesterday) == []
    days = figures.daily(world.system, yesterday, local_day(), ("owner_class",))
    assert [(day, keys, counts["asked"]) for day, keys, counts in days] == [(local_day(), {"owner_class": "shop"}, 1)]
    elsewhere = world.client("linking.view", at=World.ELSEWHERE)
    assert elsewhere.get("/api/v1/linking/figures").json()["total"]["listed"] == 0
    assert elsewhere.get("/api/v1/linking/figures?by=nonsense").status_code == 422
